"""A job offer."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kamerton.domain.hiring.models.applications import Application
from kamerton.domain.hiring.models.candidates import Candidate
from kamerton.platform.access.models import User


class Offer(models.Model):
    """What is offered to one person: sections by code, pay a month in minor units.

    `beyond`: the pay lies outside the vacancy's band, so the owner approves.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PENDING = "pending", _("Waits for approval")
        APPROVED = "approved", pgettext_lazy("hiring", "Approved")
        SENT = "sent", _("Sent")
        ACCEPTED = "accepted", pgettext_lazy("hiring", "Accepted")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Expired")
        CANCELLED = "cancelled", _("Taken back")

    class Track(models.TextChoices):
        VERTICAL = "vertical", _("Upwards: leads people")
        HORIZONTAL = "horizontal", _("In breadth: grows with the company")

    OPEN = (State.DRAFT, State.PENDING, State.APPROVED, State.SENT)

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="offers")
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    pay = models.BigIntegerField()
    sections = models.JSONField(default=dict)
    track = models.CharField(max_length=10, choices=Track.choices)
    motive = models.CharField(max_length=7, choices=Candidate.Motive.choices)
    adaptation_risk = models.TextField()
    answer_by = models.DateField()
    beyond = models.BooleanField(default=False)
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_note = models.CharField(max_length=500, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=["draft", "pending", "approved", "sent", "accepted"]),
                name="one_offer_in_force",
            ),
            models.CheckConstraint(condition=Q(pay__gt=0), name="offer_pays"),
        ]

    def __str__(self) -> str:
        return f"{self.application}"

    @property
    def is_money_only(self) -> bool:
        """True if nothing but money draws the person: an over-bought one keeps looking."""
        return self.motive == Candidate.Motive.MONEY
