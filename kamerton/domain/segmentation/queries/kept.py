"""The money of a recomputation as arrays, kept in the process: it never changes once it counts.

What may change is not here: who holds a client, its segment, its scores after new evidence.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from threading import Lock
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from kamerton.calc.arrays import Flags, Floats, Whole, Words
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.segmentation.models import Restatement
from kamerton.platform.access.models import User
from kamerton.platform.reading import looked_up

KINDS: dict[str, Any] = {"abc": np.str_, "is_active": np.bool_, "was_active": np.bool_}


@dataclass(frozen=True)
class Figures:
    """Clients in the order of their ids; money in minor units, 0 where there is no data."""

    client_id: Whole
    revenue: Whole
    revenue_before: Whole
    gross_profit: Whole
    gross_profit_before: Whole
    cash: Whole
    cash_before: Whole
    abc: Words  # by the base
    is_active: Flags
    was_active: Flags

    def money(self, base: str, *, before: bool = False) -> Whole:
        """The base of the year, or of the year before it."""
        found: Whole = getattr(self, f"{base}_before" if before else base)
        return found

    def only(self, chosen: Flags) -> Self:
        """The clients chosen."""
        return type(self)(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def of(self, ids: Any) -> Flags:
        """Mark the clients of `ids`."""
        return np.isin(self.client_id, np.fromiter(ids, np.int64))


_kept: dict[tuple[int, dt.datetime | None], Figures] = {}
_lock = Lock()


def figures_of(restatement: Restatement) -> Figures:
    """All clients of a recomputation that counts (1 query, the first time in a process)."""
    key = (restatement.pk, restatement.made_at)
    with _lock:
        if key not in _kept:
            made = _read(restatement)
            _kept.clear()
            _kept[key] = made
        return _kept[key]


def figures_seen(viewer: User, restatement: Restatement) -> Figures:
    """Those of them whose money `viewer` may see (1 query; none for who sees all)."""
    found = figures_of(restatement)
    return (
        found if ledger.sees_all_money(viewer) else found.only(found.of(ledger.money_ids(viewer)))
    )


def holders(found: Figures) -> Whole:
    """Who holds each client today, 0 for nobody (1 query)."""
    held = Client.objects.exclude(manager=None).order_by().values_list("pk", "manager_id")
    pairs = looked_up("segmentation.holders", lambda: np.array(list(held), np.int64).reshape(-1, 2))
    chosen = pairs[np.isin(pairs[:, 0], found.client_id)]
    managers = np.zeros(found.client_id.size, np.int64)
    managers[np.searchsorted(found.client_id, chosen[:, 0])] = chosen[:, 1]
    return managers


def totals(groups: NDArray[Any], *columns: Whole) -> tuple[NDArray[Any], Whole, list[Floats]]:
    """The groups there are, how many clients each has, and the sum of each column by group."""
    names, places, counts = np.unique(groups, return_inverse=True, return_counts=True)
    sums: list[Any] = [
        np.bincount(places, column.astype(np.float64), names.size) for column in columns
    ]
    return names, counts.astype(np.int64), sums


def _read(restatement: Restatement) -> Figures:
    names = [field.name for field in fields(Figures)]
    rows = list(restatement.standings.order_by("client_id").values_list(*names))
    columns = zip(*rows, strict=True) if rows else iter([()] * len(names))
    made = {name: _column(name, values) for name, values in zip(names, columns, strict=True)}
    return Figures(**made)


def _column(name: str, values: Sequence[Any]) -> NDArray[Any]:
    if name in KINDS:
        return np.array(values, KINDS[name])
    return np.array([value or 0 for value in values], np.int64)
