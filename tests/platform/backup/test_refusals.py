import json
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from kamerton.platform.access.models import Company
from kamerton.platform.backup import actions, archive, database, presence
from kamerton.platform.errors import NotAllowed
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup as far as its outside goes; its database is none."""
    copied, lines = tmp_path / database.COPY[database.engine()], tmp_path / "ab12.parquet"
    copied.write_text("no database")
    lines.write_text("lines" * 1000)
    manifest = archive.Manifest(version="", made_at="", engine=database.engine(), migrations=[])
    path = tmp_path / "backup.zip"
    archive.write(path, manifest, {copied.name: copied, "segments/ab12.parquet": lines})
    return path


def with_manifest(backup: Path, **changes: object) -> Path:
    """The same backup telling other things of itself."""
    target = backup.with_name("changed.zip")
    with zipfile.ZipFile(backup) as read, zipfile.ZipFile(target, "w") as written:
        for name in read.namelist():
            content = read.read(name)
            if name == archive.MANIFEST:
                content = json.dumps(json.loads(content) | changes).encode()
            written.writestr(name, content)
    return target


def damaged(backup: Path) -> Path:
    content = backup.read_bytes()
    assert content.count(b"lineslines") > 100
    backup.write_bytes(content.replace(b"lineslines", b"linesLines", 1))
    return backup


def cut(backup: Path) -> Path:
    backup.write_bytes(backup.read_bytes()[:-100])
    return backup


def text(backup: Path) -> Path:
    backup.write_text("no backup")
    return backup


def outside(backup: Path) -> Path:
    part = {"size": 1, "digest": ""}
    return with_manifest(backup, parts={"../../outside.txt": part})


def later(backup: Path) -> Path:
    return with_manifest(backup, format=archive.FORMAT + 1)


def newer(backup: Path) -> Path:
    return with_manifest(backup, migrations=["access.9999_from_the_future"])


def other_engine(backup: Path) -> Path:
    return with_manifest(backup, engine="oracle")


def absent(backup: Path) -> Path:
    return backup.with_name("no-such.zip")


def without_database(backup: Path) -> Path:
    return backup


@pytest.mark.parametrize(
    ("spoil", "refusal"),
    [
        (damaged, archive.Damaged),
        (cut, archive.NotABackup),
        (text, archive.NotABackup),
        (absent, archive.NotABackup),
        (outside, archive.NotABackup),
        (later, archive.NotABackup),
        (newer, actions.NewerBackup),
        (other_engine, actions.OtherEngine),
        (without_database, database.ToolFailed),
    ],
)
def test_a_backup_that_does_not_fit_changes_nothing(backup: Path, spoil, refusal):
    Company.objects.create(name="Acme")
    settings.SEGMENTS.mkdir()
    (settings.SEGMENTS / "own.parquet").write_text("own")
    with pytest.raises(refusal):
        actions.restore_backup(spoil(backup), force=True)
    assert Company.objects.get().name == "Acme"
    assert [path.name for path in settings.SEGMENTS.iterdir()] == ["own.parquet"]
    assert not list(settings.DATA.glob(".*"))  # nothing unpacked is left


@pytest.mark.parametrize("what", ["company", "person", "file"])
def test_what_holds_data_is_not_replaced_without_force(backup: Path, what: str):
    match what:
        case "company":
            Company.objects.create(name="Acme")
        case "person":
            UserFactory()
        case _:
            settings.FILES.mkdir()
            (settings.FILES / "x.csv").write_text("x")
    with pytest.raises(actions.NotEmpty):
        actions.restore_backup(backup)


def test_nothing_is_restored_under_a_running_server(backup: Path):
    with presence.held(), pytest.raises(presence.InUse):
        actions.restore_backup(backup, force=True)


def test_nothing_starts_under_a_restore():
    with presence.held(alone=True), pytest.raises(presence.InUse), presence.held():
        pass


def test_a_backup_is_for_who_may_make_one(tmp_path: Path):
    path = tmp_path / "backup.zip"
    with pytest.raises(NotAllowed):
        actions.make_backup(UserFactory(roles=["owner"]), path)
    assert not path.exists()


def test_a_whole_backup_is_verified(backup: Path):
    assert archive.verify(backup).size == len("no database") + 5000
