"""A candidate in a vacancy: the stage he is at, how he got there, calls and letters."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kamerton.domain.hiring.models.candidates import Candidate
from kamerton.domain.hiring.models.market import Source
from kamerton.domain.hiring.models.vacancies import Vacancy
from kamerton.platform.access.models import User


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep all for those who hire, and those where `user` assesses or teaches."""
        if user.may("hiring.view"):
            return self
        if not user.may("hiring.assess"):
            return self.none()
        named = Q(scorecards__assessor=user) | Q(probation__mentor=user)
        named |= Q(invitations__session__interviewers=user)
        return self.filter(pk__in=Application.objects.filter(named).values("pk"))

    def alive(self) -> Self:
        """Leave out those who left the contest."""
        return self.exclude(stage__in=Application.EXITS)


class Application(models.Model):
    """One candidate in one vacancy.

    `reached`: the furthest stage of the way he was at, by its place; what the funnel counts.
    `call_due_at`: when to call him; empty: no call is due. `call_rank`: promised calls first (0),
    then by tier. `cautions`: codes from the form. Codes of `knocked` say what refused him.
    """

    class Stage(models.TextChoices):
        SOURCED = "sourced", pgettext_lazy("hiring", "Found")
        CONTACTED = "contacted", _("Contacted")
        FORM_SENT = "form_sent", _("Form sent")
        FORM_DONE = "form_done", _("Form filled")
        PASSED = "passed", _("Passed the form")
        INVITED = "invited", pgettext_lazy("hiring", "Invited")
        CONFIRMED = "confirmed", pgettext_lazy("hiring", "Confirmed")
        SHOWED = "showed", _("Came")
        TESTED = "tested", _("Tested")
        INTERVIEWED = "interviewed", _("Interviewed")
        SELECTED = "selected", _("Chosen")
        OFFER = "offer", _("Offer")
        ACCEPTED = "accepted", pgettext_lazy("hiring", "Accepted")
        PROBATION = "probation", _("Probation")
        HIRED = "hired", _("Hired")
        KNOCKED_OUT = "knocked_out", _("Knocked out")
        STOP_LISTED = "stop_listed", _("Stop-listed")
        NO_SHOW = "no_show", _("Did not come")
        REFUSED = "refused", _("Refused by us")
        WITHDRAWN = "withdrawn", _("Withdrew")
        RESERVE = "reserve", _("Reserve")

    class FiveYears(models.TextChoices):
        LEADER = "leader", _("A leader")
        EXPERT = "expert", _("An expert")
        OWNER = "owner", _("An owner of a business")
        OTHER = "other", _("Something else")

    WAY = (
        *(Stage.SOURCED, Stage.CONTACTED, Stage.FORM_SENT, Stage.FORM_DONE, Stage.PASSED),
        *(Stage.INVITED, Stage.CONFIRMED, Stage.SHOWED, Stage.TESTED, Stage.INTERVIEWED),
        *(Stage.SELECTED, Stage.OFFER, Stage.ACCEPTED, Stage.PROBATION, Stage.HIRED),
    )
    EXITS = (
        *(Stage.KNOCKED_OUT, Stage.STOP_LISTED, Stage.NO_SHOW),
        *(Stage.REFUSED, Stage.WITHDRAWN, Stage.RESERVE),
    )

    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="applications")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="applications")
    stage = models.CharField(max_length=11, choices=Stage.choices, default=Stage.SOURCED)
    reached = models.PositiveSmallIntegerField(default=0)
    stage_since = models.DateTimeField()
    exit_reason = models.CharField(max_length=500, blank=True)
    tier = models.CharField(max_length=2, default="T3")  # T1, T2, T3
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recruiter = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    call_rank = models.PositiveSmallIntegerField(default=3)
    call_due_at = models.DateTimeField(null=True, blank=True)
    calls = models.PositiveSmallIntegerField(default=0)
    form_score = models.FloatField(null=True, blank=True)
    knocked = models.JSONField(default=list, blank=True)
    cautions = models.JSONField(default=list, blank=True)
    five_years = models.CharField(max_length=6, choices=FiveYears.choices, blank=True)
    five_years_words = models.CharField(max_length=500, blank=True)
    stop_cleared_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stop_cleared_because = models.CharField(max_length=500, blank=True)
    hired_on = models.DateField(null=True, blank=True)  # first day of work
    left_on = models.DateField(null=True, blank=True)
    left_because = models.CharField(max_length=500, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["vacancy", "candidate"], name="one_application_a_vacancy"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=models.F("hired_on")),
                name="left_after_hired",
            ),
        ]
        indexes = [
            models.Index(fields=["vacancy", "stage", "stage_since"], name="application_on_board"),
            models.Index(fields=["vacancy", "reached"], name="application_reached"),
            models.Index(
                fields=["vacancy", "call_rank", "call_due_at", "id"],
                condition=Q(call_due_at__isnull=False),
                name="call_queue",
            ),
            models.Index(
                fields=["hired_on"], condition=Q(hired_on__isnull=False), name="hired_people"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.candidate_id} · {self.vacancy_id}"

    @property
    def has_left(self) -> bool:
        """True if he is out of the contest."""
        return self.stage in self.EXITS


class StageChange(models.Model):
    """A step of an application; `hours`: how long it had been at the stage it left."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="steps")
    before = models.CharField(max_length=11, choices=Application.Stage.choices, blank=True)
    after = models.CharField(max_length=11, choices=Application.Stage.choices)
    hours = models.FloatField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        indexes = [models.Index(fields=["application", "at"], name="steps_of_application")]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.before} → {self.after}"


class CallAttempt(models.Model):
    """One call to a candidate and what came of it."""

    class Outcome(models.TextChoices):
        NO_ANSWER = "no_answer", _("No answer")
        BUSY = "busy", _("Asked to call later")
        INTERESTED = "interested", _("Interested")
        FORM_WANTED = "form_wanted", _("Asked for the form")
        NOT_INTERESTED = "not_interested", _("Not interested")
        WRONG_NUMBER = "wrong_number", _("Wrong number")

    #: After these a person was spoken with.
    SPOKEN = (Outcome.BUSY, Outcome.INTERESTED, Outcome.FORM_WANTED, Outcome.NOT_INTERESTED)

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="attempts")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=14, choices=Outcome.choices)
    note = models.TextField(blank=True)
    next_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes = [models.Index(fields=["by", "at", "outcome"], name="calls_by_recruiter")]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.outcome}"


class Letter(models.Model):
    """A letter that was sent to one candidate, or that could not be sent."""

    class Kind(models.TextChoices):
        VACANCY = "vacancy", _("Vacancy letter")
        INVITATION = "invitation", _("Invitation")
        REMINDER = "reminder", _("Reminder")
        OFFER = "offer", _("Offer")
        REFUSAL = "refusal", pgettext_lazy("hiring", "Refusal")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    subject = models.CharField(max_length=250)
    body = models.TextField(blank=True)  # without the personal link
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.kind}"
