"""NumPy: monthly sales of one client some months ahead, with an interval that is then scored."""

from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import Floats, vector

SEASON = 12
FEWEST = 6  # months of history below which nothing is forecast
SEASONAL_FROM = 24
CALM = 0.5  # the part of the change seen so far that is expected to go on


@dataclass(frozen=True)
class Forecast:
    """A forecast month by month; `method` is seasonal, drift or none.

    `history` is the number of months it rests on, `errors` of out-of-sample errors at the first
    month; with fewer than 12 of either the interval is a rough one.
    """

    method: str
    mean: Floats
    low: Floats
    high: Floats
    history: int
    errors: int

    @property
    def rough(self) -> bool:
        """True if the interval rests on too little to be trusted much."""
        return min(self.history, self.errors) < SEASON


@dataclass(frozen=True)
class Score:
    """How a forecast came out: mean absolute percentage error, part of months in the interval."""

    months: int
    mape: float
    coverage: float


def forecast(values: ArrayLike, ahead: int, *, level: float = 0.8) -> Forecast:
    """Forecast `ahead` months after the last of `values`.

    Parameters
    ----------
    values : array_like, shape (n_months,)
        Sales month by month, the oldest first, zeros where nothing was sold. Months before the
        first sale are left out: they say nothing of the client.
    ahead : int
        How many months, 1 to 60.
    level : float, default 0.8
        The part of months that should fall inside the interval, 0 < level < 1.

    Returns
    -------
    Forecast
        With fewer than 6 months NaN and the method "none". From 24 months a level with a calmed
        yearly change and a season of its own months ("seasonal"), else a level with a calmed drift
        ("drift"). Never below zero.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Notes
    -----
    The interval comes from what the same procedure would have missed by, had it been asked in each
    past month (rolling origin): at each lead the conformal quantile of absolute errors, or, with
    too few of them, their root mean square times Student's quantile. It never narrows with the
    lead. See docs/algorithms/forecast.md.

    Examples
    --------
    >>> found = forecast([10.0] * 12, 3)
    >>> found.method, found.mean.tolist(), found.high.tolist()
    ('drift', [10.0, 10.0, 10.0], [10.0, 10.0, 10.0])
    >>> forecast([5, 6], 2).method
    'none'
    """
    if not 1 <= ahead <= 60:
        raise ValueError(f"1 to 60 months ahead, got {ahead}")
    if not 0 < level < 1:
        raise ValueError(f"the level is between 0 and 1, got {level}")
    known = np.trim_zeros(vector(values, "values"), "f")
    if known.size < FEWEST:
        empty: Floats = np.full(ahead, np.nan)
        return Forecast("none", empty, empty, empty, known.size, 0)
    mean = _expected(known, ahead)
    misses = _misses(known, ahead)
    width = np.maximum.accumulate([_half_width(row, level) for row in misses])
    return Forecast(
        method="seasonal" if known.size >= SEASONAL_FROM else "drift",
        mean=mean,
        low=np.maximum(mean - width, 0.0),
        high=mean + width,
        history=known.size,
        errors=misses[0].size,
    )


def forecast_score(actual: ArrayLike, mean: ArrayLike, low: ArrayLike, high: ArrayLike) -> Score:
    """Compare a forecast with what came.

    Parameters
    ----------
    actual, mean, low, high : array_like, shape (n_months,)
        Of the months that have come, same unit.

    Returns
    -------
    Score
        MAPE over months with sales above 0, as a fraction; NaN if there were none.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> forecast_score([100, 80], [90, 100], [70, 90], [110, 120])
    Score(months=2, mape=0.175, coverage=0.5)
    """
    came = vector(actual, "actual")
    said = vector(mean, "mean", size=came.size)
    least, most = (
        vector(bound, name, size=came.size) for bound, name in ((low, "low"), (high, "high"))
    )
    if not came.size:
        return Score(0, float("nan"), float("nan"))
    sold = came > 0
    errors = np.abs(came - said)[sold] / came[sold]
    inside = (came >= least) & (came <= most)
    mape = float(errors.mean()) if errors.size else float("nan")
    return Score(came.size, mape, float(inside.mean()))


def _expected(known: Floats, ahead: int) -> Floats:
    """The forecast itself."""
    steps = np.arange(1, ahead + 1, dtype=np.float64)
    if known.size >= SEASONAL_FROM:
        last, before = known[-SEASON:].mean(), known[-2 * SEASON : -SEASON].mean()
        change = CALM * (last - before) / SEASON
        middle = (SEASON - 1) / 2  # the mean of a year stands in its middle
        season = _season(known)[(known.size + np.arange(ahead)) % SEASON]
        found = last + change * np.minimum(steps + middle, 2 * SEASON) + season
    else:
        recent = known[-SEASON:]
        half = recent.size // 2
        change = CALM * (recent[half:].mean() - recent[:half].mean()) / (recent.size / 2)
        found = recent[-half:].mean() + change * np.minimum(steps, SEASON)
    return np.asarray(np.maximum(found, 0.0), dtype=np.float64)


def _season(known: Floats) -> Floats:
    """How each month of the year differs from its year, by place in `known` modulo 12.

    The mean over the whole years, the oldest months left out, drawn together by what a single
    year could differ by chance.
    """
    years = known.size // SEASON
    start = known.size - years * SEASON
    table = known[start:].reshape(years, SEASON)
    apart = table - table.mean(axis=1, keepdims=True)
    found = apart.mean(axis=0)
    noise = apart.var(axis=0, ddof=1).mean() / years
    spread = float((found**2).mean())
    kept = max(0.0, 1 - noise / spread) if spread > 0 else 0.0
    return np.asarray(np.roll(found * kept, start % SEASON), dtype=np.float64)


def _misses(known: Floats, ahead: int) -> list[Floats]:
    """Absolute errors out of sample for each lead; leads beyond the history take the longest known.

    A seasonal forecast is judged by seasonal ones, once there are enough of them.
    """
    seasonal = known.size >= SEASONAL_FROM + SEASON
    first = SEASONAL_FROM if seasonal else FEWEST
    origins = range(first, known.size)
    tries = {n: _expected(known[:n], ahead) for n in origins}
    found: list[Floats] = []
    for lead in range(ahead):
        rows = [abs(known[n + lead] - tries[n][lead]) for n in origins if n + lead < known.size]
        errors = np.array(rows, dtype=np.float64)
        found.append(errors if errors.size >= 3 or not found else found[-1])
    return found


def _half_width(errors: Floats, level: float) -> float:
    """The half-width that holds `level` of new errors."""
    count = errors.size
    if not count:
        return float("nan")
    place = ceil((count + 1) * level)
    if place <= count:
        return float(np.sort(errors)[place - 1])
    spread = sqrt(float((errors**2).mean()) * (1 + 1 / count))
    return spread * _student((1 + level) / 2, max(1, count - 1))


def _student(probability: float, freedom: int) -> float:
    """Student's quantile by the expansion of Cornish and Fisher; the normal one widened."""
    z = NormalDist().inv_cdf(probability)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    return z + first / freedom + second / freedom**2
