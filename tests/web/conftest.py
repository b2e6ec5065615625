"""People at the door of every page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def as_user(company: Any) -> Callable[[Any], Client]:
    """Return a client that is signed in as a person."""

    def do(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return do
