"""Where sales lines lie: immutable Parquet segments, read by DuckDB as one snapshot.

A segment is named by its digest; its client × month roll-up lies beside it. What counts is said
by rows of `Segment` alone: a file without a row is garbage, so a rollback does no harm.
"""

import datetime as dt
import hashlib
import os
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from kamerton.calc.lines import LINES, MONTHS, ibis_schema
from kamerton.calc.period import Month
from kamerton.calc.sales import months as rolled_up

MEMORY_LIMIT = "1GB"
THREADS = 2
CODES = {"client_code": "string", "client_id": "int64"}
DUCKDB_TYPES = {"string": "VARCHAR", "int64": "BIGINT", "date": "DATE"}


@dataclass(frozen=True)
class Written:
    """A segment that lies on the disk and waits for its row."""

    digest: str
    rows: int
    amount: int
    since: dt.date
    until: dt.date
    has_keys: bool


class Said(Protocol):
    """What a row says of a file."""

    digest: str
    rows: int
    amount: int


def lines_path(digest: str) -> Path:
    """Where the lines of a segment lie."""
    return Path(settings.SEGMENTS) / f"{digest}.parquet"


def months_path(digest: str) -> Path:
    """Where the roll-up of a segment lies."""
    return Path(settings.SEGMENTS) / f"{digest}.months.parquet"


def connection() -> Any:
    """Open an engine of its own, in memory, with bounded memory and threads."""
    import duckdb

    folder = Path(settings.DATA) / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    return duckdb.connect(
        config={
            "memory_limit": MEMORY_LIMIT,
            "threads": THREADS,
            "temp_directory": str(folder),
            "preserve_insertion_order": False,
        }
    )


def write_segment(lines: Path) -> Written:
    """Bring a Parquet file of lines into the store under its digest, the roll-up beside it.

    The file at `lines` stays where it is. Written first under a temporary name, flushed to the
    disk, then renamed: a crash leaves garbage at worst.
    """
    folder = Path(settings.SEGMENTS)
    folder.mkdir(parents=True, exist_ok=True)
    digest = digest_of(lines)
    if not lines_path(digest).exists():
        _land(lines, lines_path(digest), copy=True)
    with _over(lines=[lines_path(digest)]) as engine:
        if not months_path(digest).exists():
            draft = folder / f".tmp-{uuid.uuid4().hex}"
            engine.execute(f"COPY ({_rollup_sql()}) TO '{draft}' (FORMAT parquet, CODEC zstd)")
            _land(draft, months_path(digest), copy=False)
        return _described(engine, digest)


@contextmanager
def _over(**files: Sequence[Path]) -> Iterator[Any]:
    """An engine with a view of each named list of Parquet files.

    Views, as a path bound to a parameter would make DuckDB import pandas (2 s, 60 MB).
    """
    with connection() as engine:
        for name, paths in files.items():
            found = engine.read_parquet([str(path) for path in paths], filename=True)
            found.create_view(name)
        yield engine


def digest_of(path: Path) -> str:
    """Name a file by what is in it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=20)).hexdigest()


def _land(source: Path, target: Path, *, copy: bool) -> None:
    """Put `source` at `target` at once, or not at all."""
    if copy:
        draft = target.parent / f".tmp-{uuid.uuid4().hex}"
        try:
            os.link(source, draft)  # same disk: nothing is copied
        except OSError:
            draft.write_bytes(source.read_bytes())
        source = draft
    with source.open("rb") as file:
        os.fsync(file.fileno())
    source.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _described(engine: Any, digest: str) -> Written:
    """Read off the lines of a segment what its row will say."""
    rows, amount, since, until, keyed = engine.execute(
        "SELECT count(*), coalesce(sum(amount), 0)::BIGINT, min(date), max(date), "
        "count(external_key) FROM lines"
    ).fetchone()
    return Written(digest, rows, int(amount), since, until, bool(keyed))


def matches(said: Said) -> bool:
    """Tell whether a segment's file is there and holds the rows and the sum that its row says."""
    if not (lines_path(said.digest).exists() and months_path(said.digest).exists()):
        return False
    with _over(lines=[lines_path(said.digest)]) as engine:
        found = _described(engine, said.digest)
    return (found.rows, found.amount) == (said.rows, said.amount)


@lru_cache(maxsize=1)
def _rollup_sql() -> str:
    """The roll-up of one segment in DuckDB's SQL; built once a process."""
    import ibis

    lines = ibis.table(ibis_schema(LINES), name="lines")
    return str(ibis.to_sql(rolled_up(lines), dialect="duckdb"))


def corrected(digests: Iterable[str], new_lines: Path) -> dict[str, int]:
    """Count, by segment, the lines whose external key comes again in `new_lines`."""
    paths = [lines_path(digest) for digest in digests]
    if not paths:
        return {}
    with _over(old=paths, new=[new_lines]) as engine:
        found = engine.execute(
            "SELECT filename, count(*) FROM old WHERE external_key IN "
            "(SELECT external_key FROM new WHERE external_key IS NOT NULL) GROUP BY filename"
        ).fetchall()
    return {Path(name).name.removesuffix(".parquet"): count for name, count in found}


def unchanged_lines(new_lines: Path, digests: Iterable[str]) -> int:
    """Count the lines of `new_lines` that the ledger holds already, to the last figure."""
    paths = [lines_path(digest) for digest in digests]
    if not paths:
        return 0
    same = "external_key, date, kind, client_code, product_code, quantity, amount, cost"
    with _over(old=paths, new=[new_lines]) as engine:
        (count,) = engine.execute(
            f"SELECT count(*) FROM (SELECT {same} FROM new "  # noqa: S608
            f"WHERE external_key IS NOT NULL INTERSECT SELECT {same} FROM old)"
        ).fetchone()
    return int(count)


