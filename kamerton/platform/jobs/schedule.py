"""What the worker starts by itself: settings.SCHEDULE, each slot once with any number of workers.

A row is (task below kamerton, when, title); when is "daily HH:MM" in local time, or "every N"
minutes. A slot that the installation slept through is made up for when it wakes on that day.
"""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from kamerton.platform.jobs import queue


def slot(when: str, now: dt.datetime) -> str | None:
    """Return the name of the slot that has begun; None if none has yet today.

    >>> slot("daily 03:30", dt.datetime(2026, 11, 21, 9, 0))
    '2026-11-21'
    >>> slot("daily 03:30", dt.datetime(2026, 11, 21, 3, 0)) is None
    True
    """
    kind, _, value = when.partition(" ")
    if kind == "daily":
        begun = now.time().replace(tzinfo=None) >= dt.time.fromisoformat(value)
        return now.date().isoformat() if begun else None
    if kind == "every":
        return str(int(now.timestamp()) // (int(value) * 60))
    raise ValueError(f"SCHEDULE knows 'daily HH:MM' and 'every N', not {when!r}")


class Schedule:
    """What is due by the clock; remembers the last slots, so that most looks ask no database."""

    def __init__(self) -> None:
        self._queued: dict[str, str] = {}

    def put_due(self) -> None:
        """Queue every scheduled task whose slot has begun and that nobody has queued yet."""
        now = timezone.localtime()
        for path, when, title in settings.SCHEDULE:
            begun = slot(when, now)
            if begun is None or self._queued.get(path) == begun:
                continue
            queue.put(queue.Call(task=f"kamerton.{path}", title=title), dedup=f"{path}:{begun}")
            self._queued[path] = begun
