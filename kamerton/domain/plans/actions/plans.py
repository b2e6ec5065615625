"""Begin a plan and write its own fields: horizon, where we stand, the vision, the way."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.calc.period import Month
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.plans.actions.gates import (
    EDIT,
    NotYourPlan,
    Unfit,
    editable_plan,
    plain_values,
    require_client,
    require_fresh,
    touch,
)
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.domain.segmentation import queries as segmentation
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require, ways_to
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

FIELDS = (
    *("horizon_years", "starts_on", "trajectory", "baseline", "target", "profit", "wallet"),
    *("categories", "stage", "level", "competitors", "strengths", "vision"),
    *("extra_profit", "extra_profit_note"),
)


class PlanThere(BusinessError):
    """The client has a plan that is not closed."""


class ToolOff(BusinessError):
    """The company does without perspective plans."""


@transaction.atomic
def create_plan(
    actor: User, client: Client, *, horizon_years: int = 3, starts_on: dt.date | None = None
) -> PerspectivePlan:
    """Begin a perspective plan of `client`, filled with what ledger and wallets know.

    Raises NotAllowed, NotYourPlan, ToolOff, PlanThere, Unfit.
    """
    client = require_client(actor, client)
    method = methodology.current()
    if not method.tools.plan:
        raise ToolOff(_("The company has switched perspective plans off in the method."))
    if there := PerspectivePlan.objects.open().filter(client=client).first():
        raise PlanThere(
            _("This client has a plan already: it is “%(state)s”.")
            % {"state": there.get_state_display().lower()},
            ways_out=ways_to(_("Open the plan"), "plans:plan", client.pk),
        )
    manager = client.manager or actor
    plan = PerspectivePlan(
        client=client,
        manager=manager,
        supervisor=manager.supervisor,
        author=actor,
        methodology=methodology.version_row(method.version),
        horizon_years=horizon_years,
        starts_on=starts_on or _next_month(),
    )
    _fill(actor, plan)
    _check(plan)
    plan.save()
    record(actor, "plans.plan_created", plan, after=plain_values(plan, list(FIELDS)))
    return plan


@transaction.atomic
def change_plan(
    actor: User, plan: PerspectivePlan, *, text_revision: int | None = None, **changes: Any
) -> PerspectivePlan:
    """Write fields of the plan (see FIELDS) anew; `text_revision`: what they were made from.

    Goals gain or lose years with the horizon. Raises NotAllowed, NotYourPlan, PlanLocked, Stale,
    Unfit.
    """
    if unknown := set(changes) - set(FIELDS):
        raise TypeError(f"a plan has no such fields: {sorted(unknown)}")
    plan = editable_plan(actor, plan)
    require_fresh(text_revision, plan.text_revision)
    names = [name for name, value in changes.items() if getattr(plan, name) != value]
    before = plain_values(plan, names)
    for name in names:
        setattr(plan, name, changes[name])
    _check(plan)
    if not names:
        return plan
    plan.text_revision += 1
    touch(plan, *names, "text_revision")
    if "horizon_years" in names:
        _fit_goals(plan)
    record(actor, "plans.plan_changed", plan, before=before, after=plain_values(plan, names))
    return plan


@transaction.atomic
def reassign_plan(actor: User, plan: PerspectivePlan, *, manager: User) -> PerspectivePlan:
    """Give the plan to the manager who took the client over.

    Raises NotAllowed, NotYourPlan.
    """
    require(actor, EDIT)
    found = PerspectivePlan.objects.editable_by(actor).select_for_update(of=("self",))
    locked = found.filter(pk=plan.pk).first()
    if locked is None or locked.client.manager_id != manager.pk:
        raise NotYourPlan(_("The plan follows the client: assign the client first."))
    before = locked.manager_id
    locked.manager, locked.supervisor = manager, manager.supervisor
    if locked.approved_by_id == manager.pk:  # who approved it keeps it now: approve anew
        locked.approved_by, locked.approved_at = None, None
        locked.state = PerspectivePlan.State.DRAFT
    touch(locked, "manager", "supervisor", "approved_by", "approved_at", "state")
    record(actor, "plans.plan_reassigned", locked, before=before, after=manager.pk)
    return locked


def _fill(actor: User, plan: PerspectivePlan) -> None:
    """Take over what is known: sales, gross profit, categories, the wallet."""
    closed = ledger.closed_year(timezone.localdate())
    months = ledger.client_month_totals(actor, plan.client, closed)
    if not months:
        return
    plan.baseline = max(0, sum(month.revenue for month in months))
    known = [month.gross_profit for month in months if month.gross_profit is not None]
    plan.profit = sum(known) if known else None
    goods = ledger.goods_of(actor, plan.client, closed, by="category")
    plan.categories = ", ".join(row.name for row in goods if row.name and row.revenue > 0)
    standing = segmentation.standing_of(actor, [plan.client.pk]).get(plan.client.pk)
    plan.wallet = standing.wallet if standing else None


def _check(plan: PerspectivePlan) -> None:
    """Refuse values out of range.

    Raises Unfit.
    """
    try:
        plan.clean_fields(exclude=["client", "manager", "author", "methodology"])
    except ValidationError as wrong:
        said = [
            f"{str(plan._meta.get_field(name).verbose_name).capitalize()}: {' '.join(words)}"  # type: ignore[union-attr]
            for name, words in wrong.message_dict.items()
        ]
        raise Unfit(" ".join(said)) from None
    if plan.starts_on.day != 1:
        raise Unfit(_("Year 1 begins on the first day of a month."))
    if min(plan.baseline, plan.target) < 0:
        raise Unfit(_("Sales are not negative."))


def _fit_goals(plan: PerspectivePlan) -> None:
    """Cut or lengthen the targets of each goal to the years of the plan."""
    for goal in plan.goals.all():
        kept = goal.targets[: plan.horizon_years]
        goal.targets = [*kept, *[None] * (plan.horizon_years - len(kept))]
        goal.save(update_fields=["targets"])


def _next_month() -> dt.date:
    """The month after the last closed year."""
    return (Month.of(ledger.closed_year(timezone.localdate()).until) + 1).first_day
