"""A table of people as job sites and agencies give it: rows of text, columns guessed."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kamerton.calc.text import folded
from kamerton.domain.hiring.actions.importing import MOST
from kamerton.domain.hiring.queries.imported import column_places
from kamerton.domain.ledger.reader.delimited import guess_delimiter
from kamerton.domain.ledger.reader.encodings import guess_encoding
from kamerton.domain.ledger.reader.sheets import cell_text, open_sheet
from kamerton.platform.errors import BusinessError
from kamerton.platform.files.kinds import Kind, kind_of

FIELDS: Final = {
    "full_name": gettext_lazy("Name"),
    "surname": gettext_lazy("Surname"),
    "patronymic": gettext_lazy("Patronymic"),
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail"),
    "employer": gettext_lazy("Last employer"),
    "position": gettext_lazy("Position"),
    "region": gettext_lazy("City, region"),
    "niche": gettext_lazy("Industry, niche"),
    "link": gettext_lazy("Link to the CV"),
    "pay_wanted": gettext_lazy("Income wanted"),
}
PARTS: Final = {"surname": ("фамилия", "surname", "last name"), "patronymic": ("отчество",)}
WAYS_TO_KNOW: Final = ("phone", "email", "employer")
MOST_COLUMNS: Final = 60
LOOKED_AT: Final = 20  # rows among which the titles are looked for
EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")
PHONE = re.compile(r"\+?[\d\s().\-]{9,20}")
LINK = re.compile(r"https?://\S+")
NAME = re.compile(r"[^\W\d_][\w'’.-]*(?:\s+[^\W\d_][\w'’.-]*){1,3}")

Rows = list[list[str]]


class TooLong(BusinessError):
    """The table has more rows than one import takes."""


@dataclass(frozen=True)
class Columns:
    """Which column is what; `head`: the row of the titles, from 1, or 0 where there is none."""

    head: int = 0
    places: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_enough(self) -> bool:
        """True if people can be read: a name, and a way to know the person again."""
        named = {"full_name", "surname"} & set(self.places)
        return bool(named) and any(name in self.places for name in WAYS_TO_KNOW)

    def as_json(self) -> dict[str, Any]:
        """The same as it is stored."""
        return {"head": self.head, "places": dict(self.places)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Columns":
        """Read what is stored."""
        return cls(stored["head"], stored["places"])


def read_table(path: Path) -> Rows:
    """Read all rows of a file as text.

    Raises LedgerFileInvalid, TooLong.
    """
    found: Rows = []
    for row in _rows(path):
        found.append(row[:MOST_COLUMNS])
        if len(found) > MOST + LOOKED_AT:
            raise TooLong(
                ngettext(
                    "One import takes at most %(most)d row: split the file.",
                    "One import takes at most %(most)d rows: split the file.",
                    MOST,
                )
                % {"most": MOST}
            )
    return found


def guess_columns(rows: Rows) -> Columns:
    """Say which column is what: by the titles if there are any, else by what cells look like."""
    best = Columns()
    for at, row in enumerate(rows[:LOOKED_AT], 1):
        if not any(EMAIL.search(cell) or _is_phone(cell) for cell in row):
            found = Columns(at, _by_titles(row))
            if found.is_enough and len(found.places) > len(best.places):
                best = found
    return best if best.places else Columns(0, _by_content(rows[:200]))


def numbered(rows: Rows, columns: Columns) -> Iterator[tuple[int, list[str]]]:
    """The lines below the titles with their numbers, a name in parts put together."""
    places = columns.places
    name = [places[part] for part in ("surname", "full_name", "patronymic") if part in places]
    whole = places.get("full_name", name[0] if name else 0)
    for number, row in enumerate(rows[columns.head :], columns.head + 1):
        if len(name) > 1:
            said = " ".join(row[at] for at in name if at < len(row))
            yield number, [*row[:whole], said, *row[whole + 1 :]]
        else:
            yield number, row


def whole_places(columns: Columns) -> dict[str, int]:
    """The places without the parts of a name."""
    places = {name: at for name, at in columns.places.items() if name not in PARTS}
    if "full_name" not in places and "surname" in columns.places:
        places["full_name"] = columns.places["surname"]
    return places


def check_columns(columns: Columns) -> None:
    """Refuse columns from which nobody can be read.

    Raises BusinessError.
    """
    if not columns.is_enough:
        raise BusinessError(
            _("Say which column holds the name, and which a phone, an e-mail or the employer.")
        )


def _by_titles(titles: Sequence[str]) -> dict[str, int]:
    found = dict(column_places(titles))
    known = [folded(title) for title in titles]
    for part, words in PARTS.items():
        at = next((at for at, title in enumerate(known) if title in words), None)
        if at is not None:
            found = {name: place for name, place in found.items() if place != at} | {part: at}
    return found


def _by_content(rows: Rows) -> dict[str, int]:
    """Where most filled cells look like an e-mail, a phone, a link, a name."""
    found: dict[str, int] = {}
    columns = list(zip(*[_padded(row, rows) for row in rows], strict=True)) if rows else []
    for at, cells in enumerate(columns):
        name = _looks_like([cell.strip() for cell in cells if cell.strip()])
        if name:
            found.setdefault(name, at)
    rest = [at for at in range(len(columns)) if at not in found.values()]
    if rest and "full_name" in found:
        found["employer"] = rest[0]
    return found


def _looks_like(cells: Sequence[str]) -> str:
    """What more than half of the cells are; "" for nothing that is known."""
    return next(
        (name for name, fits in LOOKS.items() if sum(map(fits, cells)) * 2 > len(cells)), ""
    )


def _padded(row: list[str], rows: Rows) -> list[str]:
    return row + [""] * (max(map(len, rows)) - len(row))


def _is_phone(cell: str) -> bool:
    digits = sum(sign.isdigit() for sign in cell)
    return bool(PHONE.fullmatch(cell.strip())) and 10 <= digits <= 15


def _rows(path: Path) -> Iterator[list[str]]:
    if kind_of(path) != Kind.TEXT:
        for cells in open_sheet(path, None).rows():
            yield ["" if cell is None else cell_text(cell).strip() for cell in cells]
        return
    encoding = guess_encoding(path)
    text = path.read_text(encoding=encoding, errors="replace").lstrip("\ufeff \r\n\t")
    if text[:400].lstrip().casefold().startswith(("<html", "<table", "<!doctype", "<?xml")):
        yield from _html_rows(text)
        return
    sign = "\t" if "\t" in text[:2000] else guess_delimiter(text[:64_000])
    for row in csv.reader(text.splitlines(keepends=True), delimiter=sign):
        yield [cell.strip() for cell in row]


LOOKS: Final[dict[str, Callable[[str], bool]]] = {
    "email": lambda cell: bool(EMAIL.fullmatch(cell)),
    "link": lambda cell: bool(LINK.match(cell)),
    "phone": _is_phone,
    "full_name": lambda cell: bool(NAME.fullmatch(cell)),
}


class _Table(HTMLParser):
    """The cells of an HTML table: what some sites save as XLS."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Rows = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Begin a row or a cell."""
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        """Add to the cell."""
        if self.inside:
            self.rows[-1][-1] = " ".join(f"{self.rows[-1][-1]} {data}".split())


def _html_rows(text: str) -> Rows:
    table = _Table()
    table.feed(text)
    return table.rows
