"""Plain: a client's buying centre: how well we cover it, who is for us, on how many threads."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Colour = Literal["red", "amber", "green"]
Shape = Literal["none", "bow_tie", "pairs", "diamond"]
FULL = 3  # the highest level of coverage
DECIDING = frozenset({"decider", "approver"})


@dataclass(frozen=True)
class CoverageRule:
    """What each level of coverage asks for: contacts, how fresh the last one is, how many formats.

    Days are counted back from today. Level 1: one contact within `days[0]`; level 2: as many as
    `contacts[1]`, the last within `days[1]`; level 3: `contacts[2]` in `formats` formats, the last
    within `days[2]`.
    """

    days: tuple[int, int, int] = (365, 90, 45)
    contacts: tuple[int, int, int] = (1, 2, 4)
    formats: int = 2

    def __post_init__(self) -> None:
        if min(self.days) < 1 or min(self.contacts) < 1 or self.formats < 1:
            raise ValueError("a rule of coverage counts from 1")


@dataclass(frozen=True)
class IndexWeights:
    """What coverage, roles and dated next steps weigh in the index; 1 together."""

    coverage: float = 0.5
    roles: float = 0.3
    next_steps: float = 0.2

    def __post_init__(self) -> None:
        parts = (self.coverage, self.roles, self.next_steps)
        if min(parts) < 0 or abs(sum(parts) - 1) > 1e-9:
            raise ValueError(f"weights of 1 together are wanted, got {parts}")


@dataclass(frozen=True)
class Player:
    """A member as the colour of the map sees him: influence 1–5, attitude −2…+2, his roles."""

    influence: int
    attitude: int
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Threads:
    """On how many of our people, in how many pairs, the client's key players hang."""

    employees: int
    pairs: int
    diamond_pairs: int = 3

    @property
    def shape(self) -> Shape:
        """Name the shape: nothing, one thread (bow-tie), a few pairs, a diamond."""
        if self.pairs >= self.diamond_pairs and self.employees > 1:
            return "diamond"
        return "none" if not self.employees else "bow_tie" if self.employees == 1 else "pairs"


DEFAULT_RULE = CoverageRule()
DEFAULT_WEIGHTS = IndexWeights()


def coverage_level(
    days: Iterable[dt.date], formats: int, *, on: dt.date, rule: CoverageRule = DEFAULT_RULE
) -> int:
    """Return L, 0 to 3: how well one person is covered by contacts that took place.

    Parameters
    ----------
    days : iterable of date
        The day of each contact; those after `on` or older than the year do not count.
    formats : int
        In how many formats they were (call, meeting, …).
    on : date
        The day as of which it is judged.
    rule : CoverageRule
        The method's limits; those of 3.13 if not given.

    Returns
    -------
    int
        0 none, 1 known, 2 kept up, 3 close.

    Raises
    ------
    ValueError
        If `formats` is negative.

    Notes
    -----
    domain.md 3.13. A year is `rule.days[0]` days.

    Examples
    --------
    >>> today = dt.date(2026, 11, 22)
    >>> coverage_level([dt.date(2026, 11, 1), dt.date(2026, 9, 3)], 1, on=today)
    2
    >>> coverage_level([], 0, on=today)
    0
    """
    if formats < 0:
        raise ValueError(f"formats cannot be negative, got {formats}")
    ages = sorted((on - day).days for day in days)
    ages = [age for age in ages if 0 <= age <= rule.days[0]]
    if len(ages) < rule.contacts[0]:
        return 0
    if len(ages) >= rule.contacts[2] and ages[0] <= rule.days[2] and formats >= rule.formats:
        return 3
    return 2 if len(ages) >= rule.contacts[1] and ages[0] <= rule.days[1] else 1


def coverage(influence: Sequence[int], levels: Sequence[int]) -> float | None:
    """Return the coverage of a centre, 0 to 1: levels weighed by influence.

    Parameters
    ----------
    influence : sequence of int, n members
        1 to 5 each.
    levels : sequence of int, n members
        `coverage_level` of each.

    Returns
    -------
    float or None
        Σ influence·L/3 ÷ Σ influence; None without members.

    Raises
    ------
    ValueError
        If the lengths differ or a value is out of range.

    Notes
    -----
    domain.md 3.13.

    Examples
    --------
    >>> round(coverage([5, 4, 2, 4], [2, 3, 1, 0]), 3)
    0.533
    """
    _check(influence, levels, "levels", 0, FULL)
    if not influence:
        return None
    reached = sum(weight * level for weight, level in zip(influence, levels, strict=True))
    return reached / (FULL * sum(influence))


def support(influence: Sequence[int], attitude: Sequence[int]) -> float | None:
    """Return the support in a centre, −1 (all enemies) to 1 (all allies).

    Parameters
    ----------
    influence : sequence of int, n members
        1 to 5 each.
    attitude : sequence of int, n members
        −2 to +2 each.

    Returns
    -------
    float or None
        Σ influence·attitude ÷ (2 Σ influence); None without members.

    Raises
    ------
    ValueError
        If the lengths differ or a value is out of range.

    Notes
    -----
    domain.md 3.13.

    Examples
    --------
    >>> round(support([5, 4, 2, 4], [1, 2, 0, -1]), 3)
    0.3
    """
    _check(influence, attitude, "attitude", -2, 2)
    if not influence:
        return None
    pull = sum(weight * each for weight, each in zip(influence, attitude, strict=True))
    return pull / (2 * sum(influence))


