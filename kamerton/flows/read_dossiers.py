"""A table of answers about many clients is read and checked row by row; nothing is written."""

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kamerton.calc.text import folded
from kamerton.domain.accounts.models import ContactPerson
from kamerton.domain.dossier import queries
from kamerton.domain.dossier.actions import ImportedAnswer, ImportedInsight
from kamerton.domain.dossier.models import Source
from kamerton.domain.dossier.models.values import Value, ValueInvalid, read_day, read_value
from kamerton.domain.dossier.queries import FoundClients
from kamerton.domain.ledger.reader.delimited import guess_delimiter
from kamerton.domain.ledger.reader.encodings import guess_encoding
from kamerton.domain.ledger.reader.sheets import Cell, cell_text, open_sheet
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.methodology.content.dossier import DossierGroup, DossierQuestion, asked
from kamerton.flows import dossier_columns as table
from kamerton.platform.access.models import User
from kamerton.platform.errors import BusinessError
from kamerton.platform.files.kinds import Kind, kind_of

READING = gettext_noop("Reading the file")
CHECKING = gettext_noop("Checking the answers")
MOST_ERRORS = 5_000
MOST_ROWS = 500_000
Progress = Callable[[str, int, int | None], None]  # stage, rows done, rows in all
Row = tuple[int, dict[str, str]]


class NoSuchColumns(BusinessError):
    """The table lacks a column without which it says nothing."""


@dataclass(frozen=True)
class RowError:
    """What is wrong in one cell, and what to do."""

    row: int
    column: str
    value: str
    sentence: str


@dataclass
class ReadDossiers:
    """What a file holds: answers that may go in, and what is wrong."""

    rows: int = 0
    answers: list[ImportedAnswer] = field(default_factory=list)
    insights: list[ImportedInsight] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    error_count: int = 0

    def wrong(self, row: int, column: str, value: str, sentence: str) -> None:
        """Note an error; beyond MOST_ERRORS they are only counted."""
        self.error_count += 1
        if len(self.errors) < MOST_ERRORS:
            title = str(table.COLUMNS[column][0]) if column in table.COLUMNS else column
            self.errors.append(RowError(row, title, value[:200], sentence))


def read_dossiers(
    actor: User, path: Path, *, progress: Progress = lambda stage, done, total: None
) -> ReadDossiers:
    """Read and check a file for the clients in the actor's hands.

    Raises LedgerFileInvalid, NoSuchColumns.
    """
    progress(READING, 0, None)
    rows = _table(path, table.SHEET, table.COLUMNS, _needed)
    notes = _table(path, table.INSIGHTS, table.INSIGHT_COLUMNS, None)
    check = _Check(actor, rows, notes)
    for at, (number, cells) in enumerate(rows, start=1):
        check.row(number, cells)
        if at % 500 == 0 or at == len(rows):
            progress(CHECKING, at, len(rows))
    for number, cells in notes:
        check.insight(number, cells)
    check.found.rows = len(rows)
    return check.found


