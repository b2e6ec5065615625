"""A white cell becomes a task, once."""

import datetime as dt

import pytest

from kamerton.domain.accounts.models import ProductCategory
from kamerton.domain.activities.actions import AlreadyPlanned
from kamerton.domain.activities.models import Activity
from kamerton.flows.pursue_white_space import pursue_category, pursued
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def valves():
    return ProductCategory.objects.create(name="valves")


@pytest.mark.req("S2-20")
def test_a_cell_becomes_one_task(valves):
    kam = UserFactory()
    client = ClientFactory(manager=kam)
    day = dt.date(2099, 1, 15)
    made = pursue_category(kam, client, valves, due_on=day)
    assert (made.title, made.due_on, made.owner) == ("Offer “valves”", day, kam)
    assert made.origin == f"white-space:{valves.pk}"
    assert pursued(kam, [client.pk]) == {(client.pk, valves.pk): made}
    with pytest.raises(AlreadyPlanned):
        pursue_category(kam, client, valves, due_on=day)
    assert Activity.objects.count() == 1


def test_who_does_not_work_with_the_client_pursues_nothing(valves):
    client = ClientFactory(manager=UserFactory())
    with pytest.raises(NotAllowed):
        pursue_category(UserFactory(), client, valves)
    assert not Activity.objects.exists()
