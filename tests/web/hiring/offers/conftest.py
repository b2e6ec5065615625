"""Who chooses, and somebody with all that an offer asks for."""

import pytest

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Vacancy
from tests.factories import UserFactory
from tests.factories.hiring import (
    a_candidate,
    a_term,
    an_application,
    an_open_vacancy,
    marked,
    task_done,
)


@pytest.fixture
def owner(company):
    return UserFactory(roles=["owner"])


@pytest.fixture
def head(owner):
    return UserFactory(roles=["head_of_sales"], supervisor=owner)


@pytest.fixture
def kim(company):
    return UserFactory(roles=["recruiter"])


@pytest.fixture
def vacancy(kim):
    made = an_open_vacancy(kim)
    return actions.change_vacancy(kim, made, targets=["Acme", "Borey"])


@pytest.fixture
def assessors(head):
    return [UserFactory(supervisor=head) for _number in range(2)]


@pytest.fixture
def ready(kim, vacancy, assessors):
    """Make candidates at a stage with marks, a task and a form."""

    def make(name, *, stage="selected", mark=4, **fields):
        person = a_candidate(full_name=name, known_clients=fields.pop("known", ["ACME"]))
        given = {"form_score": 90.0, "tier": "T1"} | fields
        application = an_application(vacancy, stage=stage, candidate=person, **given)
        marked(application, *assessors, mark=mark)
        task_done(kim, application)
        application.vacancy = Vacancy.objects.get(pk=vacancy.pk)
        return application

    return make


@pytest.fixture
def planned(head):
    """Plan the probation of somebody."""
    return lambda application: actions.plan_probation(head, application, term=a_term())
