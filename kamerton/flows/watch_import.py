"""How the import of a file tells of itself through the job that runs it."""

import gzip
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from kamerton.domain.ledger.models import LedgerImport
from kamerton.flows.import_ledger import SourceGone, Watch, settle_cancelled, source_of
from kamerton.platform.access.models import User
from kamerton.platform.jobs.progress import Cancelled, Reporter, current_job_id

ENDS = (0.5, 0.6, 1.0)  # of reading, checking and writing, as the reader counts its way
SAMPLE = 1 << 20


class Told(Protocol):
    """Who is told of the progress: a job, a terminal."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage of `total` rows."""
        ...

    def advance(self, done: int) -> None:
        """Tell how many rows of the stage are done in all."""
        ...


class Teller:
    """Turns the part of the way that is done into rows of a stage."""

    def __init__(self, reporter: Told, expected: int | None) -> None:
        self.reporter, self.expected = reporter, expected
        self._stage, self._begun, self._end = "", 0.0, 1.0

    def tell(self, stage: str, share: float, rows: int) -> None:
        """Write the progress down; leave the run if the job was cancelled or lost.

        Raises Cancelled, Interrupted, LeaseLost.
        """
        if share >= 1.0 and rows:
            self.expected = rows  # counted by now
        if stage != self._stage:
            self._stage, self._begun = stage, share
            self._end = ENDS[min(bisect_right(ENDS, share), len(ENDS) - 1)]
            self.reporter.stage(stage, self.expected)
        self.reporter.advance(self._done(share, rows))

    def _done(self, share: float, rows: int) -> int:
        if self.expected is None or self._end <= self._begun:
            return rows
        part = (share - self._begun) / (self._end - self._begun)
        return int(self.expected * min(max(part, 0.0), 1.0))


@contextmanager
def watched(actor: User, ledger_import: LedgerImport) -> Iterator[Watch]:
    """Let the job of this thread show how far the import is; write down that it was stopped."""
    reporter = Reporter(current_job_id())
    try:
        expected = ledger_import.lines or expected_rows(source_of(ledger_import))
    except SourceGone:
        expected = None  # the run says so, and writes it down
    try:
        yield Watch(Teller(reporter, expected).tell, reporter.cancelled)
    except Cancelled:
        settle_cancelled(actor, ledger_import)
        raise


def expected_rows(path: Path) -> int | None:
    """About how many rows a file has, by its first part; None where that cannot be told quickly."""
    with path.open("rb") as file:
        start = file.read(SAMPLE)
    if start.startswith(b"PAR1"):
        return _rows_of_parquet(path)
    if start.startswith((b"PK", b"\xd0\xcf")):
        return None
    size = path.stat().st_size
    if not start.startswith(b"\x1f\x8b"):
        return start.count(b"\n") * size // max(len(start), 1)
    return _rows_of_gzip(path, size)


def _rows_of_parquet(path: Path) -> int | None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(path).num_rows)
    except (pa.ArrowException, OSError):
        return None  # the reader will say what is wrong with it


def _rows_of_gzip(path: Path, size: int) -> int | None:
    try:
        with path.open("rb") as packed, gzip.open(packed) as plain:
            lines = plain.read(SAMPLE).count(b"\n")
            return lines * size // max(packed.tell(), 1)
    except (OSError, EOFError):
        return None
