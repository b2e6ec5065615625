"""CSV and its kin: encodings, delimiters, archives, lines as they are written."""

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from kamerton.calc.lines import LINES, arrow_schema
from kamerton.domain.ledger.reader import LedgerFileInvalid, ReadingCancelled, engine, preview, read

from .files import HEAD, NBSP, ROWS, THIN, column, csv_file, lines, taken, text

ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866"),
    *("mac-cyrillic", "iso8859-5"),
)
AMOUNTS = [125050, 9999, 18758, 12505]


@pytest.mark.req("S1-18")
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_usual_encoding_is_recognised_and_read(tmp_path: Path, encoding: str) -> None:
    plain = [[c.translate({171: 39, 187: 39}) for c in row] for row in (HEAD, *ROWS)]
    path = csv_file(tmp_path / "a.csv", plain, encoding=encoding)
    looked = preview(path, name="a.csv")
    assert looked.encoding == encoding
    assert [c.title for c in looked.columns] == list(HEAD)
    found = taken(path, tmp_path / "out")
    assert column(found, "amount") == AMOUNTS
    assert column(found, "client_name") == [row[1] for row in plain[1:]]
    assert found.control_total == sum(AMOUNTS)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|", ","])
def test_every_usual_delimiter_and_line_end(tmp_path: Path, delimiter: str, newline: str) -> None:
    rows = [[c if delimiter != "," else f'"{c}"' for c in row] for row in (HEAD, *ROWS)]
    path = csv_file(tmp_path / "a.csv", rows, delimiter=delimiter, newline=newline)
    assert preview(path, name="a.csv").delimiter == delimiter
    assert column(taken(path, tmp_path / "out"), "amount") == AMOUNTS


@pytest.mark.req("S1-18")
def test_a_line_is_written_as_the_ledger_keeps_it(tmp_path: Path) -> None:
    found = taken(csv_file(tmp_path / "a.csv"), tmp_path / "out")
    assert pq.read_schema(found.lines_path).names == list(LINES)
    assert pq.read_schema(found.lines_path).types == arrow_schema(LINES).types
    assert lines(found)[0] == {
        "line_no": 2,
        "external_key": "РН-1|2026|Болт М8|1",
        "date": dt.date(2026, 10, 5),
        "kind": "shipment",
        "document": "РН-1",
        "client_code": "ооо «ромашка»",
        "client_name": "ООО «Ромашка»",
        "client_inn": "",
        "product_code": "",
        "product_name": "Болт М8",
        "category": "",
        "quantity": 10_000,
        "amount": 125_050,
        "cost": None,
        "manager_code": "",
    }
    assert column(found, "client_code")[2:] == ["ип елкин", ""]
    assert found.without_client.lines == 1
    assert found.without_client.amount == 12_505
    assert (found.since, found.until) == (dt.date(2026, 10, 5), dt.date(2026, 10, 8))
    assert found.clients == 2
    assert pq.read_table(found.clients_path).to_pylist()[1] == {
        "code": "ооо «ромашка»",
        "name": "ООО «Ромашка»",
        "inn": "",
        "lines": 2,
        "amount": 135_049,
        "since": dt.date(2026, 10, 5),
        "until": dt.date(2026, 10, 6),
    }


def test_lines_stand_sorted_by_client_and_date(tmp_path: Path) -> None:
    found = taken(csv_file(tmp_path / "a.csv", (HEAD, *reversed(ROWS))), tmp_path / "out")
    table = pq.read_table(found.lines_path, columns=["client_code", "date"]).to_pylist()
    order = [(row["client_code"], row["date"]) for row in table]
    assert order == sorted(order)


def test_gz_and_zip_with_one_file_are_unpacked(tmp_path: Path) -> None:
    packed = csv_file(tmp_path / "a.csv.gz")
    assert column(taken(packed, tmp_path / "out"), "amount") == AMOUNTS
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("sales.csv", text((HEAD, *ROWS)).encode("cp1251"))
    assert column(taken(tmp_path / "a.zip", tmp_path / "out"), "amount") == AMOUNTS


