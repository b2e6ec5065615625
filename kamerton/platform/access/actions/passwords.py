"""A new password for a person who cannot get in."""

from django.db import transaction

from kamerton.platform.access.actions.people import locked, require_grantable, require_strong
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record


@transaction.atomic
def set_password(actor: User, user: User, *, password: str) -> User:
    """Give the person a new password; his sessions end by that.

    Raises NotAllowed, WeakPassword.
    """
    require(actor, "access.manage_users")
    user = locked(user)
    require_grantable(actor, user.roles, needed=False)  # who signs in as him has his roles
    require_strong(password, email=user.email, full_name=user.full_name)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(actor, "access.password_set", user)
    return user
