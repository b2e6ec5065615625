"""What is to be done: plan, change, move to another day, call off."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.activities.actions import rules
from kamerton.domain.activities.models import Activity, Rescheduling
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require, ways_to
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError, NotAllowed


class More(TypedDict, total=False):
    """What may be said of a planned activity beside its kind, words and day."""

    goal: str
    starts_at: dt.datetime | None
    minutes: int | None
    owner: User | None  # without one the actor answers for it
    people: Iterable[ContactPerson]
    colleagues: Iterable[User]
    follows: Activity | None
    origin: str


class Changed(More, total=False):
    """What may be changed while it is open."""

    kind: str
    title: str
    due_on: dt.date
    expected: dt.datetime | None


class AlreadyPlanned(BusinessError):
    """The same thing is being done already: `existing` says where."""

    def __init__(self, existing: Activity) -> None:
        self.existing = existing
        words = {
            "title": existing.title,
            "day": rules.short(existing.due_on),
            "name": existing.owner.short_name,
        }
        super().__init__(
            _("This is planned already: “%(title)s”, %(day)s, %(name)s.") % words,
            status=409,
            ways_out=ways_to(_("Open it"), "activities:activity", existing.pk),
        )


class UnknownKind(BusinessError):
    """There is no such kind of activity."""


class UndoneAlready(BusinessError):
    """The move was taken back before."""


PLAIN = ("kind", "title", "goal", "due_on", "starts_at", "minutes", "owner")


@transaction.atomic
def plan_activity(
    actor: User, client: Client, *, kind: str, title: str, due_on: dt.date, **more: Unpack[More]
) -> Activity:
    """Plan something with a client; an `origin` has at most one open activity.

    Raises NotAllowed, NothingWritten, UnknownKind, PastDay, NotTheirPerson, NotOurs,
    AlreadyPlanned.
    """
    rules.require_day_ahead(due_on)
    client = rules.lock_client(actor, client)
    refuse_twin(client, more.get("origin", ""))
    planned = Activity(client=client, due_on=due_on, promised_on=due_on, created_by=actor)
    return save_new(actor, planned, kind=kind, title=title, more=more)


def save_new(actor: User, made: Activity, *, kind: str, title: str, more: More) -> Activity:
    """Write down an activity whose client is locked and whose day is right."""
    made.kind, made.title = known_kind(kind), _title(title)
    made.goal, made.origin = more.get("goal", "").strip(), more.get("origin", "")
    made.minutes, made.follows = more.get("minutes"), more.get("follows")
    made.starts_at = _at(more.get("starts_at"), made.due_on)
    made.owner = rules.fit_owner(made.client, more.get("owner") or actor)
    people = rules.their_people(made.client, more.get("people", ()))
    colleagues = rules.our_people(more.get("colleagues", ()))
    made.save()
    made.people.set(people)
    made.colleagues.set(colleagues)
    record(actor, "activities.activity_planned", made, after=_plain(made))
    return made


@transaction.atomic
def change_activity(actor: User, activity: Activity, **changed: Unpack[Changed]) -> Activity:
    """Change what is planned; `expected` is the `updated_at` that the person saw.

    Raises NotAllowed, Stale, NotOpen, NothingWritten, UnknownKind, PastDay, NotTheirPerson,
    NotOurs.
    """
    activity = rules.lock_activity(actor, activity, changed.get("expected"))
    rules.require_open(activity)
    before = _plain(activity)
    if "due_on" in changed and changed["due_on"] != activity.due_on:
        rules.require_day_ahead(changed["due_on"])
    _write(activity, changed)
    activity.save()
    if "people" in changed:
        activity.people.set(rules.their_people(activity.client, changed["people"]))
    if "colleagues" in changed:
        activity.colleagues.set(rules.our_people(changed["colleagues"]))
    record(actor, "activities.activity_changed", activity, before=before, after=_plain(activity))
    return activity


@transaction.atomic
def reschedule_activity(
    actor: User, activity: Activity, *, due_on: dt.date, starts_at: dt.datetime | None = None
) -> Activity:
    """Move what is planned to another day; the first day promised is remembered.

    Raises NotAllowed, NotOpen, PastDay.
    """
    activity = rules.lock_activity(actor, activity)
    rules.require_open(activity)
    rules.require_day_ahead(due_on)
    before = activity.due_on
    activity.starts_at = _at(starts_at or activity.starts_at, due_on)
    activity.due_on = due_on
    activity.save(update_fields=["due_on", "starts_at", "updated_at"])
    if before != due_on:
        was, now = {"due_on": before}, {"due_on": due_on}
        record(actor, "activities.activity_rescheduled", activity, before=was, after=now)
    return activity


@transaction.atomic
def reschedule_activities(
    actor: User, activities: Iterable[Activity], *, due_on: dt.date
) -> Rescheduling:
    """Move many at once; all or none. The answer undoes it.

    Raises NotAllowed, NotOpen, PastDay, NothingWritten.
    """
    chosen = list(activities)
    if not chosen:
        raise rules.NothingWritten(_("Mark the actions to move first."))
    before = [
        {"pk": one.pk, "due_on": one.due_on.isoformat(), "starts_at": _iso(one.starts_at)}
        for one in chosen
    ]
    for one in chosen:
        reschedule_activity(actor, one, due_on=due_on)
    return Rescheduling.objects.create(actor=actor, before=before)


@transaction.atomic
def undo_rescheduling(actor: User, moved: Rescheduling) -> list[Activity]:
    """Put back what was moved together; what was done or called off since stays.

    Raises NotAllowed, UndoneAlready.
    """
    require(actor, "activities.edit")
    moved = Rescheduling.objects.select_for_update().get(pk=moved.pk)
    if moved.actor_id != actor.pk:
        raise NotAllowed(_("Only who moved them can put them back."))
    if moved.undone_at:
        raise UndoneAlready(_("This was undone already."))
    were = {row["pk"]: row for row in moved.before}
    still = Activity.objects.open().filter(pk__in=were).select_for_update(of=("self",))
    restored = [_put_back(actor, one, were[one.pk]) for one in still]
    moved.undone_at = timezone.now()
    moved.save(update_fields=["undone_at"])
    return restored


@transaction.atomic
def cancel_activity(actor: User, activity: Activity, *, reason: str = "") -> Activity:
    """Call off what is planned.

    Raises NotAllowed, NotOpen.
    """
    return _close(actor, activity, Activity.State.CANCELLED, reason.strip())


@transaction.atomic
def miss_activity(actor: User, activity: Activity, *, reason: str) -> Activity:
    """Write down that it did not take place, and why.

    Raises NotAllowed, NotOpen, NothingWritten.
    """
    said = rules.written(reason, _("Say why it did not take place: that is what we learn from."))
    return _close(actor, activity, Activity.State.MISSED, said)


@transaction.atomic
def resume_activity(actor: User, activity: Activity) -> Activity:
    """Take back that something was called off or did not take place.

    Raises NotAllowed, NotOpen, AlreadyPlanned.
    """
    activity = rules.lock_activity(actor, activity)
    if activity.state not in (Activity.State.CANCELLED, Activity.State.MISSED):
        raise rules.NotOpen(_("It was not called off."), status=409)
    rules.lock_client(actor, activity.client)
    refuse_twin(activity.client, activity.origin)
    activity.state, activity.outcome = Activity.State.PLANNED, ""
    activity.save(update_fields=["state", "outcome", "updated_at"])
    record(actor, "activities.activity_resumed", activity)
    return activity


def known_kind(kind: str) -> str:
    """Return the kind if there is one.

    Raises UnknownKind.
    """
    if kind not in Activity.Kind.values:
        raise UnknownKind(_("There is no such kind of activity: %(kind)s.") % {"kind": kind})
    return kind


def refuse_twin(client: Client, origin: str) -> None:
    """Refuse a second open activity of one origin; an empty origin is none.

    Raises AlreadyPlanned.
    """
    open_ones = Activity.objects.open().filter(client=client, origin=origin)
    twin = open_ones.select_related("owner").first() if origin else None
    if twin is not None:
        raise AlreadyPlanned(twin)


def _close(actor: User, activity: Activity, state: str, reason: str) -> Activity:
    activity = rules.lock_activity(actor, activity)
    rules.require_open(activity)
    activity.state, activity.outcome = state, reason
    activity.save(update_fields=["state", "outcome", "updated_at"])
    record(actor, f"activities.activity_{state}", activity, reason=reason)
    return activity


def _write(activity: Activity, changed: Changed) -> None:
    given: dict[str, Any] = {name: changed[name] for name in PLAIN if name in changed}  # type: ignore[literal-required]
    if "kind" in given:
        given["kind"] = known_kind(given["kind"])
    if "title" in given:
        given["title"] = _title(given["title"])
    if "owner" in given:
        given["owner"] = rules.fit_owner(activity.client, given["owner"] or activity.owner)
    for name, value in given.items():
        setattr(activity, name, value.strip() if isinstance(value, str) else value)
    activity.starts_at = _at(activity.starts_at, activity.due_on)


def _put_back(actor: User, activity: Activity, was: dict[str, str]) -> Activity:
    before, activity.due_on = activity.due_on, dt.date.fromisoformat(was["due_on"])
    at = was["starts_at"]
    activity.starts_at = dt.datetime.fromisoformat(at) if at else None
    activity.save(update_fields=["due_on", "starts_at", "updated_at"])
    record(
        actor,
        "activities.activity_rescheduled",
        activity,
        before={"due_on": before},
        after={"due_on": activity.due_on},
        reason=_("undone"),
    )
    return activity


def _title(title: str) -> str:
    tidy = " ".join(title.split())[:250]
    return rules.written(tidy, _("Say in a few words what is to be done."))


def _at(moment: dt.datetime | None, day: dt.date) -> dt.datetime | None:
    """Return the hour of `moment` on `day`."""
    if moment is None:
        return None
    local = timezone.localtime(moment)
    return timezone.make_aware(dt.datetime.combine(day, local.time()))


def _iso(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _plain(activity: Activity) -> dict[str, object]:
    values = {name: getattr(activity, name) for name in PLAIN}
    values |= {"owner": activity.owner.full_name, "client": activity.client.name}
    return {name: value for name, value in values.items() if value not in ("", None)}
