"""What a person kept of the lists, and the changes that can be undone."""

from django.db.models import QuerySet

from kamerton.domain.accounts.models import MassChange, SavedView
from kamerton.platform.access.models import User


def saved_views(viewer: User, page: str) -> QuerySet[SavedView]:
    """The named views of a list that `viewer` keeps (1 query)."""
    return SavedView.objects.filter(user=viewer, page=page)


def undoable_changes(viewer: User) -> QuerySet[MassChange]:
    """The changes of many clients that can still be undone, the latest first."""
    kept = MassChange.objects.filter(undone_at=None).select_related("actor")
    everybody = viewer.may("accounts.merge_clients") or viewer.may("access.manage_users")
    return (kept if everybody else kept.filter(actor=viewer)).order_by("-at", "-pk")
