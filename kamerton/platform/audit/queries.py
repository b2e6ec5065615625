"""Read the journal."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from django.db import models
from django.utils import timezone

from kamerton.platform.audit.models import AuditEntry, AuditQuerySet, folded


class Viewer(Protocol):
    """Whoever reads: he has rights."""

    def may(self, permission: str, /) -> bool:
        """Tell whether the viewer has the permission."""
        ...


@dataclass(frozen=True)
class Wanted:
    """Which rows of the journal are asked for; days are the company's, both included."""

    search: str = ""
    action: str = ""  # a code or the beginning of one: "access.", "accounts.client_"
    actor_id: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None


def entries(viewer: Viewer, wanted: Wanted | None = None) -> AuditQuerySet:
    """The journal, newest first, for those who may read it whole (1 query)."""
    if not viewer.may("audit.view"):
        return AuditEntry.objects.none()
    wanted = wanted or Wanted()
    found: AuditQuerySet = AuditEntry.objects.select_related("actor")
    if wanted.action:
        found = found.filter(action__startswith=wanted.action)
    if wanted.actor_id:
        found = found.filter(actor=wanted.actor_id)
    if wanted.since:
        found = found.filter(at__gte=midnight(wanted.since))
    if wanted.until:
        found = found.filter(at__lt=midnight(wanted.until + dt.timedelta(days=1)))
    if wanted.search.strip():
        found = found.filter(searched__contains=folded(wanted.search))
    return found


def actions_seen(viewer: Viewer) -> list[str]:
    """The codes of all kinds of changes in the journal (1 query)."""
    found = entries(viewer).order_by("action").values_list("action", flat=True)
    return list(found.distinct())


def history_of(subject: models.Model) -> AuditQuerySet:
    """What happened to one record, newest first; whoever may see the record may read it."""
    label = subject._meta.label_lower
    found: AuditQuerySet = AuditEntry.objects.filter(subject_type=label, subject_id=subject.pk)
    return found.select_related("actor")


def midnight(day: dt.date) -> dt.datetime:
    """Return the moment at which `day` begins in the company's time zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
