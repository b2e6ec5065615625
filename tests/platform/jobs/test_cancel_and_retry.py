import pytest

from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from kamerton.platform.jobs import actions, progress, queries, queue, worker
from kamerton.platform.jobs.actions import AlreadyEnded, NotRepeatable
from kamerton.platform.jobs.models import Job
from tests.factories import UserFactory
from tests.platform.jobs import work

pytestmark = pytest.mark.django_db


def test_a_waiting_job_is_cancelled_at_once():
    actor = UserFactory()
    job = actions.cancel(actor, actions.start(actor, work.add, 1, 1))
    assert job.status == "cancelled"
    assert worker.drain() == 0
    assert AuditEntry.objects.get().action == "jobs.job_cancelled"


def test_a_running_job_ends_at_its_next_report():
    actor = UserFactory()
    actions.start(actor, work.until_stopped)
    job = queue.claim("one")
    actions.cancel(actor, job)
    job.refresh_from_db()
    assert job.status == "running"
    assert worker.perform(job, worker.Stop())()
    job.refresh_from_db()
    assert job.status == "cancelled"
    assert job.finished_at


def test_a_cancelled_job_of_a_killed_worker_is_not_run_again():
    actor = UserFactory()
    actions.start(actor, work.add, 1, 1)
    job = queue.claim("one", lease=-queue.LEASE)
    actions.cancel(actor, job)
    assert queue.claim("two") is None
    job.refresh_from_db()
    assert job.status == "cancelled"


def test_a_worker_that_is_asked_to_stop_puts_its_job_back_untried():
    work.until_stopped.enqueue()
    job, stop = queue.claim("one"), worker.Stop()
    stop.set()
    assert worker.perform(job, stop)()
    job.refresh_from_db()
    assert (job.status, job.attempts, job.error) == ("queued", 0, "")


def test_a_task_that_lost_its_lease_leaves_the_job_alone():
    work.until_stopped.enqueue()
    job = queue.claim("one")
    Job.objects.update(leased_by="two")
    assert not worker.perform(job, worker.Stop())()
    assert Job.objects.get().status == "running"


@pytest.mark.parametrize("act", [actions.cancel, actions.retry])
def test_anothers_job_is_for_who_manages_jobs(act):
    job = actions.start(UserFactory(), work.add, 1, 1)
    Job.objects.update(status="dead" if act is actions.retry else "queued")
    before = Job.objects.values().get()
    for role in ("kam", "owner"):
        with pytest.raises(NotAllowed):
            act(UserFactory(roles=[role]), job)
    assert Job.objects.values().get() == before
    act(UserFactory(roles=["methodologist"]), job)
    assert Job.objects.values().get() != before


def test_an_ended_job_cannot_be_cancelled():
    actor = UserFactory()
    job = actions.start(actor, work.add, 1, 1)
    worker.drain()
    with pytest.raises(AlreadyEnded):
        actions.cancel(actor, job)
    job.refresh_from_db()
    assert (job.status, job.cancel_requested) == ("done", False)


def test_a_failed_job_is_repeated_with_all_its_tries():
    actor = UserFactory()
    job = actions.start(actor, work.refuse)
    worker.drain()
    job = actions.retry(actor, job)
    assert (job.status, job.attempts, job.error, job.traceback) == ("queued", 0, "", "")
    assert worker.drain() == 1


def test_a_job_that_is_done_or_waits_cannot_be_repeated():
    actor = UserFactory()
    job = actions.start(actor, work.add, 1, 1)
    with pytest.raises(NotRepeatable):
        actions.retry(actor, job)
    worker.drain()
    with pytest.raises(NotRepeatable):
        actions.retry(actor, job)
    assert worker.drain() == 0


def test_jobs_are_seen_by_who_started_them_and_by_who_runs_the_installation(
    django_assert_num_queries,
):
    actor, keeper = UserFactory(), UserFactory(roles=["methodologist"])
    own = actions.start(actor, work.add, 1, 1)
    foreign = actions.start(keeper, work.add, 1, 1)
    work.add.enqueue(1, 1)
    assert queries.job(actor, own.pk) == own
    with pytest.raises(Job.DoesNotExist):
        queries.job(actor, foreign.pk)
    assert keeper.may("jobs.view")
    with django_assert_num_queries(1):
        assert len([str(job.started_by) for job in queries.jobs(keeper)]) == 3
    assert queries.counts(keeper) == {"queued": 3}
    assert queries.counts(actor) == {"queued": 1}
    assert progress.current_job_id() is None
