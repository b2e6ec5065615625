"""Files that cannot be read: a sentence with a way out, and nothing written."""

import gzip
import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kamerton.domain.ledger.reader import LedgerFileInvalid, Mapping, containers, preview, read

from .files import HEAD, ROWS, csv_file, sheet, taken, text

BODY = text((HEAD, *ROWS)).encode()


def refusal(path: Path) -> str:
    with pytest.raises(LedgerFileInvalid) as caught:
        preview(path, name=path.name)
    mapping = Mapping({"date": 0, "client_name": 1, "amount": 5}, delimiter=";")
    with pytest.raises(LedgerFileInvalid):
        read(path, mapping, into=path.parent / "out")
    assert not list((path.parent / "out").iterdir())
    assert caught.value.status == 422
    return caught.value.message


def written(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.req("S1-18")
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "The file is empty"),
        ("a.xlsx", b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        ("a.xls", b"<?xml version='1.0'?><Workbook/>", "web page"),
        ("a.pdf", b"%PDF-1.7 abc", "This is a PDF"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "not a table"),
        ("a.csv.gz", gzip.compress(BODY)[:-20], "cut or damaged"),
        ("a.zip", zipped(a=BODY)[:-30], "cut or damaged"),
        ("a.zip", zipped(a=BODY, b=BODY), "holds 2 files"),
        ("a.zip", zipped(a=zipped(b=zipped(c=BODY))), "holds another archive"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\7" * 900, "workbook is damaged"),
        ("a.parquet", b"PAR1" + b"\0" * 100, "cut or damaged"),
        ("a.parquet", b"PAR1" + b"\0" * 100 + b"PAR1", "Parquet file is cut or damaged"),
        ("a.csv", b"just a letter\nto nobody\n", "No table was found in “a.csv”"),
        ("a.csv", b"\n\n\n", "No table was found"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    assert said in refusal(written(name, content)(tmp_path))


def test_a_cut_workbook_is_refused(tmp_path: Path) -> None:
    whole = sheet(tmp_path / "whole.xlsx", (HEAD, *ROWS)).read_bytes()
    for size in (len(whole) // 3, len(whole) - 30):
        assert "cut or damaged" in refusal(written("a.xlsx", whole[:size])(tmp_path))


def test_a_cut_parquet_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"Дата": ["2026-10-05"], "Клиент": ["А"]}), tmp_path / "w.parquet")
    whole = (tmp_path / "w.parquet").read_bytes()
    assert "cut or damaged" in refusal(written("a.parquet", whole[:-9])(tmp_path))


def rewritten(path: Path, part: str, content: bytes) -> Path:
    target = path.with_name("made.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, content if entry.filename == part else old.read(entry))
    return target


@pytest.mark.req("S1-18")
def test_a_bomb_is_refused_before_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = sheet(tmp_path / "a.xlsx", (HEAD, *ROWS))
    swollen = rewritten(plain, "xl/worksheets/sheet1.xml", b" " * (80 << 20))
    assert "unpacks into more than" in refusal(swollen)
    monkeypatch.setattr(containers, "MAX_ENTRIES", 5)
    assert "unpacks into more than" in refusal(plain)


def test_a_bomb_that_lies_about_its_size_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = sheet(tmp_path / "a.xlsx", (HEAD, *ROWS))
    swollen = rewritten(plain, "xl/worksheets/sheet1.xml", b" " * (8 << 20))
    lying = bytearray(swollen.read_bytes())
    size = (8 << 20).to_bytes(4, "little")
    assert lying.count(size) == 2
    lying = lying.replace(size, (999).to_bytes(4, "little"))
    monkeypatch.setattr(containers, "MAX_UNPACKED_BOOK", 1 << 20)
    assert "unpacks into more than" in refusal(written("b.xlsx", bytes(lying))(tmp_path))


def test_a_swelling_archive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "RATIO_FROM", 1 << 20)
    packed = gzip.compress(b" " * (4 << 20))
    assert "far more than a table needs" in refusal(written("a.csv.gz", packed)(tmp_path))


def test_entities_in_the_xml_are_not_followed(tmp_path: Path) -> None:
    plain = sheet(tmp_path / "a.xlsx", (HEAD, *ROWS))
    evil = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + b"<si><t>&a;</t></si>" * 30
        + b"</sst>"
    )
    path = rewritten(plain, "xl/sharedStrings.xml", evil)
    with pytest.raises(LedgerFileInvalid):
        preview(path, name="a.xlsx")


