"""What goes in and out about offers and probation."""

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from kamerton.api.accounts_bodies import PersonRef
from kamerton.api.fields import PLAIN, Body, Flag, Moment, Money, Ref
from kamerton.api.hiring_bodies import NearDay, Reason, Sum
from kamerton.api.ledger_bodies import in_units
from kamerton.calc.money import to_minor
from kamerton.domain.hiring.actions import OfferText, Term
from kamerton.domain.hiring.models import Offer, ProbationPlan
from kamerton.domain.hiring.queries import Marked, ProbationState

Words = Annotated[str, Field(max_length=5000, pattern=PLAIN)]
Code = Annotated[str, Field(min_length=1, max_length=20, pattern=PLAIN)]
Share = Annotated[float, Field(ge=0, le=1)]
Cycle = Annotated[int, Field(ge=1, le=1000, strict=True)]


class OfferIn(Body):
    """An offer: pay a month, sections by code, why the person comes, what may hinder him."""

    pay: Sum
    sections: Annotated[dict[Code, Words], Field(max_length=30)]
    track: Literal["vertical", "horizontal"]
    motive: Literal["money", "growth", "product", "status", "team"]
    adaptation_risk: Words
    answer_by: NearDay

    def text(self) -> OfferText:
        """The offer as the action takes it."""
        return OfferText(
            pay=to_minor(self.pay),
            sections=self.sections,
            track=self.track,
            motive=self.motive,
            adaptation_risk=self.adaptation_risk,
            answer_by=self.answer_by,
        )


class OfferOut(Schema):
    """An offer; `beyond`: its pay lies outside the vacancy's band, so the owner approves."""

    id: int
    application_id: int
    state: str
    pay: Money
    sections: dict[str, str]
    track: str
    motive: str
    adaptation_risk: str
    answer_by: dt.date
    beyond: bool
    approved_by: PersonRef | None
    sent_at: Moment | None
    answered_at: Moment | None


class SendIn(Body):
    """By e-mail, or by hand."""

    by_mail: Flag = True


class AnswerIn(Body):
    """What the candidate answered; a refusal with why."""

    accepted: Flag
    note: Annotated[str, Field(max_length=500, pattern=PLAIN)] = ""


class OfferReasonIn(Body):
    """Why the offer is taken back."""

    reason: Reason


class ProbationsWanted(Schema):
    """Only those that await their verdict."""

    running: bool = False


class ProbationIn(Body):
    """What a newcomer has to show, and by when."""

    starts_on: NearDay
    verdict_on: NearDay
    contractual_until: NearDay
    cycle_days: Cycle = 28
    mentor_id: Ref | None = None
    monthly_cost: Annotated[Sum, Field(ge=0, le=1_000_000_000)] | None = None

    def term(self) -> Term:
        """Its days as the action takes them."""
        return Term(self.starts_on, self.verdict_on, self.contractual_until, self.cycle_days)


class ProbationOut(Schema):
    """A probation."""

    id: int
    application_id: int
    name: str
    state: str
    starts_on: dt.date
    verdict_on: dt.date
    contractual_until: dt.date
    mentor: PersonRef | None
    user: PersonRef | None
    surplus: str
    reasons: str
    decided_on: dt.date | None


class TargetLineOut(Schema):
    """A criterion: fact, target, points; null: nothing is asked, or not known."""

    code: str
    fact: float | None
    target: float | None
    points: float | None


class ProbationFull(ProbationOut):
    """A probation with how it stands today, by the records."""

    on: dt.date
    days: int
    measure: str
    lines: list[TargetLineOut]
    total: float
    gates: dict[str, bool]
    passes: bool
    growth: float | None


class CheckpointIn(Body):
    """What people mark on a day; shares 0 to 1, calls 0 to 22."""

    on: NearDay
    method: Share | None = None
    calls: Annotated[float, Field(ge=0, le=22)] | None = None
    papers: Share | None = None
    dishonest: Flag = False
    note: Words = ""

    def marked(self) -> Marked:
        """The marks as the action takes them."""
        return Marked(self.method, self.calls, self.papers, self.dishonest)


class CheckpointOut(Schema):
    """A weekly look with what the records said that day."""

    on: dt.date
    total: float
    facts: dict[str, float | None]
    note: str


class VerdictIn(Body):
    """Passed; extended until a day with why; failed with written reasons."""

    verdict: Literal["pass", "extend", "fail"]
    until: NearDay | None = None
    reasons: Words = ""


class SurplusIn(Body):
    """Keep who passed beyond the seats, or put him into the reserve; on what grounds."""

    keep: Flag
    note: Reason


def offer_out(offer: Offer) -> dict[str, Any]:
    """Tell of an offer."""
    names = ("application_id", "state", "sections", "track", "motive", "adaptation_risk")
    more = ("answer_by", "beyond", "approved_by", "sent_at", "answered_at")
    told = {name: getattr(offer, name) for name in (*names, *more)}
    return told | {"id": offer.pk, "pay": in_units(offer.pay)}


def probation_out(plan: ProbationPlan) -> dict[str, Any]:
    """Tell of a probation."""
    names = ("application_id", "state", "starts_on", "verdict_on", "contractual_until", "mentor")
    more = ("user", "surplus", "reasons", "decided_on")
    told = {name: getattr(plan, name) for name in (*names, *more)}
    return told | {"id": plan.pk, "name": plan.application.candidate.full_name}


def probation_full(plan: ProbationPlan, state: ProbationState) -> dict[str, Any]:
    """Tell of a probation with how it stands."""
    names = ("on", "days", "measure", "total", "gates", "passes", "growth")
    told = {name: getattr(state, name) for name in names}
    return probation_out(plan) | told | {"lines": [vars(line) for line in state.lines]}
