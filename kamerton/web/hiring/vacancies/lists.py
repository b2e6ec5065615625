"""«Вакансии»: all that are seen, how far each is, its next day."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import Vacancy
from kamerton.domain.hiring.queries import WorkCounts
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.tables import Column, Row
from kamerton.web.hiring.gate import SEE
from kamerton.web.hiring.vacancies.gate import BUDGET, RECRUIT
from kamerton.web.hiring.vacancies.words import NOBODY, Deadline, colour, deadline
from kamerton.web.ui.downloads import table_file

ON_A_PAGE = 50
OPEN = ("open", gettext_lazy("Open and drafts"))
EVERY = ("all", gettext_lazy("All vacancies"))
COLUMNS = (
    Column(gettext_lazy("Vacancy"), width=40),
    Column(gettext_lazy("Seats"), "number"),
    Column(gettext_lazy("Mandate"), width=24),
    Column(gettext_lazy("State"), width=16),
    Column(gettext_lazy("Approved on"), "date"),
    Column(gettext_lazy("Needed by"), "date"),
    Column(gettext_lazy("In the contest"), "number"),
    Column(gettext_lazy("On probation"), "number"),
    Column(pgettext_lazy("count", "Hired"), "number"),
)


@dataclass(frozen=True)
class Line:
    """A vacancy of the list with its people and its next day."""

    vacancy: Vacancy
    work: WorkCounts
    next: Deadline | None
    colour: str


@require_safe
def page(request: Request) -> HttpResponse:
    """The list."""
    require(request.user, BUDGET)
    shown = Paginator(_found(request), ON_A_PAGE).get_page(request.GET.get("page"))
    lines = _lines(request, shown.object_list)
    late = [line for line in lines if line.next and line.next.late]
    context: dict[str, Any] = {
        "page": shown,
        "lines": lines,
        "late": late,
        "drafts": sum(line.vacancy.state == Vacancy.State.DRAFT for line in lines),
        "states": (OPEN, *Vacancy.State.choices, EVERY),
        "state": _state(request),
        "hires": request.user.may(SEE),
        "may_recruit": request.user.may(RECRUIT),
    }
    return render(request, "hiring/vacancies/list.html", context)


@require_safe
def table(request: Request) -> HttpResponseBase:
    """The list as a file."""
    require(request.user, BUDGET)
    rows = _rows(_lines(request, _found(request)))
    return table_file(request, "vacancies", COLUMNS, rows)


def _state(request: Request) -> str:
    state = request.GET.get("state", "")
    return state if state in (*Vacancy.State.values, EVERY[0]) else OPEN[0]


def _found(request: Request) -> Any:
    state = _state(request)
    return queries.vacancies(request.user, state="" if state == OPEN[0] else state)


def _lines(request: Request, vacancies: Iterable[Vacancy]) -> list[Line]:
    today: dt.date = timezone.localdate()
    work = queries.in_work(request.user)
    return [
        Line(
            each,
            work.get(each.pk, NOBODY),
            deadline(request.user, each, today),
            colour(each),
        )
        for each in vacancies
    ]


def _rows(lines: Iterable[Line]) -> Iterator[Row]:
    for line in lines:
        one = line.vacancy
        yield (
            one.title,
            one.seats,
            one.get_mandate_display(),
            one.get_state_display(),
            one.approved_on,
            one.needed_by,
            line.work.alive,
            line.work.on_probation,
            line.work.hired,
        )
