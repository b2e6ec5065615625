"""The first visit: one's own company or the demo; the invitation."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.platform.access.actions import invite
from kamerton.platform.access.models import Company, Invitation, User
from kamerton.platform.jobs.models import Job
from kamerton.platform.jobs.worker import drain
from kamerton.web.account import demo
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "three-tall-birches"
FOUNDING = {
    "name": "Valves",
    "currency": "RUB",
    "full_name": "Ann Orlova",
    "email": "ann@valves.example",
    "password": PASSWORD,
}


@pytest.fixture
def offered(monkeypatch):
    monkeypatch.setattr(demo, "MAKER", "tests.web.account.small_demo")


@pytest.fixture
def not_offered(monkeypatch):
    monkeypatch.setattr(demo, "MAKER", "tests.web.account.no_such_module")


def is_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("path", ["/", "/users/", "/auth/login/", "/api/v1/anything"])
def test_an_empty_installation_opens_on_its_first_page(client, path):
    response = client.get(path)
    assert (response.status_code, response.url) == (302, "/welcome/")


def test_without_a_demo_the_first_page_asks_for_the_company(client, not_offered):
    assert client.get("/welcome/").url == "/welcome/company/"
    assert b"Your company" in client.get("/welcome/company/").content


def test_the_founder_is_signed_in_at_once(client):
    response = client.post("/welcome/company/", FOUNDING)
    assert (response.status_code, response.url) == (302, "/")
    assert Company.objects.get().name == "Valves"
    assert is_in(client)
    assert client.get("/users/").status_code == 200


def test_what_is_wrong_is_said_beside_its_field(client):
    response = client.post("/welcome/company/", {**FOUNDING, "password": "short"})
    assert response.status_code == 422
    assert b"too short" in response.content
    assert b"ann@valves.example" in response.content
    assert not Company.objects.exists()


def test_a_founded_installation_is_not_founded_again(client, company):
    assert client.get("/welcome/").url == "/auth/login/"
    assert client.get("/welcome/company/").url == "/auth/login/"
    assert client.post("/welcome/company/", FOUNDING).status_code == 422
    assert not User.objects.people().exists()
    assert not is_in(client)


def test_the_demo_is_offered_only_where_it_can_be_made(client, offered):
    assert b"Look at the demo" in client.get("/welcome/").content


def test_the_demo_is_refused_where_it_cannot_be_made(client, not_offered):
    assert client.post("/welcome/demo/").status_code == 422
    assert not Job.objects.exists()


def test_the_demo_is_made_in_the_background_and_entered_with_any_role(client, offered):
    for _ in range(2):  # a second press makes no second demo
        assert client.post("/welcome/demo/").url == "/welcome/making/"
    assert Job.objects.count() == 1
    assert b"Demo company" in client.get("/welcome/making/").content
    assert b"<html" not in client.get("/welcome/making/", headers={"HX-Request": "true"}).content
    assert drain() == 1
    assert client.get("/welcome/making/").url == "/auth/login/"
    fragment = client.get("/welcome/making/", headers={"HX-Request": "true"})
    assert fragment.headers["HX-Redirect"] == "/auth/login/"
    assert b"Fred Finance" in client.get("/auth/login/").content
    fred = User.objects.get(email="fin@demo.example")
    assert client.post(f"/demo/{fred.pk}/").url == "/"
    assert client.session["_auth_user_id"] == str(fred.pk)


def test_a_real_company_has_no_door_without_a_password(client, company):
    user = UserFactory(roles=["owner"])
    assert client.post(f"/demo/{user.pk}/").status_code == 404
    assert user.full_name not in client.get("/auth/login/").content.decode()
    assert not is_in(client)


def test_an_invited_person_chooses_a_password_and_is_in(client, company):
    owner = UserFactory(roles=["owner"])
    _, token = invite(owner, email="new@x.example", full_name="Nora New", roles=["finance"])
    page = client.get(f"/invitation/{token}/")
    assert b"Nora New" in page.content
    assert b"Finance" in page.content
    assert client.post(f"/invitation/{token}/", {"password": "123"}).status_code == 422
    assert not is_in(client)
    assert client.post(f"/invitation/{token}/", {"password": PASSWORD}).url == "/"
    assert is_in(client)
    assert client.get(f"/invitation/{token}/").status_code == 410


def test_an_old_link_says_so(client, company):
    owner = UserFactory(roles=["owner"])
    _, token = invite(owner, email="new@x.example", full_name="Nora New", roles=["finance"])
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(days=1))
    page = client.post(f"/invitation/{token}/", {"password": PASSWORD})
    assert page.status_code == 410
    assert b"older than 7 days" in page.content
    assert not User.objects.filter(email="new@x.example").exists()
