"""Where people come from, whom we do not take, what the market pays."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kamerton.platform.access.models import User


class Source(models.Model):
    """A way by which candidates come: a job site, an agency with its fee, a recommendation.

    `fee` in minor units, for each person hired.
    """

    class Kind(models.TextChoices):
        JOB_SITE = "job_site", _("Job site")
        AGENCY = "agency", _("Agency")
        REFERRAL = "referral", _("Recommendation")
        DIRECT = "direct", _("Direct search")
        RESPONSE = "response", _("Answer to the vacancy")
        INTERNAL = "internal", _("Our own people")

    name = models.CharField(_("source"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    fee = models.BigIntegerField(_("fee for a hire"), default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints = [models.CheckConstraint(condition=Q(fee__gte=0), name="fee_not_negative")]

    def __str__(self) -> str:
        return self.name


class NamedCompany(models.Model):
    """A company on a list; `folded` is its name without case, quotes and legal form."""

    name = models.CharField(_("company"), max_length=250)
    folded = models.CharField(max_length=250, unique=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class DonorCompany(NamedCompany):
    """A successful company of our industry: its people are tier 1."""

    note = models.CharField(_("why"), max_length=500, blank=True)

    class Meta(NamedCompany.Meta):
        abstract = False


class StopListCompany(NamedCompany):
    """A company whose people certainly do not fit, and why."""

    reason = models.CharField(_("reason"), max_length=500)

    class Meta(NamedCompany.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="stop_list_has_a_reason")
        ]


class NicheEdge(models.Model):
    """Two niches with like clients: fishing tackle and hunting; `weight` from 0 to 1."""

    one = models.CharField(_("niche"), max_length=120)  # folded; `one` < `other`
    other = models.CharField(_("adjacent niche"), max_length=120)
    weight = models.FloatField(_("how near"), default=0.5)

    class Meta:
        ordering: ClassVar[list[str]] = ["one", "other"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_edge_a_pair_of_niches"),
            models.CheckConstraint(
                condition=Q(weight__gte=0, weight__lte=1), name="niche_weight_0_to_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} ↔ {self.other}"


class MarketPayBenchmark(models.Model):
    """What the market pays a month, in minor units, by quartiles; where it is known from."""

    role = models.CharField(_("role"), max_length=40)
    region = models.CharField(_("region"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=250)
    on = models.DateField(_("of the day"))
    p25 = models.BigIntegerField(_("lower quartile"))
    p50 = models.BigIntegerField(_("median"))
    p75 = models.BigIntegerField(_("upper quartile"))

    class Meta:
        ordering: ClassVar[list[str]] = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(p25__gte=0, p50__gte=models.F("p25"), p75__gte=models.F("p50")),
                name="pay_quartiles_rise",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.region}, {self.on}"
