"""Write down what is known of a client, and take it back."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.calc.money import from_minor, to_minor
from kamerton.domain.accounts.models import Client, ProductCategory
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.segmentation.actions.refreshing import refresh_standing
from kamerton.domain.segmentation.models import (
    CriterionEvidence,
    ImprovementCaused,
    WalletEstimate,
)
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError, NotAllowed


class NotYourClient(NotAllowed):
    """The client is in somebody else's hands."""


class WalletTooSmall(BusinessError):
    """The client buys more from us than he is said to buy at all."""


class UnknownItem(BusinessError):
    """The method has no such item, or no such mark."""


class NothingToRestOn(BusinessError):
    """A mark, a form or a withdrawal comes with a word of what it rests on."""


class WithdrawnAlready(BusinessError):
    """The evidence was withdrawn before."""


@dataclass(frozen=True)
class KnownWallet:
    """What a client spends a year, in roubles, where it is known from and how surely (0–1).

    Without a category: on all that we could sell him.
    """

    amount: Decimal
    source: str
    confidence: float
    category: ProductCategory | None = None
    sourcing: str = WalletEstimate.Sourcing.FREE
    estimated_on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True)
class KnownMark:
    """A mark for one item of a criterion and what it rests on."""

    criterion: str
    item: str
    mark: int
    note: str
    link: str = ""
    on: dt.date | None = None


@transaction.atomic
def record_wallet(actor: User, client: Client, *, known: KnownWallet) -> WalletEstimate:
    """Write down what `client` spends a year on what we sell; earlier estimates are kept.

    Raises NotAllowed, NotYourClient, UnknownItem, WalletTooSmall.
    """
    require(actor, "segmentation.edit_evidence")
    client = editable(actor, client)
    _check_choices(known)
    minor = to_minor(known.amount)
    _check_wallet(client, known.category, minor)
    made = WalletEstimate.objects.create(
        client=client,
        category=known.category,
        amount=minor,
        source=known.source,
        confidence=known.confidence,
        sourcing=known.sourcing,
        estimated_on=known.estimated_on or timezone.localdate(),
        author=actor,
        note=known.note.strip(),
    )
    what = {"amount": known.amount, "source": known.source, "confidence": known.confidence}
    record(actor, "segmentation.wallet_recorded", client, after=what, reason=made.note)
    refresh_standing(actor, client)
    return made


@transaction.atomic
def withdraw_wallet(actor: User, estimate: WalletEstimate, *, reason: str) -> WalletEstimate:
    """Take an estimate back; it stays in the history.

    Raises NotAllowed, NotYourClient, NothingToRestOn, WithdrawnAlready.
    """
    require(actor, "segmentation.edit_evidence")
    client = editable(actor, estimate.client)
    estimate = WalletEstimate.objects.select_for_update().get(pk=estimate.pk)
    _check_withdrawal(estimate.withdrawn_at, reason)
    estimate.withdrawn_at = timezone.now()
    estimate.save(update_fields=["withdrawn_at"])
    record(actor, "segmentation.wallet_withdrawn", client, before=estimate.amount, reason=reason)
    refresh_standing(actor, client)
    return estimate


@transaction.atomic
def add_evidence(actor: User, client: Client, *, known: KnownMark) -> CriterionEvidence:
    """Mark one item of a criterion for `client`, saying what the mark rests on.

    A newer mark of the same item replaces an older one in the reckoning, not in the history.
    Raises NotAllowed, NotYourClient, UnknownItem, NothingToRestOn.
    """
    require(actor, "segmentation.edit_evidence")
    client = editable(actor, client)
    _check_mark(methodology.current(), known)
    if not known.note.strip():
        raise NothingToRestOn(_("Write what the mark rests on: who said it, which document."))
    made = CriterionEvidence.objects.create(
        client=client,
        criterion=known.criterion,
        item=known.item,
        mark=known.mark,
        note=known.note.strip(),
        link=known.link.strip(),
        on=known.on or timezone.localdate(),
        author=actor,
    )
    what = {"criterion": made.criterion, "item": made.item, "mark": made.mark}
    record(actor, "segmentation.evidence_added", client, after=what, reason=made.note)
    refresh_standing(actor, client)
    return made


