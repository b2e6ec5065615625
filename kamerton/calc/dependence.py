"""NumPy: how much hangs on one manager: his share, his hours, his clients' single threads."""

import enum
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import EPSILON, Flags, Floats, Words, at_least, ratio, vector


class ShareBand(enum.StrEnum):
    """How much of the company's gross profit one manager brings."""

    NO_DATA = "no_data"
    USUAL = "usual"
    NOTABLE = "notable"
    HIGH = "high"
    CRITICAL = "critical"


@dataclass(frozen=True)
class ShareLimits:
    """Where the bands of a manager's share begin, and the share above which we warn."""

    notable: float = 0.10
    high: float = 0.20
    critical: float = 0.50
    warn: float = 0.30


@dataclass(frozen=True)
class TierHours:
    """Hours a month one client of each tier takes."""

    strategic: float = 12.0
    key: float = 8.0
    maintain: float = 2.0
    flow: float = 0.5


@dataclass(frozen=True)
class LoadLimits:
    """Utilisation above which we warn, and above which no key client may be added."""

    warn: float = 1.0
    block: float = 1.2


@dataclass(frozen=True)
class KpdWeights:
    """Points of key-person dependence, what counts as full, and the red line."""

    profit: float = 40.0
    threads: float = 25.0
    dossier: float = 15.0
    tenure: float = 10.0
    contacts: float = 10.0
    full_profit_share: float = 0.50
    full_tenure_years: float = 10.0
    red: float = 60.0


DEFAULT_SHARES = ShareLimits()
DEFAULT_HOURS = TierHours()
DEFAULT_LOAD = LoadLimits()
DEFAULT_KPD = KpdWeights()


@dataclass(frozen=True)
class ManagerShares:
    """Share of 1, band (`ShareBand` values) and warning of each manager."""

    share: Floats
    band: Words
    above_limit: Flags


@dataclass(frozen=True)
class Load:
    """Hours a month, utilisation (of 1), warning and block of each manager."""

    hours: Floats
    utilisation: Floats
    over: Flags
    blocked: Flags


@dataclass(frozen=True)
class ManagerFacts:
    """What key-person dependence is made of; each an array over managers.

    Attributes
    ----------
    profit_share : array_like
        Share in the company's gross profit, of 1.
    single_threaded : array_like
        Share of his key clients that hang on one thread.
    dossier_quality : array_like
        Mean quality of their dossiers, 0 to 1.
    tenure_years : array_like
        Years with us.
    own_contacts : array_like
        Share of his contact persons nobody else of us has met.
    """

    profit_share: ArrayLike
    single_threaded: ArrayLike
    dossier_quality: ArrayLike
    tenure_years: ArrayLike
    own_contacts: ArrayLike


@dataclass(frozen=True)
class KeyPersonDependence:
    """Points of 100, their five parts (n_managers, 5), and who is in the red."""

    points: Floats
    parts: Floats
    red: Flags


def manager_shares(profit: ArrayLike, limits: ShareLimits = DEFAULT_SHARES) -> ManagerShares:
    """Return each manager's share of the gross profit, its band, and who is above the limit.

    Parameters
    ----------
    profit : array_like, shape (n_managers,)
        Gross profit (or revenue) of each manager; a loss counts as nothing.
    limits : ShareLimits
        A band begins at its limit; the warning above it.

    Returns
    -------
    ManagerShares
        NaN, "no_data" and no warning if the total is not positive.

    Raises
    ------
    ValueError
        If `profit` is not one-dimensional or holds NaN or infinity.

    Notes
    -----
    See docs/algorithms/dependence.md.

    Examples
    --------
    >>> found = manager_shares([51, 31, 13, 5])
    >>> found.band.tolist(), found.above_limit.tolist()
    (['critical', 'high', 'notable', 'usual'], [True, True, False, False])
    """
    positive = np.maximum(vector(profit, "profit"), 0.0)
    share = ratio(positive, positive.sum())
    band = np.select(
        [
            np.isnan(share),
            at_least(share, limits.critical),
            at_least(share, limits.high),
            at_least(share, limits.notable),
        ],
        [ShareBand.NO_DATA, ShareBand.CRITICAL, ShareBand.HIGH, ShareBand.NOTABLE],
        ShareBand.USUAL,
    )
    above = np.asarray(share > limits.warn + EPSILON, dtype=np.bool_)
    return ManagerShares(share, band.astype(np.str_), above)


