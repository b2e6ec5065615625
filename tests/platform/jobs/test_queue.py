import datetime as dt

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from kamerton.platform.jobs import actions, queue, worker
from kamerton.platform.jobs.models import Job
from tests.factories import UserFactory
from tests.platform.jobs import work

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


def later(job: Job, **values: object) -> Job:
    """Make the time of a job's lease or next try pass."""
    Job.objects.filter(pk=job.pk).update(**values)
    job.refresh_from_db()
    return job


def test_a_task_is_queued_run_and_its_result_can_be_asked_for():
    result = work.add.enqueue(2, b=3)
    assert result.status == TaskResultStatus.READY
    assert worker.drain() == 1
    assert work.add.get_result(result.id).return_value == 5
    result.refresh()
    assert result.is_finished
    assert Job.objects.get().status == "done"


def test_an_unknown_result_is_refused():
    with pytest.raises(TaskResultDoesNotExist):
        work.add.get_result("12345")
    with pytest.raises(TaskResultDoesNotExist):
        work.add.get_result("not a number")


def test_the_context_and_the_code_know_their_job():
    result = work.who_am_i.enqueue()
    worker.drain()
    assert work.who_am_i.get_result(result.id).return_value == [result.id, result.id, 1]


def test_a_rolled_back_transaction_leaves_no_job():
    with pytest.raises(RuntimeError), transaction.atomic():
        work.add.enqueue(1, 1)
        raise RuntimeError
    assert not Job.objects.exists()


def test_arguments_that_json_cannot_carry_are_refused():
    with pytest.raises(TypeError):
        work.add.enqueue(dt.date(2026, 1, 1), 1)
    assert not Job.objects.exists()


def test_a_claimed_job_is_nobody_elses():
    work.add.enqueue(1, 1)
    assert queue.claim("one") is not None
    assert queue.claim("two") is None


def test_urgent_and_older_jobs_go_first():
    for number, priority in enumerate((0, 5, 0)):
        work.add.using(priority=priority).enqueue(number, 0)
    order = [queue.claim("one").args[0] for _ in range(3)]
    assert order == [1, 0, 2]


def test_a_job_waits_for_its_time():
    work.add.using(run_after=timezone.now() + 60 * SECOND).enqueue(1, 1)
    assert worker.drain() == 0


def test_a_job_is_taken_over_when_the_lease_ends_and_the_first_worker_can_write_nothing():
    work.add.enqueue(1, 1)
    first = queue.claim("one")
    later(first, lease_until=timezone.now() - SECOND)
    second = queue.claim("two")
    assert second.pk == first.pk
    assert second.attempts == 2
    first.leased_by = "one"
    assert not queue.succeed(first, 2)
    assert not queue.renew(first)
    assert queue.renew(second)
    assert queue.succeed(second, 2)


def test_a_renewed_lease_is_not_taken_over():
    work.add.enqueue(1, 1)
    job = queue.claim("one", lease=SECOND)
    assert queue.renew(job, lease=60 * SECOND)
    job.refresh_from_db()
    assert job.lease_until > timezone.now() + 50 * SECOND
    assert queue.claim("two") is None


def test_a_job_that_kills_its_worker_each_time_is_given_up():
    work.add.enqueue(1, 1)
    for attempt in range(1, 4):
        job = queue.claim("one")
        assert job.attempts == attempt
        later(job, lease_until=timezone.now() - SECOND)
    assert queue.claim("one") is None
    job.refresh_from_db()
    assert job.status == "dead"
    assert "stopped in the middle" in job.error


def test_a_failure_is_tried_again_after_2_and_4_seconds_and_then_told_with_its_traceback():
    result = work.explode.enqueue()
    job = Job.objects.get()
    for wait in (2, 4):
        before = timezone.now()
        assert worker.drain() == 1
        job.refresh_from_db()
        assert job.status == "queued"
        assert job.is_retrying
        assert before + wait * SECOND <= job.run_at <= timezone.now() + wait * SECOND
        assert worker.drain() == 0  # not before its time
        later(job, run_at=timezone.now())
    worker.drain()
    job.refresh_from_db()
    assert (job.status, job.attempts, job.error) == ("dead", 3, "no such column: 17")
    assert 'raise ValueError("no such column: 17")' in job.traceback
    told = work.explode.get_result(result.id)
    assert told.status == TaskResultStatus.FAILED
    assert told.errors[0].exception_class is ValueError


def test_a_refusal_is_not_tried_again():
    work.refuse.enqueue()
    worker.drain()
    job = Job.objects.get()
    assert (job.status, job.attempts, job.error) == ("dead", 1, "The file is empty.")


def test_a_task_that_is_no_more_fails_and_says_so():
    queue.put(queue.Call(task="kamerton.no_such.task", max_attempts=1))
    queue.put(queue.Call(task="os.getcwd", max_attempts=1))
    worker.drain()
    told = [job.error for job in Job.objects.order_by("pk")]
    assert "no_such" in told[0]
    assert told[1] == "os.getcwd is not a task"


def test_of_jobs_with_one_dedup_only_the_first_is_made():
    actor = UserFactory()
    first = actions.start(actor, work.add, 1, 1, dedup="close:2026-10")
    worker.drain()
    assert actions.start(actor, work.add, 1, 1, dedup="close:2026-10") == first
    assert Job.objects.count() == 1


def test_a_started_job_knows_its_starter_title_and_subject():
    actor = UserFactory()
    job = actions.start(actor, work.add, 1, 2, title="Import", subject="x" * 300)
    assert (job.started_by, job.name, len(job.subject)) == (actor, "Import", 250)
    worker.drain()
    job.refresh_from_db()
    assert job.result == 3


def test_a_job_speaks_the_language_of_its_starter():
    actions.start(UserFactory(language="ru"), work.language)
    work.language.enqueue()
    worker.drain()
    assert list(Job.objects.order_by("pk").values_list("result", flat=True)) == ["ru", "en"]


def test_the_end_of_a_job_is_written_when_the_database_answers_again():
    answers = [OperationalError("database is locked"), True]

    def outcome() -> bool:
        match answers.pop(0):
            case Exception() as trouble:
                raise trouble
            case written:
                return bool(written)

    assert worker.written(Job(pk=1), outcome)
    assert not answers
