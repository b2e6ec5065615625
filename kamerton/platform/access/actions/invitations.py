"""The way in: a link for one person."""

import datetime as dt
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.platform.access import queries, rules
from kamerton.platform.access.actions.people import (
    EmailTaken,
    make_person,
    require_grantable,
    require_strong,
)
from kamerton.platform.access.models import Invitation, User, token_digest
from kamerton.platform.access.roles import Role
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

VALID_FOR = dt.timedelta(days=7)


class LinkDead(BusinessError):
    """The link was used, withdrawn or is too old."""


@transaction.atomic
def invite(
    actor: User,
    *,
    email: str,
    full_name: str,
    roles: Sequence[str],
    supervisor: User | None = None,
) -> tuple[Invitation, str]:
    """Make a link that works for seven days; return it with its secret, which is not stored.

    An earlier open link for the same e-mail stops working.
    Raises NotAllowed, NoSuchRole, SupervisorGone, EmailTaken, WithoutSupervisor.
    """
    require(actor, "access.manage_users")
    require_grantable(actor, roles)
    rules.lock_people()
    rules.require_fit_supervisor(None, supervisor)
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise EmailTaken(_("Somebody works here under %(email)s already.") % {"email": email})
    Invitation.objects.open().filter(email=email).update(withdrawn_at=timezone.now())
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        email=email,
        full_name=full_name.strip(),
        roles=sorted(set(roles)),
        supervisor=supervisor,
        digest=token_digest(token),
        invited_by=actor,
        expires_at=timezone.now() + VALID_FOR,
    )
    if Role.KAM in roles:
        rules.require_supervised_kams()
    record(actor, "access.person_invited", made, after={"email": email, "roles": made.roles})
    return made, token


@transaction.atomic
def accept_invitation(token: str, *, password: str) -> User:
    """Make the account that a link is for, or give it its password; the link stops working.

    Raises LinkDead, WeakPassword, EmailTaken, WithoutSupervisor.
    """
    rules.lock_people()
    invitation = queries.open_invitation(token)
    if invitation is None:
        raise LinkDead(
            _("This link was used, withdrawn or is older than 7 days. Ask for a new one.")
        )
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    user = _opened(invitation, password) if invitation.user else _made(invitation, password)
    record(user, "access.invitation_accepted", user, after={"roles": invitation.roles})
    return user


def _made(invitation: Invitation, password: str) -> User:
    user = make_person(
        email=invitation.email,
        full_name=invitation.full_name,
        roles=invitation.roles,
        supervisor=invitation.supervisor,
        password=password,
    )
    if Role.KAM in invitation.roles:
        rules.require_supervised_kams()
    return user


def _opened(invitation: Invitation, password: str) -> User:
    """Give who has an account but no password yet the one he chose.

    Raises LinkDead, WeakPassword.
    """
    user: User = User.objects.select_for_update(of=("self",)).get(pk=invitation.user_id)
    if user.has_usable_password() or not user.is_active:
        raise LinkDead(_("This account is open already. Sign in with your password."))
    require_strong(password, email=user.email, full_name=user.full_name)
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


@transaction.atomic
def withdraw_invitation(actor: User, invitation: Invitation) -> Invitation:
    """Make the link stop working.

    Raises NotAllowed, LinkDead.
    """
    require(actor, "access.manage_users")
    rules.lock_people()
    found = Invitation.objects.open().filter(pk=invitation.pk).first()
    if found is None:
        raise LinkDead(_("This link does not work any more: there is nothing to withdraw."))
    found.withdrawn_at = timezone.now()
    found.save(update_fields=["withdrawn_at"])
    record(actor, "access.invitation_withdrawn", found)
    return found
