"""NumPy: how far a manager can change what a client buys."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import Floats, flags, matrix, weighted

#: What a manager may be able to change, and what it weighs in I unless a rule says otherwise.
#: The order is that of the marks.
INFLUENCE: Mapping[str, float] = MappingProxyType(
    {
        "volume": 20.0,
        "assortment": 20.0,
        "timing": 10.0,
        "price_terms": 10.0,
        "supplier_choice": 20.0,
        "access_to_deciders": 10.0,
        "proven_effect": 10.0,
    }
)


@dataclass(frozen=True)
class InfluenceRule:
    """What the marks weigh, the best mark, the gates, and from where a client may be key.

    Raises
    ------
    ValueError
        If the weights are not as many as the marks, one is negative, or they are not 100 together.
    """

    weights: tuple[float, ...] = tuple(INFLUENCE.values())
    best: float = 3.0
    service_only: float = 20.0
    external: float = 30.0
    external_mark: float = 1.0
    eligible: float = 40.0

    def __post_init__(self) -> None:
        given = self.weights
        if len(given) != len(INFLUENCE) or min(given) < 0 or abs(sum(given) - 100) > 1e-9:
            raise ValueError(f"seven weights of 100 together are wanted, got {given}")


DEFAULT_INFLUENCE = InfluenceRule()


def influence(
    marks: ArrayLike,
    service_only: ArrayLike = False,
    position_external: ArrayLike = False,
    rule: InfluenceRule = DEFAULT_INFLUENCE,
) -> Floats:
    """Return I, 0 to 100: how far the manager can change what the client buys.

    Parameters
    ----------
    marks : array_like, shape (n_clients, 7)
        0 to 3 each, in the order of `INFLUENCE`.
    service_only : array_like of bool, shape (n_clients,), default False
        Nothing to sell, only to serve: I is at most 20.
    position_external : array_like of bool, shape (n_clients,), default False
        The client's place is set from outside (a matrix, a location): I is at most 30 if volume,
        assortment and timing are all marked 1 or less.
    rule : InfluenceRule
        Its weights are the method's; those of `INFLUENCE` if not given.

    Returns
    -------
    ndarray of float64, shape (n_clients,)

    Raises
    ------
    ValueError
        If there are not seven marks or one is out of range: I is never guessed from a part.

    Notes
    -----
    See docs/algorithms/manager-key.md.

    Examples
    --------
    A chain retailer, a small outlet, a wholesaler of valves:

    >>> marks = [[0, 0, 0, 1, 0, 2, 0], [1, 1, 1, 1, 0, 3, 0], [3, 2, 2, 2, 2, 2, 1]]
    >>> influence(marks, [False, True, False], [True, False, False]).round(6).tolist()
    [10.0, 20.0, 70.0]

    Where only the access to deciders is counted:

    >>> influence([[0, 0, 0, 1, 0, 2, 0]], rule=InfluenceRule((0, 0, 0, 0, 0, 100, 0))).round(1)
    array([66.7])
    """
    given = matrix(marks, "marks", columns=len(INFLUENCE))
    if ((given < 0) | (given > rule.best)).any():
        raise ValueError(f"a mark is 0 to {rule.best:g}")
    points = weighted(given, np.array(rule.weights)) / rule.best
    serviced = flags(service_only, "service_only", size=points.size)
    outside = flags(position_external, "position_external", size=points.size)
    outside = outside & (given[:, :3] <= rule.external_mark).all(axis=1)
    points = np.where(outside, np.minimum(points, rule.external), points)
    return np.where(serviced, np.minimum(points, rule.service_only), points)
