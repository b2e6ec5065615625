"""NumPy: candidates in order: six parts by weight, less cautions; who is held or incomplete."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import Flags, Floats, Whole, flags, matrix, ratio, vector
from kamerton.calc.company_key import places

#: What a rank is made of, in the order of its columns.
RANK_PARTS = ("overlap", "tier", "region", "competencies", "test", "form")
#: T1: successful companies of our industry, T2: adjacent niches, T3: who answered the vacancy.
TIER_POINTS: Mapping[str, float] = MappingProxyType({"T1": 100.0, "T2": 60.0, "T3": 30.0})
LEAST_MARK, BEST_MARK = 1.0, 5.0


@dataclass(frozen=True)
class RankWeights:
    """What each part weighs.

    Raises
    ------
    ValueError
        If one is negative or they are not 1 together.
    """

    overlap: float = 0.25
    tier: float = 0.15
    region: float = 0.05
    competencies: float = 0.30
    test: float = 0.20
    form: float = 0.05

    def __post_init__(self) -> None:
        given = self.as_array()
        if not ((given >= 0).all() and abs(given.sum() - 1.0) <= 1e-9):
            raise ValueError(f"weights of 1 together are wanted, got {given.tolist()}")

    def as_array(self) -> Floats:
        """Return the weights in the order of `RANK_PARTS`.

        Examples
        --------
        >>> RankWeights().as_array().tolist()
        [0.25, 0.15, 0.05, 0.3, 0.2, 0.05]
        """
        return np.array(
            [self.overlap, self.tier, self.region, self.competencies, self.test, self.form]
        )


STANDARD = RankWeights()
POTENTIAL = RankWeights(0.05, 0.05, 0.05, 0.45, 0.30, 0.10)
#: The second is for a young firm: qualities and learnability before a base of clients.
PROFILES: Mapping[str, RankWeights] = MappingProxyType(
    {"standard": STANDARD, "potential": POTENTIAL}
)


@dataclass(frozen=True)
class CautionRule:
    """Points off for each caution, and at most."""

    each: float = 5.0
    most: float = 15.0


DEFAULT_CAUTIONS = CautionRule()


@dataclass(frozen=True)
class Ranking:
    """Candidates of one vacancy; arrays over them.

    Attributes
    ----------
    score : ndarray
        0 to 100; NaN if nothing is known.
    parts : ndarray, shape (n_candidates, 6)
        What each part brings to the score, in the order of `RANK_PARTS`; NaN where not known.
    penalty : ndarray
        Points taken off for cautions.
    complete : ndarray of bool
        Every part that weighs anything is known. No offer without.
    hold : ndarray of bool
        A claim is refuted: no place until somebody decides.
    may_be_offered : ndarray of bool
        Complete and not held.
    place : ndarray of int
        1 for the best; 0 for those held or unknown. Of equals the one given first leads.
    """

    score: Floats
    parts: Floats
    penalty: Floats
    complete: Flags
    hold: Flags
    may_be_offered: Flags
    place: Whole


def rank_candidates(
    parts: ArrayLike,
    cautions: ArrayLike = 0,
    refuted: ArrayLike = False,
    weights: RankWeights = STANDARD,
    rule: CautionRule = DEFAULT_CAUTIONS,
) -> Ranking:
    """Put candidates in order.

    Parameters
    ----------
    parts : array_like, shape (n_candidates, 6)
        0 to 100 each, in the order of `RANK_PARTS`; NaN where not known yet.
    cautions : array_like, shape (n_candidates,), default 0
        How many: the five-years answer "owner", a money-only motive, an open claim…
    refuted : array_like of bool, shape (n_candidates,), default False
        A claim of the CV proved wrong.
    weights : RankWeights
    rule : CautionRule

    Returns
    -------
    Ranking
        Where parts are missing the others are weighed up to 1, and no offer may be made.

    Raises
    ------
    ValueError
        If the shapes differ or a number is out of range.

    Notes
    -----
    See docs/algorithms/hiring.md.

    Examples
    --------
    >>> found = rank_candidates([[80, 60, 100, 70, 75, 90], [80, 60, 100, 70, float("nan"), 90]])
    >>> found.score.round(3).tolist(), found.may_be_offered.tolist(), found.place.tolist()
    ([74.5, 74.375], [True, False], [1, 2])
    >>> rank_candidates([80, 60, 100, 70, 75, 90], cautions=4).score.tolist()
    [59.5]
    """
    table = matrix(parts, "parts", columns=len(RANK_PARTS), missing=True)
    count = vector(cautions, "cautions", size=table.shape[0])
    if ((table < 0) | (table > 100)).any() or (count < 0).any():
        raise ValueError("a part is 0 to 100, cautions are not negative")
    each = weights.as_array()
    known = ~np.isnan(table)
    weighed = (known * each).sum(axis=1)
    brought = table * ratio(np.broadcast_to(each, table.shape), weighed[:, np.newaxis])
    penalty = np.minimum(count * rule.each, rule.most)
    score = np.maximum(np.nansum(brought, axis=1) - penalty, 0.0)
    score = np.where(weighed > 0, score, np.nan)
    complete = np.asarray((known | (each == 0)).all(axis=1), dtype=np.bool_)
    hold = flags(refuted, "refuted", size=score.size)
    place = places(score, ~hold & ~np.isnan(score))
    return Ranking(score, brought, penalty, complete, hold, complete & ~hold, place)


def tier_points(tiers: ArrayLike) -> Floats:
    """Return the points of each candidate's tier; NaN where it is not set.

    Parameters
    ----------
    tiers : array_like of str, shape (n_candidates,)

    Examples
    --------
    >>> tier_points(["T1", "T2", "T3", ""]).tolist()
    [100.0, 60.0, 30.0, nan]
    """
    given = np.asarray(tiers, dtype=np.str_)
    return np.array([TIER_POINTS.get(str(tier), np.nan) for tier in given], dtype=np.float64)


def competency_points(marks: ArrayLike, weights: ArrayLike = 1.0) -> Floats:
    """Return scorecard marks of 1 to 5 as points: 1 (absent) 0, 3 (the norm) 50, 5 (a model) 100.

    Parameters
    ----------
    marks : array_like, shape (n_candidates, n_competencies)
        Means over the assessors; NaN where nobody marked.
    weights : array_like, shape (n_competencies,), default all alike

    Returns
    -------
    ndarray of float64, shape (n_candidates,)
        The weighted mean of those marked; NaN without any.

    Raises
    ------
    ValueError
        If the shapes differ or a mark is out of range.

    Examples
    --------
    >>> competency_points([[3, 5], [4, float("nan")], [float("nan")] * 2]).tolist()
    [75.0, 75.0, nan]
    """
    table = matrix(marks, "marks", missing=True)
    each = vector(weights, "weights", size=table.shape[1])
    if ((table < LEAST_MARK) | (table > BEST_MARK)).any() or (each < 0).any():
        raise ValueError("a mark is 1 to 5, a weight is not negative")
    points = 100.0 * (table - LEAST_MARK) / (BEST_MARK - LEAST_MARK)
    weighed = (~np.isnan(table) * each).sum(axis=1)
    return ratio(np.nansum(points * each, axis=1), weighed)
