"""Interviews: slots of a day, invitations, check-in, marks of assessors, business tasks."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.urls import reverse
from ninja import Path, Query, Router, Status

from kamerton.api import hiring_interviews_bodies as bodies
from kamerton.api.fields import Pk
from kamerton.api.hiring_found import (
    ASSESS,
    RECRUIT,
    SEE,
    application_or_404,
    require_part,
    vacancy_or_404,
)
from kamerton.api.problems import PROBLEMS
from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.actions import GivenMark, SessionText
from kamerton.domain.hiring.models import Application, InterviewSession
from kamerton.domain.hiring.queries import SlotPlan
from kamerton.platform.access import queries as access
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require

of_vacancies, of_applications = (Router(tags=["hiring: interviews"]) for _ in range(2))
sessions, invitations = (Router(tags=["hiring: interviews"]) for _ in range(2))
Id = Path[Pk]
CARD = {200: bodies.ScorecardOut, **PROBLEMS}


@sessions.get("", response={200: list[bodies.SlotOut], **PROBLEMS}, summary="The interview day")
def list_slots(request: Request, wanted: Query[bodies.DayWanted]) -> list[dict[str, Any]]:
    """List the slots of a day with who is invited and what to expect."""
    require_part(request.user)
    vacancy = vacancy_or_404(request.user, wanted.vacancy) if wanted.vacancy else None
    found = queries.interview_day(request.user, wanted.day, vacancy)
    return [bodies.slot_out(slot) for slot in found]


@of_vacancies.post(
    "/{pk}/sessions", response={201: bodies.SlotsOut, **PROBLEMS}, summary="Make slots"
)
def make_slots(request: Request, pk: Id, body: bodies.SlotsIn) -> Status[dict[str, Any]]:
    """Make slots; as many invitations are allowed as the show rate says."""
    require(request.user, RECRUIT)
    vacancy = vacancy_or_404(request.user, pk)
    people = tuple(_people(body.interviewers))
    like = SessionText(body.kind, body.capacity, people, body.place)
    made = actions.make_sessions(request.user, vacancy, plan=_plan(body), like=like)
    return Status(201, bodies.slots_out(made))


@sessions.post(
    "/{pk}/allowed", response={200: bodies.SlotsOut, **PROBLEMS}, summary="Allow more or fewer"
)
def change_allowed(request: Request, pk: Id, body: bodies.AllowedIn) -> dict[str, Any]:
    """Say how many may be invited at most."""
    require(request.user, RECRUIT)
    found = _session(request.user, pk)
    return bodies.slots_out([actions.change_allowed(request.user, found, allowed=body.allowed)])


@sessions.post(
    "/{pk}/cancel",
    response={200: list[bodies.InvitationOut], **PROBLEMS},
    summary="Call a slot off",
)
def cancel_slot(request: Request, pk: Id) -> list[dict[str, Any]]:
    """Call a slot off; answers whom to tell: they choose another time by their links."""
    require(request.user, RECRUIT)
    told = actions.cancel_session(request.user, _session(request.user, pk))
    return [bodies.invitation_out(one) for one in told]


@of_applications.post(
    "/{pk}/invitations", response={201: bodies.InvitationMade, **PROBLEMS}, summary="Invite"
)
def invite(request: Request, pk: Id, body: bodies.InviteIn) -> Status[dict[str, Any]]:
    """Invite a candidate to a slot, or to choose one by his link."""
    require(request.user, RECRUIT)
    found = application_or_404(request.user, pk)
    session = _session(request.user, body.session_id) if body.session_id else None
    made, token = actions.invite(request.user, found, session=session)
    link = request.build_absolute_uri(reverse("candidate:booking", args=[token]))
    return Status(201, bodies.invitation_out(made) | {"link": link})


@invitations.post(
    "/{pk}/check-in", response={200: bodies.InvitationOut, **PROBLEMS}, summary="Check in"
)
def check_in(request: Request, pk: Id, body: bodies.CheckInIn) -> dict[str, Any]:
    """Write down who came, was late, did not come, called off; who holds the slot may too."""
    require_part(request.user, RECRUIT, ASSESS)
    found = queries.invitation(request.user, pk)
    if found is None:
        raise Http404
    done = actions.check_in(request.user, found, state=body.state, late_minutes=body.late_minutes)
    return bodies.invitation_out(done)


@of_applications.get(
    "/{pk}/assessors", response={200: list[bodies.AssessorOut], **PROBLEMS}, summary="Assessors"
)
def list_assessors(request: Request, pk: Id) -> list[dict[str, Any]]:
    """List who marks a candidate, without the marks."""
    require_part(request.user)
    return _assessors(request.user, application_or_404(request.user, pk))


@of_applications.put(
    "/{pk}/assessors",
    response={200: list[bodies.AssessorOut], **PROBLEMS},
    summary="Name the assessors",
)
def assign_assessors(request: Request, pk: Id, body: bodies.AssessorsIn) -> list[dict[str, Any]]:
    """Name who marks a candidate; who has begun stays."""
    require(request.user, RECRUIT)
    found = application_or_404(request.user, pk)
    actions.assign_assessors(request.user, found, assessors=_people(body.people))
    return _assessors(request.user, found)


@of_applications.get(
    "/{pk}/scorecards", response={200: list[bodies.ScorecardOut], **PROBLEMS}, summary="Scorecards"
)
def list_scorecards(request: Request, pk: Id) -> list[dict[str, Any]]:
    """List one's own scorecard, and all once every assessor, two at least, has handed in."""
    require_part(request.user)
    found = queries.scorecards(request.user, application_or_404(request.user, pk))
    return [bodies.scorecard_out(card) for card in found]


