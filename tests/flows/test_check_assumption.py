"""An assumption becomes a task; a better answer closes it."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.domain.activities.models import Activity
from kamerton.domain.dossier.actions import Said, SourceMissing
from kamerton.domain.dossier.models import DossierAnswer
from kamerton.flows.check_assumption import answer_and_check, pass_over_and_close, plan_check
from tests.factories import ClientFactory, UserFactory

pytestmark = pytest.mark.django_db
GUESS = Said("About forty per cent", "assumption")


@pytest.fixture
def manager():
    return UserFactory()


@pytest.fixture
def client(manager):
    return ClientFactory(manager=manager)


@pytest.mark.req("S4-37", "S4-52")
def test_an_assumption_is_to_be_checked_within_two_weeks(manager, client):
    answer_and_check(manager, client, "10.2", said=GUESS)
    check = Activity.objects.get()
    assert (check.origin, check.state, check.owner) == ("dossier:10.2", "planned", manager)
    assert check.due_on == timezone.localdate() + dt.timedelta(days=14)
    assert "Their terms and offers" in check.title


def test_another_assumption_plans_no_second_task(manager, client):
    answer_and_check(manager, client, "10.2", said=GUESS)
    answer_and_check(manager, client, "10.2", said=Said("Perhaps half", "assumption"))
    assert Activity.objects.count() == 1


def test_a_better_answer_does_the_task(manager, client):
    answer_and_check(manager, client, "10.2", said=GUESS)
    answer_and_check(manager, client, "10.2", said=Said("38 %, their offer", "document"))
    check = Activity.objects.get()
    assert (check.state, check.outcome) == ("done", "38 %, their offer")


def test_an_answer_to_another_question_leaves_the_task(manager, client):
    answer_and_check(manager, client, "10.2", said=GUESS)
    answer_and_check(manager, client, "10.3", said=Said("Fast", "document"))
    assert Activity.objects.get().state == "planned"


def test_the_task_of_one_client_is_not_the_task_of_another(manager, client):
    other = ClientFactory(manager=manager)
    answer_and_check(manager, client, "10.2", said=GUESS)
    answer_and_check(manager, other, "10.2", said=GUESS)
    answer_and_check(manager, other, "10.2", said=Said("38 %", "document"))
    assert Activity.objects.get(client=client).state == "planned"
    assert Activity.objects.get(client=other).state == "done"


def test_what_does_not_concern_the_client_is_not_checked(manager, client):
    answer_and_check(manager, client, "10.2", said=GUESS)
    pass_over_and_close(manager, client, "10.2", reason="They have no competitors")
    assert Activity.objects.get().state == "cancelled"


def test_an_old_answer_may_be_planned_to_be_checked_once(manager, client):
    first = plan_check(manager, client, "2.1")
    assert plan_check(manager, client, "2.1") == first
    assert plan_check(manager, client, "no.such") is None
    assert Activity.objects.count() == 1


def test_a_refused_assumption_leaves_no_task(manager, client):
    with pytest.raises(SourceMissing):
        answer_and_check(manager, client, "10.2", said=Said("X", "assumption", dt.date(1900, 1, 1)))
    assert not Activity.objects.exists()
    assert not DossierAnswer.objects.exists()
