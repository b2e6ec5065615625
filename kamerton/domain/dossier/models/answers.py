"""Answers with their sources and history; what was concluded from them; where they were used."""

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.dossier.models.dossiers import Dossier
from kamerton.domain.dossier.models.imports import DossierImport
from kamerton.platform.access.models import User


class Source(models.TextChoices):
    """Where an answer comes from; how far it is believed stands in the method."""

    DOCUMENT = "document", _("Document")
    CLIENT_SAID = "client_said", _("The client said so")
    PUBLIC = "public", _("Public data")
    OBSERVED = "observed", _("Seen by ourselves")
    THIRD_PARTY = "third_party", _("A third party said so")
    ASSUMPTION = "assumption", _("Our assumption")


class AnswerQuerySet(models.QuerySet["DossierAnswer"]):
    """Answers, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the answers about clients that `user` may see."""
        return self.filter(dossier__client__in=Client.objects.visible_to(user))

    def current(self) -> Self:
        """Keep the answers that count now."""
        return self.filter(is_current=True)


class DossierAnswer(models.Model):
    """What was answered to one question; a newer answer supersedes it and nothing is overwritten.

    `data` is the value in the shape of the question's kind, `text` the same in words, `searched`
    that text folded. `confidence` and `expires_on` are by the method of the day it was written.
    With `is_applicable` False the question does not concern this client, and `text` says why.
    Withdrawn: taken back (an import undone, a mistake), kept for the history.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=40)
    data = models.JSONField(null=True, blank=True)
    text = models.TextField()
    searched = models.TextField()
    is_applicable = models.BooleanField(default=True)
    source = models.CharField(_("source"), max_length=12, choices=Source.choices)
    source_contact = models.ForeignKey(
        ContactPerson,
        verbose_name=_("who said it"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    source_note = models.CharField(_("which document, where"), max_length=300, blank=True)
    source_on = models.DateField(_("true on"))
    confidence = models.FloatField()
    expires_on = models.DateField()
    version = models.PositiveIntegerField()  # of the method
    is_current = models.BooleanField(default=True)
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    batch = models.ForeignKey(
        DossierImport, on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "question"],
                condition=Q(is_current=True),
                name="one_current_answer_a_question",
            ),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(withdrawn_at=None),
                name="withdrawn_answer_is_not_current",
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1),
                name="answer_confidence_between_0_and_1",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gt=models.F("source_on")), name="answer_lasts_a_while"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="answer_says_something"),
        ]
        indexes = [models.Index(fields=["dossier", "question"], name="answer_by_question")]

    def __str__(self) -> str:
        return f"{self.question}: {self.text[:80]}"

    def is_stale(self, on: dt.date) -> bool:
        """Tell whether the answer has outlived its life by `on`."""
        return self.is_applicable and on > self.expires_on

    @property
    def is_assumed(self) -> bool:
        """True for what nobody told us."""
        return self.is_applicable and self.source == Source.ASSUMPTION


class AnswerFile(models.Model):
    """A file of a dossier, kept with a question or with a group as a whole (question empty)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="files")
    group = models.CharField(max_length=40)
    question = models.CharField(max_length=40, blank=True)
    name = models.CharField(_("file"), max_length=250)
    path = models.CharField(max_length=250)  # below FILES
    kind = models.CharField(max_length=8)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["group", "question", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "group", "question", "digest"],
                condition=Q(removed_at=None),
                name="a_file_once_a_question",
            )
        ]

    def __str__(self) -> str:
        return self.name


class InsightNote(models.Model):
    """What we conclude from answers: the step from knowing to doing."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="insights")
    text = models.TextField(_("insight"))
    based_on = models.ManyToManyField(DossierAnswer, blank=True, related_name="insights")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    batch = models.ForeignKey(
        DossierImport, on_delete=models.PROTECT, null=True, blank=True, related_name="insights"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="insight_says_something")]

    def __str__(self) -> str:
        return self.text[:80]


class Citation(models.Model):
    """An answer or an insight was used: in a meeting brief, a goal of a plan, a proposal.

    `ref` names what it was used in, as "activity:12" or "goal:5".
    """

    class Place(models.TextChoices):
        BRIEF = "brief", _("Meeting brief")
        PLAN_GOAL = "plan_goal", _("Goal of the plan")
        PROPOSAL = "proposal", _("Proposal")

    answer = models.ForeignKey(
        DossierAnswer, on_delete=models.CASCADE, null=True, blank=True, related_name="citations"
    )
    insight = models.ForeignKey(
        InsightNote, on_delete=models.CASCADE, null=True, blank=True, related_name="citations"
    )
    place = models.CharField(max_length=9, choices=Place.choices)
    ref = models.CharField(max_length=60)
    label = models.CharField(max_length=250, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "place", "ref"],
                condition=Q(insight=None),
                name="an_answer_cited_once_a_place",
            ),
            models.UniqueConstraint(
                fields=["insight", "place", "ref"],
                condition=Q(answer=None),
                name="an_insight_cited_once_a_place",
            ),
            models.CheckConstraint(
                condition=Q(answer=None) ^ Q(insight=None), name="citation_of_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_place_display()}: {self.label or self.ref}"
