"""What records prove of contacts and promises; coverage and the three tasks are read from it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, Max, Min, Q, QuerySet

from kamerton.domain.activities.models import Activity

YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class ContactLog:
    """The contacts with one person in the last 365 days, one entry a contact, the latest first.

    `colleagues`: which of us had them, and when; who answered for a contact took part.
    """

    days: tuple[dt.date, ...] = ()
    kinds: frozenset[str] = frozenset()
    colleagues: dict[int, tuple[dt.date, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """How promises were kept: of `due` activities `in_time` were done by the first day named."""

    due: int
    in_time: int


@dataclass(frozen=True)
class _Met:
    person: int
    activity: int
    day: dt.date
    kind: str
    owner: int


def last_contacts(contact_ids: Iterable[int], *, on: dt.date) -> dict[int, ContactLog]:
    """The contacts of 365 days up to `on` with each person (2 queries); those without are left out.

    A queryset of ids is used as it is, so that any number costs the same.
    """
    ids = _ids(contact_ids)
    done = Activity.objects.contacts().filter(due_on__gt=on - YEAR, due_on__lte=on)
    rows = done.filter(people__in=ids).order_by("-due_on", "-pk")
    met = [_Met(*row) for row in rows.values_list("people__pk", "pk", "due_on", "kind", "owner_id")]
    ours = _colleagues(done.filter(people__in=ids))
    by_person: dict[int, list[_Met]] = defaultdict(list)
    for one in met:
        by_person[one.person].append(one)
    return {person: _log(contacts, ours) for person, contacts in by_person.items()}


def next_steps(contact_ids: Iterable[int], *, on: dt.date) -> dict[int, Activity]:
    """The earliest activity in which each person is to take part, late or not (2 queries).

    What was done after `on` counts as still planned then.
    """
    ids = _ids(contact_ids)
    waiting = Q(state=Activity.State.PLANNED)
    waiting |= Q(state=Activity.State.DONE, due_on__gt=on, promised_on__isnull=False)
    pairs = Activity.objects.filter(waiting, people__in=ids).order_by("due_on", "starts_at", "pk")
    first: dict[int, int] = {}
    for person, pk in pairs.values_list("people__pk", "pk"):
        first.setdefault(person, pk)
    steps = Activity.objects.select_related("owner").in_bulk(list(set(first.values())))
    return {person: steps[pk] for person, pk in first.items()}


def done_in_time(client_ids: Iterable[int], *, since: dt.date, until: dt.date) -> dict[int, Kept]:
    """How what was promised for the days of a span was kept, by client (1 query).

    Moving to a later day is not keeping; what was called off asks for nothing.
    """
    counted = Activity.objects.filter(client__in=_ids(client_ids)).exclude(
        state=Activity.State.CANCELLED
    )
    kept = Count("pk", filter=Q(state=Activity.State.DONE, due_on__lte=F("promised_on")))
    promised = counted.filter(promised_on__gte=since, promised_on__lte=until).order_by()
    rows = promised.values("client").annotate(due=Count("pk"), in_time=kept)
    return {row["client"]: Kept(row["due"], row["in_time"]) for row in rows}


def done_of_origins(origins: Iterable[str]) -> dict[str, dt.date]:
    """The first day on which something was done for each origin (1 query)."""
    done = Activity.objects.filter(state=Activity.State.DONE, origin__in=list(origins))
    rows = done.order_by().values("origin").annotate(first=Min("due_on"))
    return {row["origin"]: row["first"] for row in rows}


def open_of_origins(origins: Iterable[str]) -> dict[str, Activity]:
    """What is open for each origin (1 query); within one client there is one at most."""
    found = Activity.objects.open().filter(origin__in=list(origins)).select_related("owner")
    return {one.origin: one for one in found}


def last_contact_days(client_ids: Iterable[int], *, on: dt.date) -> dict[int, dt.date]:
    """The day of the last contact with each client up to `on` (1 query)."""
    done = Activity.objects.contacts().filter(client__in=_ids(client_ids), due_on__lte=on)
    rows = done.order_by().values("client").annotate(last=Max("due_on"))
    return {row["client"]: row["last"] for row in rows}


def _colleagues(done: QuerySet[Activity]) -> dict[int, set[int]]:
    """Who of us joined each contact, beside who answered for it."""
    joined = Activity.colleagues.through.objects.filter(activity__in=done.order_by().values("pk"))
    found: dict[int, set[int]] = defaultdict(set)
    for activity, user in joined.values_list("activity_id", "user_id"):
        found[activity].add(user)
    return found


def _log(contacts: list[_Met], ours: dict[int, set[int]]) -> ContactLog:
    by_colleague: dict[int, list[dt.date]] = defaultdict(list)
    for one in contacts:
        for user in {one.owner} | ours.get(one.activity, set()):
            by_colleague[user].append(one.day)
    return ContactLog(
        days=tuple(one.day for one in contacts),
        kinds=frozenset(one.kind for one in contacts),
        colleagues={user: tuple(days) for user, days in by_colleague.items()},
    )


def _ids(given: Iterable[int]) -> Iterable[int]:
    return given if isinstance(given, QuerySet) else list(given)
