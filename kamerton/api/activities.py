"""What is done and to be done with clients, briefs for meetings, needs that were heard."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from ninja import Path, Query, Router, Status

from kamerton.api import activities_bodies as bodies
from kamerton.api.fields import Pk
from kamerton.api.found import client_or_404
from kamerton.api.pages import Page, Paging
from kamerton.api.problems import PROBLEMS
from kamerton.domain.accounts import queries as accounts
from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.activities import actions, queries
from kamerton.domain.activities.actions import NextStep
from kamerton.domain.activities.models import Activity, ClientNeed
from kamerton.flows import prepare_meeting as preparing
from kamerton.flows.record_meeting import Learned, record_meeting
from kamerton.platform.access import queries as access
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require

activities, needs = Router(tags=["activities"]), Router(tags=["needs of clients"])
Id = Path[Pk]
SEE, EDIT = "activities.view", "activities.edit"
ONE = {200: bodies.ActivityOut, **PROBLEMS}


@activities.get("", response={200: Page[bodies.ActivityOut], **PROBLEMS}, summary="Activities")
def list_activities(
    request: Request, wanted: Query[bodies.ActivitiesWanted], paging: Query[Paging]
) -> dict[str, Any]:
    """List what is planned and was done, the nearest day first."""
    require(request.user, SEE)
    found = queries.unprepared(request.user) if wanted.unprepared else None
    if found is None:
        found = queries.activities(request.user)
    named = {"client": wanted.client, "owner": wanted.owner}
    named |= {"state": wanted.state, "kind": wanted.kind}  # type: ignore[dict-item]
    found = found.filter(**{name: value for name, value in named.items() if value})
    page = found[paging.offset : paging.offset + paging.limit]
    return {"items": [bodies.activity_out(one) for one in page], "total": found.count()}


@activities.post("", response={201: bodies.ActivityOut, **PROBLEMS}, summary="Plan")
def plan_activity(request: Request, body: bodies.ActivityPlanIn) -> Status[dict[str, Any]]:
    """Plan something with a client; one origin has at most one open activity (409)."""
    viewer = request.user
    client = _client(viewer, body.client_id)
    made = actions.plan_activity(
        viewer,
        client,
        kind=body.kind,
        title=body.title,
        due_on=body.due_on,
        starts_at=body.starts_at,
        goal=body.goal,
        minutes=body.minutes,
        owner=_colleague(viewer, body.owner_id),
        people=_people(viewer, client, body.people),
        colleagues=_colleagues(viewer, body.colleagues),
        origin=body.origin,
    )
    return Status(201, _out(viewer, made.pk))


@activities.post("/log", response={201: bodies.ActivityOut, **PROBLEMS}, summary="Log a contact")
def log_activity(request: Request, body: bodies.LogIn) -> Status[dict[str, Any]]:
    """Write down a contact that was not planned."""
    viewer = request.user
    client = _client(viewer, body.client_id)
    made = actions.log_activity(
        viewer,
        client,
        kind=body.kind,
        title=body.title,
        outcome=body.outcome,
        done_on=body.done_on,
        people=_people(viewer, client, body.people),
        colleagues=_colleagues(viewer, body.colleagues),
        next_step=_next(viewer, body.next_step),
    )
    return Status(201, _out(viewer, made.pk))


@activities.get("/{pk}", response=ONE, summary="One activity")
def get_activity(request: Request, pk: Id) -> dict[str, Any]:
    """Read one activity."""
    return _out(request.user, pk)


@activities.post("/{pk}/complete", response=ONE, summary="Complete")
def complete_activity(request: Request, pk: Id, body: bodies.DoneIn) -> dict[str, Any]:
    """Write down what came of it, the next step, and answers for the dossier: all or nothing."""
    viewer, activity = request.user, _activity(request.user, pk)
    client = activity.client
    people = None if body.people is None else _people(viewer, client, body.people)
    colleagues = None if body.colleagues is None else _colleagues(viewer, body.colleagues)
    plain = {
        name: getattr(body, name)
        for name in body.model_fields_set & {"minutes", "late_minutes", "expected"}
    }
    record_meeting(
        viewer,
        activity,
        answers=[_learned(viewer, client, fact) for fact in body.answers],
        outcome=body.outcome,
        done_on=body.done_on,
        people=people,
        colleagues=colleagues,
        next_step=_next(viewer, body.next_step),
        **plain,
    )
    return _out(viewer, pk)


@activities.post("/{pk}/reopen", response=ONE, summary="Not done after all")
def reopen_activity(request: Request, pk: Id) -> dict[str, Any]:
    """Take back one's own outcome on the day one wrote it; its next steps are called off."""
    actions.reopen_activity(request.user, _activity(request.user, pk))
    return _out(request.user, pk)


@activities.post("/{pk}/reschedule", response=ONE, summary="Another day")
def reschedule_activity(request: Request, pk: Id, body: bodies.RescheduleIn) -> dict[str, Any]:
    """Move it to another day; the first day promised is remembered."""
    activity = _activity(request.user, pk)
    actions.reschedule_activity(request.user, activity, due_on=body.due_on)
    return _out(request.user, pk)


