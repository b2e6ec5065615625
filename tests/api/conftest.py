"""Callers of the API."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import signals
from django.db import close_old_connections
from django.test import Client as Browser

from kamerton.platform.access.models import ApiToken, User, token_digest


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """A request of schemathesis does not close the connection of the test's transaction."""
    ends = (signals.request_started, signals.request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)


@pytest.fixture
def as_user(company: Any) -> Callable[..., Browser]:
    """A caller with a token of the person."""

    def make(user: User, reach: str = "write", **fields: Any) -> Browser:
        secret = f"token-{user.pk}-{reach}"
        defaults = {"expires_on": dt.date(2100, 1, 1), "name": "test", "tail": secret[-4:]}
        ApiToken.objects.create(
            user=user, reach=reach, digest=token_digest(secret), **(defaults | fields)
        )
        return Browser(headers={"Authorization": f"Bearer {secret}"})

    return make
