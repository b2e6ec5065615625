"""Work to do in the background: one row a job, seen by every worker."""

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kamerton.platform.access.models import User


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs, as people and workers look for them."""

    def visible_to(self, user: User) -> Self:
        """Keep the jobs that `user` may see: all for who runs the installation, else his own."""
        return self if user.may("jobs.view") else self.filter(started_by=user)

    def due(self, now: dt.datetime) -> Self:
        """Keep what a worker may take: its time has come, or its worker is gone."""
        waiting = Q(status=Job.Status.QUEUED, run_at__lte=now)
        abandoned = Q(status=Job.Status.RUNNING, lease_until__lt=now)
        return self.filter(waiting | abandoned)

    def held_by(self, worker: str) -> Self:
        """Keep what `worker` runs and has not lost to another."""
        return self.filter(status=Job.Status.RUNNING, leased_by=worker)


class Job(models.Model):
    """One call of a task: when, by whom, how far it has come, how it ended."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        DEAD = "dead", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    ENDED = (Status.DONE, Status.DEAD, Status.CANCELLED)

    task = models.CharField(max_length=200)  # dotted path
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    queue = models.CharField(max_length=32, default="default")
    priority = models.SmallIntegerField(default=0)  # higher goes first
    title = models.CharField(max_length=120, blank=True)  # a msgid, translated when shown
    subject = models.CharField(max_length=250, blank=True)  # what it works on, as it is
    dedup = models.CharField(max_length=120, unique=True, null=True)

    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.QUEUED)
    run_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    leased_by = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    cancel_requested = models.BooleanField(default=False)

    stage = models.CharField(max_length=120, blank=True)  # a msgid, translated when shown
    stage_at = models.DateTimeField(null=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    seen_at = models.DateTimeField(null=True)  # when `done` was last written

    error = models.TextField(blank=True)  # the sentence
    error_class = models.CharField(max_length=200, blank=True)
    traceback = models.TextField(blank=True)
    result = models.JSONField(null=True)

    started_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="jobs_started"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes = [
            models.Index(fields=["status", "run_at"], name="jobs_by_turn"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.subject}" if self.subject else self.name

    @property
    def name(self) -> str:
        """What is done, in the reader's language."""
        return gettext(self.title) if self.title else self.task.rpartition(".")[2]

    @property
    def stage_name(self) -> str:
        """How far it has come, in the reader's language."""
        return gettext(self.stage) if self.stage else ""

    @property
    def is_ended(self) -> bool:
        """True if no worker will touch it again."""
        return self.status in self.ENDED

    @property
    def is_retrying(self) -> bool:
        """True while it waits for another try after a failure."""
        return self.status == self.Status.QUEUED and bool(self.error)

    @property
    def share(self) -> float | None:
        """How much of the stage is done, 0 to 1; None where its size is not known."""
        if self.status == self.Status.DONE:
            return 1.0
        return min(1.0, self.done / self.total) if self.total else None

    @property
    def rate(self) -> float | None:
        """Rows a second in this stage; None before there is anything to measure."""
        if not (self.done and self.stage_at and self.seen_at):
            return None
        seconds = (self.seen_at - self.stage_at).total_seconds()
        return self.done / seconds if seconds > 0 else None

    @property
    def seconds_left(self) -> int | None:
        """How long the stage will take at this rate; None where it cannot be told."""
        if self.is_ended or not (self.rate and self.total):
            return None
        return round(max(0, self.total - self.done) / self.rate)

    @property
    def seconds(self) -> int | None:
        """How long it has run, or ran; None if it has not begun."""
        if self.started_at is None:
            return None
        return round(((self.finished_at or timezone.now()) - self.started_at).total_seconds())