def workload(
    clients: ArrayLike,
    monthly_hours: ArrayLike = 140.0,
    *,
    hours: TierHours = DEFAULT_HOURS,
    limits: LoadLimits = DEFAULT_LOAD,
) -> Load:
    """Return the hours the clients take and the part of the month they fill.

    Parameters
    ----------
    clients : array_like, shape (n_managers, 4) or (4,)
        Clients of each manager by tier: strategic, key, maintain, flow.
    monthly_hours : array_like, shape (n_managers,), default 140
        Hours a month each has for selling.
    hours : TierHours
    limits : LoadLimits

    Returns
    -------
    Load
        Utilisation NaN where a manager has no hours; no flag then.

    Raises
    ------
    ValueError
        If the shape does not fit.

    Examples
    --------
    >>> found = workload([3, 9, 10, 0])
    >>> found.hours.tolist(), found.utilisation.round(2).tolist(), found.over.tolist()
    ([128.0], [0.91], [False])
    """
    counts = np.atleast_2d(np.asarray(clients, dtype=np.float64))
    if counts.ndim != 2 or counts.shape[1] != 4:
        raise ValueError(f"clients must have 4 columns, got shape {counts.shape}")
    each = np.array([hours.strategic, hours.key, hours.maintain, hours.flow])
    taken = (counts * each).sum(axis=1)
    used = ratio(taken, vector(monthly_hours, "monthly_hours", size=taken.size))
    over, blocked = used > limits.warn + EPSILON, used > limits.block + EPSILON
    return Load(taken, used, over, blocked)


def key_person_dependence(
    facts: ManagerFacts, weights: KpdWeights = DEFAULT_KPD
) -> KeyPersonDependence:
    """Return how much the company would lose with each manager, 0 to 100 points.

    Parameters
    ----------
    facts : ManagerFacts
        NaN where something is not known.
    weights : KpdWeights

    Returns
    -------
    KeyPersonDependence
        NaN points, and not red, where a part is not known.

    Raises
    ------
    ValueError
        If the lengths differ or a number is infinite.

    Notes
    -----
    40 profit share (full at 50 %) + 25 single-threaded + 15 (1 - dossier quality) + 10 tenure
    (full at 10 years) + 10 own contacts. See docs/algorithms/dependence.md.

    Examples
    --------
    >>> found = key_person_dependence(ManagerFacts([0.30], [0.6], [0.5], [12], [0.8]))
    >>> found.points.round(6).tolist(), found.red.tolist()
    ([64.5], [True])
    """
    profit = vector(facts.profit_share, "profit_share", missing=True)
    others = (
        (facts.single_threaded, "single_threaded"),
        (facts.dossier_quality, "dossier_quality"),
        (facts.tenure_years, "tenure_years"),
        (facts.own_contacts, "own_contacts"),
    )
    threads, quality, tenure, contacts = (
        vector(values, name, size=profit.size, missing=True) for values, name in others
    )
    shares = np.column_stack(
        [
            profit / weights.full_profit_share,
            threads,
            1.0 - quality,
            tenure / weights.full_tenure_years,
            contacts,
        ]
    )
    full = [weights.profit, weights.threads, weights.dossier, weights.tenure, weights.contacts]
    parts = np.clip(shares, 0.0, 1.0) * np.array(full)
    points = parts.sum(axis=1)
    return KeyPersonDependence(points, parts, at_least(points, weights.red))
