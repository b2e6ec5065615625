"""Contact people, the team of a client, who held it, and how many clients each manager has."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from django.db import models
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.calc.text import folded
from kamerton.domain.accounts.models import (
    OWNING,
    Client,
    ClientAssignment,
    ContactPerson,
    changes_of_holder,
)
from kamerton.domain.accounts.queries.clients import Filters, clients
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import sellers
from kamerton.platform.access.roles import Role


class Topic(models.TextChoices):
    """What a client asks about; it decides who of the team answers."""

    SHIPMENT = "shipment", gettext_lazy("Shipment")
    ITEMS = "items", gettext_lazy("Items")
    PAYMENT = "payment", gettext_lazy("Payment")
    TALKS = "talks", gettext_lazy("Talks and terms")


@dataclass(frozen=True)
class Coverage:
    """Through how many people, of which levels, we speak with a client."""

    people: int
    levels: frozenset[str]

    @property
    def single_threaded(self) -> bool:
        """True if everything hangs on one person, or on none."""
        return self.people <= 1


@dataclass(frozen=True)
class Changes:
    """How often a client passed from one manager to another."""

    in_12_months: int
    in_24_months: int

    @property
    def warns(self) -> bool:
        """True from the second change within a year on."""
        return self.in_12_months >= 2


@dataclass(frozen=True)
class Norms:
    """How many clients a manager should have: those in flow 20–100, a KAM 5–30."""

    flow_low: int = 20
    flow_high: int = 100
    kam_low: int = 5
    kam_high: int = 30


@dataclass(frozen=True)
class Load:
    """How many clients a manager holds, against the norm of his work."""

    manager: User
    clients: int
    keys: int  # of them key for the company
    verdict: Literal["few", "many", ""]
    low: int
    high: int

    @property
    def sentence(self) -> str:
        """The warning in words; empty inside the norm."""
        if not self.verdict:
            return ""
        words = {"n": self.clients, "low": self.low, "high": self.high}
        if self.verdict == "many":
            return _("%(n)d clients: more than the norm of %(low)d–%(high)d.") % words
        return _("%(n)d clients: fewer than the norm of %(low)d–%(high)d.") % words


def contacts(viewer: User, client: Client, *, archived: bool = False) -> QuerySet[ContactPerson]:
    """The people at a client that `viewer` may see (1 query)."""
    seen = Client.objects.visible_to(viewer).filter(pk=client.pk)
    found = ContactPerson.objects.filter(client__in=seen).select_related("client", "moved_to")
    return found if archived else found.filter(archived_at=None)


def contacts_of_many(viewer: User, wanted: Filters) -> QuerySet[ContactPerson]:
    """The people at the clients of a list, of those clients that are the viewer's own (1 query)."""
    listed = clients(viewer, wanted).editable_by(viewer).order_by()
    found = ContactPerson.objects.filter(archived_at=None, client__in=listed.values("pk"))
    return found.select_related("client").order_by("client__name_folded", "name_folded", "pk")


def contacts_found(viewer: User, text: str) -> QuerySet[ContactPerson]:
    """People whose name, phone or e-mail holds `text`, at clients `viewer` sees (1 query)."""
    digits = "".join(filter(str.isdigit, text))
    meant = Q(name_folded__contains=folded(text)) | Q(email__icontains=text)
    if len(digits) >= 4:
        meant |= Q(phone__contains=digits)
    seen = Client.objects.visible_to(viewer).present().order_by()
    found = ContactPerson.objects.filter(meant, archived_at=None, client__in=seen.values("pk"))
    return found.select_related("client").order_by("name_folded", "pk")


def coverage_of(viewer: User, client: Client) -> Coverage:
    """Through how many people we speak with a client, and of which levels (1 query)."""
    working = contacts(viewer, client).filter(status=ContactPerson.Status.ACTIVE)
    levels = list(working.order_by().values_list("level", flat=True))
    return Coverage(len(levels), frozenset(levels))


def team_of(viewer: User, client: Client) -> QuerySet[ClientAssignment]:
    """Who works on a client today, its manager first (1 query)."""
    return _parts(viewer, client).filter(until=None).order_by(_owner_first(), "since", "pk")


def responsible_for(viewer: User, client: Client, topic: str) -> User | None:
    """Who of the team answers a question: daily matters go to the operational manager."""
    daily = topic != Topic.TALKS
    parts = {part.role: part.user for part in team_of(viewer, client)}
    operational = parts.get(ClientAssignment.Role.OPERATIONAL_MANAGER)
    owner = next((parts[role] for role in OWNING if role in parts), None)
    return (operational or owner) if daily else owner


def assignments(viewer: User, client: Client) -> QuerySet[ClientAssignment]:
    """Who worked on a client and on those merged into it, the latest first (1 query)."""
    return _parts(viewer, client).order_by("-since", "-pk")


def manager_changes(viewer: User, client: Client, *, on: dt.date) -> Changes:
    """How often the client changed hands before `on` (1 query)."""
    own = ClientAssignment.objects.filter(client__in=_seen(viewer, client), role__in=OWNING)
    days = changes_of_holder(own)
    year, two = on - dt.timedelta(days=365), on - dt.timedelta(days=730)
    return Changes(
        in_12_months=sum(year < day <= on for day in days),
        in_24_months=sum(two < day <= on for day in days),
    )


def load_of(viewer: User, *, norms: Norms | None = None) -> list[Load]:
    """How many clients each manager holds, and where that is outside the norm (4 queries)."""
    held = Client.objects.present().order_by().values("manager")
    counted = held.annotate(all=Count("pk"), keys=Count("company_key_since"))
    counts = {row["manager"]: (row["all"], row["keys"]) for row in counted}
    return [
        _load(manager, *counts.get(manager.pk, (0, 0)), norms or Norms())
        for manager in sellers(viewer)
    ]


def holders_by_ledger_name(viewer: User) -> dict[str, int]:
    """Who is meant when the ledger names a manager: {folded name: id of the person}."""
    return {
        folded(name): person.pk
        for person in sellers(viewer)
        for name in (*person.ledger_codes, person.full_name)
    }


def _load(manager: User, count: int, keys: int, norms: Norms) -> Load:
    roles = {grant.role for grant in manager.grants.all()}
    if Role.KAM in roles:
        low, high = norms.kam_low, norms.kam_high
    elif Role.ACCOUNT_MANAGER in roles:
        low, high = norms.flow_low, norms.flow_high
    else:
        return Load(manager, count, keys, "", 0, 0)
    verdict: Literal["few", "many", ""] = "few" if count < low else "many" if count > high else ""
    return Load(manager, count, keys, verdict, low, high)


def _seen(viewer: User, client: Client) -> QuerySet[Client]:
    return Client.objects.visible_to(viewer).filter(pk=client.pk)


def _parts(viewer: User, client: Client) -> QuerySet[ClientAssignment]:
    seen = _seen(viewer, client).values("pk")
    mine = Q(client__in=seen) | Q(client__merged_into__in=seen)
    return ClientAssignment.objects.filter(mine).select_related("user", "client")


def _owner_first() -> Case:
    return Case(When(role__in=OWNING, then=Value(0)), default=Value(1), output_field=IntegerField())
