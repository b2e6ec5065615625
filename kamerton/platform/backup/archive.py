"""The backup file: a ZIP of the database, the files and a manifest with the digest of each."""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from kamerton.platform.errors import BusinessError

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1024 * 1024
PACKED = (".parquet", ".dump", ".xlsx", ".ods", ".pdf", ".png", ".jpg")  # gain nothing by ZIP


class NotABackup(BusinessError):
    """The file is no backup of Kamerton, or of a later format."""


class Damaged(BusinessError):
    """What is in the file is not what was written."""


@dataclass(frozen=True)
class Part:
    """One file of a backup."""

    size: int
    digest: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds and what made it."""

    version: str
    made_at: str
    engine: str
    migrations: list[str]
    parts: dict[str, Part] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def size(self) -> int:
        """Bytes of all parts, unpacked."""
        return sum(part.size for part in self.parts.values())


def write(path: Path, manifest: Manifest, sources: Mapping[str, Path]) -> Manifest:
    """Write the parts (name in the archive → file) and the manifest; return it completed.

    A file that is gone by now is left out: no row of the database copy names it, as files that
    rows name are never deleted.
    """
    with path.open("xb") as file:
        os.fchmod(file.fileno(), 0o600)  # it holds the secret key
        with zipfile.ZipFile(file, "w") as archive:
            for name, source in sources.items():
                if source.exists():
                    manifest.parts[name] = _add(archive, name, source)
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _add(archive: zipfile.ZipFile, name: str, source: Path) -> Part:
    entry = zipfile.ZipInfo.from_file(source, name)
    packed = name.endswith(PACKED)
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    with source.open("rb") as read, archive.open(entry, "w", force_zip64=True) as written:
        return _copy(read, written)


def _copy(read: IO[bytes], written: IO[bytes] | None) -> Part:
    """Copy, or only read, and return size and digest of what went by."""
    size, digest = 0, hashlib.blake2b(digest_size=32)
    while part := read.read(CHUNK):
        size += len(part)
        digest.update(part)
        if written:
            written.write(part)
    return Part(size, digest.hexdigest())


def manifest_of(path: Path) -> Manifest:
    """Read the manifest.

    Raises NotABackup.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            told = json.loads(archive.read(MANIFEST))
        told["parts"] = {_safe(name): Part(**part) for name, part in told["parts"].items()}
        manifest = Manifest(**told)
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError) as error:
        text = _("%(file)s is no backup of Kamerton, or it is cut off.")
        raise NotABackup(text % {"file": path}) from error
    if manifest.format != FORMAT:
        raise NotABackup(_("This backup is of a later format. Update Kamerton first."))
    return manifest


def _safe(name: str) -> str:
    """Refuse a name that leads out of the folder into which it is unpacked."""
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or "\\" in name or not pure.parts:
        raise ValueError(name)
    return name


def verify(path: Path) -> Manifest:
    """Read every part again and compare it with the manifest.

    Raises NotABackup, Damaged.
    """
    manifest = manifest_of(path)
    for _name in _checked_parts(path, manifest, None):
        pass
    return manifest


def unpack(path: Path, manifest: Manifest, folder: Path) -> None:
    """Unpack what the manifest names into `folder`, checking each part.

    Raises Damaged.
    """
    for _name in _checked_parts(path, manifest, folder):
        pass


def _checked_parts(path: Path, manifest: Manifest, folder: Path | None) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        for name, expected in manifest.parts.items():
            try:
                found = _read(archive, name, folder and folder / name)
            except (KeyError, zipfile.BadZipFile, EOFError) as error:
                raise Damaged(_damaged(name)) from error
            if found != expected:
                raise Damaged(_damaged(name))
            yield name


def _read(archive: zipfile.ZipFile, name: str, target: Path | None) -> Part:
    with archive.open(name) as read:
        if target is None:
            return _copy(read, None)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as written:
            part = _copy(read, written)
            written.flush()
            os.fsync(written.fileno())
            return part


def _damaged(name: str) -> str:
    return _("The backup is damaged at “%(name)s”. Nothing was changed; take an older backup.") % {
        "name": name
    }
