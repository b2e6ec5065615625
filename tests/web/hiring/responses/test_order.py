"""Answers of the job site are ordered from the page of a vacancy."""

import pytest
from django.urls import reverse

from kamerton.platform.jobs.models import Job
from tests.factories import UserFactory
from tests.factories.hiring import an_open_vacancy

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def kim(company):
    return UserFactory(roles=["recruiter"])


@pytest.fixture
def address(kim):
    return reverse("hiring:vacancy-responses", args=[an_open_vacancy(kim).pk])


@pytest.fixture
def connected(settings):
    settings.HEADHUNTER = {
        "url": "http://127.0.0.1:9",
        "user_agent": "Kamerton/1.0",
        "access_token": "access-1",
        "refresh_token": "",
    }


@pytest.mark.req("S0-22")
def test_the_dialog_asks_for_the_number_and_leads_to_the_work(as_user, kim, address, connected):
    browse = as_user(kim)
    shown = browse.get(address, **HTMX).content.decode()
    assert "<html" not in shown and "its number or link" in shown
    done = browse.post(address, {"number": "https://hh.ru/vacancy/777"}, **HTMX)
    job = Job.objects.get()
    assert done["HX-Redirect"] == reverse("jobs:detail", args=[job.pk])
    assert job.args[2] == "777"


@pytest.mark.parametrize("number", ["", "ours", "https://example.com/777", "9" * 40])
def test_a_wrong_number_is_told_at_the_field(as_user, kim, address, connected, number):
    refused = as_user(kim).post(address, {"number": number})
    assert refused.status_code == 422
    assert 'id="id_number-error"' in refused.content.decode()
    assert not Job.objects.exists()


def test_without_access_it_says_what_to_do(as_user, kim, address):
    shown = as_user(kim).get(address).content.decode()
    assert "hh.ru is not connected" in shown and 'name="number"' not in shown
    refused = as_user(kim).post(address, {"number": "777"})
    assert refused.status_code == 422
    assert not Job.objects.exists()
