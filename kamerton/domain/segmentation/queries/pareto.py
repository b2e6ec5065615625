"""The curve of Pareto with everything that is read off it, of the money that a person may see."""

from dataclasses import dataclass, replace

import numpy as np
from django.utils import timezone

from kamerton.calc import definitions
from kamerton.calc.arrays import Flags, Floats, Whole, Words
from kamerton.calc.concentration import (
    ClassSummary,
    Concentration,
    Diversification,
    abc_classes,
    class_summary,
    clients_to_reach,
    concentration,
    cumulative_shares,
    descending_order,
    gini,
    top_share,
    with_and_without,
)
from kamerton.calc.definitions import Definition
from kamerton.calc.period import Period
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Base, Methodology
from kamerton.domain.segmentation.queries import bridge
from kamerton.domain.segmentation.queries.measures import shares
from kamerton.domain.segmentation.queries.standings import current_restatement
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user
from kamerton.platform.reading import looked_up

CHART_POINTS = 600


@dataclass(frozen=True)
class Pareto:
    """Clients with the largest first; money in minor units, shares of 1, NaN for no data.

    `flow` marks the clients outside the key list; while nobody is key yet, those outside class A.
    """

    base: str
    period: Period
    client_id: Whole
    value: Whole
    share: Floats
    cumulative: Floats
    classes: Words
    flow: Flags
    flow_by_classes: bool
    summary: tuple[ClassSummary, ...]
    n80: int | None
    buyers: int  # clients with a positive base
    top20: float
    concentration: Concentration
    gini: float
    diversification: Diversification
    unassigned: int  # of the base, without any client; 0 for who sees only a part
    unassigned_lines: int
    definitions: tuple[Definition, ...]
    method_version: int

    @property
    def n80_part(self) -> float:
        """N80 as a part of the clients that buy: 0.2 is the rule of 20/80."""
        return self.n80 / self.buyers if self.n80 and self.buyers else float("nan")

    @property
    def without_base(self) -> Whole:
        """Clients whose base is zero or negative: class C, listed apart."""
        return self.client_id[self.value <= 0]


@dataclass(frozen=True)
class Curve:
    """Points of the curve for a chart: part of the clients, cumulative share, class, place."""

    clients: Floats
    cumulative: Floats
    classes: Words
    place: Whole


def pareto(
    viewer: User, *, base: str = "", period: Period | None = None, manager: User | None = None
) -> Pareto:
    """The curve over the clients whose money `viewer` may see (≤ 8 queries and one of the ledger).

    base: as the method has it if empty; period: the closed year if None; manager: only his
    clients.
    """
    method = methodology.current()
    span = period or ledger.closed_year(timezone.localdate())
    chosen = Base(base) if base and base != Base.AUTO else base_in_force(method, span)
    ids, values = _values(viewer, chosen, span, manager)
    order = descending_order(values)
    ids, values = ids[order], values[order]
    classes = abc_classes(
        values, a=method.abc.a_share, b=method.abc.b_share, crossing=bridge.crossing(method)
    )
    keys, by_classes = _key_mask(ids)
    flow = classes != "A" if by_classes else ~keys
    lost = ledger.without_client(viewer, span) if manager is None else None
    money = {Base.REVENUE: lost.revenue, Base.CASH: lost.cash} if lost else {}
    return Pareto(
        base=chosen,
        period=span,
        client_id=ids,
        value=values,
        share=shares(values),
        cumulative=cumulative_shares(values),
        classes=classes,
        flow=flow,
        flow_by_classes=by_classes,
        summary=class_summary(values, classes),
        n80=clients_to_reach(values),
        buyers=int((values > 0).sum()),
        top20=top_share(values),
        concentration=concentration(values, bridge.concentration_limits(method)),
        gini=gini(values),
        diversification=with_and_without(values, flow),
        unassigned=money.get(chosen, 0),
        unassigned_lines=lost.lines if lost else 0,
        definitions=definitions_of(method),
        method_version=method.version,
    )


def curve(found: Pareto, *, points: int = CHART_POINTS) -> Curve:
    """Thin the curve out to at most `points`; the ends and every border of a class are kept."""
    size = found.client_id.size
    if size <= points:
        kept = np.arange(size)
    else:
        borders = np.flatnonzero(found.classes[1:] != found.classes[:-1])
        spread = np.linspace(0, size - 1, points - 2 * borders.size).round().astype(np.int64)
        kept = np.unique(np.concatenate([spread, borders, borders + 1]))
    return Curve(
        clients=(kept + 1) / max(size, 1),
        cumulative=found.cumulative[kept],
        classes=found.classes[kept],
        place=kept + 1,
    )


def limited(found: Pareto, places: slice) -> Pareto:
    """The same with only the rows of `places`, for a page of the table; the totals stay."""
    rows = ("client_id", "value", "share", "cumulative", "classes", "flow")
    return replace(found, **{name: getattr(found, name)[places] for name in rows})


def clients_of(viewer: User, found: Pareto) -> dict[int, Client]:
    """The clients of the rows, those of the archive too, managers joined, by id (1 query)."""
    seen = Client.objects.visible_to(viewer).select_related("manager")
    return seen.in_bulk(found.client_id.tolist())


def base_in_force(method: Methodology, period: Period) -> Base:
    """The base that counts when nobody chooses another: the company's, whoever looks."""
    if method.base is not Base.AUTO:
        return method.base
    restatement = current_restatement()
    if restatement and (restatement.since, restatement.until) == (period.since, period.until):
        return Base(restatement.base)
    known = ledger.cost_coverage(system_user(), period)
    return Base.GROSS_PROFIT if known and known >= method.abc.cost_coverage else Base.REVENUE


def definitions_of(method: Methodology) -> tuple[Definition, ...]:
    """The definitions that taste decided, to be printed beside the figures."""
    crossing = {"A": definitions.ABC_CROSSING_IN_A, "B": definitions.ABC_CROSSING_IN_B}
    return (
        definitions.REVENUE_NET_OF_RETURNS,
        crossing[method.abc.crossing],
        definitions.ABC_NON_POSITIVE_IN_C,
        definitions.TOP_PART_ROUNDED_UP,
        definitions.TIES_FIRST_GIVEN,
        definitions.DEPENDENCE_INCLUSIVE,
    )


def _values(viewer: User, base: Base, period: Period, manager: User | None) -> tuple[Whole, Whole]:
    """Ids and money by the base, of the clients seen."""
    figures = ledger.client_figures(viewer, period)
    values: Whole = getattr(figures, base)
    if base is Base.GROSS_PROFIT:
        values = np.where(figures.has_cost, values, 0)
    if manager is None:
        return figures.client_id, values
    his = np.fromiter(Client.objects.filter(manager=manager).values_list("pk", flat=True), np.int64)
    mask = np.isin(figures.client_id, his)
    return figures.client_id[mask], values[mask]


def _key_mask(ids: Whole) -> tuple[Flags, bool]:
    """Mark the key clients; True beside it while there are none at all."""
    found = Client.objects.filter(segment=Client.Segment.KEY).order_by()
    pks = looked_up("segmentation.keys", lambda: list(found.values_list("pk", flat=True)))
    keys = np.array(pks, np.int64)
    return np.isin(ids, keys), keys.size == 0
