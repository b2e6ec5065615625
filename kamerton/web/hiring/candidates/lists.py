"""«Кандидаты»: everybody in the base, searched and narrowed, a page at a time."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import Application
from kamerton.domain.hiring.queries import CandidateFilter, CandidateRow
from kamerton.domain.hiring.queries.found import IN_CONTEST
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.tables import Column
from kamerton.web.hiring.candidates.gate import RECRUIT, TIERS, as_query, chosen, open_vacancies
from kamerton.web.hiring.candidates.words import state_of
from kamerton.web.hiring.gate import SEE
from kamerton.web.ui.downloads import table_file

ON_A_PAGE = 50
MOST_EXPORTED = 5_000
COLUMNS = (
    Column(gettext_lazy("Candidate"), width=30),
    Column(gettext_lazy("Last employer"), width=26),
    Column(gettext_lazy("Position"), width=26),
    Column(gettext_lazy("Region"), width=18),
    Column(gettext_lazy("Vacancy"), width=30),
    Column(gettext_lazy("Stage"), width=18),
    Column(pgettext_lazy("hiring", "Tier"), width=8),
    Column(gettext_lazy("Source"), width=18),
    Column(gettext_lazy("Recruiter"), width=22),
)


@require_safe
def page(request: Request) -> HttpResponse:
    """The list; htmx gets the table alone."""
    require(request.user, SEE)
    wanted = chosen(request.GET.dict())
    shown = Paginator(queries.found_candidates(request.user, wanted), ON_A_PAGE)
    context: dict[str, Any] = {"page": shown.get_page(request.GET.get("page")), "wanted": wanted}
    rows = queries.candidate_rows(request.user, list(context["page"].object_list), wanted)
    labels = {code: str(label) for code, label in Application.Stage.choices}
    context["rows"] = [
        (row, state_of(row.application.stage), labels[row.application.stage])
        if row.application
        else (row, "", "")
        for row in rows
    ]
    context |= {"query": as_query(wanted), "may_recruit": request.user.may(RECRUIT)}
    if request.htmx.target == "list":
        return render(request, "hiring/candidates/list.html#list", context)
    return render(request, "hiring/candidates/list.html", context | _frame(request, wanted))


@require_safe
def table(request: Request) -> HttpResponseBase:
    """The list as a file, without contacts: those are shown one by one, with a trace."""
    require(request.user, RECRUIT)
    wanted = chosen(request.GET.dict())
    people = list(queries.found_candidates(request.user, wanted)[:MOST_EXPORTED])
    rows = queries.candidate_rows(request.user, people, wanted)
    return table_file(request, "candidates", COLUMNS, [_cells(row) for row in rows])


def _cells(row: CandidateRow) -> tuple[str, ...]:
    person, one = row.candidate, row.application
    told = (person.full_name, person.employer, person.position, person.region)
    if one is None:
        return (*told, "", "", "", "", "")
    recruiter = one.recruiter.full_name if one.recruiter else ""
    stage = str(one.get_stage_display())
    return (*told, one.vacancy.title, stage, one.tier, str(one.source or ""), recruiter)


def _frame(request: Request, wanted: CandidateFilter) -> dict[str, Any]:
    vacancies = list(queries.vacancies(request.user, state="all"))
    stages = [(IN_CONTEST, _("In the contest")), *Application.Stage.choices]
    return {
        "vacancies": vacancies,
        "stages": stages,
        "tiers": TIERS,
        "sources": queries.known_sources(request.user),
        "chosen_vacancy": next((one for one in vacancies if one.pk == wanted.vacancy), None),
        "to_import": next(iter(open_vacancies(request)), None),
    }
