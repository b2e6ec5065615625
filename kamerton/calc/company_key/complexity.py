"""NumPy: the sixth criterion: clients who need the whole company, by eight marks."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import EPSILON, Flags, flags, matrix, vector
from kamerton.calc.company_key.criteria import Criterion


@dataclass(frozen=True)
class ComplexRule:
    """Marks of complexity needed, and from where each counts."""

    marks: int = 3
    delivery_points: float = 3.0
    participants: float = 5.0
    extra_deferral_days: float = 30.0
    departments: float = 3.0
    claims_ratio: float = 2.0
    cost_ratio: float = 1.5


@dataclass(frozen=True)
class ComplexityFacts:
    """What complexity is read from; each an array over clients.

    Attributes
    ----------
    tender, individual_specification : array_like of bool
        Buys by tender or under 44/223-FZ; by a specification of his own.
    delivery_points, participants, departments : array_like
        Places of delivery; people in the purchase; our departments involved.
    extra_deferral_days : array_like
        Days of payment deferral above the standard.
    claims_ratio, cost_ratio : array_like
        Claims, and cost to serve, over the average client's; NaN where not known.
    """

    tender: ArrayLike
    delivery_points: ArrayLike
    individual_specification: ArrayLike
    participants: ArrayLike
    extra_deferral_days: ArrayLike
    departments: ArrayLike
    claims_ratio: ArrayLike
    cost_ratio: ArrayLike


COMPLEXITY_MARKS = 8
DEFAULT_COMPLEX = ComplexRule()


def complexity_marks(facts: ComplexityFacts, rule: ComplexRule = DEFAULT_COMPLEX) -> Flags:
    """Return the eight marks of complexity of each client.

    Parameters
    ----------
    facts : ComplexityFacts
    rule : ComplexRule
        A fact marks above its limit.

    Returns
    -------
    ndarray of bool, shape (n_clients, 8)
        In the order of `ComplexityFacts`.

    Raises
    ------
    ValueError
        If the lengths differ or a number is infinite.

    Examples
    --------
    >>> facts = ComplexityFacts([True], [4], [False], [5], [31], [3], [2.5], [float("nan")])
    >>> complexity_marks(facts).astype(int).tolist()
    [[1, 1, 0, 0, 1, 0, 1, 0]]
    """
    n_clients = np.asarray(facts.tender).size

    def above(values: ArrayLike, name: str, limit: float) -> Flags:
        given = vector(values, name, size=n_clients, missing=True)
        return np.asarray(given > limit + EPSILON, dtype=np.bool_)

    own = facts.individual_specification
    marks = [
        flags(facts.tender, "tender", size=n_clients),
        above(facts.delivery_points, "delivery_points", rule.delivery_points),
        flags(own, "individual_specification", size=n_clients),
        above(facts.participants, "participants", rule.participants),
        above(facts.extra_deferral_days, "extra_deferral_days", rule.extra_deferral_days),
        above(facts.departments, "departments", rule.departments),
        above(facts.claims_ratio, "claims_ratio", rule.claims_ratio),
        above(facts.cost_ratio, "cost_ratio", rule.cost_ratio),
    ]
    return np.column_stack(marks)


def complex_(marks: ArrayLike, rule: ComplexRule = DEFAULT_COMPLEX) -> Criterion:
    """COMPLEX: at least three of eight marks; such a client needs the whole company.

    Parameters
    ----------
    marks : array_like of bool, shape (n_clients, 8)
        See `complexity_marks`.
    rule : ComplexRule

    Raises
    ------
    ValueError
        If there are not eight marks.

    Examples
    --------
    >>> found = complex_([[1, 1, 1, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0, 0]])
    >>> found.score.tolist(), found.passed.tolist()
    ([37.5, 25.0], [True, False])
    """
    given = matrix(marks, "marks", columns=COMPLEXITY_MARKS) > 0
    count = given.sum(axis=1)
    return Criterion(100.0 * count / COMPLEXITY_MARKS, count >= rule.marks)
