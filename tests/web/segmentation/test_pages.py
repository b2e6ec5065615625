"""Key clients on pages: the curve, the company's decision, a manager's own list."""

import pytest
from django.test import Client

from kamerton.domain.segmentation import actions, queries
from kamerton.domain.segmentation.models import CompanyKey, ManagerKey
from tests.factories import ClientFactory, UserFactory
from tests.factories.segmentation import manager_key, restated, sample

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def owner():
    return UserFactory(roles=["owner"])


@pytest.fixture
def sold(owner):
    clients = sample()
    restated()
    return clients


PERIOD = "since=2025-07-01&until=2026-06-30"


@pytest.mark.req("S0-04", "S2-01")
def test_the_curve_of_the_sample_is_drawn_with_its_figures(owner, sold):
    page = signed_in(owner).get(f"/keys/pareto/?base=revenue&{PERIOD}").content.decode()
    assert "4 of 10" in page
    assert "2,502" in page or "2,503" in page
    assert "42.0%" in page


def test_chosen_places_filter_the_table(owner, sold):
    headers = {"HX-Request": "true", "HX-Target": "clients"}
    address = f"/keys/pareto/?base=revenue&{PERIOD}&from_place=2&to_place=3"
    answer = signed_in(owner).get(address, headers=headers)
    assert [row.place for row in answer.context["rows"]] == [2, 3]
    assert b"<html" not in answer.content


def test_sliders_store_nothing(owner, sold):
    before = queries.current_restatement()
    address = "/keys/pareto/weights/?large=0&loyal=0&promising=0&status=0&partner=50&complex=50"
    assert signed_in(owner).get(address).status_code == 200
    assert queries.current_restatement() == before


@pytest.mark.req("S4-12")
def test_the_owner_decides_with_minutes_and_not_without(owner, sold):
    key = actions.propose_company_keys(owner)[0]
    page = signed_in(owner)
    bare = page.post(f"/keys/company/{key.pk}/decide/", {"verdict": "confirm", "minutes": ""})
    assert bare.status_code == 422
    assert CompanyKey.objects.get(pk=key.pk).state == "proposed"
    page.post(f"/keys/company/{key.pk}/decide/", {"verdict": "confirm", "minutes": "Board"})
    assert CompanyKey.objects.get(pk=key.pk).state == "confirmed"


def test_a_head_does_not_decide(owner, sold):
    key = actions.propose_company_keys(owner)[0]
    head = UserFactory(roles=["head_of_sales"], scope="all")
    sent = {"verdict": "confirm", "minutes": "Board"}
    assert signed_in(head).post(f"/keys/company/{key.pk}/decide/", sent).status_code == 403
    assert CompanyKey.objects.get(pk=key.pk).state == "proposed"


@pytest.mark.req("S4-14")
def test_without_an_assessment_the_way_out_is_the_assessment(owner):
    kam = UserFactory()
    client = ClientFactory(manager=kam)
    answer = signed_in(kam).post(f"/keys/mine/{client.pk}/propose/", {"tier": "key"})
    assert answer.status_code == 422
    assert f"/keys/mine/{client.pk}/" in answer.content.decode()
    assert not ManagerKey.objects.exists()


@pytest.mark.req("S4-31")
def test_the_sixteenth_is_refused_with_buttons_to_release(owner):
    kam = UserFactory()
    for number in range(15):
        manager_key(kam, ClientFactory(manager=kam, name=f"Key {number:02}"), mki=10 + number)
    client = ClientFactory(manager=kam)
    page = signed_in(kam)
    marks = dict.fromkeys(("volume", "assortment", "timing", "price", "choice", "access"), 3)
    grounds = {f"{code}_comment": "seen" for code in marks}
    page.post(f"/keys/mine/{client.pk}/", {**marks, "effect": 0, **grounds})
    sent = {"tier": "maintain", "attainable_gap": "1000000", "conversion_action": "case"}
    kam.year_plan = 1_000_000
    kam.save()
    answer = page.post(f"/keys/mine/{client.pk}/propose/", sent)
    assert answer.status_code == 422
    assert "Key 00" in answer.content.decode()
    assert "release=" in answer.content.decode()
    assert ManagerKey.objects.count() == 15