class _Check:
    """Rows being checked, with all that they name looked up once."""

    def __init__(self, actor: User, rows: list[Row], notes: list[Row]) -> None:
        self.found = ReadDossiers()
        self.today = timezone.localdate()
        self.sources = table.source_codes()
        self.method = methodology.current()
        self.clients = _named(actor, [*rows, *notes])
        self.people = _people(self.clients, rows)
        self.questions = _Questions(self.method)
        self.seen: dict[tuple[int, str], int] = {}

    def row(self, number: int, cells: dict[str, str]) -> None:
        """Check one row; an unanswered question says nothing and is no error."""
        if not (cells.get("answer") or cells.get("reason")):
            return
        client = self._client(number, cells)
        place = self._question(number, cells)
        if client is None or place is None:
            return
        group, question, own = place
        key = (client, own or question.code)
        if first := self.seen.get(key):
            words = _("The same question of this client stands in row %(row)d already.")
            self.found.wrong(number, "question", cells.get("question", ""), words % {"row": first})
            return
        self.seen[key] = number
        self._answer(number, cells, client, (group, question, own))

    def insight(self, number: int, cells: dict[str, str]) -> None:
        """Take an insight; one without text says nothing."""
        if not cells.get("text") or (client := self._client(number, cells)) is None:
            return
        basis = tuple(part.strip() for part in cells.get("based_on", "").split(";") if part.strip())
        self.found.insights.append(ImportedInsight(client, cells["text"].strip()[:4_000], basis))

    def _answer(
        self,
        number: int,
        cells: dict[str, str],
        client: int,
        place: tuple[DossierGroup, DossierQuestion, str],
    ) -> None:
        group, question, own = place
        value = self._value(number, cells, question)
        source = self._source(number, cells)
        day = self._day(number, cells)
        contact = self._contact(number, cells, client)
        if value is None or not source or day is None or contact is False:
            return
        self.found.answers.append(
            ImportedAnswer(
                client_id=client,
                group=group.code,
                code="" if own else question.code,
                own=own,
                data=value.data,
                text=value.text,
                is_applicable=bool(cells.get("answer")),
                source=source,
                source_contact_id=contact or None,
                source_note=" ".join(cells.get("note", "").split())[:300],
                source_on=day,
                ttl_months=question.ttl_months,
                weight=question.weight,
            )
        )

    def _client(self, number: int, cells: dict[str, str]) -> int | None:
        named = [cells[name] for name in CLIENT if cells.get(name)]
        for text in named:
            if (found := self.clients.get(text)) is not None:
                return found
        shown = named[0] if named else ""
        words = _("No client in your hands is called so, or more than one is. Write its code.")
        if not named:
            words = _("Name the client: by its code, its INN or its name.")
        self.found.wrong(number, "client", shown, words)
        return None

    def _question(
        self, number: int, cells: dict[str, str]
    ) -> tuple[DossierGroup, DossierQuestion, str] | None:
        found = self.questions.find(cells)
        if found is None:
            shown = cells.get("code") or cells.get("question", "")
            words = _("The method has no such question. For the client's own one name its group.")
            self.found.wrong(number, "question", shown, words)
        return found

    def _value(self, number: int, cells: dict[str, str], question: DossierQuestion) -> Value | None:
        if not cells.get("answer"):
            return Value(None, cells["reason"].strip())
        try:
            return read_value(question, cells["answer"])
        except ValueInvalid as refusal:
            self.found.wrong(number, "answer", cells["answer"], refusal.message)
            return None

    def _source(self, number: int, cells: dict[str, str]) -> str:
        given = cells.get("source", "")
        source = self.sources.get(folded(given), "")
        if not given and not cells.get("answer"):
            return "observed"  # that a question does not apply is our own judgement
        if not source:
            words = _("Say where the answer is known from: %(sources)s.")
            known = ", ".join(str(label) for label in Source.labels)
            self.found.wrong(number, "source", given, words % {"sources": known})
        return source

    def _day(self, number: int, cells: dict[str, str]) -> dt.date | None:
        given = cells.get("on", "")
        if not given and not cells.get("answer"):
            return self.today
        try:
            day = read_day(given)
        except ValueInvalid as refusal:
            words = refusal.message if given else _("Write the day on which it was true.")
            self.found.wrong(number, "on", given, words)
            return None
        if not dt.date(1990, 1, 1) <= day <= self.today:
            words = _("The day must lie between 1990 and today.")
            self.found.wrong(number, "on", given, words)
            return None
        return day

    def _contact(self, number: int, cells: dict[str, str], client: int) -> int | bool:
        """The id of who said it, 0 for nobody; False if he is not known there."""
        name = cells.get("contact", "")
        found = self.people.get((client, folded(name))) if name else 0
        if found is None:
            words = _(
                "Not among the people of the client. Add him there, or move the name to "
                "“Document, place”."
            )
            self.found.wrong(number, "contact", name, words)
            return False
        return found


