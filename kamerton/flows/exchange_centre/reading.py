"""Read the table of a buying centre: a file into rows, the words of a row into values."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from kamerton.calc.text import folded
from kamerton.domain.accounts.models import ContactPerson
from kamerton.domain.buying_centre.actions import Known
from kamerton.domain.buying_centre.models import JUDGED, Member
from kamerton.domain.buying_centre.queries import Picture
from kamerton.flows.exchange_centre.columns import heads
from kamerton.flows.exchange_centre.matrix import read_pairs, read_place
from kamerton.platform.access.models import User
from kamerton.platform.errors import BusinessError

MOST_ROWS: Final = 500
LARGEST: Final = 5_000_000  # bytes
CODES: Final = {"level": ContactPerson.Level, "affiliation": Member.Affiliation}


class NotThisTable(BusinessError):
    """The file is not a table of a buying centre."""


@dataclass(frozen=True)
class Incoming:
    """A row of a file: what is written in each column, and its place."""

    number: int
    cells: dict[str, str]


def table_in(name: str, data: bytes) -> list[list[object]]:
    """Return the cells of a file, XLSX or CSV.

    Raises NotThisTable.
    """
    if len(data) > LARGEST:
        raise NotThisTable(_("The file is larger than 5 MB: that is no table of people."))
    try:
        if name.lower().endswith((".xlsx", ".xlsm", ".xls", ".ods")):
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            return [[*row] for row in book.get_sheet_by_index(0).to_python()]
        text = data.decode("utf-8-sig")
    except (CalamineError, UnicodeDecodeError) as error:
        raise NotThisTable(_("The file cannot be read: send XLSX, or CSV in UTF-8.")) from error
    first = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text), delimiter=";" if ";" in first else ",")
    return [[*line] for line in lines]


def read_rows(table: Iterable[Iterable[object]]) -> list[Incoming]:
    """Read the cells of a file by their heads, in whatever order they stand.

    Raises NotThisTable.
    """
    lines = iter(table)
    first = [folded(_text(cell)) for cell in next(lines, ())]
    known = {folded(head): name for name, head in heads()}
    places = {known[head]: place for place, head in enumerate(first) if head in known}
    if "full_name" not in places or "roles" not in places:
        raise NotThisTable(
            _("This is no table of a buying centre: columns “Full name” and “Roles” are wanted.")
        )
    found = []
    for number, line in enumerate(lines, start=2):
        values = [_text(cell) for cell in line]
        cells = {n: values[p] for n, p in places.items() if p < len(values)}
        if cells.get("full_name"):
            found.append(Incoming(number, cells))
    if len(found) > MOST_ROWS:
        raise NotThisTable(_("At most %(n)d people come in at once.") % {"n": MOST_ROWS})
    return found


def values_of(
    shown: Picture, cells: Mapping[str, str], ours: Mapping[str, list[User]]
) -> dict[str, Any]:
    """Turn the words of a row into values; `ours`: our people by folded name.

    Raises ValueError with a sentence.
    """
    found: dict[str, Any] = {n: cells[n] for n in ("results", "wins", "rival_name") if n in cells}
    for name in ("position", "organisation"):
        if cells.get(name):
            found[name] = cells[name]
    if "roles" in cells:
        found["roles"] = [_role(shown, each) for each in _parts(cells["roles"])]
    if cells.get("left_on"):
        found["left_on"] = _day(cells["left_on"])
    if "sources" in cells:
        found["sources"] = dict(_source(each) for each in _parts(cells["sources"]))
    if cells.get("pairs"):
        found["pairs"] = read_pairs(cells["pairs"], ours)
    if cells.get("place"):
        found["place"] = read_place(cells["place"])
    return found | _scales(cells)


def _scales(cells: Mapping[str, str]) -> dict[str, Any]:
    """The values of a row that are chosen from a scale or a list."""
    found: dict[str, Any] = {}
    for name, low, top in (("influence", 1, 5), ("attitude", -2, 2), ("rival", 0, 3)):
        if cells.get(name):
            found[name] = _number(cells[name], low, top)
    for name, kinds in (*CODES.items(), ("response_mode", Member.Mode)):
        if name in cells and (cells[name] or name == "response_mode"):
            found[name] = _code(cells[name], kinds)
    return found


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        value = value.date()
    text = value.isoformat() if isinstance(value, dt.date) else str(value).strip()
    return text[1:] if text[:1] == "'" and text[1:2] in "=+-@＝＋－＠" else text


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]


def _role(shown: Picture, text: str) -> str:
    for role in shown.roles.buying_roles:
        if folded(text) in {folded(each) for each in (role.code, role.title.ru, role.title.en)}:
            return role.code
    raise ValueError(_("there is no role “%(text)s”") % {"text": text})


def _number(text: str, low: int, top: int) -> int:
    try:
        value = int(text.replace("−", "-").replace("+", ""))
    except ValueError:
        value = top + 1
    if not low <= value <= top:
        words = {"text": text, "low": low, "top": top}
        raise ValueError(_("“%(text)s” must be a number from %(low)d to %(top)d") % words)
    return value


def _code(text: str, kinds: Any) -> str:
    for kind in kinds:
        if folded(text) in (folded(kind.value), folded(str(kind.label))):
            return str(kind.value)
    if not text:
        return ""
    raise ValueError(_("“%(text)s” is none of the choices") % {"text": text})


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError(_("“%(text)s” is no day like 2026-11-17") % {"text": text}) from None


def _source(text: str) -> tuple[str, Known]:
    name, _colon, said = text.partition(":")
    source, _space, day = said.strip().partition(" ")
    if name.strip() not in JUDGED or source not in Member.Source.values:
        raise ValueError(_("“%(text)s” says not where it is known from") % {"text": text})
    return name.strip(), Known(source, _day(day.strip()))
