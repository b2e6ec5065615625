"""NumPy: five of the six criteria of a company's key client, each a score and a verdict."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import Flags, Floats, at_least, flags, matrix, ratio, vector


@dataclass(frozen=True)
class Criterion:
    """One criterion over clients: score 0 to 100 (NaN = no data) and whether it is met."""

    score: Floats
    passed: Flags


@dataclass(frozen=True)
class LargeRule:
    """Shares of the company's revenue or gross profit, of 1."""

    share: float = 0.10
    share_in_class_a: float = 0.02
    full: float = 0.10
    dependence: float = 0.20


@dataclass(frozen=True)
class LoyalRule:
    """Loyalty index and share of wallet to pass; points of the index and what is full."""

    index: float = 70.0
    share_of_wallet: float = 0.50
    wallet_points: float = 40.0
    months_points: float = 25.0
    activity_points: float = 20.0
    nps_points: float = 15.0
    full_share_of_wallet: float = 0.60
    full_months: float = 24.0
    promoter: float = 9.0
    passive: float = 7.0


@dataclass(frozen=True)
class PromisingRule:
    """The gap as a part of our sales to the client, or of the company's revenue."""

    of_sales: float = 1.00
    of_company: float = 0.02
    full_of_company: float = 0.04


@dataclass(frozen=True)
class StatusRule:
    """Marks are 0 to `best` each; the score needed to pass."""

    best: float = 3.0
    score: float = 60.0


@dataclass(frozen=True)
class PartnerRule:
    """Documented forms of partnership needed; points of the first and of each further one."""

    forms: int = 1
    first: float = 40.0
    further: float = 20.0


STATUS_MARKS = 5
DEFAULT_LARGE, DEFAULT_LOYAL, DEFAULT_PROMISING = LargeRule(), LoyalRule(), PromisingRule()
DEFAULT_STATUS, DEFAULT_PARTNER = StatusRule(), PartnerRule()


def large(
    revenue_share: ArrayLike,
    profit_share: ArrayLike,
    class_a: ArrayLike,
    rule: LargeRule = DEFAULT_LARGE,
) -> Criterion:
    """LARGE: a tenth of the company's revenue or gross profit, or class A with 2 %.

    Parameters
    ----------
    revenue_share, profit_share : array_like, shape (n_clients,)
        Shares in the company's revenue and gross profit, of 1; NaN where not known.
    class_a : array_like of bool, shape (n_clients,)
        Class A by gross profit (by revenue where no cost is known).
    rule : LargeRule

    Returns
    -------
    Criterion
        The larger share decides; in class A the share of gross profit does, if known.

    Raises
    ------
    ValueError
        If the lengths differ or a number is infinite.

    Notes
    -----
    See docs/algorithms/company-key.md.

    Examples
    --------
    >>> found = large([0.10, 0.099, 0.02], [0.05, 0.05, float("nan")], [False, False, True])
    >>> found.passed.tolist(), found.score.round(1).tolist()
    ([True, False, True], [100.0, 99.0, 20.0])
    """
    revenue = vector(revenue_share, "revenue_share", missing=True)
    profit = vector(profit_share, "profit_share", size=revenue.size, missing=True)
    share = np.fmax(revenue, profit)
    in_class = flags(class_a, "class_a", size=revenue.size)
    classed = np.where(np.isnan(profit), revenue, profit)
    passed = at_least(share, rule.share) | (in_class & at_least(classed, rule.share_in_class_a))
    return Criterion(_percent(share / rule.full), passed)


def loyalty_index(
    share_of_wallet: ArrayLike,
    months: ArrayLike,
    active_months: ArrayLike,
    nps: ArrayLike,
    rule: LoyalRule = DEFAULT_LOYAL,
) -> Floats:
    """Return LI, 0 to 100: share of wallet, length and evenness of buying, recommendation.

    Parameters
    ----------
    share_of_wallet : array_like, shape (n_clients,)
        Of 1; NaN where no wallet is known.
    months : array_like, shape (n_clients,)
        Months since the first purchase.
    active_months : array_like, shape (n_clients,)
        Months with a purchase among the last 12, 0 to 12.
    nps : array_like, shape (n_clients,)
        Answer 0 to 10 (9 and 10 promote, 7 and 8 are passive); NaN where not asked counts half.
    rule : LoyalRule

    Returns
    -------
    ndarray of float64, shape (n_clients,)
        NaN where the share of wallet is not known.

    Raises
    ------
    ValueError
        If the lengths differ or a number is infinite.

    Examples
    --------
    >>> loyalty_index([0.6, 0.3], [36, 12], [12, 6], [9, float("nan")]).tolist()
    [100.0, 50.0]
    """
    wallet = vector(share_of_wallet, "share_of_wallet", missing=True)
    held = vector(months, "months", size=wallet.size)
    active = vector(active_months, "active_months", size=wallet.size)
    answer = vector(nps, "nps", size=wallet.size, missing=True)
    advocacy = np.select(
        [np.isnan(answer), answer >= rule.promoter, answer >= rule.passive], [0.5, 1.0, 0.5], 0.0
    )
    return (
        rule.wallet_points * np.clip(wallet / rule.full_share_of_wallet, 0.0, 1.0)
        + rule.months_points * np.clip(held / rule.full_months, 0.0, 1.0)
        + rule.activity_points * np.clip(active / 12.0, 0.0, 1.0)
        + rule.nps_points * advocacy
    )


