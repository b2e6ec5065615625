"""The cap and the load: a place must be free before a client enters a manager's list."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kamerton.domain.methodology.content import Methodology
from kamerton.domain.segmentation.models import ManagerKey
from kamerton.domain.segmentation.queries.capacity import cap_of, slots
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import ways_to
from kamerton.platform.errors import BusinessError, WayOut

CANDIDATES = 3


class CapReached(BusinessError):
    """The manager has as many key clients as he can really manage."""


class LoadTooHigh(BusinessError):
    """The manager has no hours for another key client."""


def require_slot(
    manager: User, *, tier: str, method: Methodology, instead_of: ManagerKey | None = None
) -> None:
    """Refuse unless the manager has a place and the hours; his row must be locked.

    Raises CapReached, LoadTooHigh.
    """
    taken = ManagerKey.objects.filter(manager=manager).in_slots()
    cap = cap_of(manager, method)
    if instead_of is None and taken.count() >= cap:
        raise _cap_reached(manager, cap)
    load = slots(
        manager, one_more=tier, method=method, leaving=instead_of.tier if instead_of else "flow"
    )
    if load.blocked:
        raise LoadTooHigh(
            _(
                "With this client you would need %(hours).0f h a month of %(have)d, more than "
                "%(limit).0f %%. Release a client or lower a tier."
            )
            % {
                "hours": load.hours,
                "have": manager.selling_hours,
                "limit": method.capacity.load_block * 100,
            }
        )


def _cap_reached(manager: User, cap: int) -> CapReached:
    """Name the limit and the clients easiest to release: those with the lowest index."""
    weakest = list(
        ManagerKey.objects.filter(manager=manager)
        .in_slots()
        .select_related("client")
        .order_by("mki", "-pk")[:CANDIDATES]
    )
    names = ", ".join(f"{key.client} ({key.mki:.0f})" for key in weakest)
    sentence = ngettext(
        "This would be key client number %(number)d; your limit is %(cap)d. "
        "Release it first: %(names)s.",
        "This would be key client number %(number)d; your limit is %(cap)d. "
        "Release one first, the weakest are: %(names)s.",
        cap,
    )
    return CapReached(
        sentence % {"number": cap + 1, "cap": cap, "names": names}, ways_out=_releases(weakest)
    )


def _releases(weakest: list[ManagerKey]) -> list[WayOut]:
    found: list[WayOut] = []
    for key in weakest:
        label = _("Release %(client)s") % {"client": key.client}
        found += ways_to(label, "segmentation:my-keys", release=key.pk)
    return found
