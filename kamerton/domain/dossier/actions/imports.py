"""Answers from a file: all of them in one transaction, and all of them out again."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.dossier.actions import rules
from kamerton.domain.dossier.actions.writing import (
    ImportedAnswer,
    ImportedInsight,
    Writing,
    Written,
    in_pieces,
)
from kamerton.domain.dossier.models import (
    Dossier,
    DossierAnswer,
    DossierImport,
)
from kamerton.domain.dossier.queries.asked import method_of
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError, NotAllowed
from kamerton.platform.files.store import KeptFile

State = DossierImport.State


class NotReady(BusinessError):
    """The import is at another step."""


class ReasonMissing(BusinessError):
    """Undoing wants a reason."""


@transaction.atomic
def start_import(actor: User, kept: KeptFile) -> DossierImport:
    """Register a file whose check begins.

    Raises NotAllowed, ToolOff.
    """
    require(actor, "dossier.edit")
    rules.require_tool()
    made = DossierImport.objects.create(
        name=kept.name, file=kept.path, digest=kept.digest, size=kept.size, started_by=actor
    )
    record(actor, "dossier.import_started", made)
    return made


@transaction.atomic
def note_job(actor: User, found: DossierImport, job: int) -> DossierImport:
    """Write down which background work is on it.

    Raises NotAllowed.
    """
    found = _locked(actor, found)
    found.job = job
    found.save(update_fields=["job"])
    return found


@transaction.atomic
def record_check(actor: User, found: DossierImport, *, report: Mapping[str, Any]) -> DossierImport:
    """Keep what the check found; nothing is in the dossiers yet.

    Raises NotAllowed, NotReady.
    """
    found = _locked(actor, found, State.CHECKING)
    found.state, found.report, found.failure = State.CHECKED, dict(report), ""
    found.save(update_fields=["state", "report", "failure"])
    return found


@transaction.atomic
def start_writing(actor: User, found: DossierImport) -> DossierImport:
    """Begin to bring a checked file in.

    Raises NotAllowed, NotReady.
    """
    found = _locked(actor, found, State.CHECKED, State.IMPORTING)
    if found.report.get("error_count") or not found.report.get("answers"):
        raise NotReady(_("The file has errors or no answers. Put it right and send it again."))
    found.state = State.IMPORTING
    found.save(update_fields=["state"])
    return found


@transaction.atomic
def end_import(actor: User, found: DossierImport, *, failure: str = "") -> DossierImport:
    """Close an import of which nothing went in: it failed, or was given up.

    Raises NotAllowed, NotReady.
    """
    found = _locked(actor, found, State.CHECKING, State.CHECKED, State.IMPORTING, State.FAILED)
    found.state, found.failure = State.FAILED if failure else State.CANCELLED, failure
    found.save(update_fields=["state", "failure"])
    event = "dossier.import_failed" if failure else "dossier.import_cancelled"
    record(actor, event, found, reason=failure)
    return found


@transaction.atomic
def write_import(
    actor: User,
    found: DossierImport,
    *,
    answers: Sequence[ImportedAnswer],
    insights: Sequence[ImportedInsight] = (),
) -> Written:
    """Write all answers of a file or none; what they supersede goes into the history.

    Raises NotAllowed, NotReady.
    """
    found = _locked(actor, found, State.IMPORTING)
    writing = Writing(actor, found)
    written = writing.write(answers, insights)
    found.state, found.done_at = State.DONE, timezone.now()
    found.report = found.report | {"written": vars(written), "packs": writing.packs}
    found.save(update_fields=["state", "done_at", "report"])
    record(actor, "dossier.import_done", found, after=vars(written))
    return written


@transaction.atomic
def undo_import(actor: User, found: DossierImport, *, reason: str) -> DossierImport:
    """Take all that a file brought out again; what it superseded counts again.

    An answer that somebody gave after the import stays. Raises NotAllowed, NotReady,
    ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say why the import is undone; the journal keeps it."))
    found = _locked(actor, found, State.DONE)
    now = timezone.now()
    back = list(found.answers.current().values_list("supersedes", flat=True))
    found.answers.update(is_current=False, withdrawn_at=now)
    for piece in in_pieces(_standing(pk for pk in back if pk is not None)):
        DossierAnswer.objects.filter(pk__in=piece).update(is_current=True)
    found.insights.update(archived_at=now)
    _drop_unanswered(found, now)
    found.state, found.undone_at, found.undone_because = State.UNDONE, now, reason.strip()[:500]
    found.save(update_fields=["state", "undone_at", "undone_because"])
    record(actor, "dossier.import_undone", found, reason=found.undone_because)
    return found


def _standing(answers: Iterable[int]) -> list[int]:
    """For each answer itself, or the nearest before it that was not withdrawn."""
    found: list[int] = []
    open_ones = list(answers)
    while open_ones:
        earlier: list[int] = []
        for piece in in_pieces(open_ones):
            rows = DossierAnswer.objects.filter(pk__in=piece)
            for pk, withdrawn, before in rows.values_list("pk", "withdrawn_at", "supersedes"):
                if withdrawn is None:
                    found.append(pk)
                elif before is not None:
                    earlier.append(before)
        open_ones = earlier
    return found


def _drop_unanswered(found: DossierImport, now: dt.datetime) -> None:
    """Stop asking what only this file asked: own questions and packs without an answer."""
    for own in found.own_questions.filter(archived_at=None):
        if not own.dossier.answers.current().filter(question=own.code).exists():
            own.archived_at = now
            own.save(update_fields=["archived_at"])
    for pk, packs in found.report.get("packs", {}).items():
        dossier = Dossier.objects.get(pk=int(pk))
        answered = set(dossier.answers.current().values_list("question", flat=True))
        codes = {
            q.code: g.pack for g in method_of(dossier).dossier_groups for q in g.questions if g.pack
        }
        used = {codes[code] for code in answered if code in codes}
        dossier.packs = [one for one in dossier.packs if one not in packs or one in used]
        dossier.save(update_fields=["packs"])


def _locked(actor: User, found: DossierImport, *states: str) -> DossierImport:
    """Read an import anew, locked; one's own, in one of the states.

    Raises NotAllowed, ToolOff, NotReady.
    """
    require(actor, "dossier.edit")
    rules.require_tool()
    mine = DossierImport.objects.select_for_update(of=("self",)).filter(pk=found.pk)
    fresh = mine.filter(started_by=actor).first()
    if fresh is None:
        raise NotAllowed(
            _("This import is somebody else's: only who sent the file goes on with it.")
        )
    if states and fresh.state not in states:
        raise NotReady(
            _("The import is at another step now: %(state)s.")
            % {"state": fresh.get_state_display().lower()},
            status=409,
        )
    return fresh
