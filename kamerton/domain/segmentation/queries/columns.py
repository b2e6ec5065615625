"""Arrays of measures as columns of standings: plain values, empty where there is no data."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from kamerton.calc.arrays import Flags
from kamerton.calc.company_key import CRITERIA, Assessment
from kamerton.domain.segmentation.queries.measures import Measures, Money
from kamerton.domain.segmentation.queries.wallets import Wallets

Columns = dict[str, NDArray[Any]]


def standing_columns(found: Measures) -> Columns:
    """Every column of a standing, aligned with the clients; NaN, NaT and masks for no data."""
    columns = _money(found.money, "") | _money(found.before, "_before")
    for part in (found.rhythm, found.classes):
        columns |= vars(part)
    columns |= {"client_id": found.client_id, "growth": found.growth}
    columns["abc"] = columns[f"abc_{found.base}"]
    return columns | verdict_columns(found.wallets, found.verdict)


def verdict_columns(known: Wallets, verdict: Assessment) -> Columns:
    """The columns that evidence and the method decide."""
    scores = {code: verdict.scores[:, place] for place, code in enumerate(CRITERIA)}
    return scores | {
        "wallet": whole(known.amount),
        "wallet_confidence": known.confidence,
        "wallet_share": known.share,
        "gap": whole(known.gap),
        "attainable": whole(known.attainable),
        "loyalty": verdict.loyalty,
        "passed": _codes(verdict.passed),
        "kci": verdict.index,
    }


def plain(column: NDArray[Any]) -> list[Any]:
    """An array as plain values, None where it is NaN, NaT or masked; days as the database wants."""
    if column.dtype.kind == "M":
        adapt = connection.ops.adapt_datefield_value
        return [adapt(value) for value in column.tolist()]
    if column.dtype.kind == "f":
        return [None if math.isnan(value) else value for value in column.tolist()]
    return list(column.tolist())  # masked and NaT become None


def rows(columns: Columns, start: int, stop: int) -> Iterator[tuple[Any, ...]]:
    """Yield the rows from `start` to `stop`, values in the order of the columns."""
    return zip(*(plain(column[start:stop]) for column in columns.values()), strict=True)


def whole(amounts: NDArray[np.float64]) -> NDArray[Any]:
    """Amounts in minor units as whole numbers, masked where not known."""
    known = ~np.isnan(amounts)
    return np.ma.masked_array(np.where(known, amounts, 0).round().astype(np.int64), ~known)


def _money(money: Money, suffix: str) -> Columns:
    profit = np.ma.masked_array(money.gross_profit, ~money.has_cost)
    found = {"revenue": money.revenue, "gross_profit": profit, "cash": money.cash}
    return {f"{name}{suffix}": column for name, column in found.items()}


def _codes(passed: Flags) -> NDArray[Any]:
    """Codes of the criteria passed, spaces between: 64 combinations, each spelled once."""
    powers = 1 << np.arange(len(CRITERIA))
    spelled = np.array(
        [
            " ".join(code for place, code in enumerate(CRITERIA) if number >> place & 1)
            for number in range(1 << len(CRITERIA))
        ],
        dtype=object,
    )
    found: NDArray[Any] = spelled[passed.astype(np.int64) @ powers]
    return found
