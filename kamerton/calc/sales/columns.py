"""Ibis: the sums every sales table is made of, and the traps of engines in one place."""

import datetime as dt
from typing import TYPE_CHECKING

from kamerton.calc.lines import CASH_KINDS, REVENUE_KINDS, Kind
from kamerton.calc.period import Period

if TYPE_CHECKING:
    import ibis.expr.types as ir

REVENUE = [kind.value for kind in REVENUE_KINDS]
CASH = [kind.value for kind in CASH_KINDS]
SHIPMENT = Kind.SHIPMENT.value


def whole(total: "ir.Value") -> "ir.Value":
    """Return a sum as a true 64-bit integer of the engine.

    Ibis drops a cast to the type it believes in already, and PostgreSQL's sums are numeric,
    DuckDB's 128 bits wide (written to Parquet as doubles); the way over decimal stays. Eighteen
    digits are kept as 64 bits, so the cast costs nothing; a sum beyond them (10¹⁶ roubles) fails
    loudly.

    Examples
    --------
    >>> import ibis
    >>> whole(ibis.table({"amount": "int64"}, name="t").amount.sum()).type()
    Int64(nullable=True)
    """
    return total.cast("decimal(18, 0)").cast("int64")


def first_of_month(day: "ir.DateColumn") -> "ir.DateColumn":
    """Return the first day of the month of `day` as a date on every engine.

    PostgreSQL truncates to a timestamp with a zone; the casts bring the day back.

    Examples
    --------
    >>> import ibis
    >>> first_of_month(ibis.table({"day": "date"}, name="t").day).type()
    Date(nullable=True)
    """
    return day.truncate("M").cast("timestamp").cast("date")


def in_closed_months(months: "ir.Table", since: dt.date, until: dt.date) -> "ir.Table":
    """Keep the rows of `months` from `since` to `until`.

    Raises
    ------
    ValueError
        If `since` is no first day or `until` no last day of a month: a roll-up cannot be cut.

    Examples
    --------
    >>> in_closed_months(None, dt.date(2026, 1, 2), dt.date(2026, 1, 31))
    Traceback (most recent call last):
    ValueError: a period of whole months is needed, got 2026-01-02..2026-01-31
    """
    period = Period(since, until)
    if not period.whole_months:
        raise ValueError(f"a period of whole months is needed, got {period}")
    return months.filter(months.month.between(since, until))


def month_sums(table: "ir.Table") -> "dict[str, ir.Value]":
    """Return the named sums of a group of rows of `MONTHS`.

    Examples
    --------
    >>> import ibis
    >>> from kamerton.calc.lines import MONTHS, ibis_schema
    >>> list(month_sums(ibis.table(ibis_schema(MONTHS), name="m")))[:3]
    ['revenue', 'cost', 'costed_revenue']
    """
    revenue, shipped = table.kind.isin(REVENUE), table.kind == SHIPMENT
    return {
        "revenue": whole(table.amount.sum(where=revenue).coalesce(0)),
        "cost": whole(table.cost.sum(where=revenue)),
        "costed_revenue": whole(table.costed_amount.sum(where=revenue).coalesce(0)),
        "cash": whole(table.amount.sum(where=table.kind.isin(CASH)).coalesce(0)),
        "quantity": whole(table.quantity.sum(where=revenue).coalesce(0)),
        "lines": whole(table.lines.sum(where=revenue).coalesce(0)),
        "documents": whole(table.documents.sum(where=shipped).coalesce(0)),
        "first_on": table.first_on.min(where=shipped),
        "last_on": table.last_on.max(where=shipped),
    }


def with_gross_profit(totals: "ir.Table") -> "ir.Table":
    """Add `gross_profit` after `costed_revenue`: null where no cost is known.

    Examples
    --------
    >>> import ibis
    >>> t = ibis.table({"cost": "int64", "costed_revenue": "int64", "cash": "int64"}, name="t")
    >>> with_gross_profit(t).columns
    ('cost', 'costed_revenue', 'gross_profit', 'cash')
    """
    totals = totals.mutate(gross_profit=totals.costed_revenue - totals.cost)
    return totals.relocate("gross_profit", after="costed_revenue")


def with_buyers(totals: "ir.Table", rows: "ir.Table", key: str) -> "ir.Table":
    """Add `clients` to `totals`, a row a `key`: how many clients were shipped to in its `rows`.

    Counted as distinct pairs: ClickHouse's count of distinct values is not exact, and to sum
    everything by key and client first, in order to count the rows, takes five times as long.

    Examples
    --------
    >>> import ibis
    >>> from kamerton.calc.lines import MONTHS
    >>> rows = ibis.table({**MONTHS, "client_id": "int64"}, name="t")
    >>> totals = ibis.table({"month": "date", "cash": "int64"}, name="totals")
    >>> with_buyers(totals, rows, "month").columns
    ('month', 'cash', 'clients')
    """
    bought = rows.filter(rows.kind == SHIPMENT, rows.client_id.notnull(), rows.first_on.notnull())
    pairs = bought.select(key, "client_id").distinct()
    counted = pairs.group_by(key).agg(clients=pairs.count())
    found = totals.left_join(counted, key)
    return found.mutate(clients=found.clients.coalesce(0)).select(*totals.columns, "clients")
