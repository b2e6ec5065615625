"""Uploads kept below settings.FILES: whole or not at all, named by their content."""

import hashlib
import os
import unicodedata
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from kamerton.platform.errors import BusinessError
from kamerton.platform.files.kinds import DOCUMENTS, Kind, kind_of, suffix_of

CHUNK = 1024 * 1024
MEGABYTE = 1024 * 1024
UNFINISHED = ".tmp-"  # begins the names of files that are being written; a backup leaves them out
LONGEST_NAME = 200


class EmptyFile(BusinessError):
    """There is nothing in the file."""


class TooLarge(BusinessError):
    """The file is larger than allowed."""


class WrongKind(BusinessError):
    """The content is not of a kind that is wanted here."""


class Chunked(Protocol):
    """An upload as Django gives it."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Give the content in parts."""
        ...


@dataclass(frozen=True)
class KeptFile:
    """A file that is kept: `path` below FILES, `name` as it was called, size in bytes."""

    path: str
    name: str
    size: int
    digest: str  # blake2b of the content, 64 hexadecimal digits
    kind: Kind


def keep(
    upload: Chunked | BinaryIO,
    folder: str,
    *,
    name: str,
    allowed: frozenset[Kind] = DOCUMENTS,
    limit: int | None = None,
) -> KeptFile:
    """Keep what is uploaded in FILES/`folder`; the same content twice is one file.

    `limit` is in bytes, UPLOAD_LIMIT if not given. A refused file leaves nothing behind.
    Raises EmptyFile, TooLarge, WrongKind.
    """
    target = settings.FILES / folder
    target.mkdir(parents=True, exist_ok=True)
    unfinished = target / f"{UNFINISHED}{uuid.uuid4().hex}"
    try:
        size, digest = _write(upload, unfinished, limit or settings.UPLOAD_LIMIT)
        kind = _checked_kind(unfinished, allowed)
        path = target / f"{digest}{suffix_of(kind)}"
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    _flush_folder(target)
    relative = path.relative_to(settings.FILES).as_posix()
    return KeptFile(relative, safe_name(name), size, digest, kind)


def kept_path(path: str) -> Path:
    """Return where a kept file is; `path` is that of KeptFile.

    Raises FileNotFoundError.
    """
    pure = PurePosixPath(path)
    found: Path = settings.FILES / pure
    if pure.is_absolute() or ".." in pure.parts or not found.is_file():
        raise FileNotFoundError(path)
    return found


def remove(path: str) -> None:
    """Delete a kept file that no record names any more."""
    try:
        kept_path(path).unlink()
    except FileNotFoundError:  # gone already
        return


def safe_name(name: str) -> str:
    """Return the name without folders and control characters, at most 200 characters long.

    >>> safe_name("../reports/sales 2025.csv")
    'sales 2025.csv'
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(" .")
    stem, dot, ending = shown.rpartition(".")
    if len(shown) > LONGEST_NAME and stem and len(ending) < 10:
        return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"
    return shown[:LONGEST_NAME] or _("file")


def _write(upload: Chunked | BinaryIO, path: Path, limit: int) -> tuple[int, str]:
    """Write the parts one by one; return size and digest."""
    size, digest = 0, hashlib.blake2b(digest_size=32)
    with path.open("xb") as file:
        for part in _parts(upload):
            size += len(part)
            if size > limit:
                raise TooLarge(
                    _("The file is larger than %(limit)d MB. Split it, by year for example.")
                    % {"limit": limit // MEGABYTE}
                )
            digest.update(part)
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
    if size == 0:
        raise EmptyFile(_("The file is empty. Choose another."))
    return size, digest.hexdigest()


def _parts(upload: Chunked | BinaryIO) -> Iterator[bytes]:
    if hasattr(upload, "chunks"):
        yield from upload.chunks(CHUNK)
        return
    while part := upload.read(CHUNK):
        yield part


def _checked_kind(path: Path, allowed: frozenset[Kind]) -> Kind:
    kind = kind_of(path)
    if kind not in allowed:
        text = _("This is no file of a kind that fits here. These do: %(kinds)s.")
        raise WrongKind(text % {"kinds": ", ".join(sorted(kind.upper() for kind in allowed))})
    return kind


def _flush_folder(folder: Path) -> None:
    """Let the new name survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