def months_of(lines: Path) -> list[Month]:
    """The months that lines fall into, oldest first."""
    with _over(lines=[lines]) as engine:
        found = engine.execute(
            "SELECT DISTINCT date_trunc('month', date)::DATE FROM lines ORDER BY 1"
        ).fetchall()
    return [Month.of(day) for (day,) in found]


def write_remainder(digest: str, new_lines: Path) -> Written | None:
    """Write what is left of a segment without the lines that `new_lines` brings anew."""
    draft = Path(settings.SEGMENTS) / f".tmp-{uuid.uuid4().hex}"
    with connection() as engine:
        engine.execute("SET preserve_insertion_order = true")
        (left,) = engine.execute(
            f"COPY (SELECT * FROM read_parquet('{lines_path(digest)}') "  # noqa: S608
            "WHERE external_key IS NULL OR external_key NOT IN (SELECT external_key "
            f"FROM read_parquet('{new_lines}') WHERE external_key IS NOT NULL)) "
            f"TO '{draft}' (FORMAT parquet, CODEC zstd, ROW_GROUP_SIZE 122880)"
        ).fetchone()
    written = write_segment(draft) if left else None
    draft.unlink(missing_ok=True)
    return written


class Snapshot:
    """The ledger as it was at one version: the live segments and the clients of the codes."""

    def __init__(self, digests: Sequence[str], codes: Sequence[tuple[str, int]]) -> None:
        self.engine = connection()
        self._view("lines", LINES, [lines_path(digest) for digest in digests])
        self._view("months", MONTHS, [months_path(digest) for digest in digests])
        with _written(codes) as path:
            self.engine.read_parquet(str(path)).create("codes")

    def _view(self, name: str, columns: Any, paths: list[Path]) -> None:
        if paths:
            self.engine.read_parquet([str(path) for path in paths]).create_view(name)
            return
        fields = ", ".join(f"{field} {DUCKDB_TYPES[kind]}" for field, kind in columns.items())
        self.engine.execute(f"CREATE TABLE {name} ({fields})")

    def run(self, sql: str) -> Any:
        """Answer one question as an Arrow table; each call has a cursor of its own."""
        cursor = self.engine.cursor()
        try:
            return cursor.execute(sql).arrow().read_all()
        finally:
            cursor.close()


@contextmanager
def _written(codes: Sequence[tuple[str, int]]) -> Iterator[Path]:
    """The codes as a file for a moment.

    Made of Arrow's buffers: `pa.array` of a list imports pandas, and so does DuckDB's `register`.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    written = [code.encode() for code, _ in codes]
    ends = np.cumsum([0, *map(len, written)], dtype=np.int32)
    ids = np.array([client for _, client in codes], np.int64)
    texts = (pa.py_buffer(ends), pa.py_buffer(b"".join(written)))
    columns = [
        pa.StringArray.from_buffers(len(written), *texts),
        pa.Array.from_buffers(pa.int64(), ids.size, [None, pa.py_buffer(ids)]),
    ]
    path = Path(settings.DATA) / "tmp" / f"codes-{uuid.uuid4().hex}.parquet"
    try:
        pq.write_table(pa.Table.from_arrays(columns, names=list(CODES)), path)
        yield path
    finally:
        path.unlink(missing_ok=True)


_snapshots: dict[object, Snapshot] = {}
_building = threading.Lock()


def snapshot(
    key: object, load: Callable[[], tuple[Sequence[str], Sequence[tuple[str, int]]]]
) -> Snapshot:
    """Return the snapshot of one version, opened once a process; older ones are let go.

    `key` names the version; `load` returns the live digests and (code, client id) pairs.
    """
    with _building:
        if key not in _snapshots:
            opened = Snapshot(*load())
            _snapshots.clear()
            _snapshots[key] = opened
        return _snapshots[key]


def tables() -> tuple[Any, Any]:
    """The unbound `lines` and `months`, each with `client_id`, for expressions of calc.sales."""
    import ibis

    from kamerton.calc.sales import with_clients

    codes = ibis.table(ibis.schema(CODES), name="codes")
    lines = ibis.table(ibis_schema(LINES), name="lines")
    months = ibis.table(ibis_schema(MONTHS), name="months")
    return with_clients(lines, codes), with_clients(months, codes)


def narrowed(sql: str, clients: Sequence[int]) -> str:
    """Let a question see only the lines of these clients.

    The ids are written into the SQL: with a bound parameter DuckDB loads pandas, two seconds.
    """
    ids = ", ".join(str(int(client)) for client in clients) or "-1"
    codes = f"SELECT client_code FROM codes WHERE client_id IN ({ids})"  # noqa: S608
    own = ", ".join(
        f"{table} AS (SELECT * FROM main.{table} WHERE client_code IN ({codes}))"  # noqa: S608
        for table in ("lines", "months")
    )
    return f"WITH {own}, {sql[5:]}" if sql.startswith("WITH ") else f"WITH {own} {sql}"


def sql_of(expression: Any) -> str:
    """Write an expression in DuckDB's SQL."""
    import ibis

    return str(ibis.to_sql(expression, dialect="duckdb"))


def garbage(known: set[str], *, older_than: dt.datetime) -> list[Path]:
    """Files of the store that no row names, written before `older_than`."""
    folder = Path(settings.SEGMENTS)
    found = []
    for path in folder.glob("*") if folder.is_dir() else []:
        digest = path.name.removesuffix(".parquet").removesuffix(".months")
        written = dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC)
        if digest not in known and written < older_than:
            found.append(path)
    return found
