"""Offers: drafted with all sections, approved within the band or by the owner, sent, answered."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kamerton.domain.hiring.actions.gates import (
    APPROVE,
    EXCEED,
    RECRUIT,
    Unfit,
    WrongState,
    locked_application,
    require_lawful,
    require_open,
    require_reason,
)
from kamerton.domain.hiring.actions.letters import NoAddress, post
from kamerton.domain.hiring.actions.stages import Stage, advance
from kamerton.domain.hiring.models import Application, Candidate, Offer, ProbationPlan
from kamerton.domain.hiring.queries.offers import offer_text
from kamerton.domain.hiring.queries.ranking import ranked
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require, ways_to
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

State = Offer.State
WHAT: Final = {
    "test": gettext_noop("the business task"),
    "scorecards": gettext_noop("scorecards of two assessors"),
    "fit": gettext_noop("culture fit"),
    "loyalty": gettext_noop("loyalty"),
}


class NotReadyForOffer(BusinessError):
    """A part of the choice is missing, or a claim of the CV was refuted."""


class SectionMissing(BusinessError):
    """The offer lacks a section."""


class NoProbationPlan(BusinessError):
    """No offer goes out before the probation is planned."""


class BeyondBand(BusinessError):
    """Pay outside the band is approved by the owner."""


@dataclass(frozen=True)
class OfferText:
    """An offer as it is wished: pay a month in minor units, sections by code."""

    pay: int
    sections: Mapping[str, str]
    track: str
    motive: str
    adaptation_risk: str
    answer_by: dt.date


@transaction.atomic
def make_offer(actor: User, application: Application, *, text: OfferText) -> Offer:
    """Draft an offer for somebody chosen, or write the draft anew.

    Raises NotAllowed, VacancyOver, NotReadyForOffer, SectionMissing, Unfit, Discriminates,
    WrongState.
    """
    application = locked_application(actor, application)
    require_open(application.vacancy)
    if application.stage not in (Stage.SELECTED, Stage.OFFER):
        raise WrongState(_("An offer is made to who was chosen."))
    _require_ready(actor, application)
    _require_sound(text)
    offer = application.offers.filter(state__in=Offer.OPEN).first()
    if offer is not None and offer.state not in (State.DRAFT, State.PENDING):
        raise WrongState(_("This offer is approved already. Take it back to write another."))
    offer = offer or Offer(application=application, created_by=actor)
    offer.pay, offer.sections = text.pay, dict(text.sections)
    offer.track, offer.motive = text.track, text.motive
    offer.adaptation_risk, offer.answer_by = text.adaptation_risk.strip(), text.answer_by
    offer.beyond = _beyond(application, text.pay)
    offer.state = State.PENDING if offer.beyond else State.DRAFT
    offer.save()
    record(actor, "hiring.offer_made", application, after={"beyond": offer.beyond})
    return offer


@transaction.atomic
def approve_offer(actor: User, offer: Offer) -> Offer:
    """Approve an offer: the head within the pay band, the owner beyond it.

    Raises NotAllowed, WrongState, BeyondBand.
    """
    offer = _locked(actor, offer, APPROVE)
    if offer.state not in (State.DRAFT, State.PENDING):
        raise WrongState(_("This offer waits for no approval."))
    if offer.beyond and not actor.may(EXCEED):
        raise BeyondBand(
            _("The pay lies outside the band of the vacancy: the owner approves it."), status=403
        )
    offer.state, offer.approved_by, offer.approved_at = State.APPROVED, actor, timezone.now()
    offer.save(update_fields=["state", "approved_by", "approved_at"])
    record(actor, "hiring.offer_approved", offer.application, after={"beyond": offer.beyond})
    return offer


@transaction.atomic
def send_offer(actor: User, offer: Offer, *, by_mail: bool = True) -> Offer:
    """Send an approved offer; the probation must be planned before.

    Raises NotAllowed, WrongState, NoProbationPlan, NoAddress, StopListed.
    """
    offer = _locked(actor, offer, RECRUIT)
    application = offer.application
    if offer.state != State.APPROVED:
        raise WrongState(_("Only an approved offer is sent."))
    _require_ready(actor, application)
    _require_plan(application)
    if offer.answer_by < timezone.localdate():
        raise Unfit(_("The day to answer is over. Write the offer anew."))
    if by_mail and not application.candidate.email:
        raise NoAddress(_("This candidate has no e-mail. Call him, or send the link yourself."))
    offer.state, offer.sent_at = State.SENT, timezone.now()
    offer.save(update_fields=["state", "sent_at"])
    advance(actor, application, Stage.OFFER)
    if by_mail:
        subject, body = offer_text(actor, offer)
        post(actor, application, kind="offer", subject=subject, body=body)
    record(actor, "hiring.offer_sent", application)
    return offer


@transaction.atomic
def answer_offer(actor: User, offer: Offer, *, accepted: bool, note: str = "") -> Offer:
    """Write down what the candidate answered; after the last day an offer is expired.

    Raises NotAllowed, WrongState, ReasonMissing.
    """
    offer = _locked(actor, offer, RECRUIT)
    if offer.state != State.SENT:
        raise WrongState(_("Only an offer that was sent is answered."))
    if accepted and offer.answer_by < timezone.localdate():
        raise WrongState(_("The day to answer is over. Write the offer anew."))
    offer.answer_note = note.strip() if accepted else require_reason(note)
    offer.state = State.ACCEPTED if accepted else State.DECLINED
    offer.answered_at = timezone.now()
    offer.save(update_fields=["state", "answered_at", "answer_note"])
    to = Stage.ACCEPTED if accepted else Stage.WITHDRAWN
    advance(actor, offer.application, to, reason="" if accepted else offer.answer_note[:500])
    record(actor, "hiring.offer_answered", offer.application, after=offer.state)
    return offer


@transaction.atomic
def take_offer_back(actor: User, offer: Offer, *, reason: str) -> Offer:
    """Take an offer back before it is answered; the candidate is chosen still.

    Raises NotAllowed, WrongState, ReasonMissing.
    """
    offer = _locked(actor, offer, APPROVE)
    if offer.state not in Offer.OPEN:
        raise WrongState(_("This offer was answered already."))
    why = require_reason(reason)
    offer.state, offer.answer_note = State.CANCELLED, why[:500]
    offer.save(update_fields=["state", "answer_note"])
    if offer.application.stage == Stage.OFFER:
        advance(actor, offer.application, Stage.SELECTED)
    record(actor, "hiring.offer_taken_back", offer.application, reason=why)
    return offer


@transaction.atomic
def expire_offers(actor: User, *, on: dt.date | None = None) -> int:
    """Let offers without an answer expire the day after the last one; how many it were.

    Raises NotAllowed.
    """
    require(actor, RECRUIT)
    late = Offer.objects.filter(state=State.SENT, answer_by__lt=on or timezone.localdate())
    count = 0
    for offer in late.select_for_update(of=("self",)).select_related(
        "application__candidate", "application__vacancy"
    ):
        offer.state = State.EXPIRED
        offer.save(update_fields=["state"])
        if offer.application.stage == Stage.OFFER:
            advance(actor, offer.application, Stage.SELECTED)
        record(actor, "hiring.offer_expired", offer.application)
        count += 1
    return count


def _require_ready(actor: User, application: Application) -> None:
    """Refuse while a part of the choice is missing, or a refuted claim holds the person.

    Raises NotReadyForOffer.
    """
    stands = ranked(actor, application)
    if stands is None or stands.hold:
        raise NotReadyForOffer(
            _("A claim of the CV was refuted. The head decides first: check the claim again.")
        )
    if stands.lacks:
        raise NotReadyForOffer(
            _("Marked as absent, though the vacancy refuses without it: %(what)s.")
            % {"what": ", ".join(stands.lacks)}
        )
    if stands.missing:
        what = ", ".join(_(WHAT[code]) for code in stands.missing)
        raise NotReadyForOffer(_("No offer before these are marked: %(what)s.") % {"what": what})


def _require_sound(text: OfferText) -> None:
    sections = methodology.current().offer_sections
    missing = [
        str(one.title)
        for one in sections
        if one.required and not text.sections.get(one.code, "").strip()
    ]
    if missing:
        raise SectionMissing(_("Write first: %(what)s.") % {"what": ", ".join(missing)})
    require_lawful(text.sections.values(), criterion=False)
    if text.pay <= 0 or text.track not in Offer.Track.values:
        raise Unfit(_("An offer has a pay and a way to grow: upwards or in breadth."))
    if text.motive not in Candidate.Motive.values:
        raise Unfit(_("Say what draws the person: money, growth, product, status or team."))
    if not text.adaptation_risk.strip():
        raise SectionMissing(
            _("Write what may hinder the person with us: other people's habits, pace, rules.")
        )
    if text.answer_by < timezone.localdate():
        raise Unfit(_("The day to answer is still to come."))


def _require_plan(application: Application) -> None:
    plan = ProbationPlan.objects.filter(application=application).first()
    if plan is None or not plan.targets:
        raise NoProbationPlan(
            _("Plan the probation first: criteria, clients to learn on, the day of the verdict."),
            ways_out=ways_to(_("Plan the probation"), "hiring:probation-new", application.pk),
        )


def _beyond(application: Application, pay: int) -> bool:
    low, high = application.vacancy.pay_low, application.vacancy.pay_high
    return (low is not None and pay < low) or (high is not None and pay > high)


def _locked(actor: User, offer: Offer, permission: str) -> Offer:
    application = locked_application(actor, offer.application, permission)
    require_open(application.vacancy)
    found = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    found.application = application
    return found
