"""Invitations: sent, confirmed, moved or declined by link, checked in, reminded."""

import datetime as dt
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kamerton.domain.hiring.actions.forms import LinkDead
from kamerton.domain.hiring.actions.gates import (
    ASSESS,
    RECRUIT,
    Unfit,
    WrongState,
    locked_application,
    require_open,
)
from kamerton.domain.hiring.actions.letters import TOKEN, NoAddress, in_language, post
from kamerton.domain.hiring.actions.sessions import locked_session
from kamerton.domain.hiring.actions.stages import Stage, advance, step_back
from kamerton.domain.hiring.models import Application, InterviewSession, Invitation, Letter
from kamerton.domain.hiring.queries.sessions import channel_of, invitation_by_token
from kamerton.domain.hiring.queries.show import likely
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User, token_digest
from kamerton.platform.access.queries import system_user
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError, NotAllowed

State = Invitation.State


class SlotFull(BusinessError):
    """No more people are invited to this slot."""


class SlotGone(BusinessError):
    """The slot is over, called off, or of another vacancy."""


@transaction.atomic
def invite(
    actor: User, application: Application, *, session: InterviewSession | None = None
) -> tuple[Invitation, str]:
    """Invite a candidate to a session, or to choose one himself; return it with its secret.

    Raises NotAllowed, VacancyOver, NoSuchWay, StopListed, SlotFull, SlotGone, WrongState.
    """
    if session is not None:
        session = locked_session(actor, session)
    application = locked_application(actor, application)
    require_open(application.vacancy)
    if application.invitations.filter(state__in=Invitation.LIVE).exists():
        raise WrongState(_("This candidate is invited already: move the invitation instead."))
    if session is not None:
        require_seat(session, application)
    advance(actor, application, Stage.INVITED)
    token = secrets.token_urlsafe(32)
    made = Invitation(
        application=application,
        digest=token_digest(token),
        channel=channel_of(application),
        sent_at=timezone.now(),
    )
    seat(made, session)
    made.save()
    record(actor, "hiring.invited", application, after={"session": session and session.pk})
    return made, token


@transaction.atomic
def send_invitation(actor: User, invitation: Invitation, *, token: str, link: str) -> Letter:
    """Send the personal link of an invitation by e-mail; `link` holds {token}.

    Raises NotAllowed, NoAddress.
    """
    application = locked_application(actor, invitation.application)
    if not application.candidate.email:
        raise NoAddress(_("This candidate has no e-mail. Call him, or send the link yourself."))
    with in_language(application):
        subject = _("Interview: %(title)s") % {"title": application.vacancy.title}
        body = _when(invitation) or _("Choose a time that suits you.")
    return post(
        actor,
        application,
        kind="invitation",
        subject=subject,
        body=body,
        ending=link.replace(TOKEN, token),
    )


@transaction.atomic
def confirm_place(token: str) -> Invitation:
    """The candidate says that he comes.

    Raises LinkDead, SlotGone.
    """
    invitation = _live(token)
    if invitation.session is None:
        raise SlotGone(_("Choose a time first."))
    _require_to_come(invitation.session)
    return _confirmed(invitation)


@transaction.atomic
def book_place(token: str, *, session: InterviewSession) -> Invitation:
    """The candidate takes a place in a session, or moves to it; that is a confirmation too.

    Raises LinkDead, SlotFull, SlotGone.
    """
    there = InterviewSession.objects.select_for_update(of=("self",)).filter(pk=session.pk).first()
    invitation = _live(token)
    if there is None:
        raise SlotGone(_("This time is not offered any more. Choose another."))
    if there.pk != invitation.session_id:
        require_seat(there, invitation.application)
        invitation.moves += 1 if invitation.session_id else 0
        seat(invitation, there)
        invitation.reminded_at = None
    return _confirmed(invitation)


@transaction.atomic
def decline_place(token: str) -> Invitation:
    """The candidate calls off; early enough it is a cancellation in time, else a no-show.

    Raises LinkDead.
    """
    invitation = _live(token)
    application = _locked(invitation)
    hours = methodology.current().hiring.cancel_hours
    session, now = invitation.session, timezone.now()
    in_time = session is None or now <= session.starts_at - dt.timedelta(hours=hours)
    invitation.state = State.CANCELLED if in_time else State.NO_SHOW
    invitation.settled_at = now
    invitation.save(update_fields=["state", "settled_at"])
    back = Stage.PASSED if in_time else Stage.NO_SHOW
    advance(system_user(), application, back, reason="" if in_time else _("Called off too late."))
    record(system_user(), "hiring.place_declined", application, after=invitation.state)
    return invitation


@transaction.atomic
def check_in(
    actor: User, invitation: Invitation, *, state: str, late_minutes: int = 0
) -> Invitation:
    """Write down who came, who was late, who did not come or called off in time.

    Who holds the session may do it too. Raises NotAllowed, WrongState, Unfit.
    """
    found = Invitation.objects.select_for_update(of=("self",)).select_related("session")
    invitation = found.get(pk=invitation.pk)
    require_hand(actor, invitation)
    allowed = {*Invitation.SHOWED, State.NO_SHOW, State.CANCELLED}
    if state not in allowed or (state == State.LATE) != (late_minutes > 0):
        raise Unfit(_("Choose: came, came late and by how many minutes, did not come, called off."))
    if invitation.session is None or invitation.state == State.CANCELLED:
        raise WrongState(_("There is no session for which this candidate could be checked in."))
    invitation.state, invitation.settled_at = state, timezone.now()
    invitation.late_minutes = late_minutes or None
    invitation.save(update_fields=["state", "settled_at", "late_minutes"])
    _follow(actor, _locked(invitation), state)
    record(actor, "hiring.checked_in", invitation.application, after={"state": state})
    return invitation


