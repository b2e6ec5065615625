"""Stages of an application: what may follow what, and what stands in the way."""

from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.hiring.actions.gates import (
    APPROVE,
    locked_application,
    require_open,
    require_reason,
)
from kamerton.domain.hiring.models import Application, Invitation, StageChange
from kamerton.domain.hiring.queries.tiers import stop_entry
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

Stage = Application.Stage
_OUT: Final = frozenset({Stage.REFUSED, Stage.WITHDRAWN, Stage.RESERVE, Stage.STOP_LISTED})
#: What may follow each stage; whoever is out comes back only where his reason allows.
FOLLOWS: Final[dict[str, frozenset[str]]] = {
    Stage.SOURCED: _OUT | {Stage.CONTACTED, Stage.FORM_SENT, Stage.PASSED},
    Stage.CONTACTED: _OUT | {Stage.FORM_SENT, Stage.PASSED},
    Stage.FORM_SENT: _OUT | {Stage.FORM_DONE, Stage.KNOCKED_OUT, Stage.PASSED},
    Stage.FORM_DONE: _OUT | {Stage.PASSED, Stage.KNOCKED_OUT},
    Stage.PASSED: _OUT | {Stage.INVITED},
    Stage.INVITED: _OUT | {Stage.CONFIRMED, Stage.SHOWED, Stage.NO_SHOW, Stage.PASSED},
    Stage.CONFIRMED: _OUT | {Stage.SHOWED, Stage.NO_SHOW, Stage.PASSED, Stage.INVITED},
    # who came is invited again: after a stream to a group, then to a talk
    Stage.SHOWED: _OUT | {Stage.TESTED, Stage.INTERVIEWED, Stage.NO_SHOW, Stage.INVITED},
    Stage.TESTED: _OUT | {Stage.INTERVIEWED, Stage.INVITED},
    Stage.INTERVIEWED: _OUT | {Stage.SELECTED, Stage.TESTED, Stage.INVITED},
    Stage.SELECTED: _OUT | {Stage.OFFER},
    Stage.OFFER: _OUT | {Stage.ACCEPTED, Stage.SELECTED},
    Stage.ACCEPTED: _OUT | {Stage.PROBATION},
    Stage.PROBATION: _OUT | {Stage.HIRED},
    Stage.HIRED: frozenset(),
    Stage.KNOCKED_OUT: frozenset({Stage.FORM_DONE, Stage.RESERVE}),
    Stage.STOP_LISTED: frozenset({Stage.CONTACTED, Stage.FORM_DONE, Stage.PASSED}),
    Stage.NO_SHOW: frozenset({Stage.PASSED, Stage.SHOWED, Stage.REFUSED, Stage.WITHDRAWN}),
    Stage.REFUSED: frozenset({Stage.CONTACTED, Stage.RESERVE}),
    Stage.WITHDRAWN: frozenset({Stage.CONTACTED, Stage.RESERVE}),
    Stage.RESERVE: frozenset({Stage.CONTACTED}),
}
#: What a person may set by hand; the other stages follow from what happened.
BY_HAND: Final = _OUT | {Stage.CONTACTED, Stage.PASSED, Stage.INTERVIEWED, Stage.SELECTED}
INTERVIEW: Final = Application.WAY.index(Stage.INVITED)


class NoSuchWay(BusinessError):
    """That stage does not follow this one."""


class StopListed(BusinessError):
    """The candidate's company is on the stop list."""


@transaction.atomic
def move_application(
    actor: User, application: Application, *, to: str, reason: str = ""
) -> Application:
    """Move a candidate on, out, or back again; leaving and coming back need a reason.

    Raises NotAllowed, VacancyOver, NoSuchWay, StopListed, ReasonMissing.
    """
    application = locked_application(actor, application)
    require_open(application.vacancy)
    if to not in BY_HAND:
        raise NoSuchWay(
            _("This stage is reached by what happens: an invitation, a test, an offer.")
        )
    if to == Stage.PASSED and application.cautions:
        require(actor, APPROVE)  # a borderline form is the head's decision
    if to in Application.EXITS or application.has_left:
        reason = require_reason(reason, _("Write why: it is kept for the statistics."))
    return advance(actor, application, to, reason=reason)


