"""Two cards of one client become one, or two again; who stands where is counted anew.

The codes of the ledger change hands with the cards, and with them the sales. A new manager asks for
no recount: standings hold none, and lists look at the card.
"""

from collections.abc import Mapping

from django.db import transaction

from kamerton.domain.accounts import actions
from kamerton.domain.accounts.actions import Choice
from kamerton.domain.accounts.models import Client, MassChange
from kamerton.flows import tasks
from kamerton.platform.access.models import User


@transaction.atomic
def merge_clients(
    actor: User, survivor: Client, absorbed: Client, *, choices: Mapping[str, Choice] | None = None
) -> MassChange:
    """Merge `absorbed` into `survivor`, and queue the recomputation; the answer undoes it.

    Raises what actions.merge_clients raises.
    """
    change = actions.merge_clients(actor, survivor, absorbed, choices=choices)
    tasks.restate_later(actor)
    return change


@transaction.atomic
def undo_merge(actor: User, change: MassChange) -> Client:
    """Take a merge apart, and queue the recomputation. Answers with the restored card.

    Raises what actions.undo_merge raises.
    """
    restored = actions.undo_merge(actor, change)
    tasks.restate_later(actor)
    return restored
