import datetime as dt
import os

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from kamerton.platform.jobs.models import Job
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def running_job(**values: object) -> Job:
    now = timezone.now()
    stage = {"stage": "Reading the file", "stage_at": now - dt.timedelta(seconds=5), "seen_at": now}
    return Job.objects.create(
        task="x.import_ledger",
        title="Import",
        status="running",
        started_at=now,
        **(stage | values),
    )


def test_progress_moves_keeps_the_focus_and_ends(page: Page, live_server, sign_in, company):
    keeper = UserFactory(roles=["methodologist"], language="en")
    job = running_job(subject="sales.csv", done=500, total=2000, started_by=keeper)
    sign_in(keeper)
    page.goto(f"{live_server.url}/jobs/{job.pk}/")
    expect(page.get_by_text("100 rows/s")).to_be_visible()
    stop = page.get_by_role("button", name="Stop")
    stop.focus()
    Job.objects.update(done=1500)
    expect(page.get_by_text("75%")).to_be_visible()
    expect(stop).to_be_focused()  # although what is above it was drawn anew
    if folder := os.environ.get("KAMERTON_SHOTS"):
        page.screenshot(path=f"{folder}/job.png")
    Job.objects.update(status="done", finished_at=timezone.now())
    expect(page.get_by_text("Done")).to_be_visible()
    expect(stop).to_have_count(0)


def test_stop_asks_once_and_says_so(page: Page, live_server, sign_in, company):
    keeper = UserFactory(roles=["methodologist"], language="en")
    job = running_job(started_by=keeper)
    sign_in(keeper)
    page.goto(f"{live_server.url}/jobs/{job.pk}/")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopping …")).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    job.refresh_from_db()
    assert job.cancel_requested


def test_the_list_shows_what_failed_and_repeats_it(page: Page, live_server, sign_in, company):
    keeper = UserFactory(roles=["methodologist"], language="en")
    running_job(subject="sales.csv", done=500, total=2000, started_by=keeper)
    Job.objects.create(
        task="x.nightly", title="Clearing away old jobs", status="dead", error="No space left."
    )
    sign_in(keeper)
    page.goto(f"{live_server.url}/jobs/")
    if folder := os.environ.get("KAMERTON_SHOTS"):
        page.screenshot(path=f"{folder}/jobs.png")
        page.set_viewport_size({"width": 390, "height": 844})
        page.screenshot(path=f"{folder}/jobs-phone.png")
    row = page.get_by_role("row", name="Clearing away old jobs")
    row.get_by_role("button", name="Repeat").click()
    expect(page.get_by_text("is in the queue again")).to_be_visible()
    assert Job.objects.get(task="x.nightly").status == "queued"
