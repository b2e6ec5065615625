"""A file's check and publication are queued, once each, and stopped or undone with what follows."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_tasks.base import Task

from kamerton.domain.ledger import actions, queries
from kamerton.domain.ledger.models import LedgerImport
from kamerton.flows import tasks
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import ways_to
from kamerton.platform.errors import BusinessError
from kamerton.platform.jobs import actions as jobs
from kamerton.platform.jobs.models import Job

State = LedgerImport.State


class ReasonMissing(BusinessError):
    """Undoing wants a reason."""


@transaction.atomic
def order_check(actor: User, ledger_import: LedgerImport) -> Job:
    """Queue the dry run of a file; the job that does it already is returned.

    Raises NotAllowed, NotReady.
    """
    if running := running_job(ledger_import, State.CHECKING):
        return running
    title = gettext_noop("Check of a sales file")
    made = _queued(actor, tasks.check_import, ledger_import, title)
    actions.start_check(actor, ledger_import, job=made.pk)
    return made


@transaction.atomic
def order_publication(actor: User, ledger_import: LedgerImport) -> Job:
    """Queue the publication of a checked file; the job that does it already is returned.

    Raises NotAllowed, NotReady, HasErrors, AlreadyImported, MonthLocked.
    """
    if running := running_job(ledger_import, State.IMPORTING):
        return running
    _refuse_closed_months(actor, ledger_import)
    title = gettext_noop("Import of sales")
    made = _queued(actor, tasks.run_import, ledger_import, title)
    actions.start_publication(actor, ledger_import, job=made.pk)
    return made


@transaction.atomic
def stop_import(actor: User, ledger_import: LedgerImport) -> None:
    """Cancel an import that has not been published, and the job that works on it.

    Raises NotAllowed, NotReady.
    """
    running = running_job(ledger_import)
    actions.cancel_import(actor, ledger_import)
    if running and (running.started_by_id == actor.pk or actor.may("jobs.manage")):
        jobs.cancel(actor, running)  # another's job finds the import cancelled and ends by itself


@transaction.atomic
def undo_import(actor: User, ledger_import: LedgerImport, *, reason: str) -> LedgerImport:
    """Take the lines of an import out of the ledger, and queue the recomputation.

    Raises NotAllowed, ReasonMissing, MonthLocked, UndoLaterFirst, Stale.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say why the import is undone; the journal keeps it."))
    undone = actions.undo_import(actor, ledger_import, reason=reason.strip())
    tasks.restate_later(actor)
    return undone


def job_of(ledger_import: LedgerImport) -> Job | None:
    """The job that worked on an import last, whoever ordered it."""
    return Job.objects.filter(pk=ledger_import.job).first() if ledger_import.job else None


def running_job(ledger_import: LedgerImport, *states: str) -> Job | None:
    """The job that works on an import, if it is in one of `states` and the job has not ended."""
    found = LedgerImport.objects.select_for_update().get(pk=ledger_import.pk)
    if states and found.state not in states:
        return None
    job = Job.objects.filter(pk=found.job).first() if found.job else None
    return None if job is None or job.is_ended else job


def _refuse_closed_months(actor: User, ledger_import: LedgerImport) -> None:
    """Say it before the work; publishing says it again, should a month close meanwhile."""
    if closed := queries.closed_among(ledger_import.months):
        raise actions.MonthLocked(
            _(
                "These months are closed: %(months)s. Open them again, or leave their lines out "
                "of the file."
            )
            % {"months": ", ".join(closed)},
            ways_out=ways_to(_("Show closed months"), "ledger:months"),
        )


def _queued(actor: User, task: Task[[int, int], int], found: LedgerImport, title: str) -> Job:
    return jobs.start(actor, task, found.pk, actor.pk, title=title, subject=found.name)
