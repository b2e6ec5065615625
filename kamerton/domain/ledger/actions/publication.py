"""Lines become part of the ledger, all or none; an import is taken out again as a whole.

Files are written first, under names nobody reads yet; then one transaction writes the rows that
make them count. A process killed before leaves garbage files, after: a complete import.
"""

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.calc.period import Month
from kamerton.domain.ledger import queries, store
from kamerton.domain.ledger.models import LedgerImport, LedgerVersion, MonthLock, Segment
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError, Stale

State = LedgerImport.State


class MonthLocked(BusinessError):
    """The lines fall into a closed month."""


class UndoLaterFirst(BusinessError):
    """A later import corrected the same lines and has to be undone first."""


@dataclass(frozen=True)
class Prepared:
    """Segments that lie on the disk: the new lines, and what is left of those they correct."""

    version: int
    new: store.Written
    remainders: dict[str, store.Written | None] = field(default_factory=dict)
    replaced_lines: int = 0


def prepare(lines: Path) -> Prepared:
    """Write the segments of a publication; nothing counts before `publish`."""
    version = queries.version()
    keyed = queries.live_segments().filter(has_keys=True).values_list("digest", flat=True)
    replaced = store.corrected(keyed, lines)
    return Prepared(
        version=version,
        new=store.write_segment(lines),
        remainders={digest: store.write_remainder(digest, lines) for digest in replaced},
        replaced_lines=sum(replaced.values()),
    )


@transaction.atomic
def publish(actor: User, ledger_import: LedgerImport, *, prepared: Prepared) -> LedgerImport:
    """Make the prepared lines part of the ledger.

    Raises NotAllowed, MonthLocked, Stale (the ledger changed since `prepare`: prepare again).
    """
    require(actor, "ledger.import")
    found = LedgerImport.objects.select_for_update().get(pk=ledger_import.pk)
    if found.state != State.IMPORTING:
        raise Stale(_("The import was cancelled meanwhile; nothing was imported."))
    if _locked_version() != prepared.version:
        raise Stale(_("Somebody else changed the ledger meanwhile; the import has to be redone."))
    _refuse_locked(found.months)
    found.state, found.published_at, found.lines = (
        State.PUBLISHED,
        timezone.now(),
        prepared.new.rows,
    )
    found.save(update_fields=["state", "published_at", "lines"])
    _replace(found, prepared)
    _add(found, found, prepared.new)
    _grow()
    after = {"lines": prepared.new.rows, "replaced": prepared.replaced_lines}
    record(actor, "ledger.lines_published", found, after=after)
    return found


@transaction.atomic
def undo_import(actor: User, ledger_import: LedgerImport, *, reason: str = "") -> LedgerImport:
    """Take all lines of an import out again; the lines it had replaced come back.

    Raises NotAllowed, MonthLocked, UndoLaterFirst, Stale.
    """
    require(actor, "ledger.import")
    found = LedgerImport.objects.select_for_update().get(pk=ledger_import.pk)
    if found.state != State.PUBLISHED:
        raise Stale(_("This import is not in the ledger."))
    _locked_version()
    _refuse_locked(found.months)
    _refuse_corrected_since(found)
    Segment.objects.filter(replaced_by=found).update(replaced_by=None)
    found.state, found.undone_at = State.UNDONE, timezone.now()
    found.save(update_fields=["state", "undone_at"])
    _grow()
    record(actor, "ledger.import_undone", found, before={"lines": found.lines}, reason=reason)
    return found


def _locked_version() -> int:
    """Hold the ledger against other publications until the transaction ends."""
    LedgerVersion.objects.get_or_create(pk=1)
    return LedgerVersion.objects.select_for_update().get(pk=1).number


def _refuse_locked(months: list[str]) -> None:
    days = [Month.parse(month).first_day for month in months]
    locked = MonthLock.objects.filter(month__in=days).order_by("month")
    if names := ", ".join(str(lock) for lock in locked):
        raise MonthLocked(
            _(
                "These months are closed and take no changes: %(months)s. Open them again in "
                "“Import”, or leave their lines out of the file."
            )
            % {"months": names}
        )


def _refuse_corrected_since(found: LedgerImport) -> None:
    left = Segment.objects.filter(made_by=found).exclude(source=found)
    later = left.filter(replaced_by__state=State.PUBLISHED).select_related("replaced_by").first()
    if later and later.replaced_by:
        raise UndoLaterFirst(
            _("“%(name)s” corrected the same lines later. Undo that import first.")
            % {"name": later.replaced_by.name}
        )


def _replace(found: LedgerImport, prepared: Prepared) -> None:
    """Let corrected segments count no more and what is left of them take their place."""
    for digest, left in prepared.remainders.items():
        for old in queries.live_segments().filter(digest=digest):
            old.replaced_by = found
            old.save(update_fields=["replaced_by"])
            if left:
                _add(old.source, found, left)


def _add(source: LedgerImport, made_by: LedgerImport, written: store.Written) -> None:
    Segment.objects.create(
        source=source,
        made_by=made_by,
        digest=written.digest,
        rows=written.rows,
        amount=written.amount,
        since=written.since,
        until=written.until,
        has_keys=written.has_keys,
    )


def _grow() -> None:
    until = queries.live_segments().aggregate(Max("until"))["until__max"]
    LedgerVersion.grow(last_day=until)
