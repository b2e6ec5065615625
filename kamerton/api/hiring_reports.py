"""Reports of hiring: the yield of steps, time, money and survival by source."""

import math
from typing import Any

from ninja import Query, Router, Schema

from kamerton.api.fields import Money, Pk
from kamerton.api.hiring_bodies import NearDay, VacancyRef
from kamerton.api.hiring_found import SEE, vacancy_or_404
from kamerton.api.ledger_bodies import in_units
from kamerton.api.problems import PROBLEMS
from kamerton.calc.survival import GroupSurvival
from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import Vacancy
from kamerton.domain.hiring.queries.reports import CHECK_DAYS
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require

reports = Router(tags=["hiring: reports"])


class OfVacancy(Schema):
    """Of one vacancy, or of all."""

    vacancy: Pk | None = None


class Since(Schema):
    """From a day on, or all."""

    since: NearDay | None = None


class YieldOut(Schema):
    """A step of the funnel; `rate` is null if nobody entered."""

    before: str
    after: str
    entered: int
    passed: int
    rate: float | None


class StageTimeOut(Schema):
    """How long people stay at a stage: mean hours of those who left it."""

    stage: str
    n: int
    hours: float


class SourceOut(Schema):
    """What a source gives."""

    source: str
    people: int
    showed: int
    hires: int
    spent: Money
    per_hire: Money | None


class SpeedOut(Schema):
    """Days from the approval to the first day of work, against the target."""

    vacancy: VacancyRef
    days: int
    over: int


class SurvivalOut(Schema):
    """How likely those hired stay, by days (Kaplan and Meier); `n` people, `left` of them left."""

    source: str
    n: int
    left: int
    stays: dict[str, float | None]


class SummaryOut(Schema):
    """The figures of hiring; null is no data."""

    vacancies: int
    cvs: int
    per_vacancy: float | None
    supply: str
    passed_share: float | None
    show_rate: float


@reports.get("/summary", response={200: SummaryOut, **PROBLEMS}, summary="The whole")
def get_hiring_summary(request: Request, wanted: Query[Since]) -> dict[str, Any]:
    """Tell CVs a vacancy, who passes the probation, the show rate."""
    require(request.user, SEE)
    found = queries.hiring_summary(request.user, since=wanted.since)
    assert found is not None  # noqa: S101 - whoever passed `require` gets it
    names = ("vacancies", "cvs", "per_vacancy", "passed_share")
    told = {name: getattr(found, name) for name in names}
    return told | {"supply": str(found.supply), "show_rate": found.show.overall}


@reports.get("/yields", response={200: list[YieldOut], **PROBLEMS}, summary="Yield of the steps")
def list_yields(request: Request, wanted: Query[OfVacancy]) -> Any:
    """Tell how many pass each step of the funnel."""
    require(request.user, SEE)
    return queries.yields(request.user, _vacancy(request, wanted.vacancy))


@reports.get("/stages", response={200: list[StageTimeOut], **PROBLEMS}, summary="Time at stages")
def list_stage_times(request: Request, wanted: Query[OfVacancy]) -> Any:
    """Tell how long people stay at each stage."""
    require(request.user, SEE)
    return queries.time_in_stage(request.user, _vacancy(request, wanted.vacancy))


@reports.get("/sources", response={200: list[SourceOut], **PROBLEMS}, summary="Sources")
def list_source_yields(request: Request, wanted: Query[Since]) -> list[dict[str, Any]]:
    """Tell people, hires and cost by source."""
    require(request.user, SEE)
    names = ("source", "people", "showed", "hires")
    return [
        {name: getattr(one, name) for name in names}
        | {"spent": in_units(one.spent), "per_hire": in_units(one.per_hire)}
        for one in queries.source_yields(request.user, since=wanted.since)
    ]


@reports.get("/speed", response={200: list[SpeedOut], **PROBLEMS}, summary="Time to hire")
def list_speeds(request: Request) -> list[dict[str, Any]]:
    """Tell the time to hire of each vacancy with a hire."""
    require(request.user, SEE)
    return [
        {
            "vacancy": {"id": one.vacancy.pk, "name": one.vacancy.title},
            "days": one.time.days,
            "over": one.time.over,
        }
        for one in queries.time_to_hires(request.user)
    ]


@reports.get("/survival", response={200: list[SurvivalOut], **PROBLEMS}, summary="Who stays")
def list_survival(request: Request) -> list[dict[str, Any]]:
    """Tell how likely those hired stay 60 and 180 days, by source."""
    require(request.user, SEE)
    return [_survival(one) for one in queries.survival_by_source(request.user)]


def _survival(one: GroupSurvival) -> dict[str, Any]:
    known = [None if math.isnan(value) else float(value) for value in one.at.survival]
    stays = {f"{day}": value for day, value in zip(CHECK_DAYS, known, strict=True)}
    return {"source": one.group, "n": one.n, "left": one.left, "stays": stays}


def _vacancy(request: Request, pk: int | None) -> Vacancy | None:
    return vacancy_or_404(request.user, pk) if pk else None
