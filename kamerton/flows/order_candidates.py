"""The check and the import of a file of people: a small one at once, else in the background."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop
from django_tasks import task
from django_tasks.base import Task

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import CandidateImport
from kamerton.flows import import_candidates as flow
from kamerton.platform.access.models import User
from kamerton.platform.jobs import actions as jobs
from kamerton.platform.jobs.models import Job
from kamerton.platform.jobs.progress import Cancelled, Reporter, current_job_id

SMALL: Final = 100_000  # bytes: read while the person waits
FEW: Final = 2_000  # people: written while the person waits


@task
def check_file(import_id: int, actor_id: int) -> int:
    """Read a file of people and tell what an import would do; return how many it names."""
    found, actor = _both(import_id, actor_id)
    with _told(actor, found) as progress:
        checked = flow.check_candidates(actor, found, progress=progress)
    return int(checked.report["rows"])


@task
def import_file(import_id: int, actor_id: int) -> int:
    """Bring a checked file of people in; return how many applications it made."""
    found, actor = _both(import_id, actor_id)
    with _told(actor, found) as progress:
        done = flow.import_candidates(actor, found, progress=progress)
    return int(done.report["done"]["applied"])


def order_check(actor: User, found: CandidateImport) -> None:
    """Check a file: a small one now, a large one in the background.

    Raises NotAllowed, and what reading a small file refuses.
    """
    if found.size <= SMALL:
        flow.check_candidates(actor, found)
    else:
        _start(actor, found, check_file, gettext_noop("Check of a file of candidates"))


def order_import(actor: User, found: CandidateImport) -> None:
    """Bring a checked file in: a few people now, many in the background.

    Raises NotAllowed, WrongState, VacancyOver.
    """
    if found.report.get("rows", 0) <= FEW:
        flow.import_candidates(actor, found)
    else:
        actions.begin_import(actor, found)
        _start(actor, found, import_file, gettext_noop("Import of candidates"))


def stop_import(actor: User, found: CandidateImport) -> None:
    """Give a file up, and the job that works on it.

    Raises NotAllowed, WrongState.
    """
    if job := running_job(flow.give_up(actor, found)):
        jobs.cancel(actor, job)


def running_job(found: CandidateImport) -> Job | None:
    """The job that works on a file now."""
    job = Job.objects.filter(pk=found.job).first() if found.job else None
    return None if job is None or job.is_ended else job


@transaction.atomic
def _start(actor: User, found: CandidateImport, work: Task[[int, int], int], title: str) -> None:
    job = jobs.start(actor, work, found.pk, actor.pk, title=title)
    actions.note_import_job(actor, found, job.pk)


def _both(import_id: int, actor_id: int) -> tuple[CandidateImport, User]:
    found = CandidateImport.objects.select_related("vacancy", "source").get(pk=import_id)
    return found, User.objects.get(pk=actor_id)


@contextmanager
def _told(actor: User, found: CandidateImport) -> Iterator[flow.Progress]:
    """Let the job show how far the file is; note that it was stopped."""
    reporter = Reporter(current_job_id())
    stages: list[str] = []

    def tell(stage: str, done: int, total: int | None) -> None:
        if stage not in stages:
            stages.append(stage)
            reporter.stage(stage, total)
        reporter.advance(done)

    try:
        yield tell
    except Cancelled:
        flow.settle_cancelled(actor, found)
        raise
