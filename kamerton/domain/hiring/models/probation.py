"""Probation: goals and accounts of a newcomer, weekly checks, the verdict, the ramp."""

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts.models import Client
from kamerton.domain.hiring.models.applications import Application
from kamerton.domain.methodology.models import MethodologyVersion
from kamerton.platform.access.models import User


class ProbationQuerySet(models.QuerySet["ProbationPlan"]):
    """Probation plans, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep all for those who hire; a mentor sees his, a newcomer his own."""
        if user.may("hiring.view"):
            return self
        return self.filter(Q(mentor=user) | Q(user=user))

    def running(self) -> Self:
        """Keep those that await their verdict."""
        return self.filter(state__in=ProbationPlan.RUNNING)


class ProbationPlan(models.Model):
    """What one newcomer has to show by the day of the verdict.

    `targets`: codes of criteria to what is asked at the end of the term, frozen; 0 asks nothing.
    `evidence`: all that the verdict rested on. `monthly_cost` in minor units: pay, taxes, mentor.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Planned")
        ACTIVE = "active", _("Under way")
        EXTENDED = "extended", _("Extended")
        PASSED = "passed", _("Passed")
        FAILED = "failed", _("Not passed")

    class Surplus(models.TextChoices):
        WAITING = "waiting", _("The owner decides")
        KEPT = "kept", _("Kept")
        RESERVE = "reserve", _("To the reserve")

    RUNNING = (State.ACTIVE, State.EXTENDED)
    #: What must hold whatever the points are, by name.
    GATES: ClassVar[dict[str, str | Promise]] = {
        "method": _("method and product"),
        "honesty": _("honesty"),
        "papers": _("reports and papers in time"),
    }

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="probation"
    )
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="probations"
    )
    mentor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="mentored"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    starts_on = models.DateField(_("first day"))
    verdict_on = models.DateField(_("verdict on"))
    contractual_until = models.DateField(_("probation by contract until"))
    planned_verdict_on = models.DateField()  # before an extension
    cycle_days = models.PositiveSmallIntegerField(_("a deal takes, days"))
    targets = models.JSONField()
    methodology = models.ForeignKey(MethodologyVersion, on_delete=models.PROTECT, related_name="+")
    monthly_cost = models.BigIntegerField(default=0)
    evidence = models.JSONField(default=dict, blank=True)
    reasons = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)
    surplus = models.CharField(max_length=7, choices=Surplus.choices, blank=True)
    surplus_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    surplus_note = models.CharField(max_length=500, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProbationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["verdict_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict_on__gt=models.F("starts_on"))
                & Q(contractual_until__gte=models.F("verdict_on")),
                name="probation_days_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(reasons=""), name="failed_has_its_reasons"
            ),
        ]
        indexes = [models.Index(fields=["state", "verdict_on"], name="probation_by_state")]

    def __str__(self) -> str:
        return f"{self.application}"

    @property
    def is_running(self) -> bool:
        """True while it awaits the verdict."""
        return self.state in self.RUNNING

    @property
    def term_days(self) -> int:
        """Days from the first day to the verdict."""
        return (self.verdict_on - self.starts_on).days

    def worked_days(self, on: dt.date) -> int:
        """Days worked of the term by the end of `on`, from 0 to the whole."""
        return min(max((on - self.starts_on).days + 1, 0), self.term_days)


class TrainingAccount(models.Model):
    """A client to learn on: what it bought before, and proof that nobody worked on it.

    `baseline` in minor units over `baseline_days` before the first day.
    """

    plan = models.ForeignKey(ProbationPlan, on_delete=models.CASCADE, related_name="accounts")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    baseline = models.BigIntegerField()
    baseline_days = models.PositiveSmallIntegerField()
    untouched = models.BooleanField(default=False)  # somebody says: nobody worked on it
    last_contact_on = models.DateField(null=True, blank=True)  # what the records say

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "client"], name="one_training_account"),
            models.CheckConstraint(
                condition=Q(baseline__gte=0, baseline_days__gte=1), name="baseline_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return str(self.client)


class Checkpoint(models.Model):
    """A weekly look: what is marked by people, and what the records measured that day."""

    plan = models.ForeignKey(ProbationPlan, on_delete=models.CASCADE, related_name="checkpoints")
    on = models.DateField()
    method_share = models.FloatField(null=True, blank=True)
    calls_mark = models.FloatField(null=True, blank=True)  # mean of 22
    papers_share = models.FloatField(null=True, blank=True)
    dishonest = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    total = models.FloatField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "on"], name="one_checkpoint_a_day"),
            models.CheckConstraint(
                condition=(
                    Q(method_share__isnull=True) | Q(method_share__gte=0, method_share__lte=1)
                )
                & (Q(papers_share__isnull=True) | Q(papers_share__gte=0, papers_share__lte=1))
                & (Q(calls_mark__isnull=True) | Q(calls_mark__gte=0, calls_mark__lte=22)),
                name="checkpoint_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.on}"


class OnboardingStep(models.Model):
    """A step of the first days."""

    plan = models.ForeignKey(ProbationPlan, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(max_length=20)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="one_onboarding_step")]

    def __str__(self) -> str:
        return self.code


class RampPlan(models.Model):
    """What part of the full plan a newcomer carries, step by step."""

    plan = models.OneToOneField(ProbationPlan, on_delete=models.CASCADE, related_name="ramp")
    starts_on = models.DateField()
    shares = models.JSONField()  # rising parts of 1
    step_months = models.PositiveSmallIntegerField(default=1)
    full_from = models.DateField()

    def __str__(self) -> str:
        return f"{self.plan}"
