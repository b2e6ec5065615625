import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.installation import ON_POSTGRES, Installation

DUMP = "database.dump" if ON_POSTGRES else "database.sqlite3"
PROCESS = ("-m", "tests.platform.jobs.process")


@pytest.fixture
def make(tmp_path: Path) -> Iterator:
    made: list[Installation] = []

    def one(name: str) -> Installation:
        made.append(Installation(tmp_path / name).with_tables())
        return made[-1]

    yield one
    for installation in made:
        installation.drop()


def found_company(installation: Installation, name: str) -> None:
    done = installation.kamerton(
        *("user", "create", f"{name}@example.com", "--name", name, "--company", name),
        "--password-stdin",
        input="correct-horse-7\n",
    )
    assert done.returncode == 0, done.stderr
    for path, text in {"segments/ab12.parquet": name, "files/imports/cd34.csv": name * 9}.items():
        (installation.data / path).parent.mkdir(parents=True, exist_ok=True)
        (installation.data / path).write_text(text)


def state_of(installation: Installation) -> tuple[list[tuple[object, ...]], dict[str, str]]:
    """The people, and the files that are no part of the machinery."""
    people = installation.rows("SELECT email, password FROM access_user ORDER BY email")
    files = {
        path.relative_to(installation.data).as_posix(): path.read_text()
        for folder in ("segments", "files")
        for path in (installation.data / folder).rglob("*")
        if path.is_file()
    }
    return people, files | {"secret": (installation.data / "secret-key").read_text()}


def test_a_backup_made_while_work_goes_on_is_restored_elsewhere(make, tmp_path: Path):
    ours, backup = make("ours"), tmp_path / "backup.zip"
    found_company(ours, "ann")
    (ours.data / "segments" / ".tmp-unfinished").write_text("half")
    (tmp_path / "marks").mkdir()
    assert ours.python(*PROCESS, "put", tmp_path / "marks", 300, -1).returncode == 0
    worker = ours.start(*PROCESS, "work", 30)
    try:
        until = time.monotonic() + 60
        while not list((tmp_path / "marks").iterdir()):
            assert time.monotonic() < until, "the worker does not work"
            time.sleep(0.05)
        made = ours.kamerton("backup", backup, "--json")
    finally:
        worker.terminate()
        worker.communicate(timeout=30)
    assert made.returncode == 0, made.stderr
    assert "secret key" in made.stderr
    assert json.loads(made.stdout)["parts"] == 4
    assert backup.stat().st_mode & 0o077 == 0  # nobody else reads it
    with zipfile.ZipFile(backup) as archive:
        names = set(archive.namelist())
    kept = {"segments/ab12.parquet", "files/imports/cd34.csv", "secret-key"}
    assert names == kept | {"manifest.json", DUMP}

    theirs = make("theirs")
    restored = theirs.kamerton("restore", backup)
    assert restored.returncode == 0, restored.stderr
    (ours.data / "segments" / ".tmp-unfinished").unlink()
    assert state_of(theirs) == state_of(ours)
    jobs = theirs.rows("SELECT count(*) FROM jobs_job WHERE task LIKE 'tests.%'")
    assert jobs == [(300,)]  # one moment of the queue, whole

    again = ours.kamerton("backup", backup)
    assert again.returncode == 1
    assert "exists already" in again.stderr


def test_data_are_replaced_only_by_force_and_wholly_even_if_the_restore_is_killed(
    make, tmp_path: Path
):
    ours, theirs, backup = make("ours"), make("theirs"), tmp_path / "backup.zip"
    found_company(ours, "ann")
    found_company(theirs, "bob")
    assert ours.kamerton("backup", backup).returncode == 0
    wanted, before = state_of(ours), state_of(theirs)
    refused = theirs.kamerton("restore", backup, "--json")
    assert refused.returncode == 1
    assert json.loads(refused.stderr)["error"]["kind"] == "NotEmpty"
    assert state_of(theirs) == before

    (theirs.data / "files" / "bobs-own.csv").write_text("bob")
    forced = theirs.kamerton("restore", backup, "--force")
    assert forced.returncode == 0, forced.stderr
    assert state_of(theirs) == wanted

    (theirs.data / "files" / "bobs-own.csv").write_text("bob")
    (theirs.data / "segments" / "ab12.parquet").unlink()
    with zipfile.ZipFile(backup) as archive:  # as a killed restore leaves it: nothing moved yet
        archive.extractall(theirs.data / ".restoring")
    assert theirs.kamerton("user", "list").returncode == 0  # the next command completes it
    assert state_of(theirs) == wanted
    assert not (theirs.data / ".restoring").exists()
