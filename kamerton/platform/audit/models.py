"""The journal: rows are added, never changed."""

from typing import ClassVar, NoReturn

from django.db import models

from kamerton.platform.access.models import User


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Journal rows; the ways to change them are closed."""

    def update(self, **_: object) -> NoReturn:
        """Refuse: the journal is append-only."""
        raise TypeError("The journal is append-only.")

    def delete(self) -> NoReturn:
        """Refuse: the journal is append-only."""
        raise TypeError("The journal is append-only.")


class AuditEntry(models.Model):
    """One change: who, what, on which record, before and after, and the reason given."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=80, db_index=True)  # context.thing_past
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    subject_label = models.CharField(max_length=250, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-at"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject_label}"
