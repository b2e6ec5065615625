"""One base, cut by month, client or manager: what programs ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from kamerton.calc.period import Month, Period
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger.queries.figures import client_figures
from kamerton.domain.ledger.queries.totals import manager_totals, month_totals
from kamerton.platform.access.models import User

Base = Literal["revenue", "gross_profit", "cash"]
By = Literal["month", "client", "manager"]


@dataclass(frozen=True)
class Total:
    """A sum of one month (2026-10), client (its id) or manager (the ledger's name for him).

    `amount` is in kopecks, None where the base is gross profit and no cost is known.
    """

    key: str
    amount: int | None


def totals_by(viewer: User, period: Period, *, by: By, base: Base) -> list[Total]:
    """Totals over whole months, of what `viewer` may see: months in order, others largest first."""
    if by == "month":
        months = month_totals(viewer, period)
        return [Total(str(Month.of(one.month)), getattr(one, base)) for one in months]
    found = (
        _by_client(viewer, period, base) if by == "client" else _by_manager(viewer, period, base)
    )
    return sorted(found, key=lambda one: (-(one.amount or 0), one.key))


def client_names(viewer: User, ids: Sequence[int]) -> dict[int, str]:
    """What the clients of one page are called, of those `viewer` may see (1 query)."""
    seen = Client.objects.visible_to(viewer).filter(pk__in=ids)
    return dict(seen.values_list("pk", "name"))


def _by_client(viewer: User, period: Period, base: Base) -> list[Total]:
    figures = client_figures(viewer, period)
    amounts = getattr(figures, base)
    known = figures.has_cost if base == "gross_profit" else np.ones(amounts.shape, np.bool_)
    rows = zip(figures.client_id.tolist(), amounts.tolist(), known.tolist(), strict=True)
    return [Total(str(client), amount if is_known else None) for client, amount, is_known in rows]


def _by_manager(viewer: User, period: Period, base: Base) -> list[Total]:
    return [Total(one.manager_code, getattr(one, base)) for one in manager_totals(viewer, period)]
