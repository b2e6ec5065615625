"""Ibis: on which days clients are shipped to, and how long they wait between two of them."""

import datetime as dt
from typing import TYPE_CHECKING

from kamerton.calc.sales.columns import SHIPMENT

if TYPE_CHECKING:
    import ibis.expr.types as ir


def order_days(lines: "ir.Table") -> "ir.Table":
    """Return the days on which each client was shipped to.

    Parameters
    ----------
    lines : Table
        `LINES` with `client_id`.

    Returns
    -------
    Table
        client_id, day: distinct, in no promised order. Rows without a client are left out.

    Examples
    --------
    >>> import ibis
    >>> from kamerton.calc.lines import LINES
    >>> order_days(ibis.table({**LINES, "client_id": "int64"}, name="lines")).columns
    ('client_id', 'day')
    """
    rows = lines.filter(lines.kind == SHIPMENT, lines.client_id.notnull(), lines.date.notnull())
    return rows.select(client_id=rows.client_id, day=rows.date).distinct()


def shipment_span(days: "ir.Table", until: dt.date) -> "ir.Table":
    """Return the first and the last day of shipment of each client up to `until`.

    Parameters
    ----------
    days : Table
        client_id, day, as `order_days` gives them.
    until : date
        Later days do not count.

    Returns
    -------
    Table
        client_id, first_on, last_on, days (count); ordered by client_id.

    Examples
    --------
    >>> import ibis
    >>> days = ibis.table({"client_id": "int64", "day": "date"}, name="days")
    >>> shipment_span(days, dt.date(2026, 12, 31)).columns
    ('client_id', 'first_on', 'last_on', 'days')
    """
    import ibis

    days = days.filter(days.day <= until)
    spans = days.group_by("client_id").agg(
        first_on=days.day.min(), last_on=days.day.max(), days=days.count()
    )
    return spans.order_by(ibis.asc("client_id", nulls_first=True))


def median_intervals(days: "ir.Table") -> "ir.Table":
    """Return the exact median of the days between two shipments of each client.

    Parameters
    ----------
    days : Table
        client_id, day, distinct, as `order_days` gives them.

    Returns
    -------
    Table
        client_id, intervals (count), median_days (float64; the mean of the two middle ones if
        their number is even). Clients with one day only are absent. Ordered by client_id.

    Notes
    -----
    Found by ranks: `quantile` is approximate on ClickHouse and changes from run to run. The first
    day is dropped by its number, as ClickHouse's lag has no null to tell it by.

    Examples
    --------
    >>> import ibis
    >>> days = ibis.table({"client_id": "int64", "day": "date"}, name="days")
    >>> median_intervals(days).columns
    ('client_id', 'intervals', 'median_days')
    """
    import ibis

    by_day = ibis.window(group_by="client_id", order_by=ibis.asc("day", nulls_first=True))
    gaps = days.mutate(
        gap=days.day.delta(days.day.lag().over(by_day), unit="day"),
        nth=ibis.row_number().over(by_day),
    )
    gaps = gaps.filter(gaps.nth > 0).select("client_id", "gap")
    by_gap = ibis.window(group_by="client_id", order_by=ibis.asc("gap", nulls_first=True))
    ranked = gaps.mutate(
        twice=2 * (ibis.row_number().over(by_gap) + 1),
        intervals=gaps.count().over(ibis.window(group_by="client_id")),
    )
    middle = ranked.filter(ranked.twice >= ranked.intervals, ranked.twice <= ranked.intervals + 2)
    medians = middle.group_by("client_id").agg(
        intervals=middle.intervals.max(),
        median_days=middle.gap.sum().cast("float64") / middle.count().cast("float64"),
    )
    return medians.order_by(ibis.asc("client_id", nulls_first=True))
