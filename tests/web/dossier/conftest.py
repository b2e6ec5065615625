"""A key account with its manager signed in."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import ClientFactory, UserFactory


@pytest.fixture
def manager(company):
    return UserFactory(full_name="Anna Belova")


@pytest.fixture
def account(manager):
    since = timezone.localdate() - dt.timedelta(days=30)
    return ClientFactory(name="Acme", manager=manager, company_key_since=since)


@pytest.fixture
def browse(as_user, manager):
    return as_user(manager)