def test_a_forced_encoding_that_does_not_fit_names_the_byte(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", encoding="cp1251")
    with pytest.raises(LedgerFileInvalid) as caught:
        preview(path, name="a.csv", encoding="utf-8")
    assert caught.value.message == ("Byte 0 of the file is not utf-8. Try the encoding cp1251.")
    mapping = replace(preview(path, name="a.csv").mapping, encoding="utf-8")
    with pytest.raises(LedgerFileInvalid, match="Byte 0 of the file is not utf-8"):
        read(path, mapping, into=tmp_path / "out")
    with pytest.raises(LedgerFileInvalid, match="The encoding “latin-x” is not known"):
        preview(path, name="a.csv", encoding="latin-x")


def test_one_bad_byte_deep_inside_is_named(tmp_path: Path) -> None:
    body = text([HEAD, *ROWS * 3000]).encode()
    place = len(body) - 500
    while body[place] >= 128:
        place += 1
    path = written("a.csv", body[:place] + b"\xff" + body[place + 1 :])(tmp_path)
    mapping = preview(path, name="a.csv").mapping
    assert mapping.encoding == "utf-8"
    with pytest.raises(LedgerFileInvalid, match=f"Byte {place} of the file is not utf-8"):
        read(path, mapping, into=tmp_path / "out")


def test_columns_beyond_the_limits(tmp_path: Path) -> None:
    def wide(columns: int) -> Path:
        extra = [f"x{n}" for n in range(columns - 3)]
        rows = [["Дата", "Клиент", "Сумма", *extra], ["05.10.2026", "А", "1", *extra]]
        return csv_file(tmp_path / "a.csv", rows)

    looked = preview(wide(300), name="a.csv")
    assert len(looked.columns) == 200
    assert "Of 300 columns the first 200 are used." in looked.notes
    assert taken(wide(300), tmp_path / "o").lines == 1
    with pytest.raises(LedgerFileInvalid, match="The table has 501 columns; at most 500 are read"):
        preview(wide(501), name="a.csv")


def test_a_quotation_mark_left_open_is_refused_with_its_row(tmp_path: Path) -> None:
    body = text((HEAD, *ROWS)) + '09.10.2026;"ООО А;РН-4;x;1;1\n' + text(ROWS)
    path = written("a.csv", body.encode())(tmp_path)
    mapping = preview(path, name="a.csv").mapping
    with pytest.raises(LedgerFileInvalid, match="Row 6 of the file cannot be read: a quotation"):
        read(path, mapping, into=tmp_path / "out")


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"client_name": 1, "amount": 5}, "No column holds the date"),
        ({"date": 0, "client_name": 1, "quantity": 4}, "No column holds the amount"),
        ({"date": 0, "amount": 5}, "No column holds the client"),
        ({"date": 0, "client_name": 1, "amount": 60}, "the layout needs more"),
    ],
)
def test_a_layout_that_makes_no_line_is_refused(
    tmp_path: Path, columns: dict[str, int], said: str
) -> None:
    with pytest.raises(LedgerFileInvalid, match=said):
        taken(csv_file(tmp_path / "a.csv"), tmp_path / "out", columns=columns)


def test_titles_without_lines_are_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [HEAD])
    mapping = preview(path, name="a.csv").mapping
    with pytest.raises(LedgerFileInvalid, match="titles but no lines"):
        read(path, mapping, into=tmp_path / "out")
    assert not (tmp_path / "out" / "lines.parquet").exists()


def test_random_bytes_never_break_anything(tmp_path: Path) -> None:
    luck = random.Random(20261121)
    starts = (b"", b"PK\3\4", b"PAR1", b"\x1f\x8b\x08\0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    mapping = Mapping({"date": 0, "client_name": 1, "amount": 2})
    for number in range(150):
        content = starts[number % 5] + luck.randbytes(luck.randrange(1, 3000))
        path = written("a.bin", content)(tmp_path)
        for attempt in (
            lambda path=path: preview(path, name="a"),
            lambda path=path: read(path, mapping, into=tmp_path / "out"),
        ):
            try:
                attempt()
            except LedgerFileInvalid as refused:
                assert refused.message


def test_a_workbook_with_any_bytes_spoilt_never_breaks_anything(tmp_path: Path) -> None:
    luck = random.Random(7)
    whole = sheet(tmp_path / "whole.xlsx", (HEAD, *ROWS)).read_bytes()
    for _ in range(60):
        spoilt = bytearray(whole)
        for _ in range(luck.randrange(1, 12)):
            spoilt[luck.randrange(len(spoilt))] = luck.randrange(256)
        path = written("a.xlsx", bytes(spoilt))(tmp_path)
        try:
            found = preview(path, name="a.xlsx")
            read(path, found.mapping, into=tmp_path / "out")
        except LedgerFileInvalid as refused:
            assert refused.message
