"""Contestants of the import: a CSV or a workbook becomes checked lines, or a bare table."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from bench import installation
from bench.generate import THREADS

Tell = Callable[[], dict[str, Any]]
Work = Callable[[], Tell]
TYPES = {
    **{"date": "DATE", "document": "VARCHAR", "client_code": "VARCHAR", "client_name": "VARCHAR"},
    **{"product_code": "VARCHAR", "product_name": "VARCHAR", "category": "VARCHAR"},
    **{"quantity": "DECIMAL(18,3)", "price": "DECIMAL(18,2)", "cost": "DECIMAL(18,2)"},
    "manager": "VARCHAR",
}


def kamerton(path: str, *, into: str) -> Work:
    """Our reader and the comparison with the clients known: the dry run of an import.

    Types, the table of errors, quantity × price, repeated lines, kinds and signs, clients; lines
    sorted and written as Parquet.
    """
    installation.django()
    import duckdb  # noqa: F401 (imported before the clock starts, as for the others)
    import pandas  # noqa: F401 (Arrow imports it by itself)
    import pyarrow.parquet  # noqa: F401

    from kamerton.domain.ledger import queries, reader

    look = reader.preview(Path(path), name=Path(path).name)
    folder = Path(tempfile.mkdtemp(dir=into))

    def work() -> Tell:
        found = reader.read(Path(path), look.mapping, into=folder)
        known = 0
        for batch in queries.clients_in(found.lines_path):
            known += len(queries.known_codes([client.code for client in batch]))

        def tell() -> dict[str, Any]:
            shutil.rmtree(folder)
            told = {"lines": found.lines, "amount": found.control_total}
            return told | {"errors": found.error_count, "clients": found.clients, "known": known}

        return tell

    return work


def duckdb_bare(path: str, *, local: bool = False) -> Work:
    """DuckDB's typed `read_csv` into a table: nothing checked, one bad cell ends it."""
    import duckdb

    engine = duckdb.connect(config={"threads": THREADS})

    def work() -> Tell:
        engine.execute(_bare(path, local=local))
        return lambda: _sums(engine)

    return work


def _bare(path: str, *, local: bool = False) -> str:
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in TYPES.items())
    form = "delim = ','"
    if local:
        form = "delim = ';', dateformat = '%d.%m.%Y', decimal_separator = ','"
    return (
        f"CREATE TABLE sales AS SELECT * FROM read_csv('{path}', header = true,"
        f" auto_detect = false, {form}, quote = '\"', escape = '\"', columns = {{{columns}}})"
    )


def duckdb_parquet(path: str, *, into: str) -> Work:
    """The same, and written as the ledger writes it: sorted by client and date, Parquet, zstd."""
    import duckdb

    engine = duckdb.connect(config={"threads": THREADS, "memory_limit": "1GB"})
    engine.execute(f"SET temp_directory = '{into}/spill'")
    target = Path(tempfile.mkdtemp(dir=into)) / "sales.parquet"

    def work() -> Tell:
        engine.execute(_bare(path))
        engine.execute(
            f"COPY (FROM sales ORDER BY client_code, date) TO '{target}'"
            " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
        )
        target.unlink()
        return lambda: _sums(engine)

    return work


def _sums(engine: Any) -> dict[str, Any]:
    lines, amount = engine.execute(
        "SELECT count(*), sum(round(quantity * price, 2) * 100)::BIGINT FROM sales"
    ).fetchone()
    return {"lines": lines, "amount": amount}


def django_bulk_create(path: str, *, lines: int) -> Work:
    """What a Django project does: rows of the csv module, model objects, `bulk_create`."""
    installation.django()
    from django.db import connection, models, transaction

    texts = [name for name, kind in TYPES.items() if kind == "VARCHAR"]
    fields: dict[str, Any] = {name: models.CharField(max_length=250) for name in texts}
    fields |= {
        "date": models.DateField(db_index=True),
        "quantity": models.DecimalField(max_digits=18, decimal_places=3),
        "price": models.DecimalField(max_digits=18, decimal_places=2),
        "cost": models.DecimalField(max_digits=18, decimal_places=2, null=True),
        "amount": models.DecimalField(max_digits=18, decimal_places=2),
    }
    meta = type("Meta", (), {"app_label": "bench", "db_table": "bench_sale"})
    sale = type("Sale", (models.Model,), {"__module__": __name__, "Meta": meta, **fields})
    connection.settings_dict["NAME"] = str(Path(tempfile.mkdtemp()) / "django.sqlite3")
    with connection.schema_editor() as editor:
        editor.create_model(sale)

    def work() -> Tell:
        with transaction.atomic():
            sale.objects.bulk_create(_objects(sale, path, lines), batch_size=1000)

        def tell() -> dict[str, Any]:
            shutil.rmtree(Path(connection.settings_dict["NAME"]).parent)
            return {"lines": lines}

        return tell

    return work


