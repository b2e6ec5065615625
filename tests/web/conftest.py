"""People at the door of every page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def static_root(settings: Any, tmp_path: Path) -> None:
    """A folder for collected files: WhiteNoise warns of a missing one."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()


@pytest.fixture
def as_user(company: Any) -> Callable[[Any], Client]:
    """Return a client that is signed in as a person."""

    def do(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return do
