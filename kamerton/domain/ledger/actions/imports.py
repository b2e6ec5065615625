"""A file on its way: uploaded, mapped, checked, cancelled."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kamerton.domain.ledger import queries
from kamerton.domain.ledger.models import ImportProfile, LedgerImport
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

State = LedgerImport.State


class AlreadyImported(BusinessError):
    """This very file is in the ledger."""


class NotReady(BusinessError):
    """The import is in a state in which this cannot be done."""


class HasErrors(BusinessError):
    """The file has errors; nothing of it goes in."""


def refuse_twice(digest: str) -> None:
    """Refuse a file that is in the ledger already."""
    if found := queries.published_as(digest):
        day = date_format(localdate(found.published_at), "SHORT_DATE_FORMAT")
        raise AlreadyImported(
            _(
                "This file is in the ledger already: “%(name)s”, imported on %(day)s. To bring a "
                "corrected version, change the file; to take it out, undo that import."
            )
            % {"name": found.name, "day": day}
        )


@transaction.atomic
def start_import(actor: User, *, name: str, file: str, digest: str, size: int) -> LedgerImport:
    """Register an uploaded file; `file` is where it is kept, below FILES.

    Raises NotAllowed, AlreadyImported.
    """
    require(actor, "ledger.import")
    refuse_twice(digest)
    made = LedgerImport.objects.create(
        name=name[:250], file=file, digest=digest, size=size, created_by=actor
    )
    record(actor, "ledger.file_uploaded", made, after={"name": name, "size": size})
    return made


@transaction.atomic
def choose_mapping(
    actor: User,
    ledger_import: LedgerImport,
    *,
    mapping: dict[str, Any],
    heads: Sequence[str],
    profile: str = "",
) -> LedgerImport:
    """Say which column is what; with a name, learn it for files with the same heads.

    Raises NotAllowed, NotReady.
    """
    require(actor, "ledger.import")
    found = _locked(ledger_import, State.UPLOADED, State.CHECKED, State.FAILED, State.CANCELLED)
    found.mapping, found.report, found.state = mapping, None, State.UPLOADED
    found.error_count, found.failure = 0, ""
    found.save()
    if profile:
        ImportProfile.objects.update_or_create(
            name=profile[:120], defaults={"heads": heads_digest(heads), "mapping": mapping}
        )
    record(actor, "ledger.mapping_chosen", found, after={"mapping": mapping, "profile": profile})
    return found


@transaction.atomic
def forget_profile(actor: User, profile: ImportProfile) -> None:
    """Forget a learned way of reading files."""
    require(actor, "ledger.import")
    record(actor, "ledger.profile_forgotten", profile, before={"name": profile.name})
    profile.delete()


def heads_digest(heads: Sequence[str]) -> str:
    """Name a set of column heads, so that files of one kind are known again."""
    folded = [head.strip().casefold() for head in heads]
    return hashlib.blake2b(json.dumps(folded).encode(), digest_size=20).hexdigest()


@transaction.atomic
def start_check(actor: User, ledger_import: LedgerImport, *, job: int | None = None) -> None:
    """Mark the dry run as begun.

    Raises NotAllowed, NotReady.
    """
    require(actor, "ledger.import")
    waiting = (State.UPLOADED, State.CHECKED, State.FAILED, State.CANCELLED, State.CHECKING)
    found = _locked(ledger_import, *waiting)
    if found.mapping is None:
        raise NotReady(_("Say first which column holds what."))
    found.state, found.job, found.failure = State.CHECKING, job or found.job, ""
    found.save(update_fields=["state", "job", "failure"])


@transaction.atomic
def record_check(
    actor: User, ledger_import: LedgerImport, *, report: dict[str, Any]
) -> LedgerImport:
    """Keep what the dry run found."""
    require(actor, "ledger.import")
    found = _locked(ledger_import, State.CHECKING)
    found.report, found.state = report, State.CHECKED
    found.lines, found.error_count = report["lines"], report["error_count"]
    found.since, found.until = report["since"], report["until"]
    found.months, found.amount = report["months"], report["amount"]
    found.save()
    record(
        actor,
        "ledger.file_checked",
        found,
        after={"lines": found.lines, "errors": found.error_count},
    )
    found.refresh_from_db()
    return found


@transaction.atomic
def start_publication(
    actor: User, ledger_import: LedgerImport, *, job: int | None = None
) -> LedgerImport:
    """Mark the import as begun; a checked file without errors only.

    Raises NotAllowed, NotReady, HasErrors, AlreadyImported.
    """
    require(actor, "ledger.import")
    found = _locked(ledger_import, State.CHECKED, State.IMPORTING)
    if found.error_count:
        raise HasErrors(
            _(
                "The file has errors in %(count)s places, so nothing was imported. Download the "
                "error sheet, put them right and upload the file again."
            )
            % {"count": found.error_count}
        )
    refuse_twice(found.digest)
    found.state, found.job = State.IMPORTING, job or found.job
    found.save(update_fields=["state", "job"])
    return found


@transaction.atomic
def fail_import(actor: User, ledger_import: LedgerImport, *, failure: str) -> None:
    """Keep the sentence that tells why nothing was imported."""
    require(actor, "ledger.import")
    found = _locked(ledger_import, State.CHECKING, State.IMPORTING, State.CHECKED)
    found.state, found.failure = State.FAILED, failure
    found.save(update_fields=["state", "failure"])
    record(actor, "ledger.import_failed", found, reason=failure)


@transaction.atomic
def cancel_import(actor: User, ledger_import: LedgerImport) -> None:
    """Stop an import that has not been published; nothing of it goes in.

    Raises NotAllowed, NotReady.
    """
    require(actor, "ledger.import")
    found = _locked(
        *(ledger_import, State.UPLOADED, State.CHECKING, State.CHECKED),
        *(State.IMPORTING, State.FAILED),
    )
    found.state = State.CANCELLED
    found.save(update_fields=["state"])
    record(actor, "ledger.import_cancelled", found)


def _locked(ledger_import: LedgerImport, *states: str) -> LedgerImport:
    """Lock the row and see that it is in one of `states`."""
    found = LedgerImport.objects.select_for_update().get(pk=ledger_import.pk)
    if found.state not in states:
        state = found.get_state_display()
        raise NotReady(
            _("This cannot be done now: the import is in the state “%(state)s”.") % {"state": state}
        )
    return found
