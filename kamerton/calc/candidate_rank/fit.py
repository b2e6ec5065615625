"""Plain: how near a candidate's clients are to ours: their kind, and their names."""

import math
from collections.abc import Collection
from dataclasses import astuple, dataclass

from kamerton.calc.text import folded

#: What a match is made of, in the order of its parts.
PROFILE_PARTS = ("deal_size", "products", "buyers", "project", "level", "budget")


@dataclass(frozen=True)
class ClientProfile:
    """What "a key client" means to somebody; what is not known is None or empty.

    Attributes
    ----------
    deal_size : float, optional
        Usual deal, in the same unit on both sides.
    products : collection of str
        What is sold.
    buyers : collection of str
        Kinds of organisations that buy.
    project : float, optional
        The largest project.
    level : float, optional
        The highest level negotiated with, 1 = specialist and upwards.
    budget : float, optional
        The largest budget.
    """

    deal_size: float | None = None
    products: Collection[str] = ()
    buyers: Collection[str] = ()
    project: float | None = None
    level: float | None = None
    budget: float | None = None


@dataclass(frozen=True)
class MatchWeights:
    """What each part of a match weighs, in the order of `PROFILE_PARTS`."""

    deal_size: float = 0.25
    products: float = 0.25
    buyers: float = 0.20
    project: float = 0.10
    level: float = 0.10
    budget: float = 0.10


DEFAULT_MATCH = MatchWeights()


@dataclass(frozen=True)
class ProfileMatch:
    """Share of 1 (NaN = nothing to compare) and its parts, NaN where one side is not known."""

    share: float
    parts: tuple[float, ...]


@dataclass(frozen=True)
class ClientOverlap:
    """Share of our targets a candidate has worked with (NaN = no targets), and which."""

    share: float
    common: tuple[str, ...]


def match_profile(
    candidate: ClientProfile, ours: ClientProfile, weights: MatchWeights = DEFAULT_MATCH
) -> ProfileMatch:
    """Return how far the clients a candidate calls key are like those we call key.

    Parameters
    ----------
    candidate, ours : ClientProfile
    weights : MatchWeights

    Returns
    -------
    ProfileMatch
        Parts that cannot be compared are left out and the others weighed up.

    Raises
    ------
    ValueError
        If a number of a profile is not positive.

    Notes
    -----
    Deal size: 1 - |log10 of the ratio|, so ten times smaller or larger is another trade. Products
    and buyers: the part of ours that he knows. Project, level and budget: how far he has been,
    full at ours. See docs/algorithms/hiring.md.

    Examples
    --------
    >>> ours = ClientProfile(2_000_000, ["valves", "pumps"], ["developer"], level=3)
    >>> match_profile(ours, ours).share
    1.0
    >>> his = ClientProfile(200_000, ["Valves", "hoses"], ["developer", "retail"])
    >>> found = match_profile(his, ours)
    >>> round(found.share, 3), found.parts
    (0.464, (0.0, 0.5, 1.0, nan, nan, nan))
    """
    parts = (
        _nearness(candidate.deal_size, ours.deal_size),
        _covered(candidate.products, ours.products),
        _covered(candidate.buyers, ours.buyers),
        _reached(candidate.project, ours.project),
        _reached(candidate.level, ours.level),
        _reached(candidate.budget, ours.budget),
    )
    known = [(w, p) for w, p in zip(astuple(weights), parts, strict=True) if not math.isnan(p)]
    weighed = sum(w for w, _ in known)
    share = sum(w * p for w, p in known) / weighed if weighed > 0 else math.nan
    return ProfileMatch(share, parts)


def client_overlap(known: Collection[str], targets: Collection[str]) -> ClientOverlap:
    """Return the part of our targets a candidate has worked with.

    Parameters
    ----------
    known, targets : collection of str
        Names (or codes); case, ё and spaces do not matter, repeats count once.

    Returns
    -------
    ClientOverlap
        In the order of the targets.

    Examples
    --------
    >>> client_overlap(["Acme ", "Borey", "Other"], ["ACME", "Borey", "Vega", "Gamma"])
    ClientOverlap(share=0.5, common=('ACME', 'Borey'))
    """
    wanted = {folded(name): name for name in reversed(list(targets))}
    have = {folded(name) for name in known}
    common = tuple(name for key, name in reversed(wanted.items()) if key in have)
    return ClientOverlap(len(common) / len(wanted) if wanted else math.nan, common)


def _covered(his: Collection[str], ours: Collection[str]) -> float:
    return client_overlap(his, ours).share if his else math.nan


def _nearness(his: float | None, ours: float | None) -> float:
    quotient = _quotient(his, ours)
    return max(1.0 - abs(math.log10(quotient)), 0.0) if quotient else math.nan


def _reached(his: float | None, ours: float | None) -> float:
    quotient = _quotient(his, ours)
    return min(quotient, 1.0) if quotient else math.nan


def _quotient(his: float | None, ours: float | None) -> float | None:
    if his is None or ours is None:
        return None
    if not (0 < his < math.inf and 0 < ours < math.inf):
        raise ValueError(f"figures of a profile are positive, got {his} and {ours}")
    return his / ours
