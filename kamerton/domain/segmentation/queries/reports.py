"""Reports over the whole: segments, classes, diversification, whom of the flow to look at."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Q, Sum

from kamerton.calc import definitions
from kamerton.calc.arrays import Whole, Words
from kamerton.calc.concentration import Diversification
from kamerton.calc.watch import flow_to_key
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation.models import Restatement, Standing
from kamerton.domain.segmentation.models.standings import StandingQuerySet
from kamerton.domain.segmentation.queries import bridge
from kamerton.domain.segmentation.queries.kept import Figures, figures_of, figures_seen, totals
from kamerton.domain.segmentation.queries.marks import with_budget
from kamerton.domain.segmentation.queries.pareto import Pareto, pareto
from kamerton.domain.segmentation.queries.people import ManagerLoad, loads, share_by_manager
from kamerton.domain.segmentation.queries.standings import current_restatement
from kamerton.platform.access.models import User

AT_ONCE = 1_000  # ids in one question
XYZ_DEFINITIONS = (definitions.XYZ_POPULATION_CV, definitions.XYZ_SINCE_FIRST_PURCHASE)


@dataclass(frozen=True)
class SegmentRow:
    """A segment or class: how many clients, how much money (minor units), what share of 1."""

    code: str
    clients: int
    money: int
    share: float | None


@dataclass(frozen=True)
class SegmentsReport:
    """Few clients, most of the money: by class (flow is B and C), and by the registers."""

    base: str
    classes: list[SegmentRow]  # A and flow
    segments: list[SegmentRow]  # key, potential key, flow


@dataclass(frozen=True)
class AbcXyz:
    """One cell of the matrix of classes; xyz "" is too short a history."""

    abc: str
    xyz: str
    clients: int
    money: int


@dataclass(frozen=True)
class ManagerGain:
    """What one manager could take on; hours a month, share of 1 by the base."""

    load: ManagerLoad
    share: float | None
    flow_hours: float
    more_now: int  # key clients that fit as things are
    more_without_flow: int  # and if others take his flow clients

    @property
    def free(self) -> int:
        """Places left in the list."""
        return max(0, self.load.cap - self.load.used)

    @property
    def gain(self) -> int:
        """Key clients won by giving the flow away."""
        return self.more_without_flow - self.more_now


@dataclass(frozen=True)
class CapacityGain:
    """The best sellers first: what freeing them of the flow brings."""

    rows: list[ManagerGain]
    key_hours: float  # what one more key client takes

    @property
    def more_now(self) -> int:
        """Key clients that fit as things are, in all."""
        return sum(row.more_now for row in self.rows)

    @property
    def more_without_flow(self) -> int:
        """Key clients that fit without the flow, in all."""
        return sum(row.more_without_flow for row in self.rows)

    @property
    def gain(self) -> int:
        """Key clients won, in all."""
        return sum(row.gain for row in self.rows)

    @property
    def hours(self) -> float:
        """Hours a month that the flow takes, in all."""
        return sum(row.flow_hours for row in self.rows)


@dataclass(frozen=True)
class Watched:
    """A client to look at, and what put it on the list."""

    standing: Standing
    by_growth: bool
    by_status: bool
    by_budget: bool


def segments_report(viewer: User) -> SegmentsReport | None:
    """Count and money of each segment, of the clients whose money `viewer` may see (3 queries)."""
    restatement = current_restatement()
    if restatement is None:
        return None
    seen = figures_seen(viewer, restatement)
    by_class = _grouped(seen.abc, seen.money(restatement.base))
    flow = [row for row in by_class if row.code != "A"]
    clients, money = sum(row.clients for row in flow), sum(row.money for row in flow)
    share = sum(row.share or 0 for row in flow) if any(row.share for row in by_class) else None
    return SegmentsReport(
        base=restatement.base,
        classes=[
            *(row for row in by_class if row.code == "A"),
            SegmentRow("flow", clients, money, share),
        ],
        segments=_grouped(_segments(seen), seen.money(restatement.base)),
    )


def abc_xyz(viewer: User, *, base: str = "") -> list[AbcXyz]:
    """Classes by money against classes by regularity; base: the method's if empty (2 queries)."""
    restatement = current_restatement()
    if restatement is None:
        return []
    seen = Standing.objects.filter(restatement=restatement).visible_to(viewer)
    chosen = base or restatement.base
    letters = f"abc_{chosen}"
    rows = (
        seen.order_by(letters, "xyz")
        .values_list(letters, "xyz")
        .annotate(clients=Count("pk"), total=Sum(chosen))
    )
    return [AbcXyz(abc, xyz, clients, int(money or 0)) for abc, xyz, clients, money in rows]


def diversification(viewer: User) -> tuple[Diversification, Pareto]:
    """What the clients outside the key list add to safety, with the figures it is made of."""
    found = pareto(viewer)
    return found.diversification, found


