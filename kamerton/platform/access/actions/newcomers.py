"""Somebody who was hired: an account from the first day, and the link to its password."""

import datetime as dt
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.platform.access import rules
from kamerton.platform.access.actions.invitations import VALID_FOR
from kamerton.platform.access.actions.people import (
    FUNCTION_OF_ROLE,
    NoSuchRole,
    locked,
    make_person,
)
from kamerton.platform.access.models import Invitation, User, token_digest
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError, NotAllowed

SELLERS = frozenset(FUNCTION_OF_ROLE)


class SignedInAlready(BusinessError):
    """The person has a password of his own."""


@transaction.atomic
def add_newcomer(
    actor: User, *, email: str, full_name: str, role: str, supervisor: User, hired_on: dt.date
) -> User:
    """Make an account for who was hired to sell; he gets in by `let_in`.

    Who approves a hire may do it, but for sellers only. Raises NotAllowed, NoSuchRole,
    EmailTaken, SupervisorGone, WithoutSupervisor.
    """
    require(actor, "hiring.approve")
    if role not in SELLERS:
        raise NoSuchRole(_("A newcomer is a key account manager or an account manager."))
    rules.lock_people()
    rules.require_fit_supervisor(None, supervisor)
    user = make_person(
        email=email.strip().lower(),
        full_name=full_name,
        roles=[role],
        supervisor=supervisor,
        password=None,
    )
    user.hired_on = hired_on
    user.save(update_fields=["hired_on"])
    rules.require_supervised_kams(only=user)
    record(actor, "access.person_added", user, after={"email": user.email, "roles": [role]})
    return user


@transaction.atomic
def let_in(actor: User, user: User) -> tuple[Invitation, str]:
    """Make a link by which a person without a password sets one; an earlier link stops working.

    Works for seven days; its secret is not stored. Raises NotAllowed, SignedInAlready.
    """
    if not actor.may("access.manage_users"):
        require(actor, "hiring.approve")
        if not User.objects.visible_to(actor).filter(pk=user.pk).exists():
            raise NotAllowed(_("%(person)s is not among your people.") % {"person": user})
    user = locked(user)
    if user.has_usable_password() or not user.is_active or set(user.roles) - SELLERS:
        raise SignedInAlready(
            _("%(person)s has a password. A forgotten one is set anew on the sign-in page.")
            % {"person": user}
        )
    Invitation.objects.open().filter(email=user.email).update(withdrawn_at=timezone.now())
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        email=user.email,
        full_name=user.full_name,
        roles=user.roles,
        supervisor=user.supervisor,
        user=user,
        digest=token_digest(token),
        invited_by=actor,
        expires_at=timezone.now() + VALID_FOR,
    )
    record(actor, "access.person_invited", made, after={"email": user.email, "roles": made.roles})
    return made, token
