"""The form that a candidate fills by his personal link."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kamerton.domain.hiring.models.applications import Application
from kamerton.domain.methodology.models import MethodologyVersion


class CandidateForm(models.Model):
    """A form: only the digest of its link is stored; no answer before the consent.

    `questions`: codes asked, frozen when it was sent. `marks`: marks by hand, 0 to 1, by code.
    """

    class State(models.TextChoices):
        SENT = "sent", _("Sent")
        CONSENTED = "consented", _("Being filled")
        SUBMITTED = "submitted", _("Filled")

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="form")
    digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    methodology = models.ForeignKey(MethodologyVersion, on_delete=models.PROTECT, related_name="+")
    policy_version = models.CharField(max_length=40, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    draft = models.JSONField(default=dict, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    marks = models.JSONField(default=dict, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(consented_at__isnull=False)
                | models.Q(submitted_at__isnull=True, draft={}, answers={}),
                name="nothing_stored_before_consent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}"

    @property
    def state(self) -> str:
        """How far it is."""
        if self.submitted_at:
            return self.State.SUBMITTED
        return self.State.CONSENTED if self.consented_at else self.State.SENT

    @property
    def is_open(self) -> bool:
        """True while its link takes answers."""
        return self.submitted_at is None and self.expires_at > timezone.now()
