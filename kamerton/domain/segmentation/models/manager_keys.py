"""Whom a manager counts as key: his influence, assessed; his list, confirmed."""

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology.models import MethodologyVersion
from kamerton.platform.access.models import User

MARKS = ("volume", "assortment", "timing", "price", "choice", "access", "effect")


def _mark(title: object) -> models.PositiveSmallIntegerField[int, int]:
    """Return a column for a mark 0–3."""
    return models.PositiveSmallIntegerField(title, validators=[MaxValueValidator(3)])  # type: ignore[arg-type]


class ManagersQuerySet(models.QuerySet["InfluenceAssessment"]):
    """Assessments, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep one's own, those of the people below, or all."""
        return self.filter(_by_manager(user))


class InfluenceAssessment(models.Model):
    """How far one manager can move one client: seven marks, the gates, the result 0–100."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="assessments")
    manager = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assessments")
    on = models.DateField()
    volume = _mark(_("Volume"))
    assortment = _mark(_("Assortment and specification"))
    timing = _mark(_("Timing and rhythm"))
    price = _mark(_("Price and terms"))
    choice = _mark(_("Choice of supplier"))
    access = _mark(_("Access to deciders"))
    effect = _mark(_("Proven effect"))
    comments = models.JSONField(default=dict)  # mark code → what it rests on
    service_only = models.BooleanField(default=False)
    position_external = models.BooleanField(default=False)
    ungated = models.FloatField()  # before the gates
    influence = models.FloatField()  # 0–100, after the gates
    gates = models.JSONField(default=list)  # codes of the gates that lowered it
    eligible = models.BooleanField()
    valid_until = models.DateField()
    methodology = models.ForeignKey(MethodologyVersion, on_delete=models.PROTECT, related_name="+")
    cosigned_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cosigned_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ManagersQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-on", "-pk"]
        indexes = [models.Index(fields=["manager", "client", "-on"], name="assessment_by_manager")]
        constraints = [
            models.CheckConstraint(
                condition=Q(influence__gte=0, influence__lte=100),
                name="influence_between_0_and_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client}, {self.manager}: {self.influence:.0f}"

    @property
    def marks(self) -> dict[str, int]:
        """The seven marks by code."""
        return {code: getattr(self, code) for code in MARKS}


class ManagerKeyQuerySet(models.QuerySet["ManagerKey"]):
    """Managers' lists, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep one's own, those of the people below, or all."""
        return self.filter(_by_manager(user))

    def open(self) -> Self:
        """Leave out what was released."""
        return self.exclude(state=ManagerKey.State.RELEASED)

    def in_slots(self) -> Self:
        """Keep what takes a place under the cap."""
        return self.filter(state__in=ManagerKey.IN_SLOTS)


class ManagerKey(models.Model):
    """A client in one manager's list of key clients.

    There is no way from the company's register to here but the manager's own assessment.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waits for the head")
        CONFIRMED = "confirmed", _("Key")
        SUSPENDED = "suspended", _("Suspended")
        RELEASED = "released", _("Released")

    IN_SLOTS = (State.DRAFT, State.SUBMITTED, State.CONFIRMED)

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="key_entries")
    manager = models.ForeignKey(User, on_delete=models.PROTECT, related_name="key_entries")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    assessment = models.ForeignKey(
        InfluenceAssessment, on_delete=models.PROTECT, related_name="entries"
    )
    stopped_because = models.CharField(max_length=1000, blank=True)  # why suspended
    inputs = models.JSONField(default=dict)  # what was given, and the figures it was scored by
    large = models.FloatField(null=True)  # scores 0–100; empty: no data
    loyal = models.FloatField(null=True)
    promising = models.FloatField(null=True)
    status = models.FloatField(null=True)
    influence = models.FloatField()
    mki = models.FloatField()
    approach = models.CharField(max_length=20)
    tier = models.CharField(max_length=20, default="key")
    methodology = models.ForeignKey(MethodologyVersion, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    release_reason = models.CharField(max_length=1000, blank=True)

    objects = ManagerKeyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-mki", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "manager"],
                condition=~Q(state="released"),
                name="one_open_entry_per_client_and_manager",
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | ~Q(release_reason=""),
                name="released_entry_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["manager", "state"], name="manager_key_by_manager")]

    def __str__(self) -> str:
        return f"{self.client}, {self.manager}: {self.get_state_display()}"


def _by_manager(user: User) -> Q:
    """Return the condition of whose lists `user` may see."""
    match user.scope:
        case "all":
            return Q()
        case "subtree":
            return Q(manager__in=user.subtree_ids)
        case "none":
            return Q(pk__in=())
        case _:
            return Q(manager=user.pk)
