"""Vacancies: drafted, approved, advanced, closed; their funnel, cost, market, ranking, import."""

from typing import Any

from django.http import Http404
from ninja import Path, Query, Router, Status

from kamerton.api import hiring_bodies as bodies
from kamerton.api.fields import Pk
from kamerton.api.hiring_found import (
    APPROVE,
    ASSESS,
    MONEY,
    RECRUIT,
    SEE,
    require_part,
    source_or_404,
    vacancy_or_404,
)
from kamerton.api.pages import Page, Paging
from kamerton.api.problems import PROBLEMS
from kamerton.calc.money import to_minor
from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.queries import ImportRow, NobodyNamed, Person, tidied
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require

vacancies = Router(tags=["hiring: vacancies"])
Id = Path[Pk]
ONE = {200: bodies.VacancyFull, **PROBLEMS}


@vacancies.get("", response={200: Page[bodies.VacancyOut], **PROBLEMS}, summary="Vacancies")
def list_vacancies(
    request: Request, wanted: Query[bodies.VacanciesWanted], paging: Query[Paging]
) -> dict[str, Any]:
    """List the vacancies that the caller sees."""
    require_part(request.user, SEE, ASSESS, MONEY)
    found = queries.vacancies(request.user, state=wanted.state)
    page = found[paging.offset : paging.offset + paging.limit]
    return {"items": [bodies.vacancy_out(one) for one in page], "total": found.count()}


@vacancies.post("", response={201: bodies.VacancyFull, **PROBLEMS}, summary="Draft one")
def create_vacancy(request: Request, body: bodies.VacancyIn) -> Status[dict[str, Any]]:
    """Draft a vacancy with the default must-haves of the method."""
    made = actions.create_vacancy(request.user, **body.changes())
    return Status(201, _out(request.user, made.pk))


@vacancies.get("/{pk}", response=ONE, summary="One vacancy")
def get_vacancy(request: Request, pk: Id) -> dict[str, Any]:
    """Read a vacancy with what it asks for."""
    require_part(request.user, SEE, ASSESS, MONEY)
    return _out(request.user, pk)


@vacancies.patch("/{pk}", response=ONE, summary="Write its fields")
def change_vacancy(request: Request, pk: Id, body: bodies.VacancyPatch) -> dict[str, Any]:
    """Write fields anew; what was approved changes in a draft only."""
    require(request.user, RECRUIT)
    actions.change_vacancy(request.user, vacancy_or_404(request.user, pk), **body.changes())
    return _out(request.user, pk)


@vacancies.post("/{pk}/approve", response=ONE, summary="Approve")
def approve_vacancy(request: Request, pk: Id, body: bodies.ApproveIn) -> dict[str, Any]:
    """Open the search; nobody but the owner approves a vacancy of his own."""
    require(request.user, APPROVE)
    actions.approve_vacancy(request.user, vacancy_or_404(request.user, pk), on=body.on)
    return _out(request.user, pk)


@vacancies.post("/{pk}/advance", response=ONE, summary="Move it on")
def advance_vacancy(request: Request, pk: Id, body: bodies.AdvanceIn) -> dict[str, Any]:
    """Move an open vacancy to another stage, on or back."""
    require(request.user, RECRUIT)
    actions.advance_vacancy(request.user, vacancy_or_404(request.user, pk), to=body.to)
    return _out(request.user, pk)


@vacancies.post("/{pk}/close", response=ONE, summary="Close")
def close_vacancy(request: Request, pk: Id, body: bodies.CloseIn) -> dict[str, Any]:
    """Close it; with empty seats a note is needed."""
    require(request.user, RECRUIT)
    actions.close_vacancy(request.user, vacancy_or_404(request.user, pk), note=body.note)
    return _out(request.user, pk)


@vacancies.post("/{pk}/cancel", response=ONE, summary="Give up")
def cancel_vacancy(request: Request, pk: Id, body: bodies.HiringReasonIn) -> dict[str, Any]:
    """Give the search up."""
    require(request.user, APPROVE)
    actions.cancel_vacancy(request.user, vacancy_or_404(request.user, pk), reason=body.reason)
    return _out(request.user, pk)


@vacancies.get(
    "/{pk}/funnel", response={200: list[bodies.FunnelOut], **PROBLEMS}, summary="Its funnel"
)
def get_vacancy_funnel(request: Request, pk: Id) -> list[dict[str, Any]]:
    """Compare the funnel with its plan by day; empty before the approval."""
    require(request.user, SEE)
    found = queries.funnel(request.user, vacancy_or_404(request.user, pk))
    return [bodies.funnel_out(line) for line in found]


@vacancies.get("/{pk}/cost", response={200: bodies.CostOut, **PROBLEMS}, summary="Its cost")
def get_vacancy_cost(request: Request, pk: Id) -> dict[str, Any]:
    """Compare the budget with what was spent, and tell what a hire costs."""
    require(request.user, MONEY)
    found = queries.vacancy_cost(request.user, vacancy_or_404(request.user, pk))
    if found is None:
        raise Http404
    return bodies.cost_out(found)


@vacancies.get("/{pk}/market", response={200: bodies.MarketOut, **PROBLEMS}, summary="The market")
def get_market_picture(request: Request, pk: Id) -> dict[str, Any]:
    """Tell what those who filled the form want."""
    require(request.user, SEE)
    found = queries.market_picture(request.user, vacancy_or_404(request.user, pk))
    return bodies.market_out(found)


@vacancies.get(
    "/{pk}/ranking", response={200: list[bodies.RankedOut], **PROBLEMS}, summary="The ranking"
)
def list_ranked(
    request: Request, pk: Id, wanted: Query[bodies.RankingWanted]
) -> list[dict[str, Any]]:
    """Rank those who came, the best first, with the parts of each place."""
    require(request.user, SEE)
    vacancy = vacancy_or_404(request.user, pk)
    found = queries.ranking(request.user, vacancy, profile=wanted.profile)
    return [bodies.ranked_out(row) for row in found]


@vacancies.post(
    "/{pk}/import", response={200: bodies.CandidateImportOut, **PROBLEMS}, summary="Import"
)
def import_rows(request: Request, pk: Id, body: bodies.ImportIn) -> dict[str, Any]:
    """Bring people in, found again by phone, e-mail or name and employer; bad rows are told."""
    require(request.user, RECRUIT)
    vacancy = vacancy_or_404(request.user, pk)
    rows, bad = _read(body.rows)
    source = source_or_404(request.user, body.source)
    done = actions.import_candidates(request.user, vacancy, rows=rows, source=source)
    counts = {name: getattr(done, name) for name in ("made", "known", "applied")}
    return counts | {"bad": bad}


def _read(given: list[bodies.RowIn]) -> tuple[list[ImportRow], list[dict[str, Any]]]:
    rows: list[ImportRow] = []
    bad: list[dict[str, Any]] = []
    for number, row in enumerate(given, 1):
        named = row.dict(exclude={"pay_wanted"})
        try:
            person = tidied(Person(**named))
        except NobodyNamed as wrong:
            bad.append({"row": number, "why": str(wrong)})
            continue
        pay = row.pay_wanted
        rows.append(ImportRow(person, None if pay is None else to_minor(pay)))
    return rows, bad


def _out(viewer: User, pk: int) -> dict[str, Any]:
    return bodies.vacancy_full(vacancy_or_404(viewer, pk))