def potential_keys(viewer: User) -> StandingQuerySet:
    """Clients without weight but with a name or a budget, the largest wallet first (2 queries)."""
    restatement = current_restatement()
    if restatement is None:
        return Standing.objects.none()
    found = Standing.objects.filter(
        restatement=restatement, client__segment=Client.Segment.POTENTIAL_KEY
    ).visible_to(viewer)
    return found.select_related("client", "client__manager").order_by("-wallet", "-kci", "pk")


def flow_to_key_watch(viewer: User, *, limit: int | None = None) -> list[Watched]:
    """Flow clients that may become key: they grow fast and are large enough, or have a name or a
    budget; the largest first, `limit` of them (≤ 6 queries, and one a thousand of the list).
    """
    restatement = current_restatement()
    if restatement is None or not viewer.may("ledger.view_money"):
        return []
    method, base = methodology.current(), restatement.base
    every = figures_of(restatement)  # the company's keys set the measure, whoever looks
    now, before = (every.money(base, before=past).astype(np.float64) for past in (False, True))
    keys = every.of(_keys())
    rich = with_budget()
    known = restatement.standings.filter(passed__contains="status").order_by()
    named = set(known.values_list("client_id", flat=True))
    grown = flow_to_key(now, before, keys, rule=bridge.watch_rule(method))
    flagged = every.of(rich | named)
    marked = flow_to_key(now, before, keys, flagged=flagged, rule=bridge.watch_rule(method))
    by_growth = set(every.client_id[grown].tolist())
    marked &= every.of(_present(viewer, every.client_id[marked].tolist()))
    largest = np.argsort(-now[marked], kind="stable")[:limit]
    return [
        Watched(row, row.client_id in by_growth, row.client_id in named, row.client_id in rich)
        for row in _standings_of(restatement, every.client_id[marked][largest].tolist())
    ]


def _keys() -> list[int]:
    """The clients of any register (1 query)."""
    key = Q(company_key_since__isnull=False) | Q(manager_keys__gt=0)
    return list(Client.objects.filter(key).order_by().values_list("pk", flat=True))


def _present(viewer: User, ids: list[int]) -> set[int]:
    """Those of `ids` that are no matter of the archive and whose money `viewer` may see."""
    gone = Client.objects.exclude(archived_at=None, merged_into=None).order_by()
    there = set(ids).difference(gone.values_list("pk", flat=True))
    return there if ledger.sees_all_money(viewer) else there.intersection(ledger.money_ids(viewer))


def _standings_of(restatement: Restatement, ids: list[int]) -> Iterator[Standing]:
    """Standings of the clients in the order of `ids`, clients and managers joined."""
    joined = restatement.standings.select_related("client", "client__manager")
    for start in range(0, len(ids), AT_ONCE):
        chunk = ids[start : start + AT_ONCE]
        found = {row.client_id: row for row in joined.filter(client__in=chunk)}
        yield from (found[pk] for pk in chunk)


def capacity_gain(viewer: User) -> CapacityGain:
    """How many more key clients each seller could carry, now and without his flow (7 queries).

    A client fits while there is a free place and, up to the load that warns, the hours of a key
    client; those who bring most stand first.
    """
    method = methodology.current()
    hours = {tier.code: tier.hours for tier in method.tiers}
    shares = share_by_manager(viewer)
    rows = [
        _gain(load, shares.get(load.manager.pk), hours, method.capacity.load_warning)
        for load in loads(viewer)
    ]
    best = sorted(rows, key=lambda row: (-(row.share or 0.0), row.load.manager.full_name))
    return CapacityGain(best, hours["key"])


def _gain(
    load: ManagerLoad, share: float | None, hours: dict[str, float], limit: float
) -> ManagerGain:
    flow_hours = load.flow * hours["flow"]
    free = float(load.manager.selling_hours) * limit - load.hours
    places = max(0, load.cap - load.used)

    def fits(left: float) -> int:
        by_hours = math.floor(left / hours["key"] + 1e-9) if hours["key"] > 0 else places
        return max(0, min(places, by_hours))

    return ManagerGain(load, share, flow_hours, fits(free), fits(free + flow_hours))


def _grouped(codes: Words, money: Whole) -> list[SegmentRow]:
    names, counts, (sums,) = totals(codes, money)
    whole = sums.sum()
    return [
        SegmentRow(str(code), int(clients), int(sold), float(sold / whole) if whole > 0 else None)
        for code, clients, sold in zip(names, counts, sums, strict=True)
    ]


def _segments(seen: Figures) -> Words:
    """The segment of each client; but for the flow they are few (1 query)."""
    found = np.full(seen.client_id.size, str(Client.Segment.FLOW), dtype="<U20")
    rows = Client.objects.exclude(segment=Client.Segment.FLOW).order_by()
    others = dict(rows.values_list("pk", "segment"))
    for place in np.flatnonzero(seen.of(others)):
        found[place] = others[int(seen.client_id[place])]
    return found
