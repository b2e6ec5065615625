"""The list of clients and one client, as a person may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Self
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Lower

from kamerton.calc.text import folded
from kamerton.domain.accounts.models import (
    Client,
    ClientCode,
    ClientGroup,
    ClientQuerySet,
    ContactPerson,
)
from kamerton.platform.access.models import User

COUNTED_TO: Final = 10_000  # beyond this a list says "10,000+"
SORTS: Final = {
    "name": ("name_folded", "pk"),
    "-name": ("-name_folded", "-pk"),
    "manager": (F("manager__full_name").asc(nulls_last=True), "name_folded", "pk"),
    "-manager": (F("manager__full_name").desc(nulls_last=True), "name_folded", "pk"),
    "region": ("region", "name_folded", "pk"),
    "-region": ("-region", "name_folded", "pk"),
    "industry": ("industry", "name_folded", "pk"),
    "-industry": ("-industry", "name_folded", "pk"),
    "updated": ("updated_at", "pk"),
    "-updated": ("-updated_at", "-pk"),
}


@dataclass(frozen=True)
class Filters:
    """What a list of clients is narrowed by; an empty one shows all that are present."""

    search: str = ""
    manager: int | None = None
    segment: str = ""
    state: str = ""
    group: int | None = None
    region: str = ""
    industry: str = ""
    company_key: bool = False
    one_contact: bool = False
    unassigned: bool = False
    archived: bool = False

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """Read the filters of an address; what makes no sense is left out."""
        read: dict[str, object] = {}
        for field in fields(cls):
            text = given.get(field.name, "").replace("\x00", "").strip()[:250]
            if isinstance(field.default, bool):
                read[field.name] = text in {"1", "true", "on"}
            elif field.default is None:
                is_number = text.isascii() and text.isdigit() and len(text) < 19
                read[field.name] = int(text) if is_number else None
            else:
                read[field.name] = text
        return cls(**read)  # type: ignore[arg-type]

    def as_query(self) -> str:
        """Write the filters as the query part of an address."""
        return urlencode({name: 1 if value is True else value for name, value in self.set})

    @property
    def set(self) -> list[tuple[str, object]]:
        """The filters that narrow anything."""
        named = ((field.name, getattr(self, field.name)) for field in fields(self))
        return [(name, value) for name, value in named if value not in ("", None, False)]

    def without(self, name: str) -> Self:
        """Return the filters with one of them taken off."""
        default: Any = next(field.default for field in fields(self) if field.name == name)
        return replace(self, **{name: default})


@dataclass(frozen=True)
class ClientPage:
    """A page of the list; `total` counts up to COUNTED_TO, `more` says that there are others."""

    rows: list[Client]
    total: int
    more: bool


def clients(viewer: User, wanted: Filters | None = None, *, sort: str = "name") -> ClientQuerySet:
    """The clients that `viewer` may see, narrowed and in order, managers joined (1 query)."""
    return _narrowed(viewer, wanted or Filters()).order_by(*SORTS.get(sort, SORTS["name"]))


def client_page(
    viewer: User, wanted: Filters, *, sort: str = "name", offset: int = 0, limit: int = 50
) -> ClientPage:
    """One page of the list (3 queries): which they are, the rows, how many there are."""
    found = clients(viewer, wanted, sort=sort)
    ids = list(found.values_list("pk", flat=True)[offset : offset + limit])
    rows = Client.objects.select_related("manager", "group").in_bulk(ids)
    total = found.order_by().values("pk")[: COUNTED_TO + 1].count()
    return ClientPage([rows[pk] for pk in ids], min(total, COUNTED_TO), total > COUNTED_TO)


def client(viewer: User, pk: int) -> Client | None:
    """One client that `viewer` may see, archived or merged too; None if there is none."""
    joined = Client.objects.select_related("manager", "group", "acquired_by", "merged_into")
    return joined.filter(
        pk__in=Client.objects.visible_to(viewer).filter(pk=pk).values("pk")
    ).first()


def may_change(viewer: User, client: Client) -> bool:
    """Tell whether `viewer` may change the card of `client` (at most 2 queries)."""
    mine = Client.objects.editable_by(viewer).filter(pk=client.pk)
    return viewer.may("accounts.edit_client") and mine.exists()


def editable_among(viewer: User, ids: Sequence[int]) -> set[int]:
    """Of the clients named, those whose card `viewer` may change (1 query)."""
    mine = Client.objects.editable_by(viewer).filter(pk__in=ids).order_by()
    return set(mine.values_list("pk", flat=True)) if viewer.may("accounts.view_client") else set()


def codes(viewer: User, client: Client) -> list[str]:
    """How the ledger names a client."""
    seen = Client.objects.visible_to(viewer).filter(pk=client.pk)
    return sorted(ClientCode.objects.filter(client__in=seen).values_list("code", flat=True))


def survivors(viewer: User) -> dict[int, int]:
    """For each client that was merged away, the client that stands for it now (1 query).

    Sales lines keep the id they were written with; whoever adds them up replaces it by this.
    """
    merged = Client.objects.visible_to(viewer) if not viewer.is_system else Client.objects.all()
    return {
        pk: into
        for pk, into in merged.exclude(merged_into=None).values_list("pk", "merged_into")
        if into is not None
    }


def similar(viewer: User, name: str, inn: str = "", *, but: int | None = None) -> list[Client]:
    """Clients that a new card would double: the same INN, or a name that begins alike."""
    start = folded(name)
    alike = Q(name_folded__startswith=start) if len(start) >= 3 else Q(pk=None)
    alike |= Q(inn=inn) if inn else Q(pk=None)
    seen = Client.objects.visible_to(viewer).present().filter(alike)
    seen = seen.exclude(pk=but) if but else seen
    return list(seen.select_related("manager")[:5])


def groups(viewer: User, *, search: str = "") -> QuerySet[ClientGroup]:
    """Groups of companies with the number of their clients that `viewer` sees (1 query)."""
    seen = Client.objects.visible_to(viewer).present()
    counted = ClientGroup.objects.annotate(
        size=Count("clients", filter=Q(clients__in=seen.values("pk")))
    ).order_by(Lower("name"))
    if not viewer.may("accounts.view_client"):
        return counted.none()
    named = Q(name__icontains=search) | Q(name__icontains=search.capitalize())
    return counted.filter(named) if search else counted


def group(viewer: User, pk: int) -> ClientGroup | None:
    """One group of companies; None if there is none, or the viewer sees no clients at all."""
    return ClientGroup.objects.filter(pk=pk).first() if viewer.may("accounts.view_client") else None


def written_values(viewer: User, name: str) -> list[str]:
    """The regions or industries that stand on cards already, to choose from (1 query)."""
    if name not in {"region", "industry", "customer_type"}:
        raise ValueError(f"{name} is not a field that people fill freely")
    seen = Client.objects.visible_to(viewer).exclude(**{name: ""})
    return list(seen.order_by(name).values_list(name, flat=True).distinct()[:300])


def _narrowed(viewer: User, wanted: Filters) -> ClientQuerySet:
    found = Client.objects.visible_to(viewer).select_related("manager", "group")
    if wanted.archived:
        found = found.filter(merged_into=None).exclude(archived_at=None)
    else:
        found = found.present()
    plain = {
        "manager": wanted.manager,
        "segment": wanted.segment,
        "state": wanted.state,
        "group": wanted.group,
        "region": wanted.region,
        "industry": wanted.industry,
    }
    found = found.filter(**{name: value for name, value in plain.items() if value})
    if wanted.company_key:
        found = found.exclude(company_key_since=None)
    if wanted.unassigned:
        found = found.filter(manager=None)
    if wanted.one_contact:
        found = found.filter(pk__in=_with_one_contact())
    return _searched(found, wanted.search) if wanted.search else found


def _searched(found: ClientQuerySet, text: str) -> ClientQuerySet:
    named = Q()
    for word in folded(text).split():
        named &= Q(name_folded__contains=word)
    coded = ClientCode.objects.filter(code__startswith=text).values("client")
    named |= Q(pk__in=coded)
    digits = "".join(text.split())
    if digits.isascii() and digits.isdigit() and len(digits) >= 3:
        named |= Q(inn__startswith=digits)
    return found.filter(named)


def _with_one_contact() -> Any:
    working = ContactPerson.objects.filter(archived_at=None, status=ContactPerson.Status.ACTIVE)
    counted = working.order_by().values("client").annotate(people=Count("pk"))
    return counted.filter(people=1).values("client")
