"""A file of answers goes into the dossiers as a whole, or not at all, and comes out as a whole.

It is checked in the background and nothing is written; then, on a word, it is read once more and
written in one transaction.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from kamerton.domain.dossier import actions
from kamerton.domain.dossier.models import DossierImport
from kamerton.flows.read_dossiers import Progress, ReadDossiers, RowError, read_dossiers
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.platform.files.kinds import Kind
from kamerton.platform.files.store import Chunked, keep, kept_path
from kamerton.platform.tables import Column, write_xlsx

FOLDER = "dossier-imports"
ALLOWED = frozenset({Kind.XLSX, Kind.XLS, Kind.ODS, Kind.TEXT})
LIMIT = 100 * 1024 * 1024
FIRST_ERRORS = 20
WRITING = gettext_noop("Writing the answers")
ERROR_COLUMNS = (
    Column(gettext_lazy("Row"), "number", 8),
    Column(gettext_lazy("Column"), width=20),
    Column(gettext_lazy("Value"), width=36),
    Column(gettext_lazy("What is wrong and what to do"), width=90),
)
State = DossierImport.State


class ReadsOtherwise(BusinessError):
    """The file says something else than when it was checked."""


@dataclass(frozen=True)
class Outcome:
    """What a check found, as every face tells it."""

    rows: int
    clients: int
    answers: int
    insights: int
    error_count: int
    errors: tuple[dict[str, Any], ...]

    @property
    def may_go_in(self) -> bool:
        """True if nothing stands in the way."""
        return not self.error_count and self.answers > 0


def _silent(stage: str, done: int, total: int | None) -> None:
    """Tell nobody."""


def receive_dossiers(actor: User, upload: Chunked | BinaryIO, *, name: str) -> DossierImport:
    """Keep a file of answers and register it.

    Raises NotAllowed, ToolOff, EmptyFile, TooLarge, WrongKind.
    """
    require(actor, "dossier.edit")
    kept = keep(upload, FOLDER, name=name, allowed=ALLOWED, limit=LIMIT)
    return actions.start_import(actor, kept)


def check_dossiers(
    actor: User, found: DossierImport, *, progress: Progress = _silent
) -> DossierImport:
    """Read a file and note what it would do; nothing is written.

    Raises NotAllowed, NotReady, and what reading refuses.
    """
    try:
        read = read_dossiers(actor, kept_path(found.file), progress=progress)
    except BusinessError as refusal:
        actions.end_import(actor, found, failure=refusal.message)
        raise
    _keep_errors(found, read.errors)
    return actions.record_check(actor, found, report=_report(read))


def import_dossiers(
    actor: User, found: DossierImport, *, progress: Progress = _silent
) -> DossierImport:
    """Bring a checked file in, whole or not at all; what is in already is left as it is.

    Raises NotAllowed, NotReady, ReadsOtherwise.
    """
    found.refresh_from_db()
    if found.state == State.DONE:
        return found
    actions.start_writing(actor, found)
    try:
        read = read_dossiers(actor, kept_path(found.file), progress=progress)
        _require_same(found, read)
        progress(WRITING, 0, len(read.answers))
        actions.write_import(actor, found, answers=read.answers, insights=read.insights)
    except BusinessError as refusal:
        actions.end_import(actor, found, failure=refusal.message)
        raise
    progress(WRITING, len(read.answers), len(read.answers))
    shutil.rmtree(work_folder(found), ignore_errors=True)
    found.refresh_from_db()
    return found


def outcome_of(found: DossierImport) -> Outcome | None:
    """What the check found; None before it."""
    names = ("rows", "clients", "answers", "insights", "error_count")
    if not found.report:
        return None
    return Outcome(
        **{name: found.report[name] for name in names}, errors=tuple(found.report["errors"])
    )


def work_folder(found: DossierImport) -> Path:
    """Where the errors of a file wait."""
    return Path(settings.DATA) / "work" / f"dossiers-{found.pk}"


def has_errors_sheet(found: DossierImport) -> bool:
    """Tell whether there are errors to download."""
    return (work_folder(found) / "errors.json").exists()


def write_errors_sheet(found: DossierImport, out: BinaryIO) -> None:
    """Write the errors as XLSX, one row a cell."""
    write_xlsx(out, ERROR_COLUMNS, _errors(found), title=str(_("Errors")))


def settle_cancelled(actor: User, found: DossierImport) -> None:
    """Write down that a person stopped the work, unless it has come to its end."""
    found.refresh_from_db()
    if found.state in (State.CHECKING, State.IMPORTING):
        actions.end_import(actor, found)


def _report(read: ReadDossiers) -> dict[str, Any]:
    clients = {one.client_id for one in read.answers}
    return {
        "rows": read.rows,
        "clients": len(clients),
        "answers": len(read.answers),
        "insights": len(read.insights),
        "error_count": read.error_count,
        "errors": [asdict(error) for error in read.errors[:FIRST_ERRORS]],
    }


def _require_same(found: DossierImport, read: ReadDossiers) -> None:
    """Refuse if clients or people changed so that the file says something else now.

    Raises ReadsOtherwise.
    """
    if read.error_count or len(read.answers) != found.report.get("answers"):
        raise ReadsOtherwise(_("The file reads otherwise than when it was checked. Send it again."))


def _keep_errors(found: DossierImport, errors: list[RowError]) -> None:
    folder = work_folder(found)
    shutil.rmtree(folder, ignore_errors=True)
    if errors:
        folder.mkdir(parents=True)
        rows = [asdict(error) for error in errors]
        (folder / "errors.json").write_text(json.dumps(rows, ensure_ascii=False))


def _errors(found: DossierImport) -> Iterator[tuple[Any, ...]]:
    for row in json.loads((work_folder(found) / "errors.json").read_text()):
        yield row["row"], row["column"], row["value"], row["sentence"]
