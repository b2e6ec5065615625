"""XLSX and its kin, and the reports of 1C as they are."""

import datetime as dt
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from kamerton.domain.ledger.reader import LedgerFileInvalid, preview, read

from .files import HEAD, ROWS, column, csv_file, grouped_report, lines, sheet, taken
from .xls import xls

OCT_5, OCT_9, OCT_12 = dt.date(2026, 10, 5), dt.date(2026, 10, 9), dt.date(2026, 10, 12)


@pytest.mark.req("S1-18")
def test_cells_of_every_kind(tmp_path: Path) -> None:
    head = ("Дата", "Код клиента", "Артикул", "Количество", "Сумма", "Себестоимость")
    rows = [
        head,
        (OCT_5, 13085, 1.25, 1.125, 1250.5, 0.00001),
        ("06.10.2026", "013", "A-7", "2", "1 250,75", ""),
        (46302, 7, 100.0, -3, -33.335, 33.333333333333336),
    ]
    found = taken(sheet(tmp_path / "a.xlsx", rows), tmp_path / "out")
    assert not found.errors
    assert column(found, "date") == [OCT_5, dt.date(2026, 10, 6), dt.date(2026, 10, 7)]
    assert column(found, "client_code") == ["13085", "013", "7"]
    assert column(found, "quantity") == [1125, 2000, -3000]
    assert column(found, "amount") == [125050, 125075, -3334]
    assert column(found, "cost") == [0, None, -3333]


