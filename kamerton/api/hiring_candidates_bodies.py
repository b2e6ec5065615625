"""What goes in and out about candidates; contacts stand only in what a view of a person answers."""

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from kamerton.api.accounts_bodies import PersonRef
from kamerton.api.fields import PLAIN, Body, Flag, Moment, Money, Name, Ref, Text
from kamerton.api.hiring_bodies import PersonIn, Reason, Sum, VacancyRef, When
from kamerton.api.ledger_bodies import in_units
from kamerton.calc.money import to_minor
from kamerton.domain.hiring.models import Application, CallAttempt, Candidate
from kamerton.domain.hiring.queries import FormAnswer

Stage = Annotated[
    str, Field(max_length=11, pattern=f"^({'|'.join(('', *Application.Stage.values))})$")
]
ByHand = Literal[
    "contacted", "passed", "interviewed", "selected",
    "refused", "withdrawn", "reserve", "stop_listed",
]  # fmt: skip
Outcome = Literal[
    "no_answer", "busy", "interested", "form_wanted", "not_interested", "wrong_number"
]
Years = Annotated[float, Field(ge=0, le=70)]
Days = Annotated[int, Field(ge=0, le=3650, strict=True)]
Names = Annotated[list[Name], Field(max_length=50)]


class ApplicationsWanted(Schema):
    """Which candidates of the vacancy."""

    search: Text = Field("", description="Words of name, employer, position, phone or e-mail")
    stage: Stage = ""
    tier: Literal["", "T1", "T2", "T3"] = ""


class CallsWanted(Schema):
    """Whose calls: one's own and nobody's, or everybody's."""

    mine: bool = False


class CandidatesWanted(Schema):
    """Which people."""

    search: Text = Field("", description="Words of name, employer, position, phone or e-mail")
    kind: Literal["", "external", "internal"] = ""


class CandidateRef(Schema):
    """A candidate, named; an erased one has no name."""

    id: int
    name: str


class ApplicationOut(Schema):
    """A candidate in a vacancy."""

    id: int
    candidate: CandidateRef
    vacancy: VacancyRef
    stage: str
    stage_since: Moment
    tier: str
    source: str
    recruiter: PersonRef | None
    calls: int
    call_due_at: Moment | None
    form_score: float | None
    cautions: list[str]
    exit_reason: str
    hired_on: dt.date | None
    left_on: dt.date | None


class StageIn(Body):
    """Where the candidate goes; leaving and coming back need a reason."""

    to: ByHand
    reason: Annotated[str, Field(max_length=500, pattern=PLAIN)] = ""


class StepOut(Schema):
    """A step of a candidate's way."""

    before: str
    after: str
    hours: float | None
    reason: str
    by: PersonRef
    at: Moment


class CallIn(Body):
    """What came of a call, and when to call next."""

    outcome: Outcome
    note: Annotated[str, Field(max_length=5000, pattern=PLAIN)] = ""
    next_at: When | None = None


class CallOut(Schema):
    """A call."""

    id: int
    outcome: str
    note: str
    by: PersonRef
    at: Moment
    next_at: Moment | None


class LinkOut(Schema):
    """A personal link; it is told once, only its digest is kept."""

    link: str


class AnswerOut(Schema):
    """An answer of the form."""

    code: str
    question: str
    answer: str
    mark: float | None


class FormOut(Schema):
    """The form of a candidate; answers once it was sent."""

    state: str
    sent_at: Moment
    expires_at: Moment
    policy_version: str
    submitted_at: Moment | None
    answers: list[AnswerOut]


class AnswerMarkIn(Body):
    """The mark of an answer in words."""

    code: Annotated[str, Field(min_length=1, max_length=40, pattern=PLAIN)]
    mark: Annotated[float, Field(ge=0, le=1)]


class CandidateOut(Schema):
    """A person of the base, without contacts."""

    id: int
    name: str
    kind: str
    employer: str
    position: str
    region: str
    source: str


class ConsentOut(Schema):
    """What the person agreed to."""

    purpose: str
    policy_version: str
    given_at: Moment
    until: dt.date
    withdrawn_at: Moment | None


class CandidateFull(CandidateOut):
    """A person with contacts; this view is in the journal."""

    phone: str
    email: str
    link: str
    niche: str
    experience_years: float | None
    known_clients: list[str]
    pay_now: Money | None
    pay_wanted: Money | None
    notice_days: int | None
    motive: str
    keep_until: dt.date | None
    erased: bool
    consents: list[ConsentOut]


class CandidateMoreIn(Body):
    """What is known beside who the person is."""

    experience_years: Years | None = None
    known_clients: Names | None = None
    pay_now: Sum | None = None
    pay_wanted: Sum | None = None
    notice_days: Days | None = None
    motive: Literal["", "money", "growth", "product", "status", "team"] | None = None
    willing: Flag | None = None

    def more(self) -> dict[str, Any]:
        """What was written, as actions take it."""
        said = {name: getattr(self, name) for name in self.model_fields_set & MORE}
        return {
            name: to_minor(value) if name in ("pay_now", "pay_wanted") else value
            for name, value in said.items()
            if value is not None
        }


MORE = frozenset(CandidateMoreIn.model_fields)


class CandidateIn(CandidateMoreIn, PersonIn):
    """A person to put down, into a vacancy or the base."""

    vacancy_id: Ref | None = None
    source: Text = Field("", description="The name of a source that is known here")


class EraseIn(Body):
    """Why the person's data are erased; there is no way back."""

    reason: Reason


def application_out(one: Application) -> dict[str, Any]:
    """Tell of a candidate in a vacancy."""
    names = ("stage", "stage_since", "tier", "recruiter", "calls", "call_due_at", "form_score")
    more = ("cautions", "exit_reason", "hired_on", "left_on")
    return {
        "id": one.pk,
        "candidate": {"id": one.candidate_id, "name": one.candidate.full_name},
        "vacancy": {"id": one.vacancy_id, "name": one.vacancy.title},
        "source": one.source.name if one.source else "",
        **{name: getattr(one, name) for name in (*names, *more)},
    }


def call_out(call: CallAttempt) -> dict[str, Any]:
    """Tell of a call."""
    names = ("outcome", "note", "by", "at", "next_at")
    return {"id": call.pk} | {name: getattr(call, name) for name in names}


def answer_out(answer: FormAnswer) -> dict[str, Any]:
    """Tell of an answer."""
    asked = answer.question
    told = {"code": asked.code, "question": str(asked.title)}
    return told | {"answer": answer.shown, "mark": answer.mark}


def candidate_out(person: Candidate) -> dict[str, Any]:
    """Tell of a person without contacts."""
    names = ("kind", "employer", "position", "region")
    return {
        "id": person.pk,
        "name": person.full_name,
        "source": person.source.name if person.source else "",
        **{name: getattr(person, name) for name in names},
    }


def candidate_full(person: Candidate) -> dict[str, Any]:
    """Tell of a person with contacts."""
    names = ("phone", "email", "link", "niche", "experience_years", "known_clients")
    more = ("notice_days", "motive", "keep_until")
    return candidate_out(person) | {
        **{name: getattr(person, name) for name in (*names, *more)},
        "pay_now": in_units(person.pay_now),
        "pay_wanted": in_units(person.pay_wanted),
        "erased": person.is_erased,
        "consents": list(person.consents.all()),
    }
