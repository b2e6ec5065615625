"""What inviting 0, 1, 2 … people leads to: an empty slot, a full one, and their price."""

from collections.abc import Sequence
from dataclasses import dataclass

from kamerton.calc.show_rate import SeatCosts
from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import Application
from kamerton.domain.hiring.queries import SlotState
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.web.ui import asked

EMPTY, OVERFULL = 3.0, 1.0  # an hour of an interviewer against a person who waits
HIGHEST = 1_000_000.0
SHOWN = 6


@dataclass(frozen=True)
class Point:
    """One number of invitations with what it brings."""

    n: int
    nobody: float
    overfull: float
    cost: float
    best: bool


@dataclass(frozen=True)
class Curve:
    """The price of each number, the cheapest marked."""

    points: tuple[Point, ...]
    best: int

    @property
    def dearest(self) -> float:
        """The highest price, for the length of the bars."""
        return max((point.cost for point in self.points), default=1.0)

    @property
    def chosen(self) -> Point | None:
        """The cheapest number."""
        return next((point for point in self.points if point.best), None)


def given_costs(request: Request) -> SeatCosts:
    """The costs that the address names, else three to one."""
    empty = asked.number(request.GET.get("empty"), EMPTY)
    overfull = asked.number(request.GET.get("overfull"), OVERFULL)
    return SeatCosts(min(empty, HIGHEST), min(overfull, HIGHEST))


def short(costs: SeatCosts) -> tuple[str, str]:
    """Write the costs for inputs: 3, 1.5."""
    return f"{costs.empty:g}", f"{costs.overfull:g}"


def curve(viewer: User, slot: SlotState, pool: Sequence[Application], costs: SeatCosts) -> Curve:
    """The curve of a slot for the people at hand (4 queries)."""
    most = max(SHOWN, slot.session.capacity * 2) if slot.session.capacity > 1 else SHOWN
    people = list(pool)[:most]
    found = queries.cheapest_invitations(viewer, slot.session, people, costs=costs)
    risks = queries.invitation_risks(
        viewer, capacity=slot.session.capacity, invited=slot.rates, most=len(people)
    )
    return _curve(risks, [float(cost) for cost in found.costs], found.invitations)


def planned_curve(viewer: User, capacity: int, costs: SeatCosts) -> Curve:
    """The curve of a slot that is still to be made (2 queries)."""
    most = max(SHOWN, capacity * 3)
    found = queries.invitation_costs(viewer, capacity=capacity, costs=costs, most=most)
    risks = queries.invitation_risks(viewer, capacity=capacity, most=most)
    return _curve(risks, [float(cost) for cost in found.costs], found.invitations)


def _curve(risks: Sequence[tuple[float, float]], costs: Sequence[float], best: int) -> Curve:
    points = tuple(
        Point(n, nobody, overfull, costs[n], n == best)
        for n, (nobody, overfull) in enumerate(risks)
    )
    return Curve(points, best)
