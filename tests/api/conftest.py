"""Callers of the API."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser

from kamerton.platform.access.models import ApiToken, User, token_digest


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request of schemathesis does not close the connection of the test's transaction."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)


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
