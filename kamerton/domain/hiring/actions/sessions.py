"""Interview sessions: slots made, allowed more or fewer people, called off."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.hiring.actions.gates import (
    RECRUIT,
    Unfit,
    WrongState,
    locked_vacancy,
    require_open,
)
from kamerton.domain.hiring.actions.stages import Stage, advance
from kamerton.domain.hiring.models import Application, InterviewSession, Invitation, Vacancy
from kamerton.domain.hiring.queries.sessions import SlotPlan, group_plan, stream_plan
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

Kind = InterviewSession.Kind
MOST_SLOTS = 500


class SeatsNeeded(BusinessError):
    """A group needs to know how many seats it has."""


class InterviewersNeeded(BusinessError):
    """A stream or individual interview needs somebody who holds it."""


@dataclass(frozen=True)
class SessionText:
    """What sessions are like: kind, seats, who holds them, where."""

    kind: str
    capacity: int = 0
    interviewers: tuple[User, ...] = ()
    place: str = ""


@transaction.atomic
def make_sessions(
    actor: User, vacancy: Vacancy, *, plan: SlotPlan, like: SessionText
) -> list[InterviewSession]:
    """Make the slots of a plan; as many invitations are allowed as the show rate says.

    Raises NotAllowed, VacancyOver, SeatsNeeded, InterviewersNeeded, Unfit.
    """
    vacancy = locked_vacancy(actor, vacancy)
    require_open(vacancy)
    capacity = _checked(like)
    days = (plan.until - plan.since).days
    if plan.minutes < 5 or not 0 <= days <= MOST_SLOTS or plan.closes <= plan.opens:
        raise Unfit(_("A slot lasts 5 minutes at least, and days and hours follow each other."))
    slots = list(plan.slots())
    if not 0 < len(slots) <= MOST_SLOTS:
        raise Unfit(_("No slot fits into these days and hours, or too many do."))
    allowed = allowed_invitations(actor, kind=like.kind, capacity=capacity)
    made = [
        InterviewSession.objects.create(
            vacancy=vacancy,
            kind=like.kind,
            starts_at=start,
            ends_at=end,
            capacity=capacity,
            allowed=allowed,
            place=like.place.strip(),
            created_by=actor,
        )
        for start, end in slots
    ]
    for session in made:
        session.interviewers.set(like.interviewers)
    record(actor, "hiring.sessions_made", vacancy, after={"count": len(made), "allowed": allowed})
    return made


@transaction.atomic
def change_allowed(actor: User, session: InterviewSession, *, allowed: int) -> InterviewSession:
    """Say how many may be invited at most; not fewer than there are seats or invited people.

    Raises NotAllowed, Unfit.
    """
    session = locked_session(actor, session)
    taken = session.invitations.filter(state__in=Invitation.TAKES_A_SEAT).count()
    if not max(session.capacity, taken) <= allowed <= 1000:
        raise Unfit(
            _("Allow at least as many as there are seats (%(seats)d) and invited (%(taken)d).")
            % {"seats": session.capacity, "taken": taken}
        )
    before, session.allowed = session.allowed, allowed
    session.save(update_fields=["allowed"])
    record(actor, "hiring.allowed_changed", session, before=before, after=allowed)
    return session


@transaction.atomic
def cancel_session(actor: User, session: InterviewSession) -> list[Invitation]:
    """Call a session off; its people are free to choose another. Returns whom to tell.

    Raises NotAllowed, WrongState.
    """
    session = locked_session(actor, session)
    if session.cancelled_at is not None:
        raise WrongState(_("This session was called off already."))
    session.cancelled_at = timezone.now()
    session.save(update_fields=["cancelled_at"])
    people = list(
        session.invitations.filter(state__in=Invitation.LIVE).select_related(
            "application__vacancy", "application__candidate"
        )
    )
    for one in people:
        one.session, one.state, one.moves = None, Invitation.State.SENT, one.moves + 1
        one.lead_days, one.confirmed_at, one.reminded_at = None, None, None
        one.save()
        if one.application.stage == Stage.CONFIRMED:
            application = Application.objects.select_for_update().get(pk=one.application_id)
            advance(actor, application, Stage.INVITED)
    record(actor, "hiring.session_cancelled", session, after={"people": len(people)})
    return people


def allowed_invitations(actor: User, *, kind: str, capacity: int) -> int:
    """How many invitations a session of this kind takes, by the show rate."""
    if kind == Kind.INDIVIDUAL:
        return capacity
    if kind == Kind.GROUP:
        return max(group_plan(actor, seats=capacity).invitations, capacity)
    return stream_plan(actor, capacity=capacity).invitations


def locked_session(actor: User, session: InterviewSession) -> InterviewSession:
    """Read a session anew, locked, for who invites to it.

    Raises NotAllowed.
    """
    require(actor, RECRUIT)
    found = InterviewSession.objects.select_for_update(of=("self",))
    return found.select_related("vacancy").get(pk=session.pk)


def _checked(like: SessionText) -> int:
    """Return the seats.

    Raises SeatsNeeded, InterviewersNeeded, Unfit.
    """
    if like.kind not in Kind.values:
        raise Unfit(_("A session is a stream, a group or an individual interview."))
    if like.kind == Kind.GROUP and like.capacity < 2:
        raise SeatsNeeded(_("Say how many seats the group has, 8 to 10 as a rule."))
    if like.kind != Kind.GROUP and not like.interviewers:
        raise InterviewersNeeded(_("Say who holds the interviews."))
    people: Sequence[int] = [one.pk for one in like.interviewers]
    if User.objects.working().filter(pk__in=people).count() != len(set(people)):
        raise Unfit(_("Somebody named does not work here any more."))
    return max(like.capacity, 1)