@activities.post("/{pk}/cancel", response=ONE, summary="Call off")
def cancel_activity(request: Request, pk: Id, body: bodies.ActivityReasonIn) -> dict[str, Any]:
    """Call it off."""
    actions.cancel_activity(request.user, _activity(request.user, pk), reason=body.reason)
    return _out(request.user, pk)


@activities.post("/{pk}/missed", response=ONE, summary="Did not take place")
def miss_activity(request: Request, pk: Id, body: bodies.ActivityReasonIn) -> dict[str, Any]:
    """Write down that it did not take place, and why."""
    actions.miss_activity(request.user, _activity(request.user, pk), reason=body.reason)
    return _out(request.user, pk)


@activities.get("/{pk}/brief", response={200: bodies.BriefOut, **PROBLEMS}, summary="Brief")
def get_brief(request: Request, pk: Id) -> dict[str, Any]:
    """Read the brief that was kept, or what it would hold now."""
    activity = _activity(request.user, pk)
    if activity.has_brief:
        return bodies.brief_out(activity.brief)
    found = preparing.prepare_meeting(request.user, activity)
    return bodies.preparation_out(found, activity.goal)


@activities.put("/{pk}/brief", response={200: bodies.BriefOut, **PROBLEMS}, summary="Keep a brief")
def keep_brief(request: Request, pk: Id, body: bodies.BriefIn) -> dict[str, Any]:
    """Keep a brief with all that is known now."""
    activity = _activity(request.user, pk)
    brief = preparing.keep_preparation(
        request.user, activity, goal=body.goal, expected=body.expected, codes=body.questions
    )
    return bodies.brief_out(brief)


@needs.get("", response={200: Page[bodies.NeedOut], **PROBLEMS}, summary="Needs")
def list_needs(
    request: Request, wanted: Query[bodies.NeedsWanted], paging: Query[Paging]
) -> dict[str, Any]:
    """List the needs that clients spoke of, the latest first."""
    require(request.user, SEE)
    client = _client(request.user, wanted.client) if wanted.client else None
    found = queries.needs(request.user, client, state=wanted.state)
    page = found[paging.offset : paging.offset + paging.limit]
    return {"items": [bodies.need_out(need) for need in page], "total": found.count()}


@needs.post("", response={201: bodies.NeedOut, **PROBLEMS}, summary="Write down a need")
def add_need(request: Request, body: bodies.NeedIn) -> Status[dict[str, Any]]:
    """Write down a need in the client's words."""
    viewer = request.user
    client = _client(viewer, body.client_id)
    heard_from = _people(viewer, client, [body.heard_from]) if body.heard_from else []
    made = actions.add_need(
        viewer,
        client,
        text=body.text,
        heard_from=heard_from[0] if heard_from else None,
        heard_at=_activity(viewer, body.heard_at) if body.heard_at else None,
        heard_on=body.heard_on,
    )
    return Status(201, bodies.need_out(made))


@needs.post("/{pk}/close", response={200: bodies.NeedOut, **PROBLEMS}, summary="Met or let go")
def close_need(request: Request, pk: Id, body: bodies.NeedCloseIn) -> dict[str, Any]:
    """Say that a need is met, or let go."""
    require(request.user, SEE)
    need: ClientNeed | None = queries.needs(request.user).filter(pk=pk).first()
    if need is None:
        raise Http404
    closed = actions.close_need(request.user, need, state=body.state, note=body.note)
    return bodies.need_out(closed)


def _activity(viewer: User, pk: int) -> Activity:
    require(viewer, SEE)
    found = queries.activity(viewer, pk)
    if found is None:
        raise Http404
    return found


def _out(viewer: User, pk: int) -> dict[str, Any]:
    return bodies.activity_out(_activity(viewer, pk))


def _client(viewer: User, pk: int) -> Client:
    require(viewer, SEE)
    return client_or_404(viewer, pk)


def _people(viewer: User, client: Client, ids: Iterable[int]) -> list[ContactPerson]:
    """The client's people by their ids; an id that is not theirs is not found."""
    return _all_of(accounts.contacts(viewer, client, archived=True), ids)


def _colleagues(viewer: User, ids: Iterable[int]) -> list[User]:
    return _all_of(access.colleagues(viewer), ids)


def _colleague(viewer: User, pk: int | None) -> User | None:
    return _colleagues(viewer, [pk])[0] if pk else None


def _all_of(known: "QuerySet[Any]", ids: Iterable[int]) -> list[Any]:
    wanted = list(dict.fromkeys(ids))
    found = {one.pk: one for one in known.filter(pk__in=wanted)} if wanted else {}
    if len(found) != len(wanted):
        raise Http404
    return [found[pk] for pk in wanted]


def _next(viewer: User, step: bodies.NextStepIn | None) -> NextStep | None:
    if step is None:
        return None
    owner = _colleague(viewer, step.owner_id)
    return NextStep(step.title, step.due_on, step.kind, owner)


def _learned(viewer: User, client: Client, fact: bodies.LearnedIn) -> Learned:
    said_by = _people(viewer, client, [fact.heard_from]) if fact.heard_from else []
    return Learned(fact.question, fact.value, said_by[0] if said_by else None, fact.expected)
