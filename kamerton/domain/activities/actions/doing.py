"""What was done: complete what was planned, log what was not, put right one's own words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Required, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.activities.actions import rules
from kamerton.domain.activities.actions.planning import (
    More,
    plan_activity,
    refuse_twin,
    save_new,
)
from kamerton.domain.activities.models import Activity
from kamerton.platform.access.models import User
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError


@dataclass(frozen=True)
class NextStep:
    """What follows from what was done; without people it concerns the same ones."""

    title: str
    due_on: dt.date
    kind: str = Activity.Kind.TASK
    owner: User | None = None
    people: tuple[ContactPerson, ...] | None = None
    origin: str = ""


class Done(TypedDict, total=False):
    """How it went; people and colleagues that are not given stay as planned."""

    outcome: Required[str]
    done_on: dt.date | None  # without a day: today
    people: Iterable[ContactPerson] | None
    colleagues: Iterable[User] | None
    minutes: int | None
    late_minutes: int | None
    next_step: NextStep | None
    expected: dt.datetime | None


class NotYetDone(BusinessError):
    """What is done on a later day is not done."""


class TooLateToCorrect(BusinessError):
    """Only who wrote it corrects it, and only on the day on which he did."""


@transaction.atomic
def complete_activity(actor: User, activity: Activity, **done: Unpack[Done]) -> Activity:
    """Write down what came of what was planned, with the next step if there is one.

    Raises NotAllowed, Stale, NotOpen, NothingWritten, NotYetDone, NotTheirPerson, NotOurs, and
    what planning refuses.
    """
    activity = rules.lock_activity(actor, activity, done.get("expected"))
    rules.require_open(activity)
    _write(activity, done)
    activity.state, activity.done_at = Activity.State.DONE, timezone.now()
    activity.done_by = actor
    activity.save()
    _take_part(activity, done)
    record(actor, "activities.activity_done", activity, after=_plain(activity))
    if step := done.get("next_step"):
        _plan_next(actor, activity, step)
    return activity


@transaction.atomic
def log_activity(
    actor: User,
    client: Client,
    *,
    kind: str,
    title: str,
    more: More | None = None,
    **done: Unpack[Done],
) -> Activity:
    """Write down what was done without having been planned.

    Raises what planning and completing refuse.
    """
    client = rules.lock_client(actor, client)
    day = done.get("done_on") or timezone.localdate()
    _require_over(day)
    more = more or {}
    refuse_twin(client, more.get("origin", ""))
    made = Activity(client=client, due_on=day, created_by=actor)
    made = save_new(actor, made, kind=kind, title=title, more=more)
    return complete_activity(actor, made, **done)


@transaction.atomic
def correct_activity(actor: User, activity: Activity, **done: Unpack[Done]) -> Activity:
    """Put right what one wrote oneself today; later it stands.

    Raises NotAllowed, Stale, TooLateToCorrect, and what completing refuses.
    """
    activity = rules.lock_activity(actor, activity, done.get("expected"))
    _require_own_and_fresh(actor, activity)
    before = _plain(activity)
    _write(activity, done)
    activity.save()
    _take_part(activity, done)
    record(actor, "activities.activity_corrected", activity, before=before, after=_plain(activity))
    return activity


@transaction.atomic
def reopen_activity(actor: User, activity: Activity) -> Activity:
    """Take back, on the same day, that something was done; its next steps are called off.

    Raises NotAllowed, TooLateToCorrect, AlreadyPlanned.
    """
    activity = rules.lock_activity(actor, activity)
    _require_own_and_fresh(actor, activity)
    refuse_twin(activity.client, activity.origin)
    before = _plain(activity)
    activity.due_on = activity.promised_on or activity.due_on
    activity.state, activity.outcome = Activity.State.PLANNED, ""
    activity.done_at = activity.done_by = None
    activity.save()
    activity.next_steps.filter(state=Activity.State.PLANNED).update(state=Activity.State.CANCELLED)
    record(actor, "activities.activity_reopened", activity, before=before)
    return activity


def _write(activity: Activity, done: Done) -> None:
    activity.outcome = rules.written(
        done["outcome"], _("Say what came of it: without an outcome it is not done.")
    )
    day = done.get("done_on") or (
        activity.due_on if activity.state == Activity.State.DONE else timezone.localdate()
    )
    _require_over(day)
    if day != activity.due_on:
        activity.starts_at = None
    activity.due_on = day
    activity.minutes = done.get("minutes", activity.minutes)
    activity.late_minutes = done.get("late_minutes", activity.late_minutes)


def _take_part(activity: Activity, done: Done) -> None:
    people, colleagues = done.get("people"), done.get("colleagues")
    if people is not None:
        activity.people.set(rules.their_people(activity.client, people))
    if colleagues is not None:
        activity.colleagues.set(rules.our_people(colleagues))


def _plan_next(actor: User, activity: Activity, step: NextStep) -> Activity:
    people = activity.people.all() if step.people is None else step.people
    return plan_activity(
        actor,
        activity.client,
        kind=step.kind,
        title=step.title,
        due_on=step.due_on,
        owner=step.owner or activity.owner,
        people=people,
        follows=activity,
        origin=step.origin,
    )


def _require_over(day: dt.date) -> None:
    if day > timezone.localdate():
        raise NotYetDone(
            _("%(day)s is still to come. Plan it; log it when it is done.")
            % {"day": rules.short(day)}
        )


def _require_own_and_fresh(actor: User, activity: Activity) -> None:
    if activity.state != Activity.State.DONE or activity.done_at is None:
        raise TooLateToCorrect(_("This is not done yet: there is nothing to put right."))
    today = timezone.localdate(activity.done_at) == timezone.localdate()
    if activity.done_by_id != actor.pk or not today:
        raise TooLateToCorrect(
            _(
                "What was done stays as written: only who wrote it corrects it, on the same day."
                " Log a new contact instead."
            )
        )


def _plain(activity: Activity) -> dict[str, object]:
    return {
        "outcome": activity.outcome,
        "done_on": activity.due_on,
        "minutes": activity.minutes,
        "client": activity.client.name,
    }
