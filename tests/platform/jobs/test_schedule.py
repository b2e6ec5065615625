import datetime as dt

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import Task

from kamerton.platform.jobs import schedule, tasks, worker
from kamerton.platform.jobs.models import Job
from tests.platform.jobs import work


@pytest.mark.django_db
def test_a_slot_is_queued_once_with_any_number_of_schedulers(settings):
    settings.SCHEDULE = [("platform.jobs.tasks.purge_old_jobs", "daily 00:00", "Nightly")]
    for _ in range(2):
        clock = schedule.Schedule()
        clock.put_due()
        clock.put_due()
    job = Job.objects.get()
    assert job.dedup == f"platform.jobs.tasks.purge_old_jobs:{timezone.localdate()}"
    assert job.name == "Nightly"
    assert worker.drain() == 1
    assert Job.objects.get().status == "done"


@pytest.mark.parametrize(
    ("when", "now", "expected"),
    [
        ("daily 03:30", dt.datetime(2026, 11, 21, 3, 29), None),
        ("daily 03:30", dt.datetime(2026, 11, 21, 3, 30), "2026-11-21"),
        ("daily 03:30", dt.datetime(2026, 11, 21, 23, 0), "2026-11-21"),
        ("every 15", dt.datetime(1970, 1, 1, 0, 29, tzinfo=dt.UTC), "1"),
        ("every 15", dt.datetime(1970, 1, 1, 0, 30, tzinfo=dt.UTC), "2"),
    ],
)
def test_a_slot_begins_at_its_time(when, now, expected):
    assert schedule.slot(when, now) == expected


def test_a_schedule_nobody_understands_is_refused():
    with pytest.raises(ValueError, match="hourly"):
        schedule.slot("hourly", dt.datetime(2026, 11, 21))


def test_what_is_scheduled_exists():
    for path, when, title in django_settings.SCHEDULE:
        assert isinstance(import_string(f"kamerton.{path}"), Task)
        schedule.slot(when, timezone.localtime())
        assert title


@pytest.mark.django_db
def test_only_jobs_that_ended_long_ago_are_purged():
    for status, days in [("done", 31), ("done", 29), ("dead", 31), ("dead", 91), ("queued", 99)]:
        ended = timezone.now() - dt.timedelta(days=days)
        job = Job.objects.create(task="x", status=status)
        Job.objects.filter(pk=job.pk).update(
            finished_at=None if status == "queued" else ended, created_at=ended
        )
    assert tasks.purge_old_jobs.call() == 2
    assert sorted(Job.objects.values_list("status", flat=True)) == ["dead", "done", "queued"]


@pytest.mark.django_db(transaction=True)
def test_the_worker_stops_when_asked_and_keeps_the_lease_of_what_it_runs(settings):
    import threading
    import time

    settings.SCHEDULE = []
    work.until_stopped.enqueue()
    stop = worker.Stop()
    lease = dt.timedelta(seconds=0.6)
    thread = threading.Thread(target=worker.run, args=[stop], kwargs={"lease": lease, "poll": 0.05})
    thread.start()
    try:
        wait_until(lambda: Job.objects.filter(status="running").exists())
        first = Job.objects.get().lease_until
        wait_until(lambda: Job.objects.get().lease_until > first)
    finally:
        began = time.monotonic()
        stop.set()
        thread.join(timeout=10)
    assert not thread.is_alive()
    assert time.monotonic() - began < 5
    assert Job.objects.get().status == "queued"  # given back, not lost


def wait_until(reached, seconds=10):
    import time

    from django.db import OperationalError

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if reached():
                return
        except OperationalError:  # the shared in-memory database locks tables
            pass
        time.sleep(0.05)
    pytest.fail("waited too long")
