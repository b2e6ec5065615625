"""The tables of sales as engines and Parquet know them."""

import pytest

from kamerton.calc.lines import (
    CASH_KINDS,
    LINES,
    MONTHS,
    REVENUE_KINDS,
    Kind,
    arrow_schema,
    ibis_schema,
)


@pytest.mark.parametrize("columns", [LINES, MONTHS])
def test_both_schemas_say_the_same_and_every_column_is_nullable(columns: dict[str, str]) -> None:
    ours = ibis_schema(columns)
    assert ours.to_pyarrow().equals(arrow_schema(columns))
    assert all(kind.nullable for kind in ours.values())


def test_an_order_or_invoice_is_neither_revenue_nor_cash() -> None:
    counted = {*REVENUE_KINDS, *CASH_KINDS}
    assert set(Kind) - counted == {Kind.ORDER, Kind.INVOICE}
    assert not set(REVENUE_KINDS) & set(CASH_KINDS)
