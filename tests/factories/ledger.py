"""Sales lines that are in the ledger, without a file to read."""

import datetime as dt
import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from kamerton.calc.lines import LINES, arrow_schema
from kamerton.domain.accounts.models import Client, ClientCode
from kamerton.domain.ledger import actions
from kamerton.domain.ledger.models import LedgerImport
from kamerton.platform.access.queries import system_user

_numbers = itertools.count(1)
EMPTY: dict[str, Any] = {
    "external_key": None,
    "kind": "shipment",
    "document": "",
    "client_code": "",
    "client_name": "",
    "client_inn": "",
    "product_code": "",
    "product_name": "",
    "category": "",
    "quantity": 1000,
    "cost": None,
    "manager_code": "",
}


def line(date: dt.date, client_code: str, amount: int, **fields: Any) -> dict[str, Any]:
    """One line; amount and cost in whole roubles."""
    cost = fields.pop("cost", None)
    money = {"amount": amount * 100, "cost": None if cost is None else cost * 100}
    return EMPTY | {"date": date, "client_code": client_code} | fields | money


def lines_file(lines: Iterable[dict[str, Any]], path: Path) -> Path:
    """Write lines as the reader would."""
    rows = [{"line_no": number, **row} for number, row in enumerate(lines, 1)]
    rows.sort(key=lambda row: (row["client_code"], row["date"]))
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, schema=arrow_schema(LINES)), path)
    return path


def ledger(lines: Iterable[dict[str, Any]], *, name: str = "") -> LedgerImport:
    """Put lines into the ledger; clients must have their codes (see `clients_for`)."""
    rows = list(lines)
    number = next(_numbers)
    path = lines_file(rows, Path(settings.DATA) / "work" / f"test-{number}.parquet")
    system = system_user()
    made = LedgerImport.objects.create(
        name=name or f"test-{number}.csv",
        digest=f"test-{number}",
        state=LedgerImport.State.IMPORTING,
        months=sorted({f"{row['date']:%Y-%m}" for row in rows}),
        since=min(row["date"] for row in rows),
        until=max(row["date"] for row in rows),
        created_by=system,
    )
    return actions.publish(system, made, prepared=actions.prepare(path))


def clients_for(codes: Iterable[str], **fields: Any) -> dict[str, Client]:
    """Make a client for each code of lines, named by it."""
    from tests.factories.accounts import ClientFactory

    made = {}
    for code in codes:
        made[code] = ClientFactory(name=code, **fields)
        ClientCode.objects.create(code=code, client=made[code])
    return made
