"""XLSX, XLS and ODS: the sheets of a workbook, their rows, merged cells and depths of groups."""

import datetime as dt
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import unescape

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from .refusals import LedgerFileInvalid

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Sheet:
    """One sheet: its cells from A1 on, merged ranges, and the names of all sheets."""

    name: str
    names: tuple[str, ...]
    merged: tuple[Range, ...]
    width: int
    rows: Callable[[], Iterator[list[Cell]]]


@contextmanager
def _calm() -> Iterator[None]:
    """Turn what the library says about a damaged book into a sentence; its panics too."""
    try:
        yield
    except PasswordError as error:
        raise LedgerFileInvalid(
            _("The workbook is locked with a password. Save it without one.")
        ) from error
    except LedgerFileInvalid:
        raise
    except (CalamineError, OSError, ValueError, OverflowError, MemoryError) as error:
        raise _damaged() from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise _damaged() from error
        raise


def _damaged() -> LedgerFileInvalid:
    return LedgerFileInvalid(
        _("The workbook is damaged. Open it in Excel and save it anew as XLSX.")
    )


def open_sheet(path: Path, name: str | None) -> Sheet:
    """Return the sheet of that name, or else the first that holds a table.

    Raises LedgerFileInvalid.
    """
    with _calm():
        book = CalamineWorkbook.from_object(str(path))
        names = tuple(book.sheet_names)
        if name and name not in names:
            raise LedgerFileInvalid(
                _("There is no sheet “%(name)s”. The file has: %(names)s.")
                % {"name": name, "names": ", ".join(names[:20])}
            )
        for candidate in [name] if name else names:
            sheet = book.get_sheet_by_name(str(candidate))
            if name or sheet.height > 1:
                return _sheet(sheet, names)
    raise LedgerFileInvalid(_("All sheets are empty. Send the workbook that holds the sales."))


def _sheet(sheet: CalamineSheet, names: tuple[str, ...]) -> Sheet:
    left: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)

    def rows() -> Iterator[list[Cell]]:
        # calamine begins with row 1, but with the first column in use
        with _calm():
            yield from (left + row for row in sheet.iter_rows()) if left else sheet.iter_rows()

    merged = tuple(sheet.merged_cell_ranges or ())
    return Sheet(sheet.name, names, merged, len(left) + sheet.width, rows)


def cell_text(cell: Cell, decimal: str = ".") -> str:
    """Return what a cell holds as text: numbers in full with `decimal`, dates as YYYY-MM-DD."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return _number_text(cell, decimal)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _number_text(value: float, decimal: str) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    return (f"{value:.12f}" if "e-" in text else text).replace(".", decimal)


def fill_merged(
    rows: Iterator[list[Cell]], merged: Sequence[Range], first: int
) -> Iterator[list[Cell]]:
    """Repeat the value of a cell merged downwards in the rows below it, from row `first` on."""
    tall = [r for r in merged if r[1][0] > r[0][0] and r[1][0] >= first]
    return _filled(rows, tall) if tall else rows


def _filled(rows: Iterator[list[Cell]], tall: Sequence[Range]) -> Iterator[list[Cell]]:
    starts: dict[int, list[Range]] = {}
    for one in tall:
        starts.setdefault(one[0][0], []).append(one)
    held: list[tuple[Range, Cell]] = []
    for number, row in enumerate(rows):
        held = [pair for pair in held if pair[0][1][0] >= number]
        for (start, _end), value in held:
            row[start[1]] = value
        held += [(r, row[r[0][1]]) for r in starts.get(number, ()) if r[0][1] < len(row)]
        yield row


_ROW = re.compile(
    rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"([^>]*)>|<(?:\w+:)?c\b[^>]*?\br="([A-Z]+)(\d+)"([^>]*)>'
)
_OUTLINE = re.compile(rb'\boutlineLevel="(\d+)"')
_STYLE = re.compile(rb'\bs="(\d+)"')


def depths(path: Path, sheet: str) -> dict[int, int]:
    """Return how deep each row (from 0) of an XLSX sheet stands in its groups.

    Outline levels are taken, or else the indents of the first filled cell of the row; {} where the
    file tells neither. calamine shows neither, so the XML is searched, not parsed.
    """
    try:
        with zipfile.ZipFile(path) as book:
            xml = book.read(_part_of(book, sheet))
            indents = _indents(book)
    except (KeyError, zipfile.BadZipFile, OSError, StopIteration):
        return {}
    outlined, indented = _row_depths(xml, indents)
    return outlined if any(outlined.values()) else indented if any(indented.values()) else {}


def _row_depths(xml: bytes, indents: list[int]) -> tuple[dict[int, int], dict[int, int]]:
    outlined: dict[int, int] = {}
    indented: dict[int, int] = {}
    for found in _ROW.finditer(xml):
        if found[1]:
            level = _OUTLINE.search(found[2])
            outlined[int(found[1]) - 1] = int(level[1]) if level else 0
        elif not found[5].endswith(b"/") and (row := int(found[4]) - 1) not in indented:
            style = _STYLE.search(found[5])
            place = int(style[1]) if style else 0
            indented[row] = indents[place] if place < len(indents) else 0
    return outlined, indented


def _part_of(book: zipfile.ZipFile, sheet: str) -> str:
    """Return the path of the sheet's XML inside the book."""
    real = {name.lower(): name for name in book.namelist()}
    listing = book.read(real["xl/workbook.xml"]).decode("utf-8", "replace")
    links = book.read(real["xl/_rels/workbook.xml.rels"]).decode("utf-8", "replace")
    tags = re.findall(r"<(?:\w+:)?sheet\b[^>]*>", listing)
    names = ((tag, re.search(r'\bname="([^"]*)"', tag)) for tag in tags)
    quotes = {"&quot;": '"', "&apos;": "'"}
    tag = next(tag for tag, name in names if name and unescape(name[1], quotes) == sheet)
    link = next(iter(re.findall(r':id="([^"]+)"', tag)))
    ties = (t for t in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", links) if f'"{link}"' in t)
    target = next(iter(re.findall(r'\bTarget="([^"]+)"', next(ties))))
    full = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return real[full.lower()]


def _indents(book: zipfile.ZipFile) -> list[int]:
    """Return the indent of each cell style."""
    real = {name.lower(): name for name in book.namelist()}
    if "xl/styles.xml" not in real:
        return []
    xml = book.read(real["xl/styles.xml"])
    block = re.search(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", xml, re.S)
    styles = re.split(rb"<(?:\w+:)?xf\b", block[0])[1:] if block else []
    found = (re.search(rb'\bindent="(\d+)"', style) for style in styles)
    return [int(one[1]) if one else 0 for one in found]
