"""What goes in and out about activities, briefs and needs."""

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from kamerton.api.accounts_bodies import PersonRef
from kamerton.api.analytics_bodies import Named
from kamerton.api.fields import PLAIN, Body, Day, Moment, Pk, Ref
from kamerton.domain.activities.models import Activity, ClientNeed, MeetingBrief
from kamerton.flows.prepare_meeting import Preparation

Kind = Literal[
    "call",
    "meeting",
    "online_meeting",
    "letter",
    "messenger",
    "presentation",
    "site_visit",
    "training",
    "exhibition",
    "internal",
    "task",
]
State = Literal["planned", "done", "missed", "cancelled"]
Title = Annotated[str, Field(min_length=1, max_length=250, pattern=PLAIN)]
Words = Annotated[str, Field(max_length=4000, pattern=PLAIN)]
Said = Annotated[str, Field(min_length=1, max_length=4000, pattern=PLAIN)]
Reason = Annotated[str, Field(max_length=500, pattern=PLAIN)]
Origin = Annotated[str, Field(max_length=60, pattern=PLAIN)]
Code = Annotated[str, Field(min_length=1, max_length=40, pattern=PLAIN)]
Minutes = Annotated[int | None, Field(ge=0, le=1440, strict=True)]
People = Annotated[list[Ref], Field(max_length=100)]


class ActivitiesWanted(Schema):
    """Which activities are asked for."""

    client: Pk | None = None
    owner: Pk | None = None
    state: State | None = None
    kind: Kind | None = None
    unprepared: bool = Field(
        False, description="Meetings with key accounts within 24 hours that have no brief"
    )


class NeedsWanted(Schema):
    """Which needs are asked for."""

    client: Pk | None = None
    state: Literal["open", "met", "dropped"] | None = None


class TheirPerson(Schema):
    """A person at a client."""

    id: int
    name: str


class ActivityOut(Schema):
    """Something done or to be done with a client."""

    id: int
    client: Named
    kind: str
    title: str
    goal: str
    state: str
    due_on: dt.date = Field(description="The day it is planned for; once done, the day it was")
    promised_on: dt.date | None = Field(description="The first day it was planned for")
    starts_at: Moment | None
    minutes: int | None
    late_minutes: int | None
    owner: PersonRef
    people: list[TheirPerson]
    colleagues: list[PersonRef]
    outcome: str
    follows: int | None = Field(description="Id of the activity whose next step this is")
    origin: str = Field(description="What it arises from, as dossier:4.1")
    done_at: Moment | None
    done_by: PersonRef | None
    unprepared: bool = Field(description="A key meeting within 24 hours without a brief")
    updated_at: Moment


class NextStepIn(Body):
    """The next step."""

    title: Title
    due_on: Day
    kind: Kind = "task"
    owner_id: Ref | None = None


class ActivityPlanIn(Body):
    """Something to do with a client."""

    client_id: Ref
    kind: Kind
    title: Title
    due_on: Day
    starts_at: Moment | None = None
    goal: Words = ""
    minutes: Minutes = None
    owner_id: Ref | None = Field(None, description="Who answers for it; without one the caller")
    people: People = []
    colleagues: People = []
    origin: Origin = ""


class LearnedIn(Body):
    """A question of the dossier, answered by what the client said."""

    question: Code
    value: Said
    heard_from: Ref | None = None
    expected: Annotated[int | None, Field(ge=0, strict=True)] = Field(
        None, description="Id of the answer that was seen, 0 for none; another one is a conflict"
    )


class DoneIn(Body):
    """What came of it; people and colleagues that are left out stay as planned."""

    outcome: Said
    done_on: Day | None = None
    people: People | None = None
    colleagues: People | None = None
    minutes: Minutes = None
    late_minutes: Minutes = None
    next_step: NextStepIn | None = None
    answers: Annotated[list[LearnedIn], Field(max_length=100)] = []
    expected: Moment | None = Field(None, description="`updated_at` that was seen")


class LogIn(Body):
    """A contact that was not planned."""

    client_id: Ref
    kind: Kind
    title: Title
    outcome: Said
    done_on: Day | None = None
    people: People = []
    colleagues: People = []
    next_step: NextStepIn | None = None


