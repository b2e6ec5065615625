"""A head, a manager of his, an owner."""

from typing import Any

import pytest

from kamerton.platform.access.models import User
from tests.factories import UserFactory


@pytest.fixture
def owner(company: Any) -> User:
    return UserFactory(roles=["owner"], full_name="Owen Hill")


@pytest.fixture
def head(owner: User) -> User:
    return UserFactory(roles=["head_of_sales"], full_name="Hugh Head", supervisor=owner)


@pytest.fixture
def ann(head: User) -> User:
    return UserFactory(full_name="Ann Bell", supervisor=head)


@pytest.fixture
def stranger(company: Any) -> User:
    other = UserFactory(roles=["head_of_sales"])
    return UserFactory(supervisor=other)
