"""Offers and probation: drafted, approved, sent, answered; measured by records, decided."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Status

from kamerton.api import hiring_offers_bodies as bodies
from kamerton.api.fields import Pk
from kamerton.api.found import person_or_404
from kamerton.api.hiring_found import (
    APPROVE,
    ASSESS,
    RECRUIT,
    SEE,
    application_or_404,
    require_part,
)
from kamerton.api.pages import Page, Paging
from kamerton.api.problems import PROBLEMS
from kamerton.calc.money import to_minor
from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import Offer, ProbationPlan
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError

of_applications = Router(tags=["hiring: offers and probation"])
offers, probations = (Router(tags=["hiring: offers and probation"]) for _each in range(2))
Id = Path[Pk]
OFFER = {200: bodies.OfferOut, **PROBLEMS}
PROBATION = {200: bodies.ProbationFull, **PROBLEMS}


class UntilMissing(BusinessError):
    """An extension names its last day."""


@of_applications.get(
    "/{pk}/offers", response={200: list[bodies.OfferOut], **PROBLEMS}, summary="His offers"
)
def list_offers(request: Request, pk: Id) -> list[dict[str, Any]]:
    """List the offers made to a candidate, the newest first."""
    require(request.user, SEE)
    found = queries.offers(request.user, application_or_404(request.user, pk))
    return [bodies.offer_out(one) for one in found]


@of_applications.post(
    "/{pk}/offers", response={201: bodies.OfferOut, **PROBLEMS}, summary="Draft an offer"
)
def make_offer(request: Request, pk: Id, body: bodies.OfferIn) -> Status[dict[str, Any]]:
    """Draft an offer for who was chosen, or write the draft anew."""
    require(request.user, RECRUIT)
    found = application_or_404(request.user, pk)
    made = actions.make_offer(request.user, found, text=body.text())
    return Status(201, bodies.offer_out(made))


@offers.get("/{pk}", response=OFFER, summary="One offer")
def get_offer(request: Request, pk: Id) -> dict[str, Any]:
    """Read an offer."""
    require(request.user, SEE)
    return bodies.offer_out(_offer(request.user, pk))


@offers.post("/{pk}/approve", response=OFFER, summary="Approve")
def approve_offer(request: Request, pk: Id) -> dict[str, Any]:
    """Approve: the head within the pay band, the owner beyond it."""
    require(request.user, APPROVE)
    actions.approve_offer(request.user, _offer(request.user, pk))
    return bodies.offer_out(_offer(request.user, pk))


@offers.post("/{pk}/send", response=OFFER, summary="Send")
def send_offer(request: Request, pk: Id, body: bodies.SendIn) -> dict[str, Any]:
    """Send an approved offer; the probation must be planned before."""
    require(request.user, RECRUIT)
    actions.send_offer(request.user, _offer(request.user, pk), by_mail=body.by_mail)
    return bodies.offer_out(_offer(request.user, pk))


@offers.post("/{pk}/answer", response=OFFER, summary="Write the answer down")
def answer_offer(request: Request, pk: Id, body: bodies.AnswerIn) -> dict[str, Any]:
    """Write down what the candidate answered."""
    require(request.user, RECRUIT)
    found = _offer(request.user, pk)
    actions.answer_offer(request.user, found, accepted=body.accepted, note=body.note)
    return bodies.offer_out(_offer(request.user, pk))


@offers.post("/{pk}/take-back", response=OFFER, summary="Take back")
def take_offer_back(request: Request, pk: Id, body: bodies.OfferReasonIn) -> dict[str, Any]:
    """Take an offer back before it is answered."""
    require(request.user, APPROVE)
    actions.take_offer_back(request.user, _offer(request.user, pk), reason=body.reason)
    return bodies.offer_out(_offer(request.user, pk))


@of_applications.put("/{pk}/probation", response=PROBATION, summary="Plan the probation")
def plan_probation(request: Request, pk: Id, body: bodies.ProbationIn) -> dict[str, Any]:
    """Plan what the newcomer has to show; anew while it has not begun."""
    require(request.user, APPROVE)
    found = application_or_404(request.user, pk)
    cost = 0 if body.monthly_cost is None else to_minor(body.monthly_cost)
    mentor = person_or_404(request.user, body.mentor_id)
    made = actions.plan_probation(
        request.user, found, term=body.term(), mentor=mentor, monthly_cost=cost
    )
    return _full(request.user, made.pk)


@probations.get("", response={200: Page[bodies.ProbationOut], **PROBLEMS}, summary="Probations")
def list_probations(
    request: Request, wanted: Query[bodies.ProbationsWanted], paging: Query[Paging]
) -> dict[str, Any]:
    """List probations, the nearest verdict first; mentors see theirs, newcomers their own."""
    require_part(request.user)
    found = queries.probations(request.user, running=wanted.running)
    page = found[paging.offset : paging.offset + paging.limit]
    return {"items": [bodies.probation_out(one) for one in page], "total": found.count()}


@probations.get("/{pk}", response=PROBATION, summary="One probation")
def get_probation(request: Request, pk: Id) -> dict[str, Any]:
    """Read how a probation stands today, by the records."""
    require_part(request.user)
    return _full(request.user, pk)


@probations.get(
    "/{pk}/checkpoints",
    response={200: list[bodies.CheckpointOut], **PROBLEMS},
    summary="Weekly looks",
)
def list_checkpoints(request: Request, pk: Id) -> Any:
    """List the weekly looks, the first one first."""
    require_part(request.user)
    return list(_plan(request.user, pk).checkpoints.all())


@probations.post(
    "/{pk}/checkpoints", response={201: bodies.CheckpointOut, **PROBLEMS}, summary="Look"
)
def write_checkpoint(request: Request, pk: Id, body: bodies.CheckpointIn) -> Status[Any]:
    """Write down a weekly look; the mentor may too."""
    require_part(request.user, APPROVE, ASSESS)
    plan = _plan(request.user, pk)
    made = actions.write_checkpoint(
        request.user, plan, on=body.on, marked=body.marked(), note=body.note
    )
    return Status(201, made)


@probations.post("/{pk}/verdict", response=PROBATION, summary="Decide")
def decide_probation(request: Request, pk: Id, body: bodies.VerdictIn) -> dict[str, Any]:
    """Pass, extend once, or fail with written reasons."""
    require(request.user, APPROVE)
    _decide(request.user, _plan(request.user, pk), body)
    return _full(request.user, pk)


@probations.post("/{pk}/surplus", response=PROBATION, summary="Decide on a place beyond the seats")
def decide_surplus(request: Request, pk: Id, body: bodies.SurplusIn) -> dict[str, Any]:
    """Keep who passed beyond the seats, or put him into the reserve; the owner decides."""
    require(request.user, "hiring.exceed")
    plan = _plan(request.user, pk)
    actions.decide_surplus(request.user, plan, keep=body.keep, note=body.note)
    return _full(request.user, pk)


def _decide(actor: User, plan: ProbationPlan, body: bodies.VerdictIn) -> None:
    match body.verdict:
        case "pass":
            actions.pass_probation(actor, plan, note=body.reasons)
        case "fail":
            actions.fail_probation(actor, plan, reasons=body.reasons)
        case _:
            if body.until is None:
                raise UntilMissing(_("Say until which day the probation is extended."))
            actions.extend_probation(actor, plan, until=body.until, reason=body.reasons)


def _offer(viewer: User, pk: int) -> Offer:
    found = queries.offer(viewer, pk)
    if found is None:
        raise Http404
    return found


def _plan(viewer: User, pk: int) -> ProbationPlan:
    found = queries.probation(viewer, pk)
    if found is None:
        raise Http404
    return found


def _full(viewer: User, pk: int) -> dict[str, Any]:
    plan = _plan(viewer, pk)
    return bodies.probation_full(plan, queries.probation_state(viewer, plan))
