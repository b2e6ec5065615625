"""Whatever way a sound ledger is written, it is read back to the kopeck."""

import datetime as dt
import tempfile
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamerton.domain.ledger.reader import LedgerFileInvalid, Mapping, preview, read

from .files import NBSP, THIN, lines, sheet

HEAD = ("Дата", "Код клиента", "Клиент", "Документ", "Артикул", "Количество", "Сумма")
LETTERS = st.text("абвгдеёжзАБВГДЁабвxyzXYZ 019-«»№", max_size=12).map(str.strip)
WORD = st.text("абвгдежзиАБВГД019", min_size=1, max_size=9)


@dataclass(frozen=True)
class Line:
    day: dt.date
    code: str
    name: str
    document: str
    product: str
    quantity: int  # thousandths
    amount: int  # kopecks


@dataclass(frozen=True)
class Style:
    encoding: str
    delimiter: str
    newline: str
    days: str
    decimal: str
    thousands: str
    quoted: bool


LINES = st.lists(
    st.builds(
        Line,
        day=st.dates(dt.date(1990, 1, 1), dt.date(2026, 11, 1)),
        code=WORD,
        name=LETTERS,
        document=WORD,
        product=WORD,
        quantity=st.integers(-(10**7), 10**7),
        amount=st.integers(-(10**12), 10**12),
    ),
    min_size=1,
    max_size=12,
)
STYLES = st.builds(
    Style,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1251", "utf-16-be"]),
    delimiter=st.sampled_from([";", "\t", "|", ","]),
    newline=st.sampled_from(["\n", "\r\n"]),
    days=st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y %H:%M:%S", "%m/%d/%Y"]),
    decimal=st.sampled_from([",", "."]),
    thousands=st.sampled_from(["", " ", NBSP, THIN, "'"]),
    quoted=st.booleans(),
)


def number(units: int, places: int, style: Style) -> str:
    sign = "-" if units < 0 else ""
    whole, rest = divmod(abs(units), 10**places)
    return sign + f"{whole:,}".replace(",", style.thousands) + style.decimal + f"{rest:0{places}d}"


def cells(line: Line, style: Style) -> list[str]:
    # strftime pads no years below 1000 here: all are 1990 and later
    day = dt.datetime(line.day.year, line.day.month, line.day.day, 13, 5).strftime(style.days)
    figures = number(line.quantity, 3, style), number(line.amount, 2, style)
    return [day, line.code, line.name, line.document, line.product, *figures]


def written(rows: list[list[str]], style: Style) -> bytes:
    def cell(text: str) -> str:
        if style.quoted or style.delimiter in text:
            return '"' + text.replace('"', '""') + '"'
        return text

    text = "".join(style.delimiter.join(map(cell, row)) + style.newline for row in rows)
    return text.replace(THIN, " " if style.encoding == "cp1251" else THIN).encode(style.encoding)


def mapping(style: Style) -> Mapping:
    fields = (
        "date",
        "client_code",
        "client_name",
        "document",
        "product_code",
        "quantity",
        "amount",
    )
    return Mapping(
        {field: place for place, field in enumerate(fields)},
        encoding=style.encoding,
        delimiter=style.delimiter,
        date_order="ymd" if style.days[1] == "Y" else "mdy" if style.days[1] == "m" else "dmy",
        decimal=style.decimal,
        returns_negative=False,
    )


def expected(made: list[Line]) -> list[tuple[object, ...]]:
    return [
        (n, x.day, x.code, x.name, x.document, x.product, x.quantity, x.amount)
        for n, x in enumerate(made, start=2)
    ]


def got(path: Path, how: Mapping) -> tuple[list[tuple[object, ...]], int]:
    found = read(path, how, into=path.parent / "out")
    assert not found.errors, found.errors[0]
    names = ("line_no", "date", "client_code", "client_name", "document", "product_code")
    rows = [tuple(r[n] for n in (*names, "quantity", "amount")) for r in lines(found)]
    return rows, found.control_total


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=LINES, style=STYLES)
def test_a_text_gives_back_its_lines(made: list[Line], style: Style) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(written([list(HEAD), *(cells(x, style) for x in made)], style))
        rows, total = got(path, mapping(style))
        assert rows == expected(made)
        assert total == sum(x.amount for x in made)
        looked = preview(path, name="a.csv").mapping
        assert (looked.delimiter, looked.columns) == (style.delimiter, mapping(style).columns)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=LINES)
def test_a_workbook_gives_back_its_lines(made: list[Line]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            (x.day, x.code, x.name, x.document, x.product, x.quantity / 1000, x.amount / 100)
            for x in made
        ]
        path = sheet(Path(folder) / "a.xlsx", [HEAD, *rows])
        how = replace(preview(path, name="a.xlsx").mapping, returns_negative=False)
        assert got(path, how) == (expected(made), sum(x.amount for x in made))


FACTOR = st.decimals(-100_000, 100_000, places=3, allow_nan=False, allow_infinity=False)
PRICE = st.decimals(0, 1_000_000, places=6, allow_nan=False, allow_infinity=False)


@settings(max_examples=60, deadline=None)
@given(pairs=st.lists(st.tuples(FACTOR, PRICE), min_size=1, max_size=30))
def test_quantity_by_price_is_exact(pairs: list[tuple[Decimal, Decimal]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        body = "".join(f"2026-10-05,k,{q:f},{p:f}\n" for q, p in pairs)
        path.write_text("date,client id,quantity,price\n" + body)
        columns = {"date": 0, "client_code": 1, "quantity": 2, "price": 3}
        found = read(path, Mapping(columns, date_order="ymd", decimal="."), into=path.parent)
        wanted = [int((q * p).quantize(Decimal("0.01"), "ROUND_HALF_UP") * 100) for q, p in pairs]
        assert [row["amount"] for row in lines(found)] == wanted


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    content=st.one_of(
        st.binary(max_size=400),
        st.text(alphabet='аб1.,;"\n\r\t |-0\x00', max_size=300).map(lambda t: t.encode()),
        st.text(alphabet='05.10.2026;"\n,А', max_size=300).map(
            lambda t: b"\xd0\x94\xd0\xb0\xd1\x82\xd0\xb0;client;amount\n" + t.encode()
        ),
    )
)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(content)
        by_hand = Mapping({"date": 0, "client_name": 1, "amount": 2}, delimiter=";")
        for attempt in (lambda: preview(path, name="a.csv").mapping, lambda: by_hand):
            try:
                found = read(path, attempt(), into=Path(folder) / "out")
            except LedgerFileInvalid as refused:
                assert refused.message
            else:
                kept = found.lines + found.error_rows + sum(found.skipped.values())
                assert kept == found.rows
