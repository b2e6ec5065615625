"""The funnel of a vacancy day by day: how many came so far against an even pace of work."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from django.db.models import Min, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from kamerton.domain.hiring.models import Application, Vacancy
from kamerton.domain.hiring.queries.planning import COUNTED, DAYS
from kamerton.platform.access.models import User


@dataclass(frozen=True)
class FunnelDays:
    """One line of the funnel by day since the approval; `done` None on days to come."""

    code: str
    days: tuple[dt.date, ...]
    due: tuple[float, ...]
    done: tuple[int | None, ...]


def funnel_days(
    viewer: User, vacancy: Vacancy, code: str, *, on: dt.date | None = None
) -> FunnelDays | None:
    """How many had come to a line of the funnel by each day, and how many should (1 query).

    Who skipped a stage is counted on the day he was seen at it or beyond. None before the
    approval.
    """
    approved = vacancy.approved_on
    if not viewer.may("hiring.view") or code not in vacancy.funnel or approved is None:
        return None
    today = on or timezone.localdate()
    first, after = DAYS[code]
    length = max(after, (min(today, vacancy.closed_on or today) - approved).days) + 1
    days = tuple(approved + dt.timedelta(days=n) for n in range(length))
    share = [min(max(n - first, 0) / (after - first), 1.0) for n in range(length)]
    came = _came(vacancy, code, approved)
    sums = list(accumulate(came[day] for day in days))
    return FunnelDays(
        code,
        days,
        tuple(vacancy.funnel[code] * part for part in share),
        tuple(n if day <= today else None for n, day in zip(sums, days, strict=True)),
    )


def _came(vacancy: Vacancy, code: str, approved: dt.date) -> Counter[dt.date]:
    """How many came on each day; who was there before the approval came on that day."""
    place = Application.WAY.index(COUNTED[code])
    reached = Application.objects.filter(vacancy=vacancy, reached__gte=place).order_by()
    step = Min("steps__at", filter=Q(steps__after__in=Application.WAY[place:]))
    firsts = reached.annotate(came=Coalesce(step, "created_at"))
    return Counter(
        max(timezone.localtime(moment).date(), approved)
        for moment in firsts.values_list("came", flat=True)
    )
