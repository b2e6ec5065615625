"""A buying centre: who buys what, by which procedure and rule."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts.models import Client
from kamerton.platform.access.models import User


class CentreQuerySet(models.QuerySet["BuyingCentre"]):
    """Centres, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the centres of clients that `user` may see."""
        return self.filter(client__in=Client.objects.visible_to(user))

    def editable_by(self, user: User) -> Self:
        """Keep the centres of clients that `user` may change."""
        return self.filter(client__in=Client.objects.editable_by(user))


class BuyingCentre(models.Model):
    """The people who influence what a client buys, in all or in one category or project.

    `steps` are the steps to a decision: [{"title": "Comparison", "days": 10}]. `method` is the
    version of the method whose roles were in force; `revision` grows with every change.
    """

    class Scope(models.TextChoices):
        WHOLE = "whole", _("Whole client")
        CATEGORY = "category", _("Category")
        PROJECT = "project", _("Project")

    class Rule(models.TextChoices):
        SINGLE = "single", _("One person decides")
        COMMITTEE = "committee", _("A committee decides")
        TENDER = "tender", _("A tender decides")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="buying_centres")
    scope = models.CharField(
        _("what it is about"), max_length=8, choices=Scope.choices, default=Scope.WHOLE
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    procedure = models.TextField(_("how they buy"), blank=True)
    steps = models.JSONField(_("steps to a decision"), default=list, blank=True)
    rule = models.CharField(_("who decides"), max_length=9, choices=Rule.choices, blank=True)
    method = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CentreQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(scope="whole"), name="one_whole_centre_a_client"
            ),
            models.UniqueConstraint(
                fields=["client", "scope", "name"], name="one_centre_of_a_name_a_client"
            ),
            models.CheckConstraint(
                condition=Q(scope="whole") | ~Q(name=""), name="part_of_purchases_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_scope_display())

    @property
    def days(self) -> int:
        """How many days the steps to a decision take together."""
        return sum(int(step.get("days") or 0) for step in self.steps)
