"""«Отчёты найма»: yield, time, money, who stays, whom to ask and whose data to erase."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from kamerton.calc.hiring_funnel import DEFAULT_SUPPLY
from kamerton.calc.survival import CHECK_DAYS, GroupSurvival
from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import Application, Vacancy
from kamerton.domain.hiring.queries import YieldStep
from kamerton.domain.methodology import queries as methodology
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.tables import Column, Row
from kamerton.web.hiring.gate import SEE, seen_vacancy
from kamerton.web.hiring.vacancies.gate import BUDGET
from kamerton.web.hiring.vacancies.words import LINES
from kamerton.web.ui.asked import record_id
from kamerton.web.ui.downloads import table_file
from kamerton.web.ui.items import Input, Why

SOON, DAY_HOURS, STEP, LAST = 14, 24, 10, 360
SUPPLY = {
    "no_data": ("mute", gettext_lazy("no data")),
    "shortage": ("warn", gettext_lazy("shortage")),
    "usual": ("ok", gettext_lazy("usual")),
    "plenty": ("ok", gettext_lazy("plenty")),
}
STAGES = dict(Application.Stage.choices)
UNKNOWN = gettext_lazy("source not known")


@dataclass(frozen=True)
class Yield:
    """A step of the funnel in words."""

    before: str
    after: str
    step: YieldStep


@dataclass(frozen=True)
class Survived:
    """Who stays of a source: at day 60 and 180 with the interval, None beyond what was seen."""

    source: str
    n: int
    left: int
    at: list[tuple[float | None, float | None, float | None]]


@require_safe
def page(request: Request) -> HttpResponse:
    """The reports, of one vacancy or of all."""
    viewer = request.user
    require(viewer, SEE)
    chosen = _chosen(request)
    summary = queries.hiring_summary(viewer)
    speeds = queries.time_to_hires(viewer)
    groups = queries.survival_by_source(viewer)
    steps = queries.yields(viewer, chosen)
    context = {
        "summary": summary,
        "supply": SUPPLY[summary.supply] if summary else SUPPLY["no_data"],
        "band": DEFAULT_SUPPLY,
        "yields": _yields(steps),
        "yield_chart": _yield_chart(steps),
        "stages": [
            (STAGES[one.stage], one.n, one.hours / DAY_HOURS)
            for one in queries.time_in_stage(viewer, chosen)
        ],
        "speeds": speeds,
        "late": sum(one.time.over > 0 for one in speeds),
        "target": methodology.current().hiring.time_to_replace,
        "sources": _sources(viewer),
        "survived": [_survived(one) for one in groups],
        "curve": curve_of(groups),
        "why_curve": why_curve(groups),
        "checks": queries.retention_checks(viewer),
        "erasing": queries.to_be_erased(viewer, within=SOON).count(),
        "vacancies": queries.vacancies(viewer, state="all"),
        "chosen": chosen,
        "may_budget": viewer.may(BUDGET),
        "soon": SOON,
    }
    return render(request, "hiring/vacancies/reports.html", context)


@require_safe
def table(request: Request, what: str) -> HttpResponseBase:
    """One of the reports as a file."""
    require(request.user, SEE)
    if what not in TABLES:
        raise Http404
    columns, rows = TABLES[what]
    return table_file(request, f"hiring-{what}", columns, rows(request.user, _chosen(request)))


def curve_of(groups: Iterable[GroupSurvival]) -> dict[str, Any] | None:
    """Kaplan-Meier curves by source on common days; a curve ends where nobody is watched on."""
    seen = [one for one in groups if one.curve.times.size]
    if not seen:
        return None
    last = min(LAST, math.ceil(max(float(one.curve.times[-1]) for one in seen) / STEP) * STEP)
    days = list(range(0, max(last, STEP) + 1, STEP))
    return {
        "labels": [str(day) for day in days],
        "series": [
            {"name": one.group or str(UNKNOWN), "values": [_at(one, day) for day in days]}
            for one in seen
        ],
        "unit": " %",
    }


def why_curve(groups: Iterable[GroupSurvival]) -> Why:
    """How the curve is made."""
    known = list(groups)
    return Why(
        formula=_(
            "Kaplan-Meier: at each day somebody left, the part of those still there who stayed;"
            " the parts are multiplied. Who still works counts up to today. Intervals 95 %,"
            " Greenwood."
        ),
        inputs=(
            Input(pgettext("count", "Hired"), formats.number(sum(one.n for one in known))),
            Input(pgettext("count", "Left"), formats.number(sum(one.left for one in known))),
        ),
        n=sum(one.n for one in known),
    )


def _at(one: GroupSurvival, day: int) -> float | None:
    times, survival = one.curve.times, one.curve.survival
    if day > times[-1] and survival[-1] > 0:
        return None
    before = int((times <= day).sum())
    return 100.0 if before == 0 else round(float(survival[before - 1]) * 100, 1)


def _survived(one: GroupSurvival) -> Survived:
    at = [
        (_known(one.at.survival[n]), _known(one.at.low[n]), _known(one.at.high[n]))
        for n in range(len(CHECK_DAYS))
    ]
    return Survived(one.group or str(UNKNOWN), one.n, one.left, at)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _chosen(request: Request) -> Vacancy | None:
    pk = record_id(request.GET.get("vacancy"))
    return seen_vacancy(request, pk) if pk else None


def _yields(steps: list[YieldStep]) -> list[Yield]:
    return [Yield(str(LINES[one.before]), str(LINES[one.after]), one) for one in steps]


def _yield_chart(steps: list[YieldStep]) -> dict[str, Any] | None:
    if not steps or not steps[0].entered:
        return None
    people = [steps[0].entered, *(one.passed for one in steps)]
    return {
        "labels": [str(title) for title in LINES.values()],
        "series": [{"name": _("People"), "role": "fact", "values": people}],
        "horizontal": True,
    }


def _sources(viewer: User) -> list[tuple[str, Any]]:
    found = sorted(queries.source_yields(viewer), key=lambda one: (-one.hires, -one.people))
    return [(one.source or str(UNKNOWN), one) for one in found]


def _yield_rows(viewer: User, chosen: Vacancy | None) -> Iterable[Row]:
    for one in _yields(queries.yields(viewer, chosen)):
        yield (one.before, one.after, one.step.entered, one.step.passed, one.step.rate)


def _stage_rows(viewer: User, chosen: Vacancy | None) -> Iterable[Row]:
    for one in queries.time_in_stage(viewer, chosen):
        yield (str(STAGES[one.stage]), one.n, round(one.hours / DAY_HOURS, 2))


def _source_rows(viewer: User, _chosen: Vacancy | None) -> Iterable[Row]:
    pays = viewer.may(BUDGET)
    for name, one in _sources(viewer):
        money = (one.spent, one.per_hire) if pays else (None, None)
        yield (name, one.people, one.showed, one.hires, *money)


def _survival_rows(viewer: User, _chosen: Vacancy | None) -> Iterable[Row]:
    for one in map(_survived, queries.survival_by_source(viewer)):
        yield (one.source, one.n, one.left, *(value for each in one.at for value in each))


def _speed_rows(viewer: User, _chosen: Vacancy | None) -> Iterable[Row]:
    for one in queries.time_to_hires(viewer):
        yield (one.vacancy.title, one.vacancy.approved_on, one.time.days, one.time.over)


Rows = Callable[[User, Vacancy | None], Iterable[Row]]
TABLES: dict[str, tuple[tuple[Column, ...], Rows]] = {
    "yield": (
        (
            Column(gettext_lazy("From"), width=24),
            Column(gettext_lazy("To"), width=24),
            Column(gettext_lazy("Came in"), "number"),
            Column(gettext_lazy("Went on"), "number"),
            Column(gettext_lazy("Yield"), "percent"),
        ),
        _yield_rows,
    ),
    "stages": (
        (
            Column(gettext_lazy("Stage"), width=24),
            Column(gettext_lazy("People"), "number"),
            Column(gettext_lazy("Days at the stage"), "number"),
        ),
        _stage_rows,
    ),
    "sources": (
        (
            Column(gettext_lazy("Source"), width=30),
            Column(gettext_lazy("People"), "number"),
            Column(pgettext_lazy("count", "Came"), "number"),
            Column(pgettext_lazy("count", "Hired"), "number"),
            Column(gettext_lazy("Spent"), "money"),
            Column(gettext_lazy("A hire"), "money"),
        ),
        _source_rows,
    ),
    "survival": (
        (
            Column(gettext_lazy("Source"), width=30),
            Column(pgettext_lazy("count", "Hired"), "number"),
            Column(pgettext_lazy("count", "Left"), "number"),
            Column(gettext_lazy("Stay 60 days"), "percent"),
            Column(gettext_lazy("60 days, from"), "percent"),
            Column(gettext_lazy("60 days, to"), "percent"),
            Column(gettext_lazy("Stay 180 days"), "percent"),
            Column(gettext_lazy("180 days, from"), "percent"),
            Column(gettext_lazy("180 days, to"), "percent"),
        ),
        _survival_rows,
    ),
    "speed": (
        (
            Column(gettext_lazy("Vacancy"), width=40),
            Column(gettext_lazy("Approved on"), "date"),
            Column(gettext_lazy("Days to the first day of work"), "number"),
            Column(gettext_lazy("Over the target"), "number"),
        ),
        _speed_rows,
    ),
}
