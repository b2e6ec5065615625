"""Who works on a client, and who answers for a manager."""

from kamerton.domain.accounts.models import Client
from kamerton.platform.access.models import User
from kamerton.platform.access.roles import Role, Scope

HOLDING = ("strategic_owner", "operational_manager", "custody_supervisor")


def works_on(manager: User, client: Client) -> bool:
    """True if the client is the manager's own or he leads in its account team (≤ 2 queries)."""
    present = Client.objects.present().filter(pk=client.pk)
    if present.filter(manager=manager).exists():
        return True
    return present.filter(
        assignments__user=manager, assignments__until=None, assignments__role__in=HOLDING
    ).exists()


def may_answer_for(actor: User, manager: User, permission: str) -> bool:
    """True if `actor` is above the manager and has the right; the owner for who has nobody above.

    Nobody answers for himself, but an owner who stands under nobody.
    """
    if manager.supervisor_id is None:
        return Role.OWNER in actor.roles
    below = manager.pk != actor.pk and manager.pk in actor.subtree_ids
    return below and actor.may(permission)


def may_see_list(viewer: User, manager: User) -> bool:
    """True if `viewer` may see the manager's list of key clients."""
    match viewer.scope:
        case Scope.ALL:
            return True
        case Scope.SUBTREE:
            return manager.pk in viewer.subtree_ids
        case Scope.NONE:
            return False
        case _:
            return manager.pk == viewer.pk
