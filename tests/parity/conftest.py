"""Engines that hold a ledger; DuckDB always, PostgreSQL where a cluster is at hand."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa
import pytest

from kamerton.calc import sales
from kamerton.calc.lines import LINES, arrow_schema

from .ledgers import Ledger, line, random_ledger

LEDGERS = {
    "seed 1": lambda: random_ledger(1),
    "seed 2": lambda: random_ledger(2, clients=40, lines=1500),
    "one line": lambda: Ledger([line(1)], {"А1": 7}),
    "nothing": lambda: Ledger([], {}),
}


def codes_table(ledger: Ledger) -> pa.Table:
    """Return the client of each code as the ledger hands it to an engine."""
    schema = pa.schema([("client_code", pa.string()), ("client_id", pa.int64())])
    return pa.table([list(ledger.codes), list(ledger.codes.values())], schema=schema)


@dataclass(frozen=True)
class Book:
    """A ledger inside an engine, beside its plain rows."""

    ledger: Ledger
    lines: Any
    codes: Any

    @property
    def months(self) -> Any:
        return sales.with_clients(sales.months(self.lines), self.codes)

    @property
    def client_lines(self) -> Any:
        return sales.with_clients(self.lines, self.codes)


def _duckdb() -> Any:
    return ibis.duckdb.connect()


def _postgres() -> Any:
    if not os.environ.get("PGHOST"):
        pytest.skip("PostgreSQL: PGHOST is not set (KAMERTON_DB=postgres starts a cluster)")
    return ibis.postgres.connect(
        host=os.environ["PGHOST"],
        user=os.environ.get("PGUSER", "postgres"),
        database=os.environ.get("PGDATABASE", "postgres"),
    )


@pytest.fixture(scope="session", params=[_duckdb, _postgres], ids=["duckdb", "postgres"])
def engine(request: pytest.FixtureRequest) -> Iterator[Any]:
    connection = request.param()
    yield connection
    connection.disconnect()


@pytest.fixture(scope="session", params=list(LEDGERS))
def book(request: pytest.FixtureRequest, engine: Any) -> Book:
    ledger = LEDGERS[request.param]()
    suffix = request.param.replace(" ", "_")
    lines = pa.Table.from_pylist(ledger.lines, schema=arrow_schema(LINES))
    codes = codes_table(ledger)
    return Book(
        ledger,
        engine.create_table(f"lines_{suffix}", lines, temp=True),
        engine.create_table(f"codes_{suffix}", codes, temp=True),
    )
