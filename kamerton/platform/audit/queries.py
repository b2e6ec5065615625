"""Read the journal."""

from django.db import models

from kamerton.platform.access.models import User
from kamerton.platform.audit.models import AuditEntry, AuditQuerySet


def entries(viewer: User, *, search: str = "", action: str = "") -> AuditQuerySet:
    """The journal, newest first, for those who may read it whole (1 query)."""
    if not viewer.may("audit.view"):
        return AuditEntry.objects.none()
    found = AuditEntry.objects.select_related("actor")
    if action:
        found = found.filter(action__startswith=action)
    if search:
        found = found.filter(subject_label__icontains=search)
    return found


def history_of(subject: models.Model) -> AuditQuerySet:
    """What happened to one record, newest first; whoever may see the record may read it."""
    label = subject._meta.label_lower
    return AuditEntry.objects.filter(subject_type=label, subject_id=subject.pk).select_related(
        "actor"
    )
