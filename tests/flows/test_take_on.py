"""Who accepted an offer comes to work: all steps or none (S0-41, S0-42)."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.domain.accounts.models import Client
from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.actions import AccountsMissing, KeyForNewcomer, WrongState
from kamerton.domain.hiring.models import Application, ProbationPlan
from kamerton.flows.take_on import NewPerson, NotYetHere, take_on
from kamerton.platform.access.actions import EmailTaken, HoldsKeys, accept_invitation
from kamerton.platform.access.models import Invitation, User
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.factories.activities import contact
from tests.factories.hiring import ROUBLES, a_term, an_application, an_open_vacancy
from tests.factories.ledger import clients_for, ledger, line
from tests.factories.segmentation import manager_key

pytestmark = pytest.mark.django_db
CODES = [f"T{number}" for number in range(1, 6)]


@pytest.fixture
def owner(company):
    return UserFactory(roles=["owner"], full_name="Owen Hill")


@pytest.fixture
def head(owner):
    return UserFactory(roles=["head_of_sales"], full_name="Hugh Head", supervisor=owner)


@pytest.fixture
def vacancy(company):
    return an_open_vacancy(UserFactory(roles=["recruiter"]))


@pytest.fixture
def clients(head):
    made = clients_for(CODES, manager=head)
    ledger([line(timezone.localdate() - dt.timedelta(days=9), code, 200) for code in CODES])
    return list(made.values())


@pytest.fixture
def plan(head, vacancy):
    application = an_application(vacancy, stage="accepted")
    return actions.plan_probation(head, application, term=a_term())


def nick(head, **fields):
    given = {"email": "nick@x.example", "full_name": "Nick New", "role": "kam"}
    return NewPerson(**(given | {"supervisor": head} | fields))


def nothing_happened(plan):
    found = ProbationPlan.objects.get(pk=plan.pk)
    assert (found.state, found.accounts.count()) == ("draft", 0)
    assert Application.objects.get(pk=plan.application_id).stage == "accepted"
    assert not User.objects.filter(email="nick@x.example").exists()
    assert not Invitation.objects.exists()


@pytest.mark.req("S0-41", "S0-42")
def test_a_new_person_comes_with_five_clients_and_a_link(head, plan, clients):
    done = take_on(head, plan, person=nick(head), clients=clients)
    user = User.objects.get(email="nick@x.example")
    assert (user.status, user.roles, user.supervisor) == ("onboarding", ["kam"], head)
    assert user.hired_on == plan.starts_on
    assert (done.plan.state, done.plan.user) == ("active", user)
    assert set(Client.objects.filter(manager=user)) == set(clients)
    assert [one.baseline for one in done.plan.accounts.all()] == [200 * ROUBLES] * 5
    assert Application.objects.get(pk=plan.application_id).stage == "probation"
    assert accept_invitation(done.token, password="three-tall-birches") == user
    assert User.objects.get(pk=user.pk).status == "onboarding"  # the link changes nothing in it


def test_one_of_ours_comes_without_a_link(owner, head, plan, clients):
    ours = UserFactory(roles=["account_manager"], supervisor=head)
    done = take_on(owner, plan, person=ours, clients=clients)
    assert (done.user, done.token) == (ours, "")
    assert User.objects.get(pk=ours.pk).status == "onboarding"


@pytest.mark.req("S0-41")
def test_a_key_client_stops_everything(head, plan, clients):
    Client.objects.filter(pk=clients[4].pk).update(manager_keys=1)
    with pytest.raises(KeyForNewcomer):
        take_on(head, plan, person=nick(head), clients=clients)
    nothing_happened(plan)


@pytest.mark.req("S0-41")
def test_a_client_that_became_key_meanwhile_stops_everything(head, plan, clients):
    for client in clients:
        actions.add_training_account(head, plan, client=client)
    Client.objects.filter(pk=clients[4].pk).update(company_key_since=dt.date(2026, 1, 1))
    with pytest.raises(Exception, match="key client"):
        take_on(head, plan, person=nick(head))
    plan.accounts.all().delete()
    nothing_happened(plan)
    assert not Client.objects.exclude(manager=head).exists()


def test_four_clients_stop_everything(head, plan, clients):
    with pytest.raises(AccountsMissing):
        take_on(head, plan, person=nick(head), clients=clients[:4])
    nothing_happened(plan)


def test_a_taken_address_stops_everything(head, plan, clients):
    UserFactory(email="taken@x.example")
    with pytest.raises(EmailTaken):
        take_on(head, plan, person=nick(head, email="taken@x.example"), clients=clients)
    nothing_happened(plan)


def test_one_of_ours_with_key_clients_hands_them_over_first(head, plan, clients):
    ours = UserFactory(supervisor=head)
    ClientFactory(manager=ours, manager_keys=1)
    with pytest.raises(HoldsKeys):
        take_on(head, plan, person=ours, clients=clients)
    nothing_happened(plan)


def test_nobody_comes_before_his_first_day_or_without_an_accepted_offer(head, plan, clients):
    ProbationPlan.objects.filter(pk=plan.pk).update(
        starts_on=timezone.localdate() + dt.timedelta(days=1)
    )
    late = ProbationPlan.objects.get(pk=plan.pk)
    with pytest.raises(NotYetHere):
        take_on(head, late, person=nick(head), clients=clients)
    nothing_happened(plan)
    Application.objects.filter(pk=plan.application_id).update(stage="offer")
    with pytest.raises(WrongState):
        take_on(head, plan, person=nick(head), clients=clients)
    assert not User.objects.filter(email="nick@x.example").exists()


@pytest.mark.parametrize("role", ["recruiter", "kam", "finance", "methodologist"])
def test_only_who_approves_takes_people_on(plan, head, clients, role):
    with pytest.raises(NotAllowed):
        take_on(UserFactory(roles=[role]), plan, person=nick(head), clients=clients)
    nothing_happened(plan)


@pytest.mark.req("S0-42")
def test_clients_are_proposed_that_nobody_worked_on(head, plan, clients, django_assert_num_queries):
    busy, key, foreign = clients[0], clients[1], clients[2]
    contact([ContactPersonFactory(client=busy)], timezone.localdate() - dt.timedelta(days=10))
    old = timezone.localdate() - dt.timedelta(days=120)
    contact([ContactPersonFactory(client=clients[3])], old, owner=head)
    Client.objects.filter(pk=key.pk).update(manager_keys=1)
    Client.objects.filter(pk=foreign.pk).update(manager=UserFactory())
    wanted = ClientFactory(manager=head, name="Wanted")
    manager_key(head, wanted, state="submitted")  # somebody would have it among his keys
    head = User.objects.get(pk=head.pk)
    found = queries.training_proposals(head, plan)
    assert [one.client for one in found] == [clients[3], clients[4]]
    assert [one.last_contact_on for one in found] == [old, None]
    assert found[0].baseline == 200 * ROUBLES
    actions.add_training_account(head, plan, client=clients[3])
    assert [one.client for one in queries.training_proposals(head, plan)] == [clients[4]]
    assert queries.training_proposals(UserFactory(roles=["recruiter"]), plan) == []
