"""What goes in and out about vacancies; money is a string of units."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field

from kamerton.api.accounts_bodies import PersonRef
from kamerton.api.fields import PLAIN, Body, Day, Flag, Money, Name, Text
from kamerton.api.ledger_bodies import in_units
from kamerton.calc.money import to_minor
from kamerton.domain.hiring.models import Vacancy
from kamerton.domain.hiring.queries import FunnelLine, MarketPicture, Ranked, VacancyCost

STATES = f"^({'|'.join(('', 'all', *Vacancy.State.values))})$"
FIRST, LAST = dt.date(2000, 1, 1), dt.date(2100, 1, 1)


def _in_our_time(value: dt.date) -> dt.date:
    if not FIRST <= value <= LAST:
        raise ValueError("a day of this century")
    return value


def _written_moment(value: object) -> object:
    if isinstance(value, dt.datetime | str):
        return value
    raise ValueError("a moment is written as 2026-11-21T10:00:00+03:00")


def _moment_in_our_time(value: dt.datetime) -> dt.datetime:
    _in_our_time(value.date())
    return value


def _written_sum(value: object) -> object:
    if isinstance(value, Decimal | str):
        return value
    raise ValueError("a sum is written as a string")


Sum = Annotated[Money, BeforeValidator(_written_sum)]  # a bare number may have lost its kopecks
NearDay = Annotated[Day, AfterValidator(_in_our_time)]
When = Annotated[
    AwareDatetime, BeforeValidator(_written_moment), AfterValidator(_moment_in_our_time)
]
Reason = Annotated[str, Field(min_length=1, max_length=500, pattern=PLAIN)]
Note = Annotated[str, Field(max_length=1000, pattern=PLAIN)]
Seats = Annotated[int, Field(ge=1, le=99, strict=True)]
Short = Annotated[str, Field(max_length=120, pattern=PLAIN)]
Title = Annotated[str, Field(min_length=1, max_length=200, pattern=PLAIN)]
Why = Literal["growth", "replacement", "emergency"]
Mandate = Literal["defend", "counter", "develop", "hunt"]


class VacanciesWanted(Schema):
    """Which vacancies; those in work unless a state or `all` is named."""

    state: Annotated[str, Field(max_length=10, pattern=STATES)] = ""


class VacancyRef(Schema):
    """A vacancy, named."""

    id: int
    name: str


class VacancyOut(Schema):
    """A vacancy."""

    id: int
    title: str
    role: str
    state: str
    reason: str
    mandate: str
    seats: int
    hires_planned: int
    needed_by: dt.date | None
    pay_low: Money | None
    pay_high: Money | None
    region: str
    niche: str
    route: str
    recruiter: PersonRef | None
    head: PersonRef | None
    approved_on: dt.date | None
    closed_on: dt.date | None


class RequirementOut(Schema):
    """What is asked: a competency of the method by its code, or words."""

    code: str
    text: str
    need: str
    horizon: str
    knockout: bool


class VacancyFull(VacancyOut):
    """A vacancy with what it asks for."""

    requirements: list[RequirementOut]
    funnel: dict[str, int] = Field(description="How many each stage needs, frozen at the approval")


class VacancyFieldsIn(Body):
    """Fields of a vacancy."""

    role: Literal["kam", "account_manager"] | None = None
    mandate: Mandate | None = None
    route: Literal["internal", "external", "mixed"] | None = None
    needed_by: NearDay | None = None
    niche: Short | None = None
    region: Short | None = None
    full_service: Flag | None = None
    pay_low: Sum | None = None
    pay_high: Sum | None = None
    language: Literal["ru", "en"] | None = None
    targets: Annotated[list[Name], Field(max_length=100)] | None = None

    def changes(self) -> dict[str, Any]:
        """What was written, as actions take it; only days and sums are emptied by null."""
        said = {name: getattr(self, name) for name in self.model_fields_set}
        empty = ("needed_by", "pay_low", "pay_high")
        return {
            name: to_minor(value) if name in empty[1:] and value is not None else value
            for name, value in said.items()
            if value is not None or name in empty
        }


class VacancyIn(VacancyFieldsIn):
    """A vacancy to draft."""

    title: Title
    reason: Why
    seats: Seats = 1


class VacancyPatch(VacancyFieldsIn):
    """Fields to write anew; after the approval only a few."""

    title: Title | None = None
    reason: Why | None = None
    seats: Seats | None = None


class ApproveIn(Body):
    """The day from which the time to hire counts; today unless named."""

    on: NearDay | None = None


class AdvanceIn(Body):
    """The stage to which the vacancy goes."""

    to: Literal["approved", "sourcing", "screening", "interviews", "offers", "probation"]


class CloseIn(Body):
    """Needed if seats stay empty."""

    note: Note = ""


class HiringReasonIn(Body):
    """Why."""

    reason: Reason


class FunnelOut(Schema):
    """A line of the funnel against its plan by day."""

    code: str
    needed: int
    done: int
    due: float
    forecast: float | None
    short: int
    a_day: float | None
    on_track: bool


class CostLineOut(Schema):
    """An item of the budget."""

    item: str
    planned: Money
    spent: Money


class CostOut(Schema):
    """Plan and fact of a vacancy."""

    lines: list[CostLineOut]
    planned: Money
    spent: Money
    hires: int
    per_hire: Money | None


class MarketOut(Schema):
    """What those who answered want; pay a month, null is no data."""

    n: int
    pay_p25: Money | None
    pay_p50: Money | None
    pay_p75: Money | None
    above_ceiling: float | None
    gap: Money | None
    motives: dict[str, int]
    notice_p50: float | None


class RankedOut(Schema):
    """A place of the contest; 0: held, or nothing is known. `missing` and `lacks` bar an offer."""

    application_id: int
    name: str
    place: int
    score: float | None
    parts: dict[str, float | None]
    penalty: float
    cautions: list[str]
    hold: bool
    missing: list[str]
    lacks: list[str]
    overlap: list[str]


class RankingWanted(Schema):
    """By which weights; the vacancy's own unless named."""

    profile: Literal["", "standard", "potential"] = ""


