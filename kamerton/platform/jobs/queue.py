"""The lease queue: who runs which job, with any number of workers and databases of two kinds.

A worker claims a job for a while (the lease) and renews the lease as long as it lives. A worker
that was killed renews nothing, so its job is taken over when the lease ends: every job is run at
least once, and a job may be run again from its beginning.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.platform.access.models import User
from kamerton.platform.jobs.models import Job

Status = Job.Status
LEASE = dt.timedelta(seconds=30)


@dataclass(frozen=True)
class Call:
    """What is to be run, when, and for whom."""

    task: str
    args: list[Any] = field(default_factory=list)
    kwargs: dict[str, Any] = field(default_factory=dict)
    queue: str = "default"
    priority: int = 0
    run_at: dt.datetime | None = None
    title: str = ""
    subject: str = ""
    started_by: User | None = None
    max_attempts: int = 3


@dataclass(frozen=True)
class Failure:
    """How an attempt failed; `is_final` means that another try is of no use."""

    sentence: str
    error_class: str
    traceback: str
    is_final: bool = False


def put(call: Call, *, dedup: str | None = None) -> Job:
    """Add a job within the caller's transaction; of those with one `dedup` only the first."""
    values = vars(call) | {"run_at": call.run_at or timezone.now()}
    if dedup is None:
        return Job.objects.create(**values)
    return Job.objects.get_or_create(dedup=dedup, defaults=values)[0]


def claim(worker: str, *, lease: dt.timedelta = LEASE) -> Job | None:
    """Take the next job for `worker`; None if there is nothing to do.

    Looks before it takes, so that an idle worker needs no write lock.
    """
    if not Job.objects.due(timezone.now()).exists():
        return None
    with transaction.atomic():
        due = Job.objects.due(timezone.now()).order_by("-priority", "run_at", "pk")
        job = due.select_for_update(skip_locked=True).first()
        if job is None:
            return None
        if job.status == Status.RUNNING and not _is_worth_taking_over(job):
            return None
        _lease(job, worker, lease)
    return job


def _is_worth_taking_over(job: Job) -> bool:
    """End a job whose worker is gone if nobody wants it any more or it has used up its tries."""
    if job.cancel_requested:
        _end(job, Status.CANCELLED)
        return False
    if job.attempts >= job.max_attempts:
        job.error = _("The worker was stopped in the middle of this job each time.")
        _end(job, Status.DEAD, "error")
        return False
    return True


def _end(job: Job, status: Job.Status, *fields: str) -> None:
    job.status, job.finished_at, job.leased_by = status, timezone.now(), ""
    job.save(update_fields=["status", "finished_at", "leased_by", *fields])


def _lease(job: Job, worker: str, lease: dt.timedelta) -> None:
    now = timezone.now()
    job.status, job.leased_by, job.lease_until = Status.RUNNING, worker, now + lease
    job.attempts += 1
    job.started_at, job.finished_at = now, None
    job.stage, job.stage_at, job.done, job.total = "", now, 0, None
    job.save(
        update_fields=[
            *("status", "leased_by", "lease_until", "attempts", "started_at", "finished_at"),
            *("stage", "stage_at", "done", "total"),
        ]
    )


def renew(job: Job, *, lease: dt.timedelta = LEASE) -> bool:
    """Prolong the lease; False if the job was lost to another worker."""
    mine = Job.objects.filter(pk=job.pk).held_by(job.leased_by)
    return bool(mine.update(lease_until=timezone.now() + lease))


def _finish(job: Job, status: Job.Status, **values: object) -> bool:
    """Write how the job ended, unless it was lost to another worker meanwhile."""
    mine = Job.objects.filter(pk=job.pk).held_by(job.leased_by)
    ended = timezone.now() if status in Job.ENDED else None
    values |= {"status": status, "leased_by": "", "lease_until": None, "finished_at": ended}
    return bool(mine.update(**values))


def succeed(job: Job, result: object) -> bool:
    """Write that the job is done."""
    return _finish(job, Status.DONE, result=result, error="", error_class="", traceback="")


def stop(job: Job) -> bool:
    """Write that the job stopped because a person cancelled it."""
    return _finish(job, Status.CANCELLED)


def release(job: Job) -> bool:
    """Put the job back as if it had not been begun: its worker is asked to stop."""
    return _finish(job, Status.QUEUED, run_at=timezone.now(), attempts=job.attempts - 1)


def fail(job: Job, failure: Failure) -> bool:
    """Write the failure; try again in 2, 4, 8 … s unless that is of no use or was the last try."""
    told = {
        "error": failure.sentence,
        "error_class": failure.error_class,
        "traceback": failure.traceback,
    }
    if failure.is_final or job.attempts >= job.max_attempts:
        return _finish(job, Status.DEAD, **told)
    wait = dt.timedelta(seconds=2**job.attempts)
    return _finish(job, Status.QUEUED, run_at=timezone.now() + wait, **told)
