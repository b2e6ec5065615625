"""What is kept of the work on a plan: joint sessions, reviews, comments, frozen versions."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kamerton.domain.methodology.models import MethodologyVersion
from kamerton.domain.plans.models.plans import PerspectivePlan
from kamerton.platform.access.models import User


class JointSession(models.Model):
    """The manager and his supervisor planned together: who, when, what was agreed."""

    plan = models.ForeignKey(PerspectivePlan, on_delete=models.CASCADE, related_name="sessions")
    on = models.DateField(_("on"))
    present = models.ManyToManyField(User, verbose_name=_("who was there"), related_name="+")
    minutes = models.TextField(_("what was discussed"))
    agreed = models.TextField(_("what was agreed"))
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.plan}, {self.on}"


class PlanReview(models.Model):
    """A look at the plan each quarter: what was found, what was decided."""

    plan = models.ForeignKey(PerspectivePlan, on_delete=models.CASCADE, related_name="reviews")
    on = models.DateField(_("on"))
    findings = models.TextField(_("what was seen"))
    decision = models.TextField(_("what was decided"))
    next_on = models.DateField(_("next review"))
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.plan}, {self.on}"


class PlanComment(models.Model):
    """A word about a section of the plan."""

    plan = models.ForeignKey(PerspectivePlan, on_delete=models.CASCADE, related_name="comments")
    section = models.CharField(max_length=5)  # code of the method's section: s1…s13
    text = models.TextField(_("comment"))
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]


class PlanVersion(models.Model):
    """The plan as it was approved, or as it was when its revision began; never changed."""

    class Event(models.TextChoices):
        APPROVED = "approved", pgettext_lazy("plan", "Approved")
        REVISED = "revised", _("Taken for revision")
        CLOSED = "closed", pgettext_lazy("plan", "Closed")

    plan = models.ForeignKey(PerspectivePlan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    event = models.CharField(max_length=8, choices=Event.choices)
    reason = models.CharField(_("why"), max_length=1000, blank=True)
    content = models.JSONField()  # see queries.versions.frozen
    methodology = models.ForeignKey(MethodologyVersion, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_version_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.plan}, {self.number}"
