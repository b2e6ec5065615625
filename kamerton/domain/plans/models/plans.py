"""The perspective plan itself: horizon, where we stand, where we go, and in what state it is."""

import datetime as dt
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kamerton.calc.period import Month, Period
from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology.models import MethodologyVersion
from kamerton.platform.access.models import User


class PlanQuerySet(models.QuerySet["PerspectivePlan"]):
    """Plans, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the plans of clients that `user` may see."""
        return self.filter(client__in=Client.objects.visible_to(user))

    def editable_by(self, user: User) -> Self:
        """Keep the plans of clients that `user` may change."""
        return self.filter(client__in=Client.objects.editable_by(user))

    def open(self) -> Self:
        """Leave out what was completed or abandoned."""
        return self.exclude(state__in=PerspectivePlan.CLOSED)

    def in_force(self) -> Self:
        """Keep the plans that were approved and are not closed, those under revision too."""
        return self.open().filter(approved_at__isnull=False)


class PerspectivePlan(models.Model):
    """Where we want to be with a client in 1 to 5 years, and the way there.

    Money in minor units a year; `baseline` is the year before the plan, `target` its last year.
    Year 1 begins on `starts_on`. `revision` grows with every change of the plan, `text_revision`
    with those of its own fields only, so that who edits a risk is not in the way of who edits the
    vision. A percentage of progress is nowhere: it is read from activities and approvals.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        JOINT_SESSION = "joint_session", _("Joint session")
        REVIEW = "review", _("On approval")
        APPROVED = "approved", pgettext_lazy("plan", "Approved")
        IN_PROGRESS = "in_progress", _("In progress")
        REVISED = "revised", _("Under revision")
        COMPLETED = "completed", pgettext_lazy("plan", "Completed")
        ABANDONED = "abandoned", pgettext_lazy("plan", "Abandoned")

    class Trajectory(models.TextChoices):
        LINEAR = "linear", _("Equal steps")
        GROWTH = "growth", _("Equal growth rate")

    class Stage(models.IntegerChoices):
        EXPLORATORY = 1, _("Exploratory")
        BASIC = 2, _("Basic")
        COOPERATIVE = 3, _("Cooperative")
        INTERDEPENDENT = 4, _("Interdependent")
        INTEGRATED = 5, _("Integrated")

    CLOSED = (State.COMPLETED, State.ABANDONED)
    EDITABLE = (State.DRAFT, State.JOINT_SESSION, State.REVISED)

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="plans")
    manager = models.ForeignKey(
        User, verbose_name=_("manager"), on_delete=models.PROTECT, related_name="plans"
    )
    supervisor = models.ForeignKey(
        User,
        verbose_name=_("supervisor"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=13, choices=State.choices, default=State.DRAFT)
    methodology = models.ForeignKey(MethodologyVersion, on_delete=models.PROTECT, related_name="+")
    horizon_years = models.PositiveSmallIntegerField(
        _("horizon, years"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    starts_on = models.DateField(_("year 1 begins on"))
    trajectory = models.CharField(
        _("way to the goal"), max_length=6, choices=Trajectory.choices, default=Trajectory.LINEAR
    )
    baseline = models.BigIntegerField(_("sales a year now"), default=0)
    target = models.BigIntegerField(_("sales in the last year"), default=0)
    profit = models.BigIntegerField(_("gross profit a year now"), null=True, blank=True)
    wallet = models.BigIntegerField(_("buys in all, a year"), null=True, blank=True)
    categories = models.TextField(_("categories bought from us"), blank=True)
    stage = models.PositiveSmallIntegerField(
        _("stage of the relationship"), choices=Stage.choices, default=Stage.BASIC
    )
    level = models.PositiveSmallIntegerField(
        _("level of the buyer and seller relationship, 1 to 5"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    competitors = models.TextField(_("competitors"), blank=True)
    strengths = models.TextField(_("our strengths"), blank=True)
    vision = models.TextField(_("vision"), blank=True)
    extra_profit = models.BigIntegerField(  # empty: the extra sales by the present margin
        _("expected extra gross profit over the horizon"), null=True, blank=True
    )
    extra_profit_note = models.CharField(_("how it was reckoned"), max_length=300, blank=True)
    submitted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    returned_because = models.CharField(max_length=1000, blank=True)
    closed_because = models.CharField(max_length=1000, blank=True)
    next_review_on = models.DateField(_("next review"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    text_revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["client__name_folded", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=~Q(state__in=["completed", "abandoned"]),
                name="one_open_plan_a_client",
            ),
            models.CheckConstraint(
                condition=Q(horizon_years__gte=1, horizon_years__lte=5),
                name="plan_horizon_1_to_5_years",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("manager")),
                name="nobody_approves_his_own_plan",
            ),
            models.CheckConstraint(
                condition=Q(baseline__gte=0, target__gte=0), name="plan_sales_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["manager", "state"], name="plan_by_manager")]

    def __str__(self) -> str:
        return str(self.client)

    @property
    def is_editable(self) -> bool:
        """True while its text may change; what was approved changes by a revision only."""
        return self.state in self.EDITABLE

    @property
    def is_open(self) -> bool:
        """True until it is completed or abandoned."""
        return self.state not in self.CLOSED

    @property
    def is_in_force(self) -> bool:
        """True if an approved version of it stands."""
        return self.is_open and self.approved_at is not None

    def year(self, number: int) -> Period:
        """The months of a year of the plan, counted from 1."""
        first = Month.of(self.starts_on) + 12 * (number - 1)
        return Period.of_months(first, first + 11)

    @property
    def ends_on(self) -> dt.date:
        """The last day of the horizon."""
        return self.year(self.horizon_years).until
