"""The page of what may become key: the gain of capacity, shares only for who may see money."""

import pytest
from django.test import Client as Browser

from tests.factories import UserFactory
from tests.factories.ledger import clients_for
from tests.factories.segmentation import manager_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture
def ann():
    found = UserFactory(full_name="Ann Bell", selling_hours=40)
    clients = clients_for([f"A{number:02}" for number in range(21)], manager=found)
    for code in ("A00", "A01"):
        manager_key(found, clients[code], tier="key")
    return found


def page(person) -> str:
    browser = Browser()
    browser.force_login(person)
    return browser.get("/keys/watch/").content.decode()


@pytest.mark.req("S3-62")
def test_the_page_says_what_freeing_of_the_flow_brings(ann):
    text = page(UserFactory(roles=["owner"]))
    assert "Freed of 10 h of flow a month, the managers could take 2 more key clients." in text
    assert "Share of the base" in text


def test_shares_are_not_shown_without_the_right_to_money(ann):
    text = page(UserFactory(roles=["methodologist"]))
    assert "Capacity gain" in text
    assert "Ann Bell" in text
    assert "Share of the base" not in text
