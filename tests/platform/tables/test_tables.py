"""Tables that leave the house."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from kamerton.platform.tables import Column, Row, write_csv, write_xlsx

COLUMNS = [
    Column("Client", width=30),
    Column("Revenue", "money"),
    Column("Share", "percent"),
    Column("Since", "date"),
    Column("Changed", "moment"),
    Column("Deals", "number"),
]
MOMENT = timezone.make_aware(dt.datetime(2026, 11, 21, 14, 5))
ROW: Row = ("Ёлка", Decimal("1234.56"), 0.635, dt.date(2026, 11, 21), MOMENT, 3)
EVIL = [
    '=HYPERLINK("http://evil","x")',
    "+7 912 345-67-89",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1",
    "  =1+1",
    "{=1+1}",
    "＝1+1",
    "http://evil.example",
    "007",
]


def xlsx(columns: list[Column], rows: list[Row], title: str = "") -> openpyxl.Workbook:
    out = io.BytesIO()
    write_xlsx(out, columns, rows, title=title)
    return openpyxl.load_workbook(out)


def read_csv(columns: list[Column], rows: list[Row]) -> list[list[str]]:
    text = b"".join(write_csv(columns, rows)).decode("utf-8-sig")
    delimiter = ";" if (translation.get_language() or "").startswith("ru") else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_a_workbook_keeps_types_head_and_title():
    book = xlsx(COLUMNS, [ROW], title="Clients: all [1/2]")
    sheet = book.active
    assert sheet.title == "Clients all 1 2"
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == [str(column.title) for column in COLUMNS]
    assert [cell.value for cell in sheet[2]] == [
        "Ёлка",
        1234.56,
        0.635,
        dt.datetime(2026, 11, 21),
        dt.datetime(2026, 11, 21, 14, 5),
        3,
    ]
    assert sheet["B2"].number_format == "#,##0.00"


def test_money_in_minor_units_is_written_in_units():
    assert xlsx([Column("Sum", "money")], [(123_456,)]).active["A2"].value == 1234.56
    assert read_csv([Column("Sum", "money")], [(123_456,)])[1] == ["1234.56"]


@pytest.mark.parametrize("text", EVIL)
def test_nothing_is_a_formula(text):
    out = io.BytesIO()
    write_xlsx(out, [Column("Text")], [(text,)])
    with zipfile.ZipFile(out) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    cell = openpyxl.load_workbook(out).active["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    read = read_csv([Column("Text")], [(text,)])[1][0]
    assert read.lstrip(" \u00a0")[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n", "＝"}
    assert read.removeprefix("'") == text


def test_heads_are_safe_too():
    assert read_csv([Column("=1+1")], []) == [["'=1+1"]]
    assert xlsx([Column("=1+1")], []).active["A1"].data_type == "s"


@given(st.text(max_size=40))
def test_any_text_comes_back_and_begins_harmlessly(text):
    (read,) = read_csv([Column("Text")], [(text,)])[1] if text else ("",)
    clean = text.replace("\x00", "")
    assert read in (clean, f"'{clean}")
    assert not read.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_stay_numbers():
    columns = [Column("Change", "number"), Column("Share", "percent")]
    assert xlsx(columns, [(-5, -0.1)]).active["A2"].value == -5
    assert read_csv(columns, [(-5, -0.1)])[1] == ["-5", "-0.1"]


def test_csv_in_russian_is_what_a_russian_spreadsheet_wants():
    with translation.override("ru"):
        raw = b"".join(write_csv(COLUMNS, [ROW]))
        assert raw.startswith(b"\xef\xbb\xbf")
        assert raw.decode("utf-8-sig").splitlines()[1] == (
            "Ёлка;1234,56;0,635;21.11.2026;21.11.2026 14:05;3"
        )


def test_csv_in_english():
    with translation.override("en"):
        assert read_csv(COLUMNS, [ROW])[1] == [
            *("Ёлка", "1234.56", "0.635", "2026-11-21", "2026-11-21 14:05", "3")
        ]


def test_nothing_known_is_an_empty_cell():
    empty: Row = ("", None, None, None, None, None)
    assert [cell.value for cell in xlsx(COLUMNS, [empty]).active[2]] == [None] * 6
    assert read_csv(COLUMNS, [empty])[1] == [""] * 6


def test_rows_are_taken_one_by_one():
    taken = []

    def rows() -> Iterator[Row]:
        for number in range(3):
            taken.append(number)
            yield (str(number),)

    pieces = write_csv([Column("Text")], rows())
    next(pieces)
    next(pieces)
    assert taken == [0]


def test_a_row_of_a_wrong_length_is_an_error():
    with pytest.raises(ValueError, match="shorter"):
        list(write_csv(COLUMNS, [("only one",)]))
