"""A head, a manager with the ten clients of the worked example, an owner."""

import re
from typing import Any

import pytest

from kamerton.domain.accounts.models import Client
from kamerton.platform.access.models import User
from tests.factories import UserFactory
from tests.factories.segmentation import restated, sample


@pytest.fixture
def head(company: Any) -> User:
    return UserFactory(roles=["head_of_sales"], full_name="Hugh Head")


@pytest.fixture
def ann(head: User) -> User:
    return UserFactory(full_name="Ann Bell", supervisor=head)


@pytest.fixture
def owner(company: Any) -> User:
    return UserFactory(roles=["owner"], full_name="Owen Hill")


@pytest.fixture
def world(ann: User) -> dict[str, Client]:
    """The ten clients, judged; all of them Ann's."""
    clients = sample(manager=ann)
    restated()
    return clients


@pytest.fixture
def read() -> Any:
    """The words of an answer, without tags and runs of spaces."""

    def words(response: Any) -> str:
        text = re.sub(r"<[^>]+>", " ", response.content.decode())
        return re.sub(r"\s+", " ", text)

    return words
