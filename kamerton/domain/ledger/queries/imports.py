"""Files on their way into the ledger, learned profiles, closed months."""

import datetime as dt
from pathlib import Path

from django.db.models import QuerySet

from kamerton.calc.period import Month, Period
from kamerton.domain.ledger import store
from kamerton.domain.ledger.models import (
    ImportProfile,
    LedgerImport,
    LedgerVersion,
    MonthLock,
    Segment,
)
from kamerton.platform.access.models import User
from kamerton.platform.access.roles import Scope
from kamerton.platform.reading import looked_up


def version() -> int:
    """The number that grows with every change of the ledger (1 query)."""
    return _latest()[0]


def last_day() -> dt.date | None:
    """The day of the latest line; None while the ledger is empty (1 query)."""
    return _latest()[1]


def _latest() -> tuple[int, dt.date | None]:
    found = LedgerVersion.objects.values_list("number", "last_day")
    return looked_up("ledger.latest", lambda: found.first() or (0, None))


def closed_year(today: dt.date) -> Period:
    """The 12 last closed months, no later than the ledger's last full month (1 query)."""
    latest = last_day()
    closed = Period.closed_year(today)
    if latest is None or latest >= closed.until:
        return closed
    month = Month.of(latest)
    full = month if latest == month.last_day else month + -1
    return Period.of_months(full + -11, full)


def imports(viewer: User) -> QuerySet[LedgerImport]:
    """Files on their way in and gone in, newest first, for those who may import (1 query)."""
    if not (viewer.may("ledger.import") or viewer.scope == Scope.ALL):
        return LedgerImport.objects.none()
    return LedgerImport.objects.select_related("created_by")


def published_as(digest: str) -> LedgerImport | None:
    """The import by which this very file is in the ledger, if it is (1 query)."""
    found = LedgerImport.objects.filter(digest=digest, state=LedgerImport.State.PUBLISHED)
    return found.select_related("created_by").first()


def profiles(viewer: User) -> QuerySet[ImportProfile]:
    """Ways of reading a file that were learned, for those who may import (1 query)."""
    known = ImportProfile.objects.all()
    return known if viewer.may("ledger.import") else known.none()


def locked_months(viewer: User) -> QuerySet[MonthLock]:
    """Months that take no more lines, newest first; no secret to anybody who signs in."""
    return MonthLock.objects.select_related("locked_by")


def live_segments() -> QuerySet[Segment]:
    """The segments that make up the ledger now, for backup and checks."""
    return Segment.objects.live()


def overlap(lines: Path) -> dict[str, int | list[str]]:
    """Compare checked lines with the ledger: replaced, unchanged, and closed months they touch."""
    live = live_segments().filter(has_keys=True)
    digests = list(live.values_list("digest", flat=True))
    months = store.months_of(lines) if lines.exists() else []
    closed = MonthLock.objects.filter(month__in=[month.first_day for month in months])
    return {
        "lines_replaced": sum(store.corrected(digests, lines).values()) if months else 0,
        "lines_unchanged": store.unchanged_lines(lines, digests) if months else 0,
        "lines_of_same_months": sum(_rows_in(months)) if months else 0,
        "months_closed": [str(lock) for lock in closed],
    }


def _rows_in(months: list[Month]) -> list[int]:
    """How many live lines lie in segments that reach into `months`."""
    first, last = months[0].first_day, months[-1].last_day
    return list(
        live_segments().filter(since__lte=last, until__gte=first).values_list("rows", flat=True)
    )
