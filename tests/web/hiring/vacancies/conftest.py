"""A recruiter, a head, an owner, finance, and an open vacancy."""

from typing import Any

import pytest

from kamerton.domain.hiring.models import Vacancy
from kamerton.platform.access.models import User
from tests.factories import UserFactory
from tests.factories.hiring import an_open_vacancy


@pytest.fixture
def owner(company: Any) -> User:
    return UserFactory(roles=["owner"], full_name="Owen Hill")


@pytest.fixture
def head(owner: User) -> User:
    return UserFactory(roles=["head_of_sales"], full_name="Hugh Head", supervisor=owner)


@pytest.fixture
def kim(company: Any) -> User:
    return UserFactory(roles=["recruiter"], full_name="Kim Recruiter")


@pytest.fixture
def vacancy(kim: User) -> Vacancy:
    return an_open_vacancy(kim)
