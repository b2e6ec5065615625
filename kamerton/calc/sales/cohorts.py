"""Ibis: clients by the month of their first purchase, followed month after month."""

import datetime as dt
from typing import TYPE_CHECKING

from kamerton.calc.sales.columns import REVENUE, SHIPMENT, whole

if TYPE_CHECKING:
    import ibis.expr.types as ir


def cohorts(months: "ir.Table", until: dt.date) -> "ir.Table":
    """Return how many clients of each first month still buy, and for how much.

    Parameters
    ----------
    months : Table
        `MONTHS` with `client_id`, the whole history: a cut start would make old clients new.
    until : date
        Last day of the last month to count.

    Returns
    -------
    Table
        cohort (first day of the month of the first shipment), age (months since, 0 = the same
        month), clients (shipped to in that month), revenue (kopecks). Ordered by cohort, age; a
        month in which none of them bought or returned has no row. What came back before the first
        shipment on record belongs to no cohort.

    References
    ----------
    .. [1] P. Fader, B. Hardie, "Probability models for customer-base analysis", 2009.

    Examples
    --------
    >>> import ibis
    >>> from kamerton.calc.lines import MONTHS
    >>> months = ibis.table({**MONTHS, "client_id": "int64"}, name="months")
    >>> cohorts(months, dt.date(2026, 12, 31)).columns
    ('cohort', 'age', 'clients', 'revenue')
    """
    import ibis

    bought = _client_months(months, until)
    firsts = (
        bought.filter(bought.shipments > 0).group_by("client_id").agg(cohort=bought.month.min())
    )
    rows = bought.inner_join(firsts, "client_id")
    years = rows.month.year().cast("int64") - rows.cohort.year().cast("int64")
    within = rows.month.month().cast("int64") - rows.cohort.month().cast("int64")
    rows = rows.mutate(age=12 * years + within)
    rows = rows.filter(rows.age >= 0)
    found = rows.group_by(["cohort", "age"]).agg(
        clients=rows.count(where=rows.shipments > 0), revenue=whole(rows.revenue.sum())
    )
    return found.order_by([ibis.asc(key, nulls_first=True) for key in ("cohort", "age")])


def _client_months(months: "ir.Table", until: dt.date) -> "ir.Table":
    rows = months.filter(
        months.kind.isin(REVENUE), months.client_id.notnull(), months.month <= until
    )
    return rows.group_by(["client_id", "month"]).agg(
        revenue=whole(rows.amount.sum().coalesce(0)),
        shipments=whole(rows.lines.sum(where=rows.kind == SHIPMENT).coalesce(0)),
    )
