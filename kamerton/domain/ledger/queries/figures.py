"""Figures a client: computed for the whole company, given out by the viewer's rights.

Arrays are aligned by position; money is int64 minor units (kopecks), quantity thousandths.
"""

import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from kamerton.calc import sales
from kamerton.calc.period import Month, Period
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger.queries import arrays
from kamerton.domain.ledger.queries.snapshots import answer, kept
from kamerton.platform.access.models import User
from kamerton.platform.access.roles import Scope
from kamerton.platform.reading import looked_up

Ints = NDArray[np.int64]
Days = NDArray[np.datetime64]


@dataclass(frozen=True)
class ClientFigures:
    """Totals a client over one period; days are of shipment, NaT where there was none.

    `cost` and `gross_profit` count only where `has_cost`.
    """

    client_id: Ints
    revenue: Ints
    cost: Ints
    costed_revenue: Ints
    gross_profit: Ints
    has_cost: NDArray[np.bool_]
    cash: Ints
    quantity: Ints
    lines: Ints
    documents: Ints
    first_on: Days
    last_on: Days


@dataclass(frozen=True)
class ClientMonths:
    """Months of each client: matrices (n_clients, n_months), zeros where nothing happened."""

    client_id: Ints
    months: tuple[Month, ...]
    revenue: Ints
    shipped: Ints
    gross_profit: Ints
    cash: Ints


@dataclass(frozen=True)
class OrderRhythm:
    """How often each client is shipped to; the median is NaN with fewer than two days."""

    client_id: Ints
    first_on: Days
    last_on: Days
    order_days: Ints
    median_interval_days: NDArray[np.float64]


Figures = TypeVar("Figures", ClientFigures, ClientMonths, OrderRhythm)


def client_figures(viewer: User, period: Period) -> ClientFigures:
    """Totals a client over whole months, of clients whose money `viewer` may see."""
    return _seen(viewer, kept("client_figures", period, lambda: _client_figures(period)))


def client_months(viewer: User, until: Month, count: int) -> ClientMonths:
    """The last `count` months up to `until` of each client, as matrices."""
    period = Period.of_months(until + (1 - count), until)
    return _seen(viewer, kept("client_months", period, lambda: _client_months(period)))


def order_rhythm(viewer: User, as_of: dt.date) -> OrderRhythm:
    """Days of shipment of each client up to `as_of`; reads all lines, so for the background."""
    return _seen(viewer, kept("order_rhythm", as_of, lambda: _order_rhythm(as_of)))


def cost_coverage(viewer: User, period: Period) -> float:
    """The part of revenue whose cost is known, 0..1."""
    figures = client_figures(viewer, period)
    revenue = int(figures.revenue.sum())
    return float(figures.costed_revenue.sum() / revenue) if revenue > 0 else 0.0


def sees_all_money(viewer: User) -> bool:
    """Tell whether `viewer` may see the money of the whole company."""
    return viewer.scope == Scope.ALL and viewer.may("ledger.view_money")


def money_ids(viewer: User) -> list[int]:
    """The clients whose money `viewer` may see (1 query)."""
    if not viewer.may("ledger.view_money"):
        return []
    return list(Client.objects.editable_by(viewer).values_list("pk", flat=True))


def sees_money(viewer: User, client: Client) -> bool:
    """Tell whether `viewer` may see the money of `client` (1 query)."""
    if not viewer.may("ledger.view_money"):
        return False
    mine = Client.objects.editable_by(viewer).filter(pk=client.pk)
    return looked_up(("ledger.sees_money", viewer.pk, client.pk), mine.exists)


def _seen(viewer: User, found: Figures) -> Figures:
    """Keep the rows of clients whose money the viewer may see."""
    if sees_all_money(viewer):
        return found
    mask = np.isin(found.client_id, np.array(money_ids(viewer), np.int64))
    columns = {field.name: getattr(found, field.name) for field in fields(found)}
    seen: Any = {name: c[mask] for name, c in columns.items() if isinstance(c, np.ndarray)}
    return replace(found, **seen)


def _client_figures(period: Period) -> ClientFigures:
    table = answer("client_totals", _client_totals, period.since, period.until)
    return ClientFigures(
        has_cost=arrays.known(table["cost"]),
        first_on=arrays.days(table["first_on"]),
        last_on=arrays.days(table["last_on"]),
        **{name: arrays.whole(table[name]) for name in _WHOLE},
    )


_WHOLE = (
    *("client_id", "revenue", "cost", "costed_revenue", "gross_profit"),
    *("cash", "quantity", "lines", "documents"),
)


def _client_months(period: Period) -> ClientMonths:
    table = answer("client_months", _months_of_clients, period.since, period.until)
    span = period.months()

    def matrix(name: str) -> Ints:
        return arrays.whole(table[name]).reshape(-1, len(span))

    return ClientMonths(
        client_id=arrays.whole(table["client_id"])[:: len(span)],
        months=tuple(span),
        revenue=matrix("revenue"),
        shipped=matrix("shipped"),
        gross_profit=matrix("gross_profit"),
        cash=matrix("cash"),
    )


def _order_rhythm(as_of: dt.date) -> OrderRhythm:
    span = answer("shipment_span", _span, as_of)
    medians = answer("median_intervals", _medians, as_of)
    ids = arrays.whole(span["client_id"])
    interval = np.full(ids.shape, np.nan)
    place = np.searchsorted(ids, arrays.whole(medians["client_id"]))
    interval[place] = arrays.floats(medians["median_days"])
    return OrderRhythm(
        client_id=ids,
        first_on=arrays.days(span["first_on"]),
        last_on=arrays.days(span["last_on"]),
        order_days=arrays.whole(span["days"]),
        median_interval_days=interval,
    )


def _client_totals(_lines: Any, months: Any, since: dt.date, until: dt.date) -> Any:
    return sales.client_totals(months, since, until)


def _months_of_clients(_lines: Any, months: Any, since: dt.date, until: dt.date) -> Any:
    return sales.client_months(months, since, until)


def _days_until(lines: Any, as_of: dt.date) -> Any:
    days = sales.order_days(lines)
    return days.filter(days.day <= as_of)


def _span(lines: Any, _months: Any, as_of: dt.date) -> Any:
    return sales.shipment_span(_days_until(lines, as_of), as_of)


def _medians(lines: Any, _months: Any, as_of: dt.date) -> Any:
    return sales.median_intervals(_days_until(lines, as_of))
