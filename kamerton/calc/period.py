"""Plain: months and periods of business dates; both ends of a period are inside it."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Self

_WRITTEN = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month; ordered, hashable.

    Parameters
    ----------
    year : int
        1 to 9999.
    month : int
        1 to 12.

    Raises
    ------
    ValueError
        If there is no such month.

    Examples
    --------
    >>> Month(2026, 11) + 2
    Month(year=2027, month=1)
    >>> Month(2027, 1) - Month(2026, 11)
    2
    >>> str(Month(2026, 10))
    '2026-10'
    """

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (dt.MINYEAR <= self.year <= dt.MAXYEAR and 1 <= self.month <= 12):
            raise ValueError(f"no such month: {self.year}-{self.month}")

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    def __add__(self, months: int) -> "Month":
        years, month = divmod(self.month - 1 + months, 12)
        return Month(self.year + years, month + 1)

    def __sub__(self, other: "Month") -> int:
        return (self.year - other.year) * 12 + self.month - other.month

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a month written as ``2026-10``.

        Raises
        ------
        ValueError
            If `text` is written otherwise or there is no such month.

        Examples
        --------
        >>> Month.parse("2026-10")
        Month(year=2026, month=10)
        """
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise ValueError(f"a month is written 2026-10, got {text!r}")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: dt.date) -> Self:
        """Return the month `day` is in.

        Examples
        --------
        >>> Month.of(dt.date(2026, 10, 31))
        Month(year=2026, month=10)
        """
        return cls(day.year, day.month)

    @property
    def first_day(self) -> dt.date:
        """The first day of the month."""
        return dt.date(self.year, self.month, 1)

    @property
    def last_day(self) -> dt.date:
        """The last day of the month."""
        return dt.date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of days, `since` to `until`, both inside.

    Raises
    ------
    ValueError
        If `until` is before `since`.

    Examples
    --------
    >>> year = Period.closed_year(dt.date(2026, 11, 21))
    >>> str(year)
    '2025-11-01..2026-10-31'
    >>> str(year.shift_years(-1))
    '2024-11-01..2025-10-31'
    """

    since: dt.date
    until: dt.date

    def __post_init__(self) -> None:
        if self.until < self.since:
            raise ValueError(f"a period cannot end ({self.until}) before it starts ({self.since})")

    def __str__(self) -> str:
        return f"{self.since}..{self.until}"

    def __contains__(self, day: dt.date) -> bool:
        return self.since <= day <= self.until

    @classmethod
    def of_months(cls, first: Month, last: Month) -> Self:
        """Return the period from the first day of `first` to the last day of `last`.

        Examples
        --------
        >>> str(Period.of_months(Month(2026, 1), Month(2026, 2)))
        '2026-01-01..2026-02-28'
        """
        return cls(first.first_day, last.last_day)

    @classmethod
    def closed_year(cls, today: dt.date) -> Self:
        """Return the twelve last closed months: those before the month of `today`.

        Examples
        --------
        >>> Period.closed_year(dt.date(2026, 1, 1)).until
        datetime.date(2025, 12, 31)
        """
        present = Month.of(today)
        return cls.of_months(present + -12, present + -1)

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.until - self.since).days + 1

    @property
    def whole_months(self) -> bool:
        """Whether the period starts on a first day and ends on a last day of a month."""
        return self.since.day == 1 and self.until == Month.of(self.until).last_day

    def months(self) -> tuple[Month, ...]:
        """Return the months the period touches, in order.

        Examples
        --------
        >>> [str(m) for m in Period(dt.date(2026, 1, 31), dt.date(2026, 2, 1)).months()]
        ['2026-01', '2026-02']
        """
        first = Month.of(self.since)
        return tuple(first + step for step in range(Month.of(self.until) - first + 1))

    def shift_years(self, years: int) -> "Period":
        """Return the same stretch `years` later (earlier if negative).

        Whole months stay whole, so February keeps its last day; 29 February of a period of
        single days becomes 28 February in a common year.

        Examples
        --------
        >>> str(Period(dt.date(2025, 2, 1), dt.date(2025, 2, 28)).shift_years(-1))
        '2024-02-01..2024-02-29'
        """
        first, last = Month.of(self.since) + 12 * years, Month.of(self.until) + 12 * years
        if self.whole_months:
            return Period.of_months(first, last)
        return Period(_same_day(first, self.since.day), _same_day(last, self.until.day))


def _same_day(month: Month, day: int) -> dt.date:
    return month.first_day.replace(day=min(day, month.last_day.day))