@pytest.mark.parametrize(
    ("written", "units"),
    [
        ("1 234,50", 123450),
        (f"1{NBSP}234,5", 123450),
        (f"1{THIN}234{THIN}567,89", 123456789),
        ("1.234,50", 123450),
        ("1234.50", 123450),
        ("−12,50", -1250),
        ("–12,50", -1250),
        ("(1 200,00)", -120000),
        ("12,50-", -1250),
        ("+7", 700),
        ("1 250 руб.", 125000),
        ("99,90 ₽", 9990),
        ("0,005", 1),
        ("-0,005", -1),
        ("12,3449999", 1234),
        ("12,345", 1235),
        ("12'500,00", 1250000),
        ("0", 0),
        (",5", 50),
    ],
)
def test_numbers_as_people_write_them(tmp_path: Path, written: str, units: int) -> None:
    rows = [("Дата", "Клиент", "Сумма"), ("05.10.2026", "А", "1,25"), ("05.10.2026", "Б", written)]
    found = taken(csv_file(tmp_path / "a.csv", rows), tmp_path / "out")
    assert not found.errors
    assert column(found, "amount") == [125, units]


def test_thousands_by_comma_where_kopecks_go_by_point(tmp_path: Path) -> None:
    rows = [
        ("Date", "Client", "Amount"),
        ("2026-10-05", "A", "1,250.75"),
        ("2026-10-05", "B", "1,250"),
    ]
    found = taken(csv_file(tmp_path / "a.csv", rows), tmp_path / "out")
    assert column(found, "amount") == [125_075, 125_000]


@pytest.mark.parametrize(
    "written",
    [
        *("05.10.2026", "5.10.2026", "05.10.26", "05/10/2026", "05-10-2026", "2026-10-05"),
        *(
            "05.10.2026 12:30:15",
            "05.10.2026 12:30",
            "5.10.2026 9:05:00",
            "2026-10-05T12:30:00+03:00",
        ),
        *("2026/10/05", "20261005", "46300", "46300.52083", "5 октября 2026 г.", "05-Oct-2026"),
    ],
)
def test_days_as_people_write_them(tmp_path: Path, written: str) -> None:
    rows = [("Дата", "Клиент", "Сумма"), ("13.10.2026", "А", "1"), (written, "Б", "2")]
    found = taken(csv_file(tmp_path / "a.csv", rows), tmp_path / "out", date_order="dmy")
    assert not found.errors
    assert column(found, "date")[1] == dt.date(2026, 10, 5)


def test_month_first_is_learned_from_the_data(tmp_path: Path) -> None:
    rows = [("Date", "Client", "Amount"), ("10/05/2026", "A", "1"), ("10/25/2026", "A", "2")]
    found = taken(csv_file(tmp_path / "a.csv", rows), tmp_path / "out")
    assert column(found, "date") == [dt.date(2026, 10, 5), dt.date(2026, 10, 25)]


def test_a_doubtful_order_of_day_and_month_is_said(tmp_path: Path) -> None:
    rows = [("Date", "Client", "Amount"), ("03/04/2026", "A", "1")]
    looked = preview(csv_file(tmp_path / "a.csv", rows), name="a.csv")
    assert "Dates such as 03/04/2026 are read as day/month." in looked.notes


def test_amount_is_quantity_by_price_rounded_once(tmp_path: Path) -> None:
    head = ("Дата", "Клиент", "Кол-во", "Цена", "Цена закупки")
    rows = [
        head,
        ("05.10.2026", "А", "3", "33,335", "10,005"),
        ("05.10.2026", "А", "0,0005", "10", ""),
        ("05.10.2026", "А", "7", "0,3571428571", "0,1"),
        ("05.10.2026", "А", "1000000", "80000000", ""),
    ]
    found = taken(csv_file(tmp_path / "a.csv", rows), tmp_path / "out")
    assert column(found, "amount") == [10001, 1, 250, 80_000_000_000_000_00]
    assert column(found, "cost") == [3002, None, 70, None]
    assert column(found, "quantity") == [3000, 1, 7000, 1_000_000_000]
    assert found.cost_coverage == 0.5


@pytest.mark.req("S1-18")
def test_returns_keep_and_get_their_sign(tmp_path: Path) -> None:
    head = ("Дата", "Клиент", "Вид операции", "Количество", "Сумма")
    rows = [
        head,
        ("05.10.2026", "А", "Реализация", "2", "20"),
        ("05.10.2026", "А", "Возврат от покупателя", "1", "10"),
        ("05.10.2026", "А", "Возврат", "-1", "-10"),
        ("05.10.2026", "А", "Поступление на расчётный счёт", "", "15"),
        ("05.10.2026", "А", "Счёт", "", "5"),
        ("05.10.2026", "А", "Заказ клиента", "", "5"),
        ("05.10.2026", "А", "Корректировка реализации", "", "-3"),
        ("05.10.2026", "А", "", "-4", "-40"),
    ]
    found = taken(csv_file(tmp_path / "a.csv", rows), tmp_path / "out")
    kinds = ["shipment", "return", "return", "payment", "invoice", "order", "correction", "return"]
    assert column(found, "kind") == kinds
    assert column(found, "amount") == [2000, -1000, -1000, 1500, 500, 500, -300, -4000]
    assert found.by_kind["return"].amount == -6000
    assert found.by_kind["return"].quantity == -6000


