"""A file of sales history becomes part of the ledger: checked first, then published whole.

A process killed at any stage leaves the ledger as it was, or complete; run again, it goes on. The
checked lines wait in a work folder, which is swapped at once, so that publishing does not read
twice and never sees half of a reading.
"""

import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kamerton.domain.accounts import actions as accounts
from kamerton.domain.ledger import actions, queries, reader
from kamerton.domain.ledger.models import LedgerImport
from kamerton.platform.access.models import User
from kamerton.platform.errors import BusinessError, Stale
from kamerton.platform.files.store import kept_path

Progress = Callable[[str, float, int], None]  # stage, part done 0..1, rows so far
State = LedgerImport.State
FOLDER = "ledger"  # below FILES, where uploads are kept
RETRIES = 3
PLACES = ("lines_path", "clients_path", "errors_path", "digest")
NAMED = 20  # how many new clients the report names

# Stages as msgids; those of the reader come from it, in the language of the run.
COMPARE = gettext_noop("Comparing with the ledger")
SEGMENT = gettext_noop("Laying the lines into the ledger")
PUBLISH = gettext_noop("Making the lines count")
RESTATE = gettext_noop("Counting the figures anew")
DONE = gettext_noop("In the ledger")


class ReadsOtherwise(BusinessError):
    """What the file says now is not what its check found."""


class SourceGone(BusinessError):
    """The uploaded file was deleted."""


@dataclass(frozen=True)
class Watch:
    """How a run tells of itself and is told to stop."""

    progress: Progress = lambda stage, share, rows: None
    cancelled: Callable[[], bool] = lambda: False

    def stop_if_asked(self) -> None:
        """Leave the run between two stages.

        Raises ReadingCancelled.
        """
        if self.cancelled():
            raise reader.ReadingCancelled(_("The import was stopped; nothing was imported."))


SILENT = Watch()


def source_of(ledger_import: LedgerImport) -> Path:
    """Where the uploaded file lies.

    Raises SourceGone.
    """
    try:
        return kept_path(ledger_import.file)
    except FileNotFoundError as error:
        raise SourceGone(
            _("“%(name)s” is not kept here any more. Send the file again.")
            % {"name": ledger_import.name}
        ) from error


def work_folder(ledger_import: LedgerImport) -> Path:
    """Where the checked lines and the errors of an import wait."""
    return Path(settings.DATA) / "work" / f"import-{ledger_import.pk}"


def check_import(
    actor: User, ledger_import: LedgerImport, *, watch: Watch = SILENT
) -> LedgerImport:
    """Read the file and tell what an import would do; nothing enters the ledger.

    Raises NotAllowed, NotReady, LedgerFileInvalid, ReadingCancelled.
    """
    actions.start_check(actor, ledger_import)
    ledger_import.refresh_from_db()
    try:
        reading = _read(ledger_import, watch)
        watch.progress(COMPARE, 0.0, reading.lines)
        report = _found(reading) | _compared(ledger_import, reading)
        watch.stop_if_asked()
    except BusinessError as refusal:
        _close(actor, ledger_import, refusal)
        raise
    return actions.record_check(actor, ledger_import, report=report)


def run_import(
    actor: User,
    ledger_import: LedgerImport,
    *,
    watch: Watch = SILENT,
    then: Callable[[], object] | None = None,
) -> LedgerImport:
    """Publish a checked file: clients that are new, then all its lines at once.

    What is in the ledger already is returned as it is, so a run may be repeated. `then` is called
    inside the publishing transaction: what it queues is queued if and only if the lines count.
    Raises NotAllowed, NotReady, HasErrors, AlreadyImported, MonthLocked, ReadingCancelled.
    """
    ledger_import.refresh_from_db()
    if ledger_import.state != State.PUBLISHED:
        ledger_import = actions.start_publication(actor, ledger_import)
        try:
            ledger_import = _published(actor, ledger_import, watch, then)
        except BusinessError as refusal:
            _close(actor, ledger_import, refusal)
            raise
    shutil.rmtree(work_folder(ledger_import), ignore_errors=True)
    watch.progress(DONE, 1.0, ledger_import.lines)
    return ledger_import


def settle_cancelled(actor: User, ledger_import: LedgerImport) -> None:
    """Write down that a run was stopped, unless that is written or it has come to its end."""
    ledger_import.refresh_from_db()
    if ledger_import.state in (State.CHECKING, State.IMPORTING):
        actions.cancel_import(actor, ledger_import)


