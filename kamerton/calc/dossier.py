"""Plain: how full a dossier is, how fresh, and how far it can be relied on (3.12)."""

import math
from collections.abc import Sequence


def completeness(weights: Sequence[float], answered: Sequence[bool]) -> float:
    """Return the weighted part of the questions that have an answer.

    Parameters
    ----------
    weights : sequence of float
        What each question that applies weighs, 1 to 3; those that do not apply are left out.
    answered : sequence of bool
        Whether each has an answer, in the same order.

    Returns
    -------
    float
        Σ w·answered / Σ w, from 0 to 1; NaN if no question applies.

    Raises
    ------
    ValueError
        If the lengths differ, or a weight is not a positive number.

    Notes
    -----
    O(n). Section 3.12 of the method.

    Examples
    --------
    >>> round(completeness([3, 2, 1], [True, True, False]), 3)
    0.833
    """
    _check(weights, answered)
    return _weighted(weights, [1.0 if one else 0.0 for one in answered])


def freshness(age: float, life: float) -> float:
    """Return how far an answer still holds: 1 within its life, then down to 0 at twice of it.

    Parameters
    ----------
    age : float
        Time since the answer was true, in any unit; negative counts as zero.
    life : float
        How long such an answer lasts, in the same unit, above zero.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    ValueError
        If a time is not finite, or `life` is not above zero.

    Examples
    --------
    >>> freshness(3, 12), freshness(9, 6), freshness(12, 6)
    (1.0, 0.5, 0.0)
    """
    if not (math.isfinite(age) and math.isfinite(life) and life > 0):
        raise ValueError(f"age must be finite and life above zero, got {age} and {life}")
    return min(max(2.0 - age / life, 0.0), 1.0)


def quality(
    weights: Sequence[float], freshnesses: Sequence[float], confidences: Sequence[float]
) -> float:
    """Return how far a dossier can be relied on: fresh answers of good sources, by weight.

    Parameters
    ----------
    weights : sequence of float
        What each question that applies weighs.
    freshnesses, confidences : sequence of float
        Of the answer to each, from 0 to 1; 0 where there is none.

    Returns
    -------
    float
        Σ w·f·c / Σ w, from 0 to 1, never above the completeness; NaN if no question applies.

    Raises
    ------
    ValueError
        If the lengths differ, a weight is not positive, or a share is outside [0, 1].

    Notes
    -----
    O(n). Section 3.12 of the method.

    Examples
    --------
    A document of three months that lasts twelve, a word of nine months that lasts six, nothing:

    >>> found = [freshness(3, 12), freshness(9, 6), 0.0]
    >>> round(quality([3, 2, 1], found, [1.0, 0.8, 0.0]), 3)
    0.633
    """
    _check(weights, freshnesses, confidences)
    for share in (*freshnesses, *confidences):
        if not 0.0 <= share <= 1.0:
            raise ValueError(f"freshness and confidence must be in [0, 1], got {share}")
    return _weighted(weights, [f * c for f, c in zip(freshnesses, confidences, strict=True)])


def _check(weights: Sequence[float], *columns: Sequence[object]) -> None:
    if any(len(column) != len(weights) for column in columns):
        raise ValueError("weights and what they weigh must be of one length")
    if any(not (math.isfinite(weight) and weight > 0) for weight in weights):
        raise ValueError("weights must be positive numbers")


def _weighted(weights: Sequence[float], parts: Sequence[float]) -> float:
    whole = math.fsum(weights)
    if whole == 0:
        return math.nan
    total = math.fsum(weight * part for weight, part in zip(weights, parts, strict=True))
    return min(total / whole, 1.0)
