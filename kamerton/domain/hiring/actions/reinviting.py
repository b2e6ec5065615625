"""Invitations put right: moved to another time, sent again, their link renewed, check-in undone."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from kamerton.domain.hiring.actions.gates import WrongState, locked_application, require_open
from kamerton.domain.hiring.actions.invitations import (
    invite,
    require_hand,
    require_seat,
    seat,
)
from kamerton.domain.hiring.actions.sessions import locked_session
from kamerton.domain.hiring.actions.stages import Stage, advance, step_back
from kamerton.domain.hiring.models import Application, InterviewSession, Invitation
from kamerton.platform.access.models import User, token_digest
from kamerton.platform.audit.actions import record

State = Invitation.State
FOLLOWED = (Stage.SHOWED, Stage.NO_SHOW)  # the stages a check-in leads to


@transaction.atomic
def move_place(
    actor: User, invitation: Invitation, *, session: InterviewSession
) -> tuple[Invitation, str]:
    """Offer an invited candidate another time; he has to confirm it, by a new link.

    Raises NotAllowed, VacancyOver, WrongState, SlotFull, SlotGone.
    """
    session = locked_session(actor, session)
    application = locked_application(actor, invitation.application)
    require_open(application.vacancy)
    invitation = _locked_live(invitation)
    if invitation.session_id == session.pk:
        raise WrongState(_("This candidate is invited to this very time."))
    require_seat(session, application)
    before = invitation.session_id
    seat(invitation, session)
    invitation.moves += 1 if before else 0
    invitation.state, invitation.confirmed_at, invitation.reminded_at = State.SENT, None, None
    token = _with_new_link(invitation)
    if application.stage == Stage.CONFIRMED:
        advance(actor, application, Stage.INVITED)
    record(actor, "hiring.invitation_moved", application, before=before, after=session.pk)
    return invitation, token


@transaction.atomic
def invite_again(
    actor: User, application: Application, *, session: InterviewSession | None = None
) -> tuple[Invitation, str]:
    """Invite somebody who did not come once more.

    Raises NotAllowed, VacancyOver, NoSuchWay, StopListed, SlotFull, SlotGone, WrongState.
    """
    application = locked_application(actor, application)
    require_open(application.vacancy)
    if application.stage != Stage.NO_SHOW:
        raise WrongState(_("Only who did not come is invited again."))
    advance(actor, application, Stage.PASSED, reason=_("Did not come, invited again."))
    return invite(actor, application, session=session)


@transaction.atomic
def renew_link(actor: User, invitation: Invitation) -> str:
    """Return a new secret of an invitation; the link sent before stops working.

    Raises NotAllowed, WrongState.
    """
    application = locked_application(actor, invitation.application)
    token = _with_new_link(_locked_live(invitation))
    record(actor, "hiring.link_renewed", application)
    return token


@transaction.atomic
def take_back_check_in(actor: User, invitation: Invitation) -> Invitation:
    """Undo a check-in: the candidate is awaited again.

    Who holds the session may do it too. Raises NotAllowed, WrongState.
    """
    found = Invitation.objects.select_for_update(of=("self",)).select_related("session")
    invitation = found.get(pk=invitation.pk)
    require_hand(actor, invitation)
    joined = Application.objects.select_for_update(of=("self",)).select_related("vacancy")
    application = joined.get(pk=invitation.application_id)
    checked = invitation.state in (*Invitation.SHOWED, State.NO_SHOW)
    if not checked or application.stage not in FOLLOWED:
        raise WrongState(_("There is no check-in to take back, or the candidate went on since."))
    was = State.CONFIRMED if invitation.confirmed_at else State.SENT
    invitation.state, invitation.settled_at, invitation.late_minutes = was, None, None
    invitation.save(update_fields=["state", "settled_at", "late_minutes"])
    step_back(actor, application, Stage.CONFIRMED if was == State.CONFIRMED else Stage.INVITED)
    record(actor, "hiring.check_in_taken_back", application)
    return invitation


def _locked_live(invitation: Invitation) -> Invitation:
    """Return the invitation, locked, while its candidate may still come.

    Raises WrongState.
    """
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("application")
    found = locked.get(pk=invitation.pk)
    if not found.is_live:
        raise WrongState(_("This invitation does not stand any more."))
    return found


def _with_new_link(invitation: Invitation) -> str:
    token = secrets.token_urlsafe(32)
    invitation.digest = token_digest(token)
    invitation.save()
    return token
