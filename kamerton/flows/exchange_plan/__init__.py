"""A plan as a book of sheets, out and in again: what goes out comes back without a loss.

A sheet a kind of part, a row a part. Rows are known again by their number; a row without a number
is new; what is not in the file stays. Nothing is written if a single row is wrong.
"""

from kamerton.flows.exchange_plan.reading import Outcome, read_plan
from kamerton.flows.exchange_plan.writing import action_rows, write_book

__all__ = ["Outcome", "action_rows", "read_plan", "write_book"]
