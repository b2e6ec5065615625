"""NumPy: how many stay how long, by group: the Kaplan-Meier estimate with Greenwood's interval."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import EPSILON, Floats, Whole, flags, vector

CONFIDENCE = 0.95
#: Days after which the recruiter asks whether the person is still there.
CHECK_DAYS = (60.0, 180.0)


@dataclass(frozen=True)
class SurvivalCurve:
    """Who stays; arrays over the times somebody left or was seen last, rising.

    Attributes
    ----------
    times : ndarray
    at_risk : ndarray of int
        There just before that time.
    left : ndarray of int
        Left at that time.
    survival : ndarray
        P(to stay longer).
    deviation : ndarray
        Greenwood's standard error of it.
    low, high : ndarray
        Interval, inside [0, 1].
    """

    times: Floats
    at_risk: Whole
    left: Whole
    survival: Floats
    deviation: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class SurvivalAt:
    """Survival and its interval at the times asked; NaN beyond what was seen."""

    survival: Floats
    low: Floats
    high: Floats
    at_risk: Whole


@dataclass(frozen=True)
class GroupSurvival:
    """One group: how many, how many of them left, the curve, the survival at the times asked."""

    group: str
    n: int
    left: int
    curve: SurvivalCurve
    at: SurvivalAt


def kaplan_meier(
    durations: ArrayLike, left: ArrayLike, confidence: float = CONFIDENCE
) -> SurvivalCurve:
    """Estimate how likely somebody is to stay longer than each time.

    Parameters
    ----------
    durations : array_like, shape (n,)
        Time each stayed, or has stayed so far, in any one unit; not negative.
    left : array_like of bool, shape (n,)
        True if he left then; False if he is still there (censored).
    confidence : float, default 0.95
        Of the interval.

    Returns
    -------
    SurvivalCurve
        Empty if nobody is given.

    Raises
    ------
    ValueError
        If the lengths differ, or a number is out of range.

    Notes
    -----
    S(t) = Π (1 - d/n) over the times of leaving up to t; those censored at a time are still at
    risk there. The interval is Greenwood's on the scale of log(-log S), which stays inside
    [0, 1]; where S is 1 or 0 it is that point. O(n log n).

    References
    ----------
    .. [1] E. L. Kaplan, P. Meier, "Nonparametric estimation from incomplete observations",
       Journal of the American Statistical Association 53(282), 1958.
    .. [2] J. D. Kalbfleisch, R. L. Prentice, "The Statistical Analysis of Failure Time Data",
       2nd ed., 2002, sec. 1.4.

    Examples
    --------
    >>> found = kaplan_meier([30, 60, 60, 200], [True, True, False, False])
    >>> found.times.tolist(), found.survival.tolist(), found.at_risk.tolist()
    ([30.0, 60.0, 200.0], [0.75, 0.5, 0.5], [4, 3, 1])
    """
    stayed = vector(durations, "durations")
    gone = flags(left, "left", size=stayed.size)
    if (stayed < 0).any() or not 0 < confidence < 1:
        raise ValueError("durations are not negative, the confidence is inside (0, 1)")
    times, place, count = np.unique(stayed, return_inverse=True, return_counts=True)
    events = np.bincount(place[gone], minlength=times.size).astype(np.int64)
    at_risk = (stayed.size - np.concatenate([[0], np.cumsum(count)[:-1]]))[: times.size]
    survival = np.cumprod(1.0 - events / at_risk)
    spread = np.full(times.size, np.nan)  # d / (n (n - d)), endless where all left
    np.divide(events, at_risk * (at_risk - events), out=spread, where=at_risk > events)
    greenwood = np.cumsum(spread)
    deviation = np.where(survival > 0, survival * np.sqrt(np.nan_to_num(greenwood)), 0.0)
    low, high = _interval(survival, np.nan_to_num(greenwood), confidence)
    return SurvivalCurve(times, at_risk.astype(np.int64), events, survival, deviation, low, high)


def survival_at(curve: SurvivalCurve, times: ArrayLike = CHECK_DAYS) -> SurvivalAt:
    """Return the survival at the times asked.

    Parameters
    ----------
    curve : SurvivalCurve
    times : array_like, shape (m,), default (60, 180)
        In the unit of the curve.

    Returns
    -------
    SurvivalAt
        NaN where nobody has been watched so long, unless nobody is left anyway.

    Raises
    ------
    ValueError
        If `times` is not one-dimensional or holds NaN or infinity.

    Examples
    --------
    >>> curve = kaplan_meier([30, 60, 60, 200], [True, True, False, False])
    >>> survival_at(curve, [0, 60, 180, 365]).survival.tolist()
    [1.0, 0.5, 0.5, nan]
    """
    asked = vector(times, "times")
    last = np.searchsorted(curve.times, asked + EPSILON, side="right")
    risk = np.append(curve.at_risk, 0)[np.searchsorted(curve.times, asked - EPSILON)]
    all_left = curve.survival.size > 0 and curve.survival[-1] <= 0
    unseen = (risk == 0) & (not all_left)

    def read(values: Floats) -> Floats:
        found = np.concatenate([[1.0], values])[last]
        return np.where(unseen, np.nan, found)

    return SurvivalAt(read(curve.survival), read(curve.low), read(curve.high), risk)


def survival_by_group(
    durations: ArrayLike,
    left: ArrayLike,
    groups: ArrayLike,
    *,
    at: Sequence[float] = CHECK_DAYS,
    confidence: float = CONFIDENCE,
) -> tuple[GroupSurvival, ...]:
    """Estimate the survival of each group apart: by source, by recruiter, by year.

    Parameters
    ----------
    durations, left : array_like, shape (n,)
        See `kaplan_meier`.
    groups : array_like of str, shape (n,)
    at : sequence of float, default (60, 180)
        Times to read the curve at.
    confidence : float, default 0.95

    Returns
    -------
    tuple of GroupSurvival
        By the name of the group.

    Raises
    ------
    ValueError
        If the lengths differ, or a number is out of range.

    Examples
    --------
    >>> found = survival_by_group([30, 200, 90, 200], [1, 0, 0, 0], ["site", "site", "own", "own"])
    >>> [(one.group, one.n, one.left, one.at.survival.tolist()) for one in found]
    [('own', 2, 0, [1.0, 1.0]), ('site', 2, 1, [0.5, 0.5])]
    """
    stayed = vector(durations, "durations")
    gone = flags(left, "left", size=stayed.size)
    names = np.asarray(groups, dtype=np.str_)
    if names.shape != stayed.shape:
        raise ValueError(f"groups must have {stayed.size} values, got shape {names.shape}")
    found = []
    for name in np.unique(names):
        own = names == name
        curve = kaplan_meier(stayed[own], gone[own], confidence)
        known = survival_at(curve, at)
        found.append(GroupSurvival(str(name), int(own.sum()), int(gone[own].sum()), curve, known))
    return tuple(found)


def _interval(survival: Floats, greenwood: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Return the ends on the scale of log(-log S), at S = 1 and S = 0 the point itself."""
    z = NormalDist().inv_cdf(0.5 + confidence / 2.0)
    inside = (survival > 0) & (survival < 1)
    safe = np.where(inside, survival, 1.0 / math.e)
    log = np.log(safe)
    reach = z * np.sqrt(greenwood) / -log
    low, high = (np.exp(log * np.exp(sign * reach)) for sign in (1.0, -1.0))
    return np.where(inside, low, survival), np.where(inside, high, survival)
