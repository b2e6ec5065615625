"""A file of people on its way: registered, checked, brought in, taken out again."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.hiring.actions.gates import (
    RECRUIT,
    WrongState,
    locked_vacancy,
    require_open,
    require_reason,
)
from kamerton.domain.hiring.actions.importing import ImportedPeople, import_candidates
from kamerton.domain.hiring.models import (
    Application,
    Candidate,
    CandidateImport,
    Source,
    Vacancy,
)
from kamerton.domain.hiring.queries.imported import ImportRow
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.files import store

State = CandidateImport.State
PIECE: Final = 500
LEFT_ALONE: Final = dt.timedelta(days=14)  # a file with which nobody went on is deleted


@transaction.atomic
def start_import(
    actor: User, vacancy: Vacancy, kept: store.KeptFile, *, source: Source | None = None
) -> CandidateImport:
    """Register a file whose check begins.

    Raises NotAllowed, VacancyOver.
    """
    vacancy = locked_vacancy(actor, vacancy)
    require_open(vacancy)
    made = CandidateImport.objects.create(
        vacancy=vacancy,
        source=source,
        name=kept.name,
        file=kept.path,
        size=kept.size,
        started_by=actor,
    )
    record(actor, "hiring.import_started", made)
    return made


@transaction.atomic
def note_import_job(actor: User, found: CandidateImport, job: int) -> CandidateImport:
    """Write down which background work is on it.

    Raises NotAllowed.
    """
    found = _locked(actor, found)
    found.job = job
    found.save(update_fields=["job"])
    return found


@transaction.atomic
def choose_columns(
    actor: User, found: CandidateImport, *, columns: Mapping[str, Any]
) -> CandidateImport:
    """Say which column is what; the file is to be checked anew.

    Raises NotAllowed, WrongState.
    """
    found = _locked(actor, found, State.CHECKED)
    found.state, found.columns = State.CHECKING, dict(columns)
    found.save(update_fields=["state", "columns"])
    return found


@transaction.atomic
def record_check(
    actor: User,
    found: CandidateImport,
    *,
    columns: Mapping[str, Any],
    report: Mapping[str, Any],
) -> CandidateImport:
    """Keep what the check found; nobody is in the base yet.

    Raises NotAllowed, WrongState.
    """
    found = _locked(actor, found, State.CHECKING)
    found.state, found.columns, found.report = State.CHECKED, dict(columns), dict(report)
    found.save(update_fields=["state", "columns", "report"])
    return found


@transaction.atomic
def begin_import(actor: User, found: CandidateImport) -> CandidateImport:
    """Begin to bring a checked file in.

    Raises NotAllowed, WrongState.
    """
    found = _locked(actor, found, State.CHECKED, State.IMPORTING)
    if not found.report.get("rows"):
        raise WrongState(_("The file names nobody. Say which column is what, or send another."))
    found.state = State.IMPORTING
    found.save(update_fields=["state"])
    return found


@transaction.atomic
def end_import(actor: User, found: CandidateImport, *, failure: str = "") -> CandidateImport:
    """Close a file of which nobody went in: it failed, or was given up; the file is deleted.

    Raises NotAllowed, WrongState.
    """
    found = _locked(actor, found, *CandidateImport.AT_WORK)
    found.state, found.failure = State.FAILED if failure else State.CANCELLED, failure
    found.save(update_fields=["state", "failure"])
    _forget_file(found)
    record(actor, "hiring.import_ended", found, reason=failure)
    return found


@transaction.atomic
def bring_in(actor: User, found: CandidateImport, *, rows: Sequence[ImportRow]) -> ImportedPeople:
    """Bring the people of a file in, all of them or nobody; the file is deleted.

    Raises NotAllowed, WrongState, VacancyOver, TooManyRows.
    """
    found = _locked(actor, found, State.IMPORTING)
    done = import_candidates(actor, found.vacancy, rows=rows, source=found.source)
    found.state, found.done_at = State.DONE, timezone.now()
    counts = {"made": done.made, "known": done.known, "applied": done.applied}
    found.report = found.report | {"done": counts}
    found.brought = {"people": list(done.people), "applications": list(done.applications)}
    found.save(update_fields=["state", "done_at", "report", "brought"])
    _forget_file(found)
    return done


@transaction.atomic
def undo_import(actor: User, found: CandidateImport, *, reason: str) -> int:
    """Take out again whom a file brought and nobody has touched since; how many applications.

    Whoever was called, written to or moved meanwhile stays; so does what was filled in of people
    known before. Raises NotAllowed, WrongState, ReasonMissing.
    """
    why = require_reason(reason, _("Say why the import is undone; the journal keeps it."))
    found = _locked(actor, found, State.DONE)
    count = sum(_take_out(piece) for piece in _pieces(found.brought["applications"]))
    for piece in _pieces(found.brought["people"]):
        made = Candidate.objects.filter(pk__in=piece, applications=None, files=None, claims=None)
        made.filter(consents=None, references=None, user=None).delete()
    found.state, found.undone_at, found.undone_because = State.UNDONE, timezone.now(), why[:500]
    found.brought = {}
    found.save(update_fields=["state", "undone_at", "undone_because", "brought"])
    record(actor, "hiring.import_undone", found, after={"applied": count}, reason=why)
    return count


@transaction.atomic
def forget_left_imports(actor: User) -> int:
    """Give up files with which nobody went on for two weeks; how many it were.

    Raises NotAllowed.
    """
    require(actor, RECRUIT)
    before = timezone.now() - LEFT_ALONE
    left = CandidateImport.objects.filter(state__in=CandidateImport.AT_WORK, created_at__lt=before)
    for found in left:
        end_import(actor, found)
    return len(left)


def _take_out(pks: Sequence[int]) -> int:
    """Delete applications at which nothing happened."""
    rows = Application.objects.filter(pk__in=pks, stage=Application.Stage.SOURCED, calls=0)
    rows = rows.filter(steps=None, letters=None, form=None, invitations=None, scorecards=None)
    rows = rows.filter(stop_cleared_by=None)
    return rows.delete()[1].get("hiring.Application", 0)


def _forget_file(found: CandidateImport) -> None:
    """Delete the upload unless another import of the same content needs it."""
    others = CandidateImport.objects.filter(file=found.file, state__in=CandidateImport.AT_WORK)
    if not others.exclude(pk=found.pk).exists():
        transaction.on_commit(partial(store.remove, found.file))


def _pieces(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(pks), PIECE):
        yield pks[start : start + PIECE]


def _locked(actor: User, found: CandidateImport, *states: str) -> CandidateImport:
    """Read an import anew, locked, in one of the states.

    Raises NotAllowed, WrongState.
    """
    require(actor, RECRUIT)
    every = CandidateImport.objects.select_for_update(of=("self",))
    fresh = every.select_related("vacancy", "source").get(pk=found.pk)
    if states and fresh.state not in states:
        raise WrongState(
            _("The import is at another step now: %(state)s.")
            % {"state": fresh.get_state_display().lower()},
            status=409,
        )
    return fresh
