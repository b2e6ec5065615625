"""Two real ledgers, read whole by the guessed layout."""

from pathlib import Path

import duckdb
import pytest

from kamerton.domain.ledger.reader import preview, read


@pytest.mark.req("S1-18")
def test_online_retail(shared: Path, tmp_path: Path) -> None:
    path = shared / "online_retail_ii_2009_2010" / "online_retail_ii_2009_2010.csv.gz"
    looked = preview(path, name=path.name)
    assert "Amount = Quantity × Price." in looked.notes
    assert [c.title for c in looked.unmapped] == ["Country"]
    found = read(path, looked.mapping, into=tmp_path)
    assert (found.rows, found.lines, found.error_count) == (525_461, 525_461, 0)
    assert found.without_client.lines == 107_927
    assert found.clients == 4_383
    engine = duckdb.connect()
    raw = f"read_csv('{path}', all_varchar = true)"
    total = engine.execute(
        "SELECT sum(CAST(round(CAST(Quantity AS DECIMAL(12,0)) * CAST(Price AS DECIMAL(20,6)), 2)"
        f" * 100 AS BIGINT)) FROM {raw}"
    ).fetchall()
    assert found.control_total == total[0][0] == 953_948_462
    lines = f"read_parquet('{found.lines_path}')"
    cancelled = f"SELECT count(*), count(DISTINCT document) FROM {lines} WHERE document[1] = 'C'"
    assert engine.execute(cancelled).fetchall() == [(10_206, 4_592)]
    # One line of a cancellation has a plus (373.57): its sign is kept, so the totals agree.
    kinds = (
        f"SELECT kind, count(*), max(amount) FROM {lines} WHERE document[1] = 'C'"
        " GROUP BY 1 ORDER BY 1"
    )
    assert engine.execute(kinds).fetchall() == [("correction", 1, 37_357), ("return", 10_205, -12)]
    keys = f"SELECT count(DISTINCT external_key) FROM {lines}"
    assert engine.execute(keys).fetchall() == [(525_461,)]


def test_adventure_works(shared: Path, tmp_path: Path) -> None:
    path = shared / "adventureworks_dw" / "FactResellerSales.parquet"
    looked = preview(path, name=path.name)
    titles = {code: looked.columns[place].title for code, place in looked.mapping.columns.items()}
    assert titles == {
        "date": "OrderDate",
        "amount": "SalesAmount",
        "client_code": "ResellerKey",
        "document": "SalesOrderNumber",
        "product_code": "ProductKey",
        "quantity": "OrderQuantity",
        "price": "UnitPrice",
        "cost": "TotalProductCost",
        "manager": "EmployeeKey",
    }
    found = read(path, looked.mapping, into=tmp_path)
    assert (found.lines, found.error_count, found.cost_coverage) == (60_855, 0, 1.0)
    sums = duckdb.execute(
        "SELECT sum(CAST(round(CAST(SalesAmount AS DECIMAL(19,4)), 2) * 100 AS BIGINT)),"
        " sum(CAST(round(CAST(TotalProductCost AS DECIMAL(19,4)), 2) * 100 AS BIGINT)),"
        f" count(DISTINCT ResellerKey), count(DISTINCT EmployeeKey) FROM '{path}'"
    ).fetchall()[0]
    total = found.by_kind["shipment"]
    assert (total.amount, total.cost, found.clients, len(found.by_manager)) == sums
