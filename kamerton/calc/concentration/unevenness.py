"""NumPy: one figure for how unevenly money is spread, its bands, and the flags of dependence."""

import enum
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import EPSILON, Flags, flags, vector
from kamerton.calc.concentration.pareto import top_n_share


class Band(enum.StrEnum):
    """How concentrated sales are, by the Herfindahl-Hirschman index."""

    NO_DATA = "no_data"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


@dataclass(frozen=True)
class ConcentrationLimits:
    """Where concentration becomes a warning; shares of 1, HHI of 10 000."""

    hhi_moderate: float = 1000.0
    hhi_high: float = 2500.0
    dependence: float = 0.20
    mono: float = 0.50
    top5: float = 0.40


DEFAULT_LIMITS = ConcentrationLimits()


@dataclass(frozen=True)
class Concentration:
    """The figures of one period and what they warn of; NaN where nobody bought anything.

    Shares of 1; `dependence` and `mono` look at the largest client, `top5_heavy` at five.
    """

    hhi: float
    band: Band
    top1: float
    top5: float
    dependence: bool
    mono: bool
    top5_heavy: bool


@dataclass(frozen=True)
class Diversification:
    """What the masked clients add to the safety of the base: HHI with them and without."""

    masked_share: float
    hhi_with: float
    hhi_without: float


def hhi(values: ArrayLike) -> float:
    """Return the Herfindahl-Hirschman index: the sum of squared shares in per cent.

    Parameters
    ----------
    values : array_like, shape (n_clients,)
        Base of each client; zero and negative totals count as nothing.

    Returns
    -------
    float
        10 000/n (all alike) to 10 000 (one client); NaN if nobody has a positive base.

    Raises
    ------
    ValueError
        If `values` is not one-dimensional or holds NaN or infinity.

    References
    ----------
    .. [1] O. C. Herfindahl, "Concentration in the steel industry", 1950. Bands: U.S. Department
       of Justice, Horizontal Merger Guidelines, 2010 (moderate raised from 1500 down to 1000 here).

    Examples
    --------
    >>> round(hhi([4200, 2100, 1300, 900, 500, 300, 250, 200, 150, 100]), 6)
    2502.5
    """
    positive = np.maximum(vector(values, "values"), 0.0)
    total = positive.sum()
    return float(np.square(100.0 * (positive / total)).sum()) if total > 0 else math.nan


def hhi_band(index: float, limits: ConcentrationLimits = DEFAULT_LIMITS) -> Band:
    """Name the band of an HHI: below 1000 low, to 2500 moderate, above high.

    Examples
    --------
    >>> hhi_band(2502.5).value, hhi_band(2500.0).value
    ('high', 'moderate')
    """
    if math.isnan(index):
        return Band.NO_DATA
    if index < limits.hhi_moderate - EPSILON:
        return Band.LOW
    return Band.MODERATE if index <= limits.hhi_high + EPSILON else Band.HIGH


def gini(values: ArrayLike) -> float:
    """Return the Gini coefficient: 0 if all are alike, near 1 if one has everything.

    Parameters
    ----------
    values : array_like, shape (n,)
        Money or hours of each client; zeros count, negative values count as zero.

    Returns
    -------
    float
        0 to (n - 1)/n; NaN if the sum is not positive.

    Raises
    ------
    ValueError
        If `values` is not one-dimensional or holds NaN or infinity.

    References
    ----------
    .. [1] C. Gini, "Variabilita e mutabilita", 1912.

    Examples
    --------
    >>> gini([1, 1, 1, 1]), gini([0, 0, 0, 8])
    (0.0, 0.75)
    """
    ordered = np.sort(np.maximum(vector(values, "values"), 0.0))
    total, n = ordered.sum(), ordered.size
    if total <= 0:
        return math.nan
    places = 2.0 * np.arange(1, n + 1) - n - 1
    return max(0.0, float((places * (ordered / total)).sum() / n))


def concentration(values: ArrayLike, limits: ConcentrationLimits = DEFAULT_LIMITS) -> Concentration:
    """Return HHI, its band, and the flags of dependence.

    Parameters
    ----------
    values : array_like, shape (n_clients,)
        Base of each client.
    limits : ConcentrationLimits
        `dependence` and `mono` are reached at the limit itself, `top5` above it.

    Raises
    ------
    ValueError
        If `values` is not one-dimensional or holds NaN or infinity.

    Examples
    --------
    >>> found = concentration([4200, 2100, 1300, 900, 500, 300, 250, 200, 150, 100])
    >>> found.band.value, found.top1, found.top5, found.dependence, found.mono
    ('high', 0.42, 0.9, True, False)
    """
    array = vector(values, "values")
    index, top1, top5 = hhi(array), top_n_share(array, 1), top_n_share(array, 5)
    return Concentration(
        hhi=index,
        band=hhi_band(index, limits),
        top1=top1,
        top5=top5,
        dependence=top1 >= limits.dependence - EPSILON,
        mono=top1 >= limits.mono - EPSILON,
        top5_heavy=top5 > limits.top5 + EPSILON,
    )


def with_and_without(values: ArrayLike, mask: ArrayLike) -> Diversification:
    """Return the share of the masked clients, and HHI with them and without.

    Parameters
    ----------
    values : array_like, shape (n_clients,)
        Base of each client.
    mask : array_like of bool, shape (n_clients,)
        True for the clients to leave out, as the flow clients (those outside the key list).

    Raises
    ------
    ValueError
        If the lengths differ, or `values` holds NaN or infinity.

    Examples
    --------
    >>> tile = with_and_without([60, 20, 10, 10], [False, False, True, True])
    >>> tile.masked_share, round(tile.hhi_with), round(tile.hhi_without)
    (0.2, 4200, 6250)
    """
    array = vector(values, "values")
    left_out: Flags = flags(mask, "mask", size=array.size)
    positive = np.maximum(array, 0.0)
    total = float(positive.sum())
    share = float(positive[left_out].sum()) / total if total > 0 else math.nan
    return Diversification(share, hhi(array), hhi(array[~left_out]))
