"""Lists of what is to be done and was done, as a person may see them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from kamerton.domain.accounts.models import Client
from kamerton.domain.activities.models import (
    Activity,
    ActivityQuerySet,
    ClientNeed,
    NeedQuerySet,
    Rescheduling,
)
from kamerton.platform.access.models import User

SHOWN = 60  # open activities on one list
DONE_SHOWN = 20
EVERYBODY = "all"


@dataclass(frozen=True)
class Wanted:
    """What a list of activities is narrowed by; `owner` None: everybody's."""

    owner: int | None = None
    client: int | None = None
    kind: str = ""
    unprepared: bool = False

    @classmethod
    def read(cls, viewer: User, given: Mapping[str, str]) -> Self:
        """Read the filters of an address; without an owner one's own, for those who write."""
        owner = given.get("owner", "")
        mine = viewer.pk if viewer.may("activities.edit") and owner != EVERYBODY else None
        kind = given.get("kind", "")
        return cls(
            owner=_number(owner) or mine,
            client=_number(given.get("client", "")),
            kind=kind if kind in Activity.Kind.values else "",
            unprepared=given.get("unprepared", "") == "1",
        )


@dataclass(frozen=True)
class Agenda:
    """What is to be done, by when; `hidden`: how many more there are than are shown."""

    late: list[Activity]
    today: list[Activity]
    week: list[Activity]
    later: list[Activity]
    done: list[Activity]
    hidden: int

    @property
    def open(self) -> int:
        """How many are shown that wait to be done."""
        return len(self.late) + len(self.today) + len(self.week) + len(self.later)


@dataclass(frozen=True)
class Counts:
    """How much waits for a person."""

    today: int
    late: int
    unprepared: int


def activities(
    viewer: User,
    *,
    client: Client | None = None,
    owner: User | None = None,
    state: str | None = None,
) -> ActivityQuerySet:
    """Activities that `viewer` may see, with client, responsible, brief and people (3 queries)."""
    found = _seen(viewer).select_related("client", "owner", "done_by", "brief")
    if client is not None:
        found = found.with_client(client)
    if owner is not None:
        found = found.filter(owner=owner)
    if state is not None:
        found = found.filter(state=state)
    return found.prefetch_related("people", "colleagues")


def activity(viewer: User, pk: int) -> Activity | None:
    """One activity that `viewer` may see, with all that belongs to it; None if there is none."""
    return activities(viewer).select_related("follows").filter(pk=pk).first()


def open_activities(viewer: User, client: Client) -> ActivityQuerySet:
    """What is still to be done with a client, the nearest first (3 queries)."""
    return activities(viewer, client=client).open()


def agenda(viewer: User, wanted: Wanted, *, on: dt.date) -> Agenda:
    """What is to be done, in groups by day, and what was done lately (7 queries)."""
    found = _narrowed(viewer, wanted)
    total = _narrowed(viewer, wanted, bare=True).open().count()
    rows = list(found.open()[:SHOWN])
    sunday = on + dt.timedelta(days=6 - on.weekday())
    done = found.filter(state=Activity.State.DONE).order_by("-done_at", "-pk")
    return Agenda(
        late=[one for one in rows if one.due_on < on],
        today=[one for one in rows if one.due_on == on],
        week=[one for one in rows if on < one.due_on <= sunday],
        later=[one for one in rows if one.due_on > max(on, sunday)],
        done=list(done[:DONE_SHOWN]),
        hidden=max(0, total - len(rows)),
    )


def counts(viewer: User, *, on: dt.date) -> Counts:
    """How much waits for `viewer` himself (1 query)."""
    if not viewer.may("activities.edit"):
        return Counts(0, 0, 0)
    mine = _seen(viewer).filter(_with(viewer.pk)).open().order_by()
    alarm = Activity.objects.unprepared(timezone.now()).order_by()
    found = mine.aggregate(
        today=Count("pk", filter=Q(due_on=on)),
        late=Count("pk", filter=Q(due_on__lt=on)),
        unprepared=Count("pk", filter=Q(pk__in=alarm.values("pk"))),
    )
    return Counts(found["today"], found["late"], found["unprepared"])


def burning(viewer: User, *, on: dt.date) -> list[Activity]:
    """What `viewer` has for today or is late with, and his unprepared key meetings (1 query)."""
    mine = _seen(viewer).filter(_with(viewer.pk)).open()
    alarm = Activity.objects.unprepared(timezone.now()).order_by()
    now = mine.filter(Q(due_on__lte=on) | Q(pk__in=alarm.values("pk")))
    return list(now.select_related("client", "owner", "brief")[:SHOWN])


def unprepared(viewer: User, *, client: Client | None = None) -> ActivityQuerySet:
    """Meetings with key accounts within 24 hours that have no brief (3 queries)."""
    return activities(viewer, client=client).unprepared(timezone.now())


def timeline(viewer: User, client: Client) -> ActivityQuerySet:
    """What was done with a client, the latest first, with what came of it (5 queries)."""
    done = activities(viewer, client=client).filter(
        state__in=(Activity.State.DONE, Activity.State.MISSED)
    )
    steps = Prefetch("next_steps", queryset=Activity.objects.select_related("owner"))
    return done.prefetch_related(steps, "needs").order_by("-due_on", "-done_at", "-pk")


def needs(viewer: User, client: Client | None = None, *, state: str | None = None) -> NeedQuerySet:
    """Needs that clients spoke of, the latest first (1 query)."""
    found = ClientNeed.objects.visible_to(viewer) if _reads(viewer) else ClientNeed.objects.none()
    found = found.select_related("client", "heard_from", "author")
    if client is not None:
        found = found.filter(Q(client=client) | Q(client__merged_into=client))
    return found.filter(state=state) if state else found


def may_write(viewer: User, client: Client) -> bool:
    """Tell whether `viewer` may plan and do things with a client (1 query)."""
    mine = Client.objects.editable_by(viewer).filter(pk=client.pk)
    return viewer.may("activities.edit") and mine.exists()


def writable_among(viewer: User, shown: Iterable[Activity]) -> set[int]:
    """Of the activities, those that `viewer` may change (1 query)."""
    if not viewer.may("activities.edit"):
        return set()
    rows = list(shown)
    mine = Client.objects.editable_by(viewer).filter(pk__in={one.client_id for one in rows})
    clients = set(mine.order_by().values_list("pk", flat=True))
    return {one.pk for one in rows if one.client_id in clients or one.owner_id == viewer.pk}


def undoable_reschedulings(viewer: User) -> QuerySet[Rescheduling]:
    """What `viewer` moved together and may put back (1 query)."""
    return Rescheduling.objects.filter(actor=viewer, undone_at=None)


def _narrowed(viewer: User, wanted: Wanted, *, bare: bool = False) -> ActivityQuerySet:
    found = _seen(viewer) if bare else activities(viewer)
    if wanted.owner:
        found = found.filter(_with(wanted.owner))
    if wanted.client:
        found = found.filter(client=wanted.client)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    return found.unprepared(timezone.now()) if wanted.unprepared else found


def _seen(viewer: User) -> ActivityQuerySet:
    return Activity.objects.visible_to(viewer) if _reads(viewer) else Activity.objects.none()


def _reads(viewer: User) -> bool:
    return viewer.may("activities.view")


def _with(user: int) -> Q:
    """What a person answers for or joins."""
    joined = Activity.colleagues.through.objects.filter(user=user)
    return Q(owner=user) | Q(pk__in=joined.values("activity"))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
