"""A whole installation of its own, driven from outside by processes as a user would."""

import os
import subprocess
import sys
import uuid
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ON_POSTGRES = os.environ.get("KAMERTON_DB") == "postgres"


@dataclass
class Installation:
    """A data folder, and on PostgreSQL a database beside it."""

    data: Path
    database: str = field(default_factory=lambda: f"kamerton_{uuid.uuid4().hex[:12]}")

    def __post_init__(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        if ON_POSTGRES:
            self.sql(f'CREATE DATABASE "{self.database}"')

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

    def sql(self, statement: str) -> None:
        import psycopg

        host, user = os.environ["PGHOST"], os.environ.get("PGUSER", "postgres")
        with psycopg.connect(
            host=host, user=user, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

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
        done = self.python("manage.py", "migrate", "-v0")
        assert done.returncode == 0, done.stderr
