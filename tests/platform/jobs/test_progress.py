import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kamerton.platform.jobs import progress, worker
from kamerton.platform.jobs.models import Job
from tests.platform.jobs import work


@pytest.mark.django_db
def test_reports_of_many_rows_write_at_most_twice_a_second():
    work.report.enqueue(20_000)
    with CaptureQueriesContext(connection) as seen:
        started = timezone.now()
        worker.drain()
        seconds = (timezone.now() - started).total_seconds()
    writes = [q for q in seen.captured_queries if q["sql"].startswith("UPDATE")]
    assert len(writes) <= 4 + 2 * seconds  # claim, stage, end, and two a second


@pytest.mark.django_db
def test_progress_can_be_seen_while_the_job_runs(monkeypatch):
    job = Job.objects.create(task="x")
    reporter = progress.Reporter(job.pk)
    monkeypatch.setattr(progress, "PAUSE", 0)
    reporter.stage("Reading the file", 400)
    reporter.advance(100)
    job.refresh_from_db()
    assert (job.stage_name, job.done, job.total, job.share) == ("Reading the file", 100, 400, 0.25)


def test_rate_and_time_left_are_told_by_what_is_done():
    begun = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
    job = Job(done=500, total=2000, stage_at=begun, seen_at=begun + dt.timedelta(seconds=5))
    assert job.rate == 100
    assert job.seconds_left == 15
    assert Job(done=0, total=10, stage_at=begun, seen_at=begun).rate is None
    assert Job(done=5, total=None).share is None
    assert Job(done=12, total=10).share == 1


@pytest.mark.django_db
def test_a_reporter_without_a_job_is_silent(django_assert_num_queries):
    reporter = progress.Reporter(None)
    with django_assert_num_queries(0):
        reporter.stage("Reading the file", 10)
        reporter.advance(10)
        assert not reporter.cancelled()
