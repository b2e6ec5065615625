"""Every sales expression gives the values of the plain oracle, on every engine."""

import datetime as dt
from contextlib import nullcontext
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pytest

from kamerton.calc import sales
from kamerton.calc.concentration import abc_classes
from kamerton.calc.lines import LINES, MONTHS, arrow_schema

from . import oracle
from .conftest import Book, codes_table
from .ledgers import SINCE, UNTIL, Ledger, Row, line

pytestmark = pytest.mark.req("S1-18")


def rows(expression: Any) -> list[Row]:
    return expression.to_pyarrow().to_pylist()


def unordered(found: list[Row]) -> list[Row]:
    """Text is sorted by each engine's own collation, so compare such tables as sets."""
    return sorted(found, key=lambda row: [str(value) for value in row.values()])


def same(expression: Any, expected: list[Row], *, ordered: bool = True) -> None:
    found = rows(expression)
    names = list(expression.columns)
    expected = [{name: row[name] for name in names} for row in expected]
    if not ordered:
        found, expected = unordered(found), unordered(expected)
    assert found == expected


def test_months(book: Book) -> None:
    same(sales.months(book.lines), oracle.months(book.ledger), ordered=False)


def test_months_keep_the_types_of_the_schema(book: Book) -> None:
    assert sales.months(book.lines).to_pyarrow().schema.equals(arrow_schema(MONTHS))


def test_sums_are_whole_numbers_inside_the_engine(book: Book, engine: Any) -> None:
    # a 128-bit or numeric sum would be written to Parquet as a double
    select = ibis.to_sql(sales.months(book.lines), dialect=engine.name)
    begun = engine.begin() if engine.name == "postgres" else nullcontext(engine.con)
    with begun as cursor:
        cursor.execute(f"CREATE TEMP TABLE written AS {select}")
    try:
        types = {name: str(kind) for name, kind in engine.table("written").schema().items()}
    finally:
        engine.drop_table("written")
    assert types == dict(MONTHS)


def test_with_clients_keeps_every_line(book: Book) -> None:
    found = rows(book.client_lines)
    assert len(found) == book.ledger.rows
    by_number = {row["line_no"]: row["client_id"] for row in found}
    expected = {row["line_no"]: row["client_id"] for row in oracle.identified(book.ledger)}
    assert by_number == expected


def test_client_totals(book: Book) -> None:
    same(
        sales.client_totals(book.months, SINCE, UNTIL),
        oracle.client_totals(book.ledger, SINCE, UNTIL),
    )


def test_unassigned_totals(book: Book) -> None:
    same(
        sales.unassigned_totals(book.months, SINCE, UNTIL),
        oracle.unassigned_totals(book.ledger, SINCE, UNTIL),
        ordered=False,
    )


def test_totals_by_manager(book: Book) -> None:
    same(
        sales.totals_by_manager(book.months, SINCE, UNTIL),
        oracle.totals_by_manager(book.ledger, SINCE, UNTIL),
        ordered=False,
    )


def test_totals_by_month_have_a_row_for_every_month(book: Book) -> None:
    since = dt.date(2023, 3, 1)
    same(
        sales.totals_by_month(book.months, since, UNTIL),
        oracle.totals_by_month(book.ledger, since, UNTIL),
    )


@pytest.mark.parametrize("since", [SINCE, dt.date(2023, 3, 1)], ids=["12 months", "24 months"])
def test_client_months_are_dense(book: Book, since: dt.date) -> None:
    same(
        sales.client_months(book.months, since, UNTIL),
        oracle.client_months(book.ledger, since, UNTIL),
    )


@pytest.mark.parametrize("by", ["category", "product"])
def test_category_totals(book: Book, by: Any) -> None:
    since, until = dt.date(2024, 2, 10), dt.date(2024, 11, 7)
    keys = ["client_id", "category"] + (["product_code"] if by == "product" else [])
    same(
        sales.category_totals(book.client_lines, since, until, by=by),
        oracle.category_totals(book.ledger, since, until, keys),
        ordered=False,
    )


def test_order_days_and_spans(book: Book) -> None:
    days = sales.order_days(book.client_lines)
    expected = [
        {"client_id": client, "day": day}
        for client, found in oracle.shipment_days(book.ledger).items()
        for day in found
    ]
    same(days, expected, ordered=False)
    until = dt.date(2024, 6, 15)
    same(sales.shipment_span(days, until), oracle.shipment_span(book.ledger, until))


def test_median_intervals(book: Book) -> None:
    same(
        sales.median_intervals(sales.order_days(book.client_lines)),
        oracle.median_intervals(book.ledger),
    )


def test_cohorts(book: Book) -> None:
    same(sales.cohorts(book.months, UNTIL), oracle.cohorts(book.ledger, UNTIL))


@pytest.mark.parametrize("base", ["revenue", "gross_profit", "cash"])
def test_abc_agrees_with_the_oracle_and_with_numpy(book: Book, base: str) -> None:
    totals = sales.client_totals(book.months, SINCE, UNTIL)
    same(sales.abc(totals, base), oracle.abc(book.ledger, SINCE, UNTIL, base))
    values = [row[base] or 0 for row in rows(totals)]
    found = [row["abc"] for row in rows(sales.abc(totals, base))]
    assert found == abc_classes(np.array(values, dtype=float)).tolist()


def test_abc_migration_counts_newcomers_and_leavers(book: Book) -> None:
    earlier = (dt.date(2023, 11, 1), dt.date(2024, 2, 29))
    before = sales.abc(sales.client_totals(book.months, *earlier))
    after = sales.abc(sales.client_totals(book.months, SINCE, UNTIL))
    expected = oracle.abc_migration(
        oracle.abc(book.ledger, *earlier, "revenue"),
        oracle.abc(book.ledger, SINCE, UNTIL, "revenue"),
    )
    same(sales.abc_migration(before, after), expected, ordered=False)


def test_a_period_of_odd_days_is_refused(book: Book) -> None:
    with pytest.raises(ValueError, match="whole months"):
        sales.client_totals(book.months, dt.date(2024, 3, 2), UNTIL)


def test_segments_add_up_to_the_whole(engine: Any) -> None:
    lines = [line(n, date=dt.date(2024, 1 + n % 12, 5), client_code=f"К{n % 3}") for n in range(60)]
    ledger = Ledger(lines, {"К0": 1, "К1": 1, "К2": 3})

    def loaded(part: list[Row], name: str) -> Any:
        table = pa.Table.from_pylist(part, schema=arrow_schema(LINES))
        return engine.create_table(name, table, temp=True)

    codes = engine.create_table("codes_segments", codes_table(ledger), temp=True)
    parts = [sales.months(loaded(lines[i::2], f"segment_{i}")) for i in range(2)]
    months = sales.with_clients(ibis.union(*parts), codes)
    since, until = dt.date(2024, 1, 1), dt.date(2024, 12, 31)
    same(sales.client_totals(months, since, until), oracle.client_totals(ledger, since, until))
