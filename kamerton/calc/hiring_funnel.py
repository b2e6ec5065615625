"""NumPy: how many to hire, to see, to call for a vacancy; whether it goes on time; the CVs."""

import datetime as dt
import enum
import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import EPSILON, Flags, Floats, Whole, ratio, vector

#: What part of a stage reaches the next one, before any fact; the order is that of the way.
FUNNEL_PRIORS: Mapping[str, float] = MappingProxyType(
    {
        "sourced_to_contacted": 0.80,
        "contacted_to_form": 0.15,
        "form_to_invited": 0.50,
        "invited_to_showed": 0.40,
        "showed_to_passed": 0.30,
        "passed_to_offer": 0.50,
        "offer_to_hired": 0.80,
    }
)
#: What the funnel counts: the ends of its steps, in the same order.
FUNNEL_STAGES = (
    *("sourced", "contacted", "form", "invited"),
    *("showed", "passed", "offer", "hired"),
)
PRIOR_RATES = tuple(FUNNEL_PRIORS.values())
PRIOR_STRENGTH = 12.0
HIRE_CONFIDENCE = 0.75
MOST_HIRES = 1000
REPLACE_DAYS = 21


@dataclass(frozen=True)
class HiresPlan:
    """How many to take on probation, and P(enough of them stay)."""

    hires: int
    probability: float


@dataclass(frozen=True)
class FunnelProgress:
    """Where each stage stands; arrays over stages.

    Attributes
    ----------
    due : ndarray
        How many there should be by now if the work is even.
    pace : ndarray
        A day so far; NaN before the stage begins.
    forecast : ndarray
        At the end, at that pace; NaN before the stage begins.
    short : ndarray of int
        How many will be missing then; 0 before the stage begins.
    a_day : ndarray
        Needed a day from now on; NaN if no day is left and somebody is still needed.
    on_track : ndarray of bool
        The forecast reaches the target, or the stage has not begun.
    """

    due: Floats
    pace: Floats
    forecast: Floats
    short: Whole
    a_day: Floats
    on_track: Flags


@dataclass(frozen=True)
class HirePace:
    """Days to prepare, from and to, and days of interviews at most."""

    prepare_least: int = 7
    prepare_most: int = 21
    interviews: int = 7


DEFAULT_PACE = HirePace()


@dataclass(frozen=True)
class VacancyWindow:
    """The days of a vacancy: interviews from (at best, at worst), to be closed by (likewise)."""

    interviews_from: dt.date
    interviews_latest: dt.date
    closed_from: dt.date
    closed_latest: dt.date


@dataclass(frozen=True)
class TimeToHire:
    """Days from the approval to the first day of work, and how many above the target."""

    days: int
    over: int


class Supply(enum.StrEnum):
    """How many CVs a vacancy gets against what is usual for sellers."""

    NO_DATA = "no_data"
    SHORTAGE = "shortage"
    USUAL = "usual"
    PLENTY = "plenty"


@dataclass(frozen=True)
class SupplyBand:
    """The usual CVs a vacancy, both ends inside."""

    least: float = 1.5
    most: float = 8.0


DEFAULT_SUPPLY = SupplyBand()


def hires_to_make(seats: int, turnover: float, confidence: float = HIRE_CONFIDENCE) -> HiresPlan:
    """Return how many to hire so that enough of them stay: min n with P(Bin(n, 1-t) >= seats).

    Parameters
    ----------
    seats : int
        To be filled, at least 1.
    turnover : float
        Part of those hired who leave or fail probation, 0 <= t < 1.
    confidence : float, default 0.75
        Reached with the tolerance of rounding: t = .5 and one seat is .75 exactly.

    Returns
    -------
    HiresPlan

    Raises
    ------
    ValueError
        If a number is out of range, or more than 1000 hires would be needed.

    Notes
    -----
    See docs/algorithms/hiring.md.

    Examples
    --------
    >>> hires_to_make(1, 0.5)
    HiresPlan(hires=2, probability=0.75)
    >>> [hires_to_make(3, turnover).hires for turnover in (0.4, 0.5, 0.6)]
    [6, 7, 9]
    """
    if seats < 1 or not (0 <= turnover < 1 and 0 < confidence < 1):
        raise ValueError(f"no plan for {seats} seats, turnover {turnover}, {confidence} sure")
    fewer = np.zeros(seats)  # P(0 stay), …, P(seats - 1 stay)
    fewer[0] = 1.0
    for hires in range(1, MOST_HIRES + 1):
        staying = fewer[:-1] * (1.0 - turnover)
        fewer *= turnover
        fewer[1:] += staying
        enough = 1.0 - float(fewer.sum())
        if enough >= confidence - EPSILON:
            return HiresPlan(hires, enough)
    raise ValueError(f"more than {MOST_HIRES} hires would be needed")


