"""NumPy: how many to invite: by rate for a stream, by risk for a group, by cost for either."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import EPSILON, Floats, vector
from kamerton.calc.show_rate.slots import SeatCosts, show_pmf

GROUP_RISK = 0.10
MOST_INVITED = 1000


@dataclass(frozen=True)
class StreamPlan:
    """How many to invite to a slot, P(nobody comes) and P(more than the capacity come)."""

    invitations: int
    nobody: float
    overfull: float


@dataclass(frozen=True)
class GroupPlan:
    """How many (more) to invite, P(more than the seats come), how many come on average."""

    invitations: int
    overfull: float
    expected: float


@dataclass(frozen=True)
class InvitationChoice:
    """The cheapest number to invite from a pool.

    Attributes
    ----------
    invitations : int
        The first so many of the pool; the fewest of those equally cheap.
    cost : float
        Expected, with that number.
    nobody, overfull : float
        P(nobody comes), P(more than the capacity come).
    costs : ndarray, shape (n_pool + 1,)
        Expected cost of inviting 0, 1, 2… of the pool.
    """

    invitations: int
    cost: float
    nobody: float
    overfull: float
    costs: Floats


def stream_invitations(capacity: int, rate: float) -> StreamPlan:
    """Return how many to invite so that the seats are taken on average: ⌈capacity / rate⌉.

    Parameters
    ----------
    capacity : int
        People the interviewers can see in the slot, at least 1.
    rate : float
        Show rate, 0 < rate <= 1.

    Returns
    -------
    StreamPlan
        With one seat `overfull` is P(two or more come).

    Raises
    ------
    ValueError
        If `capacity` or `rate` is out of range.

    Examples
    --------
    >>> stream_invitations(1, 0.5)
    StreamPlan(invitations=2, nobody=0.25, overfull=0.25)
    """
    _check(capacity, rate)
    invited = math.ceil(capacity / rate - EPSILON)
    pmf = show_pmf(np.full(invited, rate))[0]
    return StreamPlan(invited, float(pmf[0]), _above(pmf, capacity))


def group_invitations(
    seats: int,
    rate: float,
    *,
    invited: ArrayLike = (),
    risk: float = GROUP_RISK,
    most: int = MOST_INVITED,
) -> GroupPlan:
    """Return how many (more) to invite so that too many come with probability `risk` at most.

    Parameters
    ----------
    seats : int
        Of the group, at least 1.
    rate : float
        Show rate of those to be invited, 0 < rate <= 1.
    invited : array_like, shape (n_invited,), default nobody
        How likely each who is invited already comes.
    risk : float, default 0.10
    most : int, default 1000
        Never more than so many.

    Returns
    -------
    GroupPlan
        The largest n with P(more than `seats` of all come) <= `risk`; 0 if it is exceeded already.

    Raises
    ------
    ValueError
        If a number is out of range.

    Notes
    -----
    Only P(0), …, P(seats) are carried on from n to n + 1: O(n · seats).

    Examples
    --------
    >>> [group_invitations(10, rate).invitations for rate in (1 / 2, 5 / 12, 1 / 3)]
    [15, 18, 22]
    >>> group_invitations(10, 0.5, invited=[0.5] * 13).invitations
    2
    """
    _check(seats, rate)
    already = vector(invited, "invited")
    head = _head(already, seats)
    more = 0
    while more < most:
        further = _joined(head, rate)
        if 1.0 - further.sum() > risk + EPSILON:
            break
        head, more = further, more + 1
    return GroupPlan(more, _rest(head), float(already.sum() + more * rate))


def best_invitations(
    pool: ArrayLike, capacity: int, costs: SeatCosts, *, invited: ArrayLike = ()
) -> InvitationChoice:
    """Return how many of the pool to invite (more), in the order given, at the least cost.

    Parameters
    ----------
    pool : array_like, shape (n_pool,)
        How likely each comes who may be invited, the one to be asked first first.
    capacity : int
        Seats, at least 1.
    costs : SeatCosts
    invited : array_like, shape (n_invited,), default nobody
        How likely each who is invited already comes.

    Returns
    -------
    InvitationChoice

    Raises
    ------
    ValueError
        If a number is out of range.

    Notes
    -----
    A newsvendor whose stock comes or stays away: the expected cost of every number is computed
    exactly, O(n_pool · capacity), and the least taken. See docs/algorithms/hiring.md.

    References
    ----------
    .. [1] L. R. LaGanga, S. R. Lawrence, "Clinic overbooking to improve patient access and
       increase provider productivity", Decision Sciences 38(2), 2007.

    Examples
    --------
    >>> found = best_invitations([5 / 12] * 6, 1, SeatCosts(empty=3, overfull=1))
    >>> found.invitations, round(found.cost, 3), found.costs.round(3).tolist()
    (3, 1.044, [3.0, 1.75, 1.194, 1.044, 1.13, 1.354, 1.658])
    """
    _check(capacity, 1.0)
    people, already = vector(pool, "pool"), vector(invited, "invited")
    heads = [_head(already, capacity)]
    for rate in people:
        _check(capacity, float(rate), zero=True)
        heads.append(_joined(heads[-1], float(rate)))
    table = np.array(heads)
    expected = already.sum() + np.concatenate([[0.0], np.cumsum(people)])
    empty = (table * np.arange(capacity, -1, -1)).sum(axis=1)
    each = costs.empty * empty + costs.overfull * (expected - capacity + empty)
    best = int(np.argmax(each <= each.min() + EPSILON))
    return InvitationChoice(
        best, float(each[best]), float(table[best, 0]), _rest(table[best]), each
    )


def _check(capacity: int, rate: float, *, zero: bool = False) -> None:
    if capacity < 1:
        raise ValueError(f"at least one seat is wanted, got {capacity}")
    if not (0 < rate <= 1 or (zero and rate == 0)):
        raise ValueError(f"a show rate is above 0 and at most 1, got {rate}")


def _above(pmf: Floats, capacity: int) -> float:
    return float(pmf[capacity + 1 :].sum())


def _head(probabilities: Floats, seats: int) -> Floats:
    """Return P(0 come), …, P(seats come)."""
    pmf = show_pmf(probabilities)[0][: seats + 1]
    return np.concatenate([pmf, np.zeros(seats + 1 - pmf.size)])


def _joined(head: Floats, rate: float) -> Floats:
    further = head * (1.0 - rate)
    further[1:] += head[:-1] * rate
    return further


def _rest(head: Floats) -> float:
    return max(float(1.0 - head.sum()), 0.0)
