"""The journal: rows are added, never changed.

People are known here by their id only: `access`, whose changes are journalled too, lies above.
The database refuses an UPDATE as well (migration 0003). A DELETE it cannot refuse, because the
test runner empties tables between transactional tests; the querysets and the model refuse it.
"""

from typing import ClassVar, NoReturn

from django.conf import settings
from django.db import models


def folded(text: str) -> str:
    """Return `text` as it is searched: SQLite's LIKE folds ASCII only, so it is stored folded."""
    return " ".join(text.casefold().replace("ё", "е").split())


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
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=80, db_index=True)  # context.thing_past
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    subject_label = models.CharField(max_length=250, blank=True)
    searched = models.TextField(blank=True, default="")  # label and reason, folded
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["actor", "-at"], name="audit_by_actor"),
            models.Index(fields=["subject_type", "subject_id", "-at"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject_label}"

    def delete(self, *_: object, **__: object) -> NoReturn:
        """Refuse: the journal is append-only."""
        raise TypeError("The journal is append-only.")
