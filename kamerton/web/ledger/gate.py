"""Who may look at what came into the ledger."""

from django.shortcuts import get_object_or_404

from kamerton.domain.ledger import queries
from kamerton.domain.ledger.models import LedgerImport
from kamerton.platform.access.models import User
from kamerton.platform.access.roles import Scope
from kamerton.platform.access.rules import require


def require_ledger_view(viewer: User) -> None:
    """Refuse everybody but those who import and those who see all the money.

    Raises NotAllowed.
    """
    if not (viewer.scope == Scope.ALL and viewer.may("ledger.view_money")):
        require(viewer, "ledger.import")


def seen_import(viewer: User, pk: int) -> LedgerImport:
    """One import; 403 for who may see none, 404 where there is no such import."""
    require_ledger_view(viewer)
    return get_object_or_404(queries.imports(viewer), pk=pk)
