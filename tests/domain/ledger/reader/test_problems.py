"""Each thing that can be wrong with a row: its place, its value, the way out."""

import datetime as dt
from pathlib import Path

import pytest
from django.utils import timezone, translation

from kamerton.domain.ledger.reader import RowError, errors_table

from .files import HEAD, ROWS, column, csv_file, sheet, taken

TOP = ("Дата", "Клиент", "Документ", "Количество", "Сумма")
GOOD = ("05.10.2026", "А", "1", "1", "10")


def only_error(tmp_path: Path, *row: str, head: tuple[str, ...] = TOP) -> RowError:
    """One sound line above, one row with one thing wrong below it."""
    good = dict(zip(TOP, GOOD, strict=True)) | {"Валюта": "RUB", "Ключ": "k1", "Вид": "Продажа"}
    good |= {"Цена": "10", "Себестоимость": "5", "ИНН": "7701234567"}
    rows = [head, tuple(good[title] for title in head), row]
    found = taken(csv_file(tmp_path / "a.csv", rows), tmp_path / "out")
    assert found.error_count == found.error_rows == 1
    assert found.lines == 1
    assert found.errors == errors_table(found)
    assert found.errors[0].row == 3
    return found.errors[0]


@pytest.mark.req("S1-18")
@pytest.mark.parametrize(
    ("place", "value", "code", "said"),
    [
        ("Сумма", "12 руб. 5", "number_unreadable", "“12 руб. 5” is not a number. Leave digits"),
        ("Сумма", "12 5", "number_unreadable", "“12 5” is not a number"),
        ("Сумма", "много", "number_unreadable", "“много” is not a number"),
        ("Сумма", "", "amount_missing", "the amount is missing"),
        ("Сумма", "05.10.2026", "date_in_number", "“05.10.2026” is a date, not a number"),
        ("Сумма", "2026-10-05", "date_in_number", "“2026-10-05” is a date, not a number"),
        ("Сумма", "1,23E+11", "number_damaged", "“1,23E+11” was cut by the spreadsheet"),
        ("Сумма", "1e3", "number_damaged", "“1e3” was cut by the spreadsheet"),
        ("Сумма", "1_000", "number_unreadable", "“1_000” is not a number"),
        ("Сумма", "99999999999999999", "number_too_large", "too large for one line"),
        ("Количество", "пять", "number_unreadable", "“пять” is not a number"),
        ("Дата", "", "date_missing", "the date is missing"),
        ("Дата", "31.02.2026", "date_impossible", "there is no such day as “31.02.2026”"),
        ("Дата", "2026-13-01", "date_impossible", "there is no such day as “2026-13-01”"),
        ("Дата", "01.01.1989", "date_out_of_range", "is outside 01.01.1990 … "),
        ("Дата", "01.01.2126", "date_out_of_range", "is outside 01.01.1990 … "),
        ("Дата", "1250,50", "number_in_date", "“1250,50” is a number, not a date"),
        ("Дата", "вчера", "date_unreadable", "“вчера” is not a date. Write it as 05.10.2026"),
        ("Документ", "1,23E+11", "code_damaged", "Show the column as text"),
        ("Клиент", "Ю" * 10_000, "text_too_long", "longer than 500 letters"),
    ],
)
def test_a_wrong_cell(tmp_path: Path, place: str, value: str, code: str, said: str) -> None:
    row = [value if title == place else good for title, good in zip(TOP, GOOD, strict=True)]
    error = only_error(tmp_path, *row)
    assert (error.column, error.code) == (place, code)
    assert error.value == (value if len(value) <= 80 else value[:80] + "…")
    assert error.sentence.startswith(f"Row 3, column “{place}”: ")
    assert said in error.sentence


