"""Everything that follows from the ledger, the evidence and the method is computed anew.

Standings first, as one new generation; then segments, proposals for the company's register, and
reviews that have come due. Decisions stay with people.
"""

import datetime as dt
from collections.abc import Callable

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kamerton.domain.segmentation import actions
from kamerton.domain.segmentation.models import Restatement
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user
from kamerton.platform.errors import NotAllowed

Progress = Callable[[int, int], None]  # clients done, clients in all
ENOUGH = ("ledger.import", "methodology.edit", "segmentation.propose_company_key")


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def restate_standings(
    actor: User, *, as_of: dt.date | None = None, progress: Progress = _silent
) -> Restatement:
    """Compute who stands where for the year closed on `as_of` (today if not given).

    The figures are the system's: they do not depend on who asked. Raises NotAllowed.
    """
    if not any(actor.may(permission) for permission in ENOUGH):
        raise NotAllowed(_("Only who imports sales, keeps the method or leads sales starts this."))
    system, day = system_user(), as_of or localdate()
    made = actions.restate(system, as_of=day, progress=progress)
    actions.keep_segments(system, made)
    actions.propose_company_keys(system)
    actions.review_company_keys(system, on=day)
    return actions.count_retention(system, made)
