"""Ibis: totals of a period by client, manager, category and code without a client."""

import datetime as dt
from typing import TYPE_CHECKING, Literal

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


def client_totals(months: "ir.Table", since: dt.date, until: dt.date) -> "ir.Table":
    """Return the totals of each client that bought or paid from `since` to `until`.

    Parameters
    ----------
    months : Table
        `MONTHS` with `client_id` (see `with_clients`).
    since, until : date
        First and last day of whole months.

    Returns
    -------
    Table
        client_id; revenue (shipments less returns, kopecks); cost (of the lines whose cost is
        known; null if none is); costed_revenue (revenue of those lines); gross_profit
        (costed_revenue - cost, null if no cost is known); cash (payments); quantity
        (thousandths); lines; documents (of shipments); first_on, last_on (shipments, null if
        none). Ordered by client_id. Rows without a client are left out.

    Raises
    ------
    ValueError
        If the period does not consist of whole months.

    Notes
    -----
    Merged clients add up, as their codes share a client_id. See docs/algorithms/sales.md.

    Examples
    --------
    >>> import ibis
    >>> from kamerton.calc.lines import MONTHS, ibis_schema
    >>> months = ibis.table({**MONTHS, "client_id": "int64"}, name="months")
    >>> client_totals(months, dt.date(2026, 1, 1), dt.date(2026, 12, 31)).columns[:3]
    ('client_id', 'revenue', 'cost')
    """
    import ibis

    rows = _sold_or_paid(in_closed_months(months, since, until))
    rows = rows.filter(rows.client_id.notnull())
    totals = rows.group_by("client_id").agg(**month_sums(rows))
    return with_gross_profit(totals).order_by(ibis.asc("client_id", nulls_first=True))


def totals_by_manager(months: "ir.Table", since: dt.date, until: dt.date) -> "ir.Table":
    """Return the totals of each manager code ("" = not known) from `since` to `until`.

    Parameters
    ----------
    months : Table
        `MONTHS` with `client_id`.
    since, until : date
        First and last day of whole months.

    Returns
    -------
    Table
        manager_code; revenue, cost, costed_revenue, gross_profit, cash, quantity, lines,
        documents as in `client_totals`; clients (distinct, shipped to). Ordered by manager_code.
        Sales without a client are included, else the shares would not add up to the company's.

    Raises
    ------
    ValueError
        If the period does not consist of whole months.

    Examples
    --------
    >>> import ibis
    >>> from kamerton.calc.lines import MONTHS
    >>> months = ibis.table({**MONTHS, "client_id": "int64"}, name="months")
    >>> totals_by_manager(months, dt.date(2026, 1, 1), dt.date(2026, 12, 31)).columns[-1]
    'clients'
    """
    import ibis

    rows = _sold_or_paid(in_closed_months(months, since, until))
    totals = rows.group_by("manager_code").agg(**month_sums(rows)).drop("first_on", "last_on")
    totals = with_buyers(with_gross_profit(totals), rows, "manager_code")
    return totals.order_by(ibis.asc("manager_code", nulls_first=True))


def unassigned_totals(months: "ir.Table", since: dt.date, until: dt.date) -> "ir.Table":
    """Return the sales that belong to no client, by code ("" = line without a client).

    Parameters
    ----------
    months : Table
        `MONTHS` with `client_id`.
    since, until : date
        First and last day of whole months.

    Returns
    -------
    Table
        client_code and the sums of `client_totals`, ordered by client_code.

    Raises
    ------
    ValueError
        If the period does not consist of whole months.

    Examples
    --------
    >>> import ibis
    >>> from kamerton.calc.lines import MONTHS
    >>> months = ibis.table({**MONTHS, "client_id": "int64"}, name="months")
    >>> unassigned_totals(months, dt.date(2026, 1, 1), dt.date(2026, 12, 31)).columns[0]
    'client_code'
    """
    import ibis

    rows = _sold_or_paid(in_closed_months(months, since, until))
    rows = rows.filter(rows.client_id.isnull())
    totals = rows.group_by("client_code").agg(**month_sums(rows))
    return with_gross_profit(totals).order_by(ibis.asc("client_code", nulls_first=True))


def category_totals(
    lines: "ir.Table",
    since: dt.date,
    until: dt.date,
    *,
    by: Literal["category", "product"] = "category",
) -> "ir.Table":
    """Return what each client bought from `since` to `until`, by category or product.

    Parameters
    ----------
    lines : Table
        `LINES` with `client_id`. Days count here, so any period will do.
    since, until : date
        First and last day, both inside.
    by : {"category", "product"}
        "product" adds product_code under category.

    Returns
    -------
    Table
        client_id, category (null becomes ""), [product_code], revenue, cost, costed_revenue,
        gross_profit, quantity, lines, first_on, last_on as in `client_totals`. Ordered by the
        keys. Rows without a client are left out.

    Examples
    --------
    >>> import ibis
    >>> from kamerton.calc.lines import LINES
    >>> lines = ibis.table({**LINES, "client_id": "int64"}, name="lines")
    >>> day = dt.date(2026, 1, 1)
    >>> category_totals(lines, day, day, by="product").columns[:4]
    ('client_id', 'category', 'product_code', 'revenue')
    """
    import ibis

    keys = ["client_id", "category"] + (["product_code"] if by == "product" else [])
    rows = lines.filter(
        lines.date.between(since, until), lines.kind.isin(REVENUE), lines.client_id.notnull()
    )
    rows = rows.mutate(
        category=rows.category.coalesce(""), product_code=rows.product_code.coalesce("")
    )
    shipped = rows.kind == SHIPMENT
    totals = rows.group_by(keys).agg(
        revenue=whole(rows.amount.sum().coalesce(0)),
        cost=whole(rows.cost.sum()),
        costed_revenue=whole(rows.amount.sum(where=rows.cost.notnull()).coalesce(0)),
        quantity=whole(rows.quantity.sum().coalesce(0)),
        lines=rows.count(),
        first_on=rows.date.min(where=shipped),
        last_on=rows.date.max(where=shipped),
    )
    return with_gross_profit(totals).order_by([ibis.asc(k, nulls_first=True) for k in keys])


def _sold_or_paid(months: "ir.Table") -> "ir.Table":
    return months.filter(months.kind.isin(REVENUE + CASH))
