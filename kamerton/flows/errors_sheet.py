"""The errors of a checked file as a table to download, one row a cell."""

from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from kamerton.domain.ledger.models import LedgerImport
from kamerton.domain.ledger.reader.problems import RowError, read_errors
from kamerton.flows.import_ledger import work_folder
from kamerton.platform.tables import Column, Row, write_csv, write_xlsx

COLUMNS = (
    Column(_("Sheet"), width=14),
    Column(_("Row"), "number", 8),
    Column(_("Column"), width=20),
    Column(_("Value"), width=28),
    Column(_("What is wrong and what to do"), width=90),
)


def has_errors_sheet(ledger_import: LedgerImport) -> bool:
    """Tell whether there is something to download."""
    return (work_folder(ledger_import) / "errors.parquet").exists()


def write_errors_sheet(ledger_import: LedgerImport, out: BinaryIO, *, form: str) -> None:
    """Write the errors to `out` as "xlsx" or "csv"."""
    if form == "csv":
        for piece in write_csv(COLUMNS, _rows(ledger_import)):
            out.write(piece)
        return
    write_xlsx(out, COLUMNS, _rows(ledger_import), title=str(_("Errors")))


def page_of_errors(
    ledger_import: LedgerImport, *, offset: int, limit: int
) -> tuple[list[RowError], int]:
    """Some of the errors, and how many are kept in all."""
    import pyarrow.parquet as pq

    table = pq.read_table(work_folder(ledger_import) / "errors.parquet")
    return [RowError(**row) for row in table.slice(offset, limit).to_pylist()], table.num_rows


def _rows(ledger_import: LedgerImport) -> Iterator[Row]:
    for error in read_errors(work_folder(ledger_import) / "errors.parquet"):
        yield error.sheet, error.row, error.column, error.value, error.sentence
