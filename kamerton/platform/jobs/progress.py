"""What a running task tells of itself, and what it is told: cancelled, lost, interrupted."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.utils import timezone

from kamerton.platform.jobs.models import Job

PAUSE = 0.5  # seconds between two writes of one job's progress


class Cancelled(Exception):
    """A person cancelled the job; the worker writes it down."""


class Interrupted(Exception):
    """The worker is being stopped; the job goes back to the queue."""


class LeaseLost(Exception):
    """Another worker runs this job now; this one must leave it."""


@dataclass(frozen=True)
class Running:
    """The job that this thread runs, and whether its worker is being stopped."""

    job_id: int
    worker: str
    is_stopping: Callable[[], bool]


_running: ContextVar[Running | None] = ContextVar("running", default=None)


@contextmanager
def running(now: Running) -> Iterator[None]:
    """Make `now` the running job of this thread."""
    token = _running.set(now)
    try:
        yield
    finally:
        _running.reset(token)


def current_job_id() -> int | None:
    """Return the id of the job that runs this code; None outside of a worker."""
    now = _running.get()
    return now.job_id if now else None


class Reporter:
    """Writes a job's progress, at most twice a second, each time in a transaction of its own.

    Call it outside of the task's own transactions: what is written inside one is seen only when
    that one commits. `job_id` None reports to nobody (a command line without a job).
    """

    def __init__(self, job_id: int | None) -> None:
        self.job_id = job_id
        now = _running.get()
        self._run = now if now and now.job_id == job_id else None
        self._written = 0.0
        self._cancelled = False

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage: `name` is a msgid (mark it with gettext_noop), `total` its rows."""
        now = timezone.now()
        self._write(stage=name, total=total, done=0, stage_at=now, seen_at=now)

    def advance(self, done: int) -> None:
        """Tell how many rows of the stage are done in all; most calls write nothing.

        Raises Cancelled, Interrupted, LeaseLost.
        """
        if time.monotonic() - self._written >= PAUSE:
            self._write(done=done, seen_at=timezone.now())
        self.stop_if_asked()

    def cancelled(self) -> bool:
        """Tell whether a person asked to cancel; asks the database at most twice a second."""
        if not self._cancelled and time.monotonic() - self._written >= PAUSE:
            self._write()
        return self._cancelled

    def stop_if_asked(self) -> None:
        """Leave the task if it is to end early.

        Raises Cancelled, Interrupted, LeaseLost.
        """
        if self.cancelled():
            raise Cancelled
        if self._run and self._run.is_stopping():
            raise Interrupted

    def _write(self, **values: object) -> None:
        """Write, and read in the same go whether the job is to be cancelled or was lost."""
        self._written = time.monotonic()
        if self.job_id is None:
            return
        mine = Job.objects.filter(pk=self.job_id)
        if self._run:
            mine = mine.held_by(self._run.worker)
        if values:
            mine.update(**values)
        wanted = mine.values_list("cancel_requested", flat=True).first()
        if wanted is None:
            raise LeaseLost
        self._cancelled = wanted
