"""Who may look at what came into the ledger."""

from kamerton.platform.access.models import User
from kamerton.platform.access.roles import Scope
from kamerton.platform.access.rules import require


def require_ledger_view(viewer: User) -> None:
    """Refuse everybody but those who import and those who see all the money.

    Raises NotAllowed.
    """
    if not (viewer.scope == Scope.ALL and viewer.may("ledger.view_money")):
        require(viewer, "ledger.import")