@transaction.atomic
def withdraw_evidence(
    actor: User, evidence: CriterionEvidence, *, reason: str
) -> CriterionEvidence:
    """Take a mark back; it stays in the history.

    Raises NotAllowed, NotYourClient, NothingToRestOn, WithdrawnAlready.
    """
    require(actor, "segmentation.edit_evidence")
    client = editable(actor, evidence.client)
    evidence = CriterionEvidence.objects.select_for_update().get(pk=evidence.pk)
    _check_withdrawal(evidence.withdrawn_at, reason)
    evidence.withdrawn_at, evidence.withdrawn_by = timezone.now(), actor
    evidence.withdrawn_because = reason.strip()
    evidence.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    what = {"criterion": evidence.criterion, "item": evidence.item, "mark": evidence.mark}
    record(actor, "segmentation.evidence_withdrawn", client, before=what, reason=reason)
    refresh_standing(actor, client)
    return evidence


@transaction.atomic
def add_improvement(
    actor: User, client: Client, *, text: str, on: dt.date | None = None
) -> ImprovementCaused:
    """Write down what we do better because this reference customer asked for it.

    Raises NotAllowed, NotYourClient, NothingToRestOn.
    """
    require(actor, "segmentation.edit_evidence")
    client = editable(actor, client)
    if not text.strip():
        raise NothingToRestOn(_("Write what became better."))
    made = ImprovementCaused.objects.create(
        client=client, text=text.strip(), on=on or timezone.localdate(), author=actor
    )
    record(actor, "segmentation.improvement_added", client, after=made.text)
    return made


def editable(actor: User, client: Client) -> Client:
    """Return the client anew, if it is in the actor's hands.

    Raises NotYourClient.
    """
    found = Client.objects.editable_by(actor).filter(pk=client.pk).first()
    if found is None:
        raise NotYourClient(_("This client is not in your hands. Ask its manager or the head."))
    return found


def _check_wallet(client: Client, category: ProductCategory | None, minor: int) -> None:
    """Refuse a wallet smaller than our sales of the closed year."""
    if minor < 0:
        raise WalletTooSmall(_("A yearly sum cannot be negative."))
    sold = _sales(client, category)
    if sold > minor:
        raise WalletTooSmall(
            _("We sold more than that in the last 12 months: %(sold)s. Check the sum.")
            % {"sold": from_minor(sold)}
        )


def _sales(client: Client, category: ProductCategory | None) -> int:
    """Our sales to the client in the closed year, minor units."""
    system, period = system_user(), ledger.closed_year(timezone.localdate())
    if category is None:
        months = ledger.client_month_totals(system, client, period)
        return sum(month.revenue for month in months)
    goods = ledger.goods_of(system, client, period, by="category")
    return sum(row.revenue for row in goods if row.name == category.name)


def _check_choices(known: KnownWallet) -> None:
    """Refuse a source, confidence or way of buying that does not exist."""
    if known.source not in WalletEstimate.Source.values or not 0 <= known.confidence <= 1:
        raise UnknownItem(_("Choose where the sum is known from and a confidence from 0 to 1."))
    if known.sourcing not in WalletEstimate.Sourcing.values:
        raise UnknownItem(_("Choose how the client buys."))


def _check_mark(method: Methodology, known: KnownMark) -> None:
    """Refuse an item that the method does not have, or a mark out of its range."""
    highest = {("loyal", "nps"): 10, ("promising", "budget"): 1}
    highest |= {("status", each.code): 3 for each in method.status_marks}
    highest |= {("partner", each.code): 1 for each in method.partner_forms}
    highest |= {("complex", each.code): 1 for each in method.complex_marks}
    top = highest.get((known.criterion, known.item))
    if top is None:
        raise UnknownItem(_("The method has no such mark. Choose one of the list."))
    if not 0 <= known.mark <= top:
        raise UnknownItem(_("The mark must be from 0 to %(top)d.") % {"top": top})


def _check_withdrawal(withdrawn_at: dt.datetime | None, reason: str) -> None:
    if withdrawn_at is not None:
        raise WithdrawnAlready(_("This was withdrawn already."))
    if not reason.strip():
        raise NothingToRestOn(_("Write why it is withdrawn."))
