"""A whole installation of its own, driven from outside by processes as a user would."""

import atexit
import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ON_POSTGRES = os.environ.get("KAMERTON_DB") == "postgres"

TEMPLATE: list["Installation"] = []


@dataclass
class Installation:
    """A data folder, and on PostgreSQL a database beside it."""

    data: Path
    database: str = field(default_factory=lambda: f"kamerton_{uuid.uuid4().hex[:12]}")

    def __post_init__(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        if ON_POSTGRES:
            self.sql(f'CREATE DATABASE "{self.database}"')

    def with_tables(self) -> "Installation":
        """Take the tables from one that was migrated before: it saves seconds a test."""
        if not TEMPLATE:
            TEMPLATE.append(Installation(Path(tempfile.mkdtemp(prefix="kamerton-test-"))))
            TEMPLATE[0].migrate()
            atexit.register(shutil.rmtree, TEMPLATE[0].data, ignore_errors=True)
        if ON_POSTGRES:
            self.drop()
            self.sql(f'CREATE DATABASE "{self.database}" TEMPLATE "{TEMPLATE[0].database}"')
        else:
            shutil.copy(TEMPLATE[0].data / "kamerton.sqlite3", self.data)
        return self

    @property
    def env(self) -> dict[str, str]:
        more = {
            "KAMERTON_DATA": str(self.data),
            "KAMERTON_LANGUAGE": "en",
            "LC_ALL": "C.UTF-8",
            "PGDATABASE": self.database,
            "DJANGO_SETTINGS_MODULE": "kamerton.settings",
            "PYTHONPATH": str(ROOT),
        }
        dropped = ("KAMERTON_HOSTS", "PYTEST_CURRENT_TEST", "CI")
        return {k: v for k, v in os.environ.items() if k not in dropped} | more

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Ask the database itself."""
        if ON_POSTGRES:
            with self._connection(self.database) as connection:
                return connection.execute(query).fetchall()
        with contextlib.closing(sqlite3.connect(self.data / "kamerton.sqlite3")) as connection:
            return connection.execute(query).fetchall()

    def sql(self, statement: str) -> None:
        with self._connection("postgres") as connection:
            connection.execute(statement)

    @staticmethod
    def _connection(database: str) -> Any:
        import psycopg  # only where the tests run on PostgreSQL

        host, user = os.environ["PGHOST"], os.environ.get("PGUSER", "postgres")
        return psycopg.connect(host=host, user=user, dbname=database, autocommit=True)

    def drop(self) -> None:
        if ON_POSTGRES:
            self.sql(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')

    def python(self, *args: object, **more: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *map(str, args)]
        return subprocess.run(  # noqa: PLW1510 — the tests look at the code
            command, env=self.env, cwd=ROOT, capture_output=True, text=True, timeout=120, **more
        )

    def start(self, *args: object) -> subprocess.Popen[str]:
        command = [sys.executable, *map(str, args)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, env=self.env, cwd=ROOT, text=True, **pipes)

    def kamerton(self, *args: object, **more: object) -> subprocess.CompletedProcess[str]:
        return self.python("-m", "kamerton", *args, **more)

    def migrate(self) -> None:
        script = "from kamerton.cli import installation; installation.bring_up_to_date()"
        done = self.python("-c", f"import django; django.setup(); {script}")
        assert done.returncode == 0, done.stderr
