"""Calls: what came of each, and when to call next."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.hiring.actions.gates import (
    Unfit,
    locked_application,
    require_open,
)
from kamerton.domain.hiring.actions.stages import Stage, put_on_stage
from kamerton.domain.hiring.models import Application, CallAttempt
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User
from kamerton.platform.audit.actions import record

Outcome = CallAttempt.Outcome
CONTACTED = Application.WAY.index(Stage.CONTACTED)


@transaction.atomic
def record_call(
    actor: User,
    application: Application,
    *,
    outcome: str,
    note: str = "",
    next_at: dt.datetime | None = None,
) -> CallAttempt:
    """Write down a call; who was spoken with is contacted, who is not reached is called again.

    Raises NotAllowed, VacancyOver, Unfit.
    """
    application = locked_application(actor, application)
    require_open(application.vacancy)
    if outcome not in Outcome.values:
        raise Unfit(_("Choose what came of the call."))
    if next_at is not None and next_at <= timezone.now():
        raise Unfit(_("The next call is still to come."))
    application.calls += 1
    application.recruiter = application.recruiter or actor
    due = _next_call(application, outcome, next_at)
    made = application.attempts.create(
        by=actor, at=timezone.now(), outcome=outcome, note=note.strip(), next_at=due
    )
    application.call_due_at = due
    application.call_rank = 0 if due and next_at else int(application.tier[1])
    if not _move(actor, application, outcome):
        application.save()
    record(actor, "hiring.call_recorded", application, after={"outcome": outcome, "next": due})
    return made


@transaction.atomic
def take_calls(actor: User, applications: list[int]) -> int:
    """Take candidates nobody calls yet into one's own queue; how many it were.

    Raises NotAllowed.
    """
    seen = Application.objects.visible_to(actor).filter(pk__in=applications, recruiter=None)
    count = 0
    for application in seen.filter(call_due_at__isnull=False):
        locked = locked_application(actor, application)
        locked.recruiter = actor
        locked.save(update_fields=["recruiter", "updated_at"])
        count += 1
    return count


def _next_call(
    application: Application, outcome: str, next_at: dt.datetime | None
) -> dt.datetime | None:
    """When to call again: as promised, or after a while until the calls are used up."""
    limits = methodology.current().hiring
    if outcome in (Outcome.NOT_INTERESTED, Outcome.WRONG_NUMBER):
        return None
    if next_at is not None:
        return next_at
    unreached = outcome in (Outcome.NO_ANSWER, Outcome.BUSY)
    if not unreached or application.calls >= limits.calls_most:
        return None
    return timezone.now() + dt.timedelta(days=limits.call_again_days)


def _move(actor: User, application: Application, outcome: str) -> bool:
    """Let the stage follow the call; True if it did, and all of the application was written."""
    if outcome == Outcome.NOT_INTERESTED and application.stage in Application.WAY[:5]:
        application.reached = max(application.reached, CONTACTED)  # he was spoken with
        put_on_stage(actor, application, Stage.WITHDRAWN, reason=str(Outcome.NOT_INTERESTED.label))
        return True
    if outcome in CallAttempt.SPOKEN and application.stage == Stage.SOURCED:
        put_on_stage(actor, application, Stage.CONTACTED)
        return True
    return False
