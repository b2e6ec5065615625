"""A file as one table in SQL: columns c0, c1 … of text; the same for all formats."""
# ruff: noqa: S608 (column names are made here, paths and signs go through `literal`)

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice, repeat
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from . import containers, delimited, encodings, sheets
from .engine import Engine, literal
from .grouped import Groups, Rung, flatten
from .heads import joined_titles
from .mapping import Mapping
from .parquet import columns_of, plain_float, table_of, text_columns
from .refusals import LedgerFileInvalid

BATCH = 50_000
EXTRA = "extra"  # a row with more cells than the table has columns
Noted = tuple[int, str, Sequence[Any]]  # row number, note, cells


@dataclass(frozen=True)
class Source:
    """Rows to be staged: SQL of a table with c0 … and, where `numbered`, row_no and note.

    Where not numbered, row number = place in the table + `offset`.
    """

    table: str
    titles: tuple[str, ...]
    columns: dict[str, int]
    numbered: bool
    offset: int = 0
    quick: bool = False  # read by DuckDB itself; may turn out not to be plain enough


def table_source(engine: Engine, opened: containers.Opened, mapping: Mapping) -> Source:
    """Return the rows of any format but plain CSV, loaded into the engine."""
    if opened.format == "parquet":
        return _parquet_source(opened.path, mapping)
    if opened.format == "csv":
        return _careful_text(engine, opened.path, mapping)
    return _book_source(engine, opened, mapping)


def quick_text(path: Path, mapping: Mapping) -> Source | None:
    """Return a UTF-8 text for DuckDB's own reader, None where it is surely not plain enough."""
    head = delimited.first_rows(path, "utf-8", mapping.delimiter, size=1 << 18)
    titles = _titles(head, mapping)
    skipped = _body_start(mapping)
    body = head[skipped : skipped + 1]
    plain = mapping.layout == "flat" and body and len(body[0]) == len(titles)
    if not plain or any(not row for row in head[skipped:]):
        return None
    names = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(titles)))
    table = (
        f"read_csv({literal(str(path))}, delim = {literal(mapping.delimiter)}, header = false,"
        f" auto_detect = false, quote = '\"', escape = '\"', skip = {skipped},"
        f" max_line_size = 4194304, columns = {{{names}}})"
    )
    return Source(table, titles, dict(mapping.columns), False, skipped + 1, quick=True)


def _body_start(mapping: Mapping) -> int:
    return max(mapping.header_row - 1, 0) + (mapping.header_height if mapping.header_row else 0)


def _titles(head: Sequence[Sequence[str]], mapping: Mapping) -> tuple[str, ...]:
    start = _body_start(mapping)
    found = head[mapping.header_row - 1 : start] if mapping.header_row else []
    width = max([len(row) for row in found] or [len(row) for row in head[:1]] or [0])
    return tuple(column_titles(found, width))


