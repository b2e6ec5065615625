"""NumPy: how regularly clients buy: coefficient of variation and XYZ, with or without season."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import EPSILON, Floats, Words, flags, matrix, ratio, vector

YEAR = 12


@dataclass(frozen=True)
class XyzLimits:
    """The largest coefficient of variation of X and Y, and the months of history needed."""

    x: float = 0.25
    y: float = 0.50
    least_months: int = 6


DEFAULT_LIMITS = XyzLimits()
CLASSIC_LIMITS = XyzLimits(x=0.10, y=0.25)


@dataclass(frozen=True)
class Regularity:
    """The coefficient of variation (NaN = no data) and the class ("" = none) of each client."""

    variation: Floats
    classes: Words


def coefficient_of_variation(shipments: ArrayLike, *, history: ArrayLike | None = None) -> Floats:
    """Return the population standard deviation over the mean of each client's months.

    Parameters
    ----------
    shipments : array_like, shape (n_clients, n_months) or (n_months,)
        Monthly shipments in any one unit, the oldest month first.
    history : array_like of int, shape (n_clients,), optional
        Months since the first purchase, the present one included; only that many last months
        count (`definitions.XYZ_SINCE_FIRST_PURCHASE`). All if not given.

    Returns
    -------
    ndarray of float64, shape (n_clients,)
        NaN where the mean is not positive.

    Raises
    ------
    ValueError
        If a shape does not fit or a number is NaN or infinite.

    Notes
    -----
    O(n_clients x n_months). See docs/algorithms/regularity.md.

    Examples
    --------
    >>> even = [100, 110, 95, 105, 100, 98, 102, 97, 103, 101, 99, 100]
    >>> coefficient_of_variation(even).round(4).tolist()
    [0.0373]
    """
    table = matrix(shipments, "shipments")
    n_clients, n_months = table.shape
    held = _months_held(history, n_clients, n_months)
    counted = np.arange(n_months) >= n_months - held[:, np.newaxis]
    mean = ratio((table * counted).sum(axis=1), held)
    centred = np.where(counted, table - np.nan_to_num(mean)[:, np.newaxis], 0.0)
    deviation = np.sqrt(ratio(np.square(centred).sum(axis=1), held))
    return ratio(deviation, mean)


def seasonal_indices(shipments: ArrayLike) -> Floats:
    """Return how much larger each calendar month is than the average month.

    Parameters
    ----------
    shipments : array_like, shape (n_clients, 12·k) or (12·k,)
        Whole years of months, the oldest first. One row of the company's totals gives the
        season of the trade; a row a client gives everyone his own.

    Returns
    -------
    ndarray of float64, shape (n_clients, 12)
        Place 0 is the calendar month of the first column; the mean of a row is 1. NaN where a
        client's total is not positive.

    Raises
    ------
    ValueError
        If there are no whole years, or a number is NaN or infinite.

    Examples
    --------
    >>> seasonal_indices([30, *[10] * 11] * 2).round(2).tolist()[0][:2]
    [2.57, 0.86]
    """
    table = matrix(shipments, "shipments")
    if table.shape[1] == 0 or table.shape[1] % YEAR:
        raise ValueError(f"whole years of months are needed, got {table.shape[1]} months")
    by_month = table.reshape(table.shape[0], -1, YEAR).mean(axis=1)
    return ratio(by_month, by_month.mean(axis=1, keepdims=True))


def seasonally_adjusted(shipments: ArrayLike, indices: ArrayLike) -> Floats:
    """Divide each month by its seasonal index.

    Parameters
    ----------
    shipments : array_like, shape (n_clients, 12·k)
        Whole years of months, the oldest first.
    indices : array_like, shape (n_clients, 12) or (12,)
        As `seasonal_indices` gives them; one row serves all clients.

    Returns
    -------
    ndarray of float64, shape (n_clients, 12·k)
        A month whose index is 0 (never bought in) becomes the client's mean: as expected.

    Raises
    ------
    ValueError
        If a shape does not fit.

    Examples
    --------
    >>> year = [20, 10, *[10] * 10]
    >>> seasonally_adjusted(year * 2, seasonal_indices(year * 2)).round(2)[0, :3].tolist()
    [10.83, 10.83, 10.83]
    """
    table = matrix(shipments, "shipments")
    index = matrix(indices, "indices", columns=YEAR, missing=True)
    repeated = np.tile(index, (1, table.shape[1] // YEAR))
    index = np.broadcast_to(repeated, table.shape)
    mean = np.broadcast_to(table.mean(axis=1, keepdims=True), table.shape)
    return np.where(index > 0, ratio(table, index), mean)


def xyz_classes(
    shipments: ArrayLike,
    *,
    history: ArrayLike | None = None,
    seasonal: ArrayLike = False,
    indices: ArrayLike | None = None,
    limits: XyzLimits = DEFAULT_LIMITS,
) -> Regularity:
    """Return XYZ: X buys evenly, Y with swings, Z unpredictably.

    Parameters
    ----------
    shipments : array_like, shape (n_clients, 12), (n_clients, 24) or one row
        Monthly shipments, the oldest month first; 24 months if any client is seasonal.
    history : array_like of int, shape (n_clients,), optional
        Months since the first purchase; all months of the table if not given.
    seasonal : array_like of bool, shape (n_clients,), default False
        Clients whose season is taken out over 24 months before measuring; those with a shorter
        history are measured over the last 12 as they are.
    indices : array_like, shape (12,) or (n_clients, 12), optional
        Season to take out; by default each client's own (`definitions.XYZ_OWN_SEASON`), which
        two years know only roughly: the season of the trade is the surer choice.
    limits : XyzLimits
        X up to .25 and Y up to .50 by default; `CLASSIC_LIMITS` has .10 and .25.

    Returns
    -------
    Regularity
        No class ("") and NaN with less than `limits.least_months` of history, and NaN where
        nothing was bought.

    Raises
    ------
    ValueError
        If a shape does not fit, or someone is seasonal and there are not 24 months.

    Notes
    -----
    See docs/algorithms/regularity.md.

    Examples
    --------
    >>> even = [100, 110, 95, 105, 100, 98, 102, 97, 103, 101, 99, 100]
    >>> wild = [100, 0, 150, 80, 200, 60, 120, 90, 40, 160, 110, 90]
    >>> found = xyz_classes([even, wild])
    >>> found.classes.tolist(), found.variation.round(4).tolist()
    (['X', 'Z'], [0.0373, 0.5196])
    """
    table = matrix(shipments, "shipments")
    n_clients, n_months = table.shape
    held = _months_held(history, n_clients, n_months)
    variation = coefficient_of_variation(table[:, -YEAR:], history=np.minimum(held, YEAR))
    adjust = flags(seasonal, "seasonal", size=n_clients)
    if adjust.any():
        if n_months != 2 * YEAR:
            raise ValueError(f"24 months are needed to take a season out, got {n_months}")
        adjust = adjust & (held >= 2 * YEAR)
        found = seasonal_indices(table) if indices is None else indices
        smooth = coefficient_of_variation(seasonally_adjusted(table, found))
        variation = np.where(adjust, smooth, variation)
    variation = np.where(held >= limits.least_months, variation, np.nan)
    return Regularity(variation, _classes(variation, limits))


def _months_held(history: ArrayLike | None, n_clients: int, n_months: int) -> Floats:
    if history is None:
        return np.full(n_clients, float(n_months))
    return np.clip(vector(history, "history", size=n_clients), 0, n_months)


def _classes(variation: Floats, limits: XyzLimits) -> Words:
    named = np.where(
        variation <= limits.x + EPSILON, "X", np.where(variation <= limits.y + EPSILON, "Y", "Z")
    )
    return np.where(np.isnan(variation), "", named)
