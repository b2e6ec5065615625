"""Files with answers about many clients, on their way into the dossiers."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kamerton.platform.access.models import User


class DossierImport(models.Model):
    """One file of answers; all of it goes in or nothing, and all of it can be taken out again.

    `report` is what the check found: counts and the first errors.
    """

    class State(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked, not imported")
        IMPORTING = "importing", _("Being imported")
        DONE = "done", _("In the dossiers")
        FAILED = "failed", _("Not imported")
        CANCELLED = "cancelled", _("Cancelled")
        UNDONE = "undone", _("Undone")

    name = models.CharField(_("file"), max_length=250)
    file = models.CharField(max_length=250)  # where the upload is kept, below FILES
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.CHECKING)
    job = models.BigIntegerField(null=True, blank=True)  # the background work on it
    report: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    failure = models.TextField(blank=True)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return self.name
