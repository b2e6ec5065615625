"""Standings of clients as last computed."""

from dataclasses import dataclass

from django.db.models import F, QuerySet

from kamerton.calc.text import folded
from kamerton.domain.accounts.models import Client
from kamerton.domain.segmentation.models import Restatement, Standing
from kamerton.domain.segmentation.models.standings import StandingQuerySet
from kamerton.platform.access.models import User
from kamerton.platform.reading import looked_up

ORDERS = {
    "revenue": "-revenue",
    "gross_profit": "-gross_profit",
    "cash": "-cash",
    "kci": "-kci",
    "place": "place",
    "growth": "-growth",
    "last_on": "-last_on",
    "name": "client__name_folded",
}


@dataclass(frozen=True)
class StandingFilter:
    """What to keep of the standings; empty keeps all."""

    abc: str = ""
    xyz: str = ""
    criterion: str = ""  # passed
    manager: int | None = None
    segment: str = ""
    active: bool | None = None
    company_key: bool | None = None
    search: str = ""


ALL = StandingFilter()


def current_restatement() -> Restatement | None:
    """The recomputation that readers see; None before the first (1 query)."""
    found = Restatement.objects.filter(state=Restatement.State.CURRENT)
    return looked_up("segmentation.restatement", found.select_related("methodology").first)


def standings(
    viewer: User, *, chosen: StandingFilter = ALL, order: str = "revenue", backwards: bool = False
) -> StandingQuerySet:
    """Standings of the clients whose money `viewer` may see, clients and managers joined.

    A lazy list in a steady order, to be cut into pages (1 query a page, 1 for the current
    recomputation).
    """
    restatement = current_restatement()
    if restatement is None:
        return Standing.objects.none()
    found = Standing.objects.filter(restatement=restatement).visible_to(viewer)
    found = _kept(found, chosen).select_related("client", "client__manager")
    key = ORDERS.get(order, ORDERS["revenue"])
    name = key.lstrip("-")
    descending = key.startswith("-") != backwards
    first = F(name).desc(nulls_last=True) if descending else F(name).asc(nulls_last=True)
    if name in ("revenue", "kci", "place", "client__name_folded"):  # never empty: the index serves
        first = F(name).desc() if descending else F(name).asc()
    return found.order_by(first, "pk")


def standing_of(viewer: User, client_ids: list[int]) -> dict[int, Standing]:
    """Standings of the clients named, by client (2 queries)."""
    restatement = current_restatement()
    if restatement is None:
        return {}
    found = Standing.objects.filter(restatement=restatement, client__in=client_ids)
    return {standing.client_id: standing for standing in found.visible_to(viewer)}


def restatements(viewer: User) -> QuerySet[Restatement]:
    """The recomputations kept, newest first (1 query)."""
    if not viewer.is_active and not viewer.is_system:
        return Restatement.objects.none()
    return Restatement.objects.select_related("methodology")


def _kept(found: StandingQuerySet, chosen: StandingFilter) -> StandingQuerySet:
    exact = {
        "abc": chosen.abc,
        "xyz": chosen.xyz,
        "client__manager": chosen.manager,
        "client__segment": chosen.segment,
        "passed__contains": chosen.criterion,
        "client__name_folded__contains": folded(chosen.search),
    }
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if chosen.active is not None:
        found = found.filter(is_active=chosen.active)
    if chosen.company_key is not None:
        found = found.filter(client__company_key_since__isnull=not chosen.company_key)
    return found


def present(found: StandingQuerySet) -> StandingQuerySet:
    """Leave out standings of clients of the archive and of those merged."""
    return found.filter(client__in=Client.objects.present())
