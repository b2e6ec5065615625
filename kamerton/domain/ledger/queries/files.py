"""What checked lines say of clients, managers and goods before they count."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kamerton.calc.period import Month
from kamerton.domain.accounts.models import ClientCode
from kamerton.domain.ledger import store
from kamerton.domain.ledger.models import MonthLock

BATCH = 5_000  # clients that are looked up and made at once


@dataclass(frozen=True)
class FoundClient:
    """A client as a file names it; `manager_code` is of the latest line that names one."""

    code: str
    name: str
    inn: str
    manager_code: str


_CLIENTS = """
    SELECT client_code, coalesce(arg_max(client_name, date) FILTER (client_name <> ''), ''),
           coalesce(arg_max(client_inn, date) FILTER (client_inn <> ''), ''),
           coalesce(arg_max(manager_code, date) FILTER (manager_code <> ''), '')
    FROM found WHERE client_code <> '' GROUP BY client_code ORDER BY client_code
"""
_CATEGORIES = "SELECT DISTINCT category FROM found WHERE category <> '' ORDER BY 1"


def clients_in(lines: Path) -> Iterator[list[FoundClient]]:
    """The clients that lines name, in batches; lines without a client are not one."""
    with _opened(lines) as engine:
        found = engine.execute(_CLIENTS)
        while rows := found.fetchmany(BATCH):
            yield [FoundClient(*row) for row in rows]


def categories_in(lines: Path) -> list[str]:
    """The categories of goods that lines name."""
    with _opened(lines) as engine:
        return [name for (name,) in engine.execute(_CATEGORIES).fetchall()]


@contextmanager
def _opened(lines: Path) -> Iterator[Any]:
    """The lines as a view; a bound parameter would make DuckDB import pandas (2 s, 60 MB)."""
    with store.connection() as engine:
        engine.read_parquet(str(lines)).create_view("found")
        yield engine


def known_codes(codes: list[str]) -> set[str]:
    """Those of at most a batch of codes behind which there is a client already (1 query)."""
    return set(ClientCode.objects.filter(code__in=codes).values_list("code", flat=True))


def closed_among(months: list[str]) -> list[str]:
    """Those of `months` (2026-10) that take no more lines, oldest first (1 query)."""
    days = [Month.parse(month).first_day for month in months]
    return [str(lock) for lock in MonthLock.objects.filter(month__in=days).order_by("month")]
