"""NumPy: the few clients a manager should choose: enough influence, a reason, the cap."""

import decimal
import enum
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import Flags, Floats, Whole, Words, at_least, matrix, vector
from kamerton.calc.company_key import places
from kamerton.calc.manager_key.criteria import DEFAULT_WEIGHTS, ManagerWeights, manager_key_index
from kamerton.calc.manager_key.influence import DEFAULT_INFLUENCE, InfluenceRule

CAP = 15


@dataclass(frozen=True)
class ManagerSelection:
    """The list proposed for one manager; arrays over his clients.

    Attributes
    ----------
    index : ndarray
        MKI.
    eligible : ndarray of bool
        Influence is enough.
    qualified : ndarray of bool
        Eligible and at least one criterion is met.
    place : ndarray of int
        Among the qualified by MKI, 0 = none.
    chosen : ndarray of bool
        Within the cap. Manager and head still confirm each one.
    """

    index: Floats
    eligible: Flags
    qualified: Flags
    place: Whole
    chosen: Flags


class Approach(enum.StrEnum):
    """How to work with a client, by influence and by what there is to win or lose."""

    DEVELOP = "develop"
    DEFEND = "defend"
    MAINTAIN = "maintain"
    SERVICE_ONLY = "service_only"
    LOOK_FOR_ENTRY = "look_for_entry"


def cap(leader_share: Decimal, of: int = CAP) -> int:
    """Return how many key clients a manager may hold: ⌊of·(1 - leader share)⌋.

    Parameters
    ----------
    leader_share : Decimal
        Part of the working time spent on leading, 0 to 1 (usually 0.4 to 0.8).
    of : int, default 15
        How many who leads nobody may hold.

    Raises
    ------
    TypeError
        If not a Decimal: in floats 15·(1 - 0.8) falls below 3.
    ValueError
        If out of [0, 1], or `of` is negative.

    Examples
    --------
    >>> [cap(Decimal(share)) for share in ("0", "0.4", "0.5", "0.8")]
    [15, 9, 7, 3]
    >>> cap(Decimal("0.4"), of=10)
    6
    """
    if not isinstance(leader_share, Decimal):
        raise TypeError(f"leader_share is a Decimal, got {type(leader_share).__name__}")
    if not 0 <= leader_share <= 1:
        raise ValueError(f"leader_share must be in [0, 1], got {leader_share}")
    if of < 0:
        raise ValueError(f"of must not be negative, got {of}")
    return int((of * (1 - leader_share)).to_integral_value(rounding=decimal.ROUND_FLOOR))


def select_key_clients(
    influences: ArrayLike,
    scores: ArrayLike,
    limit: int,
    *,
    weights: ManagerWeights = DEFAULT_WEIGHTS,
    rule: InfluenceRule = DEFAULT_INFLUENCE,
) -> ManagerSelection:
    """Propose a manager's key clients: eligible, a criterion met, the best by MKI up to the cap.

    Parameters
    ----------
    influences : array_like, shape (n_clients,)
        I; NaN = not assessed, never eligible.
    scores : array_like, shape (n_clients, 4)
        In the order of `MANAGER_CRITERIA`.
    limit : int
        See `cap`.
    weights : ManagerWeights
    rule : InfluenceRule

    Returns
    -------
    ManagerSelection

    Raises
    ------
    ValueError
        If the shapes differ or `limit` is negative.

    Examples
    --------
    >>> found = select_key_clients([70, 10, 55], [[60, 55, 100, 0], [100, 0, 0, 0], [59] * 4], 15)
    >>> found.eligible.tolist(), found.chosen.tolist()
    ([True, False, True], [True, False, False])
    """
    if limit < 0:
        raise ValueError(f"limit must not be negative, got {limit}")
    given = vector(influences, "influences", missing=True)
    table = matrix(scores, "scores", rows=given.size, columns=4, missing=True)
    index = manager_key_index(np.nan_to_num(given), table, weights)
    eligible = at_least(given, rule.eligible)
    qualified = eligible & at_least(table, weights.passing).any(axis=1)
    place = places(index, qualified)
    return ManagerSelection(index, eligible, qualified, place, qualified & (place <= limit))


def approaches(
    influences: ArrayLike,
    scores: ArrayLike,
    *,
    weights: ManagerWeights = DEFAULT_WEIGHTS,
    rule: InfluenceRule = DEFAULT_INFLUENCE,
) -> Words:
    """Return how to work with each client (`Approach` values, "" = as with anybody).

    Parameters
    ----------
    influences : array_like, shape (n_clients,)
        I; NaN counts as low.
    scores : array_like, shape (n_clients, 4)
        In the order of `MANAGER_CRITERIA`; a criterion is high when it is met.
    weights : ManagerWeights
    rule : InfluenceRule

    Returns
    -------
    ndarray of str, shape (n_clients,)
        High influence: develop if the gap is high, else defend if loyalty is at stake, else
        maintain. Low: service only if large, look for an entry if promising.

    Raises
    ------
    ValueError
        If the shapes differ.

    Notes
    -----
    Develop goes before defend (`definitions.APPROACH_DEVELOP_FIRST`): every client with a gap
    has less than 90 % of his wallet with us, so loyalty is at stake there too.

    Examples
    --------
    >>> approaches([70, 70, 70], [[60, 55, 100, 0], [60, 80, 0, 0], [60, 0, 0, 0]]).tolist()
    ['develop', 'defend', 'maintain']
    >>> approaches([10, 10, 10], [[100, 0, 90, 0], [5, 0, 90, 0], [5, 0, 0, 0]]).tolist()
    ['service_only', 'look_for_entry', '']
    """
    given = vector(influences, "influences", missing=True)
    table = matrix(scores, "scores", rows=given.size, columns=4, missing=True)
    strong = at_least(given, rule.eligible)
    met = at_least(table, weights.passing)
    large, promising, at_stake = met[:, 0], met[:, 2], met[:, 1]
    conditions = [strong & promising, strong & at_stake, strong, large, promising]
    return np.select(conditions, [str(approach) for approach in Approach], "")