def test_the_sheet_is_chosen_by_name_or_is_the_first_with_rows(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    book.add_worksheet("Пусто")
    for name, amount in (("Май", 5), ("Июнь", 6)):
        page = book.add_worksheet(name)
        page.write_row(0, 0, ["Дата", "Клиент", "Сумма"])
        page.write_row(1, 0, ["05.10.2026", "А", amount])
    book.close()
    looked = preview(tmp_path / "a.xlsx", name="a.xlsx")
    assert (looked.sheet, looked.sheets) == ("Май", ("Пусто", "Май", "Июнь"))
    chosen = preview(tmp_path / "a.xlsx", name="a.xlsx", sheet="Июнь")
    found = read(tmp_path / "a.xlsx", chosen.mapping, into=tmp_path / "out")
    assert found.control_total == 600
    with pytest.raises(LedgerFileInvalid, match="There is no sheet “Июль”"):
        preview(tmp_path / "a.xlsx", name="a.xlsx", sheet="Июль")


def test_a_value_in_a_merged_cell_holds_for_all_its_rows(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    page = book.add_worksheet()
    page.write_row(0, 0, ["Клиент", "Дата", "Сумма"])
    page.merge_range(1, 0, 3, 0, "ООО А")
    for row, amount in ((1, 10), (2, 20), (3, 30), (4, 40)):
        page.write_row(row, 1, ["05.10.2026", amount])
    book.close()
    found = taken(tmp_path / "a.xlsx", tmp_path / "out")
    assert column(found, "client_name") == ["ООО А", "ООО А", "ООО А", ""]
    assert found.without_client.amount == 4000


def test_a_table_that_begins_in_column_b(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    page = book.add_worksheet()
    page.write_row(2, 1, ["Клиент", "Дата", "Сумма"])
    page.merge_range(3, 1, 4, 1, "ООО А")
    page.write_row(3, 2, ["05.10.2026", 10])
    page.write_row(4, 2, ["05.10.2026", "x"])
    book.close()
    looked = preview(tmp_path / "a.xlsx", name="a.xlsx")
    assert looked.mapping.columns == {"date": 2, "amount": 3, "client_name": 1}
    found = taken(tmp_path / "a.xlsx", tmp_path / "out")
    assert column(found, "client_name") == ["ООО А"]
    assert [(e.row, e.column) for e in found.errors] == [(5, "Сумма")]


def test_a_head_of_two_rows_is_read_as_one(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    page = book.add_worksheet()
    page.write(0, 0, "Продажи по клиентам")
    for place, title in enumerate(("Дата", "Клиент")):
        page.merge_range(2, place, 3, place, title)
    page.merge_range(2, 2, 2, 3, "Продажи")
    page.write_row(3, 2, ["Количество", "Сумма"])
    page.write_row(4, 0, ["05.10.2026", "А", 2, 20.5])
    book.close()
    looked = preview(tmp_path / "a.xlsx", name="a.xlsx")
    titles = ["Дата", "Клиент", "Продажи Количество", "Продажи Сумма"]
    assert [c.title for c in looked.columns] == titles
    assert looked.mapping.header_height == 2
    found = taken(tmp_path / "a.xlsx", tmp_path / "out")
    assert column(found, "amount") == [2050]
    assert column(found, "line_no") == [5]


@pytest.mark.req("S1-18")
@pytest.mark.parametrize("by", ["outline", "indent", "column"])
def test_a_grouped_report_of_1c(tmp_path: Path, by: str) -> None:
    path = grouped_report(tmp_path / "a.xlsx", by=by)
    looked = preview(path, name="a.xlsx")
    assert looked.mapping.levels == ("client_name", "document", "product_name")
    assert looked.header_row == 5
    found = taken(path, tmp_path / "out")
    assert not found.errors
    got = [
        (r["client_name"], r["document"], r["date"], r["kind"], r["product_name"], r["amount"])
        for r in lines(found)
    ]
    one, two = "ООО «Ромашка»", "АО Берёзка"
    assert got == [
        (one, "0000-000123", OCT_5, "shipment", "Болт М8", 100050),
        (one, "0000-000123", OCT_5, "shipment", "Гайка М8", 30000),
        (one, "0000-000007", OCT_9, "return", "Болт М8", -20050),
        (two, "0000-000124", OCT_12, "shipment", "Болт М8", 9999),
    ]
    assert column(found, "quantity") == [10000, 4000, -2000, 1500]
    assert column(found, "cost") == [60000, 25000, -15000, None]
    assert column(found, "line_no") == [10, 11, 13, 16]
    assert found.skipped == {"total": 1, "group": 5}
    assert found.file_total == found.control_total == 119_999
    assert found.difference == 0


def test_clients_with_documents_below_are_told_apart_by_words(tmp_path: Path) -> None:
    rows = [
        ("Контрагент / Документ", "Сумма"),
        ("Контрагент", ""),
        ("ООО А", "30"),
        ("Реализация товаров и услуг 1 от 05.10.2026", "10"),
        ("Реализация товаров и услуг 2 от 06.10.2026", "20"),
        ("ООО Б", "5"),
        ("Реализация товаров и услуг 3 от 07.10.2026", "5"),
        ("Итого", "35"),
    ]
    found = taken(
        csv_file(tmp_path / "a.csv", rows),
        tmp_path / "out",
        **{"layout": "grouped", "levels": ("client_name", "document"), "documents_named": True},
        **{"columns": {"amount": 1}, "header_row": 1, "header_height": 2},
    )
    assert column(found, "client_name") == ["ООО А", "ООО А", "ООО Б"]
    assert found.difference == 0


def test_levels_that_cannot_be_told_apart_are_refused(tmp_path: Path) -> None:
    rows = [
        ("Контрагент", "Сумма"),
        ("ООО А", "30"),
        ("Реализация товаров и услуг 1 от 05.10.2026", "10"),
        ("Болт", "10"),
    ]
    with pytest.raises(LedgerFileInvalid, match="cannot be told apart"):
        taken(
            csv_file(tmp_path / "a.csv", rows),
            tmp_path / "out",
            **{"layout": "grouped", "levels": ("client_name", "document", "product_name")},
            **{"columns": {"amount": 1}, "documents_named": True},
        )
    assert not (tmp_path / "out" / "lines.parquet").exists()


def test_the_string_table_as_1c_names_it(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", (HEAD, *ROWS))
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for entry in old.infolist():
            name = entry.filename.replace("sharedStrings", "SharedStrings")
            new.writestr(name, old.read(entry))
    assert taken(tmp_path / "b.xlsx", tmp_path / "out").lines == 4


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="Лист1">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""


def ods(path: Path) -> Path:
    def cell(value: object) -> str:
        if isinstance(value, float):
            return (
                f'<table:table-cell office:value-type="float" office:value="{value}">'
                f"<text:p>{value}</text:p></table:table-cell>"
            )
        if isinstance(value, dt.date):
            return (
                f'<table:table-cell office:value-type="date" office:date-value="{value}">'
                f"<text:p>{value}</text:p></table:table-cell>"
            )
        return (
            f'<table:table-cell office:value-type="string"><text:p>{value}</text:p>'
            "</table:table-cell>"
        )

    rows = [("Дата", "Клиент", "Сумма"), (OCT_5, "А", 10.5), ("06.10.2026", "Б", "1 000,25")]
    made = ("<table:table-row>" + "".join(map(cell, r)) + "</table:table-row>" for r in rows)
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    listing = (
        '<?xml version="1.0"?><manifest:manifest'
        ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", listing)
        archive.writestr("content.xml", ODS.format(rows="".join(made)))
    return path


def test_ods(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods")
    assert preview(path, name="a.ods").format == "ods"
    found = taken(path, tmp_path / "out")
    assert column(found, "amount") == [1050, 100025]
    assert column(found, "date") == [OCT_5, dt.date(2026, 10, 6)]


def test_xls(tmp_path: Path) -> None:
    rows = [
        ("Дата", "Клиент", "Сумма"),
        ("05.10.2026", "ООО «Ёлка»", 10.5),
        ("06.10.2026", "Б", 7.0),
    ]
    path = xls(tmp_path / "a.xls", rows)
    looked = preview(path, name="a.xls")
    assert (looked.format, looked.sheet) == ("xls", "Лист1")
    found = taken(path, tmp_path / "out")
    assert column(found, "client_name") == ["ООО «Ёлка»", "Б"]
    assert column(found, "amount") == [1050, 700]
