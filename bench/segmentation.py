"""Contestants of the segmentation: five tables from the lines of three years, or from the roll-up.

clients: totals and ABC class of each client in the last year; company: its 36 months; managers:
the last year; cohorts: by the month of the first shipment; migration: between the classes of the
last two years. Every contestant ends with the same Arrow tables, down to the last figure.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import by_hand, by_pandas, by_polars, installation
from bench.generate import THREADS

FIRST = dt.date(2023, 1, 1)
BEFORE = (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
YEAR = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
KEYS = {
    "clients": ["client_id"],
    "company": ["month"],
    "managers": ["manager_code"],
    "cohorts": ["cohort", "age"],
    "migration": ["class_before", "class_after"],
}
_JOINED = "SELECT * FROM ({rolled}) LEFT JOIN codes USING (client_code)"
Tables = dict[str, Any]
Work = Callable[[], Callable[[], dict[str, Any]]]


def awake() -> None:
    """Import what would be imported on first use (DuckDB and Arrow import pandas by themselves)."""
    installation.django()
    import duckdb
    import pandas  # noqa: F401
    import pyarrow.parquet  # noqa: F401

    duckdb.connect().close()


def kamerton(lines: str, codes: str) -> Work:
    """Our Ibis expressions over the raw lines: rolled up, then the five tables; SQL is ready."""
    awake()
    import ibis

    from kamerton.calc import sales
    from kamerton.calc.lines import LINES, ibis_schema
    from kamerton.domain.ledger import store

    rolled = store.sql_of(sales.months(ibis.table(ibis_schema(LINES), name="lines")))
    asked = _questions()

    def work() -> Callable[[], dict[str, Any]]:
        engine = _engine(codes)
        engine.read_parquet(lines).create_view("lines")
        engine.execute(f"CREATE TABLE months AS {_JOINED.format(rolled=rolled)}")
        return _told(_answers(engine, asked))

    return work


def kamerton_rollup(months: list[str], codes: str) -> Work:
    """The same five tables from the client × month tables that lie beside the segments."""
    awake()
    asked = _questions()

    def work() -> Callable[[], dict[str, Any]]:
        engine = _engine(codes)
        engine.read_parquet(months).create_view("rolled")
        engine.execute(f"CREATE TABLE months AS {_JOINED.format(rolled='FROM rolled')}")
        return _told(_answers(engine, asked))

    return work


def building(**_given: str) -> Work:
    """What Ibis takes to write the SQL of all questions, once a process."""
    installation.django()
    import ibis  # noqa: F401

    from kamerton.calc import sales
    from kamerton.domain.ledger import store

    def work() -> Callable[[], dict[str, Any]]:
        store.sql_of(sales.months(store.tables()[0]))
        _questions()
        return lambda: {}

    return work


def _engine(codes: str) -> Any:
    from kamerton.domain.ledger import store

    engine = store.connection()
    engine.execute(f"CREATE TABLE codes AS SELECT client_code, client_id FROM '{codes}'")
    return engine


def _questions() -> dict[str, str]:
    """The SQL of our expressions; totals and classes of both years are tables of their own."""
    import ibis

    from kamerton.calc import sales
    from kamerton.calc.lines import MONTHS
    from kamerton.domain.ledger import store

    months = ibis.table({**MONTHS, "client_id": "int64"}, name="months")
    totals = sales.client_totals(months, *YEAR)
    now = ibis.table(totals.schema(), name="now")
    before = ibis.table(totals.schema(), name="before")
    classed = sales.abc(now).schema()
    earlier, later = (ibis.table(classed, name=name) for name in ("abc_before", "abc_now"))
    clients = now.inner_join(later, "client_id").select(*now.columns, "abc")
    return {
        "now": store.sql_of(totals),
        "before": store.sql_of(sales.client_totals(months, *BEFORE)),
        "abc_now": store.sql_of(sales.abc(now)),
        "abc_before": store.sql_of(sales.abc(before)),
        "clients": store.sql_of(clients),
        "company": store.sql_of(sales.totals_by_month(months, FIRST, YEAR[1])),
        "managers": store.sql_of(sales.totals_by_manager(months, *YEAR)),
        "cohorts": store.sql_of(sales.cohorts(months, YEAR[1])),
        "migration": store.sql_of(sales.abc_migration(earlier, later)),
    }


def _answers(engine: Any, asked: dict[str, str]) -> Tables:
    for name in ("now", "before", "abc_now", "abc_before"):  # asked twice, computed once
        engine.execute(f"CREATE TABLE {name} AS {asked[name]}")
    return {name: engine.execute(asked[name]).arrow().read_all() for name in KEYS}


def duckdb_by_hand(lines: str, codes: str) -> Work:
    """Hand-written SQL that sums lines to documents first, as its author knows his data."""
    import duckdb
    import pyarrow  # noqa: F401

    def work() -> Callable[[], dict[str, Any]]:
        engine = duckdb.connect(
            config={"threads": THREADS, "memory_limit": "1GB", "preserve_insertion_order": False}
        )
        return _told(by_hand.tables(engine, lines, codes))

    return work


def polars(lines: str, codes: str) -> Work:
    """Polars, lazy and streaming, by the same plan."""
    import polars as library  # noqa: F401

    return lambda: _told(by_polars.tables(lines, codes))


def pandas(lines: str, codes: str) -> Work:
    """pandas by the same plan."""
    import pandas as library  # noqa: F401
    import pyarrow.parquet  # noqa: F401

    return lambda: _told(by_pandas.tables(lines, codes))


def _told(tables: Tables) -> Callable[[], dict[str, Any]]:
    return lambda: {name: digest(tables[name], KEYS[name]) for name in KEYS}


def digest(table: Any, keys: list[str]) -> str:
    """Name a table by its rows: columns by name, rows by key, whole numbers 64 bits wide."""
    import pyarrow as pa
    import pyarrow.compute as pc

    made = hashlib.blake2b(digest_size=8)
    table = table.sort_by([(key, "ascending") for key in keys])
    for name in sorted(table.column_names):
        column = table[name].combine_chunks()
        if pa.types.is_temporal(column.type):
            column = column.cast(pa.date32()).cast(pa.int32())
        if pa.types.is_dictionary(column.type):
            column = column.cast(pa.string())
        if not pa.types.is_integer(column.type):
            texts = column.cast(pa.string())
        else:
            texts = column.cast(pa.int64()).cast(pa.string())
        joined = pc.binary_join(pa.array([pc.fill_null(texts, "-").to_pylist()]), "|")
        made.update(f"{name}{len(column)}".encode() + joined[0].as_py().encode())
    return made.hexdigest()


def refresh(lines: str) -> Work:
    """One file of lines becomes a segment: digest, copy, roll-up beside it, as in an import."""
    import os
    import shutil
    import tempfile

    folder = tempfile.mkdtemp(dir=os.environ["KAMERTON_DATA"])
    os.environ["KAMERTON_DATA"] = folder
    awake()
    from kamerton.domain.ledger import store

    store._rollup_sql()

    def work() -> Callable[[], dict[str, Any]]:
        written = store.write_segment(Path(lines))

        def tell() -> dict[str, Any]:
            shutil.rmtree(folder)
            return {"rows": written.rows}

        return tell

    return work
