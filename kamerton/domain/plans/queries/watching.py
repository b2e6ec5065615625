"""Events that plans wait for, and whose watch is over."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from kamerton.domain.plans.models import PerspectivePlan, PlanAction
from kamerton.platform.access.models import User


def due_triggers(viewer: User, *, on: dt.date | None = None) -> QuerySet[PlanAction]:
    """Actions that wait for an event and whose last day has passed, of plans in force (1 query)."""
    plans = PerspectivePlan.objects.in_force().visible_to(viewer).order_by()
    waiting = PlanAction.objects.filter(
        plan__in=plans.values("pk"),
        kind=PlanAction.Kind.WAIT,
        fired_on=None,
        dropped_because="",
        due_on__lt=on or timezone.localdate(),
    )
    return waiting.select_related("plan__client", "plan__manager", "owner")
