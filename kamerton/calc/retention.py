"""NumPy: who still buys, who left, and what became of last year's revenue."""

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kamerton.calc.arrays import EPSILON, Flags, Floats, flags, ratio, vector

# "About half of the customers change every year": the line drawn across the churn chart.
CHURN_BENCHMARK = 0.50


@dataclass(frozen=True)
class ActivityRule:
    """A client is active within max(`least_days`, `medians` x his median interval)."""

    least_days: float = 90.0
    medians: float = 2.0


DEFAULT_RULE = ActivityRule()


@dataclass(frozen=True)
class LogoRetention:
    """Clients active before, those of them active after, and the rates (NaN = no data)."""

    before: int
    kept: int
    retention: float
    churn: float


@dataclass(frozen=True)
class RevenueRetention:
    """What became of the revenue `base` of last period's clients; `new` came on top of it.

    Amounts in the unit given; NRR and GRR are shares of 1, NaN where the base is not positive.
    """

    base: float
    expansion: float
    contraction: float
    lost: float
    new: float
    nrr: float
    grr: float


def activity_window(median_days: ArrayLike, rule: ActivityRule = DEFAULT_RULE) -> Floats:
    """Return for how many days after a shipment each client counts as active.

    Parameters
    ----------
    median_days : array_like, shape (n_clients,)
        Median days between shipments; NaN for those with fewer than two.
    rule : ActivityRule

    Returns
    -------
    ndarray of float64, shape (n_clients,)
        Days.

    Raises
    ------
    ValueError
        If `median_days` is not one-dimensional or holds infinity.

    Examples
    --------
    >>> activity_window([10, 60, float("nan")]).tolist()
    [90.0, 120.0, 90.0]
    """
    medians = vector(median_days, "median_days", missing=True)
    return np.fmax(rule.medians * medians, rule.least_days)


def active_on(
    day: dt.date,
    last_shipment: NDArray[np.datetime64],
    median_days: ArrayLike,
    rule: ActivityRule = DEFAULT_RULE,
) -> Flags:
    """Mark the clients active on `day`.

    Parameters
    ----------
    day : date
        The day to look at.
    last_shipment : ndarray of datetime64[D], shape (n_clients,)
        Last shipment on or before `day`; NaT if there was none.
    median_days : array_like, shape (n_clients,)
        See `activity_window`.
    rule : ActivityRule

    Returns
    -------
    ndarray of bool, shape (n_clients,)
        Shipments after `day` do not make anyone active on it.

    Raises
    ------
    ValueError
        If the lengths differ.

    Examples
    --------
    >>> last = np.array(["2026-01-10", "2025-09-01", "NaT"], "datetime64[D]")
    >>> active_on(dt.date(2026, 3, 31), last, [30, 30, 30]).tolist()
    [True, False, False]
    """
    last = np.asarray(last_shipment, dtype="datetime64[D]")
    window = activity_window(vector(median_days, "median_days", size=last.size, missing=True), rule)
    silent = (np.datetime64(day) - last).astype("timedelta64[D]") / np.timedelta64(1, "D")
    return np.asarray((silent >= 0) & (silent <= window), dtype=np.bool_)


def logo_retention(active_before: ArrayLike, active_after: ArrayLike) -> LogoRetention:
    """Return the share of the clients active before who are active after.

    Parameters
    ----------
    active_before, active_after : array_like of bool, shape (n_clients,)
        The same clients in the same order.

    Returns
    -------
    LogoRetention
        NaN rates if nobody was active before. Newcomers do not count.

    Raises
    ------
    ValueError
        If the lengths differ.

    Examples
    --------
    >>> found = logo_retention([True] * 20, [True] * 18 + [False] * 2)
    >>> found.retention, round(found.churn, 6)
    (0.9, 0.1)
    """
    before = np.asarray(active_before, dtype=np.bool_)
    kept = before & flags(active_after, "active_after", size=before.size)
    n_before, n_kept = int(before.sum()), int(kept.sum())
    rate = n_kept / n_before if n_before else math.nan
    return LogoRetention(n_before, n_kept, rate, 1 - rate)


def revenue_retention(before: ArrayLike, after: ArrayLike) -> RevenueRetention:
    """Return NRR and GRR with the bridge between two equal periods.

    Parameters
    ----------
    before, after : array_like, shape (n_clients,)
        Revenue of the same clients in both periods; a period that is not positive counts as
        nothing (`definitions.LOST_WHEN_NOT_POSITIVE`).

    Returns
    -------
    RevenueRetention
        NRR = (base + expansion - contraction - lost) / base; GRR without expansion.

    Raises
    ------
    ValueError
        If the lengths differ, or a number is NaN or infinite.

    Examples
    --------
    >>> found = revenue_retention([30, 40, 20, 10], [42, 33, 20, 0])
    >>> found.expansion, found.contraction, found.lost, found.nrr, found.grr
    (12.0, 7.0, 10.0, 0.95, 0.83)
    """
    old = np.maximum(vector(before, "before"), 0.0)
    now = np.maximum(vector(after, "after", size=old.size), 0.0)
    had, change = old > 0, now - old
    base = float(old.sum())
    expansion = float(change[had & (change > 0)].sum())
    contraction = float(-change[had & (change < 0) & (now > 0)].sum())
    lost = float(old[had & (now <= 0)].sum())
    gross = (base - contraction - lost) / base if base > EPSILON else math.nan
    net = (base + expansion - contraction - lost) / base if base > EPSILON else math.nan
    return RevenueRetention(
        base, expansion, contraction, lost, float(now[~had].sum()), nrr=net, grr=gross
    )


def growth(now: ArrayLike, before: ArrayLike) -> Floats:
    """Return R_t / R_(t - 12 months) - 1 of each client or month.

    Parameters
    ----------
    now, before : array_like, shape (n,)
        The same figure now and a year earlier.

    Returns
    -------
    ndarray of float64, shape (n,)
        0.15 is +15 %; NaN ("no data") where the earlier figure is not positive.

    Raises
    ------
    ValueError
        If the lengths differ, or a number is NaN or infinite.

    Examples
    --------
    >>> growth([115, 50, 7], [100, 100, 0]).round(2).tolist()
    [0.15, -0.5, nan]
    """
    old = vector(before, "before")
    return ratio(vector(now, "now", size=old.size), old) - 1.0