def loyal(
    index: ArrayLike, share_of_wallet: ArrayLike, rule: LoyalRule = DEFAULT_LOYAL
) -> Criterion:
    """LOYAL: loyalty index of at least 70 and at least half of the wallet.

    Parameters
    ----------
    index : array_like, shape (n_clients,)
        See `loyalty_index`.
    share_of_wallet : array_like, shape (n_clients,)
        Of 1; NaN where no wallet is known: then not met.
    rule : LoyalRule

    Raises
    ------
    ValueError
        If the lengths differ or a number is infinite.

    Examples
    --------
    >>> loyal([70, 90], [0.5, 0.49]).passed.tolist()
    [True, False]
    """
    points = vector(index, "index", missing=True)
    wallet = vector(share_of_wallet, "share_of_wallet", size=points.size, missing=True)
    passed = at_least(points, rule.index) & at_least(wallet, rule.share_of_wallet)
    return Criterion(np.clip(points, 0.0, 100.0), passed)


def promising(
    gap: ArrayLike,
    sales: ArrayLike,
    company_revenue: float,
    budget: ArrayLike = False,
    rule: PromisingRule = DEFAULT_PROMISING,
) -> Criterion:
    """PROMISING: a gap as large as our sales and 2 % of the company's revenue, or a budget.

    Parameters
    ----------
    gap : array_like, shape (n_clients,)
        What the client buys elsewhere in 12 months; NaN where no wallet is known.
    sales : array_like, shape (n_clients,)
        Ours to the client, same months and unit.
    company_revenue : float
        Same months and unit.
    budget : array_like of bool, shape (n_clients,), default False
        A large budget is known of; enough by itself.
    rule : PromisingRule

    Returns
    -------
    Criterion
        Score NaN where the gap is not known or the company sold nothing.

    Raises
    ------
    ValueError
        If the lengths differ or a number is infinite.

    Examples
    --------
    >>> found = promising([30, 30, 10], [10, 40, 5], 1000.0, [False, False, True])
    >>> found.passed.tolist(), found.score.tolist()
    ([True, False, True], [75.0, 75.0, 25.0])
    """
    open_to_us = vector(gap, "gap", missing=True)
    ours = np.maximum(vector(sales, "sales", size=open_to_us.size), 0.0)
    needed = np.maximum(rule.of_sales * ours, rule.of_company * company_revenue)
    enough = at_least(open_to_us, needed) & (open_to_us > 0)
    full = rule.full_of_company * company_revenue
    passed = enough | flags(budget, "budget", size=open_to_us.size)
    return Criterion(_percent(ratio(open_to_us, full)), passed)


def status(marks: ArrayLike, rule: StatusRule = DEFAULT_STATUS) -> Criterion:
    """STATUS: a name that attracts others; five marks of 0 to 3.

    Parameters
    ----------
    marks : array_like, shape (n_clients, 5)
        Market leader's rank, known to our small clients, reference customer, public case
        allowed, referrals produced. NaN = not marked, counts as 0.
    rule : StatusRule

    Returns
    -------
    Criterion
        Score NaN where nothing is marked.

    Raises
    ------
    ValueError
        If there are not five marks, or one is out of 0 to `rule.best`.

    Examples
    --------
    >>> found = status([[3, 2, 2, 1, 1], [3, 2, 2, 1, 0]])
    >>> found.score.round(1).tolist(), found.passed.tolist()
    ([60.0, 53.3], [True, False])
    """
    given = matrix(marks, "marks", columns=STATUS_MARKS, missing=True)
    if ((given < 0) | (given > rule.best)).any():
        raise ValueError(f"a mark is 0 to {rule.best:g}")
    score = 100.0 * np.nansum(given, axis=1) / (STATUS_MARKS * rule.best)
    score = np.where(np.isnan(given).all(axis=1), np.nan, score)
    return Criterion(score, at_least(score, rule.score))


def partner(forms: ArrayLike, rule: PartnerRule = DEFAULT_PARTNER) -> Criterion:
    """PARTNER: at least one documented form of working together.

    Parameters
    ----------
    forms : array_like of int, shape (n_clients,)
        How many of: joint project, exclusivity, co-development, framework of two years or more,
        cross-supply, shared systems, ownership tie.
    rule : PartnerRule

    Raises
    ------
    ValueError
        If `forms` is not one-dimensional or holds NaN.

    Examples
    --------
    >>> partner([0, 1, 3, 7]).score.tolist()
    [0.0, 40.0, 80.0, 100.0]
    """
    count = vector(forms, "forms")
    score = np.where(count >= 1, rule.first + rule.further * (count - 1), 0.0)
    return Criterion(np.clip(score, 0.0, 100.0), at_least(count, float(rule.forms)))


def _percent(part: Floats) -> Floats:
    return 100.0 * np.clip(part, 0.0, 1.0)
