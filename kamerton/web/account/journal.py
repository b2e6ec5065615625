"""A row of the journal in words."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.reading import reading
from kamerton.web.ui import titles

TOGETHER = 500  # rows written at once
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


@dataclass(frozen=True)
class Change:
    """One field before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """A row of the journal as it is shown."""

    entry: AuditEntry

    @property
    def title(self) -> str:
        """What was done."""
        return titles.action_title(self.entry.action)

    @property
    def kind(self) -> str:
        """Where it was done."""
        return titles.kind_title(self.entry.action)

    @property
    def changes(self) -> list[Change]:
        """What differs, field by field."""
        before, after = self.entry.before, self.entry.after
        if isinstance(before, dict) or isinstance(after, dict):
            return list(_differences(_fields(before), _fields(after)))
        if before is None and after is None:
            return []
        field = titles.SOLE_FIELDS.get(self.entry.action, "")
        return [Change("", titles.value_title(field, before), titles.value_title(field, after))]


def _fields(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _differences(before: dict[str, object], after: dict[str, object]) -> Iterator[Change]:
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if old != new:
            yield Change(
                titles.field_title(name),
                titles.value_title(name, old),
                titles.value_title(name, new),
            )


def as_csv(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """Write the journal as CSV for a spreadsheet: semicolons, a mark of UTF-8, no formulas."""
    heads = (_("When"), _("Who"), _("What"), _("On what"), _("Before"), _("After"), _("Why"))
    yield "\ufeff" + _csv_line(heads)
    rows = iter(entries)
    while part := list(islice(rows, TOGETHER)):
        with reading():  # names and words are asked for once a part
            lines = [_csv_row(entry) for entry in part]
        yield from lines


def _csv_row(entry: AuditEntry) -> str:
    changes = Line(entry).changes
    return _csv_line(
        (
            timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S"),
            str(entry.actor),
            titles.action_title(entry.action),
            entry.subject_label,
            "; ".join(_named(change.field, change.before) for change in changes),
            "; ".join(_named(change.field, change.after) for change in changes),
            entry.reason,
        )
    )


def _named(field: str, value: str) -> str:
    return f"{field}: {value}" if field else value


def _csv_line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    safe = [f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells]
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerow(safe)
    return buffer.getvalue()