def column_titles(head: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return what a person calls each column: its title, or its number."""
    joined = joined_titles(list(head), width)
    return [title or _("Column %(number)d") % {"number": p + 1} for p, title in enumerate(joined)]


def _careful_text(engine: Engine, path: Path, mapping: Mapping) -> Source:
    """Row by row: ragged or blank rows, broken quotes, groups."""
    titles = _titles(delimited.first_rows(path, "utf-8", mapping.delimiter, size=1 << 20), mapping)
    numbered = enumerate(delimited.all_rows(path, mapping.delimiter), start=1)
    body = islice(numbered, _body_start(mapping), None)
    rungs = (Rung(number, row) for number, row in body)
    return _loaded(engine, _noted(rungs, mapping), titles, mapping)


def _book_source(engine: Engine, opened: containers.Opened, mapping: Mapping) -> Source:
    sheet = sheets.open_sheet(opened.path, mapping.sheet or None)
    start = _body_start(mapping)
    head = [[sheets.cell_text(cell) for cell in row] for row in islice(sheet.rows(), max(start, 1))]
    titles = _titles(head, mapping)
    body = islice(sheets.fill_merged(sheet.rows(), sheet.merged, start), start, None)
    if mapping.layout == "flat":
        noted: Iterator[Noted] = zip(count(start + 1), repeat(""), body)
    else:
        rows = enumerate(body, start)
        depths = sheets.depths(opened.path, sheet.name) if opened.format == "xlsx" else {}
        text = [(n, [sheets.cell_text(c, mapping.decimal) for c in row]) for n, row in rows]
        rungs = (Rung(n + 1, row, depths.get(n) if depths else None) for n, row in text)
        noted = _noted(rungs, mapping)
    return _loaded(engine, noted, titles, mapping)


def _noted(rungs: Iterable[Rung], mapping: Mapping) -> Iterator[Noted]:
    if mapping.layout == "flat":
        return ((rung.number, "", rung.cells) for rung in rungs)
    groups = Groups(mapping.levels, mapping.level_column, mapping.level_width)
    width = max(groups.column + groups.width, *mapping.columns.values(), 0) + 1
    padded = [Rung(r.number, r.cells + [""] * (width - len(r.cells)), r.depth) for r in rungs]
    widest = max((len(r.cells) for r in padded), default=width)
    even = [Rung(r.number, r.cells + [""] * (widest - len(r.cells)), r.depth) for r in padded]
    return iter(flatten(even, groups))


def _loaded(
    engine: Engine, noted: Iterator[Noted], titles: tuple[str, ...], mapping: Mapping
) -> Source:
    """Load the rows in batches; levels of groups become columns behind the file's own."""
    first = next(noted, None)
    levels = len(mapping.levels) if mapping.layout == "grouped" else 0
    own = max(len(titles), len(first[2]) - levels if first and levels else 0)
    own = max(own, *(place + 1 for place in mapping.columns.values()), 0)
    width = own + levels
    names = ", ".join(f"c{place} VARCHAR" for place in range(width))
    engine.connection.execute(f"CREATE TABLE raw (row_no BIGINT, note VARCHAR, {names})")
    rows = 0
    while batch := ([first] if first else []) + list(islice(noted, BATCH)):
        first = None
        _insert(engine, batch, width, mapping.decimal)
        rows += len(batch)
        engine.tell(_("Reading the file"), 0.3, rows)
    spare = [_("Column %(number)d") % {"number": p + 1} for p in range(len(titles), own)]
    level_titles = [titles[mapping.level_column]] * levels if levels and titles else []
    columns = dict(mapping.columns) | {
        level: own + place for place, level in enumerate(mapping.levels) if level and levels
    }
    return Source("raw", (*titles, *spare, *level_titles), columns, True)


def _insert(engine: Engine, batch: list[Noted], width: int, decimal: str) -> None:
    """Add rows to the table of texts; whole columns at a time, since cells are many."""
    import pyarrow as pa

    even = [cells if len(cells) == width else _fitted(cells, width) for _n, _note, cells in batch]
    notes = [
        note
        or (EXTRA if len(cells) > width and any(str(c).strip() for c in cells[width:]) else None)
        for _n, note, cells in batch
    ]
    arrays = [pa.array([n for n, _note, _cells in batch], pa.int64()), pa.array(notes, pa.string())]
    texts = []
    for place, cells in enumerate(zip(*even, strict=True)):
        array, sql = _column(cells, f"c{place}", decimal)
        arrays.append(array)
        texts.append(f"nullif({sql}, '')")
    table = pa.Table.from_arrays(arrays, ["row_no", "note", *(f"c{p}" for p in range(width))])
    engine.connection.register("batch", table)
    engine.connection.execute(f"INSERT INTO raw SELECT row_no, note, {', '.join(texts)} FROM batch")
    engine.connection.unregister("batch")


def _fitted(cells: Sequence[Any], width: int) -> Sequence[Any]:
    return [*cells[:width], *[""] * (width - len(cells))]


def _column(cells: Sequence[Any], name: str, decimal: str) -> tuple[Any, str]:
    """Return a column for Arrow and the SQL that makes text of it."""
    import pyarrow as pa

    kinds = set(map(type, cells))
    if kinds == {str}:
        return pa.array(cells, pa.string()), name
    if "" in cells and kinds <= {str, float} and all(c == "" for c in cells if type(c) is str):
        cells = [None if c == "" else c for c in cells]
        kinds = {float}
    if kinds == {float}:
        point = literal(decimal)
        text = f"CAST({plain_float(name)} AS VARCHAR)"
        return pa.array(cells, pa.float64()), f"replace({text}, '.', {point})"
    if kinds == {dt.date}:
        return pa.array(cells, pa.date32()), f"CAST({name} AS VARCHAR)"
    return pa.array([sheets.cell_text(c, decimal) for c in cells], pa.string()), name


def _parquet_source(path: Path, mapping: Mapping) -> Source:
    titles = tuple(name for name, _kind in columns_of(path) if name != "file_row_number")
    columns = text_columns(path, mapping.decimal)
    listed = ", ".join(f"{sql} AS c{place}" for place, sql in enumerate(columns))
    table = (
        f"(SELECT file_row_number + 2 AS row_no, NULL::VARCHAR AS note, {listed}"
        f" FROM {table_of(path)})"
    )
    return Source(table, titles, dict(mapping.columns), True)


def check_columns(source: Source) -> None:
    """Refuse a layout that names columns the file does not have."""
    missing = [place for place in source.columns.values() if place >= len(source.titles)]
    if missing or any(place < 0 for place in source.columns.values()):
        raise LedgerFileInvalid(
            _("The file has %(count)d columns; the layout needs more. Choose the columns anew.")
            % {"count": len(source.titles)}
        )


def as_utf8(path: Path, encoding: str, into: Path) -> Path:
    """Return the text in UTF-8: the file itself, or a copy in the folder `into`."""
    if encoding in {"utf-8", "utf-8-sig"}:
        return path
    target = into / "text.utf8"
    encodings.to_utf8(path, encoding, target)
    return target
