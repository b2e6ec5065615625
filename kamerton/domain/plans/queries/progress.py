"""How far the actions of plans are: read from activities, never typed by anybody."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kamerton.domain.activities.models import Activity
from kamerton.domain.plans.models import PlanAction

ORIGIN = "plan-action:"


@dataclass(frozen=True)
class Progress:
    """What records say of one action; `state`: done, late, planned, waits, fired or dropped."""

    state: str
    due_on: dt.date | None  # None: it waits for its event
    done_on: dt.date | None
    on_time: bool | None  # None: not due, and not done
    evidence: tuple[Activity, ...]
    open_task: Activity | None


@dataclass(frozen=True)
class Tally:
    """Actions that were due, and those of them done in time."""

    due: int
    in_time: int

    @property
    def share(self) -> float | None:
        """Done in time of all due; None while none was."""
        return self.in_time / self.due if self.due else None


def progress_of(actions: Sequence[PlanAction], *, on: dt.date) -> dict[int, Progress]:
    """Progress of each action, `evidence` read along by the caller (1 query)."""
    by_origin = _activities([action.origin for action in actions])
    found = {}
    for action in actions:
        linked = {each.pk: each for each in action.evidence.all()}
        linked |= {each.pk: each for each in by_origin[action.origin]}
        found[action.pk] = _progress(action, list(linked.values()), on)
    return found


def tallies(plan_ids: Iterable[int], *, on: dt.date) -> dict[int, Tally]:
    """How many actions of each plan were due and done in time (3 queries)."""
    actions = list(
        PlanAction.objects.filter(plan__in=list(plan_ids), dropped_because="")
        .select_related(None)
        .prefetch_related("evidence")
    )
    counted: dict[int, list[Progress]] = defaultdict(list)
    for action, progress in zip(actions, progress_of(actions, on=on).values(), strict=True):
        counted[action.plan_id].append(progress)
    return {plan: tally(found) for plan, found in counted.items()}


def tally(found: Iterable[Progress]) -> Tally:
    """Count what was due."""
    due = [each for each in found if each.on_time is not None]
    return Tally(len(due), sum(bool(each.on_time) for each in due))


def _activities(origins: list[str]) -> dict[str, list[Activity]]:
    found: dict[str, list[Activity]] = defaultdict(list)
    wanted = (Activity.State.DONE, Activity.State.PLANNED)
    for each in Activity.objects.filter(origin__in=origins, state__in=wanted):
        found[each.origin].append(each)
    return found


def _progress(action: PlanAction, linked: list[Activity], on: dt.date) -> Progress:
    done = sorted((each for each in linked if not each.is_open), key=lambda each: each.due_on)
    task = next((each for each in linked if each.is_open), None)
    waits = action.kind == PlanAction.Kind.WAIT
    due = _due(action) if not waits or action.fired_on else None
    if action.dropped_because:
        return Progress("dropped", due, None, None, tuple(done), task)
    if done and (due is not None or not waits):
        first = done[0].due_on
        return Progress("done", due, first, due is None or first <= due, tuple(done), task)
    if due is None:
        return Progress("waits", None, None, None, tuple(done), task)
    if due < on:
        return Progress("late", due, None, False, tuple(done), task)
    return Progress("fired" if waits else "planned", due, None, None, tuple(done), task)


def _due(action: PlanAction) -> dt.date:
    if action.kind == PlanAction.Kind.WAIT and action.fired_on:
        return action.fired_on + dt.timedelta(days=action.then_days)
    return action.due_on