def learned_rates(
    entered: ArrayLike,
    passed: ArrayLike,
    priors: ArrayLike = PRIOR_RATES,
    strength: ArrayLike = PRIOR_STRENGTH,
) -> Floats:
    """Return the rate of each step after own facts: (m·prior + passed) / (m + entered).

    Parameters
    ----------
    entered, passed : array_like, shape (n_steps,)
        How many were at the stage and are decided, and how many of them went on.
    priors : array_like, shape (n_steps,), default `FUNNEL_PRIORS`
        Inside (0, 1].
    strength : array_like, shape (n_steps,), default 12
        m: so many facts weigh as much as the prior.

    Returns
    -------
    ndarray of float64, shape (n_steps,)

    Raises
    ------
    ValueError
        If the lengths differ or a number is out of range.

    Examples
    --------
    >>> learned_rates([100, 12], [30, 0], [0.15, 0.5]).round(3).tolist()
    [0.284, 0.25]
    """
    before = vector(priors, "priors")
    came = vector(entered, "entered", size=before.size)
    went = vector(passed, "passed", size=before.size)
    weight = vector(strength, "strength", size=before.size)
    if ((went < 0) | (went > came)).any() or (weight <= 0).any():
        raise ValueError("0 <= passed <= entered and a positive strength are wanted")
    if ((before <= 0) | (before > 1)).any():
        raise ValueError("a prior is above 0 and at most 1")
    return np.asarray((weight * before + went) / (weight + came), dtype=np.float64)


def needed(hires: int, rates: ArrayLike = PRIOR_RATES) -> Whole:
    """Return how many each stage needs so that `hires` come out at the end.

    Parameters
    ----------
    hires : int
        At the end of the way, 0 or more.
    rates : array_like, shape (n_steps,), default `FUNNEL_PRIORS`
        From the first step to the last, each above 0 and at most 1.

    Returns
    -------
    ndarray of int64, shape (n_steps + 1,)
        In the order of `FUNNEL_STAGES`. Rounded up at the end only: whole people are not
        multiplied by the rates before them.

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> needed(3).tolist()
    [1042, 834, 125, 63, 25, 8, 4, 3]
    """
    steps = vector(rates, "rates")
    if hires < 0 or ((steps <= 0) | (steps > 1)).any():
        raise ValueError("hires are not negative, a rate is above 0 and at most 1")
    people = np.append(hires / np.cumprod(steps[::-1])[::-1], hires)
    return np.ceil(people * (1.0 - EPSILON)).astype(np.int64)


