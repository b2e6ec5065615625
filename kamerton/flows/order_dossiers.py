"""The check and the import of a file of answers are queued, stopped, and found again."""

from django.db import transaction
from django.utils.translation import gettext_noop

from kamerton.domain.dossier import actions
from kamerton.domain.dossier.models import DossierImport
from kamerton.flows import tasks
from kamerton.platform.access.models import User
from kamerton.platform.jobs import actions as jobs
from kamerton.platform.jobs.models import Job


@transaction.atomic
def order_check(actor: User, found: DossierImport) -> Job:
    """Queue the check of a file.

    Raises NotAllowed.
    """
    title = gettext_noop("Check of a file of dossiers")
    job = jobs.start(
        actor, tasks.check_dossiers, found.pk, actor.pk, title=title, subject=found.name
    )
    actions.note_job(actor, found, job.pk)
    return job


@transaction.atomic
def order_import(actor: User, found: DossierImport) -> Job:
    """Queue the import of a checked file.

    Raises NotAllowed, NotReady.
    """
    actions.start_writing(actor, found)
    title = gettext_noop("Import of dossiers")
    job = jobs.start(
        actor, tasks.import_dossiers, found.pk, actor.pk, title=title, subject=found.name
    )
    actions.note_job(actor, found, job.pk)
    return job


@transaction.atomic
def stop_import(actor: User, found: DossierImport) -> None:
    """Give a file up, and the job that works on it.

    Raises NotAllowed, NotReady.
    """
    if job := running_job(actions.end_import(actor, found)):
        jobs.cancel(actor, job)


def running_job(found: DossierImport) -> Job | None:
    """The job that works on a file now."""
    job = Job.objects.filter(pk=found.job).first() if found.job else None
    return None if job is None or job.is_ended else job
