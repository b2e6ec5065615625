"""NumPy: where a plan leads year by year, how far it is kept, what it costs and is worth."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import EPSILON, Flags, Floats, Words, at_least, flags, ratio, vector

LONGEST = 5  # years


@dataclass(frozen=True)
class PlanWeights:
    """What the parts of the planned work weigh; 100 together.

    Raises
    ------
    ValueError
        If a weight is negative or they are not 100 together.
    """

    approved: float = 40.0
    on_time: float = 30.0
    kept: float = 30.0

    def __post_init__(self) -> None:
        given = (self.approved, self.on_time, self.kept)
        if min(given) < 0 or abs(sum(given) - 100) > EPSILON:
            raise ValueError(f"three weights of 100 together are wanted, got {given}")


DEFAULT_PLAN = PlanWeights()


@dataclass(frozen=True)
class Reconciled:
    """Period plans against the trajectory: the ratio (NaN: no trajectory), and whether it fits."""

    share: Floats
    fits: Flags


def trajectory(
    baseline: float,
    target: float,
    years: int,
    mode: Literal["linear", "growth"] = "linear",
) -> Floats:
    """Return the value at the end of each year on the way from `baseline` to `target`.

    Parameters
    ----------
    baseline : float
        The year before the plan, not negative; in any unit.
    target : float
        The last year of the plan, not negative, same unit.
    years : int
        1 to 5.
    mode : {"linear", "growth"}
        Equal steps, B + (T - B) y / H, or an equal rate of growth, B (T / B)^(y / H).

    Returns
    -------
    ndarray of float64, shape (years,)
        The last one is `target` exactly. With "growth" and a baseline of 0 there is no rate: NaN
        but for the last year.

    Raises
    ------
    ValueError
        If the years are out of range, a value is negative or not finite, the mode is unknown.

    Notes
    -----
    See docs/algorithms/plan.md.

    Examples
    --------
    >>> trajectory(6, 15, 3).tolist()
    [9.0, 12.0, 15.0]
    >>> trajectory(6, 15, 3, "growth").round(3).tolist()
    [8.143, 11.052, 15.0]
    """
    if not 1 <= years <= LONGEST:
        raise ValueError(f"a plan has 1 to {LONGEST} years, got {years}")
    if not (np.isfinite(baseline) and np.isfinite(target) and baseline >= 0 and target >= 0):
        raise ValueError("baseline and target are finite and not negative")
    part = np.arange(1, years + 1, dtype=np.float64) / years
    if mode == "linear":
        found = baseline + (target - baseline) * part
    elif mode == "growth":
        rate = target / baseline if baseline > 0 else np.nan
        found = baseline * np.power(rate, part)
    else:
        raise ValueError(f"the mode is linear or growth, got {mode!r}")
    found[-1] = target
    return np.asarray(found, dtype=np.float64)


def attainment(fact: ArrayLike, target: ArrayLike) -> Floats:
    """Return fact / target, NaN where there is no target or no fact.

    Parameters
    ----------
    fact, target : array_like, shape (n,)
        In the same unit; NaN is not known.

    Returns
    -------
    ndarray of float64, shape (n,)

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> attainment([7, 12, 5], [10, 10, 0]).tolist()
    [0.7, 1.2, nan]
    """
    done = vector(fact, "fact", missing=True)
    wanted = vector(target, "target", size=done.size, missing=True)
    return ratio(done, wanted)


def colours(attained: ArrayLike, *, amber: float = 0.7, green: float = 1.0) -> Words:
    """Return a colour for each attainment: bad, warn, ok; mute where it is not known.

    Parameters
    ----------
    attained : array_like, shape (n,)
        From `attainment`.
    amber, green : float
        The colour begins at this attainment, 0 <= amber <= green.

    Returns
    -------
    ndarray of str, shape (n,)

    Raises
    ------
    ValueError
        If the limits are out of order.

    Examples
    --------
    >>> colours([0.69, 0.7, 0.99, 1.0, float("nan")]).tolist()
    ['bad', 'warn', 'warn', 'ok', 'mute']
    """
    if not 0 <= amber <= green:
        raise ValueError(f"the limits are in order, got {amber} and {green}")
    values = vector(attained, "attained", missing=True)
    found = np.where(at_least(values, amber), "warn", "bad")
    found = np.where(at_least(values, green), "ok", found)
    return np.asarray(np.where(np.isnan(values), "mute", found), dtype=np.str_)


def reconciliation(
    planned: ArrayLike, expected: ArrayLike, *, tolerance: float = 0.05
) -> Reconciled:
    """Compare sums of period plans with the trajectory of the same time.

    Parameters
    ----------
    planned : array_like, shape (n,)
        The sum of month plans of each year.
    expected : array_like, shape (n,)
        The trajectory of the same months, same unit.
    tolerance : float, default 0.05
        The part by which plans may lie below; above there is no limit.

    Returns
    -------
    Reconciled
        Where there is no trajectory the share is NaN and nothing is amiss.

    Raises
    ------
    ValueError
        If the tolerance is out of [0, 1) or the shapes differ.

    Examples
    --------
    Two percent below fits, eight do not:

    >>> found = reconciliation([98.0, 92.0], [100.0, 100.0])
    >>> found.share.tolist(), found.fits.tolist()
    ([0.98, 0.92], [True, False])
    """
    if not 0 <= tolerance < 1:
        raise ValueError(f"the tolerance is in [0, 1), got {tolerance}")
    share = attainment(planned, expected)
    return Reconciled(share, np.asarray(np.isnan(share) | at_least(share, 1 - tolerance)))


def plan_score(
    approved: ArrayLike,
    on_time: ArrayLike,
    kept: ArrayLike,
    weights: PlanWeights = DEFAULT_PLAN,
) -> Floats:
    """Return the score of the planned work, 0 to 100 (3.14).

    Parameters
    ----------
    approved : array_like of bool, shape (n,)
        The plan is approved and its review is not overdue.
    on_time : array_like, shape (n,)
        Part of due actions done in time, 0 to 1; NaN while none is due: counts 0, since nothing
        has shown that the plan is worked on.
    kept : array_like, shape (n,)
        Sales to the trajectory of the same months; more than 1 counts as 1, NaN and less than
        nothing as 0.
    weights : PlanWeights
        40, 30, 30 unless the method says otherwise.

    Returns
    -------
    ndarray of float64, shape (n,)

    Raises
    ------
    ValueError
        If `on_time` is out of [0, 1] or the shapes differ.

    Examples
    --------
    >>> plan_score([True, True, False], [0.7, float("nan"), 1.0], [1.4, 0.0, 0.5]).round(6).tolist()
    [91.0, 40.0, 45.0]
    """
    done = vector(on_time, "on_time", missing=True)
    sold = vector(kept, "kept", size=done.size, missing=True)
    stands = flags(approved, "approved", size=done.size)
    if ((done < 0) | (done > 1)).any():
        raise ValueError("on_time must be between 0 and 1")
    reached = np.clip(np.nan_to_num(sold), 0.0, 1.0)
    points = weights.approved * stands + weights.on_time * np.nan_to_num(done)
    return np.asarray(points + weights.kept * reached, dtype=np.float64)


def budget_ratio(extra_profit: float, cost: float) -> float:
    """Return how many times the extra gross profit pays the budget; NaN without a budget.

    Parameters
    ----------
    extra_profit : float
        Expected over the whole horizon; may be negative.
    cost : float
        Of all actions over the horizon, not negative, same unit.

    Raises
    ------
    ValueError
        If the cost is negative.

    Examples
    --------
    >>> budget_ratio(4_200_000, 600_000)
    7.0
    """
    if cost < 0:
        raise ValueError(f"a cost is not negative, got {cost}")
    return extra_profit / cost if cost > 0 else float("nan")


def habitual_minimum(
    fact: ArrayLike, minimum: ArrayLike, target: ArrayLike, *, run: int = 3
) -> bool:
    """Tell whether the last `run` months all lie in [minimum, target): content with the least.

    Parameters
    ----------
    fact, minimum, target : array_like, shape (n_months,)
        Month by month in order of time; NaN (no plan, not closed) breaks the run.
    run : int, default 3
        How many months make a habit.

    Raises
    ------
    ValueError
        If the shapes differ or `run` is not positive.

    Examples
    --------
    >>> habitual_minimum([100, 90, 91, 95], [90, 90, 90, 90], [100, 100, 100, 100])
    True
    >>> habitual_minimum([91, 100, 95], [90, 90, 90], [100, 100, 100])
    False
    """
    if run < 1:
        raise ValueError(f"a habit needs a month at least, got {run}")
    sold = vector(fact, "fact", missing=True)
    low = vector(minimum, "minimum", size=sold.size, missing=True)
    wanted = vector(target, "target", size=sold.size, missing=True)
    lazy = (sold >= low) & (sold < wanted)
    return bool(sold.size >= run and lazy[-run:].all())
