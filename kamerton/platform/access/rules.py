"""The gate that every action passes."""

from django.utils.translation import gettext as _

from kamerton.platform.access.models import User
from kamerton.platform.errors import NotAllowed


def require(actor: User, permission: str) -> None:
    """Refuse unless `actor` may do this.

    Raises NotAllowed.
    """
    if not actor.may(permission):
        raise NotAllowed(
            _("Your role does not allow this. Ask the head of sales or the administrator.")
        )
