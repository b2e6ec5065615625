import datetime as dt
import json

import pytest
from django.test import Client
from django.utils import timezone

from kamerton.platform.jobs import actions, queue, worker
from kamerton.platform.jobs.models import Job
from tests.factories import UserFactory
from tests.platform.jobs import work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
HTMX = {"HX-Request": "true"}


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def keeper():
    return UserFactory(roles=["methodologist"])


def test_the_administrator_sees_all_jobs_with_state_error_and_buttons(keeper):
    actions.start(UserFactory(full_name="Ann Lee"), work.add, 1, 1, subject="sales.csv")
    work.refuse.enqueue()
    worker.drain(limit=2)
    running = Job.objects.create(task="x.slow", status="running", started_at=timezone.now())
    html = signed_in(keeper).get("/jobs/").content.decode()
    assert "sales.csv" in html
    assert "Ann Lee" in html
    assert "The file is empty." in html
    assert "1 job failed." in html
    assert f"/jobs/{running.pk}/cancel/" in html
    assert html.count("/retry/") == 1


def test_a_seller_sees_his_own_jobs_only(keeper):
    seller = UserFactory()
    own = actions.start(seller, work.add, 1, 1, subject="mine.csv")
    foreign = actions.start(keeper, work.add, 1, 1, subject="foreign.csv")
    client = signed_in(seller)
    html = client.get("/jobs/").content.decode()
    assert "mine.csv" in html
    assert "foreign.csv" not in html
    for path in ("", "progress/"):
        assert client.get(f"/jobs/{own.pk}/{path}").status_code == 200
        assert client.get(f"/jobs/{foreign.pk}/{path}").status_code == 404
    for path in ("cancel/", "retry/"):
        assert client.post(f"/jobs/{foreign.pk}/{path}").status_code == 404
    foreign.refresh_from_db()
    assert foreign.status == "queued"
    assert not foreign.cancel_requested


def test_states_are_filters(keeper):
    work.add.enqueue(1, 1)
    work.refuse.enqueue()
    worker.drain()
    client = signed_in(keeper)
    assert "add" in client.get("/jobs/?status=done").content.decode()
    assert "The file is empty." not in client.get("/jobs/?status=done").content.decode()
    assert "The file is empty." in client.get("/jobs/?status=dead").content.decode()


def test_the_owner_may_look_but_not_touch():
    work.refuse.enqueue()
    worker.drain()
    client = signed_in(UserFactory(roles=["owner"]))
    job = Job.objects.get()
    html = client.get(f"/jobs/{job.pk}/").content.decode()
    assert "raise BusinessError" not in html  # the traceback is for who manages jobs
    assert client.post(f"/jobs/{job.pk}/retry/", headers=HTMX).status_code == 403
    job.refresh_from_db()
    assert job.status == "dead"


def test_a_failed_job_shows_its_traceback_and_is_repeated(keeper):
    work.refuse.enqueue()
    worker.drain()
    job, client = Job.objects.get(), signed_in(keeper)
    assert "raise BusinessError" in client.get(f"/jobs/{job.pk}/").content.decode()
    assert client.post(f"/jobs/{job.pk}/retry/").status_code == 302
    job.refresh_from_db()
    assert job.status == "queued"


def test_progress_is_asked_for_each_second_until_the_end_and_the_end_is_told_once():
    seller = UserFactory()
    job, client = actions.start(seller, work.add, 1, 1, subject="sales.csv"), signed_in(seller)
    queue.claim("one")
    began = timezone.now()
    Job.objects.update(
        stage="Reading the file",
        done=500,
        total=2000,
        stage_at=began,
        seen_at=began + dt.timedelta(seconds=5),
    )
    frame = client.get(f"/jobs/{job.pk}/progress/?frame").content.decode()
    for part in ("sales.csv", "Reading the file", "25", "100 rows/s", "15 s left", "/cancel/"):
        assert part in frame
    now = client.get(f"/jobs/{job.pk}/progress/")
    assert 'hx-trigger="every 1s"' in now.content.decode()
    assert "HX-Trigger" not in now.headers
    Job.objects.update(status="done", finished_at=timezone.now())
    last = client.get(f"/jobs/{job.pk}/progress/")
    assert "hx-trigger" not in last.content.decode()
    assert json.loads(last["HX-Trigger"]) == {"job-finished": {"job": job.pk, "status": "done"}}
    reloaded = client.get(f"/jobs/{job.pk}/progress/?frame")
    assert "HX-Trigger" not in reloaded.headers  # else a page that reloads at the end never ends
    assert "/cancel/" not in reloaded.content.decode()


def test_the_stop_button_answers_with_the_frame():
    seller = UserFactory()
    job, client = actions.start(seller, work.add, 1, 1), signed_in(seller)
    answer = client.post(f"/jobs/{job.pk}/cancel/", headers=HTMX)
    assert "Cancelled" in answer.content.decode()
    assert "job-finished" in answer["HX-Trigger"]
    again = client.post(f"/jobs/{job.pk}/cancel/", headers=HTMX)
    assert again.status_code == 422
    assert "has ended already" in again.content.decode()


def test_a_running_job_says_that_it_stops():
    seller = UserFactory()
    job, client = actions.start(seller, work.add, 1, 1), signed_in(seller)
    queue.claim("one")
    answer = client.post(f"/jobs/{job.pk}/cancel/", headers=HTMX)
    assert "Stopping …" in answer.content.decode()
    assert "HX-Trigger" not in answer.headers
    assert 'hx-trigger="every 1s"' in answer.content.decode()


def test_without_script_the_button_leads_back_to_the_list():
    seller = UserFactory()
    job = actions.start(seller, work.add, 1, 1)
    answer = signed_in(seller).post(f"/jobs/{job.pk}/cancel/", follow=True)
    assert "is being stopped" in answer.content.decode()


def test_a_stranger_is_sent_to_sign_in():
    assert Client().get("/jobs/").status_code == 302
