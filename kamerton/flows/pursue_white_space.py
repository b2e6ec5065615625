"""A white cell becomes work: a task to offer the category, or a goal of the client's plan.

The origin "white-space:" and the id of the category holds it to one open task a cell.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import Client, ProductCategory
from kamerton.domain.activities import actions as activities
from kamerton.domain.activities.models import Activity
from kamerton.domain.plans import actions as plans
from kamerton.domain.plans import queries as plan_queries
from kamerton.domain.plans.actions import GoalText
from kamerton.domain.plans.models import PerspectivePlan, PlanGoal
from kamerton.domain.segmentation import queries as segmentation
from kamerton.domain.segmentation.queries import WhiteCell
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require, ways_to
from kamerton.platform.errors import BusinessError
from kamerton.platform.formats import currency_sign


class NothingToAimAt(BusinessError):
    """There is no plan to write the goal into, no sum to aim at, or the goal is there."""


ORIGIN = "white-space:"
DAYS = 7
TITLE = 240


def pursue_category(
    actor: User, client: Client, category: ProductCategory, *, due_on: dt.date | None = None
) -> Activity:
    """Plan to offer `category` to `client`, in a week if no day is named.

    Raises NotAllowed, PastDay, AlreadyPlanned.
    """
    title = _("Offer “%(category)s”") % {"category": category.name}
    return activities.plan_activity(
        actor,
        client,
        kind=Activity.Kind.TASK,
        title=title[:TITLE],
        due_on=due_on or timezone.localdate() + dt.timedelta(days=DAYS),
        origin=f"{ORIGIN}{category.pk}",
    )


def pursued(viewer: User, clients: list[int]) -> dict[tuple[int, int], Activity]:
    """The open task of each cell that is pursued, by ids of client and category (1 query)."""
    planned = Activity.objects.visible_to(viewer).open().filter(client__in=clients)
    found = planned.filter(origin__startswith=ORIGIN).select_related("owner")
    return {(each.client_id, int(each.origin.removeprefix(ORIGIN))): each for each in found}


@transaction.atomic
def aim_at_category(actor: User, client: Client, category: ProductCategory) -> PlanGoal:
    """Write into the client's plan what can be won in `category`, to be reached in its last year.

    Raises NotAllowed, NothingToAimAt, NotYourPlan, PlanLocked.
    """
    require(actor, "plans.edit")
    cell = segmentation.white_cell(actor, client, category)
    if cell is None or not cell.gap:
        raise NothingToAimAt(_("Say first what the client buys of it in all: that is the aim."))
    plan = open_plan(actor, client)
    if plan is None:
        way = ways_to(_("Open the plan"), "plans:plan", client.pk)
        raise NothingToAimAt(_("This client has no plan yet. Begin it first."), ways_out=way)
    goal = _goal(cell, plan)
    if plan.goals.filter(title=goal.title).exists():
        raise NothingToAimAt(
            _("The plan has this goal already: “%(goal)s”.") % {"goal": goal.title}
        )
    made = plans.add_part(actor, plan, text=goal)
    return PlanGoal.objects.get(pk=made.pk)


def open_plan(viewer: User, client: Client) -> PerspectivePlan | None:
    """The client's plan that is not closed, if `viewer` may see it."""
    found = plan_queries.plan_of(viewer, client)
    return found if found and found.is_open else None


def _goal(cell: WhiteCell, plan: PerspectivePlan) -> GoalText:
    title = _("Sell “%(category)s”") % {"category": cell.category.name}
    sales, gap = (cell.sales or 0) / 100, (cell.gap or 0) / 100
    return GoalText(
        metric=PlanGoal.Metric.CUSTOM,
        title=title[:200],
        unit=_("%(currency)s a year") % {"currency": currency_sign()},
        baseline=sales,
        targets=(*[None] * (plan.horizon_years - 1), sales + gap),
    )
