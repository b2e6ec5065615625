"""The door to the demo company: there only if this installation can make one.

The maker is `kamerton.flows.tasks.make_demo`, a background task without arguments. It is looked
up by name, so that the first page works, without the offer, where there is no such task.
"""

from importlib import import_module
from typing import Any

from django.utils.translation import gettext_noop
from django_tasks.base import Task

from kamerton.platform.access import queries
from kamerton.platform.jobs import actions as jobs
from kamerton.platform.jobs import queries as job_queries
from kamerton.platform.jobs.models import Job

MAKER = "kamerton.flows.tasks"
DEDUP = "demo"  # however often the button is pressed, one demo is made


def maker() -> Task[Any, Any] | None:
    """Return the task that makes the demo company, None where there is none."""
    try:
        return getattr(import_module(MAKER), "make_demo", None)
    except ModuleNotFoundError:
        return None


def order(task: Task[Any, Any]) -> Job:
    """Have the demo company made; a making that failed is begun anew."""
    system = queries.system_user()
    job = jobs.start(system, task, title=gettext_noop("Making the demo company"), dedup=DEDUP)
    return jobs.retry(system, job) if job.status in (Job.Status.DEAD, Job.Status.CANCELLED) else job


def making() -> Job | None:
    """Return the job that makes or has made the demo company, if it was asked for."""
    return job_queries.jobs(queries.system_user()).filter(dedup=DEDUP).first()
