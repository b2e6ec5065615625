"""A person leaves, comes back, or has his sessions ended."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.platform.access import rules
from kamerton.platform.access.actions.people import locked
from kamerton.platform.access.models import User
from kamerton.platform.access.roles import Role
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError


class CannotLeave(BusinessError):
    """This account cannot be closed so."""


@transaction.atomic
def deactivate(actor: User, user: User, *, reason: str = "") -> User:
    """Close the account of a person who left: no sign-in, no sessions, no tokens.

    Raises NotAllowed, CannotLeave, StillHolds, LastOwner.
    """
    require(actor, "access.manage_users")
    user = locked(user)
    if user == actor:
        raise CannotLeave(_("Nobody closes his own account. Ask another administrator."))
    if not user.is_active:
        raise CannotLeave(_("This account is closed already."))
    rules.require_nothing_held(user)
    before = user.status
    user.is_active = False
    user.status = User.Status.LEFT
    user.save(update_fields=["is_active", "status"])
    rules.require_an_owner()
    _close_doors(user)
    record(
        actor,
        "access.person_deactivated",
        user,
        before={"status": before},
        after={"status": user.status},
        reason=reason,
    )
    return user


@transaction.atomic
def reactivate(actor: User, user: User) -> User:
    """Open the account of a person who came back.

    Raises NotAllowed, CannotLeave, WithoutSupervisor.
    """
    require(actor, "access.manage_users")
    user = locked(user)
    if user.is_active:
        raise CannotLeave(_("This account is open already."))
    before = user.status
    user.is_active = True
    user.status = User.Status.ACTIVE
    user.save(update_fields=["is_active", "status"])
    if Role.KAM in user.roles:
        rules.require_supervised_kams()
    record(
        actor,
        "access.person_reactivated",
        user,
        before={"status": before},
        after={"status": user.status},
    )
    return user


@transaction.atomic
def end_sessions(actor: User, user: User) -> User:
    """Sign the person out everywhere; anybody may do so to himself.

    Raises NotAllowed.
    """
    if actor != user:
        require(actor, "access.manage_users")
    user = locked(user)
    _end_sessions(user)
    record(actor, "access.sessions_ended", user)
    return user


def _close_doors(user: User) -> None:
    _end_sessions(user)
    user.tokens.filter(revoked_at=None).update(revoked_at=timezone.now())


def _end_sessions(user: User) -> None:
    User.objects.filter(pk=user.pk).update(sessions_epoch=F("sessions_epoch") + 1)
