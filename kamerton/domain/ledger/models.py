"""Imports of sales lines, their segments, closed months."""

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kamerton.platform.access.models import User


class ImportProfile(models.Model):
    """How a kind of file is read: learned once, offered again for files with the same heads."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    heads = models.CharField(max_length=64, db_index=True)  # digest of the column names
    mapping = models.JSONField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class LedgerImport(models.Model):
    """One file of sales history on its way into the ledger; the row is the truth.

    Amounts are integer minor units (kopecks).
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Columns to check")
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked, not imported")
        IMPORTING = "importing", _("Being imported")
        PUBLISHED = "published", _("In the ledger")
        FAILED = "failed", _("Not imported")
        CANCELLED = "cancelled", _("Cancelled")
        UNDONE = "undone", _("Undone")

    name = models.CharField(_("file"), max_length=250)
    file = models.CharField(max_length=250)  # where the upload is kept, below FILES
    digest = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State.choices, default=State.UPLOADED)
    mapping = models.JSONField(null=True)
    report = models.JSONField(null=True)  # what the dry run found, see actions.dry_run
    job = models.BigIntegerField(null=True)  # platform.jobs, for progress
    lines = models.BigIntegerField(default=0)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    months = models.JSONField(default=list)  # "2026-10", those the lines fall into
    amount = models.BigIntegerField(default=0)
    error_count = models.BigIntegerField(default=0)
    failure = models.TextField(blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest"],
                condition=Q(state="published"),
                name="one_published_import_per_file",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SegmentQuerySet(models.QuerySet["Segment"]):
    """Segments and which of them count."""

    def live(self) -> Self:
        """Keep the segments that make up the ledger now."""
        return self.filter(
            source__state=LedgerImport.State.PUBLISHED,
            made_by__state=LedgerImport.State.PUBLISHED,
            replaced_by=None,
        )


class Segment(models.Model):
    """An immutable Parquet file of lines with its client × month roll-up beside it.

    A file without a row is garbage; a row never changes but for `replaced_by`.
    """

    source = models.ForeignKey(  # whose lines these are
        LedgerImport, on_delete=models.PROTECT, related_name="segments"
    )
    made_by = models.ForeignKey(  # the import that wrote the file: its own, or a later correction
        LedgerImport, on_delete=models.PROTECT, related_name="segments_made"
    )
    replaced_by = models.ForeignKey(  # the correction after which the file no longer counts
        LedgerImport,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="segments_replaced",
    )
    digest = models.CharField(max_length=64)
    rows = models.BigIntegerField()
    amount = models.BigIntegerField()  # control total
    since = models.DateField()
    until = models.DateField()
    has_keys = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.since} – {self.until}, {self.rows}"


class MonthLock(models.Model):
    """A month that takes no more lines."""

    month = models.DateField(unique=True)  # its first day
    locked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    locked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-month"]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class LedgerVersion(models.Model):
    """One row; its number grows whenever what the ledger says may have changed."""

    number = models.BigIntegerField(default=0)
    last_day = models.DateField(null=True)  # of the latest live line

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def grow(cls, *, last_day: dt.date | None) -> None:
        """Count one change, inside its transaction."""
        cls.objects.get_or_create(pk=1)
        cls.objects.filter(pk=1).update(number=F("number") + 1, last_day=last_day)