def funnel_progress(
    done: ArrayLike, target: ArrayLike, *, starts: ArrayLike, ends: ArrayLike, today: float
) -> FunnelProgress:
    """Return whether each stage will reach its target in time: done + pace · days left.

    Parameters
    ----------
    done, target : array_like, shape (n_stages,)
        How many reached the stage so far, and how many should in the end.
    starts, ends : array_like, shape (n_stages,)
        Days since the vacancy was approved: the first of the stage and the one after its last.
    today : float
        Days since the approval; the days before it are worked.

    Returns
    -------
    FunnelProgress

    Raises
    ------
    ValueError
        If the lengths differ or a stage does not end after it starts.

    Examples
    --------
    Calls of days 3 to 14, interviews of days 21 to 28; today is day 8:

    >>> found = funnel_progress([300, 0], [834, 25], starts=[3, 21], ends=[14, 28], today=8)
    >>> found.due.round().tolist(), found.forecast.tolist(), found.short.tolist()
    ([379.0, 0.0], [660.0, nan], [174, 0])
    >>> found.a_day.tolist(), found.on_track.tolist()
    ([89.0, 3.5714285714285716], [False, True])
    """
    so_far = vector(done, "done")
    wanted = vector(target, "target", size=so_far.size)
    first, after = (vector(v, n, size=so_far.size) for v, n in ((starts, "starts"), (ends, "ends")))
    if (after <= first).any():
        raise ValueError("a stage ends after it starts")
    length = after - first
    worked = np.clip(today - first, 0.0, length)
    left = np.minimum(after - today, length).clip(0.0)
    pace = ratio(so_far, worked)
    forecast = so_far + pace * left
    missing = np.nan_to_num(np.maximum(wanted - forecast, 0.0))
    open_ = np.maximum(wanted - so_far, 0.0)
    return FunnelProgress(
        due=wanted * worked / length,
        pace=pace,
        forecast=forecast,
        short=np.ceil(missing - EPSILON).astype(np.int64),
        a_day=np.where(open_ > 0, ratio(open_, left), 0.0),
        on_track=missing <= EPSILON,
    )


def vacancy_window(approved_on: dt.date, pace: HirePace = DEFAULT_PACE) -> VacancyWindow:
    """Return the days a vacancy should keep: 1 to 3 weeks of preparation, a week of interviews.

    Parameters
    ----------
    approved_on : date
    pace : HirePace

    Returns
    -------
    VacancyWindow

    Examples
    --------
    >>> vacancy_window(dt.date(2026, 10, 1)).closed_latest
    datetime.date(2026, 10, 29)
    """
    best = approved_on + dt.timedelta(days=pace.prepare_least)
    worst = approved_on + dt.timedelta(days=pace.prepare_most)
    interviews = dt.timedelta(days=pace.interviews)
    return VacancyWindow(best, worst, best + interviews, worst + interviews)


def time_to_hire(
    approved_on: dt.date, first_day: dt.date, target_days: int = REPLACE_DAYS
) -> TimeToHire:
    """Return how long a vacancy was open and how many days above the target.

    Parameters
    ----------
    approved_on : date
    first_day : date
        Of work (or today while the vacancy is open).
    target_days : int, default 21

    Returns
    -------
    TimeToHire
        `over` is 0 within the target.

    Raises
    ------
    ValueError
        If the first day is before the approval.

    Examples
    --------
    >>> time_to_hire(dt.date(2026, 10, 1), dt.date(2026, 10, 26))
    TimeToHire(days=25, over=4)
    """
    days = (first_day - approved_on).days
    if days < 0:
        raise ValueError(f"the first day {first_day} is before the approval {approved_on}")
    return TimeToHire(days, max(days - target_days, 0))


def cvs_per_vacancy(cvs: int, vacancies: int) -> float:
    """Return how many CVs a vacancy got; NaN without vacancies.

    Examples
    --------
    >>> cvs_per_vacancy(6, 5)
    1.2
    """
    return cvs / vacancies if vacancies > 0 else math.nan


def supply(per_vacancy: float, band: SupplyBand = DEFAULT_SUPPLY) -> Supply:
    """Tell whether CVs are short, usual or plenty.

    Parameters
    ----------
    per_vacancy : float
        See `cvs_per_vacancy`; NaN is no data.
    band : SupplyBand

    Examples
    --------
    >>> [str(supply(n)) for n in (1.2, 1.5, 8, 9)]
    ['shortage', 'usual', 'usual', 'plenty']
    """
    if math.isnan(per_vacancy):
        return Supply.NO_DATA
    if per_vacancy < band.least - EPSILON:
        return Supply.SHORTAGE
    return Supply.USUAL if per_vacancy <= band.most + EPSILON else Supply.PLENTY
