"""A dossier leaves as a ZIP: a workbook at its root, and folders of files named by the groups."""

import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import Client
from kamerton.domain.dossier import actions, queries
from kamerton.domain.dossier.models import OWN, AnswerFile, DossierAnswer
from kamerton.domain.dossier.models.values import shown_choice, written_value
from kamerton.domain.dossier.queries import DossierRow, DossierSheet
from kamerton.domain.methodology.content.dossier import DossierGroup, DossierQuestion
from kamerton.flows import dossier_columns as table
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.files.store import kept_path, safe_name

Cells = Mapping[str, object]
Columns = Mapping[str, tuple[str | Promise, int]]


def export_dossier(actor: User, client: Client, out: IO[bytes]) -> str:
    """Write the dossier of `client` to `out`; return the name of the archive.

    What leaves the house is noted in the journal. Raises NotAllowed.
    """
    require(actor, "dossier.view")
    sheet = queries.dossier_sheet(actor, client)
    placed = list(_placed(sheet, queries.files(actor, client)))
    name = safe_name(_("Dossier %(client)s") % {"client": client.name})
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "dossier.xlsx"
        write_workbook(book, actor, sheet, placed)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(book, f"{name}.xlsx")
            for file, place in placed:
                if (kept := _kept(file)) is not None:
                    archive.write(kept, place)
    actions.note_export(actor, client, files=len(placed))
    return f"{name}.zip"


def write_workbook(
    path: Path, viewer: User, sheet: DossierSheet, placed: Sequence[tuple[AnswerFile, str]]
) -> None:
    """Write the sheets: all questions with their answers, insights, the history, the files."""
    client = _of_client(sheet.client)
    plain = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, plain) as book:
        _sheet(book, table.SHEET, table.COLUMNS, _rows(sheet, client))
        _sheet(book, table.INSIGHTS, table.INSIGHT_COLUMNS, _insights(viewer, sheet, client))
        _sheet(book, table.HISTORY, table.COLUMNS, _history(viewer, sheet, client))
        _sheet(book, table.FILES, table.FILE_COLUMNS, _files(placed))


def _sheet(
    book: xlsxwriter.Workbook, title: str | Promise, columns: Columns, rows: Iterable[Cells]
) -> None:
    page: Any = book.add_worksheet(str(title))
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top"})
    for at, (words, width) in enumerate(columns.values()):
        page.set_column(at, at, width, text)
        page.write_string(0, at, str(words), head)
    page.freeze_panes(1, 0)
    for line, cells in enumerate(rows, start=1):
        for at, name in enumerate(columns):
            value = cells.get(name)
            if hasattr(value, "isoformat"):
                page.write_datetime(line, at, value, day)
            elif value:
                page.write_string(line, at, str(value).replace("\x00", "")[:32_767], text)


def _rows(sheet: DossierSheet, client: dict[str, object]) -> Iterator[Cells]:
    """All that is asked, unanswered questions too: the sheet is a form to fill in."""
    for row in sheet.rows:
        yield client | _asked(row.group, row.question) | _answered(row.question, row.answer)


def _history(viewer: User, sheet: DossierSheet, client: dict[str, object]) -> Iterator[Cells]:
    for row in sheet.rows:
        if row.versions:
            for answer in queries.history(viewer, sheet.client, row.code):
                yield client | _asked(row.group, row.question) | _answered(row.question, answer)


def _insights(viewer: User, sheet: DossierSheet, client: dict[str, object]) -> Iterator[Cells]:
    named = {row.code: _named(row) for row in sheet.rows}
    for note in queries.insights(viewer, sheet.client):
        codes = [answer.question for answer in note.based_on.all()]
        yield client | {
            "text": note.text,
            "based_on": "; ".join(named[code] for code in codes if code in named),
            "author": note.author.full_name,
            "written": timezone.localdate(note.created_at),
        }


def _named(row: DossierRow) -> str:
    """How a question is named: its number, the client's own one by its words."""
    return str(row.question.title) if row.code.startswith(OWN) else row.code


def _files(placed: Sequence[tuple[AnswerFile, str]]) -> Iterator[Cells]:
    for file, place in placed:
        yield {
            "group": place.rpartition("/")[0],
            "code": file.question,
            "name": file.name,
            "path": place,
            "author": file.author.full_name,
            "written": timezone.localdate(file.created_at),
        }


def _of_client(client: Client) -> dict[str, object]:
    code = client.codes.order_by("pk").values_list("code", flat=True).first()
    return {"client_code": code or "", "client": client.name, "inn": client.inn}


def _asked(group: DossierGroup, question: DossierQuestion) -> dict[str, object]:
    code = "" if question.code.startswith(OWN) else question.code
    return {"group": str(group.title), "code": code, "question": str(question.title)}


def _answered(question: DossierQuestion, answer: DossierAnswer | None) -> dict[str, object]:
    if answer is None:
        return {}
    words = {
        "source": answer.get_source_display(),
        "contact": str(answer.source_contact or ""),
        "note": answer.source_note,
        "on": answer.source_on,
        "author": answer.author.full_name,
        "written": timezone.localdate(answer.created_at),
    }
    if not answer.is_applicable:
        return words | {"reason": answer.text}
    return words | {"answer": in_words(question, answer.data, answer.text)}


def in_words(question: DossierQuestion, data: Any, text: str) -> str:
    """A value as the import reads it back, choices in the reader's language."""
    match question.kind, data:
        case "choice", str():
            return str(shown_choice(question, data))
        case "multi", list():
            return "; ".join(str(shown_choice(question, one)) for one in data)
        case _, None:
            return text
        case _:
            return written_value(question, data)


def _placed(sheet: DossierSheet, files: Iterable[AnswerFile]) -> Iterator[tuple[AnswerFile, str]]:
    """Each file with its place: the folder of its group, a name that is there but once."""
    titles = {part.group.code: str(part.group.title) for part in sheet.parts}
    taken: set[str] = set()
    for file in files:
        folder = safe_name(titles.get(file.group, file.group).replace("/", "-"))
        place = _free(folder, file.name, taken)
        taken.add(place.casefold())
        yield file, place


def _free(folder: str, name: str, taken: set[str]) -> str:
    """A place in the archive that nothing else has."""
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, f"{dot}{ending}") if stem else (name, "")
    place, again = f"{folder}/{stem}{ending}", 1
    while place.casefold() in taken:
        again += 1
        place = f"{folder}/{stem} ({again}){ending}"
    return place


def _kept(file: AnswerFile) -> Path | None:
    try:
        return kept_path(file.path)
    except FileNotFoundError:  # the workbook still names it
        return None
