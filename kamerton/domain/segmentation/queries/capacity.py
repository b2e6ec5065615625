"""How many key clients people can carry, and how many hours their clients take."""

import math
from dataclasses import dataclass

from kamerton.calc.dependence import workload
from kamerton.calc.manager_key import cap as calculated_cap
from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.segmentation.models import ManagerKey
from kamerton.domain.segmentation.queries import bridge
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import managers_of_keys, system_user
from kamerton.platform.reading import looked_up

TIERS = ("strategic", "key", "maintain", "flow")


@dataclass(frozen=True)
class Slots:
    """A manager's places for key clients and his load; hours a month, utilisation of 1."""

    cap: int
    used: int
    hours: float
    utilisation: float | None  # None: the manager has no selling hours
    over: bool
    blocked: bool

    @property
    def free(self) -> int:
        """Places left."""
        return max(0, self.cap - self.used)


def cap_of(manager: User, method: Methodology | None = None) -> int:
    """How many key clients the manager may hold; fewer the more of his time he leads."""
    return calculated_cap(manager.leader_share, (method or methodology.current()).capacity.cap)


def capacity() -> int:
    """The caps of everybody who sells, together: the capacity line (3 queries)."""
    method = methodology.current()
    return sum(cap_of(manager, method) for manager in all_managers())


def all_managers() -> list[User]:
    """Everybody who sells, in the whole company (2 queries)."""
    found = managers_of_keys(system_user()).prefetch_related(None)
    return looked_up("segmentation.managers", lambda: list(found))


def slots(
    manager: User, *, one_more: str = "", leaving: str = "flow", method: Methodology | None = None
) -> Slots:
    """Places and load of a manager; with `one_more`, as if a client moved there from `leaving`.

    Clients that are not key count as flow (2 queries).
    """
    method = method or methodology.current()
    counts = tier_counts(manager)
    if one_more:
        counts[one_more] += 1
        counts[leaving] = max(0, counts[leaving] - 1)
    load = workload(
        [counts[tier] for tier in TIERS],
        float(manager.selling_hours),
        hours=bridge.tier_hours(method),
        limits=bridge.load_limits(method),
    )
    return Slots(
        cap=cap_of(manager, method),
        used=sum(counts.values()) - counts["flow"],
        hours=float(load.hours[0]),
        utilisation=None if math.isnan(load.utilisation[0]) else float(load.utilisation[0]),
        over=bool(load.over[0]),
        blocked=bool(load.blocked[0]),
    )


def tier_counts(manager: User) -> dict[str, int]:
    """How many clients of each tier a manager has (2 queries)."""
    counts = dict.fromkeys(TIERS, 0)
    taken = ManagerKey.objects.filter(manager=manager).in_slots()
    keys = dict(taken.values_list("client_id", "tier"))
    for tier in keys.values():
        counts[tier] += 1
    held = Client.objects.present().filter(manager=manager).exclude(pk__in=list(keys))
    counts["flow"] += held.count()
    return counts
