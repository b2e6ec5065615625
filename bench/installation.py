"""A Kamerton of its own in a temporary folder, for contestants that are the product itself."""

import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.contest import ROOT


def environment(folder: Path) -> dict[str, str]:
    """What makes a process work on the installation in `folder`, on SQLite."""
    drop = {name: "" for name in ("KAMERTON_DB", "KAMERTON_SECRET_KEY", "KAMERTON_HOSTS")}
    return drop | {
        "KAMERTON_DATA": str(folder),
        "KAMERTON_HOSTS": "localhost,127.0.0.1",
        "KAMERTON_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "kamerton.settings",
    }


def django() -> None:
    """Wake Django up in this process; the environment names the installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kamerton.settings")
    import django

    django.setup()


def made_in(folder: Path) -> dict[str, str]:
    """Make an empty installation in `folder`; return its environment."""
    env = environment(folder)
    if not (folder / "kamerton.sqlite3").exists():
        folder.mkdir(parents=True, exist_ok=True)
        in_child("bench.installation", "found", env)
    return env


def in_child(module: str, function: str, env: dict[str, str], *arguments: Any) -> None:
    """Call a function of ours in a process of the installation."""
    said = [module, function, *map(str, arguments)]
    command = [sys.executable, "-m", "bench.installation", *said]
    subprocess.run(command, cwd=ROOT, env=os.environ | env, check=True)


def found() -> None:
    """Make the tables, the company and its owner."""
    django()
    from kamerton.cli.installation import bring_up_to_date
    from kamerton.platform.access.actions import found_company

    bring_up_to_date()
    found_company(
        name="Bench", email="owner@bench.example", full_name="Owner", password="bench-" * 4
    )


def owner() -> Any:
    """The owner, who may import."""
    from kamerton.platform.access.models import User

    return User.objects.get(email="owner@bench.example")


if __name__ == "__main__":
    _program, of, what, *rest = sys.argv
    getattr(importlib.import_module(of), what)(*rest)
