"""A consistent copy of the running database, and the way back, for both engines."""

import os
import sqlite3
import subprocess
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from kamerton.platform.errors import BusinessError

SQLITE, POSTGRES = "sqlite", "postgresql"
COPY = {SQLITE: "database.sqlite3", POSTGRES: "database.dump"}  # name in the archive
EMPTIED = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
VARIABLES = {
    "HOST": "PGHOST",
    "PORT": "PGPORT",
    "USER": "PGUSER",
    "PASSWORD": "PGPASSWORD",
    "NAME": "PGDATABASE",
}


class NoTool(BusinessError):
    """A program of PostgreSQL is not installed here."""


class ToolFailed(BusinessError):
    """A program of PostgreSQL, or SQLite's own check, refused."""


def engine() -> str:
    """Return which of the two the installation runs on."""
    return str(connection.vendor)


def copy(target: Path) -> None:
    """Copy the database as of one moment into `target`; others read and write meanwhile.

    Raises NoTool, ToolFailed.
    """
    if engine() == POSTGRES:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])
    check(target)


def check(copied: Path) -> None:
    """Let SQLite read its copy through; pg_restore does so with its own.

    Raises ToolFailed.
    """
    if engine() == POSTGRES:
        _run("pg_restore", "--list", copied)
        return
    opened = sqlite3.connect(copied)
    try:
        (answer,) = opened.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError as error:
        answer = str(error)
    finally:
        opened.close()
    if answer != "ok":
        raise ToolFailed(_("The copy of the database is damaged: %(why)s") % {"why": answer})


def put_back(copied: Path) -> None:
    """Make the copy the database: all of it or, if anything fails, nothing.

    Raises NoTool, ToolFailed.
    """
    connection.close()
    if engine() == POSTGRES:
        script = copied.with_suffix(".sql")
        _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", copied)
        strict = ("-q", "-X", "--single-transaction", "-v", "ON_ERROR_STOP=1")
        _run("psql", *strict, "-c", EMPTIED, "-f", script)
        return
    place = Path(settings.DATABASES["default"]["NAME"])
    for ending in ("-wal", "-shm"):  # of the old database; they would be read as of the new
        place.with_name(place.name + ending).unlink(missing_ok=True)
    copied.replace(place)


def _run(program: str, *arguments: object) -> None:
    given = settings.DATABASES["default"]
    own = {name: str(given[key]) for key, name in VARIABLES.items() if given.get(key)}
    command = [program, *map(str, arguments)]
    try:
        done = subprocess.run(  # noqa: S603 — our own arguments, no shell
            command, env=os.environ | own, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        text = _("%(program)s is not installed here (Debian: apt install postgresql-client).")
        raise NoTool(text % {"program": program}) from None
    if done.returncode:
        raise ToolFailed(f"{program}: {done.stderr.strip()}")
