"""Lines between members, and who of us works with whom of them."""

from typing import ClassVar, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.buying_centre.models.centres import BuyingCentre
from kamerton.domain.buying_centre.models.members import Member
from kamerton.platform.access.models import User


class Line(models.Model):
    """One member influences another, or two are at odds; `note` says over what.

    A conflict has no direction: its ends stand in the order of their ids.
    """

    class Kind(models.TextChoices):
        INFLUENCE = "influence", _("Influences")
        CONFLICT = "conflict", _("In conflict with")

    centre = models.ForeignKey(BuyingCentre, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    source = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="lines_out")
    target = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="lines_in")
    note = models.CharField(_("over what"), max_length=120, blank=True)
    assumed = models.BooleanField(_("assumed"), default=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "source", "target"], name="one_line_a_pair"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="line_joins_two"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"


class CellQuerySet(models.QuerySet["MatrixCell"]):
    """Cells, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the cells of centres of clients that `user` may see."""
        return self.filter(member__centre__client__in=Client.objects.visible_to(user))


class MatrixCell(models.Model):
    """What one of us does with one of them: goal, role, obligations, plan of work (GROW).

    The last contact is not stored: it is read from activities.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="cells")
    user = models.ForeignKey(
        User, verbose_name=_("our person"), on_delete=models.PROTECT, related_name="matrix_cells"
    )
    goal = models.CharField(_("goal"), max_length=500, blank=True)
    role = models.CharField(_("role"), max_length=250, blank=True)
    obligations = models.CharField(_("obligations"), max_length=500, blank=True)
    plan = models.CharField(_("plan of work"), max_length=500, blank=True)
    channel = models.CharField(
        _("channel"), max_length=10, choices=ContactPerson.Channel.choices, blank=True
    )
    frequency_days = models.PositiveSmallIntegerField(
        _("every … days"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CellQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "user"], name="one_cell_a_pair"),
            models.CheckConstraint(
                condition=Q(frequency_days=None) | Q(frequency_days__gte=1),
                name="cell_frequency_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} × {self.member}"
