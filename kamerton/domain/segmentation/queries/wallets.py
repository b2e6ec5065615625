"""Wallets of clients against what they buy from us, aligned with an array of clients."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from kamerton.calc.arrays import Floats, Whole
from kamerton.calc.period import Period
from kamerton.calc.wallet import (
    WalletSource,
    attainable_gap,
    best_estimate,
    sales_above_wallet,
    share_of_wallet,
)
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.segmentation.models import WalletEstimate
from kamerton.platform.access.models import User

SOURCES = {
    WalletEstimate.Source.CLIENT: WalletSource.STATED,
    WalletEstimate.Source.TENDER: WalletSource.PUBLIC,
    WalletEstimate.Source.NORM: WalletSource.NORM,
    WalletEstimate.Source.ANALOGUE: WalletSource.ANALOGUE,
}


@dataclass(frozen=True)
class Wallets:
    """Of each client, NaN where nothing is known; amounts in minor units a year.

    `gap` is what he buys elsewhere, `attainable` what of it can be won. Both and `share` are NaN
    too where sales exceed the wallet: an estimate to be mended.
    """

    amount: Floats
    confidence: Floats
    share: Floats
    gap: Floats
    attainable: Floats


@dataclass(frozen=True)
class CategoryWallet:
    """The wallet that counts for one category of one client, with what we sell of it."""

    estimate: WalletEstimate
    sales: int
    share: float | None  # None: sales exceed the wallet, or it is 0
    attainable: float | None


def wallets(
    viewer: User, ids: Whole, revenue: Whole, *, period: Period, method: Methodology
) -> Wallets:
    """Wallets of the clients `ids` that bought `revenue` (1 query, and 1 a client by category)."""
    found = Wallets(*(np.full(ids.size, np.nan) for _ in range(5)))
    places = {client: place for place, client in enumerate(ids.tolist())}
    only = None if ids.size > 1 else ids.tolist()
    for client_id, estimates in standing_estimates(only).items():
        if (place := places.get(client_id)) is None:
            continue
        rows = _counted(viewer, client_id, estimates, int(revenue[place]), period)
        _put(found, place, rows, method)
    return found


def category_wallets(
    viewer: User, client: Client, revenue: int, *, period: Period, method: Methodology
) -> list[CategoryWallet]:
    """What is known of one client's wallet, category by category, the whole first."""
    estimates = standing_estimates([client.pk]).get(client.pk, [])
    sold = _sales_by_category(viewer, client.pk, estimates, period)
    return [
        of_category(estimate, sold.get(estimate.category_id, revenue), method)
        for estimate in estimates
    ]


def standing_estimates(clients: list[int] | None) -> dict[int, list[WalletEstimate]]:
    """The estimate that counts for each client and category, the whole wallet first (1 query)."""
    known = WalletEstimate.objects.standing().select_related("category")
    if clients is not None:
        known = known.filter(client__in=clients)
    newest: dict[tuple[int, int], dict[int, WalletEstimate]] = defaultdict(dict)
    for estimate in known.order_by("estimated_on", "pk"):
        key = (estimate.client_id, estimate.category_id or 0)
        newest[key][SOURCES[WalletEstimate.Source(estimate.source)]] = estimate
    found: dict[int, list[WalletEstimate]] = defaultdict(list)
    for (client_id, _category), by_source in sorted(newest.items(), key=lambda pair: pair[0]):
        found[client_id].append(_trusted(by_source))
    return dict(found)


def _trusted(by_source: dict[int, WalletEstimate]) -> WalletEstimate:
    """Return the estimate of the most trusted source."""
    amounts = [
        float(by_source[source].amount) if source in by_source else np.nan for source in range(4)
    ]
    return by_source[int(best_estimate([amounts]).source[0])]


def _counted(
    viewer: User, client_id: int, estimates: list[WalletEstimate], revenue: int, period: Period
) -> list[tuple[WalletEstimate, int]]:
    """Pair the estimates that count in the total with sales: the whole wallet, if known."""
    if estimates[0].category_id is None:
        return [(estimates[0], revenue)]
    sold = _sales_by_category(viewer, client_id, estimates, period)
    return [(estimate, sold.get(estimate.category_id, 0)) for estimate in estimates]


def _sales_by_category(
    viewer: User, client_id: int, estimates: list[WalletEstimate], period: Period
) -> dict[int | None, int]:
    if all(estimate.category_id is None for estimate in estimates):
        return {}
    goods = ledger.goods_of(viewer, Client(pk=client_id), period, by="category")
    sold = {row.name: row.revenue for row in goods}
    return {
        estimate.category_id: sold.get(estimate.category.name, 0)
        for estimate in estimates
        if estimate.category is not None
    }


def _put(
    found: Wallets, place: int, rows: list[tuple[WalletEstimate, int]], method: Methodology
) -> None:
    """Fill one client's place."""
    amounts = [float(estimate.amount) for estimate, _ in rows]
    sales = [float(sold) for _, sold in rows]
    found.amount[place] = sum(amounts)
    found.confidence[place] = min(estimate.confidence for estimate, _ in rows)
    if sales_above_wallet(sales, amounts).any():
        return
    names = [str(estimate.category_id) for estimate, _ in rows]
    found.share[place] = share_of_wallet(sales, amounts, names).total[0]
    reach = [reach_of(estimate, method) for estimate, _ in rows]
    found.gap[place] = attainable_gap(sales, amounts, 1.0).sum()
    found.attainable[place] = attainable_gap(sales, amounts, reach).sum()


def of_category(estimate: WalletEstimate, sold: int, method: Methodology) -> CategoryWallet:
    """What `sold` is of an estimate, and what of it can still be won."""
    amount = [float(estimate.amount)]
    if estimate.amount <= 0 or sales_above_wallet([sold], amount).any():
        return CategoryWallet(estimate, sold, None, None)
    share = float(share_of_wallet([sold], amount, ["0"]).total[0])
    gap = float(attainable_gap([sold], amount, [reach_of(estimate, method)])[0, 0])
    return CategoryWallet(estimate, sold, share, gap)


def reach_of(estimate: WalletEstimate, method: Methodology) -> float:
    """The part of a wallet that can be won, by the client's way of buying."""
    reach: float = getattr(method.wallet, estimate.sourcing)
    return reach
