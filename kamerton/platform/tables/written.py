"""Write tables row by row; a long one never stands in memory as a whole."""

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Protocol

import xlsxwriter
from django.utils.translation import get_language

from kamerton.platform.tables.columns import Column, Kind, Row, Value, in_units, naive, safe_text

FORMATS: Final[dict[Kind, str]] = {
    "text": "@",
    "number": "General",
    "money": "#,##0.00",
    "percent": "0.0%",
    "date": "dd.mm.yyyy",
    "moment": "dd.mm.yyyy hh:mm",
}
ROWS_OF_A_SHEET: Final = 1_048_575  # and one for the head
FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))  # in the name of a sheet


class BytesOut(Protocol):
    """Where a file goes: a response, an open file."""

    def write(self, data: bytes, /) -> object:
        """Take a piece."""
        ...


def write_xlsx(
    out: BytesOut, columns: Sequence[Column], rows: Iterable[Row], *, title: str = ""
) -> int:
    """Write rows to an XLSX file with a frozen head; returns how many.

    Text stays text whatever it begins with, numbers, dates and money stay what they are. Beyond
    the length of a sheet a further sheet begins.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(path, options | {"strings_to_numbers": False}) as book:
            count = _fill(book, columns, rows, title)
        with path.open("rb") as made:
            while piece := made.read(1 << 20):
                out.write(piece)
    return count


def write_csv(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield a CSV file piece by piece: UTF-8 with a mark, as spreadsheets of the language want it.

    In Russian the delimiter is «;» and the decimal sign a comma.
    """
    russian = (get_language() or "").startswith("ru")
    line = _Line()
    writer = csv.writer(line, delimiter=";" if russian else ",", lineterminator="\r\n")
    writer.writerow([safe_text(column.title) for column in columns])
    yield b"\xef\xbb\xbf" + line.taken()
    for row in rows:
        cells = zip(columns, row, strict=True)
        writer.writerow([_cell(column.kind, value, russian) for column, value in cells])
        yield line.taken()


def _fill(book: xlsxwriter.Workbook, columns: Sequence[Column], rows: Iterable[Row], t: str) -> int:
    formats = {
        kind: book.add_format({"num_format": code, "quote_prefix": kind == "text"})
        for kind, code in FORMATS.items()
    }
    sheet = _sheet(book, columns, _sheet_name(t, 1))
    count = 0
    for count, row in enumerate(rows, start=1):
        line = (count - 1) % ROWS_OF_A_SHEET + 1
        if line == 1 and count > 1:
            sheet = _sheet(book, columns, _sheet_name(t, count // ROWS_OF_A_SHEET + 1))
        for index, (column, value) in enumerate(zip(columns, row, strict=True)):
            _write(sheet, (line, index), column.kind, value, formats[column.kind])
    return count


def _sheet(book: xlsxwriter.Workbook, columns: Sequence[Column], name: str) -> object:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, str(column.title), head)
    sheet.freeze_panes(1, 0)
    return sheet


def _sheet_name(title: str, number: int) -> str:
    name = " ".join(title.translate(FORBIDDEN).split())[:25] or "Kamerton"
    return name if number == 1 else f"{name} {number}"


def _write(sheet: object, at: tuple[int, int], kind: Kind, value: Value, style: object) -> None:
    write: Any = sheet
    if value is None or value == "":
        return
    if kind == "text" or isinstance(value, str):
        write.write_string(*at, str(value).replace("\x00", "")[:32_767], style)
    elif kind in ("date", "moment"):
        write.write_datetime(*at, naive(value), style)
    else:
        write.write_number(*at, in_units(value) if kind == "money" else value, style)


class _Line:
    """The last line that csv wrote."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text += text

    def taken(self) -> bytes:
        """Give the line away."""
        text, self.text = self.text, ""
        return text.encode()


def _cell(kind: Kind, value: Value, russian: bool) -> str:
    if value is None:
        return ""
    if kind == "text" or isinstance(value, str):
        return safe_text(value)
    if isinstance(value, dt.datetime):
        return f"{naive(value):%d.%m.%Y %H:%M}" if russian else f"{naive(value):%Y-%m-%d %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}" if russian else value.isoformat()
    number = in_units(value) if kind == "money" else value
    text = f"{number:.2f}" if kind == "money" else format(Decimal(str(number)), "f")
    return text.replace(".", ",") if russian else text
