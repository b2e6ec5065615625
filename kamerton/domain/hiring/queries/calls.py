"""Whom to call next, and how many were called."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils import timezone

from kamerton.domain.hiring.models import Application, CallAttempt, Vacancy
from kamerton.domain.hiring.models.applications import ApplicationQuerySet
from kamerton.platform.access.models import User
from kamerton.platform.audit.queries import midnight


@dataclass(frozen=True)
class CallCounts:
    """Calls of one recruiter: all, today's, people spoken with, by outcome."""

    recruiter: int
    name: str
    calls: int
    today: int
    spoken: int
    outcomes: dict[str, int] = field(default_factory=dict)


def call_queue(
    viewer: User,
    vacancy: Vacancy,
    *,
    mine: bool = False,
    now: dt.datetime | None = None,
) -> ApplicationQuerySet:
    """Who is to be called now: promised calls first, then by tier, the longest due first (1 query).

    `mine`: one's own and nobody's.
    """
    if not viewer.may("hiring.recruit"):
        return Application.objects.none()
    due = Application.objects.filter(vacancy=vacancy, call_due_at__lte=now or timezone.now())
    if mine:
        due = due.filter(Q(recruiter=viewer) | Q(recruiter=None))
    joined = due.select_related("candidate", "recruiter", "source")
    return joined.order_by("call_rank", "call_due_at", "pk")


def call_counts(
    viewer: User, vacancy: Vacancy | None = None, *, on: dt.date | None = None
) -> list[CallCounts]:
    """Calls by recruiter (1 query)."""
    if not viewer.may("hiring.view"):
        return []
    made = CallAttempt.objects.order_by()
    if vacancy is not None:
        made = made.filter(application__vacancy=vacancy)
    day = midnight(on or timezone.localdate())
    today = Count("pk", filter=Q(at__gte=day, at__lt=day + dt.timedelta(days=1)))
    rows = made.values("by", "by__full_name", "outcome").annotate(n=Count("pk"), today=today)
    found: dict[int, CallCounts] = {}
    for row in rows:
        had = found.get(row["by"], CallCounts(row["by"], row["by__full_name"], 0, 0, 0))
        spoken = row["n"] if row["outcome"] in CallAttempt.SPOKEN else 0
        found[row["by"]] = CallCounts(
            had.recruiter,
            had.name,
            had.calls + row["n"],
            had.today + row["today"],
            had.spoken + spoken,
            had.outcomes | {row["outcome"]: row["n"]},
        )
    return sorted(found.values(), key=lambda one: -one.calls)
