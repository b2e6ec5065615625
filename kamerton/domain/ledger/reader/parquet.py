"""Parquet: columns with types of their own, brought to the text the other formats have."""
# ruff: noqa: S608 (names and paths are quoted by the functions below)

from pathlib import Path

from django.utils.translation import gettext as _

from .engine import literal, quoted
from .refusals import LedgerFileInvalid

_NUMBERS = ("DECIMAL", "DOUBLE", "FLOAT")


def columns_of(path: Path) -> list[tuple[str, str]]:
    """Return name and type of each column of a Parquet file.

    Raises LedgerFileInvalid.
    """
    import duckdb

    try:
        with duckdb.connect() as engine:
            found = engine.execute(f"DESCRIBE SELECT * FROM {table_of(path)}").fetchall()
    except duckdb.Error as error:
        raise LedgerFileInvalid(_("The Parquet file is cut or damaged. Write it again.")) from error
    return [(str(row[0]), str(row[1])) for row in found]


def table_of(path: Path) -> str:
    """Return the file as a table in SQL, with `file_row_number`."""
    return f"read_parquet({literal(str(path))}, file_row_number = true)"


def text_columns(path: Path, decimal: str) -> list[str]:
    """Return the SQL of each column as text, fractions with `decimal` like in other formats."""
    return [_text(name, kind, decimal) for name, kind in columns_of(path) if name != ROW]


ROW = "file_row_number"


def _text(name: str, kind: str, decimal: str) -> str:
    column = quoted(name)
    if kind in {"DOUBLE", "FLOAT"}:
        column = plain_float(column)
    text = f"CAST({column} AS VARCHAR)"
    if kind.startswith(_NUMBERS) and decimal != ".":
        text = f"replace({text}, '.', {literal(decimal)})"
    return f"nullif({text}, '')"


def plain_float(column: str) -> str:
    """Return SQL for a float in full: no exponent, no .0 behind whole numbers."""
    return (
        f"CASE WHEN {column} = trunc({column}) AND abs({column}) < 1e15"
        f" THEN CAST(CAST({column} AS BIGINT) AS VARCHAR)"
        f" WHEN abs({column}) < 1e-4 THEN CAST(TRY_CAST({column} AS DECIMAL(38,12)) AS VARCHAR)"
        f" ELSE CAST({column} AS VARCHAR) END"
    )


def first_parquet_rows(path: Path, most: int) -> list[list[str]]:
    """Return the titles and the first rows as text."""
    import duckdb

    names = [name for name, _kind in columns_of(path) if name != ROW]
    columns = ", ".join(text_columns(path, "."))
    try:
        with duckdb.connect() as engine:
            found = engine.execute(f"SELECT {columns} FROM {table_of(path)} LIMIT {most}")
            rows = found.fetchall()
    except duckdb.Error as error:
        raise LedgerFileInvalid(_("The Parquet file is cut or damaged. Write it again.")) from error
    return [names, *([str(cell or "") for cell in row] for row in rows)]
