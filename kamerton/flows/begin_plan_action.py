"""An action of a plan becomes a task of the day: when it begins, when its event comes, by its date.

Plans never write activities: this joins both, in one transaction.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.activities import actions as activities
from kamerton.domain.activities.actions import AlreadyPlanned
from kamerton.domain.activities.models import Activity
from kamerton.domain.plans import actions as plans
from kamerton.domain.plans import queries
from kamerton.domain.plans.actions import Unfit
from kamerton.domain.plans.models import PlanAction
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user

TITLE = 250


@transaction.atomic
def begin_plan_action(
    actor: User, action: PlanAction, *, kind: str = Activity.Kind.TASK
) -> Activity:
    """Put an action of a plan into the day's work of who is responsible for it.

    For one that waits: its event came, or its watch is over; the task says so and is due in the
    days that the plan allows. Done, it proves the action.
    Raises Unfit, and what note_trigger and plan_activity raise.
    """
    action = PlanAction.objects.select_related("plan__client", "owner").get(pk=action.pk)
    if action.dropped_because:
        raise Unfit(_("This action was dropped."))
    if not action.plan.is_in_force:
        raise Unfit(_("Work begins when the plan is approved."))
    title, due = action.title, max(action.due_on, timezone.localdate())
    if action.kind == PlanAction.Kind.WAIT:
        plans.note_trigger(actor, action)
        due = timezone.localdate() + dt.timedelta(days=action.then_days)
        title = _("%(event)s → %(what)s") % {"event": action.trigger, "what": action.title}
    return activities.plan_activity(
        actor,
        action.plan.client,
        kind=kind,
        title=title[:TITLE],
        due_on=due,
        owner=_owner(action),
        origin=action.origin,
    )


def fire_due_triggers(actor: User | None = None) -> int:
    """Make a task of every action whose watch is over; return how many. May run twice a day."""
    actor = actor or system_user()
    fired = 0
    for action in queries.due_triggers(actor):
        try:
            begin_plan_action(actor, action)
        except AlreadyPlanned:
            continue
        fired += 1
    return fired


def _owner(action: PlanAction) -> User:
    """Who is responsible, or the manager if that one has left."""
    return action.owner if action.owner.is_active else action.plan.manager