@transaction.atomic
def choose(actor: User, application: Application) -> Application:
    """Choose for an offer who was seen at an interview.

    Raises NotAllowed, VacancyOver, NoSuchWay, StopListed.
    """
    application = locked_application(actor, application)
    require_open(application.vacancy)
    if application.stage not in (Stage.SHOWED, Stage.TESTED, Stage.INTERVIEWED):
        raise NoSuchWay(_("Only who was seen at an interview is chosen."))
    if application.stage != Stage.INTERVIEWED:
        application = advance(actor, application, Stage.INTERVIEWED)
    return advance(actor, application, Stage.SELECTED)


@transaction.atomic
def bring_back(actor: User, application: Application, *, reason: str) -> Application:
    """Let a knocked-out candidate go on: the head takes the decision on himself.

    Raises NotAllowed, VacancyOver, NoSuchWay, ReasonMissing.
    """
    application = locked_application(actor, application, APPROVE)
    require_open(application.vacancy)
    why = require_reason(reason)
    if application.stage != Stage.KNOCKED_OUT:
        raise NoSuchWay(_("Only who was knocked out by the form is brought back so."))
    return advance(actor, application, Stage.FORM_DONE, reason=why)


@transaction.atomic
def clear_stop(actor: User, application: Application, *, reason: str) -> Application:
    """Let a person of a stop-listed company go on; the head alone, with a reason.

    Raises NotAllowed, ReasonMissing.
    """
    application = locked_application(actor, application, APPROVE)
    application.stop_cleared_because = require_reason(reason)
    application.stop_cleared_by = actor
    application.save(update_fields=["stop_cleared_because", "stop_cleared_by", "updated_at"])
    record(actor, "hiring.stop_cleared", application, reason=application.stop_cleared_because)
    return application


def moves_by_hand(actor: User, application: Application) -> tuple[str, ...]:
    """Return the stages to which `actor` may move a candidate, in their order."""
    if not actor.may("hiring.recruit"):
        return ()
    after = FOLLOWS[application.stage] & BY_HAND
    if application.cautions and not actor.may(APPROVE):
        after -= {Stage.PASSED}
    return tuple(stage for stage in Stage.values if stage in after)


def advance(actor: User, application: Application, to: str, *, reason: str = "") -> Application:
    """Put a locked application on a stage that may follow, and keep the step.

    Raises NoSuchWay, StopListed.
    """
    before = application.stage
    if to == before:
        return application
    if to not in FOLLOWS[before]:
        raise NoSuchWay(
            _("“%(to)s” does not follow “%(before)s”.")
            % {"to": Stage(to).label, "before": Stage(before).label}
        )
    require_not_stopped(application, to)
    put_on_stage(actor, application, to, reason=reason)
    record(actor, "hiring.stage_changed", application, before=before, after=to, reason=reason)
    return application


def put_on_stage(actor: User, application: Application, to: str, *, reason: str = "") -> None:
    """Write the stage, the furthest one reached and the step; what was checked already."""
    now = timezone.now()
    hours = (now - application.stage_since).total_seconds() / 3600
    StageChange.objects.create(
        application=application,
        before=application.stage,
        after=to,
        hours=hours,
        reason=reason,
        by=actor,
        at=now,
    )
    application.stage, application.stage_since = to, now
    if to in Application.WAY:
        application.reached = max(application.reached, Application.WAY.index(to))
    application.exit_reason = reason if to in Application.EXITS else ""
    if to in Application.EXITS or Application.WAY.index(to) >= INTERVIEW:
        application.call_due_at = None
    application.save()


def step_back(actor: User, application: Application, to: str, *, reason: str = "") -> None:
    """Put a check-in right: who never came has not reached "came" either."""
    undone = application.stage
    afters = set(application.steps.values_list("after", flat=True))
    if not application.invitations.filter(state__in=Invitation.SHOWED).exists():
        afters.discard(Stage.SHOWED)
    put_on_stage(actor, application, to, reason=reason)
    places = [Application.WAY.index(stage) for stage in (*afters, to) if stage in Application.WAY]
    application.reached = max(places, default=0)
    application.save(update_fields=["reached", "updated_at"])
    record(actor, "hiring.stage_changed", application, before=undone, after=to, reason=reason)


def require_not_stopped(application: Application, to: str) -> None:
    """Refuse to bring a stop-listed person to an interview unless the head cleared him.

    Raises StopListed.
    """
    on_way = to in Application.WAY and Application.WAY.index(to) >= INTERVIEW
    if not on_way or application.stop_cleared_by_id:
        return
    if entry := stop_entry(application.candidate):
        raise StopListed(
            _(
                "“%(company)s” is on the stop list: %(reason)s. Only the head of sales can let"
                " this person go on, with a reason."
            )
            % {"company": entry.name, "reason": entry.reason}
        )
