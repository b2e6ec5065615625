"""Interviews: sessions with seats, and who is invited to them."""

from typing import ClassVar, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kamerton.domain.hiring.models.applications import Application
from kamerton.domain.hiring.models.vacancies import Vacancy
from kamerton.platform.access.models import User


class SessionQuerySet(models.QuerySet["InterviewSession"]):
    """Sessions, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep all for those who hire, and those that `user` holds."""
        if user.may("hiring.view"):
            return self
        held = InterviewSession.objects.filter(interviewers=user)
        return self.filter(pk__in=held.values("pk")) if user.may("hiring.assess") else self.none()


class InterviewSession(models.Model):
    """A slot: `capacity` seats, `allowed` invitations at most, as not everybody comes."""

    class Kind(models.TextChoices):
        STREAM = "stream", _("Stream")
        GROUP = "group", _("Group")
        INDIVIDUAL = "individual", _("Individual")

    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="sessions")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    capacity = models.PositiveSmallIntegerField(
        _("seats"), default=1, validators=[MinValueValidator(1)]
    )
    allowed = models.PositiveSmallIntegerField(_("invitations at most"), default=1)
    interviewers = models.ManyToManyField(User, blank=True, related_name="interview_sessions")
    place = models.CharField(_("room or link"), max_length=300, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="session_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, allowed__gte=models.F("capacity")),
                name="session_allows_its_seats",
            ),
        ]
        indexes = [models.Index(fields=["vacancy", "starts_at"], name="session_by_vacancy")]

    def __str__(self) -> str:
        return f"{self.vacancy}: {self.starts_at:%Y-%m-%d %H:%M}"


class Invitation(models.Model):
    """A candidate's place in a session; without a session he has still to choose one.

    `rate`: how likely he was to come when he was invited. Only the digest of his link is stored.
    """

    class State(models.TextChoices):
        SENT = "sent", pgettext_lazy("hiring", "Invited")
        CONFIRMED = "confirmed", pgettext_lazy("hiring", "Confirmed")
        CAME = "came", _("Came")
        LATE = "late", _("Came late")
        NO_SHOW = "no_show", _("Did not come")
        CANCELLED = "cancelled", _("Cancelled in time")

    LIVE = (State.SENT, State.CONFIRMED)
    SHOWED = (State.CAME, State.LATE)
    TAKES_A_SEAT = (*LIVE, *SHOWED, State.NO_SHOW)

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="invitations"
    )
    session = models.ForeignKey(
        InterviewSession,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
    )
    digest = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=120, blank=True)
    rate = models.FloatField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.SENT)
    sent_at = models.DateTimeField()
    lead_days = models.PositiveSmallIntegerField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)  # checked in, or called off
    late_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    moves = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=["sent", "confirmed"]),
                name="one_live_invitation",
            ),
        ]
        indexes = [
            models.Index(fields=["session", "state"], name="invited_by_session"),
            models.Index(fields=["state", "channel", "lead_days"], name="show_facts"),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.state}"

    @property
    def is_live(self) -> bool:
        """True while he may still come, move or decline."""
        return self.state in self.LIVE