def _objects(sale: Any, path: str, lines: int) -> Iterator[Any]:
    import csv
    import datetime as dt
    from decimal import Decimal
    from itertools import islice

    with Path(path).open(newline="") as file:
        for row in islice(csv.DictReader(file), lines):
            quantity, price = Decimal(row["quantity"]), Decimal(row["price"])
            row |= {"date": dt.date.fromisoformat(row["date"]), "quantity": quantity}
            row |= {"price": price, "cost": Decimal(row["cost"]) if row["cost"] else None}
            yield sale(amount=round(quantity * price, 2), **row)


def calamine(path: str) -> Work:
    """python-calamine reads the sheet, DuckDB takes typed columns: nothing checked."""
    import python_calamine

    return _book(lambda: python_calamine.load_workbook(path).get_sheet_by_index(0).to_python())


def openpyxl(path: str) -> Work:
    """openpyxl in its read-only mode, then as above."""
    import openpyxl as library

    def rows() -> Iterator[Any]:
        book = library.load_workbook(path, read_only=True, data_only=True)
        try:
            yield from book.worksheets[0].iter_rows(values_only=True)
        finally:
            book.close()

    return _book(rows)


def fastexcel(path: str) -> Work:
    """fastexcel gives Arrow, DuckDB takes it: nothing checked. Only if fastexcel is installed."""
    import duckdb
    import fastexcel as library

    engine = duckdb.connect(config={"threads": THREADS})

    def work() -> Tell:
        table = library.read_excel(path).load_sheet(0).to_arrow()
        engine.register("sheet", table)
        casts = ", ".join(f"{name}::{kind} AS {name}" for name, kind in TYPES.items())
        engine.execute(f"CREATE TABLE sales AS SELECT {casts} FROM sheet")
        return lambda: _sums(engine)

    return work


def _book(sheet: Callable[[], Iterable[Any]]) -> Work:
    import duckdb
    import pandas  # noqa: F401 (Arrow imports it by itself)
    import pyarrow as pa

    engine = duckdb.connect(config={"threads": THREADS})

    def work() -> Tell:
        titles, *rows = sheet()
        columns = {
            name: pa.array([None if cell == "" else cell for cell in column])
            for name, column in zip(titles, zip(*rows, strict=True), strict=True)
        }
        engine.register("sheet", pa.table(columns))
        casts = ", ".join(f"{name}::{kind} AS {name}" for name, kind in TYPES.items())
        engine.execute(f"CREATE TABLE sales AS SELECT {casts} FROM sheet")
        return lambda: _sums(engine)

    return work


def clients(path: str, *, into: str) -> Work:
    """Clients of a ledger through the full path: names, INN, likeness, codes, the journal."""
    folder = _empty_installation(into)
    from kamerton.domain.accounts import actions

    triples, actor = _triples(path), installation.owner()

    def work() -> Tell:
        made = 0
        for start in range(0, len(triples), 5_000):  # as an import brings them
            made += len(actions.ensure_clients(actor, triples[start : start + 5_000]))
        return lambda: _forgotten(folder, made)

    return work


def clients_bulk_create(path: str, *, into: str) -> Work:
    """The same cards by Django's `bulk_create`: nothing looked up, nothing in the journal."""
    folder = _empty_installation(into)
    from django.db import transaction

    from kamerton.domain.accounts.models import Client, ClientCode

    triples = _triples(path)

    def work() -> Tell:
        with transaction.atomic():
            cards = Client.objects.bulk_create(
                [Client(name=name) for _code, name, _inn in triples], batch_size=500
            )
            pairs = zip(triples, cards, strict=True)
            ClientCode.objects.bulk_create(
                [ClientCode(code=code, client=card) for (code, _n, _i), card in pairs],
                batch_size=5000,
            )
        return lambda: _forgotten(folder, len(cards))

    return work


def _empty_installation(into: str) -> Path:
    """Copy the empty installation and work on the copy."""
    import os

    folder = Path(tempfile.mkdtemp(dir=into))
    shutil.copytree(os.environ["KAMERTON_DATA"], folder / "data")
    os.environ["KAMERTON_DATA"] = str(folder / "data")
    installation.django()
    return folder


def _triples(path: str) -> list[tuple[str, str, str]]:
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    pairs = zip(table["client_code"].to_pylist(), table["name"].to_pylist(), strict=True)
    return [(code, name, "") for code, name in pairs]


def _forgotten(folder: Path, made: int) -> dict[str, Any]:
    shutil.rmtree(folder)
    return {"clients": made}


def know_clients(path: str) -> None:
    """Let the installation know every client of the file before it is imported."""
    installation.django()
    from kamerton.domain.accounts import actions

    actions.ensure_clients(installation.owner(), _triples(path))
