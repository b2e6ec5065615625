"""NumPy: the show rate, learned from own facts: small parts lean on larger ones, all on a prior."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import EPSILON, Flags, Floats, Whole, Words, vector, weighted


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
    strengths : tuple of float
        A part's own facts weigh as much as what it leans on once it has m invitations; the m of
        these under which the facts are likeliest is taken. A single one is taken as it is.
    lead_starts : tuple of int
        Days between invitation and slot at which the next band of lead time begins.

    Raises
    ------
    ValueError
        If there is no strength, one is not positive, or the bands do not rise.
    """

    prior: ShowPrior = DEFAULT_PRIOR
    least: int = 30
    strengths: tuple[float, ...] = (8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0, 2048.0)
    lead_starts: tuple[int, ...] = (1, 3, 7, 14)

    def __post_init__(self) -> None:
        if not self.strengths or not all(0 < one < math.inf for one in self.strengths):
            raise ValueError(f"a positive strength is wanted, got {self.strengths}")
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
    by_lead, lead_n : ndarray, shape (n_bands,)
    by_cell, cell_n : ndarray, shape (n_channels, n_bands)
    rule : LearningRule
    """

    overall: float
    n: int
    parted: bool
    channels: Words
    by_channel: Floats
    channel_n: Floats
    by_lead: Floats
    lead_n: Floats
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
    """Learn the show rate of all, of each lead time, each channel, and of both together.

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
    A chain of Beta posteriors, the mean of each the prior of the next: all (5 + S)/(12 + N); a
    band of lead time (m·all + S)/(m + N); a channel (m·e + S)/(m + N), e = what its lead times
    alone lead to expect; a cell likewise, from the odds of its lead time times what the channel
    changes in the odds of e. Each level takes the m with the highest beta-binomial likelihood.
    O(n log n). See docs/algorithms/hiring.md.

    References
    ----------
    .. [1] A. Gelman et al., "Bayesian Data Analysis", 3rd ed., 2013, ch. 5.

    Examples
    --------
    >>> found = learn_show_rates(ShowFacts(["calls", "site"], [2, 9], [18, 6], [24, 24]))
    >>> round(found.overall, 4), found.channels.tolist(), found.by_channel.round(3).tolist()
    (0.4833, ['calls', 'site'], [0.684, 0.308])
    """
    came, sent = _counted(facts)
    known, place = np.unique(np.asarray(facts.channel, dtype=np.str_), return_inverse=True)
    if place.size != came.size:
        raise ValueError(f"channel must have {came.size} values, got {place.size}")
    lead = vector(facts.lead_days, "lead_days", size=came.size, missing=True)
    cells = _Cells(place, _band(lead, rule), ~np.isnan(lead), (known.size, _bands(rule)))
    shows, n = cells.sums(came), cells.sums(sent)
    overall = show_rate(float(came.sum()), float(sent.sum()), rule.prior)
    parted = bool(sent.sum() >= rule.least)
    rates = _levels(shows, n, overall, rule) if parted else _alike(n, overall)
    return ShowRates(
        overall=overall,
        n=int(sent.sum()),
        parted=parted,
        channels=known,
        by_channel=rates.channel,
        channel_n=n.channel,
        by_lead=rates.lead,
        lead_n=n.lead,
        by_cell=rates.cell,
        cell_n=n.cell,
        rule=rule,
    )


def rates_for(learned: ShowRates, channel: ArrayLike, lead_days: ArrayLike) -> CellRates:
    """Return how likely each person comes, and from how many invitations that is known.

    Parameters
    ----------
    learned : ShowRates
    channel : array_like of str, shape (n,)
        One never seen has the rate of its lead time.
    lead_days : array_like, shape (n,)
        Days between invitation and slot; NaN has the rate of its channel.

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
    ([0.685, 0.484, 0.683], [24, 0, 0], [24, 24, 0])
    """
    asked = np.asarray(channel, dtype=np.str_)
    lead = vector(lead_days, "lead_days", size=asked.size, missing=True)
    dated, band = ~np.isnan(lead), _band(lead, learned.rule)
    unseen = np.where(dated, learned.by_lead[band], learned.overall)
    if not learned.channels.size:
        nothing = np.zeros(asked.size, dtype=np.int64)
        return CellRates(unseen, nothing, nothing)
    place = np.searchsorted(learned.channels, asked).clip(max=learned.channels.size - 1)
    seen = learned.channels[place] == asked
    rate = np.where(dated, learned.by_cell[place, band], learned.by_channel[place])
    n = np.where(seen & dated, learned.cell_n[place, band], 0).astype(np.int64)
    channel_n = np.where(seen, learned.channel_n[place], 0).astype(np.int64)
    return CellRates(np.where(seen, rate, unseen), n, channel_n)


@dataclass(frozen=True)
class _Levels:
    """One figure for each channel, each band of lead time, each cell."""

    channel: Floats
    lead: Floats
    cell: Floats


@dataclass(frozen=True)
class _Cells:
    """Where each row of facts belongs."""

    channel: Whole
    band: Whole
    dated: Flags
    shape: tuple[int, int]

    def sums(self, values: Floats) -> _Levels:
        """Add up rows; those without a lead time count for their channel only."""
        channels, bands = self.shape
        cell = (self.channel * bands + self.band)[self.dated]
        cells = np.bincount(cell, values[self.dated], channels * bands).reshape(self.shape)
        by_channel = np.bincount(self.channel, values, channels)
        return _Levels(by_channel.astype(np.float64), cells.sum(axis=0), cells.astype(np.float64))


def _levels(shows: _Levels, n: _Levels, overall: float, rule: LearningRule) -> _Levels:
    lead = _leaning(shows.lead, n.lead, np.full(n.lead.shape, overall), rule)
    expected = _expected(n, lead, overall)
    channel = _leaning(shows.channel, n.channel, expected, rule)
    changed = _log_odds(channel) - _log_odds(expected)
    odds = _log_odds(lead) + changed[:, np.newaxis]
    return _Levels(channel, lead, _leaning(shows.cell, n.cell, 1.0 / (1.0 + np.exp(-odds)), rule))


def _expected(n: _Levels, lead: Floats, overall: float) -> Floats:
    """Return what part of each channel should come if only lead times mattered."""
    undated = n.channel - n.cell.sum(axis=1)
    come = weighted(n.cell, lead) + undated * overall
    return np.where(n.channel > 0, come / np.maximum(n.channel, 1.0), overall)


def _alike(n: _Levels, overall: float) -> _Levels:
    channel, lead, cell = (np.full(of.shape, overall) for of in (n.channel, n.lead, n.cell))
    return _Levels(channel, lead, cell)


def _leaning(shows: Floats, n: Floats, above: Floats, rule: LearningRule) -> Floats:
    """Return the Beta means under the strength that makes the facts likeliest."""
    has = n > 0
    likely = [_likelihood(shows[has], n[has], m * above[has], m) for m in rule.strengths]
    m = rule.strengths[int(np.argmax(likely))]
    return np.asarray((m * above + shows) / (m + n), dtype=np.float64)


def _likelihood(shows: Floats, n: Floats, a: Floats, m: float) -> float:
    """Return the log of the beta-binomial likelihood, without what does not depend on m."""
    b = m - a
    each = _log_gamma(a + shows) - _log_gamma(a) + _log_gamma(b + n - shows) - _log_gamma(b)
    return float((each - _log_gamma(m + n) + math.lgamma(m)).sum())


def _log_gamma(values: Floats) -> Floats:
    return np.array([math.lgamma(value) for value in values])


def _log_odds(rate: Floats) -> Floats:
    return np.asarray(np.log(rate / (1.0 - rate)), dtype=np.float64)


def _counted(facts: ShowFacts) -> tuple[Floats, Floats]:
    came = vector(facts.shows, "shows")
    sent = vector(facts.invites, "invites", size=came.size)
    if ((came < 0) | (came > sent + EPSILON)).any():
        raise ValueError("no row may have more shows than invites, or fewer than none")
    return came, sent


def _bands(rule: LearningRule) -> int:
    return len(rule.lead_starts) + 1


def _band(lead: Floats, rule: LearningRule) -> Whole:
    """Return the band of lead time; what is not known gets the first and is sorted out after."""
    days = np.where(np.isnan(lead), 0.0, lead)
    return np.searchsorted(np.array(rule.lead_starts), days, side="right").astype(np.int64)