@pytest.mark.parametrize(
    ("head", "row", "code", "said"),
    [
        (("Дата", "Клиент", "Сумма", "Валюта"), ("05.10.2026", "А", "1", "USD"), "other_currency",
         "the currency is “USD”"),
        (("Дата", "Клиент", "Сумма", "Ключ"), ("05.10.2026", "А", "1", "k1"), "key_repeated",
         "the key “k1” stands in several rows"),
        (("Дата", "Клиент", "Сумма", "Вид"), ("05.10.2026", "А", "1", "Перемещение"),
         "kind_unknown", "“Перемещение” is not a known kind"),
        (("Дата", "Клиент", "Количество", "Цена"), ("05.10.2026", "А", "", "10"),
         "number_missing", "the number is missing"),
        (("Дата", "Клиент", "Количество", "Цена"), ("05.10.2026", "А", "1000000", "1000000000"),
         "number_too_large", "too large"),
        (("Дата", "ИНН", "Сумма"), ("05.10.2026", "7,70E+09", "1"), "code_damaged", "cut by"),
        (("Дата", "Клиент", "Сумма", "Себестоимость"), ("05.10.2026", "А", "1", "?"),
         "number_unreadable", "“?” is not a number"),
        (("Дата", "Клиент", "Сумма"), ("05.10.2026", "А", "1", "лишнее"), "extra_cells",
         "Row 3: the row has more cells"),
    ],
)  # fmt: skip
def test_a_wrong_row(
    tmp_path: Path, head: tuple[str, ...], row: tuple[str, ...], code: str, said: str
) -> None:
    if code in {"other_currency", "key_repeated"}:
        rows = [head, ("05.10.2026", "А", "1", "RUB" if code == "other_currency" else "k1")] * 1
        rows += [(*rows[1][:3], "RUB" if code == "other_currency" else "k2"), row]
        found = taken(csv_file(tmp_path / "a.csv", rows), tmp_path / "out")
        error = found.errors[-1]
        assert found.error_rows == (1 if code == "other_currency" else 2)
    else:
        error = only_error(tmp_path, *row, head=head)
    assert error.code == code
    assert said in error.sentence


def test_two_wrong_cells_of_a_row_are_two_errors_in_order(tmp_path: Path) -> None:
    rows = [
        HEAD,
        *ROWS,
        ("31.02.2026", "А", "РН-9", "Болт", "1", "12 руб. 5"),
        ("", "А", "", "", "", "1"),
    ]
    found = taken(sheet(tmp_path / "a.xlsx", rows, name="Май"), tmp_path / "out")
    assert (found.error_count, found.error_rows, found.lines) == (3, 2, 4)
    assert [(e.row, e.column) for e in found.errors] == [(6, "Дата"), (6, "Сумма"), (7, "Дата")]
    assert found.errors[1].sheet == "Май"
    assert found.errors[1].sentence == (
        "Sheet “Май”, row 6, column “Сумма”: “12 руб. 5” is not a number."
        " Leave digits only, such as 1250.50."
    )


def test_the_first_errors_are_shown_and_all_are_counted(tmp_path: Path) -> None:
    bad = [("05.10.2026", "А", "1", "1", f"x{n}") for n in range(350)]
    found = taken(csv_file(tmp_path / "a.csv", [TOP, *[GOOD] * 400, *bad]), tmp_path / "out")
    assert found.error_count == 350
    assert len(found.errors) == 200
    assert [e.value for e in errors_table(found)] == [f"x{n}" for n in range(350)]


def test_a_year_ahead_is_allowed_and_not_a_day_more(tmp_path: Path) -> None:
    ahead = timezone.localdate() + dt.timedelta(days=366)
    days = [f"{ahead:%d.%m.%Y}", f"{ahead + dt.timedelta(days=1):%d.%m.%Y}"]
    rows = [TOP, GOOD, *[(day, *GOOD[1:]) for day in days]]
    found = taken(csv_file(tmp_path / "a.csv", rows), tmp_path / "out")
    assert column(found, "date")[1:] == [ahead]
    assert [e.code for e in found.errors] == ["date_out_of_range"]


def test_a_reading_without_errors_leaves_no_old_errors_behind(tmp_path: Path) -> None:
    rows = [TOP, GOOD, ("05.10.2026", "А", "1", "1", "x")]
    bad = taken(csv_file(tmp_path / "a.csv", rows), tmp_path / "out")
    assert bad.errors_path is not None
    good = taken(csv_file(tmp_path / "a.csv", rows[:2]), tmp_path / "out")
    assert good.errors_path is None
    assert errors_table(good) == ()
    assert not bad.errors_path.exists()


def test_a_report_can_be_kept_as_json(tmp_path: Path) -> None:
    import json

    found = taken(csv_file(tmp_path / "a.csv", [TOP, GOOD, (*GOOD[:4], "x")]), tmp_path / "out")
    kept = json.loads(json.dumps(found.to_json()))
    assert kept["control_total"] == 1000
    assert kept["by_month"]["2026-10"]["amount"] == 1000
    assert kept["errors"][0]["column"] == "Сумма"
    assert kept["difference"] is None


def test_values_with_braces_do_not_spoil_the_sentence(tmp_path: Path) -> None:
    error = only_error(tmp_path, "05.10.2026", "А", "1", "1", "{row} {value}")
    assert error.sentence.startswith("Row 3, column “Сумма”: “{row} {value}” is not a number")


def test_sentences_speak_the_readers_language(tmp_path: Path) -> None:
    with translation.override("ru"):
        error = only_error(tmp_path, *GOOD[:4], "x")
    assert "x" in error.sentence
