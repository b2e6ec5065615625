"""A candidate as a person: contacts, past, wishes, consent, and how long we may keep all that."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kamerton.calc.text import folded
from kamerton.domain.accounts.models.requisites import bare_name
from kamerton.domain.hiring.models.market import Source
from kamerton.platform.access.models import User


def company_key(name: str) -> str:
    """Return a company's name as companies are compared: no case, quotes, legal form."""
    return bare_name(folded(name)) if name.strip() else ""


class CandidateQuerySet(models.QuerySet["Candidate"]):
    """Candidates, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep all for those who hire, and those whom `user` assesses or teaches."""
        if user.may("hiring.view"):
            return self
        if not user.may("hiring.assess"):
            return self.none()
        named = Q(applications__scorecards__assessor=user)
        named |= Q(applications__probation__mentor=user)
        named |= Q(applications__invitations__session__interviewers=user)
        return self.filter(pk__in=Candidate.objects.filter(named).values("pk"))

    def present(self) -> Self:
        """Leave out those who were erased."""
        return self.filter(erased_at=None)


class Candidate(models.Model):
    """A person who may work for us, or does already.

    Money a month in minor units. Folded columns are what is compared and searched. `keep_until`:
    the day after which the person is erased; empty while he works for us.
    """

    class Kind(models.TextChoices):
        EXTERNAL = "external", _("From outside")
        INTERNAL = "internal", _("One of ours")

    class Motive(models.TextChoices):
        MONEY = "money", _("Money")
        GROWTH = "growth", _("Growth")
        PRODUCT = "product", _("Product")
        STATUS = "status", _("Status")
        TEAM = "team", _("Team")

    #: What is blanked when the person is erased; figures that name nobody stay.
    PERSONAL = (
        *("full_name", "name_folded", "phone", "email", "employer", "employer_key", "position"),
        *("searched", "known_clients", "employers", "products", "buyers", "languages", "link"),
    )

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.EXTERNAL)
    full_name = models.CharField(_("full name"), max_length=200, blank=True)
    name_folded = models.CharField(max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)  # +79161234567
    email = models.CharField(_("e-mail"), max_length=254, blank=True)  # in small letters
    employer = models.CharField(_("last employer"), max_length=250, blank=True)
    employer_key = models.CharField(max_length=250, blank=True)
    position = models.CharField(_("position"), max_length=200, blank=True)
    employers = models.JSONField(default=list, blank=True)
    link = models.CharField(_("link to the CV"), max_length=500, blank=True)
    niche = models.CharField(_("niche"), max_length=120, blank=True)
    region = models.CharField(_("region"), max_length=120, blank=True)
    searched = models.TextField(blank=True)
    user = models.ForeignKey(  # one of ours
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="candidacies"
    )
    willing = models.BooleanField(_("wants to grow"), default=False)
    ready_on = models.DateField(_("ready on"), null=True, blank=True)
    response_quality = models.FloatField(_("quality of answers, 0–100"), null=True, blank=True)
    technical_mark = models.FloatField(_("technical tests, 0–100"), null=True, blank=True)
    experience_years = models.FloatField(_("years in B2B sales"), null=True, blank=True)
    known_clients = models.JSONField(default=list, blank=True)
    products = models.JSONField(default=list, blank=True)
    buyers = models.JSONField(default=list, blank=True)
    deal_size = models.BigIntegerField(_("usual deal"), null=True, blank=True)
    largest_project = models.BigIntegerField(_("largest project"), null=True, blank=True)
    highest_level = models.PositiveSmallIntegerField(
        _("highest level negotiated with"), null=True, blank=True
    )
    largest_budget = models.BigIntegerField(_("largest budget"), null=True, blank=True)
    languages = models.JSONField(default=list, blank=True)  # [{"code", "cefr"}]
    pay_now = models.BigIntegerField(_("income now"), null=True, blank=True)
    pay_wanted = models.BigIntegerField(_("income wanted"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("can start in, days"), null=True, blank=True)
    motive = models.CharField(_("motive"), max_length=7, choices=Motive.choices, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    keep_until = models.DateField(null=True, blank=True, db_index=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["name_folded", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["phone"], condition=~Q(phone=""), name="one_candidate_a_phone"
            ),
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="one_candidate_an_email"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(user__isnull=False), name="one_candidate_a_user"
            ),
            models.CheckConstraint(
                condition=Q(kind="external") | Q(user__isnull=False),
                name="internal_candidate_is_a_user",
            ),
        ]
        indexes = [
            models.Index(fields=["name_folded", "employer_key"], name="candidate_by_name"),
            models.Index(fields=["employer_key"], name="candidate_by_employer"),
            models.Index(  # the base is counted and searched in it, not in the wide rows
                fields=["id", "searched"],
                condition=Q(erased_at__isnull=True),
                name="candidate_present",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_erased(self) -> bool:
        """True if only figures are left of the person."""
        return self.erased_at is not None


class Consent(models.Model):
    """What the person agreed to: for what purpose, under which policy, when and until when."""

    class Purpose(models.TextChoices):
        SELECTION = "selection", _("Selection for this vacancy")
        RESERVE = "reserve", _("Offers of other vacancies")

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=9, choices=Purpose.choices)
    policy_version = models.CharField(max_length=40)
    given_at = models.DateTimeField()
    until = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-given_at", "-pk"]
        indexes = [models.Index(fields=["candidate", "purpose"], name="consent_by_candidate")]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.purpose}"


class CandidateFile(models.Model):
    """A CV or another file of the candidate."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=300)
    name = models.CharField(max_length=250)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.candidate}: {self.pk}"


class TrackRecord(models.Model):
    """What happened to one of ours at work: a claim, an incident, an achievement."""

    class Kind(models.TextChoices):
        CLAIM = "claim", _("Claim")
        INCIDENT = "incident", _("Incident")
        ACHIEVEMENT = "achievement", _("Achievement")

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="track")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    text = models.CharField(max_length=500)
    on = models.DateField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.kind}"


class ClaimCheck(models.Model):
    """A claim of the CV, checked: confirmed, refuted or open still."""

    class State(models.TextChoices):
        OPEN = "open", _("Not checked yet")
        CONFIRMED = "confirmed", _("Confirmed")
        REFUTED = "refuted", _("Refuted")

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="claims")
    text = models.CharField(max_length=500)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    source = models.CharField(max_length=500, blank=True)
    checked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(source=""), name="checked_claim_has_its_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.state}"


class Reference(models.Model):
    """What somebody said of the candidate when asked."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="references")
    who = models.CharField(max_length=250)
    said = models.TextField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.asked_on}"
