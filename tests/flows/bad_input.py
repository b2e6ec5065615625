"""Files that are wrong in the ways real ones are; each gets a sentence and changes nothing."""

import gzip
import io
import zipfile

HEAD = "Date;Document;Client code;Client;Product code;Amount\n"
GOOD = "".join(f"{day:02}.10.2026;D{day};C{day % 3};Acme;A{day};{day},50\n" for day in range(1, 29))


def text(extra: str, head: str = HEAD) -> bytes:
    return (head + GOOD + extra).encode()


def workbook(sheet: bytes) -> bytes:
    """The least that calls itself XLSX."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return made.getvalue()


def bomb() -> bytes:
    return workbook(b" " * (300 << 20))


def cut() -> bytes:
    return gzip.compress(text(""))[:-40]


# name → content, and a part of the sentence that refuses the file as a whole
REFUSED = {
    "no table": (lambda: b"\x00\x01\x02\x03\x04\x05" * 500, "not a table"),
    "a web page": (lambda: b"<html><body><table></table>", "web page"),
    "a bomb": (bomb, "unpacks"),
    "empty": (lambda: b"", "empty"),
    "cut": (cut, "cut or damaged"),
    "a cut workbook": (lambda: workbook(b"<worksheet/>")[:-30], "cut or damaged"),
    "only titles": (HEAD.encode, ""),
    "600 columns": (lambda: (";".join(f"c{n}" for n in range(600)) + "\n").encode() * 3, ""),
}

# name → content, column and a part of the sentence in the table of errors
WRONG = {
    "text in a sum": (
        text("29.10.2026;D;C1;Acme;A;a lot\n"), "Amount", "“a lot” is not a number"),
    "31.02": (text("31.02.2026;D;C1;Acme;A;5\n"), "Date", "no such day as “31.02.2026”"),
    "a long name": (text(f"29.10.2026;D;C1;{'x' * 10_000};A;5\n"), "Client", "longer than"),
    "cut by Excel": (text("29.10.2026;D;1,23E+11;Acme;A;5\n"), "Client code", "spreadsheet"),
    "a date in a sum": (text("29.10.2026;D;C1;Acme;A;05.10.2026\n"), "Amount", "is a date"),
    "no date": (text(";D;C1;Acme;A;5\n"), "Date", "date is missing"),
}  # fmt: skip
