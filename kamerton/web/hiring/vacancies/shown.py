"""What the page of a vacancy is drawn from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import Vacancy
from kamerton.domain.hiring.queries import (
    FunnelDays,
    FunnelLine,
    InternalCandidate,
    PayAgainstMarket,
    WorkCounts,
)
from kamerton.domain.methodology import queries as methodology
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.platform.tables import Column, Row
from kamerton.web.hiring.vacancies.gate import APPROVE, BUDGET, RECRUIT
from kamerton.web.hiring.vacancies.words import (
    LINES,
    NOBODY,
    ROUTES,
    deadline,
    internal_note,
    lagging,
    sentence,
)
from kamerton.web.ui.items import Input, Step, Tab, Why

State = Vacancy.State
FUNNEL_COLUMNS = (
    Column(gettext_lazy("Stage"), width=26),
    Column(gettext_lazy("Needed in all"), "number"),
    Column(gettext_lazy("Due by now"), "number"),
    Column(gettext_lazy("Done"), "number"),
    Column(gettext_lazy("At this pace"), "number"),
    Column(gettext_lazy("Will be missing"), "number"),
    Column(gettext_lazy("Needed a day"), "number"),
)


@dataclass(frozen=True)
class Shown:
    """A line of the funnel with its name."""

    title: str
    line: FunnelLine

    @property
    def state(self) -> str:
        """Its colour."""
        if self.line.done >= self.line.needed:
            return "ok"
        return "mute" if self.line.forecast is None else "ok" if self.line.on_track else "warn"


@dataclass(frozen=True)
class Own:
    """One of ours with the word of whether he fits."""

    one: InternalCandidate
    note: str
    colour: str


@dataclass(frozen=True)
class Rights:
    """What the viewer may do with the vacancy."""

    sees: bool
    budget: bool
    spends: bool
    works: bool
    decides: bool
    drafts: bool

    @classmethod
    def of(cls, viewer: User, vacancy: Vacancy) -> "Rights":
        """Read the rights once."""
        alive = not vacancy.is_over
        works = alive and viewer.may(RECRUIT)
        return cls(
            sees=viewer.may("hiring.view"),
            budget=viewer.may(BUDGET),
            spends=viewer.may(RECRUIT),
            works=works,
            decides=alive and viewer.may(APPROVE),
            drafts=works and vacancy.state == State.DRAFT,
        )


def frame_of(viewer: User, vacancy: Vacancy, current: str) -> dict[str, Any]:
    """The head that all pages of a vacancy share."""
    return {
        "vacancy": vacancy,
        "rights": Rights.of(viewer, vacancy),
        "tabs": tabs_of(viewer, vacancy, current),
    }


def page_of(viewer: User, vacancy: Vacancy) -> dict[str, Any]:
    """Everything the page of a vacancy shows."""
    context = frame_of(viewer, vacancy, "vacancy")
    rights: Rights = context["rights"]
    if rights.budget:
        context |= {
            "cost": queries.vacancy_cost(viewer, vacancy),
            "pay": pay_of(queries.pay_against_market(viewer, vacancy)),
        }
    if rights.sees:
        context |= _search_of(viewer, vacancy)
    return context


def _search_of(viewer: User, vacancy: Vacancy) -> dict[str, Any]:
    lines = queries.funnel(viewer, vacancy)
    work = queries.in_work(viewer).get(vacancy.pk, NOBODY)
    worst = lagging(lines)
    return {
        "work": work,
        "lacks": queries.lacking(viewer, vacancy),
        "sentence": sentence(vacancy, work, lines, queries.lacking(viewer, vacancy)),
        "steps": steps_of(vacancy),
        "onward": onward(vacancy),
        "stages": [(each.value, each.label) for each in _stages(vacancy)],
        "funnel": [Shown(str(LINES[line.code]), line) for line in lines],
        "funnel_chart": funnel_chart(lines) if lines else None,
        "watched": worst.code if worst else "contacted",
        "window": queries.timeline(viewer, vacancy),
        "next": deadline(viewer, vacancy, timezone.localdate()),
        "hires": hires_why(vacancy, work),
        "reserve": [_own(each) for each in queries.internal_reserve(viewer, vacancy)],
        "advice": _advice(viewer, vacancy),
        "breadth": queries.vacancy_breadth(viewer, vacancy),
        "musts": [each for each in vacancy.requirements.all() if each.need == "must"],
    }


def tabs_of(viewer: User, vacancy: Vacancy, current: str) -> list[Tab]:
    """The pages of one vacancy; who only pays or assesses has the first alone."""
    if not viewer.may("hiring.view"):
        return []
    pages = (
        ("vacancy", _("Vacancy")),
        ("vacancy-profile", _("Profile")),
        ("vacancy-letter", _("Letter")),
        ("market", _("Market picture")),
    )
    return [
        Tab(title, reverse(f"hiring:{name}", args=[vacancy.pk]), name == current)
        for name, title in pages
    ]


def steps_of(vacancy: Vacancy) -> list[Step]:
    """The way of a vacancy, as far as it is."""
    if vacancy.state == State.CANCELLED:
        return [Step(str(vacancy.get_state_display()), "done")]
    place = Vacancy.WAY.index(State(vacancy.state))
    over = vacancy.state == State.CLOSED
    return [
        Step(
            str(state.label),
            "done" if n < place or over else "current" if n == place else "later",
        )
        for n, state in enumerate(Vacancy.WAY)
    ]


def onward(vacancy: Vacancy) -> State | None:
    """The stage that comes next, None for a draft and before closing."""
    if not vacancy.is_open:
        return None
    place = Vacancy.WAY.index(State(vacancy.state))
    following = Vacancy.WAY[place + 1]
    return None if following == State.CLOSED else following


def hires_why(vacancy: Vacancy, work: WorkCounts) -> Why:
    """Why so many are hired: some of them will not stay."""
    plan = queries.planned_hires(vacancy.seats, vacancy.role)
    stay, left = formats.percent(plan.probability), plan.turnover
    return Why(
        formula=_(
            "The least number of people of whom enough stay in three cases of four:"
            " min n with P(Bin(n, 1 − turnover) ≥ seats) ≥ 75 %."
        ),
        inputs=(
            Input(_("Seats"), formats.number(vacancy.seats)),
            Input(_("Own turnover") if left.own else _("Turnover"), formats.percent(left.share)),
            Input(_("By the formula"), formats.number(plan.hires)),
            Input(_("Enough stay"), stay),
            Input(_("Hired so far"), formats.number(work.hired)),
        ),
        method=str(methodology.current().version),
    )


def pay_of(found: PayAgainstMarket) -> dict[str, Any]:
    """The band beside the market, as it is drawn."""
    state, word = ("mute", _("no figures of the market"))
    if found.below_median:
        state, word = "warn", _("below the median")
    elif found.above_upper:
        state, word = "warn", _("above the upper quartile")
    elif found.benchmark:
        state, word = "ok", _("within the market")
    return {"benchmark": found.benchmark, "state": state, "word": word}


def funnel_chart(lines: list[FunnelLine]) -> dict[str, Any]:
    """Plan, due and fact of each line."""
    return {
        "labels": [str(LINES[line.code]) for line in lines],
        "series": [
            {"name": _("Needed in all"), "role": "plan", "values": [x.needed for x in lines]},
            {"name": _("Due by now"), "role": "base", "values": [round(x.due) for x in lines]},
            {"name": _("Done"), "role": "fact", "values": [x.done for x in lines]},
        ],
        "horizontal": True,
    }


def days_chart(found: FunnelDays) -> dict[str, Any]:
    """One line of the funnel by day."""
    return {
        "labels": [formats.day_short(day) for day in found.days],
        "series": [
            {"name": _("Plan"), "role": "plan", "values": [round(x, 1) for x in found.due]},
            {"name": str(LINES[found.code]), "role": "fact", "values": list(found.done)},
        ],
    }


def funnel_rows(lines: Iterable[FunnelLine]) -> Iterator[Row]:
    """The funnel as rows of a file."""
    for line in lines:
        known = (line.needed, round(line.due, 1), line.done, line.forecast, line.short, line.a_day)
        yield (str(LINES[line.code]), *known)


def _stages(vacancy: Vacancy) -> list[State]:
    return [state for state in Vacancy.WAY[2:-1] if state != vacancy.state]


def _own(one: InternalCandidate) -> Own:
    return Own(one, internal_note(one), "ok" if one.in_time else "warn" if one.eligible else "mute")


def _advice(viewer: User, vacancy: Vacancy) -> dict[str, Any] | None:
    found = queries.route_advice(viewer, vacancy)
    if found is None:
        return None
    return {
        "route": found.route,
        "words": ROUTES[found.route],
        "late": found.days_late,
        "possible": found.internal_possible,
    }
