"""Plan a month, quarter or year: three levels, and a reason for what is below the trajectory."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.calc.period import Month
from kamerton.domain.accounts.models import Client, ProductCategory
from kamerton.domain.plans.actions.gates import (
    ReasonMissing,
    Unfit,
    plain_values,
    require_client,
    require_fresh,
)
from kamerton.domain.plans.models import PeriodPlan, PerspectivePlan
from kamerton.domain.plans.queries.sales import month_of_trajectory
from kamerton.platform.access.models import User
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

LEVELS = ["minimum", "target", "stretch", "reason"]


class PeriodOver(BusinessError):
    """What was planned for a time that is over stands."""


@dataclass(frozen=True)
class Levels:
    """Minimum, plan and maximum of a period, in minor units, and why it is below the trajectory."""

    minimum: int
    target: int
    stretch: int
    reason: str = ""


@dataclass(frozen=True)
class When:
    """Which period: month, quarter or year from a first day of a month, of a category or of all."""

    kind: str
    starts_on: dt.date
    category: ProductCategory | None = None


@transaction.atomic
def put_period_plan(
    actor: User, client: Client, *, when: When, levels: Levels, revision: int | None = None
) -> PeriodPlan:
    """Write the plan of a period, or write it anew; `revision`: what it was made from.

    Raises NotAllowed, NotYourPlan, Unfit, PeriodOver, ReasonMissing, Stale.
    """
    client = require_client(actor, client)
    _check(when, levels)
    found = PeriodPlan.objects.select_for_update(of=("self",)).filter(
        client=client, kind=when.kind, starts_on=when.starts_on, category=when.category
    )
    plan = found.first()
    require_fresh(revision, plan.revision if plan else 0)
    _require_reason(client, when, levels)
    before = plain_values(plan, LEVELS) if plan else None
    if plan is None:
        plan = PeriodPlan(client=client, author=actor, revision=0, **vars(when))
    plan.manager = client.manager or actor
    plan.minimum, plan.target, plan.stretch = levels.minimum, levels.target, levels.stretch
    plan.reason = levels.reason.strip()
    plan.revision += 1
    plan.save()
    what = {"kind": plan.kind, "starts_on": plan.starts_on, **plain_values(plan, LEVELS)}
    record(actor, "plans.period_planned", client, before=before, after=what, reason=plan.reason)
    return plan


@transaction.atomic
def remove_period_plan(actor: User, plan: PeriodPlan) -> None:
    """Take back the plan of a period that is not over.

    Raises NotAllowed, NotYourPlan, PeriodOver.
    """
    client = require_client(actor, plan.client)
    _require_open(plan.period.until)
    what = {"kind": plan.kind, "starts_on": plan.starts_on, **plain_values(plan, LEVELS)}
    record(actor, "plans.period_plan_removed", client, before=what)
    plan.delete()


def _check(when: When, levels: Levels) -> None:
    """Refuse a period that is none or over, and levels out of order.

    Raises Unfit, PeriodOver.
    """
    if when.kind not in PeriodPlan.Kind.values or when.starts_on.day != 1:
        raise Unfit(_("A period is a month, a quarter or a year from the first day of a month."))
    if when.kind == PeriodPlan.Kind.QUARTER and when.starts_on.month % 3 != 1:
        raise Unfit(_("A quarter begins in January, April, July or October."))
    if not 0 <= levels.minimum <= levels.target <= levels.stretch:
        raise Unfit(_("The minimum is at most the plan, the plan at most the maximum."))
    months = PeriodPlan.MONTHS[PeriodPlan.Kind(when.kind)]
    _require_open((Month.of(when.starts_on) + (months - 1)).last_day)


def _require_open(until: dt.date) -> None:
    if until < timezone.localdate():
        raise PeriodOver(_("This period is over: what was planned for it stands."))


def _require_reason(client: Client, when: When, levels: Levels) -> None:
    """Refuse a month below the trajectory without a written reason.

    Raises ReasonMissing.
    """
    if when.kind != PeriodPlan.Kind.MONTH or when.category or levels.reason.strip():
        return
    wide = PerspectivePlan.objects.open().filter(client=client, target__gt=0).first()
    expected = month_of_trajectory(wide, Month.of(when.starts_on)) if wide else None
    if expected is not None and levels.target < expected:
        raise ReasonMissing(
            _("This month lies below the trajectory of the plan. Write why, or raise it.")
        )
