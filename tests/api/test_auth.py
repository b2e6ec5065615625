"""Ways into the API."""

import datetime as dt
import re

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kamerton.domain.accounts.models import Client
from kamerton.platform.access.models import ApiToken
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


def test_a_stranger_gets_a_problem_not_a_page(company):
    answer = Browser().get("/api/v1/me")
    assert answer.status_code == 401
    assert answer["Content-Type"] == PROBLEM
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "not_signed_in"
    assert (
        Browser(headers={"Authorization": "Bearer nonsense"}).get("/api/v1/me").status_code == 401
    )


def test_a_token_signs_in(as_user):
    user = UserFactory(roles=["head_of_sales"])
    body = as_user(user).get("/api/v1/me").json()
    assert (body["id"], body["roles"], body["scope"]) == (user.pk, ["head_of_sales"], "subtree")
    assert "accounts.assign_client" in body["permissions"]


def test_the_use_of_a_token_is_noted_once_a_minute(as_user, django_assert_num_queries):
    caller = as_user(UserFactory())
    caller.get("/api/v1/me")  # learns that the company is there
    ApiToken.objects.update(last_used_at=None)
    before = timezone.now()
    with CaptureQueriesContext(connection) as first:
        caller.get("/api/v1/me")
    noted = ApiToken.objects.get().last_used_at
    assert before <= noted <= timezone.now()
    with django_assert_num_queries(len(first) - 1):
        caller.get("/api/v1/me")
    assert ApiToken.objects.get().last_used_at == noted
    ApiToken.objects.update(last_used_at=noted - dt.timedelta(seconds=61))
    caller.get("/api/v1/me")
    assert ApiToken.objects.get().last_used_at >= noted


def test_a_token_that_is_refused_is_not_used(as_user):
    as_user(UserFactory(), expires_on=dt.date(2020, 1, 1)).get("/api/v1/me")
    as_user(UserFactory(), "read").post("/api/v1/clients", {}, content_type="application/json")
    assert set(ApiToken.objects.values_list("last_used_at", flat=True)) == {None}


@pytest.mark.parametrize(
    "ended",
    [{"expires_on": dt.date(2020, 1, 1)}, {"revoked_at": timezone.now()}],
)
def test_an_ended_token_does_not(as_user, ended):
    assert as_user(UserFactory(), **ended).get("/api/v1/me").status_code == 401


def test_a_token_of_somebody_who_left_does_not(as_user):
    assert as_user(UserFactory(is_active=False)).get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("method", ["post", "patch", "put", "delete"])
def test_a_token_to_read_changes_nothing(as_user, method):
    caller = as_user(UserFactory(), "read")
    assert caller.get("/api/v1/clients").status_code == 200
    call = getattr(caller, method)
    path = "/api/v1/clients" if method == "post" else "/api/v1/clients/1"
    answer = call(path, {"name": "Acme"}, content_type="application/json")
    assert answer.status_code == (405 if method in {"put", "delete"} else 403)
    assert not Client.objects.exists()


def test_a_session_needs_the_csrf_token_to_write(company):
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(UserFactory())
    assert browser.get("/api/v1/me").status_code in {200, 403}
    answer = browser.post("/api/v1/clients", {"name": "A"}, content_type="application/json")
    assert answer.status_code == 403
    assert answer["Content-Type"] == PROBLEM
    assert not Client.objects.exists()


def test_a_session_reads_and_writes_with_it(company):
    browser = Browser()
    browser.force_login(UserFactory())
    assert browser.get("/api/v1/me").status_code == 200
    answer = browser.post("/api/v1/clients", {"name": "A"}, content_type="application/json")
    assert answer.status_code == 201


def test_refusals_speak_the_language_of_the_person(as_user):
    answer = as_user(UserFactory(language="ru")).get("/api/v1/clients/99")
    assert answer.status_code == 404
    assert answer["Content-Language"] == "ru" or answer.json()["detail"]


def test_documents_are_for_those_who_are_signed_in(company):
    browser = Browser()
    assert browser.get("/api/v1/docs").status_code == 302
    browser.force_login(UserFactory())
    page = browser.get("/api/v1/docs").content.decode()
    assert "/api/v1/openapi.json" in page
    assert "http://" not in page
    assert "https://" not in page
    assert 'data-api-csrf="true"' in page
    for name in re.findall(r'(?:src|href)="/static/([^"]+)"', page):
        assert finders.find(name), name
    assert browser.get("/api/v1/openapi.json").status_code == 200
