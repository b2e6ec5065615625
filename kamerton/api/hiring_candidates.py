"""Candidates of vacancies and the base of people: found, moved, called, asked, seen, erased."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from ninja import Path, Query, Router, Status

from kamerton.api import hiring_candidates_bodies as bodies
from kamerton.api.fields import Pk
from kamerton.api.hiring_found import (
    RECRUIT,
    application_or_404,
    require_part,
    source_or_404,
    vacancy_or_404,
)
from kamerton.api.pages import Page, Paging
from kamerton.api.problems import PROBLEMS
from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import Candidate
from kamerton.domain.hiring.queries import Person
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require

of_vacancies, applications = (Router(tags=["hiring: candidates"]) for _ in range(2))
candidates = Router(tags=["hiring: candidates"])
Id = Path[Pk]
ONE = {200: bodies.ApplicationOut, **PROBLEMS}
WHO = ("full_name", "phone", "email", "employer", "position", "niche", "region", "link")


@of_vacancies.get(
    "/{pk}/applications",
    response={200: Page[bodies.ApplicationOut], **PROBLEMS},
    summary="Candidates of a vacancy",
)
def list_applications(
    request: Request, pk: Id, wanted: Query[bodies.ApplicationsWanted], paging: Query[Paging]
) -> dict[str, Any]:
    """List the candidates of a vacancy, the longest at their stage first."""
    require_part(request.user)
    vacancy = vacancy_or_404(request.user, pk)
    found = queries.applications(request.user, vacancy, **wanted.dict())
    page = found.select_related("vacancy")[paging.offset : paging.offset + paging.limit]
    return {"items": [bodies.application_out(one) for one in page], "total": found.count()}


@of_vacancies.get(
    "/{pk}/calls",
    response={200: Page[bodies.ApplicationOut], **PROBLEMS},
    summary="Whom to call now",
)
def list_calls_due(
    request: Request, pk: Id, wanted: Query[bodies.CallsWanted], paging: Query[Paging]
) -> dict[str, Any]:
    """List who is to be called: promised calls first, then by tier."""
    require(request.user, RECRUIT)
    vacancy = vacancy_or_404(request.user, pk)
    found = queries.call_queue(request.user, vacancy, mine=wanted.mine)
    page = found.select_related("vacancy", "candidate", "recruiter", "source")
    items = page[paging.offset : paging.offset + paging.limit]
    return {"items": [bodies.application_out(one) for one in items], "total": found.count()}


@applications.get("/{pk}", response=ONE, summary="One candidate of a vacancy")
def get_application(request: Request, pk: Id) -> dict[str, Any]:
    """Read where a candidate stands."""
    require_part(request.user)
    return bodies.application_out(application_or_404(request.user, pk))


@applications.post("/{pk}/stage", response=ONE, summary="Move")
def move_application(request: Request, pk: Id, body: bodies.StageIn) -> dict[str, Any]:
    """Move a candidate on, out, or back; other stages follow from what happens."""
    require(request.user, RECRUIT)
    found = application_or_404(request.user, pk)
    actions.move_application(request.user, found, to=body.to, reason=body.reason)
    return bodies.application_out(application_or_404(request.user, pk))


@applications.get(
    "/{pk}/history", response={200: list[bodies.StepOut], **PROBLEMS}, summary="The way so far"
)
def list_steps(request: Request, pk: Id) -> Any:
    """List the steps of a candidate, the first one first."""
    require_part(request.user)
    return queries.history(request.user, application_or_404(request.user, pk))


@applications.get("/{pk}/calls", response={200: list[bodies.CallOut], **PROBLEMS}, summary="Calls")
def list_calls(request: Request, pk: Id) -> list[dict[str, Any]]:
    """List the calls to a candidate, the newest first."""
    require_part(request.user)
    found = queries.calls_of(request.user, application_or_404(request.user, pk))
    return [bodies.call_out(one) for one in found]


@applications.post(
    "/{pk}/calls", response={201: bodies.CallOut, **PROBLEMS}, summary="Record a call"
)
def record_call(request: Request, pk: Id, body: bodies.CallIn) -> Status[dict[str, Any]]:
    """Write down a call; who is not reached is called again."""
    require(request.user, RECRUIT)
    found = application_or_404(request.user, pk)
    made = actions.record_call(
        request.user, found, outcome=body.outcome, note=body.note, next_at=body.next_at
    )
    return Status(201, bodies.call_out(made))


@applications.post(
    "/{pk}/form", response={201: bodies.LinkOut, **PROBLEMS}, summary="Make a link to the form"
)
def make_form_link(request: Request, pk: Id) -> Status[dict[str, Any]]:
    """Make a personal link to the form; one made before stops working."""
    require(request.user, RECRUIT)
    _form, token = actions.send_form(request.user, application_or_404(request.user, pk))
    link = request.build_absolute_uri(reverse("candidate:form", args=[token]))
    return Status(201, {"link": link})


@applications.get("/{pk}/form", response={200: bodies.FormOut, **PROBLEMS}, summary="The form")
def get_form(request: Request, pk: Id) -> dict[str, Any]:
    """Read the form with its answers."""
    require_part(request.user)
    return _form(request.user, pk)


@applications.post("/{pk}/form/marks", response={200: bodies.FormOut, **PROBLEMS}, summary="Mark")
def mark_answer(request: Request, pk: Id, body: bodies.AnswerMarkIn) -> dict[str, Any]:
    """Mark an answer in words; the score is reckoned anew."""
    require(request.user, RECRUIT)
    form = queries.form_of(request.user, application_or_404(request.user, pk))
    if form is None:
        raise Http404
    actions.mark_answer(request.user, form, code=body.code, mark=body.mark)
    return _form(request.user, pk)


@candidates.get("", response={200: Page[bodies.CandidateOut], **PROBLEMS}, summary="The base")
def list_candidates(
    request: Request, wanted: Query[bodies.CandidatesWanted], paging: Query[Paging]
) -> dict[str, Any]:
    """List people by name, without contacts."""
    require_part(request.user)
    found = queries.candidates(request.user, **wanted.dict())
    page = found[paging.offset : paging.offset + paging.limit]
    return {"items": [bodies.candidate_out(one) for one in page], "total": found.count()}


@candidates.post("", response={201: bodies.CandidateFull, **PROBLEMS}, summary="Put a person down")
def add_candidate(request: Request, body: bodies.CandidateIn) -> Status[dict[str, Any]]:
    """Put a person down, and into a vacancy if one is named; one known already is 409."""
    viewer = request.user
    require(viewer, RECRUIT)
    vacancy = vacancy_or_404(viewer, body.vacancy_id) if body.vacancy_id else None
    person = Person(**{name: getattr(body, name) for name in WHO})
    source = source_or_404(viewer, body.source)
    made = actions.add_candidate(viewer, person=person, source=source, **body.more())
    if vacancy is not None:
        actions.apply_candidate(viewer, vacancy, candidate=made, source=source)
    return Status(201, bodies.candidate_full(_seen(viewer, made.pk)))


@candidates.get("/{pk}", response={200: bodies.CandidateFull, **PROBLEMS}, summary="One person")
def get_candidate(request: Request, pk: Id) -> dict[str, Any]:
    """Read a person with contacts; the view is written into the journal."""
    require_part(request.user)
    return bodies.candidate_full(_seen(request.user, pk))


@candidates.post(
    "/{pk}/erase", response={200: bodies.CandidateFull, **PROBLEMS}, summary="Erase a person"
)
def erase_candidate(request: Request, pk: Id, body: bodies.EraseIn) -> dict[str, Any]:
    """Erase a person; stages, days and scores stay as figures."""
    require(request.user, RECRUIT)
    person = queries.candidates(request.user).filter(pk=pk).first()
    if person is None:
        raise Http404
    return bodies.candidate_full(actions.erase_candidate(request.user, person, reason=body.reason))


def _seen(viewer: User, pk: int) -> Candidate:
    """A person with a trace of the view. Raises Http404."""
    found = actions.view_candidate(viewer, pk)
    if found is None:
        raise Http404
    return found


def _form(viewer: User, pk: int) -> dict[str, Any]:
    form = queries.form_of(viewer, application_or_404(viewer, pk))
    if form is None:
        raise Http404
    names = ("state", "sent_at", "expires_at", "policy_version", "submitted_at")
    shown = queries.answers_of(viewer, form) if form.submitted_at else []
    answers = [bodies.answer_out(one) for one in shown]
    return {name: getattr(form, name) for name in names} | {"answers": answers}