@of_applications.put("/{pk}/scorecard", response=CARD, summary="Keep one's own marks")
def save_marks(request: Request, pk: Id, body: bodies.ScorecardIn) -> dict[str, Any]:
    """Keep one's own marks while they are not handed in."""
    require_part(request.user, ASSESS, RECRUIT)
    found = application_or_404(request.user, pk)
    marks = {code: GivenMark(one.mark, one.evidence) for code, one in body.marks.items()}
    card = actions.save_marks(request.user, found, marks=marks, conclusion=body.conclusion)
    return bodies.scorecard_out(card)


@of_applications.post("/{pk}/scorecard/submit", response=CARD, summary="Hand in")
def submit_scorecard(request: Request, pk: Id) -> dict[str, Any]:
    """Hand one's marks in; they are not changed after that."""
    require_part(request.user, ASSESS, RECRUIT)
    found = application_or_404(request.user, pk)
    return bodies.scorecard_out(actions.submit_scorecard(request.user, found))


@of_applications.get(
    "/{pk}/calibration", response={200: list[bodies.ComparedOut], **PROBLEMS}, summary="Compared"
)
def list_compared(request: Request, pk: Id) -> list[dict[str, Any]]:
    """Compare marks line by line; empty while somebody is still to hand in."""
    require(request.user, SEE)
    found = queries.calibration(request.user, application_or_404(request.user, pk))
    return [bodies.compared_out(line) for line in found]


@of_applications.post(
    "/{pk}/calibration", response={200: list[bodies.ComparedOut], **PROBLEMS}, summary="Agree"
)
def calibrate(request: Request, pk: Id, body: bodies.AgreedIn) -> list[dict[str, Any]]:
    """Write down the mark the assessors agreed on."""
    require(request.user, RECRUIT)
    found = application_or_404(request.user, pk)
    actions.calibrate(request.user, found, code=body.code, mark=body.mark, note=body.note)
    return [bodies.compared_out(line) for line in queries.calibration(request.user, found)]


@of_applications.post(
    "/{pk}/tasks",
    response={200: bodies.BusinessTaskOut, **PROBLEMS},
    summary="Mark a business task",
)
def record_task(request: Request, pk: Id, body: bodies.TaskIn) -> Any:
    """Mark a business task by its rubric; a named assessor may too."""
    require_part(request.user, RECRUIT, ASSESS)
    found = application_or_404(request.user, pk)
    return actions.record_result(
        request.user, found, task=body.task, points=body.points, note=body.note
    )


def _plan(body: bodies.SlotsIn) -> SlotPlan:
    clock = dt.time.fromisoformat
    return SlotPlan(
        since=body.since,
        until=body.until,
        opens=clock(body.opens),
        closes=clock(body.closes),
        minutes=body.minutes,
        breaks=tuple((clock(one.since), clock(one.until)) for one in body.breaks),
        weekends=body.weekends,
    )


def _people(pks: Sequence[int]) -> list[User]:
    """The working people of these ids: assessors may be of any team. Raises Http404."""
    working = access.colleagues(access.system_user()).working()
    found = {one.pk: one for one in working.filter(pk__in=pks)}
    if missing := set(pks) - set(found):
        raise Http404(f"nobody of these ids: {sorted(missing)}")
    return [found[pk] for pk in dict.fromkeys(pks)]


def _session(viewer: User, pk: int) -> InterviewSession:
    found = queries.slot_state(viewer, pk)
    if found is None:
        raise Http404
    return found.session


def _assessors(viewer: User, application: Application) -> list[dict[str, Any]]:
    return [
        {"person": person, "submitted": ready}
        for person, ready in queries.assessors(viewer, application)
    ]
