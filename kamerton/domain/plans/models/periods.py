"""Plans of a month, quarter or year, and forecasts that are scored when the months have come."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kamerton.calc.period import Month, Period
from kamerton.domain.accounts.models import Client, ProductCategory
from kamerton.platform.access.models import User


class PeriodPlanQuerySet(models.QuerySet["PeriodPlan"]):
    """Period plans, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the plans of clients that `user` may see."""
        return self.filter(client__in=Client.objects.visible_to(user))


class PeriodPlan(models.Model):
    """What a client shall buy in a month, quarter or year: three levels, in minor units.

    Without a category: of all goods. `reason` says why a month lies below the trajectory of the
    perspective plan.
    """

    class Kind(models.TextChoices):
        MONTH = "month", _("Month")
        QUARTER = "quarter", _("Quarter")
        YEAR = "year", _("Year")

    MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.YEAR: 12}

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="period_plans")
    manager = models.ForeignKey(User, on_delete=models.PROTECT, related_name="period_plans")
    category = models.ForeignKey(
        ProductCategory,
        verbose_name=_("category"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    kind = models.CharField(_("period"), max_length=7, choices=Kind.choices)
    starts_on = models.DateField(_("from"))
    minimum = models.BigIntegerField(_("minimum"))
    target = models.BigIntegerField(_("plan"))
    stretch = models.BigIntegerField(_("maximum"))
    reason = models.CharField(_("why below the trajectory"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PeriodPlanQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_on", "client__name_folded", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "kind", "starts_on"],
                condition=Q(category=None),
                name="one_period_plan_of_all",
            ),
            models.UniqueConstraint(
                fields=["client", "kind", "starts_on", "category"],
                condition=~Q(category=None),
                name="one_period_plan_a_category",
            ),
            models.CheckConstraint(
                condition=Q(minimum__gte=0, target__gte=F("minimum"), stretch__gte=F("target")),
                name="three_levels_in_order",
            ),
        ]
        indexes = [models.Index(fields=["manager", "kind", "starts_on"], name="period_plan_of")]

    def __str__(self) -> str:
        return f"{self.client}, {self.get_kind_display()} {self.starts_on}"

    @property
    def period(self) -> Period:
        """The months it covers."""
        first = Month.of(self.starts_on)
        return Period.of_months(first, first + (self.MONTHS[self.Kind(self.kind)] - 1))


class SalesForecast(models.Model):
    """What was forecast for a client on a day, month by month, and how it came out.

    `months`: [{"month": "2026-12", "value", "low", "high"}], minor units; `level` is the part of
    months that should fall inside. `mape` and `coverage` are filled when months have come.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="forecasts")
    made_on = models.DateField()
    last_month = models.DateField()  # the first day of the last month it was made from
    method = models.CharField(max_length=20)
    level = models.FloatField()
    history = models.PositiveIntegerField()  # months it rests on
    errors = models.PositiveIntegerField()  # errors out of sample that the interval rests on
    months = models.JSONField()
    scored_until = models.DateField(null=True, blank=True)
    scored = models.PositiveIntegerField(default=0)  # months compared
    mape = models.FloatField(null=True, blank=True)
    coverage = models.FloatField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-last_month", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["client", "last_month"], name="one_forecast_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.client}, {self.last_month:%Y-%m}"
