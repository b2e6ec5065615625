"""Managers as the figures show them: shares, load, norm bands, whether it is time for KAMs."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from django.db.models import Count
from django.utils.translation import gettext as _

from kamerton.calc.arrays import Floats
from kamerton.calc.concentration import gini
from kamerton.calc.dependence import manager_shares as calculated_shares
from kamerton.calc.dependence import workload
from kamerton.calc.period import Period
from kamerton.calc.watch import (
    Advice,
    Fit,
    NormBand,
    Readiness,
    fast_growing,
    norm_fit,
    time_for_kams,
)
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Base, Methodology
from kamerton.domain.segmentation.models import CompanyKey, ManagerKey, Restatement
from kamerton.domain.segmentation.queries import bridge
from kamerton.domain.segmentation.queries.capacity import TIERS, all_managers, cap_of
from kamerton.domain.segmentation.queries.kept import figures_of, holders, totals
from kamerton.domain.segmentation.queries.register import states_of_keys
from kamerton.domain.segmentation.queries.standings import current_restatement
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import managers_of_keys, system_user
from kamerton.platform.access.roles import Role
from kamerton.platform.reading import looked_up


@dataclass(frozen=True)
class ManagerShare:
    """What one manager's clients bring the company; money in minor units, shares of 1."""

    manager: User | None  # None: clients that nobody holds
    clients: int
    money: int
    share: float | None
    band: str  # usual, notable, high, critical, no_data
    above_limit: bool
    growing: bool  # by half in a year


@dataclass(frozen=True)
class NormRow:
    """A person's whole list against the norm for his work."""

    manager: User
    clients: int
    band: NormBand
    is_kam: bool
    fit: Fit


@dataclass(frozen=True)
class ManagerLoad:
    """Places and hours of one manager; utilisation of 1, None without selling hours."""

    manager: User
    cap: int
    used: int
    flow: int
    hours: float
    utilisation: float | None
    over: bool
    blocked: bool


@dataclass(frozen=True)
class TimeForKams:
    """The three signs with their numbers, and the advice in words."""

    readiness: Readiness
    sentence: str


def manager_shares(viewer: User) -> list[ManagerShare]:
    """The share of each manager in the whole company by the base, the largest first.

    By today's holder of each client. Only managers whom `viewer` may see are listed; shares are of
    the whole (3 queries).
    """
    restatement = current_restatement()
    if restatement is None:
        return []
    base, method = restatement.base, methodology.current()
    every = figures_of(restatement)
    columns = (every.money(base), every.money(base, before=True))
    managers, clients, (money, before) = totals(holders(every), *columns)
    found = calculated_shares(money, bridge.share_limits(method))
    growing = fast_growing(money, before, bridge.watch_rule(method))
    people = {person.pk: person for person in User.objects.visible_to(viewer)}
    return [
        ManagerShare(
            manager=people.get(int(managers[place])),
            clients=int(clients[place]),
            money=int(money[place]),
            share=None if np.isnan(found.share[place]) else float(found.share[place]),
            band=str(found.band[place]),
            above_limit=bool(found.above_limit[place]) and managers[place] > 0,
            growing=bool(growing[place]),
        )
        for place in np.argsort(-money, kind="stable")
        if managers[place] in people or (managers[place] == 0 and people)
    ]


def share_by_manager(viewer: User) -> dict[int | None, float | None]:
    """The share of the whole by today's holder, for who may see money (1 query)."""
    restatement = current_restatement()
    if restatement is None or not viewer.may("ledger.view_money"):
        return {}
    every = figures_of(restatement)
    managers, _clients, (money,) = totals(holders(every), every.money(restatement.base))
    found = calculated_shares(money, bridge.share_limits(methodology.current()))
    known = (None if np.isnan(share) else float(share) for share in found.share)
    return {int(pk) or None: share for pk, share in zip(managers, known, strict=True)}


def norm_bands(viewer: User) -> list[NormRow]:
    """How many clients each seller holds, against the norm for his work (4 queries)."""
    method = methodology.current()
    counts = _clients_held()
    found = []
    for person in _managers(viewer):
        is_kam = Role.KAM in person.roles
        if not is_kam and Role.ACCOUNT_MANAGER not in person.roles:
            continue
        band = bridge.kam_band(method) if is_kam else bridge.flow_band(method)
        clients = counts[person.pk]
        found.append(NormRow(person, clients, band, is_kam, norm_fit(clients, band)))
    return found


def loads(viewer: User) -> list[ManagerLoad]:
    """Places and hours of everybody who sells and whom `viewer` may see (6 queries)."""
    return _loads(_managers(viewer), methodology.current())