def test_negative_lines_stay_shipments_where_the_layout_says_so(tmp_path: Path) -> None:
    rows = [("Дата", "Клиент", "Сумма"), ("05.10.2026", "А", "-10")]
    path = csv_file(tmp_path / "a.csv", rows)
    assert column(taken(path, tmp_path / "a", returns_negative=False), "kind") == ["shipment"]
    assert column(taken(path, tmp_path / "b", default_kind="payment"), "kind") == ["payment"]


def test_words_of_the_company_for_a_kind(tmp_path: Path) -> None:
    rows = [("Дата", "Клиент", "Вид", "Сумма"), ("05.10.2026", "А", "ПРД-7", "10")]
    found = taken(
        csv_file(tmp_path / "a.csv", rows), tmp_path / "out", kind_words={"прд-7": "order"}
    )
    assert column(found, "kind") == ["order"]


def test_a_code_or_inn_goes_before_the_name(tmp_path: Path) -> None:
    head = ("Дата", "Клиент", "ИНН", "Сумма")
    rows = [head, ("05.10.2026", "ООО А", "7701234567", "1"), ("05.10.2026", "ООО А", "", "2")]
    assert column(taken(csv_file(tmp_path / "a.csv", rows), tmp_path / "out"), "client_code") == [
        "7701234567",
        "ооо а",
    ]
    head = ("Дата", "Код клиента", "Клиент", "Сумма")
    rows = [head, ("05.10.2026", "13085.0", "ООО А", "1"), ("05.10.2026", "", "ООО А", "2")]
    assert column(taken(csv_file(tmp_path / "b.csv", rows), tmp_path / "out"), "client_code") == [
        "13085",
        "",
    ]


def test_keys_number_repeats_inside_a_document(tmp_path: Path) -> None:
    head = ("Дата", "Клиент", "Документ", "Артикул", "Сумма")
    rows = [head, *[("05.10.2026", "А", d, "x", "1") for d in ("1", "1", "2", "", "1")]]
    found = taken(csv_file(tmp_path / "a.csv", rows), tmp_path / "out")
    assert column(found, "external_key") == [
        *("1|2026|x|1", "1|2026|x|2", "2|2026|x|1", None, "1|2026|x|3")
    ]
    assert found.duplicate_lines == 2


def test_keys_do_not_clash_where_two_words_name_one_kind(tmp_path: Path) -> None:
    head = ("Дата", "Клиент", "Документ", "Вид", "Сумма")
    words = ("Реализация", "Отгрузка", "Возврат")
    rows = [head, *[("05.10.2026", "А", "7", word, "1") for word in words]]
    keys = column(taken(csv_file(tmp_path / "a.csv", rows), tmp_path / "out"), "external_key")
    assert keys == ["7|2026|shipment||1", "7|2026|shipment||2", "7|2026|return||3"]


def test_without_documents_there_are_no_keys(tmp_path: Path) -> None:
    rows = [("Дата", "Клиент", "Сумма"), ("05.10.2026", "А", "1")]
    assert column(taken(csv_file(tmp_path / "a.csv", rows), tmp_path / "out"), "external_key") == [
        None
    ]


def test_document_names_of_1c_in_a_flat_file(tmp_path: Path) -> None:
    rows = [
        ("Регистратор", "Контрагент", "Сумма"),
        ("Реализация товаров и услуг 0000-000123 от 05.10.2026 12:30:15", "А", "10"),
        ("Возврат товаров от покупателя УТ-7 от 06.10.2026", "А", "4"),
    ]
    found = taken(csv_file(tmp_path / "a.csv", rows), tmp_path / "out")
    assert column(found, "document") == ["0000-000123", "УТ-7"]
    assert column(found, "date") == [dt.date(2026, 10, 5), dt.date(2026, 10, 6)]
    assert column(found, "kind") == ["shipment", "return"]
    assert found.control_total == 600
    assert column(found, "external_key") == ["0000-000123|2026|shipment||1", "УТ-7|2026|return||1"]


def test_blank_rows_and_totals_are_left_out_and_counted(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ROWS[0],
        ("", "", "", "", "", ""),
        ROWS[1],
        HEAD,
        ROWS[2],
        ("Итого", "", "", "", "15,5", f"1{NBSP}538,07"),
        ("Главный бухгалтер", "", "", "", "", ""),
    ]
    found = taken(csv_file(tmp_path / "a.csv", rows), tmp_path / "out")
    assert found.lines == 3
    assert found.skipped == {"blank": 1, "header": 1, "total": 1, "footer": 1}
    assert found.footers == ("8: Главный бухгалтер",)
    assert found.file_total == 153_807
    assert found.difference == 0
    assert column(found, "line_no") == [2, 4, 6]


