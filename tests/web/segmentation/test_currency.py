"""Money on pages stands in the currency of the company, not in one of the installation."""

import pytest
from django.test import Client as Browser

from kamerton.platform.access.models import Company
from tests.factories import UserFactory
from tests.factories.segmentation import restated, sample

pytestmark = pytest.mark.django_db
PERIOD = "since=2025-07-01&until=2026-06-30"


@pytest.fixture
def owner(company):
    sample()
    restated()
    return UserFactory(roles=["owner"])


def pages(owner) -> str:
    browser = Browser()
    browser.force_login(owner)
    addresses = (f"/keys/pareto/?base=revenue&{PERIOD}", "/owner/", "/keys/differences/")
    return "".join(browser.get(address).content.decode() for address in addresses)


@pytest.mark.parametrize(("currency", "sign"), [("RUB", "₽"), ("USD", "$"), ("AMD", "AMD")])
def test_pages_bear_the_sign_of_the_company(owner, currency, sign):
    Company.objects.update(currency=currency)
    text = pages(owner)
    assert f"Revenue, K {sign}" in text or f"Revenue, {sign}" in text
    assert ("₽" in text) is (currency == "RUB")
