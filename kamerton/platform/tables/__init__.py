"""Tables that leave the house: XLSX and CSV that no spreadsheet runs as a formula."""

from kamerton.platform.tables.columns import Column as Column
from kamerton.platform.tables.columns import Kind as Kind
from kamerton.platform.tables.columns import Row as Row
from kamerton.platform.tables.written import write_csv as write_csv
from kamerton.platform.tables.written import write_xlsx as write_xlsx
