import sqlite3

import pytest

from kamerton import sqlite_engine
from kamerton.platform.backup import checks
from tests.cli.installation import ON_POSTGRES


@pytest.mark.skipif(ON_POSTGRES, reason="no SQLite in use")
def test_an_old_sqlite_is_warned_of(monkeypatch):
    monkeypatch.setattr(sqlite_engine, "SAFE", (99, 0, 0))
    (warning,) = checks.sqlite_is_safe()
    assert warning.id == "kamerton.W001"
    assert sqlite3.sqlite_version in warning.msg
    monkeypatch.setattr(sqlite_engine, "SAFE", (3, 0, 0))
    assert checks.sqlite_is_safe() == []