class RescheduleIn(Body):
    """Another day."""

    due_on: Day


class ActivityReasonIn(Body):
    """Why."""

    reason: Reason = ""


class BriefRowOut(Schema):
    """A line of a brief."""

    label: str
    value: str
    note: str
    state: str = Field(description="ok, warn, bad, mute, or nothing")


class BriefSectionOut(Schema):
    """A part of a brief."""

    title: str
    rows: list[BriefRowOut]


class BriefQuestionOut(Schema):
    """A question to ask."""

    code: str
    text: str
    state: str = Field(description="missing, stale, assumed; empty in a brief that was kept")
    said: str
    asked_of: list[str]


class BriefOut(Schema):
    """A brief: as it was kept, or what it would hold now (`kept` is false)."""

    kept: bool
    goal: str
    expected: str
    questions: list[BriefQuestionOut]
    sections: list[BriefSectionOut]
    prepared_by: PersonRef | None
    prepared_at: Moment | None


class BriefIn(Body):
    """What one wants of the meeting; `questions` are codes of those that a brief offers."""

    goal: Said
    expected: Words = ""
    questions: Annotated[list[Code], Field(max_length=100)] = []


class NeedOut(Schema):
    """A need that a client spoke of."""

    id: int
    client: Named
    text: str
    state: str
    heard_on: dt.date
    heard_from: TheirPerson | None
    heard_at: int | None = Field(description="Id of the activity")
    closing_note: str
    author: PersonRef


class NeedIn(Body):
    """A need that was heard."""

    client_id: Ref
    text: Said
    heard_from: Ref | None = None
    heard_at: Ref | None = None
    heard_on: Day | None = None


class NeedCloseIn(Body):
    """Whether it was met or let go."""

    state: Literal["met", "dropped"] = "met"
    note: Reason = ""


def activity_out(one: Activity) -> dict[str, Any]:
    """Return an activity as the API tells it."""
    plain = (
        *("kind", "title", "goal", "state", "due_on", "promised_on", "starts_at", "minutes"),
        *("late_minutes", "owner", "outcome", "origin", "done_at", "done_by", "updated_at"),
    )
    return {name: getattr(one, name) for name in plain} | {
        "id": one.pk,
        "client": {"id": one.client_id, "name": one.client.name},
        "people": [{"id": each.pk, "name": each.full_name} for each in one.people.all()],
        "colleagues": list(one.colleagues.all()),
        "follows": one.follows_id,
        "unprepared": one.is_unprepared,
    }


def brief_out(brief: MeetingBrief) -> dict[str, Any]:
    """Return a brief that was kept."""
    asked = [
        {"code": one["code"], "text": one["text"], "state": "", "said": "", "asked_of": []}
        for one in brief.questions
    ]
    return {
        "kept": True,
        "goal": brief.goal,
        "expected": brief.expected,
        "questions": asked,
        "sections": [section.as_plain() for section in brief.sections],
        "prepared_by": brief.prepared_by,
        "prepared_at": brief.prepared_at,
    }


def preparation_out(found: Preparation, goal: str) -> dict[str, Any]:
    """Return what a brief would hold now."""
    return {
        "kept": False,
        "goal": goal,
        "expected": "",
        "questions": [
            {
                "code": one.code,
                "text": one.text,
                "state": one.state,
                "said": one.said,
                "asked_of": list(one.asked_of),
            }
            for one in found.questions
        ],
        "sections": [section.as_plain() for section in found.sections],
        "prepared_by": None,
        "prepared_at": None,
    }


def need_out(need: ClientNeed) -> dict[str, Any]:
    """Return a need as the API tells it."""
    said = need.heard_from
    return {
        "id": need.pk,
        "client": {"id": need.client_id, "name": need.client.name},
        "text": need.text,
        "state": need.state,
        "heard_on": need.heard_on,
        "heard_from": {"id": said.pk, "name": said.full_name} if said else None,
        "heard_at": need.heard_at_id,
        "closing_note": need.closing_note,
        "author": need.author,
    }