class _Questions:
    """Questions of the method by number and by words; the client's own by their group."""

    def __init__(self, method: Methodology) -> None:
        self.by_code: dict[str, tuple[DossierGroup, DossierQuestion]] = {}
        self.by_words: dict[str, tuple[DossierGroup, DossierQuestion]] = {}
        self.groups: dict[str, DossierGroup] = {}
        for group in method.dossier_groups:
            for words in (group.title.ru, group.title.en, group.code):
                self.groups[folded(words)] = group
            for question in group.questions:
                self.by_code[question.code] = (group, question)
                for words in (question.title.ru, question.title.en):
                    self.by_words.setdefault(folded(words), (group, question))

    def find(self, cells: dict[str, str]) -> tuple[DossierGroup, DossierQuestion, str] | None:
        """The question of a row with its group; of an own one its words, to be found or made."""
        code, words = cells.get("code", ""), " ".join(cells.get("question", "").split())[:300]
        found = self.by_code.get(code) if code else self.by_words.get(folded(words))
        if found:
            return (*found, "")
        group = self.groups.get(folded(cells.get("group", "")))
        if code or not words or group is None:
            return None
        return group, asked("", words, words), words


CLIENT = ("client_code", "inn", "client")


def _needed(names: set[str]) -> None:
    """Refuse a table without client, question or answer.

    Raises NoSuchColumns.
    """
    if not names & set(CLIENT) or not names & {"code", "question"} or "answer" not in names:
        raise NoSuchColumns(
            _("The table needs columns: Client, No. or Question, Answer, Source, True on.")
        )


def _table(
    path: Path, sheet: Any, columns: Any, needed: Callable[[set[str]], None] | None
) -> list[Row]:
    """The rows of a table by the names of its columns; of a missing further sheet none."""
    rows = _cells(path, sheet, alone=needed is not None)
    head = next(rows, [])
    name_of = table.titles_of(columns)
    places = {at: name for at, title in enumerate(head) if (name := name_of(title)) is not None}
    if needed:
        needed(set(places.values()))
    found = []
    for number, row in enumerate(rows, start=2):
        cells = {name: row[at].strip() for at, name in places.items() if at < len(row)}
        if any(cells.values()):
            found.append((number, cells))
        if number > MOST_ROWS:
            raise NoSuchColumns(
                _("The file has more than %(n)d rows. Split it by clients.") % {"n": MOST_ROWS}
            )
    return found


def _cells(path: Path, sheet: Any, *, alone: bool) -> Iterator[list[str]]:
    """The cells of a sheet as text; of CSV all of them, of a book the sheet so called."""
    if kind_of(path) == Kind.TEXT:
        return _csv(path) if alone else iter(())
    names = open_sheet(path, None).names
    called = next((name for name in table.sheet_names(sheet) if name in names), None)
    if called is None and not alone:
        return iter(())
    opened = open_sheet(path, called)
    return ([_text(cell) for cell in row] for row in opened.rows())


def _csv(path: Path) -> Iterator[list[str]]:
    encoding = guess_encoding(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(64_000).lstrip("\ufeff")
        file.seek(0)
        lines = csv.reader(file, delimiter=guess_delimiter(sample))
        for at, row in enumerate(lines):
            yield [cell.lstrip("\ufeff") if at == 0 else _unquoted(cell) for cell in row]


def _unquoted(cell: str) -> str:
    """Take off the apostrophe that keeps our own CSV from being run as a formula."""
    return cell[1:] if cell.startswith(("'=", "'+", "'-", "'@")) else cell


def _text(cell: Cell) -> str:
    return "" if cell is None else cell_text(cell)


def _named(actor: User, rows: Iterable[Row]) -> FoundClients:
    named = {cells[name] for _row, cells in rows for name in CLIENT if cells.get(name)}
    return queries.named_clients(actor, named)


def _people(clients: FoundClients, rows: Iterable[Row]) -> dict[tuple[int, str], int]:
    """Who is said to have said it, by client and folded name."""
    wanted = {folded(cells["contact"]) for _row, cells in rows if cells.get("contact")}
    mine = {*clients.by_code.values(), *clients.by_inn.values(), *clients.by_name.values()}
    found: dict[tuple[int, str], int] = {}
    names = sorted(wanted)
    for start in range(0, len(names), 400):
        known = ContactPerson.objects.filter(name_folded__in=names[start : start + 400])
        for pk, client, name in known.values_list("pk", "client", "name_folded"):
            if client in mine:
                found[(client, name)] = pk
    return found
