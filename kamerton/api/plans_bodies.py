"""What goes in and out about plans; money of what goes in and of lists is a string of units."""

import datetime as dt
from dataclasses import asdict
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from kamerton.api.accounts_bodies import PersonRef
from kamerton.api.analytics_bodies import Named
from kamerton.api.fields import PLAIN, Body, Day, Moment, Money, Pk, Ref
from kamerton.api.ledger_bodies import in_units
from kamerton.calc.money import to_minor
from kamerton.domain.plans import queries
from kamerton.domain.plans.models import PeriodPlan, PerspectivePlan, PlanVersion
from kamerton.domain.plans.queries import PlanFigures, ThreeTasks

Line = Annotated[str, Field(max_length=500, pattern=PLAIN)]
Words = Annotated[str, Field(max_length=10_000, pattern=PLAIN)]
Reason = Annotated[str, Field(min_length=1, max_length=1000, pattern=PLAIN)]
Revision = Annotated[int | None, Field(ge=0, le=2**31 - 1)]
Score = Annotated[float | None, Field(description="0 to 100; null is no data")]
KNOWN = ("open", "closed", "all", *PerspectivePlan.State.values)
STATES = f"^({'|'.join(KNOWN)})$"
State = Annotated[str, Field(max_length=13, pattern=STATES)]


class PlansWanted(Schema):
    """Which plans."""

    state: State = "open"
    manager: Pk | None = None
    overdue: bool = False


class PlanFiguresOut(Schema):
    """How a plan stands; null is no data."""

    approved: bool = Field(description="And its review is not overdue")
    review_overdue: bool
    due: int
    in_time: int
    fact: Money | None
    trajectory: Money | None = Field(description="Of the same closed months")
    score: float


class PlanOut(Schema):
    """A plan of a client."""

    id: int
    revision: int
    text_revision: int
    client: Named
    manager: PersonRef
    state: str
    horizon_years: int
    starts_on: dt.date
    baseline: Money
    target: Money
    next_review_on: dt.date | None
    approved_at: Moment | None
    figures: PlanFiguresOut | None


class PlanFull(PlanOut):
    """A plan with all its sections."""

    page: dict[str, Any] = Field(
        description="The plan on one page: sections s1 to s13; money in minor units (kopecks)"
    )


class PlanIn(Body):
    """A plan to begin."""

    horizon_years: Annotated[int, Field(ge=1, le=5, strict=True)] = 3
    starts_on: Day | None = None


class PlanPatch(Body):
    """Fields of a plan; `text_revision` is the one that was read."""

    text_revision: Revision = None
    horizon_years: Annotated[int, Field(ge=1, le=5, strict=True)] | None = None
    starts_on: Day | None = None
    trajectory: Literal["linear", "growth"] | None = None
    baseline: Money | None = None
    target: Money | None = None
    profit: Money | None = None
    wallet: Money | None = None
    extra_profit: Money | None = None
    extra_profit_note: Annotated[str, Field(max_length=300, pattern=PLAIN)] | None = None
    categories: Words | None = None
    stage: Annotated[int, Field(ge=1, le=5, strict=True)] | None = None
    level: Annotated[int, Field(ge=1, le=5, strict=True)] | None = None
    competitors: Words | None = None
    strengths: Words | None = None
    vision: Words | None = None

    def changes(self) -> dict[str, Any]:
        """What was written; only sums that may be unknown are emptied by null."""
        money = ("baseline", "target", "profit", "wallet", "extra_profit")
        empty = ("profit", "wallet", "extra_profit")
        said = {name: getattr(self, name) for name in self.model_fields_set}
        return {
            name: to_minor(value) if name in money and value is not None else value
            for name, value in said.items()
            if value is not None or name in empty
        }


class StepIn(Body):
    """A step without words; `revision` is the one that was read."""

    revision: Revision = None


class PlanReasonIn(Body):
    """Why."""

    reason: Reason


