"""A white cell becomes a task, once."""

import datetime as dt
from decimal import Decimal

import pytest

from kamerton.domain.accounts.models import ProductCategory
from kamerton.domain.activities.actions import AlreadyPlanned
from kamerton.domain.activities.models import Activity
from kamerton.domain.plans.models import PlanGoal
from kamerton.domain.segmentation.actions import KnownSpace, mark_category
from kamerton.flows.pursue_white_space import (
    NothingToAimAt,
    aim_at_category,
    pursue_category,
    pursued,
)
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, UserFactory
from tests.factories.plans import a_plan

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


@pytest.mark.req("S2-20")
def test_a_cell_becomes_a_goal_of_the_plan_once(valves):
    kam = UserFactory()
    plan = a_plan(kam, ClientFactory(manager=kam))
    known = KnownSpace("competitor", "ACME", potential=Decimal(5000))
    mark_category(kam, plan.client, valves, known=known)
    made = aim_at_category(kam, plan.client, valves)
    assert (made.plan, made.metric, made.baseline) == (plan, "custom", 0)
    assert made.targets == [None, None, 4000]  # 80 % of 5000 is within reach
    with pytest.raises(NothingToAimAt, match="this goal already"):
        aim_at_category(kam, plan.client, valves)
    assert PlanGoal.objects.count() == 1


def test_without_a_plan_or_a_sum_there_is_no_goal(valves):
    kam = UserFactory()
    client = ClientFactory(manager=kam)
    with pytest.raises(NothingToAimAt, match="buys of it in all"):
        aim_at_category(kam, client, valves)
    mark_category(kam, client, valves, known=KnownSpace("unknown", potential=Decimal(5000)))
    with pytest.raises(NothingToAimAt, match="no plan yet"):
        aim_at_category(kam, client, valves)
    assert not PlanGoal.objects.exists()
