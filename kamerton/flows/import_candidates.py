"""A file of people comes into a vacancy: kept, checked with nothing written, then brought in.

What the check shows of people lies in a work folder, not in the database, and is deleted with the
file: whom nobody brought in is not kept.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.actions.intake import LEFT_ALONE
from kamerton.domain.hiring.models import Application, CandidateImport, Source, Vacancy
from kamerton.domain.hiring.queries.imported import ReadRows, read_people
from kamerton.flows.candidate_table import (
    Columns,
    Rows,
    check_columns,
    guess_columns,
    numbered,
    read_table,
    whole_places,
)
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.platform.files.kinds import Kind
from kamerton.platform.files.store import Chunked, keep, kept_path
from kamerton.platform.tables import Column, write_xlsx

FOLDER: Final = "candidate-imports"
ALLOWED: Final = frozenset({Kind.XLSX, Kind.XLS, Kind.ODS, Kind.TEXT})
LIMIT: Final = 30 * 1024 * 1024
SHOWN: Final = 12  # people and lines shown on the page
READING = gettext_noop("Reading the file")
COMPARING = gettext_noop("Looking for people known already")
WRITING = gettext_noop("Writing the candidates")
ERROR_COLUMNS: Final = (
    Column(gettext_lazy("Row"), "number", 8),
    Column(gettext_lazy("What stands there"), width=70),
    Column(gettext_lazy("What is wrong and what to do"), width=70),
)
State = CandidateImport.State
Progress = Callable[[str, int, int | None], None]  # stage, done, in all


@dataclass(frozen=True)
class Shown:
    """A person of the file as the check shows him; `known`: the candidate's id, 0 a row above."""

    name: str
    employer: str
    position: str
    contact: str
    known: int | None


@dataclass(frozen=True)
class Outcome:
    """What a check found: people of the file, new, known, in the vacancy already, unreadable."""

    rows: int
    new: int
    known: int
    repeated: int
    already: int
    bad: int
    columns: Columns
    titles: tuple[str, ...]
    people: tuple[Shown, ...] = ()
    errors: tuple[tuple[int, str, str], ...] = ()

    @property
    def may_go_in(self) -> bool:
        """True if somebody could be read."""
        return self.rows > 0


def _silent(stage: str, done: int, total: int | None) -> None:
    """Tell nobody."""


def receive_candidates(
    actor: User,
    vacancy: Vacancy,
    upload: Chunked | BinaryIO,
    *,
    name: str,
    source: Source | None = None,
) -> CandidateImport:
    """Keep a file of people and register it; files left alone are deleted by the way.

    Raises NotAllowed, VacancyOver, EmptyFile, TooLarge, WrongKind.
    """
    require(actor, "hiring.recruit")
    actions.forget_left_imports(actor)
    _clear_old_folders()
    kept = keep(upload, FOLDER, name=name, allowed=ALLOWED, limit=LIMIT)
    return actions.start_import(actor, vacancy, kept, source=source)


def check_candidates(
    actor: User, found: CandidateImport, *, progress: Progress = _silent
) -> CandidateImport:
    """Read a file and note what it would do; nobody comes into the base.

    Raises NotAllowed, WrongState, and what reading refuses.
    """
    try:
        progress(READING, 0, None)
        rows = read_table(kept_path(found.file))
        columns = Columns.from_json(found.columns) if found.columns else guess_columns(rows)
        read = _people(rows, columns)
    except BusinessError as refusal:
        actions.end_import(actor, found, failure=refusal.message)
        raise
    progress(COMPARING, 0, len(read.rows))
    known = actions.known_among(actor, read.rows)
    _keep_seen(found, rows, read, known)
    report = _report(found, rows, columns, read, known)
    progress(COMPARING, len(read.rows), len(read.rows))
    return actions.record_check(actor, found, columns=columns.as_json(), report=report)


def choose_columns(
    actor: User, found: CandidateImport, *, places: Mapping[str, int], head: int
) -> CandidateImport:
    """Say which column is what; the file is to be checked anew.

    Raises NotAllowed, WrongState, BusinessError.
    """
    columns = Columns(head, dict(places))
    check_columns(columns)
    return actions.choose_columns(actor, found, columns=columns.as_json())


