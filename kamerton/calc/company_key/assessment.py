"""NumPy: the six criteria together: the OR rule and the index that ranks the proposals."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import Flags, Floats, matrix, weighted
from kamerton.calc.company_key.complexity import ComplexRule, complex_
from kamerton.calc.company_key.criteria import (
    LargeRule,
    LoyalRule,
    PartnerRule,
    PromisingRule,
    StatusRule,
    large,
    loyal,
    loyalty_index,
    partner,
    promising,
    status,
)

#: The order of the columns in scores, verdicts and weights.
CRITERIA = ("large", "loyal", "promising", "status", "partner", "complex")


@dataclass(frozen=True)
class Weights:
    """Points of each criterion in the index; 100 together by default, any sum will rank."""

    large: float = 30.0
    loyal: float = 15.0
    promising: float = 20.0
    status: float = 15.0
    partner: float = 10.0
    complex: float = 10.0

    def __post_init__(self) -> None:
        if not (self.as_array() >= 0).all() or self.as_array().sum() <= 0:
            raise ValueError("weights must not be negative, and not all zero")

    def as_array(self) -> Floats:
        """Return the weights in the order of `CRITERIA`.

        Examples
        --------
        >>> float(Weights().as_array().sum())
        100.0
        """
        return np.array([getattr(self, name) for name in CRITERIA], dtype=np.float64)


DEFAULT_WEIGHTS = Weights()


@dataclass(frozen=True)
class CriteriaSettings:
    """One version of the company's set of criteria."""

    large: LargeRule = field(default_factory=LargeRule)
    loyal: LoyalRule = field(default_factory=LoyalRule)
    promising: PromisingRule = field(default_factory=PromisingRule)
    status: StatusRule = field(default_factory=StatusRule)
    partner: PartnerRule = field(default_factory=PartnerRule)
    complex: ComplexRule = field(default_factory=ComplexRule)
    weights: Weights = field(default_factory=Weights)


DEFAULT_SETTINGS = CriteriaSettings()


@dataclass(frozen=True)
class ClientFacts:
    """What the criteria are judged by; arrays over clients, as the criteria ask for them.

    Money of the last 12 closed months in one unit; shares of 1; NaN where not known.
    `status_marks` has 5 columns and `complexity_marks` 8.
    """

    revenue_share: ArrayLike
    profit_share: ArrayLike
    class_a: ArrayLike
    share_of_wallet: ArrayLike
    months: ArrayLike
    active_months: ArrayLike
    nps: ArrayLike
    gap: ArrayLike
    sales: ArrayLike
    budget: ArrayLike
    status_marks: ArrayLike
    partner_forms: ArrayLike
    complexity_marks: ArrayLike
    company_revenue: float


@dataclass(frozen=True)
class Assessment:
    """The verdict over all clients; columns in the order of `CRITERIA`.

    Attributes
    ----------
    scores : ndarray, shape (n_clients, 6)
        0 to 100, NaN = no data.
    passed : ndarray of bool, shape (n_clients, 6)
    index : ndarray, shape (n_clients,)
        KCI, see `key_client_index`.
    proposed : ndarray of bool, shape (n_clients,)
        Any criterion is met; people decide.
    loyalty : ndarray, shape (n_clients,)
        LI, for the manager's level.
    """

    scores: Floats
    passed: Flags
    index: Floats
    proposed: Flags
    loyalty: Floats


def key_client_index(scores: ArrayLike, weights: Weights = DEFAULT_WEIGHTS) -> Floats:
    """Return KCI, the weighted sum of the six scores over 100.

    Parameters
    ----------
    scores : array_like, shape (n_clients, 6)
        0 to 100 in the order of `CRITERIA`; NaN (no data) counts as 0
        (`definitions.UNKNOWN_SCORES_ZERO`).
    weights : Weights

    Returns
    -------
    ndarray of float64, shape (n_clients,)
        0 to the sum of the weights (100 by default).

    Raises
    ------
    ValueError
        If there are not six columns.

    Examples
    --------
    >>> key_client_index([[100, 80, 50, 0, 40, float("nan")]]).tolist()
    [56.0]
    """
    table = matrix(scores, "scores", columns=len(CRITERIA), missing=True)
    return weighted(np.nan_to_num(table), weights.as_array()) / 100.0


def assess(facts: ClientFacts, settings: CriteriaSettings = DEFAULT_SETTINGS) -> Assessment:
    """Judge all clients by the six criteria.

    Parameters
    ----------
    facts : ClientFacts
        Arrays over the same clients in the same order.
    settings : CriteriaSettings

    Returns
    -------
    Assessment

    Raises
    ------
    ValueError
        If the lengths differ or a number is out of its range.

    Notes
    -----
    O(n_clients). See docs/algorithms/company-key.md.

    Examples
    --------
    >>> nan = float("nan")
    >>> facts = ClientFacts(revenue_share=[0.01], profit_share=[nan], class_a=[False],
    ...     share_of_wallet=[nan], months=[8], active_months=[8], nps=[nan], gap=[nan],
    ...     sales=[100], budget=[False], status_marks=[[3, 3, 2, 1, 0]], partner_forms=[0],
    ...     complexity_marks=[[0] * 8], company_revenue=10_000.0)
    >>> found = assess(facts)
    >>> found.passed.tolist(), found.index.tolist()
    ([[False, False, False, True, False, False]], [12.0])
    """
    loyalty = loyalty_index(
        facts.share_of_wallet, facts.months, facts.active_months, facts.nps, settings.loyal
    )
    company = facts.company_revenue
    found = (
        large(facts.revenue_share, facts.profit_share, facts.class_a, settings.large),
        loyal(loyalty, facts.share_of_wallet, settings.loyal),
        promising(facts.gap, facts.sales, company, facts.budget, settings.promising),
        status(facts.status_marks, settings.status),
        partner(facts.partner_forms, settings.partner),
        complex_(facts.complexity_marks, settings.complex),
    )
    if len({criterion.score.size for criterion in found}) > 1:
        raise ValueError("all facts must be of the same clients")
    scores = np.column_stack([criterion.score for criterion in found])
    passed = np.column_stack([criterion.passed for criterion in found])
    index = key_client_index(scores, settings.weights)
    return Assessment(scores, passed, index, np.asarray(passed.any(axis=1)), loyalty)
