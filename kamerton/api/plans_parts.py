"""The body of a part of a plan: whatever its kind, the fields that its record has."""

from dataclasses import MISSING, fields
from typing import Annotated, Any

from django.http import Http404
from django.utils.translation import gettext as _
from pydantic import Field

from kamerton.api.fields import PLAIN, Body, Day, Money, Ref
from kamerton.calc.money import to_minor
from kamerton.domain.plans import actions
from kamerton.domain.plans.actions import PartText, Unfit
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.platform.access import queries as access
from kamerton.platform.access.models import User

TEXTS: dict[str, type[Any]] = {
    "vulnerabilities": actions.VulnerabilityText,
    "people": actions.PersonText,
    "goals": actions.GoalText,
    "strategies": actions.StrategyText,
    "actions": actions.ActionText,
    "supplier_actions": actions.CompanyActionText,
    "budget_lines": actions.CostText,
    "risks": actions.RiskText,
    "scenarios": actions.ScenarioText,
    "stops": actions.StopText,
    "control_points": actions.ControlText,
}
MONEY = ("expected_profit", "cost", "amount", "sales")
Said = Annotated[str, Field(max_length=500, pattern=PLAIN)]
Word = Annotated[str, Field(max_length=20, pattern=PLAIN)]
Small = Annotated[int, Field(ge=0, le=1000, strict=True)]
Value = Annotated[float | None, Field(ge=-1e15, le=1e15)]


class PartIn(Body):
    """A part of a plan; each kind takes the fields it has.

    Values of goals: money in minor units, shares 0 to 1. `revision`: what the change is made from.
    """

    revision: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
    text: Said | None = None
    title: Said | None = None
    name: Said | None = None
    role: Said | None = None
    aim: Said | None = None
    member: Ref | None = None
    kind: Word | None = None
    metric: Word | None = None
    source: Word | None = None
    unit: Word | None = None
    baseline: Value = None
    targets: Annotated[list[Value], Field(max_length=5)] | None = None
    vulnerabilities: Annotated[list[Ref], Field(max_length=50)] | None = None
    people: Annotated[list[Ref], Field(max_length=50)] | None = None
    department: Said | None = None
    due_on: Day | None = None
    on: Day | None = None
    then_days: Small | None = None
    trigger: Said | None = None
    response: Said | None = None
    reason: Said | None = None
    probability: Small | None = None
    impact: Small | None = None
    year: Small | None = None
    expected_profit: Money | None = None
    cost: Money | None = None
    amount: Money | None = None
    sales: Money | None = None
    owner_id: Ref | None = None
    strategy_id: Ref | None = None


def text_of(viewer: User, plan: PerspectivePlan, relation: str, body: PartIn) -> PartText:
    """The record of a kind of part as its action takes it.

    Raises Unfit if something needed is missing, Http404 for people and strategies not seen.
    """
    record, given = TEXTS[relation], _given(viewer, plan, relation, body)
    needed = [each.name for each in fields(record) if each.default is MISSING]
    if missing := [name for name in needed if name not in given]:
        raise Unfit(_("This is missing: %(names)s.") % {"names": ", ".join(missing)})
    known = {each.name for each in fields(record)}
    if unknown := sorted(set(given) - known):
        raise Unfit(_("This kind of part has no: %(names)s.") % {"names": ", ".join(unknown)})
    made: PartText = record(**given)
    return made


def _given(viewer: User, plan: PerspectivePlan, relation: str, body: PartIn) -> dict[str, Any]:
    """What was written, as the record calls it."""
    names = body.model_fields_set - {"revision"}
    said = {name: value for name in names if (value := getattr(body, name)) is not None}
    found = {name: _meant(name, value) for name, value in said.items() if name[-3:] != "_id"}
    owner, strategy = said.get("owner_id"), said.get("strategy_id")
    if owner:
        found["owner"] = _seen(access.colleagues(viewer).working().filter(pk=owner).first())
    elif relation == "actions":
        found["owner"] = plan.manager
    if strategy:
        found["strategy"] = _seen(plan.strategies.filter(pk=strategy).first())
    return found


def _meant(name: str, value: Any) -> Any:
    """Sums in minor units, lists as tuples."""
    if name in MONEY:
        return to_minor(value)
    return tuple(value) if isinstance(value, list) else value


def _seen(found: Any) -> Any:
    if found is None:
        raise Http404
    return found
