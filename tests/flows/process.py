"""Imports killed on their way: python -m tests.flows.process FOLDER → what was seen, as JSON.

Each run is a forked process that kills itself at one point, as a power cut would.
"""

import io
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

django.setup()

import duckdb  # noqa: E402, F401 (loaded before the forks, not in each of them)
import ibis  # noqa: E402, F401
import pandas  # noqa: E402, F401 (DuckDB wants it for a bound parameter)
import pyarrow.parquet as pq  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

from kamerton.domain.accounts.models import Client  # noqa: E402
from kamerton.domain.ledger import queries  # noqa: E402
from kamerton.domain.ledger.models import LedgerImport  # noqa: E402
from kamerton.flows import choose_columns, import_ledger, receive_file  # noqa: E402
from kamerton.platform.access.models import User  # noqa: E402

LINES = 40
CLIENTS = 5
SOMETIMES = "Reading the file"  # a stage that so short a file shows only on a busy machine


class Killing:
    """Kills its process when a stage begins: the `turn`-th that is told."""

    def __init__(self, turn: int) -> None:
        self.turn, self.seen = turn, list[str]()

    def tell(self, stage: str, share: float, rows: int) -> None:
        if stage not in self.seen and stage != SOMETIMES:
            self.seen.append(stage)
        if len(self.seen) > self.turn:
            os.kill(os.getpid(), signal.SIGKILL)


def content(number: int) -> bytes:
    """A file like no other: documents and clients of its own."""
    rows = [
        f"{day % 28 + 1:02}.10.2026;D{number}-{day};C{number}-{day % CLIENTS};A;{day},50"
        for day in range(LINES)
    ]
    return "\n".join(["Date;Document;Client code;Product code;Amount", *rows]).encode() + b"\n"


def run_all(number: int, watch: import_ledger.Watch, then: Callable[[], object]) -> None:
    """From the file to the ledger, going on wherever an earlier run was killed."""
    actor = User.objects.get(email="finance@example.com")
    file = io.BytesIO(content(number))
    found = receive_file.receive_file(actor, file, name=f"{number}.csv")
    if found.mapping is None:
        look = choose_columns.look_at(actor, found)
        found = choose_columns.choose_columns(actor, found, look.mapping, heads=look.heads)
    if found.state not in ("checked", "importing"):
        found = import_ledger.check_import(actor, found, watch=watch)
    import_ledger.run_import(actor, found, watch=watch, then=then)


def apart(work: Callable[[], None]) -> int:
    """Run `work` in a process of its own; return the signal that killed it, 0 if none did."""
    connections.close_all()
    for connection in connections.all():
        if hasattr(connection, "close_pool"):
            connection.close_pool()  # a forked process must not speak over the same socket
    pid = os.fork()
    if not pid:
        try:
            work()
            os._exit(0)
        except BaseException as error:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status)
    assert os.WEXITSTATUS(status) == 0, "the run failed, see stderr"
    return 0


def ledger_now() -> dict[str, Any]:
    """What counts: by the manifest, and by the files that it names."""
    segments = list(queries.live_segments())
    folder = Path(settings.SEGMENTS)
    rows = [pq.read_metadata(folder / f"{one.digest}.parquet").num_rows for one in segments]
    return {
        "lines": sum(one.rows for one in segments),
        "rows": sum(rows),
        "clients": Client.objects.count(),
        "version": queries.version(),
    }


def killed(number: int, watch: import_ledger.Watch, then: Callable[[], object]) -> dict[str, Any]:
    before = ledger_now()
    died = apart(lambda: run_all(number, watch, then))
    after = ledger_now()
    state = LedgerImport.objects.filter(name=f"{number}.csv").values_list("state", flat=True)
    if state and state[0] != "published":
        apart(lambda: run_all(number, import_ledger.SILENT, lambda: None))
    return {
        "signal": died,
        "state": state[0] if state else None,
        "before": before,
        "after": after,
        "at_last": ledger_now(),
    }


def main() -> None:
    User.objects.create_user("finance@example.com", scope="all").grants.create(role="finance")
    apart(lambda: run_all(0, import_ledger.SILENT, lambda: None))
    seen, number = [], 0
    while not seen or seen[-1]["signal"]:
        killer = Killing(number)
        number += 1
        seen.append(killed(number, import_ledger.Watch(killer.tell), lambda: None))
    inside = killed(number + 1, import_ledger.SILENT, lambda: os.kill(os.getpid(), signal.SIGKILL))
    sys.stdout.write(json.dumps({"stages": seen, "inside": inside}))


if __name__ == "__main__":
    main()
