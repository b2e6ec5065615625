"""The method as decided, version by version; rows are added, never changed."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kamerton.platform.access.models import User


class MethodologyVersion(models.Model):
    """One decision about the method; whatever was decided by it keeps pointing here."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    valid_from = models.DateField(_("valid from"))
    content = models.JSONField()  # see content.from_json
    note = models.TextField(_("what changed and why"), blank=True)
    created_by = models.ForeignKey(  # empty: as shipped
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]

    def __str__(self) -> str:
        return f"{self.number}"
