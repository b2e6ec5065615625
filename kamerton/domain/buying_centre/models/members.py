"""A member of a buying centre, and how we came to judge him so."""

from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.buying_centre.models.centres import BuyingCentre
from kamerton.platform.access.models import User

#: What is judged of a member: each with its source, its day, and whether it is confirmed.
JUDGED = ("roles", "influence", "attitude", "response_mode", "results", "wins", "rival")


class MemberQuerySet(models.QuerySet["Member"]):
    """Members, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the members of centres of clients that `user` may see."""
        return self.filter(centre__client__in=Client.objects.visible_to(user))

    def present(self) -> Self:
        """Leave out those who left."""
        return self.filter(left_on=None)


class Member(models.Model):
    """A person, of the client or from outside, who influences what is bought.

    `sources` says of each of `JUDGED` where it is known from: {"attitude": {"source": "observed",
    "on": "2026-11-17"}}; what has no entry, or comes from "assumption", is assumed. How well he is
    covered, how far we came with him, when we last spoke and what comes next is not stored: it is
    read from activities.
    """

    class Affiliation(models.TextChoices):
        CLIENT = "client", _("Of the client")
        EXTERNAL = "external", _("From outside")

    class Attitude(models.IntegerChoices):
        ENEMY = -2, _("enemy")
        AGAINST = -1, _("against")
        NEUTRAL = 0, _("neutral")
        FOR = 1, _("for us")
        ALLY = 2, _("ally")

    class Mode(models.TextChoices):
        GROWTH = "growth", _("Growth: wants more or better")
        TROUBLE = "trouble", _("Trouble: something must be mended")
        EVEN_KEEL = "even_keel", _("Even keel: sees no need")
        OVERCONFIDENT = "overconfident", _("Overconfident: thinks it is better than it is")

    class Rival(models.IntegerChoices):
        NONE = 0, _("no tie to a competitor")
        KNOWS = 1, _("knows them")
        CLOSE = 2, _("close to a competitor")
        THEIRS = 3, _("works for a competitor")

    class Source(models.TextChoices):
        ASSUMPTION = "assumption", _("Assumption")
        CLIENT_SAID = "client_said", _("He said so")
        OBSERVED = "observed", _("We saw it")
        THIRD_PARTY = "third_party", _("Somebody else said so")
        DOCUMENT = "document", _("A document")
        PUBLIC = "public", _("Public source")

    centre = models.ForeignKey(BuyingCentre, on_delete=models.CASCADE, related_name="members")
    contact = models.ForeignKey(
        ContactPerson, verbose_name=_("person"), on_delete=models.PROTECT, related_name="seats"
    )
    affiliation = models.CharField(
        _("whose he is"), max_length=8, choices=Affiliation.choices, default=Affiliation.CLIENT
    )
    roles = models.JSONField(_("roles"), default=list, blank=True)  # codes of the method
    influence = models.PositiveSmallIntegerField(
        _("influence"), default=3, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    attitude = models.SmallIntegerField(_("attitude"), choices=Attitude.choices, default=0)
    response_mode = models.CharField(_("mode"), max_length=13, choices=Mode.choices, blank=True)
    results = models.TextField(_("what matters for the business"), blank=True)
    wins = models.TextField(_("personal win"), blank=True)
    rival = models.PositiveSmallIntegerField(
        _("closeness to a competitor"), choices=Rival.choices, default=Rival.NONE
    )
    rival_name = models.CharField(_("which competitor"), max_length=200, blank=True)
    reports_to = models.ForeignKey(
        "self",
        verbose_name=_("reports to"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
    )
    sources = models.JSONField(default=dict, blank=True)
    x = models.FloatField(null=True, blank=True)  # where somebody put him on the map
    y = models.FloatField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-influence", "contact__name_folded", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "contact"], name="one_seat_a_person"),
            models.CheckConstraint(
                condition=Q(influence__gte=1, influence__lte=5), name="member_influence_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(attitude__gte=-2, attitude__lte=2), name="member_attitude_2_to_2"
            ),
            models.CheckConstraint(condition=Q(rival__lte=3), name="member_rival_0_to_3"),
        ]

    def __str__(self) -> str:
        return self.contact.full_name

    @property
    def has_left(self) -> bool:
        """True if he does not belong here any more."""
        return self.left_on is not None

    def known(self, field: str) -> dict[str, Any]:
        """Return where a judged field is known from; an empty dict: nobody said."""
        found: dict[str, Any] = self.sources.get(field) or {}
        return found

    def is_confirmed(self, field: str) -> bool:
        """True if a judged field rests on more than our assumption."""
        assumed = self.Source.ASSUMPTION.value
        return bool(self.known(field).get("source", assumed) != assumed)


class Judgement(models.Model):
    """An influence or attitude as it was set: the newest is in force, the rest is the history."""

    class About(models.TextChoices):
        INFLUENCE = "influence", _("Influence")
        ATTITUDE = "attitude", _("Attitude")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="judgements")
    about = models.CharField(max_length=9, choices=About.choices)
    value = models.SmallIntegerField()
    source = models.CharField(max_length=11, choices=Member.Source.choices)
    on = models.DateField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["member", "about"], name="judgement_by_member")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.about} {self.value}"
