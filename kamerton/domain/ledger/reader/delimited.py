"""CSV and its kin: the delimiter, and rows with their numbers as a spreadsheet shows them."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from .fields import matched_fields
from .refusals import LedgerFileInvalid

DELIMITERS = (";", "\t", "|", ",")
FIELD_LIMIT = 1 << 20


def guess_delimiter(text: str) -> str:
    """Return the sign that parts the columns, by the titles it makes and by even rows."""
    return max(DELIMITERS, key=lambda sign: _evenness(text, sign))


def _evenness(text: str, delimiter: str) -> tuple[int, float]:
    rows = [row for row, _n in zip(_rows(text, delimiter), range(200), strict=False) if any(row)]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0, 0.0
    width, times = max(widths.items(), key=lambda pair: pair[0] * pair[1])
    named = max(matched_fields(row) for row in rows[:40])
    return named, times / len(rows) * min(width, 8) ** 0.5


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(FIELD_LIMIT)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        return


def first_rows(path: Path, encoding: str, delimiter: str, *, size: int) -> list[list[str]]:
    """Return the rows that begin in the first `size` letters of the file."""
    text, whole = first_text(path, encoding, size=size)
    rows = list(_rows(text, delimiter))
    return rows if whole or len(rows) < 2 else rows[:-1]


def first_text(path: Path, encoding: str, *, size: int) -> tuple[str, bool]:
    """Return the first letters of a text and whether that is all of it."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        text = file.read(size)
        return text.removeprefix("\ufeff"), not file.read(1)


def all_rows(path: Path, delimiter: str) -> Iterator[list[str]]:
    """Yield every row of a UTF-8 text, blank ones as [], so that counting gives row numbers.

    Raises LedgerFileInvalid where a quotation mark is never closed.
    """
    csv.field_size_limit(FIELD_LIMIT)
    count = 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = _Lines(file)
        try:
            for row in csv.reader(lines, delimiter=delimiter):
                count += 1
                if lines.left_open():
                    raise _unclosed(count)
                yield row
        except csv.Error as error:
            raise _unclosed(count + 1) from error


def _unclosed(row: int) -> LedgerFileInvalid:
    return LedgerFileInvalid(
        _(
            "Row %(row)d of the file cannot be read: a quotation mark is opened and not closed."
            " Close it, or save the file as XLSX."
        )
        % {"row": row}
    )


class _Lines:
    """The lines of a file, with the quotation marks of the record being read counted."""

    def __init__(self, file: Iterable[str]) -> None:
        self._file = iter(file)
        self._lines = self._marks = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._file)
        self._lines += 1
        self._marks += line.count('"')
        return line

    def left_open(self) -> bool:
        """Tell whether the record just read runs over lines with an odd mark, and start anew."""
        lines, marks = self._lines, self._marks
        self._lines = self._marks = 0
        return lines > 1 and marks % 2 == 1
