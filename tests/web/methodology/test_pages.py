"""The method on pages: only its keeper changes it, each change is a version."""

import pytest
from django.test import Client

from kamerton.domain.methodology import queries
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture
def keeper():
    client = Client()
    client.force_login(UserFactory(roles=["methodologist"]))
    return client


def weights(**changed):
    given = {"large": 30, "loyal": 15, "promising": 20, "status": 15, "partner": 10, "complex": 10}
    return given | changed | {"note": "the board asked", "based_on": queries.current().version}


@pytest.mark.req("S4-13", "S4-53")
def test_a_change_makes_a_version_and_the_old_one_stays(keeper):
    before = queries.current().version
    answer = keeper.post("/method/company_weights/", weights(large=20, promising=30))
    assert answer.status_code == 302
    assert queries.current().company_weights.large == 20
    assert queries.version(before).company_weights.large == 30
    assert b"the board asked" in keeper.get("/method/versions/").content


def test_weights_that_do_not_add_up_are_refused_and_nothing_changes(keeper):
    answer = keeper.post("/method/company_weights/", weights(large=90))
    assert answer.status_code == 422
    assert b"add up to 100" in answer.content
    assert queries.current().version == 1


def test_who_looked_at_an_older_version_does_not_overwrite_a_newer_one(keeper):
    seen = weights(large=20, promising=30)
    keeper.post("/method/company_weights/", weights(large=25, promising=25))
    answer = keeper.post("/method/company_weights/", seen)
    assert answer.status_code == 409
    assert queries.current().company_weights.large == 25


def test_shares_are_typed_in_per_cent(keeper):
    form = keeper.get("/method/wallet/").context["form"]
    assert form["free"].initial == 80
    sent = {"free": 70, "dual": 50, "fixed": 0, "confident": 50, "note": "less", "based_on": 1}
    keeper.post("/method/wallet/", sent)
    assert queries.current().wallet.free == pytest.approx(0.7)


def test_a_head_does_not_change_the_method():
    client = Client()
    client.force_login(UserFactory(roles=["head_of_sales"]))
    assert client.post("/method/company_weights/", weights(large=20)).status_code == 403
    assert queries.current().version == 1
