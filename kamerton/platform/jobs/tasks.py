"""The queue's own work."""

import datetime as dt

from django.utils import timezone
from django_tasks import task

from kamerton.platform.jobs.models import Job

KEPT = {
    Job.Status.DONE: dt.timedelta(days=30),
    Job.Status.CANCELLED: dt.timedelta(days=30),
    Job.Status.DEAD: dt.timedelta(days=90),
}
AT_ONCE = 1000  # rows a transaction, so that nobody waits for the write lock


@task
def purge_old_jobs() -> int:
    """Delete jobs that ended long ago; return how many."""
    return sum(_purge(status, timezone.now() - age) for status, age in KEPT.items())


def _purge(status: str, before: dt.datetime) -> int:
    deleted = 0
    old = Job.objects.filter(status=status, finished_at__lt=before).order_by("pk")
    while some := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        deleted += Job.objects.filter(pk__in=some).delete()[0]
    return deleted
