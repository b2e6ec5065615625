"""What people know that no ledger says: wallets, marks, improvements; history is kept."""

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts.models import Client, ProductCategory
from kamerton.platform.access.models import User


class KnownQuerySet(models.QuerySet["WalletEstimate"]):
    """Wallet estimates, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep what is known of clients whose money `user` may see."""
        return self.filter(client__in=Client.objects.editable_by(user))

    def standing(self) -> Self:
        """Leave out what was withdrawn."""
        return self.filter(withdrawn_at=None)


class WalletEstimate(models.Model):
    """What a client spends a year on what we sell, as somebody knows or reckons it.

    `amount` in minor units a year; category empty: all that we could sell him. The best known
    (stated by the client, then tender data, norm, analogue; then the newest) counts.
    """

    class Source(models.TextChoices):
        CLIENT = "client", _("Stated by the client")
        TENDER = "tender", _("Tender or public data")
        NORM = "norm", _("Norm times size")
        ANALOGUE = "analogue", _("Median of similar clients")

    class Sourcing(models.TextChoices):
        FREE = "free", _("Free choice")
        DUAL = "dual", _("Two suppliers by rule")
        FIXED = "fixed", _("Fixed assortment")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="wallets")
    category = models.ForeignKey(
        ProductCategory,
        verbose_name=_("category"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    amount = models.BigIntegerField(_("a year"))
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    confidence = models.FloatField(
        _("confidence"), validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    sourcing = models.CharField(
        _("how he buys"), max_length=6, choices=Sourcing.choices, default=Sourcing.FREE
    )
    estimated_on = models.DateField(_("known on"))
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("where from"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = KnownQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-estimated_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="wallet_not_negative"),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1),
                name="wallet_confidence_between_0_and_1",
            ),
        ]
        indexes = [models.Index(fields=["client", "-estimated_on"], name="wallet_by_client")]

    def __str__(self) -> str:
        return f"{self.client}: {self.get_source_display()}"


class EvidenceQuerySet(models.QuerySet["CriterionEvidence"]):
    """Evidence, as people may see it."""

    def visible_to(self, user: User) -> Self:
        """Keep the evidence of clients that `user` may see."""
        return self.filter(client__in=Client.objects.visible_to(user))

    def standing(self) -> Self:
        """Leave out what was withdrawn."""
        return self.filter(withdrawn_at=None)


class CriterionEvidence(models.Model):
    """A mark for one item of a criterion, with what it rests on; the newest of an item counts.

    Status items are marked 0–3; partner forms, complex marks and `promising.budget` are there
    (1) or not (0); `loyal.nps` is the client's answer 0–10.
    """

    class Criterion(models.TextChoices):
        LOYAL = "loyal", _("Loyal")
        PROMISING = "promising", _("Promising")
        STATUS = "status", _("Status")
        PARTNER = "partner", _("Partner")
        COMPLEX = "complex", _("Complex")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="evidence")
    criterion = models.CharField(_("criterion"), max_length=10, choices=Criterion.choices)
    item = models.CharField(max_length=30)
    mark = models.PositiveSmallIntegerField(_("mark"))
    note = models.CharField(_("what it rests on"), max_length=1000)
    link = models.CharField(_("document or link"), max_length=500, blank=True)
    on = models.DateField(_("on"))
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=500, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-on", "-pk"]
        indexes = [models.Index(fields=["client", "criterion"], name="evidence_by_client")]

    def __str__(self) -> str:
        return f"{self.client}: {self.criterion}.{self.item} = {self.mark}"


class ImprovementCaused(models.Model):
    """Something that we do better because a reference customer asked for it."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="improvements")
    text = models.CharField(_("what became better"), max_length=1000)
    on = models.DateField(_("on"))
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.text[:80]
