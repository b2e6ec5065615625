"""The clock of the demo: what is done is dated to the moment at which the company did it.

Actions take the moment themselves, so for the time of the making the clock is moved: in this
thread of work alone, everybody else reads the real one.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils import timezone

_shown: ContextVar[dt.datetime | None] = ContextVar("demo_clock", default=None)
_WEEKEND = 5


class Clock:
    """A clock that is set by days before the demo's day; it never runs ahead of the real one."""

    def __init__(self, today: dt.date, real: dt.datetime) -> None:
        self.today, self.real = today, real

    def at(self, days_ago: int, hour: float = 9.0) -> None:
        """Set it to an hour of a day; 9.5 is half past nine."""
        self.on(self.day(days_ago), hour)

    def on(self, day: dt.date, hour: float = 9.0) -> None:
        """Set it to an hour of a date."""
        _shown.set(min(_moment(day, hour), self.real))

    def is_before(self, hour: float) -> bool:
        """Tell whether this hour of the demo's day is still to come."""
        return self.real < _moment(self.today, hour)

    def day(self, days_ago: int) -> dt.date:
        """Return the date so many days before the demo's day."""
        return self.today - dt.timedelta(days=days_ago)

    def working(self, since: int, until: int) -> list[int]:
        """Return the working days from one to another, as days before the demo's day."""
        days = range(since, until - 1, -1)
        return [ago for ago in days if self.day(ago).weekday() < _WEEKEND]


@contextmanager
def moved_clock(today: dt.date) -> Iterator[Clock]:
    """Let the actions of this thread of work read the clock of the demo until the end."""
    real: Any = timezone.now
    held: Any = timezone
    token = _shown.set(real())
    held.now = lambda: _shown.get() or real()
    try:
        yield Clock(today, real())
    finally:
        held.now = real
        _shown.reset(token)


def _moment(day: dt.date, hour: float) -> dt.datetime:
    midnight = timezone.make_aware(dt.datetime.combine(day, dt.time.min))
    return midnight + dt.timedelta(seconds=round(hour * 3600))


def monday(day: dt.date) -> dt.date:
    """Return the Monday of a day's week."""
    return day - dt.timedelta(days=day.weekday())
