"""A vacancy: why, how many, what for, whom, for what pay, and how far it is."""

from typing import ClassVar, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kamerton.domain.hiring.models.market import Source
from kamerton.domain.methodology.models import MethodologyVersion
from kamerton.platform.access.models import User


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    """Vacancies, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep all for those who hire or pay, and those where `user` assesses or teaches."""
        if user.may("hiring.view") or user.may("hiring.view_budget"):
            return self
        if not user.may("hiring.assess"):
            return self.none()
        named = Q(applications__scorecards__assessor=user) | Q(sessions__interviewers=user)
        named |= Q(applications__probation__mentor=user)
        return self.filter(pk__in=Vacancy.objects.filter(named).values("pk"))

    def open(self) -> Self:
        """Leave out what was closed or cancelled."""
        return self.exclude(state__in=Vacancy.OVER)


class Vacancy(models.Model):
    """A search for one or more people for one job.

    Pay a month in minor units. `profile`: what a key client is with us ({"deal_size", "products",
    "buyers", "project", "level", "budget"}); `targets`: names of clients we want. `funnel`: how
    many each stage needs, frozen at the approval. `letter`: texts of blocks by code.
    """

    class Role(models.TextChoices):
        KAM = "kam", _("Key account manager")
        ACCOUNT_MANAGER = "account_manager", _("Account manager")

    class Reason(models.TextChoices):
        GROWTH = "growth", _("Growth")
        REPLACEMENT = "replacement", _("Replacement")
        EMERGENCY = "emergency", _("Emergency")

    class Mandate(models.TextChoices):
        DEFEND = "defend", _("Hold the ties")
        COUNTER = "counter", _("Watch and answer competitors")
        DEVELOP = "develop", _("Develop clients")
        HUNT = "hunt", _("Find target clients")

    class Route(models.TextChoices):
        INTERNAL = "internal", _("From within")
        EXTERNAL = "external", _("From outside")
        MIXED = "mixed", _("From both")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVED = "approved", pgettext_lazy("hiring", "Approved")
        SOURCING = "sourcing", _("Sourcing")
        SCREENING = "screening", _("Screening")
        INTERVIEWS = "interviews", _("Interviews")
        OFFERS = "offers", _("Offers")
        PROBATION = "probation", _("Probation")
        CLOSED = "closed", pgettext_lazy("hiring", "Closed")
        CANCELLED = "cancelled", pgettext_lazy("hiring", "Cancelled")

    OVER = (State.CLOSED, State.CANCELLED)
    WAY = (
        *(State.DRAFT, State.APPROVED, State.SOURCING, State.SCREENING),
        *(State.INTERVIEWS, State.OFFERS, State.PROBATION, State.CLOSED),
    )

    title = models.CharField(_("vacancy"), max_length=200)
    role = models.CharField(_("role"), max_length=16, choices=Role.choices, default=Role.KAM)
    seats = models.PositiveSmallIntegerField(
        _("seats"), default=1, validators=[MinValueValidator(1)]
    )
    reason = models.CharField(_("why"), max_length=11, choices=Reason.choices)
    mandate = models.CharField(_("mandate"), max_length=7, choices=Mandate.choices, blank=True)
    route = models.CharField(_("where to look"), max_length=8, choices=Route.choices, blank=True)
    needed_by = models.DateField(_("needed by"), null=True, blank=True)
    niche = models.CharField(_("our niche"), max_length=120, blank=True)
    region = models.CharField(_("region"), max_length=120, blank=True)
    pack = models.CharField(_("industry pack"), max_length=20, blank=True)
    full_service = models.BooleanField(_("supply, installation and commissioning"), default=False)
    languages = models.JSONField(default=list, blank=True)  # [{"code", "cefr", "knockout"}]
    trip_days = models.PositiveSmallIntegerField(_("days of travel a month"), null=True, blank=True)
    pay_low = models.BigIntegerField(_("pay a month, from"), null=True, blank=True)
    pay_high = models.BigIntegerField(_("pay a month, to"), null=True, blank=True)
    pool = models.PositiveIntegerField(_("people who may fit"), null=True, blank=True)
    hires_planned = models.PositiveSmallIntegerField(_("to hire for probation"), default=0)
    targets = models.JSONField(default=list, blank=True)
    profile = models.JSONField(default=dict, blank=True)
    letter = models.JSONField(default=dict, blank=True)
    language = models.CharField(_("language of the letter"), max_length=2, default="ru")
    funnel = models.JSONField(default=dict, blank=True)
    rank_profile = models.CharField(max_length=9, default="standard")
    methodology = models.ForeignKey(MethodologyVersion, on_delete=models.PROTECT, related_name="+")
    recruiter = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    head = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    approved_on = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=1000, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = VacancyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1), name="vacancy_has_a_seat"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"]) | ~Q(mandate=""),
                name="open_vacancy_has_a_mandate",
            ),
            models.CheckConstraint(
                condition=Q(pay_low__isnull=True)
                | Q(pay_high__isnull=True)
                | Q(pay_low__gte=0, pay_high__gte=models.F("pay_low")),
                name="pay_band_rises",
            ),
        ]
        indexes = [models.Index(fields=["state"], name="vacancy_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """True from its approval until it is closed or cancelled."""
        return self.state not in (self.State.DRAFT, *self.OVER)

    @property
    def is_over(self) -> bool:
        """True when it was closed or cancelled."""
        return self.state in self.OVER


class Requirement(models.Model):
    """What the vacancy asks for: a competency of the method, or words of its own."""

    class Need(models.TextChoices):
        MUST = "must", _("must have")
        NICE = "nice", _("nice to have")

    class Horizon(models.TextChoices):
        NOW = "now", _("now")
        FUTURE = "future", _("later")

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="requirements")
    code = models.CharField(max_length=20, blank=True)  # of a competency; empty: own words
    text = models.CharField(_("requirement"), max_length=300, blank=True)
    need = models.CharField(_("need"), max_length=4, choices=Need.choices, default=Need.MUST)
    horizon = models.CharField(
        _("when"), max_length=6, choices=Horizon.choices, default=Horizon.NOW
    )
    knockout = models.BooleanField(_("refuses whoever lacks it"), default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["vacancy", "code"], condition=~Q(code=""), name="one_row_a_competency"
            ),
            models.CheckConstraint(
                condition=Q(knockout=False) | Q(need="must", horizon="now"),
                name="knockout_is_a_present_must",
            ),
            models.CheckConstraint(
                condition=~Q(code="") | ~Q(text=""), name="requirement_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.code


class VacancyQuestion(models.Model):
    """A question that this vacancy adds to the form; a knock-out has its least number or "yes"."""

    class Answer(models.TextChoices):
        TEXT = "text", _("Text")
        NUMBER = "number", _("Number")
        YES_NO = "yes_no", _("Yes or no")

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(_("question"), max_length=300)
    answer = models.CharField(_("answer"), max_length=6, choices=Answer.choices)
    knockout = models.BooleanField(_("refuses"), default=False)
    least = models.FloatField(_("at least"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(knockout=False) | ~Q(answer="text"), name="text_refuses_nobody"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def code(self) -> str:
        """Its name among the answers of a form."""
        return f"own{self.pk}"


class BudgetLine(models.Model):
    """An item of the vacancy's budget: what was planned, what was spent; minor units."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="budget")
    item = models.CharField(_("item"), max_length=200)
    planned = models.BigIntegerField(_("plan"), default=0)
    spent = models.BigIntegerField(_("fact"), default=0)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["vacancy", "item"], name="one_line_a_budget_item"),
            models.CheckConstraint(
                condition=Q(planned__gte=0, spent__gte=0), name="budget_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.item
