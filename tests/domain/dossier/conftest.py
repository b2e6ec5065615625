"""A key account in the hands of its manager."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import ClientFactory, UserFactory


@pytest.fixture
def manager(db):
    return UserFactory(full_name="Anna Belova")


@pytest.fixture
def client(manager):
    since = timezone.localdate() - dt.timedelta(days=30)
    return ClientFactory(manager=manager, company_key_since=since)
