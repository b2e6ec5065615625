"""Make a backup of the running installation; put one back."""

import importlib.metadata
import shutil
import tempfile
import uuid
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.platform.access import queries as people
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.backup import archive, database, presence, restoring
from kamerton.platform.backup.archive import Manifest
from kamerton.platform.errors import BusinessError


class AlreadyThere(BusinessError):
    """A file of this name exists."""


class NotEmpty(BusinessError):
    """The installation holds data that a restore would replace."""


class OtherEngine(BusinessError):
    """The backup was made on the other kind of database."""


class NewerBackup(BusinessError):
    """The backup knows tables that this version does not."""


def make_backup(actor: User, path: Path, *, overwrite: bool = False) -> Manifest:
    """Write database and files into one file, read it back, and only then give it its name.

    The database is copied first: each file that its rows name exists by then and never changes.
    Raises NotAllowed, AlreadyThere, NoTool, ToolFailed, Damaged.
    """
    require(actor, "platform.backup")
    if path.exists() and not overwrite:
        raise AlreadyThere(_("%(file)s exists already. Choose another name.") % {"file": path})
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".kamerton-") as scratch:
        copied = Path(scratch) / database.COPY[database.engine()]
        database.copy(copied)
        unfinished = Path(scratch) / "backup.zip"
        archive.write(unfinished, _manifest(), {copied.name: copied} | _kept_files(Path(scratch)))
        manifest = archive.verify(unfinished)
        unfinished.replace(path)
    record(actor, "backup.made", after={"file": path.name, "size": path.stat().st_size})
    return manifest


def _manifest() -> Manifest:
    try:
        version = importlib.metadata.version("kamerton")
    except importlib.metadata.PackageNotFoundError:  # run from a checkout
        version = ""
    applied = MigrationLoader(connection).applied_migrations
    return Manifest(
        version=version,
        made_at=timezone.now().isoformat(timespec="seconds"),
        engine=database.engine(),
        migrations=sorted(f"{app}.{name}" for app, name in applied),
    )


def _kept_files(scratch: Path) -> dict[str, Path]:
    """Name in the archive → file: all that is finished (unfinished names begin with a dot)."""
    found: dict[str, Path] = {}
    for name, folder in restoring.folders():
        for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
            if path.is_file() and not path.name.startswith("."):
                found[f"{name}/{path.relative_to(folder).as_posix()}"] = path
    secret = scratch / restoring.SECRET
    secret.write_text(settings.SECRET_KEY)
    return found | {restoring.SECRET: secret}


def restore_backup(path: Path, *, force: bool = False) -> Manifest:
    """Make the installation what it was when the backup was made; `force` replaces data.

    Everything is unpacked and checked before anything is touched. The caller brings the tables up
    to date afterwards, then calls note_restore.
    Raises NotABackup, OtherEngine, NewerBackup, InUse, NotEmpty, Damaged, NoTool, ToolFailed.
    """
    manifest = archive.manifest_of(path)
    _require_fitting(manifest)
    with presence.held(alone=True):
        if not force:
            _require_empty()
        unpacked = settings.DATA / f".unpacked-{uuid.uuid4().hex}"
        try:
            archive.unpack(path, manifest, unpacked)
            database.check(unpacked / database.COPY[manifest.engine])
            restoring.begin(unpacked)
        finally:
            shutil.rmtree(unpacked, ignore_errors=True)
        restoring.put_in_place()
    return manifest


def note_restore(manifest: Manifest) -> None:
    """Write into the journal of the restored installation that it was restored."""
    record(people.system_user(), "backup.restored", after={"made_at": manifest.made_at})


def _require_fitting(manifest: Manifest) -> None:
    """Refuse a backup that this installation cannot take.

    Raises OtherEngine, NewerBackup.
    """
    if manifest.engine != database.engine():
        raise OtherEngine(
            _("The backup was made on %(theirs)s, this installation runs on %(ours)s.")
            % {"theirs": manifest.engine, "ours": database.engine()}
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if set(manifest.migrations) - known:
        raise NewerBackup(_("The backup was made by a newer Kamerton. Update this one first."))


def _require_empty() -> None:
    """Refuse an installation with people, a company or files in it.

    Raises NotEmpty.
    """
    try:
        used = people.company() is not None or people.colleagues(people.system_user()).exists()
    except DatabaseError:  # no tables yet
        used = False
    if used or any(_holds_files(folder) for _name, folder in restoring.folders()):
        raise NotEmpty(
            _("This installation holds data. Make a backup of it, then repeat with --force.")
        )


def _holds_files(folder: Path) -> bool:
    return folder.is_dir() and any(path.is_file() for path in folder.rglob("*"))
