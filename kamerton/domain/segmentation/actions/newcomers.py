"""No key clients for newcomers: they learn on lesser ones until their probation is passed."""

from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import Client
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import ways_to
from kamerton.platform.errors import BusinessError


class NewcomerHasNoKeys(BusinessError):
    """Who is being onboarded owns no key client, of the company's or of his own list."""


def require_experienced(manager: User) -> None:
    """Refuse a list of key clients to who is being onboarded.

    Raises NewcomerHasNoKeys.
    """
    status = User.objects.values_list("status", flat=True).get(pk=manager.pk)
    if status == User.Status.ONBOARDING:
        raise NewcomerHasNoKeys(
            _(
                "%(person)s is still being onboarded: key clients come after the probation,"
                " training accounts before it."
            )
            % {"person": manager}
        )


def require_experienced_holder(client: Client) -> None:
    """Refuse to make key what a newcomer holds.

    Raises NewcomerHasNoKeys.
    """
    holder = client.manager
    if holder is not None and holder.status == User.Status.ONBOARDING:
        raise NewcomerHasNoKeys(
            _(
                "“%(client)s” is held by %(person)s, who is still being onboarded. Give it to"
                " somebody experienced first."
            )
            % {"client": client, "person": holder},
            ways_out=ways_to(_("Open the client"), "desk:client", client.pk),
        )
