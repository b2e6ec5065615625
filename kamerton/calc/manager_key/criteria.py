"""NumPy: the four criteria that weigh for a manager, and the index they make."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import EPSILON, Floats, flags, matrix, vector, weighted

#: The columns of the manager's criteria; partner and complex weigh nothing at this level.
MANAGER_CRITERIA = ("large", "loyal", "promising", "status")


@dataclass(frozen=True)
class ManagerWeights:
    """Weights of the four criteria in MKI (1 together), and what they are measured by."""

    large: float = 0.35
    loyal: float = 0.20
    promising: float = 0.35
    status: float = 0.10
    passing: float = 60.0
    full_share: float = 0.10
    full_gap: float = 0.10
    safe_share_of_wallet: float = 0.90

    def as_array(self) -> Floats:
        """Return the weights in the order of `MANAGER_CRITERIA`.

        Examples
        --------
        >>> ManagerWeights().as_array().tolist()
        [0.35, 0.2, 0.35, 0.1]
        """
        return np.array([self.large, self.loyal, self.promising, self.status])


DEFAULT_WEIGHTS = ManagerWeights()


def large_for_manager(own_share: ArrayLike, weights: ManagerWeights = DEFAULT_WEIGHTS) -> Floats:
    """Return LARGE_M: the client's share in the manager's own gross profit, full at 10 %.

    Parameters
    ----------
    own_share : array_like, shape (n_clients,)
        Of 1; NaN where the manager has no gross profit.
    weights : ManagerWeights

    Returns
    -------
    ndarray of float64, shape (n_clients,)
        0 to 100.

    Raises
    ------
    ValueError
        If `own_share` is not one-dimensional or holds infinity.

    Examples
    --------
    >>> large_for_manager([0.06, 0.25, -0.01]).round(6).tolist()
    [60.0, 100.0, 0.0]
    """
    share = vector(own_share, "own_share", missing=True)
    return np.clip(100.0 * share / weights.full_share, 0.0, 100.0)


def loyal_for_manager(
    loyalty: ArrayLike,
    share_of_wallet: ArrayLike,
    competitor_offer: ArrayLike = False,
    decider_changed: ArrayLike = False,
    weights: ManagerWeights = DEFAULT_WEIGHTS,
) -> Floats:
    """Return LOYAL_M: the loyalty index where loyalty is at stake, else 0.

    Parameters
    ----------
    loyalty : array_like, shape (n_clients,)
        LI, see `company_key.loyalty_index`; NaN where not known.
    share_of_wallet : array_like, shape (n_clients,)
        Of 1; below 90 % there is something to lose or to win. NaN puts nothing at stake.
    competitor_offer : array_like of bool, shape (n_clients,), default False
        A competitor made an offer in the last 180 days.
    decider_changed : array_like of bool, shape (n_clients,), default False
    weights : ManagerWeights

    Returns
    -------
    ndarray of float64, shape (n_clients,)
        0 to 100.

    Raises
    ------
    ValueError
        If the lengths differ or a number is infinite.

    Examples
    --------
    >>> loyal_for_manager([80, 80, 80], [0.95, 0.95, 0.6], [False, True, False]).tolist()
    [0.0, 80.0, 80.0]
    """
    index = vector(loyalty, "loyalty", missing=True)
    wallet = vector(share_of_wallet, "share_of_wallet", size=index.size, missing=True)
    at_stake = (
        (wallet < weights.safe_share_of_wallet - EPSILON)
        | flags(competitor_offer, "competitor_offer", size=index.size)
        | flags(decider_changed, "decider_changed", size=index.size)
    )
    return np.where(at_stake, np.clip(index, 0.0, 100.0), 0.0)


def promising_for_manager(
    gap: ArrayLike, year_plan: float, weights: ManagerWeights = DEFAULT_WEIGHTS
) -> Floats:
    """Return PROM_M: what can be won in 12 months, full at 10 % of the manager's year plan.

    Parameters
    ----------
    gap : array_like, shape (n_clients,)
        Attainable gap (see `wallet.attainable_gap`), in the unit of the plan; NaN if not known.
    year_plan : float
        The manager's sales plan for a year.
    weights : ManagerWeights

    Returns
    -------
    ndarray of float64, shape (n_clients,)
        0 to 100; NaN where the gap is not known or there is no plan.

    Raises
    ------
    ValueError
        If `gap` is not one-dimensional or holds infinity.

    Examples
    --------
    >>> promising_for_manager([5.0, 1.0], 40.0).tolist()
    [100.0, 25.0]
    """
    attainable = vector(gap, "gap", missing=True)
    if not year_plan > 0:
        return np.full(attainable.shape, np.nan)
    return np.clip(100.0 * attainable / (weights.full_gap * year_plan), 0.0, 100.0)


def status_for_manager(status: ArrayLike, action_planned: ArrayLike) -> Floats:
    """Return STATUS_M: the status score where a dated action will make use of it, else 0.

    Parameters
    ----------
    status : array_like, shape (n_clients,)
        Score of the STATUS criterion, 0 to 100; NaN where not known.
    action_planned : array_like of bool, shape (n_clients,)
        A public case or a referral is planned with a date.

    Returns
    -------
    ndarray of float64, shape (n_clients,)

    Raises
    ------
    ValueError
        If the lengths differ or a number is infinite.

    Examples
    --------
    >>> status_for_manager([80, 80], [True, False]).tolist()
    [80.0, 0.0]
    """
    score = vector(status, "status", missing=True)
    planned = flags(action_planned, "action_planned", size=score.size)
    return np.where(planned, np.clip(score, 0.0, 100.0), 0.0)


def manager_key_index(
    influences: ArrayLike, scores: ArrayLike, weights: ManagerWeights = DEFAULT_WEIGHTS
) -> Floats:
    """Return MKI = I/100 · (.35 LARGE_M + .20 LOYAL_M + .35 PROM_M + .10 STATUS_M).

    Parameters
    ----------
    influences : array_like, shape (n_clients,)
        I, 0 to 100.
    scores : array_like, shape (n_clients, 4)
        In the order of `MANAGER_CRITERIA`; NaN (no data) counts as 0.
    weights : ManagerWeights

    Returns
    -------
    ndarray of float64, shape (n_clients,)
        0 to 100.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> manager_key_index([70], [[60, 55, 100, 0]]).round(6).tolist()
    [46.9]
    """
    given = vector(influences, "influences")
    table = matrix(scores, "scores", rows=given.size, columns=4, missing=True)
    return given / 100.0 * weighted(np.nan_to_num(table), weights.as_array())