def _managers(viewer: User) -> list[User]:
    """Everybody who sells, as `viewer` may see them (3 queries, once a page)."""
    seen = managers_of_keys(viewer)
    return looked_up(("segmentation.managers", viewer.pk), lambda: list(seen))


def effort(viewer: User, manager: User) -> float | None:
    """Gini of the planned hours over a manager's clients; low is evenly spread (2 queries)."""
    del viewer
    method = methodology.current()
    tiers, flow = _tiers_by_manager()[manager.pk], _clients_held()[manager.pk]
    hours = {tier.code: tier.hours for tier in method.tiers}
    spread = [hours[tier] for tier, count in tiers.items() for _one in range(count)]
    spread += [hours["flow"]] * max(0, flow - sum(tiers.values()))
    index = gini(spread) if spread else float("nan")
    return None if np.isnan(index) else index


def readiness(viewer: User) -> TimeForKams | None:
    """Is it time to part the KAMs' work from the rest? With the numbers behind the advice.

    For who may see the whole company (≤ 10 queries).
    """
    restatement = current_restatement()
    if restatement is None or not viewer.may("segmentation.view_company"):
        return None
    method = methodology.current()
    utilisation = [
        np.nan if load.utilisation is None else load.utilisation
        for load in _loads(all_managers(), method)
    ]
    found = time_for_kams(
        _company_values(restatement),
        sum(state in CompanyKey.IN_FORCE for state, _over in states_of_keys()),
        utilisation,
        bridge.readiness_limits(method),
    )
    return TimeForKams(found, _advice(found, method))


def _company_values(restatement: Restatement) -> Floats:
    """The base of every client of the company."""
    period = Period(restatement.since, restatement.until)
    figures = ledger.client_figures(system_user(), period)
    values = getattr(figures, restatement.base).astype(np.float64)
    if restatement.base == Base.GROSS_PROFIT:
        values = np.where(figures.has_cost, values, 0.0)
    found: Floats = values
    return found


def _advice(found: Readiness, method: Methodology) -> str:
    """The advice with its numbers."""
    numbers = _(
        "Key clients %(keys)d (from %(keys_from)d), the top 20 %% of clients bring %(top).0f %% "
        "(from %(top_from).0f %%), managers over capacity: %(over)d."
    ) % {
        "keys": found.key_clients,
        "keys_from": method.watch.ready_keys,
        "top": 0 if np.isnan(found.top_share) else found.top_share * 100,
        "top_from": method.watch.ready_share * 100,
        "over": found.managers_over,
    }
    advice = {
        Advice.NOT_YET: _("Not yet time for separate key account managers."),
        Advice.PREPARE: _("Prepare: choose who will lead key accounts, and train them."),
        Advice.NOW: _("It is time to part key account managers from the rest."),
    }
    return f"{advice[found.advice]} {numbers}"


def _loads(managers: list[User], method: Methodology) -> list[ManagerLoad]:
    if not managers:
        return []
    tiers, held = _tiers_by_manager(), _clients_held()
    counts = []
    for manager in managers:
        own = tiers[manager.pk]
        flow = max(0, held[manager.pk] - sum(own.values()))
        counts.append([own[tier] if tier != "flow" else flow for tier in TIERS])
    load = workload(
        counts,
        [float(manager.selling_hours) for manager in managers],
        hours=bridge.tier_hours(method),
        limits=bridge.load_limits(method),
    )
    return [
        ManagerLoad(
            manager=manager,
            cap=cap_of(manager, method),
            used=sum(tiers[manager.pk].values()),
            flow=counts[place][-1],
            hours=float(load.hours[place]),
            utilisation=(
                None if np.isnan(load.utilisation[place]) else float(load.utilisation[place])
            ),
            over=bool(load.over[place]),
            blocked=bool(load.blocked[place]),
        )
        for place, manager in enumerate(managers)
    ]


def _tiers_by_manager() -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = _Counters()
    for manager, tier in ManagerKey.objects.in_slots().values_list("manager_id", "tier"):
        found[manager][tier] += 1
    return found


def _clients_held() -> Counter[int]:
    held = Client.objects.present().exclude(manager=None).order_by()
    rows = held.values_list("manager").annotate(clients=Count("pk"))
    return looked_up("segmentation.clients_held", lambda: Counter(dict(rows)))


class _Counters(dict[int, Counter[str]]):
    """Counters that appear when asked for."""

    def __missing__(self, key: int) -> Counter[str]:
        self[key] = Counter()
        return self[key]
