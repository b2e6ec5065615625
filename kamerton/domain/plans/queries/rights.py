"""Who may judge a plan."""

from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.platform.access.models import User
from kamerton.platform.access.roles import Role, Scope


def may_edit(viewer: User, client: Client) -> bool:
    """True if `viewer` may plan for the client (1 query)."""
    if not viewer.may("plans.edit") or not methodology.current().tools.plan:
        return False
    return Client.objects.editable_by(viewer).filter(pk=client.pk).exists()


def may_judge(viewer: User, plan: PerspectivePlan) -> bool:
    """True if `viewer` may approve the plan: the owner or the manager's head, no part of it."""
    concerned = (plan.manager_id, plan.author_id, plan.submitted_by_id)
    return viewer.pk not in concerned and stands_above(viewer, plan.manager)


def stands_above(viewer: User, manager: User) -> bool:
    """True if `viewer` approves what this manager plans."""
    if viewer.pk == manager.pk or not viewer.may("plans.approve"):
        return False
    if Role.OWNER in viewer.roles:
        return True
    return viewer.scope in (Scope.SUBTREE, Scope.ALL) and manager.pk in viewer.subtree_ids
