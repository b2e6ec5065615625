"""Who plans, teaches and learns; five lesser clients; a probation planned and begun."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import ProbationPlan
from kamerton.platform.access.models import User
from tests.factories import UserFactory
from tests.factories.hiring import a_candidate, a_term, an_application, an_open_vacancy
from tests.factories.ledger import clients_for, ledger, line

CODES = [f"T{number}" for number in range(1, 6)]


@pytest.fixture
def owner(company):
    return UserFactory(roles=["owner"])


@pytest.fixture
def head(owner):
    return UserFactory(roles=["head_of_sales"], full_name="Hugh Head", supervisor=owner)


@pytest.fixture
def kim(company):
    return UserFactory(roles=["recruiter"])


@pytest.fixture
def mentor(head):
    return UserFactory(full_name="Mary Mentor", supervisor=head)


@pytest.fixture
def clients(head):
    made = clients_for(CODES, manager=head)
    before = timezone.localdate() - dt.timedelta(days=30)
    ledger([line(before, code, 200) for code in CODES])
    return list(made.values())


@pytest.fixture
def application(kim):
    vacancy = an_open_vacancy(kim)
    person = a_candidate(full_name="Nick New")
    return an_application(vacancy, stage="accepted", candidate=person)


@pytest.fixture
def plan(head, mentor, application):
    """Planned from today on."""
    return actions.plan_probation(head, application, term=a_term(), mentor=mentor)


@pytest.fixture
def begun(head, mentor, application, clients):
    """Begun ten days ago, with its five clients and the newcomer."""
    first = timezone.localdate() - dt.timedelta(days=10)
    made = actions.plan_probation(
        head, application, term=a_term(first), mentor=mentor, monthly_cost=19_000_000
    )
    for client in clients:
        actions.add_training_account(head, made, client=client, untouched=True)
    nick = UserFactory(full_name="Nick New", supervisor=head)
    actions.start_probation(head, made, user=nick)
    return ProbationPlan.objects.get(pk=made.pk)


@pytest.fixture
def nick(begun):
    return User.objects.get(pk=begun.user_id)
