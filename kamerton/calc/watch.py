"""NumPy: lists to flag: flow clients growing into key ones, even effort, habits, readiness."""

import enum
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import EPSILON, Flags, Whole, at_least, flags, matrix, vector
from kamerton.calc.concentration import gini, top_share
from kamerton.calc.retention import growth


@dataclass(frozen=True)
class WatchRule:
    """Growth a year and the part of the smallest key client that put a flow client on the list."""

    growth: float = 0.50
    part_of_smallest_key: float = 0.50


@dataclass(frozen=True)
class NormBand:
    """How many clients a person should hold, both ends allowed."""

    least: int
    most: int


class Fit(enum.StrEnum):
    """Where a number of clients lies against its norm."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


KAM_BAND = NormBand(5, 30)
FLOW_BAND = NormBand(20, 100)
EVEN_GINI = 0.20
HABIT_MONTHS = 3
POTENTIAL_WALLET_SHARE = 0.02
DEFAULT_WATCH = WatchRule()


@dataclass(frozen=True)
class EffortEvenness:
    """Gini of the hours over clients (NaN = no hours), and whether they are spread too evenly."""

    gini: float
    even: bool


class Advice(enum.StrEnum):
    """Whether it is time to part the KAMs' work from the rest."""

    NOT_YET = "not_yet"
    PREPARE = "prepare"
    NOW = "now"


@dataclass(frozen=True)
class ReadinessLimits:
    """The three signs that a separate KAM function is due."""

    key_clients: int = 5
    top_share: float = 0.60
    managers_over: int = 1


DEFAULT_READINESS = ReadinessLimits()


@dataclass(frozen=True)
class Readiness:
    """The numbers behind "time for KAMs?", which of the three signs are there, the advice."""

    key_clients: int
    top_share: float
    managers_over: int
    enough_key_clients: bool
    top_heavy: bool
    overloaded: bool
    advice: Advice


def fast_growing(now: ArrayLike, before: ArrayLike, rule: WatchRule = DEFAULT_WATCH) -> Flags:
    """Mark the clients or managers who grew by at least `rule.growth` in a year.

    Parameters
    ----------
    now, before : array_like, shape (n,)
        Trailing 12 months and the 12 before.
    rule : WatchRule

    Returns
    -------
    ndarray of bool, shape (n,)
        False where there was nothing before: newcomers are no growth.

    Raises
    ------
    ValueError
        If the lengths differ, or a number is NaN or infinite.

    Examples
    --------
    >>> fast_growing([150, 149, 80], [100, 100, 0]).tolist()
    [True, False, False]
    """
    return at_least(growth(now, before), rule.growth)


def flow_to_key(
    now: ArrayLike,
    before: ArrayLike,
    key: ArrayLike,
    *,
    flagged: ArrayLike = False,
    rule: WatchRule = DEFAULT_WATCH,
) -> Flags:
    """Mark the flow clients who may become key ones.

    Parameters
    ----------
    now, before : array_like, shape (n_clients,)
        Base over the trailing 12 months and the 12 before.
    key : array_like of bool, shape (n_clients,)
        Key clients; they are never listed themselves.
    flagged : array_like of bool, shape (n_clients,), default False
        Clients with a status or budget flag: listed whatever they buy.
    rule : WatchRule

    Returns
    -------
    ndarray of bool, shape (n_clients,)
        Growth and at least half of the smallest key client (growth alone if there is no key
        client yet), or flagged.

    Raises
    ------
    ValueError
        If the lengths differ, or a number is NaN or infinite.

    Notes
    -----
    See docs/algorithms/watch.md; `definitions.WATCH_HALF_OF_SMALLEST_KEY`.

    Examples
    --------
    >>> flow_to_key([400, 300, 190, 10], [390, 150, 100, 10], [True, False, False, False],
    ...             flagged=[False, False, False, True]).tolist()
    [False, True, False, True]
    """
    year = vector(now, "now")
    is_key = flags(key, "key", size=year.size)
    smallest = float(year[is_key].min()) if is_key.any() else -math.inf
    large = at_least(year, rule.part_of_smallest_key * smallest)
    marked = flags(flagged, "flagged", size=year.size)
    return ~is_key & (fast_growing(year, before, rule) & large | marked)


def potential_key(
    status: ArrayLike,
    wallet: ArrayLike,
    company_revenue: float,
    key: ArrayLike,
    *,
    wallet_share: float = POTENTIAL_WALLET_SHARE,
) -> Flags:
    """Mark those without weight yet but with a name or a large budget.

    Parameters
    ----------
    status : array_like of bool, shape (n_clients,)
        The STATUS criterion is met.
    wallet : array_like, shape (n_clients,)
        What the client spends a year on what we sell; NaN where not known.
    company_revenue : float
        Of 12 months, in the same unit; without any only the name counts.
    key : array_like of bool, shape (n_clients,)
        Key already: never listed.
    wallet_share : float, default 0.02
        A budget is large from this part of the company's revenue.

    Returns
    -------
    ndarray of bool, shape (n_clients,)

    Raises
    ------
    ValueError
        If the lengths differ or a number is infinite.

    Examples
    --------
    >>> potential_key([True, False, False], [0, 20, 19], 1000, False).tolist()
    [True, True, False]
    """
    budget = vector(wallet, "wallet", missing=True)
    large = at_least(budget, wallet_share * company_revenue) & (company_revenue > 0)
    named = flags(status, "status", size=budget.size)
    return (named | large) & ~flags(key, "key", size=budget.size)