def role_completeness(mandatory: Collection[str], filled: Collection[str]) -> float | None:
    """Return which part of the mandatory roles somebody plays, 0 to 1.

    Parameters
    ----------
    mandatory : collection of str
        Codes of the roles that must be filled.
    filled : collection of str
        Codes of the roles that somebody plays; others than the mandatory do not count.

    Returns
    -------
    float or None
        None if no role is mandatory.

    Notes
    -----
    domain.md 3.13.

    Examples
    --------
    >>> role_completeness(["decider", "user", "coach"], ["user", "decider", "blocker"])
    0.6666666666666666
    """
    wanted = set(mandatory)
    return len(wanted & set(filled)) / len(wanted) if wanted else None


def threads(
    levels: Mapping[tuple[int, int], int],
    influence: Mapping[int, int],
    *,
    key_influence: int = 4,
    level: int = 2,
) -> Threads:
    """Count our people who keep up with the client's key players, and the pairs.

    Parameters
    ----------
    levels : mapping of (employee, member) to int
        `coverage_level` of each pair by the contacts in which both took part.
    influence : mapping of member to int
        1 to 5; a pair with a member that is not here does not count.
    key_influence : int, default 4
        From which influence a member is a key player.
    level : int, default 2
        From which level a pair is a thread.

    Returns
    -------
    Threads

    Notes
    -----
    domain.md 3.13: one employee is a bow-tie; three pairs or more, of two employees at least, a
    diamond. Three threads of one and the same employee are cut at once, hence the second part.

    Examples
    --------
    >>> found = threads({(1, 10): 2, (2, 10): 3, (1, 11): 2, (2, 12): 3}, {10: 5, 11: 4, 12: 2})
    >>> found.employees, found.pairs, found.shape
    (2, 3, 'diamond')
    """
    kept = [
        pair
        for pair, reached in levels.items()
        if reached >= level and influence.get(pair[1], 0) >= key_influence
    ]
    return Threads(len({employee for employee, _member in kept}), len(kept))


def map_colour(
    players: Iterable[Player],
    covered: float | None,
    *,
    key_influence: int = 4,
    green_coverage: float = 0.6,
    deciding: Collection[str] = DECIDING,
) -> Colour:
    """Return the colour of the map: whether a supporter who counts is there.

    Parameters
    ----------
    players : iterable of Player
        The members.
    covered : float or None
        `coverage` of the centre.
    key_influence : int, default 4
        From which influence a player is a key one.
    green_coverage : float, default 0.6
        Coverage that green asks for.
    deciding : collection of str
        Codes of the roles that decide or approve.

    Returns
    -------
    {"red", "amber", "green"}
        Red: no key player is for us. Amber: one is. Green: one who decides or approves is, and
        coverage suffices.

    Notes
    -----
    domain.md 3.13.

    Examples
    --------
    >>> map_colour([Player(5, 1, frozenset({"decider"})), Player(4, -1)], 0.61)
    'green'
    >>> map_colour([Player(5, 1, frozenset({"user"}))], 0.9)
    'amber'
    """
    friends = [each for each in players if each.influence >= key_influence and each.attitude >= 1]
    if not friends:
        return "red"
    decides = any(each.roles & set(deciding) for each in friends)
    return "green" if decides and covered is not None and covered >= green_coverage else "amber"


def comm_index(
    covered: float | None,
    roles: float | None,
    next_steps: float | None,
    *,
    weights: IndexWeights = DEFAULT_WEIGHTS,
) -> float | None:
    """Return how far the communication task is solved, 0 to 100.

    Parameters
    ----------
    covered : float or None
        `coverage`.
    roles : float or None
        `role_completeness`.
    next_steps : float or None
        Which part of the members of influence 3 and more has a dated next step.
    weights : IndexWeights
        Those of the method.

    Returns
    -------
    float or None
        None without coverage: a centre without members. Another part that cannot be computed
        leaves its weight to the rest.

    Raises
    ------
    ValueError
        If a part is outside 0 to 1.

    Notes
    -----
    domain.md 3.13.

    Examples
    --------
    >>> round(comm_index(8 / 15, 4 / 6, 2 / 3), 6)
    60.0
    >>> comm_index(None, 0.0, None) is None
    True
    """
    if covered is None:
        return None
    given = ((covered, weights.coverage), (roles, weights.roles), (next_steps, weights.next_steps))
    known = [(part, weight) for part, weight in given if part is not None]
    if any(not 0 <= part <= 1 for part, _weight in known):
        raise ValueError("the parts of the index lie between 0 and 1")
    total = sum(weight for _part, weight in known)
    return 100 * sum(part * weight for part, weight in known) / total if total else None


def _check(influence: Sequence[int], values: Sequence[int], name: str, low: int, top: int) -> None:
    if len(influence) != len(values):
        raise ValueError(f"as many {name} as influences are wanted")
    if any(not 1 <= each <= 5 for each in influence):
        raise ValueError("influence is 1 to 5")
    if any(not low <= each <= top for each in values):
        raise ValueError(f"{name} lie between {low} and {top}")
