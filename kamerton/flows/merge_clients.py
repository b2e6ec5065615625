"""Two cards of one client become one, or two again; who stands where is counted anew.

A dossier, a buying centre and a plan do not change hands: the card that has them stays.

The codes of the ledger change hands with the cards, and with them the sales. A new manager asks for
no recount: standings hold none, and lists look at the card.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from kamerton.domain.accounts import actions
from kamerton.domain.accounts.actions import Choice
from kamerton.domain.accounts.models import Client, MassChange
from kamerton.domain.buying_centre.models import BuyingCentre
from kamerton.domain.dossier.models import Dossier
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.flows import tasks
from kamerton.platform.access.models import User
from kamerton.platform.errors import BusinessError


class WorkStays(BusinessError):
    """What was worked out with a client belongs to the card that would vanish."""


@transaction.atomic
def merge_clients(
    actor: User, survivor: Client, absorbed: Client, *, choices: Mapping[str, Choice] | None = None
) -> MassChange:
    """Merge `absorbed` into `survivor`, and queue the recomputation; the answer undoes it.

    Raises WorkStays, and what actions.merge_clients raises.
    """
    _require_no_work(absorbed)
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


def _require_no_work(absorbed: Client) -> None:
    """Refuse to lose sight of what was worked out with the card that would vanish."""
    work = {
        _("a dossier"): Dossier.objects.filter(client=absorbed),
        _("a buying centre"): BuyingCentre.objects.filter(client=absorbed),
        _("a perspective plan"): PerspectivePlan.objects.open().filter(client=absorbed),
    }
    if there := [name for name, rows in work.items() if rows.exists()]:
        raise WorkStays(
            _("“%(name)s” has %(work)s. Keep this card and merge the other one into it.")
            % {"name": absorbed.name, "work": ", ".join(there)}
        )
