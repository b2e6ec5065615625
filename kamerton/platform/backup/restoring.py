"""The last part of a restore: what is unpacked and checked gets into its place, come what may."""

import shutil
from pathlib import Path

from django.conf import settings

from kamerton.platform.backup import database, presence
from kamerton.platform.errors import BusinessError

SECRET = "secret-key"  # noqa: S105 — its name


def folders() -> list[tuple[str, Path]]:
    """The folders of files: name in the archive, place."""
    return [("segments", settings.SEGMENTS), ("files", settings.FILES)]


def place() -> Path:
    """Where an unpacked and checked backup waits to get into its place."""
    data: Path = settings.DATA
    return data / ".restoring"


def begin(unpacked: Path) -> None:
    """Promise that what is in `unpacked` will get into its place, even if the power fails."""
    for name, _folder in folders():
        (unpacked / name).mkdir(exist_ok=True)  # what the backup lacks is emptied
    unpacked.rename(place())


def finish_interrupted_restore() -> None:
    """Complete a restore whose process was killed half-way; nothing to do otherwise.

    Raises InUse.
    """
    if place().is_dir():
        with presence.held(alone=True):
            put_in_place()


def put_in_place() -> None:
    """Move what is unpacked to its place; may be repeated at any point until it is done."""
    restoring = place()
    copied = restoring / database.COPY[database.engine()]
    if copied.exists():
        try:
            database.put_back(copied)
        except BusinessError:  # nothing has been changed yet, so nothing is to be finished
            shutil.rmtree(restoring)
            raise
        copied.unlink(missing_ok=True)
    for name, folder in folders():
        if (restoring / name).exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.parent.mkdir(parents=True, exist_ok=True)
            (restoring / name).replace(folder)
    if (restoring / SECRET).exists():
        (restoring / SECRET).chmod(0o600)
        (restoring / SECRET).replace(settings.DATA / SECRET)
    shutil.rmtree(restoring)
