"""Groups of companies."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from kamerton.domain.accounts.actions.cards import lock_for_change
from kamerton.domain.accounts.models import Client, ClientGroup
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError


class GroupExists(BusinessError):
    """A group of this name is there already."""


class NameNeeded(BusinessError):
    """A group, a view needs a name."""


@transaction.atomic
def create_group(actor: User, name: str, *, clients: Iterable[Client] = ()) -> ClientGroup:
    """Make a group of companies and put `clients` into it.

    Raises NotAllowed, NameNeeded, GroupExists.
    """
    require(actor, "accounts.edit_client")
    group = ClientGroup.objects.create(name=_free_name(name))
    record(actor, "accounts.group_created", group)
    for client in clients:
        set_group(actor, client, group=group)
    return group


@transaction.atomic
def rename_group(actor: User, group: ClientGroup, *, name: str) -> ClientGroup:
    """Give a group another name.

    Raises NotAllowed, NameNeeded, GroupExists.
    """
    require(actor, "accounts.assign_client")
    before = group.name
    group.name = _free_name(name, but=group)
    group.save(update_fields=["name"])
    record(
        actor,
        "accounts.group_renamed",
        group,
        before={"name": before},
        after={"name": group.name},
    )
    return group


@transaction.atomic
def set_group(actor: User, client: Client, *, group: ClientGroup | None) -> Client:
    """Put a client into a group, or take it out.

    Raises NotAllowed.
    """
    require(actor, "accounts.edit_client")
    client = lock_for_change(actor, client)
    before = client.group
    if before != group:
        client.group = group
        client.save(update_fields=["group", "updated_at"])
        record(
            actor,
            "accounts.group_set",
            client,
            before={"group": str(before) if before else None},
            after={"group": str(group) if group else None},
        )
    return client


def _free_name(name: str, but: ClientGroup | None = None) -> str:
    tidy = " ".join(name.split())[:250]
    if not tidy:
        raise NameNeeded(_("Give it a name."))
    others = ClientGroup.objects.exclude(pk=but.pk) if but else ClientGroup.objects.all()
    if others.filter(name=tidy).exists():
        raise GroupExists(_("The group “%(name)s” is there already.") % {"name": tidy})
    return tidy
