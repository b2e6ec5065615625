"""A file of people for a vacancy: what it is, how far it is, what it brought."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kamerton.domain.hiring.models.market import Source
from kamerton.domain.hiring.models.vacancies import Vacancy
from kamerton.platform.access.models import User


class CandidateImport(models.Model):
    """One file of people; all whom it names go in at once, and those untouched out again.

    `columns`: where each column stands ({"head": row, "places": {"phone": 2}}). `report`: what the
    check found. `brought`: ids of people and applications it made. The file itself, full of
    people's data, is deleted as soon as nobody needs it.
    """

    class State(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked, not imported")
        IMPORTING = "importing", _("Being imported")
        DONE = "done", _("Imported")
        FAILED = "failed", _("Not imported")
        CANCELLED = "cancelled", _("Cancelled")
        UNDONE = "undone", _("Undone")

    #: The file is needed while one of these holds.
    AT_WORK = (State.CHECKING, State.CHECKED, State.IMPORTING)

    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="imports")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("file"), max_length=250)
    file = models.CharField(max_length=250)  # where the upload is kept, below FILES
    size = models.BigIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.CHECKING)
    job = models.BigIntegerField(null=True, blank=True)  # the background work on it
    columns: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    report: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    brought: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    failure = models.TextField(blank=True)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"
