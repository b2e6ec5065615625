"""DuckDB for one reading: bounded memory, progress, and a stop on request."""

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from .refusals import ReadingCancelled

if TYPE_CHECKING:
    import duckdb

MEMORY_LIMIT = "1GB"
THREADS = 2
LOOK_EVERY = 0.25  # seconds between two looks at progress and cancel

Progress = Callable[[str, float, int], None]
Cancelled = Callable[[], bool]
Row = tuple[Any, ...]


def literal(text: str) -> str:
    """Return a text as SQL; a NUL, which SQL cannot hold, becomes a space."""
    return "'" + text.replace("'", "''").replace("\0", " ") + "'"


def quoted(name: str) -> str:
    """Return a name of a column as SQL."""
    return '"' + name.replace('"', '""') + '"'


@dataclass(frozen=True)
class Engine:
    """A DuckDB in memory that spills into its folder, with what watches over it."""

    connection: "duckdb.DuckDBPyConnection"
    folder: Path
    progress: Progress | None = None
    cancelled: Cancelled | None = None

    def tell(self, stage: str, share: float, rows: int = 0) -> None:
        """Report progress; raise ReadingCancelled when it was asked for."""
        if self.progress:
            self.progress(stage, share, rows)
        if self.cancelled and self.cancelled():
            raise ReadingCancelled(_("The reading was stopped. Nothing was kept."))

    def rows(self, sql: str) -> list[Row]:
        """Return all rows of a short query."""
        found: list[Row] = self.connection.execute(sql).fetchall()
        return found

    def row(self, sql: str) -> Row:
        """Return the one row of a short query."""
        return self.rows(sql)[0]

    def run(self, sql: str, *, stage: str = "", span: tuple[float, float] = (0.0, 0.0)) -> None:
        """Execute a long statement; while it runs, `progress` and `cancelled` are asked here.

        The statement runs in a thread, so that the callbacks stay in the caller's (they may use
        its database connection).
        """
        if not (self.progress or self.cancelled):
            self.connection.execute(sql)
            return
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(self.connection.execute, sql)
            try:
                self._watch(running, stage, span)
            except BaseException:
                self.connection.interrupt()
                with contextlib.suppress(Exception):
                    running.result()
                raise

    def _watch(self, running: "Future[Any]", stage: str, span: tuple[float, float]) -> None:
        while True:
            try:
                running.result(timeout=LOOK_EVERY)
            except NotYet:
                done = max(self.connection.query_progress(), 0.0) / 100
                self.tell(stage, span[0] + (span[1] - span[0]) * min(done, 1.0))
            else:
                return


@contextmanager
def open_engine(
    folder: Path, progress: Progress | None, cancelled: Cancelled | None
) -> Iterator[Engine]:
    """Open the engine of one reading; `folder` takes what does not fit into memory."""
    import duckdb

    settings = {
        "memory_limit": MEMORY_LIMIT,
        "threads": THREADS,
        "temp_directory": str(folder / "spill"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with duckdb.connect(":memory:", config=settings) as connection:
        yield Engine(connection, folder, progress, cancelled)
