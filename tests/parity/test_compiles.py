"""Every sales expression compiles for the engines we name, also where none can be started."""

import datetime as dt
from typing import Any

import ibis
import pytest

from kamerton.calc import sales
from kamerton.calc.lines import LINES, MONTHS, ibis_schema

SINCE, UNTIL = dt.date(2025, 1, 1), dt.date(2025, 12, 31)
CODES = ibis.table({"client_code": "string", "client_id": "int64"}, name="codes")
LINE_TABLE = sales.with_clients(ibis.table(ibis_schema(LINES), name="lines"), CODES)
MONTH_TABLE = sales.with_clients(ibis.table(ibis_schema(MONTHS), name="months"), CODES)
DAYS = sales.order_days(LINE_TABLE)
CLASSES = sales.abc(sales.client_totals(MONTH_TABLE, SINCE, UNTIL))

EXPRESSIONS: dict[str, Any] = {
    "months": sales.months(LINE_TABLE),
    "with_clients": MONTH_TABLE,
    "client_totals": sales.client_totals(MONTH_TABLE, SINCE, UNTIL),
    "client_months": sales.client_months(MONTH_TABLE, SINCE, UNTIL),
    "totals_by_month": sales.totals_by_month(MONTH_TABLE, SINCE, UNTIL),
    "totals_by_manager": sales.totals_by_manager(MONTH_TABLE, SINCE, UNTIL),
    "unassigned_totals": sales.unassigned_totals(MONTH_TABLE, SINCE, UNTIL),
    "category_totals": sales.category_totals(LINE_TABLE, SINCE, UNTIL),
    "order_days": DAYS,
    "shipment_span": sales.shipment_span(DAYS, UNTIL),
    "median_intervals": sales.median_intervals(DAYS),
    "cohorts": sales.cohorts(MONTH_TABLE, UNTIL),
    "abc": CLASSES,
    "abc_migration": sales.abc_migration(CLASSES, CLASSES),
}


def test_no_public_function_is_forgotten() -> None:
    assert set(EXPRESSIONS) == set(sales.__all__)


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "clickhouse"])
@pytest.mark.parametrize("name", list(EXPRESSIONS))
def test_compiles(name: str, dialect: str) -> None:
    assert "SELECT" in ibis.to_sql(EXPRESSIONS[name], dialect=dialect)


@pytest.mark.parametrize("name", list(EXPRESSIONS))
def test_clickhouse_is_asked_for_nothing_approximate(name: str) -> None:
    sql = ibis.to_sql(EXPRESSIONS[name], dialect="clickhouse").lower()
    # distinct days within one month are at most 31: exact even by uniq()
    assert "quantile" not in sql
    assert "uniq" not in sql.replace("count(distinct", "") or name == "months"
