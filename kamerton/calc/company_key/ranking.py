"""NumPy: places by the index, the capacity line, what other weights would change, removal."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import EPSILON, Flags, Floats, Whole, flags, vector
from kamerton.calc.company_key.assessment import Weights, key_client_index


@dataclass(frozen=True)
class RankShift:
    """What other weights would do; arrays over the clients given, places from 1 (0 = none)."""

    old_place: Whole
    new_place: Whole
    enters: Flags
    drops: Flags


def places(index: ArrayLike, proposed: ArrayLike = True) -> Whole:
    """Return the place of each proposal, the highest index first.

    Parameters
    ----------
    index : array_like, shape (n_clients,)
        KCI or MKI; NaN counts as lowest.
    proposed : array_like of bool, shape (n_clients,), default True
        Others get no place.

    Returns
    -------
    ndarray of int64, shape (n_clients,)
        1, 2, 3…; 0 for those not proposed. Of equals the one given first leads
        (`definitions.TIES_FIRST_GIVEN`); equal means to the ninth digit.

    Raises
    ------
    ValueError
        If the lengths differ or a number is infinite.

    Examples
    --------
    >>> places([50, 70, 70, 90], [True, True, True, False]).tolist()
    [3, 1, 2, 0]
    """
    value = vector(index, "index", missing=True)
    wanted = flags(proposed, "proposed", size=value.size)
    ranked = np.where(np.isnan(value), -np.inf, _settled(value))[wanted]
    found = np.zeros(value.size, dtype=np.int64)
    candidates = np.flatnonzero(wanted)
    found[candidates[np.argsort(-ranked, kind="stable")]] = np.arange(1, candidates.size + 1)
    return found


def beyond_capacity(index: ArrayLike, proposed: ArrayLike, capacity: int) -> Flags:
    """Mark the proposals that the managers together cannot take.

    Parameters
    ----------
    index : array_like, shape (n_clients,)
        KCI.
    proposed : array_like of bool, shape (n_clients,)
    capacity : int
        The sum of the managers' caps.

    Returns
    -------
    ndarray of bool, shape (n_clients,)
        A mark, not a refusal: the decision stays human.

    Raises
    ------
    ValueError
        If the lengths differ or `capacity` is negative.

    Examples
    --------
    >>> beyond_capacity([50, 70, 60], [True, True, True], 2).tolist()
    [True, False, False]
    """
    if capacity < 0:
        raise ValueError(f"capacity must not be negative, got {capacity}")
    return places(index, proposed) > capacity


def rank_shift(
    scores: ArrayLike, old_weights: Weights, new_weights: Weights, capacity: int
) -> RankShift:
    """Compare the places under two sets of weights, for the sliders.

    Parameters
    ----------
    scores : array_like, shape (n_clients, 6)
        Scores of the proposals, in the order of `CRITERIA`.
    old_weights, new_weights : Weights
    capacity : int
        Where the line is drawn.

    Returns
    -------
    RankShift
        `enters`: above the line only under the new weights; `drops`: only under the old.

    Raises
    ------
    ValueError
        If there are not six columns or `capacity` is negative.

    Notes
    -----
    O(n log n), milliseconds for 10 000 clients, so a slider may ask at each step.

    Examples
    --------
    >>> scores = [[100, 0, 0, 0, 0, 0], [0, 0, 100, 0, 0, 0]]
    >>> found = rank_shift(scores, Weights(), Weights(promising=40), capacity=1)
    >>> found.old_place.tolist(), found.new_place.tolist(), found.enters.tolist()
    ([1, 2], [2, 1], [False, True])
    """
    if capacity < 0:
        raise ValueError(f"capacity must not be negative, got {capacity}")
    old = places(key_client_index(scores, old_weights))
    new = places(key_client_index(scores, new_weights))
    return RankShift(
        old,
        new,
        enters=(new <= capacity) & (old > capacity),
        drops=(old <= capacity) & (new > capacity),
    )


def may_remove(met: ArrayLike, *, failures: int = 2) -> Flags:
    """Tell whose key status may be taken away: all criteria failed two half-years running.

    Parameters
    ----------
    met : array_like of bool, shape (n_clients, n_half_years)
        Whether any criterion was met in each half-year, the oldest first.
    failures : int, default 2
        Half-years to fail in a row, up to the last one.

    Returns
    -------
    ndarray of bool, shape (n_clients,)
        False while fewer half-years than `failures` are known.

    Raises
    ------
    ValueError
        If `met` has not two dimensions or `failures` is below 1.

    Examples
    --------
    >>> may_remove([[True, False, False], [False, False, True], [False, True, False]]).tolist()
    [True, False, False]
    """
    history = np.asarray(met, dtype=np.bool_)
    if history.ndim != 2:
        raise ValueError(f"met must have clients and half-years, got shape {history.shape}")
    if failures < 1:
        raise ValueError(f"failures must be at least 1, got {failures}")
    if history.shape[1] < failures:
        return np.zeros(history.shape[0], dtype=np.bool_)
    return np.asarray(~history[:, -failures:].any(axis=1), dtype=np.bool_)


def _settled(values: Floats) -> Floats:
    """Make values equal that differ only by rounding, so that ties fall to the one given first."""
    return np.round(values / EPSILON) * EPSILON
