"""What a file is, by its content; its name proves nothing."""

import zipfile
from enum import StrEnum
from pathlib import Path

HEAD = 4096  # bytes to look at
ZIP = b"PK\x03\x04"
STARTS = {
    b"PAR1": "parquet",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "xls",  # the container of old Office files
    b"%PDF-": "pdf",
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
}
MARKS = (b"\xff\xfe", b"\xfe\xff")  # UTF-16 holds zero bytes and is text all the same
PARTS = {"xl/": "xlsx", "word/": "docx", "ppt/": "pptx", "content.xml": "ods"}


class Kind(StrEnum):
    """The kinds of file that may be kept."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    PARQUET = "parquet"
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    DOCX = "docx"
    PPTX = "pptx"
    UNKNOWN = "unknown"


TABLES = frozenset({Kind.TEXT, Kind.XLSX, Kind.XLS, Kind.ODS, Kind.PARQUET})
DOCUMENTS = TABLES | {Kind.PDF, Kind.PNG, Kind.JPEG, Kind.DOCX, Kind.PPTX}
SUFFIX = {Kind.TEXT: ".csv", Kind.JPEG: ".jpg", Kind.UNKNOWN: ".bin"}


def kind_of(path: Path) -> Kind:
    """Tell what the file is."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    for start, kind in STARTS.items():
        if head.startswith(start):
            return Kind(kind)
    if head.startswith(ZIP):
        return _kind_in_zip(path)
    return Kind.TEXT if head.startswith(MARKS) or b"\0" not in head else Kind.UNKNOWN


def _kind_in_zip(path: Path) -> Kind:
    """Office files are ZIP archives; what they hold tells them apart."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:  # cut in the middle
        return Kind.UNKNOWN
    for part, kind in PARTS.items():
        if any(name.startswith(part) for name in names):
            return Kind(kind)
    return Kind.UNKNOWN


def suffix_of(kind: Kind) -> str:
    """Return the ending of a kept file's name."""
    return SUFFIX.get(kind, f".{kind}")
