"""NumPy: targets and points of a probation, its gates, its verdict (6.9)."""

import datetime as dt
import enum
import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import Flags, Floats, at_least, flags, matrix, ratio, vector
from kamerton.calc.period import Month

NAN = math.nan

#: What is asked after a week, two weeks, four weeks; NaN = nothing yet. The order is that of facts.
#: Shares are of 1; `centre`: members per client; `talks`: how many; `calls`: mean mark of 22;
#: `portfolio`: part of the training clients contacted in the first week, growth from the second on;
#: `plans`: .5 is a draft, 1 approved.
PROBATION_TARGETS: Mapping[str, tuple[float, float, float]] = MappingProxyType(
    {
        "method": (0.60, 0.80, 0.90),
        "portfolio": (1.0, 0.10, 0.30),
        "dossier": (0.30, 0.50, 0.70),
        "centre": (2.0, 3.0, 4.0),
        "talks": (5.0, 12.0, 25.0),
        "calls": (12.0, 14.0, 16.0),
        "papers": (1.0, 1.0, 1.0),
        "plans": (NAN, 0.5, 1.0),
    }
)
PROBATION_CRITERIA = tuple(PROBATION_TARGETS)
PROBATION_GATES = ("method", "honesty", "papers")
_CHECKPOINTS = (7, 14, 28)
_LONGEST_MONTHS = 3


@dataclass(frozen=True)
class ProbationRule:
    """Points of the criteria, the points that pass, and what two of the gates ask at the end."""

    points: tuple[float, ...] = (15.0, 30.0, 15.0, 10.0, 10.0, 10.0, 5.0, 5.0)
    passing: float = 70.0
    method_gate: float = 0.80
    papers_gate: float = 1.0


DEFAULT_PROBATION = ProbationRule()


@dataclass(frozen=True)
class ProbationVerdict:
    """Arrays over people.

    Attributes
    ----------
    points : ndarray, shape (n_people, 8)
        In the order of `PROBATION_CRITERIA`; NaN where the term asks nothing.
    total : ndarray
        0 to 100.
    gates : ndarray of bool, shape (n_people, 3)
        In the order of `PROBATION_GATES`: the gate is open.
    passed : ndarray of bool
        All gates open and points enough. People still decide.
    """

    points: Floats
    total: Floats
    gates: Flags
    passed: Flags


class Measure(enum.StrEnum):
    """By what the growth of training clients is measured."""

    LEDGER = "ledger"
    LEADING = "leading"


def probation_targets(days: int) -> Floats:
    """Return what is asked after so many days: the last of the checkpoints 7, 14, 28 reached.

    Parameters
    ----------
    days : int
        Of the term, 7 or more.

    Returns
    -------
    ndarray of float64, shape (8,)
        In the order of `PROBATION_CRITERIA`; NaN where nothing is asked.

    Raises
    ------
    ValueError
        If the term is below a week.

    Examples
    --------
    >>> probation_targets(28).tolist()
    [0.9, 0.3, 0.7, 4.0, 25.0, 16.0, 1.0, 1.0]
    """
    if days < _CHECKPOINTS[0]:
        raise ValueError(f"a probation lasts a week at least, got {days} days")
    reached = sum(days >= checkpoint for checkpoint in _CHECKPOINTS) - 1
    return np.array([targets[reached] for targets in PROBATION_TARGETS.values()])


def probation_verdict(
    facts: ArrayLike,
    targets: ArrayLike,
    dishonest: ArrayLike = False,
    rule: ProbationRule = DEFAULT_PROBATION,
) -> ProbationVerdict:
    """Return the points of each person and whether he passes.

    Parameters
    ----------
    facts : array_like, shape (n_people, 8) or (8,)
        In the order of `PROBATION_CRITERIA`; NaN (not known) brings nothing and opens no gate.
    targets : array_like, shape (8,)
        See `probation_targets`; NaN leaves a criterion out and weighs the others up to 100.
    dishonest : array_like of bool, shape (n_people,), default False
        Dishonesty was heard in a call.
    rule : ProbationRule

    Returns
    -------
    ProbationVerdict

    Raises
    ------
    ValueError
        If the shapes differ, a target is not positive, or nothing is asked at all.

    Notes
    -----
    Each criterion is linear from 0 to its target and full from there. See
    docs/algorithms/hiring.md.

    Examples
    --------
    Everything as asked, but +24 % instead of +30 %:

    >>> found = probation_verdict([0.9, 0.24, 0.7, 4, 25, 16, 1, 1], probation_targets(28))
    >>> found.total.round(6).tolist(), found.passed.tolist()
    ([94.0], [True])
    """
    table = matrix(facts, "facts", columns=len(PROBATION_CRITERIA), missing=True)
    goals = vector(targets, "targets", size=table.shape[1], missing=True)
    if (goals <= 0).any() or np.isnan(goals).all():
        raise ValueError("targets are positive, and one at least is wanted")
    full = np.where(np.isnan(goals), np.nan, np.array(rule.points))
    reached = np.nan_to_num(ratio(table, np.broadcast_to(goals, table.shape))).clip(0.0, 1.0)
    points = reached * full
    total = 100.0 * np.nansum(points, axis=1) / np.nansum(full)
    honest = ~flags(dishonest, "dishonest", size=total.size)
    method, papers = (table[:, PROBATION_CRITERIA.index(name)] for name in ("method", "papers"))
    gates = np.column_stack(
        [at_least(method, rule.method_gate), honest, at_least(papers, rule.papers_gate)]
    )
    return ProbationVerdict(points, total, gates, gates.all(axis=1) & at_least(total, rule.passing))


def portfolio_growth(baseline: ArrayLike, now: ArrayLike) -> float:
    """Return the growth of all training clients together: Σ now / Σ baseline - 1.

    Parameters
    ----------
    baseline, now : array_like, shape (n_clients,)
        Sales of each before and since, over terms of one length.

    Returns
    -------
    float
        0.3 is +30 %; NaN ("no data") if they bought nothing before.

    Raises
    ------
    ValueError
        If the lengths differ, or a number is NaN or infinite.

    Examples
    --------
    >>> round(portfolio_growth([400, 300, 200, 100, 0], [500, 350, 300, 100, 50]), 9)
    0.3
    """
    before = vector(baseline, "baseline")
    since = vector(now, "now", size=before.size)
    return float(ratio(since.sum(), float(before.sum()))) - 1.0


def measured_by(cycle_days: float, term_days: float) -> Measure:
    """Return by what to measure: leading signs where a deal takes longer than the term.

    Examples
    --------
    >>> str(measured_by(240, 28)), str(measured_by(28, 28))
    ('leading', 'ledger')
    """
    return Measure.LEADING if cycle_days > term_days else Measure.LEDGER


def latest_verdict(since: dt.date, verdict_on: dt.date) -> dt.date:
    """Return the last day a probation may be extended to, once.

    Parameters
    ----------
    since, verdict_on : date
        First day, and the day of the verdict as planned.

    Returns
    -------
    date
        Half of the term later, never beyond three months from the first day.

    Raises
    ------
    ValueError
        If the verdict is not after the first day.

    Examples
    --------
    >>> latest_verdict(dt.date(2026, 11, 2), dt.date(2026, 11, 30))
    datetime.date(2026, 12, 14)
    """
    if verdict_on <= since:
        raise ValueError(f"the verdict {verdict_on} is not after the first day {since}")
    month = Month.of(since) + _LONGEST_MONTHS
    longest = month.first_day.replace(day=min(since.day, month.last_day.day))
    return min(verdict_on + (verdict_on - since) // 2, max(longest, verdict_on))