@transaction.atomic
def remind(actor: User, invitation: Invitation, *, link: str) -> Letter:
    """Send a reminder by e-mail, once; the link inside is a new one.

    `link` holds {token}; the link sent before stops working. Raises NotAllowed, NoAddress,
    WrongState.
    """
    application = locked_application(actor, invitation.application)
    found = Invitation.objects.select_for_update(of=("self",)).select_related("session")
    invitation = found.get(pk=invitation.pk)
    if invitation.reminded_at is not None or not invitation.is_live:
        raise WrongState(_("This candidate was reminded already, or does not come."))
    if not application.candidate.email:
        raise NoAddress(_("This candidate has no e-mail. Call him, or send the link yourself."))
    token = secrets.token_urlsafe(32)
    invitation.digest, invitation.reminded_at = token_digest(token), timezone.now()
    invitation.save(update_fields=["digest", "reminded_at"])
    with in_language(application):
        subject = _("Reminder: %(title)s") % {"title": application.vacancy.title}
        body = _when(invitation)
    return post(
        actor,
        application,
        kind="reminder",
        subject=subject,
        body=body,
        ending=link.replace(TOKEN, token),
    )


def seat(invitation: Invitation, session: InterviewSession | None) -> None:
    """Put an invitation into a session and reckon how likely he comes."""
    invitation.session = session
    lead = float("nan")
    invitation.lead_days = None
    if session is not None:
        days = timezone.localdate(session.starts_at) - timezone.localdate()
        invitation.lead_days = max(days.days, 0)
        lead = float(invitation.lead_days)
    invitation.rate = likely(system_user(), [invitation.channel], [lead])[0]


def require_seat(session: InterviewSession, application: Application) -> None:
    """Refuse a slot that is over or full; its row must be locked.

    Raises SlotGone, SlotFull.
    """
    _require_to_come(session)
    if session.vacancy_id != application.vacancy_id:
        raise SlotGone(_("This time is not offered any more. Choose another."))
    taken = session.invitations.filter(state__in=Invitation.TAKES_A_SEAT).count()
    if taken >= session.allowed:
        raise SlotFull(
            _("No place is left at this time: %(taken)d are invited. Choose another.")
            % {"taken": taken},
            status=409,
        )


def _require_to_come(session: InterviewSession) -> None:
    if session.cancelled_at is not None or session.starts_at <= timezone.now():
        raise SlotGone(_("This time is not offered any more. Choose another."))


def _confirmed(invitation: Invitation) -> Invitation:
    invitation.state, invitation.confirmed_at = State.CONFIRMED, timezone.now()
    invitation.save()
    application = _locked(invitation)
    advance(system_user(), application, Stage.CONFIRMED)
    record(
        system_user(),
        "hiring.place_confirmed",
        application,
        after={"session": invitation.session_id, "moves": invitation.moves},
    )
    return invitation


def _live(token: str) -> Invitation:
    """Return the invitation of a link while he may still choose, locked.

    Raises LinkDead.
    """
    known = invitation_by_token(token)
    if known is None or known.application.candidate.is_erased:
        raise LinkDead(_("This link is unknown. Ask us for a new one."), status=404)
    locked = Invitation.objects.select_for_update(of=("self",)).select_related(
        "session", "application__vacancy"
    )
    found = locked.get(pk=known.pk)
    if not found.is_live or found.application.vacancy.is_over:
        raise LinkDead(_("This invitation does not stand any more."), status=410)
    if found.session is not None and found.session.starts_at <= timezone.now():
        raise LinkDead(_("The interview has begun already."), status=410)
    return found


def _locked(invitation: Invitation) -> Application:
    found = Application.objects.select_for_update(of=("self",))
    return found.select_related("candidate", "vacancy").get(pk=invitation.application_id)


def require_hand(actor: User, invitation: Invitation) -> None:
    """Let recruiters and who holds the session check people in.

    Raises NotAllowed.
    """
    if actor.may(RECRUIT):
        return
    require(actor, ASSESS)
    session = invitation.session
    if session is None or not session.interviewers.filter(pk=actor.pk).exists():
        raise NotAllowed(_("Only recruiters and those who hold the session check people in."))


def _follow(actor: User, application: Application, state: str) -> None:
    """Let the stage follow the check-in; a wrong check-in is put right by another."""
    target = {
        State.CAME: Stage.SHOWED,
        State.LATE: Stage.SHOWED,
        State.NO_SHOW: Stage.NO_SHOW,
        State.CANCELLED: Stage.PASSED,
    }[State(state)]
    before: Sequence[str] = (Stage.INVITED, Stage.CONFIRMED, Stage.SHOWED, Stage.NO_SHOW)
    if application.stage not in before or application.stage == target:
        return
    reason = _("Did not come.") if target == Stage.NO_SHOW else ""
    move = step_back if application.stage == Stage.SHOWED else advance
    move(actor, application, target, reason=reason)


def _when(invitation: Invitation) -> str:
    session = invitation.session
    if session is None:
        return ""
    moment = date_format(timezone.localtime(session.starts_at), "DATETIME_FORMAT")
    return f"{moment}\n{session.place}".strip()
