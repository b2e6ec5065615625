"""Any file of sales history → clean lines in Parquet, or errors that name the place and the remedy.

`preview` looks and guesses a `Mapping`; `read` reads by it. No Django models here.
"""

from .encodings import ENCODINGS
from .fields import FIELDS, Field
from .mapping import Mapping
from .previewing import Column, Preview, preview
from .problems import RowError
from .reading import errors_table, read
from .refusals import LedgerFileInvalid, ReadingCancelled
from .results import Reading, Total

__all__ = [
    "ENCODINGS",
    "FIELDS",
    "Column",
    "Field",
    "LedgerFileInvalid",
    "Mapping",
    "Preview",
    "Reading",
    "ReadingCancelled",
    "RowError",
    "Total",
    "errors_table",
    "preview",
    "read",
]
