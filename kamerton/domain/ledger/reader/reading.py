"""The whole way of one file: open, stage, check, write, count."""

import datetime as dt
import hashlib
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from . import containers, encodings, lines, macros, staging
from .engine import Cancelled, Engine, Progress, open_engine
from .mapping import Mapping, check_mapping
from .plan import Plan
from .problems import RowError, read_errors
from .refusals import LedgerFileInvalid, ReadingCancelled
from .results import Reading, gather
from .sources import Source, as_utf8, check_columns, quick_text, table_source

CHUNK = 1 << 22


def read(
    path: Path,
    mapping: Mapping,
    *,
    into: Path,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Reading:
    """Read a file of sales by its layout; write lines.parquet (and errors.parquet) to `into`.

    `progress(stage, share, rows)` and `cancelled()` are called in the caller's thread. Where the
    reading finds any error nothing is to be imported; it only reports.
    Raises LedgerFileInvalid, ReadingCancelled.
    """
    check_mapping(mapping)
    into.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix=".reading-", dir=into) as folder,
        open_engine(Path(folder), progress, cancelled) as engine,
        ThreadPoolExecutor(1) as pool,
    ):
        engine.tell(_("Opening the file"), 0.0)
        seal = pool.submit(_seal, path)
        opened = containers.open_file(path, Path(folder))
        made = Path(folder) / "made"
        made.mkdir()
        found = _read(_Passage(engine, opened, mapping, made, timezone.localdate()), seal)
        return _handed_over(found, made, into)


def _handed_over(found: Reading, made: Path, into: Path) -> Reading:
    """Put the finished files where they were asked for; before this nothing stands there."""
    for name in ("lines.parquet", "clients.parquet", "errors.parquet"):
        (into / name).unlink(missing_ok=True)
        if (made / name).exists():
            (made / name).replace(into / name)
    return replace(
        found,
        lines_path=into / "lines.parquet",
        clients_path=into / "clients.parquet",
        errors_path=into / "errors.parquet" if found.errors_path else None,
    )


@dataclass(frozen=True)
class _Passage:
    """One file on its way."""

    engine: Engine
    opened: containers.Opened
    mapping: Mapping
    into: Path
    today: dt.date


def _read(passage: _Passage, seal: "Future[str]") -> Reading:
    engine = passage.engine
    macros.install(engine, today=passage.today)
    plan = _staged(passage)
    engine.tell(_("Checking the lines"), 0.5)
    lines.name_kinds(engine, plan)
    lines.refuse_mixtures(engine, plan)
    lines.name_clients(engine, plan)
    lines.count_repeats(engine, plan)
    if not engine.row("SELECT (SELECT count(*) FROM fixed) + (SELECT count(*) FROM problems)")[0]:
        raise LedgerFileInvalid(_("The table has titles but no lines below them."))
    engine.tell(_("Writing the lines"), 0.6)
    lines.write_lines(engine, plan, passage.into / "lines.parquet", stage=_("Writing the lines"))
    found = gather(engine, plan, passage.into, seal.result())
    engine.tell(_("Done"), 1.0, found.lines)
    return found


def _staged(passage: _Passage) -> Plan:
    """Stage the rows: plain CSV by DuckDB's own reader, the rest row by row."""
    if passage.opened.format == "csv":
        text = as_utf8(passage.opened.path, passage.mapping.encoding, passage.engine.folder)
        opened = containers.Opened(text, "csv")
        if plan := _quickly(passage, text):
            return plan
        if passage.mapping.encoding in {"utf-8", "utf-8-sig"}:
            encodings.check_encoding(text, passage.mapping.encoding)
    else:
        opened = passage.opened
    source = table_source(passage.engine, opened, passage.mapping)
    return _stage(passage, source)


def _quickly(passage: _Passage, text: Path) -> Plan | None:
    """Return None where the text is not plain: ragged, with blank rows, not UTF-8 and so on."""
    import duckdb

    source = quick_text(text, passage.mapping)
    if source is None:
        return None
    with ThreadPoolExecutor(1) as pool:
        even = pool.submit(_without_blank_rows, text)
        try:
            plan = _stage(passage, source)
        except duckdb.InvalidInputException:
            _forget(passage.engine)
            return None
        if even.result():
            return plan
    _forget(passage.engine)
    return None


def _stage(passage: _Passage, source: Source) -> Plan:
    check_columns(source)
    plan = Plan(source, passage.mapping, passage.today)
    staging.stage(passage.engine, plan, stage_name=_("Reading the file"), span=(0.0, 0.5))
    return plan


def _forget(engine: Engine) -> None:
    for kind, name in (
        ("VIEW", "fixed"), ("TABLE", "staged"), ("TABLE", "patient"), ("TABLE", "classed"),
        ("TABLE", "problems"),
    ):  # fmt: skip
        engine.connection.execute(f"DROP {kind} IF EXISTS {name}")


def _seal(path: Path) -> str:
    """Return the digest of the file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=32)).hexdigest()


def _without_blank_rows(path: Path) -> bool:
    """Tell whether counting rows gives their numbers: no blank row but at the very end."""
    tail, blank = b"", b""
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            blank = blank or _blank_row(part)
            block = tail + part
            place = block.find(blank)
            if place >= 0 and (block[place:].strip(b"\r\n") or file.read(CHUNK).strip()):
                return False
            tail = block[-2:]
    return True


def _blank_row(part: bytes) -> bytes:
    """Return how a blank row looks; a file of mixed line ends is not read quickly anyway."""
    if b"\r" not in part:
        return b"\n\n"
    return b"\n\r\n" if b"\n" in part else b"\r\r"


def errors_table(reading: Reading) -> tuple[RowError, ...]:
    """Return the rows of the sheet of errors to download, at most 100,000."""
    return tuple(read_errors(reading.errors_path)) if reading.errors_path else ()


__all__ = ["LedgerFileInvalid", "ReadingCancelled", "errors_table", "read"]