def _close(actor: User, ledger_import: LedgerImport, refusal: BusinessError) -> None:
    """Write down why a run ended; what was cancelled or published meanwhile stays so."""
    if isinstance(refusal, reader.ReadingCancelled):
        settle_cancelled(actor, ledger_import)
        return
    ledger_import.refresh_from_db()
    if ledger_import.state in (State.CHECKING, State.IMPORTING):
        actions.fail_import(actor, ledger_import, failure=refusal.message)


def _published(
    actor: User,
    ledger_import: LedgerImport,
    watch: Watch,
    then: Callable[[], object] | None,
) -> LedgerImport:
    lines = work_folder(ledger_import) / "lines.parquet"
    if not lines.exists():
        _read_again(ledger_import, watch)
    for attempt in range(RETRIES):
        watch.progress(SEGMENT, 0.0, ledger_import.lines)
        prepared = actions.prepare(lines)
        watch.stop_if_asked()
        watch.progress(PUBLISH, 0.0, ledger_import.lines)
        try:
            return _publish(actor, ledger_import, prepared, then)
        except Stale:
            actions.start_publication(actor, ledger_import)  # cancelled or imported meanwhile?
            if attempt == RETRIES - 1:
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def _publish(
    actor: User,
    ledger_import: LedgerImport,
    prepared: actions.Prepared,
    then: Callable[[], object] | None,
) -> LedgerImport:
    """One transaction: the clients of the file, who holds them, categories, and the lines."""
    ids: dict[str, int] = {}
    holders: dict[str, str] = {}
    lines = work_folder(ledger_import) / "lines.parquet"
    for batch in queries.clients_in(lines):
        triples = [(client.code, client.name, client.inn) for client in batch]
        ids |= accounts.ensure_clients(actor, triples)
        holders |= {client.code: client.manager_code for client in batch if client.manager_code}
    known = queries.managers_by_name(set(holders.values()))
    held = {ids[code]: known[name] for code, name in holders.items() if name in known}
    accounts.assign_unheld(actor, held, since=ledger_import.since or localdate())
    accounts.ensure_categories(actor, queries.categories_in(lines))
    published = actions.publish(actor, ledger_import, prepared=prepared)
    if then:
        then()
    return published


def _read(ledger_import: LedgerImport, watch: Watch) -> reader.Reading:
    """Read into a folder of this attempt's own and put it in its place when it is whole."""
    folder = work_folder(ledger_import)
    draft = folder.with_name(f"{folder.name}.{uuid.uuid4().hex}")
    for left in folder.parent.glob(f"{folder.name}.*"):  # by an attempt that was killed
        shutil.rmtree(left, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        reading = reader.read(
            source_of(ledger_import),
            reader.Mapping.from_json(ledger_import.mapping or {}),
            into=draft,
            progress=watch.progress,
            cancelled=watch.cancelled,
        )
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return reading


def _read_again(ledger_import: LedgerImport, watch: Watch) -> None:
    """Bring back checked lines that are gone; they must be what was checked, to the kopeck."""
    reading = _read(ledger_import, watch)
    now = (reading.lines, reading.control_total, reading.error_count)
    if now != (ledger_import.lines, ledger_import.amount, 0):
        raise ReadsOtherwise(
            _("The file reads otherwise than when it was checked. Check it again, then import.")
        )


def _found(reading: reader.Reading) -> dict[str, Any]:
    """What the reader found, as the import keeps it; where it lies is nobody's business."""
    plain = {key: value for key, value in reading.to_json().items() if key not in PLACES}
    return plain | {"months": sorted(reading.by_month), "amount": reading.control_total}


def _compared(ledger_import: LedgerImport, reading: reader.Reading) -> dict[str, Any]:
    """What the ledger and the clients know of the file already."""
    lines = work_folder(ledger_import) / "lines.parquet"
    known, new, names = 0, 0, list[str]()
    for batch in queries.clients_in(lines) if lines.exists() else ():
        there = queries.known_codes([client.code for client in batch])
        fresh = [client for client in batch if client.code not in there]
        known, new = known + len(there), new + len(fresh)
        names += [client.name or client.code for client in fresh[: NAMED - len(names)]]
    managers = queries.managers_by_name(reading.by_manager)
    return {
        "clients_known": known,
        "clients_new": new,
        "clients_new_names": names,
        "managers_known": sorted(managers),
        "managers_unknown": sorted(set(reading.by_manager) - set(managers)),
        **queries.overlap(lines),
    }
