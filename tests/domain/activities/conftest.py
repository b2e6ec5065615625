import datetime as dt

import pytest

from tests.factories import ClientFactory, ContactPersonFactory, UserFactory

TODAY = dt.date(2026, 7, 10)  # a Friday


@pytest.fixture(autouse=True)
def july(monkeypatch):
    """It is the 10th; a moment that is given keeps its own day."""
    from django.utils import timezone

    real = timezone.localdate
    monkeypatch.setattr(
        "django.utils.timezone.localdate",
        lambda moment=None, *rest: TODAY if moment is None else real(moment, *rest),
    )


@pytest.fixture
def head():
    return UserFactory(roles=["head_of_sales"], full_name="Head Hall")


@pytest.fixture
def kam(head):
    return UserFactory(supervisor=head, full_name="Kay Kam")


@pytest.fixture
def peer(head):
    """Sees the team's clients, works on none of them."""
    return UserFactory(supervisor=head, full_name="Paul Peer")


@pytest.fixture
def client_(kam):
    return ClientFactory(manager=kam, name="Valves")


@pytest.fixture
def person(client_):
    return ContactPersonFactory(client=client_, full_name="Olga Orlova")
