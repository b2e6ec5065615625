"""Standings of another day than that of the recomputation: computed now, kept nowhere."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from kamerton.calc.period import Period
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.segmentation.models import Standing
from kamerton.domain.segmentation.queries.columns import plain, standing_columns
from kamerton.domain.segmentation.queries.measures import measures
from kamerton.domain.segmentation.queries.reports import AbcXyz
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user


@dataclass(frozen=True)
class DayStandings:
    """Standings of the year closed on a day, by the largest first; they have no rows."""

    as_of: dt.date
    period: Period
    base: str
    method_version: int
    standings: list[Standing]

    @property
    def passing(self) -> list[Standing]:
        """Those that pass a criterion of the company, the highest index first."""
        found = [standing for standing in self.standings if standing.passed]
        return sorted(found, key=lambda standing: (-standing.kci, standing.place))


def standings_on(viewer: User, *, as_of: dt.date, method: Methodology) -> DayStandings:
    """Judge every client by the year closed on `as_of`; marks and wallets are today's.

    Of the clients whose money `viewer` may see. Reads all lines, so for the shell.
    """
    found = measures(system_user(), as_of=as_of, method=method)
    columns = standing_columns(found)
    order = np.argsort(columns["place"], kind="stable")
    if not ledger.sees_all_money(viewer):
        seen = np.isin(found.client_id, np.array(ledger.money_ids(viewer), np.int64))
        order = order[seen[order]]
    days = {name for name, column in columns.items() if column.dtype.kind == "M"}
    values = {name: plain(columns[name][order]) for name in columns if name not in days}
    clients = Client.objects.select_related("manager").in_bulk(values["client_id"])
    made = [
        Standing(**dict(zip(values, row, strict=True)))
        for row in zip(*values.values(), strict=True)
    ]
    for standing in made:
        standing.client = clients[standing.client_id]
    return DayStandings(as_of, found.period, found.base, method.version, made)


def abc_xyz_of(found: DayStandings, *, base: str = "") -> list[AbcXyz]:
    """Classes by money against classes by regularity."""
    chosen = base or found.base
    cells: dict[tuple[str, str], list[int]] = {}
    for standing in found.standings:
        letters = (getattr(standing, f"abc_{chosen}"), standing.xyz)
        cells.setdefault(letters, []).append(standing.money(chosen) or 0)
    return [AbcXyz(*letters, len(money), sum(money)) for letters, money in sorted(cells.items())]
