import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kamerton.platform.files import kinds, store
from kamerton.platform.files.kinds import TABLES, Kind


def kept(content: bytes, name: str = "sales.csv", **more) -> store.KeptFile:
    return store.keep(io.BytesIO(content), "imports", name=name, **more)


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def zipped(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


def test_an_upload_is_kept_whole_under_the_digest_of_its_content(settings):
    content = b"date;sum\n" + b"1;2\n" * 1_000_000  # several parts
    made = store.keep(SimpleUploadedFile("s.csv", content), "imports", name="s.csv")
    assert made.digest == hashlib.blake2b(content, digest_size=32).hexdigest()
    assert (made.path, made.size, made.kind) == (f"imports/{made.digest}.csv", len(content), "text")
    assert store.kept_path(made.path).read_bytes() == content
    assert len(files_below(settings.FILES)) == 1


def test_the_same_content_twice_is_one_file(settings):
    assert kept(b"a;b\n").path == kept(b"a;b\n", name="other.csv").path
    assert len(files_below(settings.FILES)) == 1


@pytest.mark.parametrize(
    ("content", "more", "refusal"),
    [
        (b"", {}, store.EmptyFile),
        (b"x" * 11, {"limit": 10}, store.TooLarge),
        (b"\x7fELF\0\0\0", {}, store.WrongKind),
        (b"%PDF-1.7 ...", {"allowed": TABLES}, store.WrongKind),
        (zipped("xl/workbook.xml")[:40], {}, store.WrongKind),  # cut in the middle
        (zipped("run.exe"), {}, store.WrongKind),
    ],
    ids=["empty", "large", "program", "no table", "cut", "packed program"],  # a ZIP holds the time
)
def test_a_refused_file_leaves_nothing_behind(settings, content, more, refusal):
    with pytest.raises(refusal):
        kept(content, **more)
    assert files_below(settings.FILES) == []


def test_an_upload_that_breaks_off_leaves_nothing_behind(settings):
    class Broken:
        def chunks(self, chunk_size=None):
            yield b"date;sum\n"
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.keep(Broken(), "imports", name="s.csv")
    assert files_below(settings.FILES) == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (zipped("[Content_Types].xml", "xl/workbook.xml"), Kind.XLSX),
        (zipped("mimetype", "content.xml"), Kind.ODS),
        (zipped("word/document.xml"), Kind.DOCX),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", Kind.XLS),
        (b"PAR1....", Kind.PARQUET),
        ("Дата;Сумма".encode("cp1251"), Kind.TEXT),
        ("Дата;Сумма".encode("utf-16"), Kind.TEXT),
        (b"\0\1\2\3", Kind.UNKNOWN),
    ],
    ids=["xlsx", "ods", "docx", "xls", "parquet", "cp1251", "utf-16", "unknown"],
)
def test_a_file_is_what_it_holds_whatever_its_name(tmp_path, content, expected):
    path = tmp_path / "picture.png"
    path.write_bytes(content)
    assert kinds.kind_of(path) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Reports\\Продажи 2025.xlsx", "Продажи 2025.xlsx"),
        ("a\r\nSet-Cookie: x.csv", "aSet-Cookie: x.csv"),
        ("sales\u202excod.csv", "salesxcod.csv"),  # a mark that turns the text around
        ("...", "file"),
        ("x" * 300 + ".csv", "x" * 196 + ".csv"),
    ],
)
def test_names_are_made_safe(given, expected):
    assert store.safe_name(given) == expected


@pytest.mark.parametrize("path", ["../secret-key", "/etc/passwd", "imports/../../secret-key", "no"])
def test_nothing_outside_of_the_folder_is_reached(settings, path):
    settings.FILES.mkdir()
    (settings.DATA / "secret-key").write_text("secret")
    with pytest.raises(FileNotFoundError):
        store.kept_path(path)
    store.remove(path)
    assert (settings.DATA / "secret-key").exists()


def test_a_kept_file_can_be_removed():
    made = kept(b"a;b\n")
    store.remove(made.path)
    with pytest.raises(FileNotFoundError):
        store.kept_path(made.path)
