"""Whether the ground under the data is safe."""

import sqlite3

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.utils.translation import gettext as _

from kamerton import sqlite_engine


def sqlite_is_safe(**_options: object) -> list[CheckMessage]:
    """Warn of a SQLite that may damage the database when two processes write at once."""
    on_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    if not on_sqlite or sqlite3.sqlite_version_info >= sqlite_engine.SAFE:
        return []
    text = _(
        "SQLite %(found)s may damage the database in rare cases; use %(needed)s or newer, "
        "or PostgreSQL."
    )
    needed = ".".join(map(str, sqlite_engine.SAFE))
    told = text % {"found": sqlite3.sqlite_version, "needed": needed}
    return [Warning(told, id="kamerton.W001")]
