"""What the list of clients remembers: views, changes of many at once, pairs told apart."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts.models.clients import Client
from kamerton.platform.access.models import User


class SavedView(models.Model):
    """A person's name for a set of filters on a list."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "page", "name"], name="one_view_per_name"),
        ]

    def __str__(self) -> str:
        return self.name


class MassChange(models.Model):
    """A change of many clients at once, kept so that it can be undone as a whole."""

    kind = models.CharField(max_length=30)  # assign, archive, merge
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    before = models.JSONField()  # what has to be put back, by kind
    count = models.PositiveIntegerField()
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} × {self.count}"


class ToldApart(models.Model):
    """Two clients that look alike and are not the same; they are not offered again."""

    first = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")  # smaller pk
    second = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_row_per_pair_told_apart"),
        ]

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"
