"""What assessors marked, each alone, and what they agreed on; results of business tasks."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from kamerton.domain.hiring.models.applications import Application
from kamerton.platform.access.models import User


class ScorecardQuerySet(models.QuerySet["Scorecard"]):
    """Scorecards, as people may see them: blind until all are in."""

    def visible_to(self, user: User) -> Self:
        """Keep one's own, and those of candidates whose every assessor, two at least, is ready."""
        own = Q(assessor=user)
        if user.may("hiring.view"):
            return self.filter(own | Q(application__in=revealed()))
        mine = Scorecard.objects.filter(assessor=user).values("application")
        shared = Q(application__in=mine) & Q(application__in=revealed())
        return self.filter(own | shared) if user.may("hiring.assess") else self.none()


def revealed() -> "models.QuerySet[Scorecard, Any]":
    """Return the applications whose marks are open: all of two or more assessors are in."""
    counted = Scorecard.objects.order_by().values("application")
    counted = counted.annotate(given=Count("pk"), ready=Count("submitted_at"))
    found: models.QuerySet[Scorecard, Any] = counted.filter(given__gte=2, given=F("ready"))
    return found.values("application")


class Scorecard(models.Model):
    """One assessor's marks of one candidate."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="scorecards"
    )
    assessor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="scorecards")
    conclusion = models.TextField(_("conclusion"), blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "assessor"], name="one_scorecard_an_assessor"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.assessor_id}"


class Mark(models.Model):
    """A mark from 1 to 5 for a competency or another line of the scorecard, with what was seen."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="marks")
    code = models.CharField(max_length=20)
    mark = models.PositiveSmallIntegerField()
    evidence = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "code"], name="one_mark_a_line"),
            models.CheckConstraint(condition=Q(mark__gte=1, mark__lte=5), name="mark_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.mark}"


class Calibration(models.Model):
    """The mark the assessors agreed on after they compared theirs."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="calibrations"
    )
    code = models.CharField(max_length=20)
    mark = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=500)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["application", "code"], name="one_agreed_mark"),
            models.CheckConstraint(
                condition=Q(mark__gte=1, mark__lte=5), name="agreed_mark_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.mark}"


class TaskResult(models.Model):
    """A business task as marked by its rubric; `score` from 0 to 100."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="results")
    task = models.CharField(max_length=20)
    points = models.JSONField()  # by code of the rubric
    score = models.FloatField()
    note = models.TextField(blank=True)
    marked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["task"]
        constraints = [
            models.UniqueConstraint(fields=["application", "task"], name="one_result_a_task"),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=100), name="task_score_0_to_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.task}"