def import_candidates(
    actor: User, found: CandidateImport, *, progress: Progress = _silent
) -> CandidateImport:
    """Bring the people of a checked file into the vacancy, all of them or nobody.

    Raises NotAllowed, WrongState, VacancyOver, TooManyRows.
    """
    found.refresh_from_db()
    if found.state == State.DONE:
        return found
    found = actions.begin_import(actor, found)
    try:
        progress(READING, 0, None)
        read = _people(read_table(kept_path(found.file)), Columns.from_json(found.columns))
        progress(WRITING, 0, len(read.rows))
        actions.bring_in(actor, found, rows=read.rows)
    except BusinessError as refusal:
        actions.end_import(actor, found, failure=refusal.message)
        raise
    progress(WRITING, len(read.rows), len(read.rows))
    (work_folder(found) / "people.json").unlink(missing_ok=True)
    found.refresh_from_db()
    return found


def give_up(actor: User, found: CandidateImport) -> CandidateImport:
    """Close a file of which nobody is to go in; what was read of it is deleted.

    Raises NotAllowed, WrongState.
    """
    ended = actions.end_import(actor, found)
    shutil.rmtree(work_folder(found), ignore_errors=True)
    return ended


def outcome_of(found: CandidateImport) -> Outcome | None:
    """What the check found; None before it."""
    if not found.report:
        return None
    counts = {name: found.report[name] for name in COUNTS}
    people = tuple(Shown(**one) for one in _read(found, "people.json"))
    errors = tuple((row, cells, why) for row, cells, why in _read(found, "errors.json")[:SHOWN])
    titles = tuple(found.report["titles"])
    columns = Columns.from_json(found.columns)
    return Outcome(**counts, columns=columns, titles=titles, people=people, errors=errors)


def work_folder(found: CandidateImport) -> Path:
    """Where what was seen of a file waits."""
    return Path(settings.DATA) / "work" / f"candidates-{found.pk}"


def has_errors_sheet(found: CandidateImport) -> bool:
    """Tell whether there are unreadable lines to download."""
    return bool(_read(found, "errors.json"))


def write_errors_sheet(found: CandidateImport, out: BinaryIO) -> None:
    """Write the unreadable lines as XLSX, one row a line."""
    write_xlsx(out, ERROR_COLUMNS, _errors(found), title=str(_("Errors")))


def settle_cancelled(actor: User, found: CandidateImport) -> None:
    """Write down that a person stopped the work, unless it has come to its end."""
    found.refresh_from_db()
    if found.state in CandidateImport.AT_WORK:
        give_up(actor, found)


COUNTS: Final = ("rows", "new", "known", "repeated", "already", "bad")


def _people(rows: Rows, columns: Columns) -> ReadRows:
    if not columns.is_enough:
        return ReadRows()
    return read_people(numbered(rows, columns), whole_places(columns))


def _report(
    found: CandidateImport,
    rows: Rows,
    columns: Columns,
    read: ReadRows,
    known: list[int | None],
) -> dict[str, Any]:
    there = {pk for pk in known if pk}
    mine = Application.objects.filter(vacancy=found.vacancy_id).values_list("candidate", flat=True)
    width = max((len(row) for row in rows), default=0)
    heads = rows[columns.head - 1] if columns.head else []
    return {
        "rows": len(read.rows),
        "new": sum(one is None for one in known),
        "known": len(there),
        "repeated": sum(one == 0 for one in known),
        "already": len(there & set(mine)) if there else 0,
        "bad": len(read.bad),
        "titles": [*heads, *[""] * (width - len(heads))],
    }


def _keep_seen(found: CandidateImport, rows: Rows, read: ReadRows, known: list[int | None]) -> None:
    """Keep some people and all unreadable lines for the page, beside the file."""
    folder = work_folder(found)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    people = [
        asdict(
            Shown(
                row.person.full_name,
                row.person.employer,
                row.person.position,
                row.person.phone or row.person.email,
                there,
            )
        )
        for row, there in zip(read.rows[:SHOWN], known, strict=False)
    ]
    errors = [
        (bad.number, " | ".join(cell for cell in rows[bad.number - 1] if cell)[:300], bad.why)
        for bad in read.bad
    ]
    (folder / "people.json").write_text(json.dumps(people, ensure_ascii=False))
    (folder / "errors.json").write_text(json.dumps(errors, ensure_ascii=False))


def _read(found: CandidateImport, name: str) -> list[Any]:
    path = work_folder(found) / name
    kept: list[Any] = json.loads(path.read_text()) if path.exists() else []
    return kept


def _errors(found: CandidateImport) -> Iterator[tuple[Any, ...]]:
    yield from map(tuple, _read(found, "errors.json"))


def _clear_old_folders() -> None:
    """Delete what was seen of files that nobody needs any more: it names people."""
    before = (timezone.now() - LEFT_ALONE).timestamp()
    for folder in (Path(settings.DATA) / "work").glob("candidates-*"):
        if folder.stat().st_mtime < before:
            shutil.rmtree(folder, ignore_errors=True)
