"""Whom the company counts as key: a proposal by criteria, a decision by people."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology.models import MethodologyVersion
from kamerton.platform.access.models import User


class CompanyKeyQuerySet(models.QuerySet["CompanyKey"]):
    """The company's register, as people may see it."""

    def visible_to(self, user: User) -> Self:
        """Keep the entries of clients that `user` may see."""
        if user.scope == "all":
            return self
        return self.filter(client__in=Client.objects.visible_to(user))

    def open(self) -> Self:
        """Keep what is proposed or in force."""
        return self.filter(state__in=CompanyKey.OPEN)

    def in_force(self) -> Self:
        """Keep what is decided and not removed."""
        return self.filter(state__in=CompanyKey.IN_FORCE)


class CompanyKey(models.Model):
    """A client in the company's register, with the inputs and the version it was judged by."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        CONFIRMED = "confirmed", _("Key")
        REVIEW_DUE = "review_due", _("Review due")
        REMOVED = "removed", _("Removed")
        REJECTED = "rejected", _("Rejected")

    OPEN = (State.PROPOSED, State.CONFIRMED, State.REVIEW_DUE)
    IN_FORCE = (State.CONFIRMED, State.REVIEW_DUE)

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="company_keys")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    criteria = models.JSONField(default=list)  # codes of the criteria passed
    inputs = models.JSONField(default=dict)  # the figures as they were
    kci = models.FloatField(default=0.0)
    over_capacity = models.BooleanField(default=False)
    reason = models.CharField(max_length=1000, blank=True)  # of a proposal by hand
    methodology = models.ForeignKey(MethodologyVersion, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)
    minutes = models.TextField(_("minutes"), blank=True)
    sponsor = models.ForeignKey(
        User,
        verbose_name=_("sponsor"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sponsored_keys",
    )
    valid_until = models.DateField(null=True, blank=True)
    failed_half_years = models.PositiveSmallIntegerField(default=0)  # in a row
    counted_on = models.DateField(null=True, blank=True)  # the half-year counted last

    objects = CompanyKeyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-kci", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(state__in=("proposed", "confirmed", "review_due")),
                name="one_open_company_key_per_client",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") | ~Q(minutes=""), name="company_key_has_minutes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.get_state_display()}"


class KeyDecision(models.Model):
    """One decision about a client in the company's register; never changed."""

    class Verdict(models.TextChoices):
        CONFIRM = "confirm", _("Key")
        REJECT = "reject", _("Not key")
        RENEW = "renew", _("Key for another year")
        REMOVE = "remove", _("Removed")

    key = models.ForeignKey(CompanyKey, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    minutes = models.TextField()
    criteria = models.JSONField(default=list)
    inputs = models.JSONField(default=dict)
    kci = models.FloatField(default=0.0)
    methodology = models.ForeignKey(MethodologyVersion, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}, {self.decided_on}"
