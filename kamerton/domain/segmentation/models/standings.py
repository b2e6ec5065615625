"""Standings: what the ledger and the evidence say of each client, computed anew as a whole."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology.models import MethodologyVersion
from kamerton.platform.access.models import User

CRITERIA = ("large", "loyal", "promising", "status", "partner", "complex")


class Restatement(models.Model):
    """One recomputation of all standings; readers see the current one, whole or not at all.

    Amounts are minor units (kopecks) of the whole company, clients of the archive too.
    """

    class State(models.TextChoices):
        BUILDING = "building", _("Being computed")
        CURRENT = "current", _("Current")
        OLD = "old", _("Old")

    as_of = models.DateField()
    since = models.DateField()
    until = models.DateField()
    ledger_version = models.BigIntegerField()
    methodology = models.ForeignKey(
        MethodologyVersion, on_delete=models.PROTECT, related_name="restatements"
    )
    base = models.CharField(max_length=12)  # as resolved: revenue, gross_profit or cash
    state = models.CharField(max_length=8, choices=State.choices, default=State.BUILDING)
    clients = models.PositiveIntegerField(default=0)
    revenue = models.BigIntegerField(default=0)
    gross_profit = models.BigIntegerField(null=True)
    cash = models.BigIntegerField(default=0)
    cost_coverage = models.FloatField(default=0.0)  # share of revenue with known cost
    retention = models.JSONField(default=list)  # see queries.retention.RetentionPoint
    started_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="current"), name="one_current_restatement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since} – {self.until}"


class StandingQuerySet(models.QuerySet["Standing"]):
    """Standings, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the standings of clients whose money `user` may see."""
        if not user.may("ledger.view_money"):
            return self.none()
        if user.scope == "all":
            return self
        return self.filter(client__in=Client.objects.editable_by(user))

    def current(self) -> Self:
        """Keep the current generation."""
        return self.filter(restatement__state=Restatement.State.CURRENT)


class Standing(models.Model):
    """One client in one recomputation; money in minor units, shares of 1, scores 0–100.

    `before` is the same stretch a year earlier. Empty: no data.
    """

    restatement = models.ForeignKey(
        Restatement, on_delete=models.CASCADE, related_name="standings", db_index=False
    )
    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="standings", db_index=False
    )
    revenue = models.BigIntegerField(default=0)
    revenue_before = models.BigIntegerField(default=0)
    gross_profit = models.BigIntegerField(null=True)
    gross_profit_before = models.BigIntegerField(null=True)
    cash = models.BigIntegerField(default=0)
    cash_before = models.BigIntegerField(default=0)
    share_revenue = models.FloatField(null=True)
    share_gross_profit = models.FloatField(null=True)
    share_cash = models.FloatField(null=True)
    place = models.PositiveIntegerField()  # by the base, 1 is the largest
    abc = models.CharField(max_length=1)  # by the base
    abc_revenue = models.CharField(max_length=1)
    abc_gross_profit = models.CharField(max_length=1, blank=True)
    abc_cash = models.CharField(max_length=1)
    xyz = models.CharField(max_length=1, blank=True)
    cv = models.FloatField(null=True)
    months_of_history = models.PositiveSmallIntegerField(default=0)
    active_months = models.PositiveSmallIntegerField(default=0)  # of the last 12
    last_on = models.DateField(null=True)
    interval_days = models.FloatField(null=True)
    is_active = models.BooleanField(default=False)
    was_active = models.BooleanField(default=False)  # a year before
    growth = models.FloatField(null=True)
    wallet = models.BigIntegerField(null=True)
    wallet_confidence = models.FloatField(null=True)
    wallet_share = models.FloatField(null=True)
    gap = models.BigIntegerField(null=True)  # bought elsewhere in 12 months
    attainable = models.BigIntegerField(null=True)  # the part of the gap that can be won
    loyalty = models.FloatField(null=True)
    large = models.FloatField(null=True)
    loyal = models.FloatField(null=True)
    promising = models.FloatField(null=True)
    status = models.FloatField(null=True)
    partner = models.FloatField(null=True)
    complex = models.FloatField(null=True)
    passed = models.CharField(max_length=60, blank=True)  # codes with spaces between
    kci = models.FloatField(default=0.0)

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["restatement", "client"], name="one_standing_per_client"
            ),
        ]
        indexes = [
            models.Index(fields=["restatement", "-revenue"], name="standing_by_revenue"),
            models.Index(fields=["restatement", "-kci"], name="standing_by_kci"),
            models.Index(fields=["restatement", "place"], name="standing_by_place"),
        ]

    def __str__(self) -> str:
        return f"{self.client_id}: {self.abc}{self.xyz}"

    @property
    def passed_codes(self) -> list[str]:
        """The criteria that the client passes, in the method's order."""
        return self.passed.split()

    @property
    def scores(self) -> dict[str, float | None]:
        """Score of each criterion; None: no data."""
        return {code: getattr(self, code) for code in CRITERIA}

    @property
    def wallet_is_wrong(self) -> bool:
        """True where sales exceed what the client is said to spend: the estimate must be mended."""
        return self.wallet is not None and self.wallet_share is None

    def money(self, base: str) -> int | None:
        """The client's `base` (revenue, gross_profit, cash) of the year, in minor units."""
        found: int | None = getattr(self, base)
        return found

    def share(self, base: str) -> float | None:
        """The client's share of the company's `base`."""
        found: float | None = getattr(self, f"share_{base}")
        return found
