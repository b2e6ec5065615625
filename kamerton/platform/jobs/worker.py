"""Run jobs: claim, keep the lease, call the task, write how it ended."""

import datetime as dt
import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection, connections
from django.utils import translation
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django_tasks.base import Task, TaskContext
from django_tasks.utils import get_exception_traceback, get_module_path, normalize_json

from kamerton.platform.errors import BusinessError
from kamerton.platform.jobs import backend, progress, queue, schedule
from kamerton.platform.jobs.models import Job

log = logging.getLogger(__name__)
Outcome = Callable[[], bool]
TROUBLE = (DatabaseError, InterfaceError)  # the database is busy, restarting or gone: wait


class Stop:
    """A flag that a signal handler may set; an Event there could wait for its own lock for ever."""

    def __init__(self) -> None:
        self._asked = False

    def set(self) -> None:
        """Ask to stop."""
        self._asked = True

    def is_set(self) -> bool:
        """Tell whether somebody asked to stop."""
        return self._asked

    def wait(self, seconds: float) -> bool:
        """Wait, but not longer than until somebody asks to stop."""
        until = time.monotonic() + seconds
        while not self._asked and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))
        return self._asked


class Heartbeat:
    """Renews the lease of a job every third of it, in a thread with a connection of its own."""

    def __init__(self, job: Job, lease: dt.timedelta) -> None:
        self.job, self.lease = job, lease
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join(timeout=5)

    def _beat(self) -> None:
        try:
            while not self._over.wait(self.lease.total_seconds() / 3):
                self._renew()
        finally:
            connection.close()

    def _renew(self) -> None:
        try:
            if not queue.renew(self.job, lease=self.lease):
                self._over.set()
        except TROUBLE:
            log.warning("Job %s: the lease could not be renewed", self.job.pk, exc_info=True)


def own_name() -> str:
    """Return a name that no other worker has."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{get_random_string(8)}"


def run(stop: Stop, *, lease: dt.timedelta = queue.LEASE, poll: float = 1.0) -> None:
    """Run jobs until `stop` is set; outlives every trouble of the database."""
    name, clock = own_name(), schedule.Schedule()
    while not stop.is_set():
        try:
            clock.put_due()
            job = queue.claim(name, lease=lease)
        except TROUBLE:
            log.warning("The queue cannot be read, waiting", exc_info=True)
            connections.close_all()
            stop.wait(2 * poll)
            continue
        if job is None:
            close_old_connections()
            stop.wait(poll)
            continue
        with Heartbeat(job, lease):
            written(job, perform(job, stop))
    connections.close_all()


def drain(limit: int = 1000) -> int:
    """Run all jobs that are due, in this thread; return how many. For tests and scripts."""
    name, count = own_name(), 0
    while count < limit and (job := queue.claim(name)):
        perform(job, Stop())()
        count += 1
    return count


def written(job: Job, outcome: Outcome) -> bool:
    """Write how the job ended, however long the database is busy; False if the job was lost."""
    for attempt in range(8):
        try:
            return outcome()
        except TROUBLE:
            log.warning("Job %s: its end cannot be written, waiting", job.pk, exc_info=True)
            connections.close_all()
            time.sleep(min(2**attempt, 10))
    return False  # the lease ends, somebody runs it again


def perform(job: Job, stop: Stop) -> Outcome:
    """Call the job's task; return what is to be written about it."""
    now = progress.Running(job.pk, job.leased_by, stop.is_set)
    try:
        with progress.running(now), translation.override(_language(job)):
            return partial(queue.succeed, job, normalize_json(_call(job)))
    except progress.Cancelled:
        return partial(queue.stop, job)
    except progress.Interrupted:
        return partial(queue.release, job)
    except progress.LeaseLost:
        return lambda: False
    except (Exception, SystemExit) as error:
        log.log(_level(error), "Job %s (%s) failed", job.pk, job.task, exc_info=error)
        return partial(queue.fail, job, _failure(error))


def _call(job: Job) -> object:
    task = import_string(job.task)
    if not isinstance(task, Task):
        raise TypeError(f"{job.task} is not a task")
    if not task.takes_context:
        return task.call(*job.args, **job.kwargs)
    return task.call(TaskContext(task_result=backend.result_of(job, task)), *job.args, **job.kwargs)


def _language(job: Job) -> str:
    """The language in which the person who started the job reads its sentences."""
    return (job.started_by and job.started_by.language) or settings.LANGUAGE_CODE


def _level(error: BaseException) -> int:
    return logging.INFO if isinstance(error, BusinessError) else logging.ERROR


def _failure(error: BaseException) -> queue.Failure:
    """A refusal is final: the same input would be refused again."""
    return queue.Failure(
        sentence=str(error) or type(error).__name__,
        error_class=get_module_path(type(error)),
        traceback=get_exception_traceback(error),
        is_final=isinstance(error, BusinessError),
    )
