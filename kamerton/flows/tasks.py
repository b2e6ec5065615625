"""The flows that run in the background: thin, with plain arguments."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.utils.translation import gettext_noop
from django_tasks import task

from kamerton.domain.dossier.models import DossierImport
from kamerton.domain.hiring import actions as hiring
from kamerton.domain.ledger import actions as ledger
from kamerton.domain.ledger.models import LedgerImport
from kamerton.domain.plans import actions as plans
from kamerton.flows import begin_plan_action, import_ledger, purge_uploads, watch_import
from kamerton.flows import import_dossiers as dossiers_flow
from kamerton.flows import keep_hiring as keep_hiring_flow
from kamerton.flows import make_demo as demo_flow
from kamerton.flows import restate_standings as restate_flow
from kamerton.flows.read_dossiers import Progress
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user
from kamerton.platform.jobs import actions as jobs
from kamerton.platform.jobs.models import Job
from kamerton.platform.jobs.progress import Cancelled, Reporter, current_job_id

RESTATING = gettext_noop("Counting who stands where")


@task
def check_import(import_id: int, actor_id: int) -> int:
    """Read a file and tell what an import would do; return how many lines it has."""
    found, actor = LedgerImport.objects.get(pk=import_id), User.objects.get(pk=actor_id)
    with watch_import.watched(actor, found) as watch:
        return import_ledger.check_import(actor, found, watch=watch).lines


@task
def run_import(import_id: int, actor_id: int) -> int:
    """Publish a checked file, and queue what follows from it; return how many lines it brought."""
    found, actor = LedgerImport.objects.get(pk=import_id), User.objects.get(pk=actor_id)
    with watch_import.watched(actor, found) as watch:
        then = partial(restate_later, actor)
        return import_ledger.run_import(actor, found, watch=watch, then=then).lines


def restate_later(actor: User) -> Job:
    """Queue the recomputation within the caller's transaction: it runs if that one commits.

    One that waits already is enough for both.
    """
    return jobs.start_unless_waiting(actor, restate_standings, actor.pk, title=RESTATING)


@task
def restate_standings(actor_id: int | None = None) -> int:
    """Compute who stands where anew, as the system by schedule; return the recomputation."""
    actor = User.objects.get(pk=actor_id) if actor_id else system_user()
    reporter = Reporter(current_job_id())
    reporter.stage(RESTATING)
    made = restate_flow.restate_standings(
        actor, progress=lambda done, total: reporter.advance(done)
    )
    return made.pk


@task
def check_dossiers(import_id: int, actor_id: int) -> int:
    """Read a file of answers and tell what an import would do; return how many it holds."""
    found, actor = DossierImport.objects.get(pk=import_id), User.objects.get(pk=actor_id)
    with _told(actor, found) as progress:
        checked = dossiers_flow.check_dossiers(actor, found, progress=progress)
    return int(checked.report["answers"])


@task
def import_dossiers(import_id: int, actor_id: int) -> int:
    """Bring a checked file of answers into the dossiers; return how many it brought."""
    found, actor = DossierImport.objects.get(pk=import_id), User.objects.get(pk=actor_id)
    with _told(actor, found) as progress:
        done = dossiers_flow.import_dossiers(actor, found, progress=progress)
    return int(done.report["written"]["answers"])


@contextmanager
def _told(actor: User, found: DossierImport) -> Iterator[Progress]:
    """Let the job of this thread show how far a file of answers is; note that it was stopped."""
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
        dossiers_flow.settle_cancelled(actor, found)
        raise


@task
def make_demo() -> int:
    """Make the demo company; return its owner."""
    reporter = Reporter(current_job_id())
    return demo_flow.make_demo(progress=reporter.stage).pk


@task
def keep_ledger() -> int:
    """Clear away what nobody needs, compare files with their rows; return how many differ."""
    system = system_user()
    ledger.clear_garbage(system)
    purge_uploads.purge_uploads(system)
    return len(ledger.compare_segments(system))


@task
def keep_hiring() -> int:
    """Let late offers expire, erase whom we may keep no longer, write of probations; how many."""
    system = system_user()
    expired = hiring.expire_offers(system)
    return expired + hiring.erase_overdue(system) + keep_hiring_flow.tell_probations(system)


@task
def remind_invited() -> int:
    """Remind by e-mail who is to come to an interview soon; return how many."""
    return keep_hiring_flow.remind_invited(system_user())


@task
def watch_plans() -> int:
    """Make tasks of events whose watch is over, score forecasts, store new ones; return tasks."""
    system = system_user()
    plans.score_forecasts(system)
    plans.store_forecasts(system)
    return begin_plan_action.fire_due_triggers(system)
