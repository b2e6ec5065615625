"""Start, cancel and repeat background work."""

from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import Task
from typing_extensions import ParamSpec

from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError
from kamerton.platform.jobs import backend, queue
from kamerton.platform.jobs.models import Job

T = TypeVar("T")
P = ParamSpec("P")
Status = Job.Status


class AlreadyEnded(BusinessError):
    """There is nothing left to cancel."""


class NotRepeatable(BusinessError):
    """The job has not failed, so there is nothing to repeat."""


def start(
    actor: User,
    task: Task[P, T],
    *args: object,
    title: str = "",
    subject: str = "",
    dedup: str | None = None,
) -> Job:
    """Queue `task(*args)` for `actor`, within the caller's transaction; the caller has the guard.

    `title` is a msgid (gettext_noop), `subject` what it works on (a file's name). Of all jobs
    with the same `dedup` only the first is ever made, and returned.
    """
    more = {"title": title, "subject": subject[:250], "started_by": actor}
    return queue.put(backend.call_of(task, args, {}, **more), dedup=dedup)


@transaction.atomic
def start_unless_waiting(actor: User, task: Task[P, T], *args: object, title: str) -> Job:
    """Queue `task(*args)`, unless a job of that task waits: then that one is returned.

    No worker takes the one that waits before the caller's transaction ends, so it sees what is
    written there. The caller has the guard.
    """
    alike = Job.objects.filter(task=task.module_path, status=Status.QUEUED).order_by("pk")
    waiting = alike.select_for_update(of=("self",), skip_locked=True).first()
    return waiting or start(actor, task, *args, title=title)


@transaction.atomic
def cancel(actor: User, job: Job) -> Job:
    """End a waiting job at once; ask a running one to end.

    Raises NotAllowed, AlreadyEnded.
    """
    job = _own_or_managed(actor, job)
    if job.is_ended:
        raise AlreadyEnded(_("This job has ended already; there is nothing to cancel."))
    job.cancel_requested = True
    if job.status == Status.QUEUED:
        job.status, job.finished_at = Status.CANCELLED, timezone.now()
    job.save(update_fields=["cancel_requested", "status", "finished_at"])
    record(actor, "jobs.job_cancelled", job)
    return job


@transaction.atomic
def retry(actor: User, job: Job) -> Job:
    """Put a failed or cancelled job into the queue again, with all its tries.

    Raises NotAllowed, NotRepeatable.
    """
    job = _own_or_managed(actor, job)
    if job.status not in (Status.DEAD, Status.CANCELLED):
        raise NotRepeatable(_("Only a job that failed or was cancelled can be repeated."))
    job.status, job.run_at, job.attempts = Status.QUEUED, timezone.now(), 0
    job.cancel_requested, job.finished_at = False, None
    job.error = job.error_class = job.traceback = ""
    job.save()
    record(actor, "jobs.job_repeated", job)
    return job


def _own_or_managed(actor: User, job: Job) -> Job:
    """Lock the job for its starter or for who manages jobs; refuse everybody else."""
    if job.started_by_id != actor.pk:
        require(actor, "jobs.manage")
    return Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
