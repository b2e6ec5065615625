"""Plain: what a vacancy is told: from within or from outside, and whether it asks too much."""

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass

LEAST_TENURE_MONTHS = 24


class Route(enum.StrEnum):
    """Where to look for the person."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    MIXED = "mixed"


@dataclass(frozen=True)
class Reserve:
    """One of our own people: since how long with us, whether he wants it, ready when."""

    tenure_months: float
    willing: bool
    ready_on: dt.date


@dataclass(frozen=True)
class RouteAdvice:
    """Where to look, and why.

    Attributes
    ----------
    route : Route
    eligible : tuple of bool
        Of each of the reserve: long enough with us and willing.
    in_time : tuple of bool
        Eligible and ready by the day needed.
    days_late : int or None
        From the day needed to the first who is ready; 0 if in time, None if nobody is eligible.
    """

    route: Route
    eligible: tuple[bool, ...]
    in_time: tuple[bool, ...]
    days_late: int | None

    @property
    def internal_possible(self) -> bool:
        """Whether anybody of the reserve is ready in time; else the way is shown grey."""
        return any(self.in_time)


@dataclass(frozen=True)
class BreadthRule:
    """Most must-haves, and the least number of people who may meet them."""

    must_haves: int = 5
    pool: int = 20


DEFAULT_BREADTH = BreadthRule()


@dataclass(frozen=True)
class Breadth:
    """Whether a vacancy asks for too much, or for people there are too few of."""

    too_many: bool
    small_pool: bool

    @property
    def narrow(self) -> bool:
        """Whether to warn."""
        return self.too_many or self.small_pool


def advise_route(
    needed_by: dt.date,
    reserve: Sequence[Reserve],
    seats: int = 1,
    *,
    least_tenure_months: float = LEAST_TENURE_MONTHS,
) -> RouteAdvice:
    """Advise whether to fill the seats from within, from outside, or both.

    Parameters
    ----------
    needed_by : date
    reserve : sequence of Reserve
        Our own candidates, shown first whatever the advice.
    seats : int, default 1
    least_tenure_months : float, default 24

    Returns
    -------
    RouteAdvice
        Internal if enough are ready in time, mixed if some are, else external.

    Raises
    ------
    ValueError
        If `seats` is not positive.

    Examples
    --------
    >>> slow = Reserve(tenure_months=30, willing=True, ready_on=dt.date(2027, 5, 20))
    >>> found = advise_route(dt.date(2026, 12, 21), [slow])
    >>> str(found.route), found.internal_possible, found.days_late
    ('external', False, 150)
    """
    if seats < 1:
        raise ValueError(f"at least one seat is wanted, got {seats}")
    eligible = tuple(one.willing and one.tenure_months >= least_tenure_months for one in reserve)
    fit = [one.ready_on for one, able in zip(reserve, eligible, strict=True) if able]
    in_time = tuple(
        able and one.ready_on <= needed_by for one, able in zip(reserve, eligible, strict=True)
    )
    late = max((min(fit) - needed_by).days, 0) if fit else None
    return RouteAdvice(_route(sum(in_time), seats), eligible, in_time, late)


def breadth(
    must_haves: int, pool: int | None = None, rule: BreadthRule = DEFAULT_BREADTH
) -> Breadth:
    """Tell whether the requirements of a vacancy are narrow: a common and costly mistake.

    Parameters
    ----------
    must_haves : int
        Requirements nobody may lack.
    pool : int, optional
        How many people are thought to meet them; None is not known and warns of nothing.
    rule : BreadthRule

    Examples
    --------
    >>> breadth(7).narrow, breadth(5, 20).narrow, breadth(3, 19).small_pool
    (True, False, True)
    """
    return Breadth(must_haves > rule.must_haves, pool is not None and pool < rule.pool)


def _route(ready: int, seats: int) -> Route:
    if ready >= seats:
        return Route.INTERNAL
    return Route.MIXED if ready else Route.EXTERNAL
