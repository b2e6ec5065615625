"""Ibis: totals month by month, with a row for the months in which nothing happened."""

import datetime as dt
from typing import TYPE_CHECKING

from kamerton.calc.period import Period
from kamerton.calc.sales.columns import (
    CASH,
    REVENUE,
    SHIPMENT,
    in_closed_months,
    month_sums,
    whole,
    with_buyers,
    with_gross_profit,
)

if TYPE_CHECKING:
    import ibis.expr.types as ir


def client_months(months: "ir.Table", since: dt.date, until: dt.date) -> "ir.Table":
    """Return each client's months from `since` to `until`, the empty ones as zeros.

    Parameters
    ----------
    months : Table
        `MONTHS` with `client_id`.
    since, until : date
        First and last day of whole months (12 for XYZ, 24 for the seasonal one).

    Returns
    -------
    Table
        client_id, month (first day), revenue, shipped (shipments alone), gross_profit (null where
        no cost is known), cash, documents. Every client that bought or paid in the period has all
        months; ordered by client_id, month, so that a column reshapes to (n_clients, n_months).

    Raises
    ------
    ValueError
        If the period does not consist of whole months.

    Examples
    --------
    >>> import ibis
    >>> from kamerton.calc.lines import MONTHS
    >>> months = ibis.table({**MONTHS, "client_id": "int64"}, name="months")
    >>> client_months(months, dt.date(2026, 1, 1), dt.date(2026, 12, 31)).columns[:3]
    ('client_id', 'month', 'revenue')
    """
    import ibis

    rows = in_closed_months(months, since, until)
    rows = rows.filter(rows.kind.isin(REVENUE + CASH), rows.client_id.notnull())
    shipped = whole(rows.amount.sum(where=rows.kind == SHIPMENT).coalesce(0))
    facts = rows.group_by(["client_id", "month"]).agg(**month_sums(rows), shipped=shipped)
    facts = with_gross_profit(facts)
    grid = rows.select("client_id").distinct().cross_join(_spine(since, until))
    found = grid.left_join(facts, ["client_id", "month"])
    zeros = {name: found[name].coalesce(0) for name in ("revenue", "shipped", "cash", "documents")}
    dense = found.mutate(**zeros).select(
        "client_id", "month", "revenue", "shipped", "gross_profit", "cash", "documents"
    )
    return dense.order_by([ibis.asc(key, nulls_first=True) for key in ("client_id", "month")])


def totals_by_month(months: "ir.Table", since: dt.date, until: dt.date) -> "ir.Table":
    """Return the totals of all rows month by month, the empty months as zeros.

    Parameters
    ----------
    months : Table
        `MONTHS` with `client_id`.
    since, until : date
        First and last day of whole months.

    Returns
    -------
    Table
        month (first day); revenue, cost, costed_revenue, gross_profit, cash, quantity, lines,
        documents as in `client_totals`; clients (distinct, shipped to). Ordered by month. Sales
        without a client are included.

    Raises
    ------
    ValueError
        If the period does not consist of whole months.

    Examples
    --------
    >>> import ibis
    >>> from kamerton.calc.lines import MONTHS
    >>> months = ibis.table({**MONTHS, "client_id": "int64"}, name="months")
    >>> totals_by_month(months, dt.date(2026, 1, 1), dt.date(2026, 12, 31)).columns[:2]
    ('month', 'revenue')
    """
    import ibis

    rows = in_closed_months(months, since, until)
    rows = rows.filter(rows.kind.isin(REVENUE + CASH))
    sums = rows.group_by("month").agg(**month_sums(rows)).drop("first_on", "last_on")
    facts = with_buyers(with_gross_profit(sums), rows, "month")
    found = _spine(since, until).left_join(facts, "month").drop("month_right")
    zero = [name for name in facts.columns if name not in ("month", "cost", "gross_profit")]
    found = found.mutate(**{name: found[name].coalesce(0) for name in zero})
    return found.order_by(ibis.asc("month", nulls_first=True))


def _spine(since: dt.date, until: dt.date) -> "ir.Table":
    import ibis

    days = [ibis.date(month.year, month.month, 1) for month in Period(since, until).months()]
    return ibis.array(days).unnest().name("month").as_table()
