"""What goes in and out about interviews: slots, invitations, check-in, scorecards."""

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from kamerton.api.accounts_bodies import PersonRef
from kamerton.api.fields import PLAIN, Body, Flag, Moment, Pk, Ref
from kamerton.api.hiring_bodies import NearDay, Reason, VacancyRef
from kamerton.domain.hiring.models import InterviewSession, Invitation, Scorecard
from kamerton.domain.hiring.queries import Compared, SlotState

Kind = Literal["stream", "group", "individual"]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Minutes = Annotated[int, Field(ge=5, le=600, strict=True)]
Seats = Annotated[int, Field(ge=1, le=100, strict=True)]
Code = Annotated[str, Field(min_length=1, max_length=20, pattern=PLAIN)]
Mark = Annotated[int, Field(ge=1, le=5, strict=True)]
Words = Annotated[str, Field(max_length=5000, pattern=PLAIN)]


class DayWanted(Schema):
    """Which day, of which vacancy; of all unless named."""

    day: NearDay
    vacancy: Pk | None = None


class InvitedOut(Schema):
    """Somebody invited, and how likely he comes."""

    id: int
    application_id: int
    name: str
    state: str
    rate: float | None
    late_minutes: int | None


class SlotOut(Schema):
    """A slot: seats, invitations allowed, who is invited, what to expect (probabilities)."""

    id: int
    vacancy: VacancyRef
    kind: str
    starts_at: Moment
    ends_at: Moment
    capacity: int
    allowed: int
    place: str
    interviewers: list[PersonRef]
    invited: list[InvitedOut]
    came: int
    expected: float
    nobody: float
    overfull: float


class BreakIn(Body):
    """A pause of each day."""

    since: Clock
    until: Clock


class SlotsIn(Body):
    """Slots of one or more days."""

    kind: Kind
    since: NearDay
    until: NearDay
    opens: Clock = "09:00"
    closes: Clock = "18:00"
    minutes: Minutes = 30
    breaks: Annotated[list[BreakIn], Field(max_length=10)] = []
    weekends: Flag = False
    capacity: Seats = 1
    interviewers: Annotated[list[Ref], Field(max_length=20)] = []
    place: Annotated[str, Field(max_length=300, pattern=PLAIN)] = ""


class SlotsOut(Schema):
    """The slots that were made."""

    made: int
    allowed: int = Field(description="Invitations to each, by the show rate")
    ids: list[int]


class AllowedIn(Body):
    """How many may be invited at most."""

    allowed: Annotated[int, Field(ge=1, le=1000, strict=True)]


class InviteIn(Body):
    """The slot; without one the candidate chooses by his link."""

    session_id: Ref | None = None


class InvitationOut(Schema):
    """An invitation."""

    id: int
    application_id: int
    session_id: int | None
    state: str
    rate: float | None
    moves: int


class InvitationMade(InvitationOut):
    """An invitation with its link, which is told once."""

    link: str


class CheckInIn(Body):
    """Who came, was late and by how much, did not come, called off."""

    state: Literal["came", "late", "no_show", "cancelled"]
    late_minutes: Annotated[int, Field(ge=0, le=600, strict=True)] = 0


class AssessorsIn(Body):
    """Who marks the candidate."""

    people: Annotated[list[Ref], Field(max_length=20)]


class AssessorOut(Schema):
    """Somebody who marks the candidate, and whether he has handed in."""

    person: PersonRef
    submitted: bool


class GivenMarkIn(Body):
    """A mark and what it rests on."""

    mark: Mark
    evidence: Words = ""


class ScorecardIn(Body):
    """One's own marks by code."""

    marks: Annotated[dict[Code, GivenMarkIn], Field(max_length=100)]
    conclusion: Words = ""


class MarkOut(Schema):
    """A mark."""

    code: str
    mark: int
    evidence: str


class ScorecardOut(Schema):
    """A scorecard: one's own, or all once every assessor has handed in."""

    assessor: PersonRef
    conclusion: str
    submitted_at: Moment | None
    marks: list[MarkOut]


class ComparedOut(Schema):
    """Marks of a line beside each other, by the id of the assessor."""

    code: str
    marks: dict[str, int]
    mean: float
    spread: int
    agreed: int | None


class AgreedIn(Body):
    """The mark agreed on, and why."""

    code: Code
    mark: Mark
    note: Reason


class TaskIn(Body):
    """A business task by its code, with the points of each line of its rubric."""

    task: Code
    points: Annotated[
        dict[Code, Annotated[float, Field(ge=0, le=1000)]], Field(min_length=1, max_length=50)
    ]
    note: Words = ""


class BusinessTaskOut(Schema):
    """A business task as marked; `score` 0 to 100."""

    task: str
    points: dict[str, float]
    score: float
    note: str


def slot_out(slot: SlotState) -> dict[str, Any]:
    """Tell of a slot."""
    session = slot.session
    names = ("kind", "starts_at", "ends_at", "capacity", "allowed", "place")
    figures = ("came", "expected", "nobody", "overfull")
    return {
        "id": session.pk,
        "vacancy": {"id": session.vacancy_id, "name": session.vacancy.title},
        **{name: getattr(session, name) for name in names},
        "interviewers": list(session.interviewers.all()),
        "invited": [
            _invited(one, rate) for one, rate in zip(slot.invited, slot.rates, strict=True)
        ],
        **{name: getattr(slot, name) for name in figures},
    }


def slots_out(made: list[InterviewSession]) -> dict[str, Any]:
    """Tell of new slots."""
    return {"made": len(made), "allowed": made[0].allowed, "ids": [one.pk for one in made]}


def invitation_out(one: Invitation) -> dict[str, Any]:
    """Tell of an invitation."""
    names = ("application_id", "session_id", "state", "rate", "moves")
    return {"id": one.pk} | {name: getattr(one, name) for name in names}


def scorecard_out(card: Scorecard) -> dict[str, Any]:
    """Tell of a scorecard."""
    names = ("assessor", "conclusion", "submitted_at")
    return {name: getattr(card, name) for name in names} | {"marks": list(card.marks.all())}


def compared_out(line: Compared) -> dict[str, Any]:
    """Tell of a line compared."""
    names = ("code", "mean", "spread", "agreed")
    marks = {str(assessor): mark for assessor, mark in line.marks.items()}
    return {name: getattr(line, name) for name in names} | {"marks": marks}


def _invited(one: Invitation, rate: float) -> dict[str, Any]:
    return {
        "id": one.pk,
        "application_id": one.application_id,
        "name": one.application.candidate.full_name,
        "state": one.state,
        "rate": rate,
        "late_minutes": one.late_minutes,
    }