class PersonIn(Body):
    """A person as a job site or somebody tells of him; a name, and a phone, e-mail or employer."""

    full_name: Text = ""
    phone: Text = ""
    email: Text = ""
    employer: Text = ""
    position: Text = ""
    niche: Text = ""
    region: Text = ""
    link: Annotated[str, Field(max_length=500, pattern=PLAIN)] = ""


class RowIn(PersonIn):
    """A row of an import."""

    pay_wanted: Sum | None = None


class ImportIn(Body):
    """People to bring into a vacancy; the same rows twice change nothing the second time."""

    rows: Annotated[list[RowIn], Field(min_length=1, max_length=1000)]
    source: Text = Field("", description="The name of a source that is known here")


class BadRowOut(Schema):
    """A row that names nobody; the first row is 1."""

    row: int
    why: str


class CandidateImportOut(Schema):
    """What an import did."""

    made: int
    known: int
    applied: int
    bad: list[BadRowOut]


def vacancy_out(vacancy: Vacancy) -> dict[str, Any]:
    """Tell of a vacancy."""
    names = ("title", "role", "state", "reason", "mandate", "seats", "hires_planned", "needed_by")
    more = ("region", "niche", "route", "recruiter", "head", "approved_on", "closed_on")
    return {
        "id": vacancy.pk,
        **{name: getattr(vacancy, name) for name in (*names, *more)},
        "pay_low": in_units(vacancy.pay_low),
        "pay_high": in_units(vacancy.pay_high),
    }


def vacancy_full(vacancy: Vacancy) -> dict[str, Any]:
    """Tell of a vacancy with what it asks for."""
    asked = [vars(one) for one in vacancy.requirements.all()]
    return vacancy_out(vacancy) | {"requirements": asked, "funnel": vacancy.funnel}


def funnel_out(line: FunnelLine) -> dict[str, Any]:
    """Tell of a line of the funnel."""
    return dict(vars(line))


def cost_out(cost: VacancyCost) -> dict[str, Any]:
    """Tell of the budget."""
    lines = [
        {"item": one.item, "planned": in_units(one.planned), "spent": in_units(one.spent)}
        for one in cost.lines
    ]
    return {
        "lines": lines,
        "planned": in_units(cost.planned),
        "spent": in_units(cost.spent),
        "hires": cost.hires,
        "per_hire": in_units(cost.per_hire),
    }


def market_out(found: MarketPicture) -> dict[str, Any]:
    """Tell of the market; figures between two answers are rounded to kopecks."""
    sums = ("pay_p25", "pay_p50", "pay_p75", "gap")
    told = {name: _rounded(getattr(found, name)) for name in sums}
    plain = ("n", "above_ceiling", "motives", "notice_p50")
    return told | {name: getattr(found, name) for name in plain}


def ranked_out(row: Ranked) -> dict[str, Any]:
    """Tell of a place."""
    names = ("place", "score", "parts", "penalty", "hold")
    lists = ("cautions", "missing", "lacks", "overlap")
    return {
        "application_id": row.application.pk,
        "name": row.application.candidate.full_name,
        **{name: getattr(row, name) for name in names},
        **{name: list(getattr(row, name)) for name in lists},
    }


def _rounded(value: float | None) -> Any:
    return None if value is None else in_units(round(value))
