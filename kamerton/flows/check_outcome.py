"""What a check found, as every face tells it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kamerton.calc.lines import Kind
from kamerton.domain.ledger import queries
from kamerton.domain.ledger.models import LedgerImport

FIRST_ERRORS = 20
KINDS: tuple[tuple[str, str | Promise], ...] = (
    (Kind.SHIPMENT, gettext_lazy("Shipment")),
    (Kind.RETURN, gettext_lazy("Return")),
    (Kind.PAYMENT, gettext_lazy("Payment")),
    (Kind.CORRECTION, gettext_lazy("Correction")),
    (Kind.INVOICE, gettext_lazy("Invoice")),
    (Kind.ORDER, gettext_lazy("Order")),
)


@dataclass(frozen=True)
class KindTotal:
    """Lines of one kind; money in kopecks, `cost` None where none is known."""

    title: str
    lines: int
    amount: int
    cost: int | None


@dataclass(frozen=True)
class Found:
    """The outcome of a check; money in kopecks."""

    lines: int
    rows: int
    amount: int
    file_total: int | None
    difference: int | None
    kinds: tuple[KindTotal, ...]
    clients_known: int
    clients_new: int
    new_names: tuple[str, ...]
    without_client: int
    without_client_amount: int
    managers_known: tuple[str, ...]
    managers_unknown: tuple[str, ...]
    cost_coverage: float | None
    replaced: int
    unchanged: int
    same_months: int
    closed: tuple[str, ...]
    error_count: int
    error_rows: int
    errors: tuple[dict[str, Any], ...]
    notes: tuple[str, ...]

    @property
    def clients(self) -> int:
        """How many clients the file names."""
        return self.clients_known + self.clients_new

    @property
    def may_go_in(self) -> bool:
        """True if nothing stands in the way of the import."""
        return not self.error_count and not self.closed and self.lines > 0

    @property
    def more_new(self) -> int:
        """How many new clients are not named."""
        return self.clients_new - len(self.new_names)


def found_in(ledger_import: LedgerImport) -> Found | None:
    """What the check of an import found; None before it."""
    report = ledger_import.report
    if not report:
        return None
    left = report["without_client"]
    return Found(
        **{name: report[name] for name in _AS_THEY_ARE},
        kinds=tuple(_kinds(report["by_kind"])),
        managers_known=tuple(report["managers_known"]),
        managers_unknown=tuple(report["managers_unknown"]),
        new_names=tuple(report["clients_new_names"]),
        without_client=left["lines"],
        without_client_amount=left["amount"],
        replaced=report["lines_replaced"],
        unchanged=report["lines_unchanged"],
        same_months=report["lines_of_same_months"],
        closed=tuple(queries.closed_among(ledger_import.months)),
        errors=tuple(report["errors"][:FIRST_ERRORS]),
        notes=tuple(_notes(report)),
    )


_AS_THEY_ARE = (
    *("lines", "rows", "amount", "file_total", "difference", "clients_known", "clients_new"),
    *("cost_coverage", "error_count", "error_rows"),
)


def _kinds(by_kind: dict[str, Any]) -> Iterator[KindTotal]:
    for kind, title in KINDS:
        if total := by_kind.get(str(kind)):
            yield KindTotal(str(title), total["lines"], total["amount"], total["cost"])


def _notes(report: dict[str, Any]) -> Iterator[str]:
    """What was left out or looks odd, in sentences."""
    skipped = report["skipped"]
    if totals := skipped.get("total"):
        text = ngettext(
            "%(n)s row of totals is not a line.", "%(n)s rows of totals are not lines.", totals
        )
        yield text % {"n": counted(totals)}
    if heads := skipped.get("header"):
        text = ngettext(
            "%(n)s repeated row of titles was left out.",
            "%(n)s repeated rows of titles were left out.",
            heads,
        )
        yield text % {"n": counted(heads)}
    if repeated := report["duplicate_lines"]:
        text = ngettext(
            "%(n)s line repeats a product inside its document; it is kept.",
            "%(n)s lines repeat a product inside their document; they are kept.",
            repeated,
        )
        yield text % {"n": counted(repeated)}
    for footer in report["footers"]:
        yield _("Below the table, not read: row %(text)s") % {"text": footer}


def counted(number: int) -> str:
    """Write a count with its thousands parted."""
    return number_format(number, force_grouping=True)