def test_a_difference_to_the_files_own_total_is_shown(tmp_path: Path) -> None:
    rows = [HEAD, *ROWS, ("Всего:", "", "", "", "", "2000")]
    found = taken(csv_file(tmp_path / "a.csv", rows), tmp_path / "out")
    assert found.difference == sum(AMOUNTS) - 200_000


def test_a_client_called_like_a_total_is_no_total(tmp_path: Path) -> None:
    rows = [HEAD, ("05.10.2026", "ООО Итого", "РН-9", "Всего понемногу", "1", "10"), ROWS[0]]
    found = taken(csv_file(tmp_path / "a.csv", rows), tmp_path / "out")
    assert found.lines == 2


def test_rows_keep_their_numbers_whatever_lies_between(tmp_path: Path) -> None:
    body = text((HEAD, ROWS[0])) + "\n" + text(ROWS[1:2]) + '"06.10.2026";"А\nБ";"1";"x";"1";"1"\n'
    path = tmp_path / "a.csv"
    path.write_text(body + text(ROWS[2:3]), encoding="utf-8")
    found = taken(path, tmp_path / "out")
    assert column(found, "line_no") == [2, 4, 5, 6]
    assert column(found, "client_name")[2] == "А\nБ"


def test_a_heading_above_the_table_is_passed_over(tmp_path: Path) -> None:
    rows = [("Отчёт о продажах",), ("Период: октябрь 2026",), (), HEAD, *ROWS]
    path = csv_file(tmp_path / "a.csv", rows)
    assert preview(path, name="a.csv").header_row == 4
    assert column(taken(path, tmp_path / "out"), "line_no") == [5, 6, 7, 8]


def test_a_file_without_titles_is_mapped_by_hand(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", ROWS)
    looked = preview(path, name="a.csv", header_row=0)
    assert looked.header_row == 0
    assert [c.title for c in looked.columns][:2] == ["Column 1", "Column 2"]
    columns = {"date": 0, "client_name": 1, "document": 2, "amount": 5}
    found = taken(path, tmp_path / "out", columns=columns, header_row=0)
    assert column(found, "amount") == AMOUNTS
    assert column(found, "line_no") == [1, 2, 3, 4]


def test_names_with_unclosed_quotes_inside_are_kept(tmp_path: Path) -> None:
    rows = [("Дата", "Клиент", "Сумма"), ("05.10.2026", 'ООО "Ромашка"', "1")]
    assert column(taken(csv_file(tmp_path / "a.csv", rows), tmp_path / "out"), "client_name") == [
        'ООО "Ромашка"'
    ]


def test_the_digest_is_of_the_files_bytes(tmp_path: Path) -> None:
    first = taken(csv_file(tmp_path / "a.csv"), tmp_path / "a")
    same = taken(csv_file(tmp_path / "b.csv"), tmp_path / "b")
    other = taken(csv_file(tmp_path / "c.csv", encoding="cp1251"), tmp_path / "c")
    assert first.digest == same.digest != other.digest
    assert len(first.digest) == 64


def test_progress_rises_and_cancel_leaves_nothing(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv")
    mapping = preview(path, name="a.csv").mapping
    told: list[float] = []
    read(path, mapping, into=tmp_path / "a", progress=lambda _s, share, _n: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1.0
    with pytest.raises(ReadingCancelled):
        read(path, mapping, into=tmp_path / "b", cancelled=lambda: True)
    assert list((tmp_path / "b").iterdir()) == []


def test_a_long_reading_is_stopped_on_the_way(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(engine, "LOOK_EVERY", 0.001)
    rows = [HEAD, *[(r[0], f"К{n}", *r[2:]) for n in range(40_000) for r in ROWS]]
    path = csv_file(tmp_path / "a.csv", rows)
    asked = []

    def after_some() -> bool:
        asked.append(1)
        return len(asked) > 5

    with pytest.raises(ReadingCancelled):
        read(path, preview(path, name="a").mapping, into=tmp_path / "out", cancelled=after_some)
    assert len(asked) == 6
    assert list((tmp_path / "out").iterdir()) == []


def test_an_unknown_field_in_a_layout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerFileInvalid, match="There is no field “colour”"):
        taken(csv_file(tmp_path / "a.csv"), tmp_path / "out", columns={"colour": 1})
