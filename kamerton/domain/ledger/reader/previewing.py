"""The first look at a file: its format, its columns, and a guess at how to read it."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

from . import containers, delimited, encodings, guessing, heads, sheets
from .grouped import Groups, guess_groups
from .mapping import FIELD_ORDER, Mapping, field_title
from .parquet import first_parquet_rows
from .refusals import LedgerFileInvalid

MAX_COLUMNS = 500
USED_COLUMNS = 200
SHOWN_ROWS = 20
LOOKED_AT = 5000  # rows from which a guess is made
SAMPLE = 1 << 20


@dataclass(frozen=True)
class Column:
    """A column of the file: its place from 0, its title, its first values."""

    index: int
    title: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """What the reader sees in a file before it reads it."""

    format: str
    encoding: str
    delimiter: str
    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    mapping: Mapping
    unmapped: tuple[Column, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Look:
    """The first rows, as text, and how they were reached."""

    format: str
    rows: list[list[str]]
    filled: list[list[str]]  # the same with merged cells repeated
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    depths: dict[int, int] | None = None
    typed_dates: bool = False


def preview(
    path: Path,
    *,
    name: str,
    sheet: str | None = None,
    header_row: int | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Preview:
    """Return the columns of a file with a guessed `Mapping`; nothing is written.

    `name` is the name under which the file was sent; `header_row` counts from 1, 0 = no titles.
    Raises LedgerFileInvalid with a sentence that shows the way out.
    """
    with tempfile.TemporaryDirectory(prefix="kamerton-look-") as folder:
        opened = containers.open_file(path, Path(folder))
        if opened.format == "csv":
            look = _look_at_text(opened.path, encoding, delimiter)
        elif opened.format == "parquet":
            rows = first_parquet_rows(opened.path, LOOKED_AT)
            look = _Look("parquet", rows, rows)
        else:
            look = _look_at_book(opened, sheet)
    if header_row is None and look.format == "parquet":
        header_row = 1
    return _described(look, header_row, name)


def _look_at_text(path: Path, encoding: str | None, delimiter: str | None) -> _Look:
    if encoding:
        encodings.check_encoding(path, encoding)
    chosen = encoding or encodings.guess_encoding(path)
    text, _whole = delimited.first_text(path, chosen, size=SAMPLE // 4)
    sign = delimiter or delimited.guess_delimiter(text)
    rows = delimited.first_rows(path, chosen, sign, size=SAMPLE)[:LOOKED_AT]
    return _Look("csv", rows, rows, encoding=chosen, delimiter=sign)


def _look_at_book(opened: containers.Opened, name: str | None) -> _Look:
    sheet = sheets.open_sheet(opened.path, name)
    if sheet.width > MAX_COLUMNS:
        raise _too_wide(sheet.width)
    cells = [row for row, _n in zip(sheet.rows(), range(LOOKED_AT), strict=False)]
    plain = [[sheets.cell_text(cell) for cell in row] for row in cells]
    filled = sheets.fill_merged(iter(cells), sheet.merged, 0)
    typed = sum(not isinstance(c, str | int | float) for row in cells for c in row)
    return _Look(
        opened.format,
        plain,
        [[sheets.cell_text(cell) for cell in row] for row in filled],
        sheet=sheet.name,
        sheets=sheet.names,
        depths=sheets.depths(opened.path, sheet.name) if opened.format == "xlsx" else {},
        typed_dates=typed * 2 > len(cells),
    )


def _too_wide(width: int) -> LedgerFileInvalid:
    return LedgerFileInvalid(
        _("The table has %(width)d columns; at most %(most)d are read. Remove what is not needed.")
        % {"width": width, "most": MAX_COLUMNS}
    )


def _described(look: _Look, header_row: int | None, name: str) -> Preview:
    head = heads.find_head(look.rows) if header_row is None else header_row - 1
    if head is None:
        head = -1 if _starts_with_values(look.rows) else None
    width = max((len(_stripped(row)) for row in look.rows), default=0)
    if head is None or width < 2 or head >= len(look.rows):
        raise LedgerFileInvalid(
            _(
                "No table was found in “%(name)s”. It needs a row of titles, such as Date, Client,"
                " Amount, with the lines below it."
            )
            % {"name": name}
        )
    if width > MAX_COLUMNS:
        raise _too_wide(width)
    return _with_head(look, head, min(width, USED_COLUMNS), width)


def _stripped(row: Sequence[str]) -> Sequence[str]:
    last = next((i for i in range(len(row), 0, -1) if row[i - 1].strip()), 0)
    return row[:last]


def _starts_with_values(rows: Sequence[Sequence[str]]) -> bool:
    """A file without titles: figures from the very first row on."""
    first = next((row for row in rows if any(c.strip() for c in row)), [])
    filled = [cell for cell in first if cell.strip()]
    return len(filled) > 1 and any(heads.is_number(c) or heads.is_day(c) for c in filled)


def _with_head(look: _Look, head: int, width: int, full_width: int) -> Preview:
    height = heads.head_height(look.rows, head) if head >= 0 else 0
    titles, parts = _titles(look.rows[head : head + height] if height else [], width)
    body = [row for row in look.filled[head + max(height, 1) :] if any(c.strip() for c in row)]
    columns = [Column(place, titles[place], _samples(body, place, 5)) for place in range(width)]
    candidates = [
        guessing.Candidate(c.index, parts[c.index], _samples(body, c.index, 500)) for c in columns
    ]
    groups = guess_groups(look.rows, head, height, look.depths or {})
    mapping = _guessed(look, candidates, groups, titles)
    mapping = replace(mapping, header_row=head + 1, header_height=max(height, 1))
    used = set(mapping.columns.values()) | set(_label_places(groups))
    named = tuple(c for c in columns if c.title or c.samples)
    return Preview(
        look.format, look.encoding, look.delimiter, look.sheet, look.sheets, head + 1, named,
        tuple(tuple(row[:width]) for row in body[:SHOWN_ROWS]), mapping,
        tuple(c for c in named if c.index not in used),
        tuple(_notes(mapping, candidates, full_width)),
    )  # fmt: skip


def _titles(head: list[list[str]], width: int) -> tuple[list[str], list[tuple[str, ...]]]:
    """Return the title of each column, and of which parts it may consist."""
    joined = heads.joined_titles(head, width)
    lowest = [
        next((row[p].strip() for row in reversed(head) if p < len(row) and row[p].strip()), "")
        for p in range(width)
    ]
    shown = [title or _("Column %(number)d") % {"number": p + 1} for p, title in enumerate(joined)]
    return shown, list(zip(joined, lowest, strict=True))


def _samples(body: Sequence[Sequence[str]], place: int, most: int) -> tuple[str, ...]:
    found: list[str] = []
    for row in body:
        if place < len(row) and (text := row[place].strip()):
            found.append(text[:200])
            if len(found) == most:
                break
    return tuple(found)


def _guessed(
    look: _Look,
    candidates: list[guessing.Candidate],
    groups: Groups | None,
    titles: list[str],
) -> Mapping:
    levels = groups.levels if groups else ()
    free = [one for one in candidates if one.index not in _label_places(groups)]
    columns = guessing.guess_columns(free)
    columns = {code: place for code, place in columns.items() if code not in levels}
    order, _doubt = _date_order(look, columns, candidates)
    numbers = [
        text
        for code in ("amount", "quantity", "price", "cost", "unit_cost")
        if code in columns
        for text in candidates[columns[code]].samples
    ]
    documents = candidates[columns["document"]].samples if "document" in columns else ()
    return Mapping(
        columns=dict(sorted(columns.items(), key=lambda pair: FIELD_ORDER[pair[0]])),
        sheet=look.sheet,
        encoding=look.encoding or "utf-8",
        delimiter=look.delimiter or ",",
        date_order=order,
        decimal=guessing.guess_decimal(numbers, titles=titles),
        layout="grouped" if levels else "flat",
        levels=levels,
        level_column=groups.column if groups else 0,
        level_width=groups.width if groups else 1,
        return_prefix=guessing.guess_return_prefix(documents),
        documents_named=guessing.share(documents, guessing.named) > 0.5 or "document" in levels,
        with_vat=guessing.guess_vat(columns, titles),
    )


def _label_places(groups: Groups | None) -> range:
    return range(groups.column, groups.column + groups.width) if groups else range(0)


def _date_order(
    look: _Look, columns: dict[str, int], candidates: Sequence[guessing.Candidate]
) -> tuple[str, bool]:
    samples = candidates[columns["date"]].samples if "date" in columns else ()
    order, doubt = guessing.guess_date_order(samples)
    return order, doubt and not look.typed_dates


def _notes(mapping: Mapping, candidates: Sequence[guessing.Candidate], width: int) -> list[str]:
    columns = set(mapping.columns)
    chain = " → ".join(field_title(level) for level in mapping.levels if level)
    samples = candidates[mapping.columns["date"]].samples if "date" in columns else ()
    notes = (
        ("amount" not in columns and {"quantity", "price"} <= columns,
         _("Amount = Quantity × Price.")),
        ("cost" not in columns and {"unit_cost", "quantity"} <= columns,
         _("Cost = Quantity × Cost of one unit.")),
        (bool(chain), _("The report is grouped: %(levels)s.") % {"levels": chain}),
        (mapping.documents_named, _("Number, day and kind are taken from the document’s name.")),
        (bool(mapping.return_prefix),
         _("Documents that begin with “%(prefix)s” are returns.")
         % {"prefix": mapping.return_prefix}),
        (guessing.guess_date_order(samples) == ("dmy", True),
         _("Dates such as 03/04/2026 are read as day/month.")),
        (mapping.with_vat is True, _("Amounts include VAT.")),
        (mapping.with_vat is False, _("Amounts are without VAT.")),
        (width > USED_COLUMNS,
         _("Of %(count)d columns the first %(used)d are used.")
         % {"count": width, "used": USED_COLUMNS}),
    )  # fmt: skip
    return [sentence for applies, sentence in notes if applies]
