"""NumPy: how many come to a slot (exact), its risks, and what they cost."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import EPSILON, Floats, Whole, matrix, vector

DECILES = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class SeatCosts:
    """What a seat left empty and a person without a seat cost, in any one unit, set by the user.

    Raises
    ------
    ValueError
        If a cost is negative or not finite.
    """

    empty: float
    overfull: float

    def __post_init__(self) -> None:
        if not (0 <= self.empty < math.inf and 0 <= self.overfull < math.inf):
            raise ValueError(f"costs are not negative, got {self.empty} and {self.overfull}")


@dataclass(frozen=True)
class SlotRisk:
    """What to expect of each slot; arrays over slots.

    Attributes
    ----------
    expected, deviation : ndarray
        Mean number who come and its standard deviation.
    nobody : ndarray
        P(0 come).
    too_few : ndarray
        P(fewer than `least` come).
    overfull : ndarray
        P(more than the capacity come).
    quantiles : ndarray of int, shape (n_slots, n_quantiles)
        The fewest people with at least that probability of so many or fewer.
    """

    expected: Floats
    deviation: Floats
    nobody: Floats
    too_few: Floats
    overfull: Floats
    quantiles: Whole


def show_pmf(probabilities: ArrayLike) -> Floats:
    """Return how likely it is that 0, 1, 2… of those invited come: the Poisson-binomial law.

    Parameters
    ----------
    probabilities : array_like, shape (n_slots, n_invited) or (n_invited,)
        How likely each comes. Rows of a day are filled up with NaN (nobody) to one length.

    Returns
    -------
    ndarray of float64, shape (n_slots, n_invited + 1)

    Raises
    ------
    ValueError
        If a probability is outside [0, 1].

    Notes
    -----
    Exact convolution, person by person, all slots at once: O(n_slots · n_invited²). People are
    taken to decide apart from each other.

    References
    ----------
    .. [1] Y. Hong, "On computing the distribution function for the Poisson binomial
       distribution", Computational Statistics & Data Analysis 59, 2013.

    Examples
    --------
    >>> show_pmf([[0.5, 0.5, float("nan")], [0.5, 0.25, 0.5]]).tolist()
    [[0.25, 0.5, 0.25, 0.0], [0.1875, 0.4375, 0.3125, 0.0625]]
    """
    table = _probabilities(probabilities)
    slots, invited = table.shape
    pmf = np.zeros((slots, invited + 1))
    pmf[:, 0] = 1.0
    for person in range(invited):
        come = table[:, person : person + 1]
        with_him = pmf[:, : person + 1] * come
        pmf[:, : person + 1] *= 1.0 - come
        pmf[:, 1 : person + 2] += with_him
    return pmf


def slot_risk(
    probabilities: ArrayLike,
    capacity: ArrayLike,
    *,
    least: ArrayLike = 1,
    quantiles: Sequence[float] = DECILES,
) -> SlotRisk:
    """Return what to expect of each slot, and how likely it is to be empty or overfull.

    Parameters
    ----------
    probabilities : array_like, shape (n_slots, n_invited) or (n_invited,)
        See `show_pmf`.
    capacity : array_like, shape (n_slots,)
        Seats; one number is taken for all.
    least : array_like, shape (n_slots,), default 1
        Below so many the slot is not worth holding (a group of ten may want six).
    quantiles : sequence of float, default (.1, .5, .9)

    Returns
    -------
    SlotRisk

    Raises
    ------
    ValueError
        If a probability is outside [0, 1] or the lengths differ.

    Notes
    -----
    See docs/algorithms/hiring.md.

    Examples
    --------
    >>> found = slot_risk([5 / 12] * 3, 1)
    >>> found.nobody.round(3).tolist(), found.overfull.round(3).tolist()
    ([0.198], [0.376])
    >>> found.expected.round(2).tolist(), found.quantiles.tolist()
    ([1.25], [[0, 1, 2]])
    """
    table = _probabilities(probabilities)
    pmf, seats, count = _against(table, capacity)
    wanted = vector(least, "least", size=seats.size)[:, np.newaxis]
    reached = np.cumsum(pmf, axis=1)
    found = [(reached < quantile - EPSILON).sum(axis=1) for quantile in quantiles]
    return SlotRisk(
        expected=table.sum(axis=1),
        deviation=np.sqrt((table * (1.0 - table)).sum(axis=1)),
        nobody=pmf[:, 0],
        too_few=np.where(count < wanted, pmf, 0.0).sum(axis=1),
        overfull=np.where(count > seats[:, np.newaxis], pmf, 0.0).sum(axis=1),
        quantiles=np.array(found, dtype=np.int64).reshape(len(found), seats.size).T,
    )


def expected_cost(probabilities: ArrayLike, capacity: ArrayLike, costs: SeatCosts) -> Floats:
    """Return what each slot costs on average: seats left empty and people without a seat.

    Parameters
    ----------
    probabilities : array_like, shape (n_slots, n_invited) or (n_invited,)
        See `show_pmf`.
    capacity : array_like, shape (n_slots,)
    costs : SeatCosts

    Returns
    -------
    ndarray of float64, shape (n_slots,)
        In the unit of `costs`.

    Raises
    ------
    ValueError
        If a probability is outside [0, 1] or the lengths differ.

    Examples
    --------
    Nobody comes in a quarter of the days (cost 4), both in another quarter (cost 2):

    >>> expected_cost([0.5, 0.5], 1, SeatCosts(empty=4, overfull=2)).tolist()
    [1.5]
    """
    pmf, seats, count = _against(_probabilities(probabilities), capacity)
    over = count - seats[:, np.newaxis]
    each = np.where(over > 0, costs.overfull * over, -costs.empty * over)
    return np.asarray((pmf * each).sum(axis=1), dtype=np.float64)


def _probabilities(values: ArrayLike) -> Floats:
    table = np.nan_to_num(matrix(values, "probabilities", missing=True), nan=0.0)
    if ((table < 0) | (table > 1)).any():
        raise ValueError("a probability is 0 to 1")
    return table


def _against(table: Floats, capacity: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return the pmf, the seats of each slot, and the numbers of people the pmf is over."""
    seats = vector(capacity, "capacity", size=table.shape[0])
    return show_pmf(table), seats, np.arange(table.shape[1] + 1, dtype=np.float64)