class VersionOut(Schema):
    """A frozen version."""

    number: int
    event: str
    reason: str
    made_by: PersonRef
    made_at: Moment
    method_version: int


class PeriodsWanted(Schema):
    """Which period plans."""

    client: Pk | None = None
    manager: Pk | None = None
    kind: Literal["", "month", "quarter", "year"] = ""


class PeriodOut(Schema):
    """What a client shall buy in a month, quarter or year."""

    id: int
    revision: int
    client: Named
    manager: PersonRef
    category: Named | None
    kind: str
    starts_on: dt.date
    minimum: Money
    target: Money
    stretch: Money
    reason: str


class PeriodIn(Body):
    """The plan of a period; 0 is the revision of one that is not there yet."""

    client_id: Ref
    kind: Literal["month", "quarter", "year"]
    starts_on: Day
    category_id: Pk | None = None
    minimum: Money
    target: Money
    stretch: Money
    reason: Line = ""
    revision: Revision = None


class BasisOut(Schema):
    """Something a score comes from."""

    label: str
    kind: str = Field(description="share, money (minor units), points, count or flag")
    value: float | int | bool | None


class TaskOut(Schema):
    """One of the three tasks."""

    code: str
    title: str
    score: Score
    weight: float
    points: float
    bases: list[BasisOut]


class ThreeTasksOut(Schema):
    """The index of the three tasks of a client."""

    client_id: int
    index: Score
    tasks: list[TaskOut]
    method_version: int


def plan_out(plan: PerspectivePlan, found: PlanFigures | None, *, money: bool) -> dict[str, Any]:
    """Tell of a plan; facts in money for who may see them."""
    return {
        "id": plan.pk,
        "revision": plan.revision,
        "text_revision": plan.text_revision,
        "client": {"id": plan.client_id, "name": plan.client.name},
        "manager": plan.manager,
        "state": plan.state,
        "horizon_years": plan.horizon_years,
        "starts_on": plan.starts_on,
        "baseline": in_units(plan.baseline),
        "target": in_units(plan.target),
        "next_review_on": plan.next_review_on,
        "approved_at": plan.approved_at,
        "figures": _figures(found, money=money) if found and found.plan == plan.pk else None,
    }


def page_out(page: queries.PlanPage) -> dict[str, Any]:
    """The plan on a page as plain JSON."""
    return asdict(page)


def version_out(version: PlanVersion) -> dict[str, Any]:
    """Tell of a version."""
    names = ("number", "event", "reason", "made_by", "made_at")
    told = {name: getattr(version, name) for name in names}
    return told | {"method_version": version.methodology.number}


def period_out(plan: PeriodPlan) -> dict[str, Any]:
    """Tell of the plan of a period."""
    category = plan.category
    return {
        "id": plan.pk,
        "revision": plan.revision,
        "client": {"id": plan.client_id, "name": plan.client.name},
        "manager": plan.manager,
        "category": {"id": category.pk, "name": category.name} if category else None,
        "kind": plan.kind,
        "starts_on": plan.starts_on,
        "minimum": in_units(plan.minimum),
        "target": in_units(plan.target),
        "stretch": in_units(plan.stretch),
        "reason": plan.reason,
    }


def tasks_out(found: ThreeTasks) -> dict[str, Any]:
    """Tell of the three tasks."""
    tasks = [asdict(part) | {"points": part.points} for part in found.parts]
    return {
        "client_id": found.client,
        "index": found.index,
        "tasks": tasks,
        "method_version": found.method,
    }


def _figures(found: PlanFigures, *, money: bool) -> dict[str, Any]:
    sums = {name: getattr(found, name) if money else None for name in ("fact", "trajectory")}
    names = ("approved", "review_overdue", "due", "in_time", "score")
    return {name: getattr(found, name) for name in names} | {
        name: None if value is None else in_units(value) for name, value in sums.items()
    }
