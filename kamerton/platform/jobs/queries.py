"""Read the queue."""

from django.db.models import Count

from kamerton.platform.access.models import User
from kamerton.platform.jobs.models import Job, JobQuerySet


def jobs(viewer: User, *, status: str = "") -> JobQuerySet:
    """The jobs that `viewer` may see, newest first, who started them joined (1 query)."""
    found = Job.objects.visible_to(viewer).select_related("started_by")
    return found.filter(status=status) if status else found


def job(viewer: User, pk: int) -> Job:
    """One job that `viewer` may see (1 query).

    Raises Job.DoesNotExist.
    """
    return jobs(viewer).get(pk=pk)


def counts(viewer: User) -> dict[str, int]:
    """How many jobs are in each state (1 query)."""
    seen = Job.objects.visible_to(viewer).order_by()
    return dict(seen.values_list("status").annotate(number=Count("pk")))
