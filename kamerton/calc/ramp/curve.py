"""NumPy: what part of the plan a newcomer carries, and the month in which the hire pays back."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import EPSILON, Floats, vector
from kamerton.calc.period import Month

HORIZON_MONTHS = 36


@dataclass(frozen=True)
class RampCurve:
    """Parts of the full plan, step by step, and how many months a step lasts; the last one stays.

    Raises
    ------
    ValueError
        If there is no step, one is out of [0, 1], they fall, or a step lasts no month.
    """

    shares: tuple[float, ...] = (0.25, 0.50, 0.75, 1.0)
    step_months: int = 1

    def __post_init__(self) -> None:
        rising = list(self.shares) == sorted(self.shares)
        if not (self.shares and rising and self.shares[0] >= 0 and self.shares[-1] <= 1):
            raise ValueError(f"rising parts of 1 are wanted, got {self.shares}")
        if self.step_months < 1:
            raise ValueError(f"a step lasts a month at least, got {self.step_months}")


SIMPLE_MARKET = RampCurve()
COMPLEX_MARKET = RampCurve(step_months=3)


@dataclass(frozen=True)
class Payback:
    """The first month with nothing left to earn back (None = not within the horizon).

    Attributes
    ----------
    month : int or None
        1 is the first month of work.
    balance : ndarray, shape (n_months,)
        Profit less cost since the beginning, at the end of each month.
    """

    month: int | None
    balance: Floats


def ramp_shares(months: ArrayLike, curve: RampCurve = SIMPLE_MARKET) -> Floats:
    """Return the part of the full plan for each month of work.

    Parameters
    ----------
    months : array_like, shape (n,)
        1 is the first month; 0 and below are before it.
    curve : RampCurve

    Returns
    -------
    ndarray of float64, shape (n,)
        0 before the first month, the last step of the curve after its end.

    Raises
    ------
    ValueError
        If `months` is not one-dimensional or holds NaN or infinity.

    Examples
    --------
    >>> ramp_shares([0, 1, 2, 3, 4, 5]).tolist()
    [0.0, 0.25, 0.5, 0.75, 1.0, 1.0]
    >>> ramp_shares([1, 3, 4, 12], COMPLEX_MARKET).tolist()
    [0.25, 0.25, 0.5, 1.0]
    """
    given = vector(months, "months")
    step = np.floor((given - 1) / curve.step_months).clip(0, len(curve.shares) - 1)
    return np.where(given >= 1, np.array(curve.shares)[step.astype(np.int64)], 0.0)


def full_load_from(first_day: dt.date, curve: RampCurve = SIMPLE_MARKET) -> dt.date:
    """Return the day from which the last step of the curve holds.

    Parameters
    ----------
    first_day : date
        Of work.
    curve : RampCurve

    Returns
    -------
    date
        3 months later by default, 9 in a complex market; the last day of a shorter month.

    Examples
    --------
    >>> full_load_from(dt.date(2026, 11, 30))
    datetime.date(2027, 2, 28)
    """
    month = Month.of(first_day) + (len(curve.shares) - 1) * curve.step_months
    return month.first_day.replace(day=min(first_day.day, month.last_day.day))


def payback(
    profit: ArrayLike, monthly_cost: ArrayLike, hiring: float, *, horizon: int = HORIZON_MONTHS
) -> Payback:
    """Return the first month by which the profit above the baseline has paid for the hire.

    Parameters
    ----------
    profit : array_like, shape (n,)
        Gross profit above the baseline month by month; the last one is held after that.
    monthly_cost : array_like, shape (m,) or scalar
        Pay, taxes and the mentor's time of each month; the last one is held.
    hiring : float
        What finding the person cost, in the same unit.
    horizon : int, default 36
        Months to look at.

    Returns
    -------
    Payback

    Raises
    ------
    ValueError
        If there is no month, or a number is NaN or infinite.

    Notes
    -----
    See docs/algorithms/hiring.md.

    Examples
    --------
    >>> found = payback([0, 40, 90, 150, 220, 280, 330], 160, 250, horizon=9)
    >>> found.month, found.balance.tolist()
    (9, [-410.0, -530.0, -600.0, -610.0, -550.0, -430.0, -260.0, -90.0, 80.0])
    """
    earned = _held(vector(profit, "profit"), horizon)
    spent = _held(vector(np.atleast_1d(np.asarray(monthly_cost)), "monthly_cost"), horizon)
    balance = np.cumsum(earned - spent) - hiring
    paid = np.flatnonzero(balance >= -EPSILON)
    return Payback(int(paid[0]) + 1 if paid.size else None, balance)


def _held(values: Floats, months: int) -> Floats:
    if not values.size or months < 1:
        raise ValueError("at least one month is wanted")
    return np.asarray(values[np.arange(months).clip(max=values.size - 1)], dtype=np.float64)
