"""Files as companies have them, made anew for each test."""

import datetime as dt
import gzip
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import xlsxwriter

from kamerton.domain.ledger.reader import Mapping, Reading, preview, read

HEAD = ("Дата", "Клиент", "Документ", "Товар", "Количество", "Сумма")
ROWS = (
    ("05.10.2026", "ООО «Ромашка»", "РН-1", "Болт М8", "10", "1250,50"),
    ("06.10.2026", "ООО «Ромашка»", "РН-1", "Гайка М8", "4", "99,99"),
    ("07.10.2026", "ИП Ёлкин", "РН-2", "Болт М8", "1,5", "187,58"),
    ("08.10.2026", "", "РН-3", "Болт М8", "1", "125,05"),
)
NBSP, THIN = "\u00a0", "\u202f"


def text(rows: Iterable[Sequence[str]], *, delimiter: str = ";", newline: str = "\n") -> str:
    return "".join(delimiter.join(row) + newline for row in rows)


def csv_file(
    path: Path,
    rows: Iterable[Sequence[str]] = (HEAD, *ROWS),
    *,
    encoding: str = "utf-8",
    delimiter: str = ";",
    newline: str = "\n",
) -> Path:
    body = text(rows, delimiter=delimiter, newline=newline).encode(encoding)
    path.write_bytes(gzip.compress(body) if path.suffix == ".gz" else body)
    return path


def sheet(path: Path, rows: Iterable[Sequence[Any]], *, name: str = "TDSheet") -> Path:
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet(name)
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if isinstance(cell, dt.date):
                page.write_datetime(y, x, dt.datetime(cell.year, cell.month, cell.day), day)
            elif cell != "":
                page.write(y, x, cell)
    book.close()
    return path


def grouped_report(path: Path, *, by: str = "outline") -> Path:
    """A report as 1C saves it: heading, stacked titles, groups, totals on every level.

    The levels are told by `by`: outline levels of rows, indents of cells, or columns.
    """
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("TDSheet")
    formats = [book.add_format({"indent": level}) for level in range(3)]
    bold = book.add_format({"bold": True})
    page.write(0, 0, "Валовая прибыль")
    page.write(1, 0, "Период: 01.10.2026 - 31.10.2026")
    page.merge_range(2, 0, 2, 5, "Отборы: Организация Равно «Наша»")
    shift = 2 if by == "column" else 0
    for level, title in enumerate(("Контрагент", "Документ", "Номенклатура")):
        page.write(4 + level, level if by == "column" else 0, title, bold)
    page.merge_range(4, 1 + shift, 4, 2 + shift, "Продажи")
    page.write(5, 1 + shift, "Количество")
    page.write(5, 2 + shift, "Сумма, руб.")
    page.merge_range(4, 3 + shift, 6, 3 + shift, "Себестоимость")
    for y, (level, name, quantity, amount, cost) in enumerate(REPORT, start=7):
        deep = max(level, 0)
        plain = by == "outline" or level < 0
        page.write(y, deep if by == "column" else 0, name, bold if plain else formats[deep])
        for x, value in enumerate((quantity, amount, cost), start=1 + shift):
            if value != "":
                page.write(y, x, value)
        if by == "outline":
            page.set_row(y, None, None, {"level": deep})
    book.close()
    return path


DOC_1 = "Реализация товаров и услуг 0000-000123 от 05.10.2026 12:30:15"
DOC_2 = "Возврат товаров от покупателя 0000-000007 от 09.10.2026 9:05:00"
DOC_3 = "Реализация товаров и услуг 0000-000124 от 12.10.2026 0:00:00"
REPORT = (
    (0, "ООО «Ромашка»", 12, 1100, 700),
    (1, DOC_1, 14, f"1{NBSP}300,50", 850),
    (2, "Болт М8", 10, f"1{NBSP}000,50", 600),
    (2, "Гайка М8", 4, 300, 250),
    (1, DOC_2, "−2", "(200,50)", "-150"),
    (2, "Болт М8", "−2", "(200,50)", "-150"),
    (0, "АО Берёзка", 1.5, 99.99, ""),
    (1, DOC_3, 1.5, 99.99, ""),
    (2, "Болт М8", 1.5, 99.99, ""),
    (-1, "Итого", 13.5, f"1{NBSP}199,99", 700),
)


def taken(path: Path, into: Path, **changed: Any) -> Reading:
    """Preview, then read by the guessed layout with `changed` in it."""
    looked = preview(path, name=path.name)
    return read(path, replace(looked.mapping, **changed), into=into)


def read_as(path: Path, into: Path, mapping: Mapping) -> Reading:
    return read(path, mapping, into=into)


def lines(reading: Reading) -> list[dict[str, Any]]:
    """The lines written, in the order of the file."""
    rows: list[dict[str, Any]] = pq.read_table(reading.lines_path).to_pylist()
    return sorted(rows, key=lambda row: row["line_no"])


def column(reading: Reading, name: str) -> list[Any]:
    return [row[name] for row in lines(reading)]
