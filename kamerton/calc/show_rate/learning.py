"""NumPy: the show rate, learned from own facts: a cell leans on its channel, that on all, on us."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import EPSILON, Flags, Floats, Whole, Words, vector


@dataclass(frozen=True)
class ShowPrior:
    """What is believed before any fact: `shows` of `invites` came.

    Raises
    ------
    ValueError
        If not 0 < shows < invites.
    """

    shows: float = 5.0
    invites: float = 12.0

    def __post_init__(self) -> None:
        if not (0 < self.shows < self.invites < math.inf):
            raise ValueError(f"0 < shows < invites is wanted, got {self.shows} of {self.invites}")


DEFAULT_PRIOR = ShowPrior()


@dataclass(frozen=True)
class LearningRule:
    """From how many facts the rate is parted, by what, and how far a small part leans on others.

    Attributes
    ----------
    prior : ShowPrior
    least : int
        Invitations from which channels and lead times are told apart.
    strength : float
        A cell's own facts weigh as much as its channel once it has so many invitations; the
        channel's against the rate of all likewise.
    lead_starts : tuple of int
        Days between invitation and slot at which the next band of lead time begins.

    Raises
    ------
    ValueError
        If `strength` is not positive or the bands do not rise.
    """

    prior: ShowPrior = DEFAULT_PRIOR
    least: int = 30
    strength: float = 12.0
    lead_starts: tuple[int, ...] = (1, 3, 7, 14)

    def __post_init__(self) -> None:
        if not (0 < self.strength < math.inf):
            raise ValueError(f"strength must be positive, got {self.strength}")
        if list(self.lead_starts) != sorted(set(self.lead_starts)):
            raise ValueError(f"bands of lead time must rise, got {self.lead_starts}")


DEFAULT_LEARNING = LearningRule()


@dataclass(frozen=True)
class ShowFacts:
    """What happened, a row an invitation or many alike; each an array over rows.

    Attributes
    ----------
    channel : array_like of str
        How the person was found or invited.
    lead_days : array_like
        Days between invitation and slot; NaN where not known.
    shows : array_like
        How many came (late counts as come).
    invites : array_like
        Of how many; one by default.
    """

    channel: ArrayLike
    lead_days: ArrayLike
    shows: ArrayLike
    invites: ArrayLike = 1


@dataclass(frozen=True)
class ShowRates:
    """The rates learned and from how many invitations each.

    Attributes
    ----------
    overall : float
        Of everybody.
    n : int
        Invitations behind it.
    parted : bool
        Whether they are enough to tell channels and lead times apart.
    channels : ndarray of str, shape (n_channels,)
        In alphabetical order.
    by_channel, channel_n : ndarray, shape (n_channels,)
    by_cell, cell_n : ndarray, shape (n_channels, n_bands)
    rule : LearningRule
    """

    overall: float
    n: int
    parted: bool
    channels: Words
    by_channel: Floats
    channel_n: Floats
    by_cell: Floats
    cell_n: Floats
    rule: LearningRule


@dataclass(frozen=True)
class CellRates:
    """The rate of each person, the invitations of his cell, those of his channel."""

    rate: Floats
    n: Whole
    channel_n: Whole


def show_rate(shows: float, invites: float, prior: ShowPrior = DEFAULT_PRIOR) -> float:
    """Return the show rate after own facts: (5 + shows) / (12 + invites).

    Parameters
    ----------
    shows, invites : float
        How many came, of how many invited.
    prior : ShowPrior

    Returns
    -------
    float
        The mean of the Beta posterior, inside (0, 1).

    Raises
    ------
    ValueError
        If not 0 <= shows <= invites.

    Notes
    -----
    Between one of two and one of three come; 5 of 12 lies between. See docs/algorithms/hiring.md.

    Examples
    --------
    >>> show_rate(9, 20)
    0.4375
    """
    if not (0 <= shows <= invites < math.inf):
        raise ValueError(f"0 <= shows <= invites is wanted, got {shows} of {invites}")
    return (prior.shows + shows) / (prior.invites + invites)


def learn_show_rates(facts: ShowFacts, rule: LearningRule = DEFAULT_LEARNING) -> ShowRates:
    """Learn the show rate of all, of each channel, and of each channel at each lead time.

    Parameters
    ----------
    facts : ShowFacts
        May be empty: the prior is left.
    rule : LearningRule

    Returns
    -------
    ShowRates
        Below `rule.least` invitations everybody has the overall rate.

    Raises
    ------
    ValueError
        If the lengths differ, or a row has more shows than invites.

    Notes
    -----
    A chain of Beta posteriors, each mean the prior of the next: all (5 + S)/(12 + N), channel
    (m·all + S)/(m + N), cell (m·channel + S)/(m + N), m = `rule.strength`. O(n log n).

    References
    ----------
    .. [1] A. Gelman et al., "Bayesian Data Analysis", 3rd ed., 2013, ch. 5.

    Examples
    --------
    >>> found = learn_show_rates(ShowFacts(["calls", "site"], [2, 9], [18, 6], [24, 24]))
    >>> round(found.overall, 4), found.channels.tolist(), found.by_channel.round(3).tolist()
    (0.4833, ['calls', 'site'], [0.661, 0.328])
    """
    came, sent = _counted(facts)
    known, place = np.unique(np.asarray(facts.channel, dtype=np.str_), return_inverse=True)
    if place.size != came.size:
        raise ValueError(f"channel must have {came.size} values, got {place.size}")
    lead = vector(facts.lead_days, "lead_days", size=came.size, missing=True)
    cell = _Cells(
        place, _band(lead, rule), ~np.isnan(lead), (known.size, len(rule.lead_starts) + 1)
    )
    overall = show_rate(float(came.sum()), float(sent.sum()), rule.prior)
    parted = bool(sent.sum() >= rule.least)
    channel_n, cell_n = cell.by_channel(sent), cell.by_cell(sent)
    by_channel, by_cell = np.full(channel_n.shape, overall), np.full(cell_n.shape, overall)
    if parted:
        by_channel = _leaning(cell.by_channel(came), channel_n, by_channel, rule)
        by_cell = _leaning(cell.by_cell(came), cell_n, by_channel[:, np.newaxis], rule)
    return ShowRates(
        overall=overall,
        n=int(sent.sum()),
        parted=parted,
        channels=known,
        by_channel=by_channel,
        channel_n=channel_n,
        by_cell=by_cell,
        cell_n=cell_n,
        rule=rule,
    )


def rates_for(learned: ShowRates, channel: ArrayLike, lead_days: ArrayLike) -> CellRates:
    """Return how likely each person comes, and from how many invitations that is known.

    Parameters
    ----------
    learned : ShowRates
    channel : array_like of str, shape (n,)
        One never seen has the overall rate.
    lead_days : array_like, shape (n,)
        Days between invitation and slot; NaN has the channel's rate.

    Returns
    -------
    CellRates

    Raises
    ------
    ValueError
        If the lengths differ.

    Examples
    --------
    >>> learned = learn_show_rates(ShowFacts(["calls", "site"], [2, 9], [18, 6], [24, 24]))
    >>> found = rates_for(learned, ["calls", "calls", "fair"], [1, 30, 1])
    >>> found.rate.round(3).tolist(), found.n.tolist(), found.channel_n.tolist()
    ([0.72, 0.661, 0.483], [24, 0, 0], [24, 24, 0])
    """
    asked = np.asarray(channel, dtype=np.str_)
    lead = vector(lead_days, "lead_days", size=asked.size, missing=True)
    if not learned.channels.size:
        nothing = np.zeros(asked.size, dtype=np.int64)
        return CellRates(np.full(asked.size, learned.overall), nothing, nothing)
    place = np.searchsorted(learned.channels, asked).clip(max=learned.channels.size - 1)
    seen, dated = learned.channels[place] == asked, ~np.isnan(lead)
    band = _band(lead, learned.rule)
    rate = np.where(dated, learned.by_cell[place, band], learned.by_channel[place])
    n = np.where(seen & dated, learned.cell_n[place, band], 0)
    channel_n = np.where(seen, learned.channel_n[place], 0)
    return CellRates(
        np.where(seen, rate, learned.overall), n.astype(np.int64), channel_n.astype(np.int64)
    )


@dataclass(frozen=True)
class _Cells:
    """Where each row of facts belongs."""

    channel: Whole
    band: Whole
    dated: Flags
    shape: tuple[int, int]

    def by_channel(self, values: Floats) -> Floats:
        return np.asarray(np.bincount(self.channel, values, self.shape[0]), dtype=np.float64)

    def by_cell(self, values: Floats) -> Floats:
        cell = (self.channel * self.shape[1] + self.band)[self.dated]
        sums = np.bincount(cell, values[self.dated], self.shape[0] * self.shape[1])
        return np.asarray(sums.reshape(self.shape), dtype=np.float64)


def _leaning(shows: Floats, n: Floats, above: Floats, rule: LearningRule) -> Floats:
    return np.asarray((rule.strength * above + shows) / (rule.strength + n), dtype=np.float64)


def _counted(facts: ShowFacts) -> tuple[Floats, Floats]:
    came = vector(facts.shows, "shows")
    sent = vector(facts.invites, "invites", size=came.size)
    if ((came < 0) | (came > sent + EPSILON)).any():
        raise ValueError("no row may have more shows than invites, or fewer than none")
    return came, sent


def _band(lead: Floats, rule: LearningRule) -> Whole:
    """Return the band of lead time; what is not known gets the first and is sorted out after."""
    days = np.where(np.isnan(lead), 0.0, lead)
    return np.searchsorted(np.array(rule.lead_starts), days, side="right").astype(np.int64)