def effort_evenness(hours: ArrayLike, limit: float = EVEN_GINI) -> EffortEvenness:
    """Tell whether a manager treats all his clients alike.

    Parameters
    ----------
    hours : array_like, shape (n_clients,)
        Hours spent on each client, zeros included.
    limit : float, default 0.20
        Below this Gini the effort is even.

    Raises
    ------
    ValueError
        If `hours` is not one-dimensional or holds NaN or infinity.

    Examples
    --------
    >>> effort_evenness([5, 5, 5, 6]).even, effort_evenness([20, 1, 1, 0]).even
    (True, False)
    """
    index = gini(hours)
    return EffortEvenness(index, index < limit - EPSILON)


def months_at_minimum(actual: ArrayLike, minimum: ArrayLike, target: ArrayLike) -> Whole:
    """Count the last months in a row with a result in [minimum, target).

    Parameters
    ----------
    actual, minimum, target : array_like, shape (n_managers, n_months)
        Result, least allowed and plan, the oldest month first; scalars are spread.

    Returns
    -------
    ndarray of int64, shape (n_managers,)
        Months up to the last one; `HABIT_MONTHS` of them make a habit.

    Raises
    ------
    ValueError
        If the shapes cannot be matched or a number is infinite.

    Examples
    --------
    >>> months_at_minimum([[120, 81, 85, 90], [81, 85, 90, 100]], 80, 100).tolist()
    [3, 0]
    """
    done = matrix(actual, "actual", missing=True)
    least = np.broadcast_to(np.asarray(minimum, dtype=np.float64), done.shape)
    plan = np.broadcast_to(np.asarray(target, dtype=np.float64), done.shape)
    minimal = at_least(done, least) & (done < plan - EPSILON)
    unbroken = np.cumprod(minimal[:, ::-1], axis=1, dtype=np.int64)
    return np.asarray(unbroken.sum(axis=1), dtype=np.int64)


def habitual_minimum(
    actual: ArrayLike, minimum: ArrayLike, target: ArrayLike, *, months: int = HABIT_MONTHS
) -> Flags:
    """Mark the managers who have settled at the minimum: `months` in a row up to the last.

    Parameters
    ----------
    actual, minimum, target : array_like, shape (n_managers, n_months)
        See `months_at_minimum`.
    months : int, default 3

    Raises
    ------
    ValueError
        If the shapes cannot be matched or a number is infinite.

    Examples
    --------
    >>> habitual_minimum([[120, 81, 85, 90], [81, 85, 90, 100]], 80, 100).tolist()
    [True, False]
    """
    return months_at_minimum(actual, minimum, target) >= months


def norm_fit(clients: int, band: NormBand) -> Fit:
    """Place a number of clients against its norm.

    Examples
    --------
    >>> norm_fit(31, KAM_BAND).value, norm_fit(100, FLOW_BAND).value
    ('above', 'within')
    """
    if clients < band.least:
        return Fit.BELOW
    return Fit.ABOVE if clients > band.most else Fit.WITHIN


def time_for_kams(
    values: ArrayLike,
    key_clients: int,
    utilisation: ArrayLike,
    limits: ReadinessLimits = DEFAULT_READINESS,
) -> Readiness:
    """Look for the three signs that a separate KAM function is due.

    Parameters
    ----------
    values : array_like, shape (n_clients,)
        Base of each client over 12 months.
    key_clients : int
        Clients that are key for the company.
    utilisation : array_like, shape (n_managers,)
        Hours needed over hours there are (see `dependence.workload`); NaN where not known.
    limits : ReadinessLimits

    Returns
    -------
    Readiness
        All three signs: now; two: prepare; fewer: not yet.

    Raises
    ------
    ValueError
        If an array is not one-dimensional or holds infinity.

    Examples
    --------
    >>> base = [4200, 2100, 1300, 900, 500, 300, 250, 200, 150, 100]
    >>> found = time_for_kams(base, key_clients=4, utilisation=[1.1, 0.9])
    >>> found.top_share, found.managers_over, found.advice.value
    (0.63, 1, 'prepare')
    """
    top = top_share(values)
    over = int((vector(utilisation, "utilisation", missing=True) > 1 + EPSILON).sum())
    signs = (
        key_clients >= limits.key_clients,
        top >= limits.top_share - EPSILON,
        over >= limits.managers_over,
    )
    advice = [Advice.NOT_YET, Advice.NOT_YET, Advice.PREPARE, Advice.NOW][sum(signs)]
    return Readiness(key_clients, top, over, *signs, advice)
