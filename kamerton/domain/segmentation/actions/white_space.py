"""Say who covers a client's need in a category."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.calc.money import to_minor
from kamerton.domain.accounts.models import Client, ProductCategory
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.segmentation.actions.evidence import (
    KnownWallet,
    UnknownItem,
    editable,
    record_wallet,
)
from kamerton.domain.segmentation.models import WalletEstimate, WhiteSpaceMark
from kamerton.domain.segmentation.queries.wallets import standing_estimates
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError, Stale


class BoughtFromUs(BusinessError):
    """The ledger says that the client buys it from us."""


class SharesExceed(BusinessError):
    """The competitors' share contradicts what is known beside it."""


@dataclass(frozen=True)
class KnownSpace:
    """Who covers a need; `potential`: what the client buys in the category a year, in roubles.

    `source` and `confidence` belong to the potential, as in KnownWallet.
    """

    state: str
    competitor: str = ""
    competitor_share: float | None = None
    potential: Decimal | None = None
    source: str = WalletEstimate.Source.CLIENT
    confidence: float = 0.5
    note: str = ""
    on: dt.date | None = None


@transaction.atomic
def mark_category(
    actor: User,
    client: Client,
    category: ProductCategory,
    *,
    known: KnownSpace,
    seen: int | None = None,
) -> WhiteSpaceMark:
    """Mark who covers the need of `client` in `category`; earlier marks are kept.

    `seen`: the newest mark that the actor saw (0: none); a mark made meanwhile is not overlaid.
    Raises NotAllowed, NotYourClient, UnknownItem, Stale, BoughtFromUs, SharesExceed,
    WalletTooSmall.
    """
    require(actor, "segmentation.edit_evidence")
    client = editable(actor, client)
    Client.objects.select_for_update().get(pk=client.pk)
    before = WhiteSpaceMark.objects.filter(client=client, category=category).first()
    _check_seen(before, seen)
    _check_state(known)
    _record_potential(actor, client, category, known)
    _check_shares(client, category, known)
    made = WhiteSpaceMark.objects.create(
        client=client,
        category=category,
        state=known.state,
        competitor=known.competitor.strip(),
        competitor_share=known.competitor_share,
        note=known.note.strip(),
        on=known.on or timezone.localdate(),
        author=actor,
    )
    was, now = _said(before), _said(made)
    record(actor, "segmentation.category_marked", client, before=was, after=now, reason=made.note)
    return made


def _said(mark: WhiteSpaceMark | None) -> dict[str, object] | None:
    if mark is None:
        return None
    shares = {"competitor": mark.competitor, "competitor_share": mark.competitor_share}
    return {"category": mark.category.name, "state": mark.state, **shares}


def _check_seen(newest: WhiteSpaceMark | None, seen: int | None) -> None:
    if seen is None or seen == (newest.pk if newest else 0):
        return
    if newest is None:
        raise UnknownItem(_("There is no such mark."))
    raise Stale(
        _("%(name)s marked this meanwhile: “%(state)s”. Look at it and mark it again.")
        % {"name": newest.author.short_name, "state": newest.get_state_display()}
    )


def _check_state(known: KnownSpace) -> None:
    if known.state not in WhiteSpaceMark.State.values:
        raise UnknownItem(_("Choose who covers the need."))
    if known.competitor_share is not None and not 0 <= known.competitor_share <= 1:
        raise UnknownItem(_("The competitors' share must be between 0 and 100 %."))
    if known.on and known.on > timezone.localdate():
        raise UnknownItem(_("Nobody knows tomorrow: choose today or an earlier day."))
    if known.state == WhiteSpaceMark.State.NOT_NEEDED and (
        known.competitor.strip() or known.competitor_share
    ):
        raise SharesExceed(_("What is not needed has no competitor. Choose one of the two."))


def _record_potential(
    actor: User, client: Client, category: ProductCategory, known: KnownSpace
) -> None:
    """Write the potential down as an estimate of the wallet, unless it stands so already."""
    if known.potential is None:
        return
    estimates = standing_estimates([client.pk]).get(client.pk, [])
    present = next((each for each in estimates if each.category_id == category.pk), None)
    same = present and (present.amount, present.source) == (to_minor(known.potential), known.source)
    if not same:
        wallet = KnownWallet(
            amount=known.potential,
            source=known.source,
            confidence=known.confidence,
            category=category,
            sourcing=present.sourcing if present else WalletEstimate.Sourcing.FREE,
            estimated_on=known.on,
            note=known.note,
        )
        record_wallet(actor, client, known=wallet)


def _check_shares(client: Client, category: ProductCategory, known: KnownSpace) -> None:
    """Refuse what the ledger contradicts: a need that we cover, shares above the whole."""
    period = ledger.closed_year(timezone.localdate())
    sold = ledger.category_sales(system_user(), [client.pk], period)
    ours = sold.get(client.pk, {}).get(category.name, 0)
    if ours > 0 and known.state == WhiteSpaceMark.State.NOT_NEEDED:
        raise BoughtFromUs(_("He bought it from us in the last 12 months, so he needs it."))
    estimates = standing_estimates([client.pk]).get(client.pk, [])
    wallet = next((each.amount for each in estimates if each.category_id == category.pk), 0)
    if wallet and (known.competitor_share or 0) + ours / wallet > 1 + 1e-6:
        raise SharesExceed(
            _("Our share is %(ours)d %%: the competitors' cannot be more than the rest.")
            % {"ours": round(100 * ours / wallet)}
        )
