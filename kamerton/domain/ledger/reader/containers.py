"""What a file is by its first bytes, out of its archive, and whether it is safe to open."""

import gzip
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from .refusals import LedgerFileInvalid

MAX_ENTRIES = 10_000
MAX_UNPACKED_BOOK = 1 << 30  # bytes of XML in one workbook
MAX_UNPACKED_TEXT = 32 << 30
MAX_RATIO = 400  # a text that shrinks more than this was made to fill a disk
RATIO_FROM = 64 << 20
CHUNK = 1 << 22


@dataclass(frozen=True)
class Opened:
    """A plain file on disk and its format: csv, xlsx, xls, ods or parquet."""

    path: Path
    format: str


def open_file(path: Path, into: Path) -> Opened:
    """Return the table file itself; what is packed is unpacked into the folder `into`.

    Raises LedgerFileInvalid.
    """
    opened = _open_once(path, into)
    if opened.format == "packed":
        opened = _open_once(opened.path, into)
    if opened.format == "packed":
        raise LedgerFileInvalid(
            _("The archive holds another archive. Unpack it and send the table.")
        )
    return opened


def _open_once(path: Path, into: Path) -> Opened:
    with path.open("rb") as file:
        start = file.read(4096)
    if not start:
        raise LedgerFileInvalid(_("The file is empty. Save the report again and send it anew."))
    if start.startswith(b"\x1f\x8b"):
        return Opened(_ungzip(path, into), "packed")
    if start.startswith(b"PK"):
        return _open_zip(path, into)
    if start.startswith(b"PAR1"):
        return _check_parquet(path)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return Opened(path, "xls")
    _refuse_what_is_no_table(start)
    return Opened(path, "csv")


def _refuse_what_is_no_table(start: bytes) -> None:
    head = start.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"{\\rtf")):
        raise LedgerFileInvalid(
            _("This is a web page or a text document, not a table. Save the report as XLSX or CSV.")
        )
    if head.startswith(b"%pdf"):
        raise LedgerFileInvalid(_("This is a PDF. Save the report as XLSX or CSV instead."))
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_wide(start)
    odd = sum(byte < 9 or 13 < byte < 32 for byte in start)
    if not wide and odd > len(start) // 50:
        raise LedgerFileInvalid(
            _("The file is not a table. XLSX, XLS, ODS, CSV and Parquet can be read.")
        )


def _is_wide(start: bytes) -> bool:
    """UTF-16 without its mark: the second byte of each pair is 0 or 4 (Latin, Cyrillic)."""
    pairs = max(len(start) // 2, 1)
    return any(sum(b in {0, 4} for b in start[part::2]) > pairs * 0.9 for part in (0, 1))


def _cut() -> LedgerFileInvalid:
    return LedgerFileInvalid(
        _("The file is cut or damaged: its end is missing. Send it again from the program.")
    )


def _ungzip(path: Path, into: Path) -> Path:
    target = into / "unpacked"
    try:
        with gzip.open(path) as packed, target.open("wb") as plain:
            _copy_bounded(packed, plain, path.stat().st_size)
    except (EOFError, OSError, zlib.error) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise _cut() from error
    return target


def _copy_bounded(packed: IO[bytes] | gzip.GzipFile, plain: IO[bytes], size: int) -> None:
    written = 0
    while part := packed.read(CHUNK):
        written += plain.write(part)
        if written > MAX_UNPACKED_TEXT or written > max(size * MAX_RATIO, RATIO_FROM):
            raise LedgerFileInvalid(
                _("The archive unpacks into far more than a table needs. Send the table unpacked.")
            )


@contextmanager
def _zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (
        zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError, ValueError,
    ) as error:  # fmt: skip
        raise _cut() from error
    except OSError as error:
        if error.errno:
            raise
        raise _cut() from error


def _open_zip(path: Path, into: Path) -> Opened:
    with _zip(path) as archive:
        entries = archive.infolist()
        names = {entry.filename.lower() for entry in entries}
        if names & {"xl/workbook.xml", "xl/workbook.bin"}:
            _check_book(archive, entries)
            return Opened(path, "xlsx")
        if {"mimetype", "content.xml"} <= names:
            _check_book(archive, entries)
            return Opened(path, "ods")
        return Opened(_unzip(archive, entries, into), "packed")


def _unzip(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], into: Path) -> Path:
    inside = [e for e in entries if not e.is_dir() and not e.filename.startswith("__MACOSX/")]
    if len(inside) != 1:
        raise LedgerFileInvalid(
            _("The archive holds %(count)d files. Put exactly one table into it.")
            % {"count": len(inside)}
        )
    if inside[0].flag_bits & 1:
        raise LedgerFileInvalid(_("The file is locked with a password. Save it without one."))
    target = into / f"unzipped-{len(list(into.iterdir()))}"
    with archive.open(inside[0]) as packed, target.open("wb") as plain:
        _copy_bounded(packed, plain, max(inside[0].compress_size, 1))
    return target


def _check_book(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse a workbook made to fill the memory, before anything reads it."""
    declared = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or declared > MAX_UNPACKED_BOOK:
        raise _bomb()
    for entry in entries:
        swollen = entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(
            entry.compress_size, 1
        )
        if swollen:
            raise _bomb()
        if entry.compress_size * 1032 > MAX_UNPACKED_BOOK:  # deflate's limit: a size may lie
            _check_entry(archive, entry)


def _bomb() -> LedgerFileInvalid:
    return LedgerFileInvalid(
        _("The workbook unpacks into more than 1 GB. Save the sheet as CSV and send that.")
    )


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack an entry as a reader that trusts nothing would, and count the bytes."""
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        return
    file = archive.fp
    assert file is not None  # noqa: S101 (an open archive has its file)
    file.seek(entry.header_offset + 26)
    lengths = file.read(4)
    file.seek(int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little"), 1)
    unpacker, seen, left = zlib.decompressobj(-15), 0, entry.compress_size
    while left > 0 and (part := file.read(min(left, CHUNK // 64))):
        left -= len(part)
        seen += len(unpacker.decompress(part))
        if seen > entry.file_size:
            raise _bomb()


def _check_parquet(path: Path) -> Opened:
    with path.open("rb") as file:
        file.seek(-min(4, path.stat().st_size), 2)
        if file.read(4) != b"PAR1" or path.stat().st_size < 12:
            raise _cut()
    return Opened(path, "parquet")


def forget(folder: Path) -> None:
    """Remove a folder of unpacked files."""
    shutil.rmtree(folder, ignore_errors=True)
