"""What a client buys elsewhere, or not at all: marks by category; history is kept."""

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts.models import Client, ProductCategory
from kamerton.platform.access.models import User


class WhiteSpaceQuerySet(models.QuerySet["WhiteSpaceMark"]):
    """Marks, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the marks of clients that `user` may see."""
        return self.filter(client__in=Client.objects.visible_to(user))


class WhiteSpaceMark(models.Model):
    """Who covers a client's need in one category, as somebody knows; the newest mark counts.

    What he bought from us the ledger says, so it is no mark. `competitor_share` is the
    competitors' part of his purchases in the category, beside ours.
    """

    class State(models.TextChoices):
        COMPETITOR = "competitor", _("A competitor sells it")
        NOT_NEEDED = "not_needed", _("Not needed")
        UNKNOWN = "unknown", _("Unknown")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="white_space")
    category = models.ForeignKey(ProductCategory, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    competitor = models.CharField(_("competitor"), max_length=200, blank=True)
    competitor_share = models.FloatField(
        _("competitors' share"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    note = models.CharField(_("where from"), max_length=500, blank=True)
    on = models.DateField(_("on"))
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WhiteSpaceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(competitor_share=None)
                | Q(competitor_share__gte=0, competitor_share__lte=1),
                name="competitor_share_between_0_and_1",
            ),
        ]
        indexes = [models.Index(fields=["client", "category", "-id"], name="mark_by_client")]

    def __str__(self) -> str:
        return f"{self.client}, {self.category}: {self.get_state_display()}"
