"""What changes the ledger: files go in, corrections replace, imports are undone, months close."""

from kamerton.domain.ledger.actions.imports import (
    AlreadyImported,
    HasErrors,
    NotReady,
    cancel_import,
    choose_mapping,
    fail_import,
    forget_profile,
    record_check,
    start_check,
    start_import,
    start_publication,
)
from kamerton.domain.ledger.actions.keeping import clear_garbage, compare_segments
from kamerton.domain.ledger.actions.months import MonthNotEnded, lock_month, unlock_month
from kamerton.domain.ledger.actions.publication import (
    MonthLocked,
    Prepared,
    UndoLaterFirst,
    prepare,
    publish,
    undo_import,
)

__all__ = [
    "AlreadyImported",
    "HasErrors",
    "MonthLocked",
    "MonthNotEnded",
    "NotReady",
    "Prepared",
    "UndoLaterFirst",
    "cancel_import",
    "choose_mapping",
    "clear_garbage",
    "compare_segments",
    "fail_import",
    "forget_profile",
    "lock_month",
    "prepare",
    "publish",
    "record_check",
    "start_check",
    "start_import",
    "start_publication",
    "undo_import",
    "unlock_month",
]
