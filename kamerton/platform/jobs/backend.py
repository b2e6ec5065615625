"""The lease queue behind the `django.tasks` API."""

from typing import Any, TypeVar

from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json
from typing_extensions import ParamSpec

from kamerton.platform.jobs import queue
from kamerton.platform.jobs.models import Job

T = TypeVar("T")
P = ParamSpec("P")

STATUS = {
    Job.Status.QUEUED: TaskResultStatus.READY,
    Job.Status.RUNNING: TaskResultStatus.RUNNING,
    Job.Status.DONE: TaskResultStatus.SUCCESSFUL,
    Job.Status.DEAD: TaskResultStatus.FAILED,
    Job.Status.CANCELLED: TaskResultStatus.FAILED,
}


def call_of(task: Task[P, T], args: Any, kwargs: Any, **more: Any) -> queue.Call:
    """Describe a call of `task` for the queue; refuses arguments that JSON cannot carry."""
    return queue.Call(
        task=task.module_path,
        args=normalize_json(list(args)),
        kwargs=normalize_json(dict(kwargs)),
        queue=task.queue_name,
        priority=task.priority,
        run_at=task.run_after,
        **more,
    )


def errors_of(job: Job) -> list[TaskError]:
    """Return the last failure as django.tasks tells it."""
    if not job.error_class:
        return []
    return [TaskError(exception_class_path=job.error_class, traceback=job.traceback)]


def result_of(job: Job, task: Task[P, T] | None = None, alias: str = "default") -> TaskResult[T]:
    """Tell of a job in the terms of django.tasks."""
    result: TaskResult[T] = TaskResult(
        task=task or import_string(job.task),
        id=str(job.pk),
        status=STATUS[Job.Status(job.status)],
        enqueued_at=job.created_at,
        started_at=job.started_at,
        last_attempted_at=job.started_at,
        finished_at=job.finished_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=alias,
        errors=errors_of(job),
        worker_ids=[job.leased_by] * job.attempts,
    )
    object.__setattr__(result, "_return_value", job.result)  # how django.tasks' own backends do it
    return result


class LeaseQueue(BaseTaskBackend):
    """Jobs are rows of the main database: they commit, and roll back, with the data."""

    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[P, T], args: Any, kwargs: Any) -> TaskResult[T]:
        """Add a job to the queue."""
        self.validate_task(task)
        return result_of(queue.put(call_of(task, args, kwargs)), task, self.alias)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """Look a job up.

        Raises TaskResultDoesNotExist.
        """
        job = Job.objects.filter(pk=result_id).first() if str(result_id).isdecimal() else None
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return result_of(job, alias=self.alias)
