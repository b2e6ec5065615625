"""A recruiter, a head, a manager who is nobody here, and an open vacancy."""

import pytest

from tests.factories import UserFactory
from tests.factories.hiring import an_open_vacancy


@pytest.fixture
def kim(company):
    return UserFactory(roles=["recruiter"], full_name="Kim Recruiter")


@pytest.fixture
def head(company):
    return UserFactory(roles=["head_of_sales"], full_name="Hugh Head")


@pytest.fixture
def kam(company, head):
    return UserFactory(full_name="Kay Kam", supervisor=head)


@pytest.fixture
def vacancy(kim):
    return an_open_vacancy(kim)


@pytest.fixture
def browse(as_user, kim):
    """What the recruiter sees."""
    return as_user(kim)


@pytest.fixture
def owner_of(company):
    return UserFactory(roles=["owner"])
