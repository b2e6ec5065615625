"""«Перспективные планы»: all plans that are seen, what waits for the viewer, and who has none."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kamerton.domain.plans import queries
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.domain.plans.queries import PlanFigures, PlanFilter, ThreeTasks
from kamerton.platform.access import queries as access
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.plans.gate import SEE
from kamerton.web.plans.shown import state_of
from kamerton.web.ui.asked import whole

ON_A_PAGE = 50
SHOWN = 12  # of those without a plan
STATES = (
    ("open", _("Open plans")),
    *PerspectivePlan.State.choices,
    ("closed", _("Closed")),
)


@dataclass(frozen=True)
class Row:
    """A plan of the list with its figures; the index of the three tasks beside it."""

    plan: PerspectivePlan
    figures: PlanFigures | None
    tasks: ThreeTasks | None
    colour: str


@require_safe
def page(request: Request) -> HttpResponse:
    """The list."""
    require(request.user, SEE)
    chosen = _chosen(request)
    found = queries.plans(request.user, chosen)
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    plans = list(shown.object_list)
    missing = queries.missing_plans(request.user)
    context: dict[str, Any] = {
        "page": shown,
        "rows": _rows(request, plans),
        "states": STATES,
        "chosen": chosen,
        "managers": access.managers_of_keys(request.user),
        "waiting": queries.waiting_for(request.user),
        "missing": missing,
        "more": max(0, len(missing) - SHOWN),
        "late": sum(each.late for each in missing),
        "overdue": queries.plans(request.user, PlanFilter(overdue=True)).count(),
    }
    return render(request, "plans/list.html", context)


def _chosen(request: Request) -> PlanFilter:
    given = request.GET
    state = given.get("state", "open")
    return PlanFilter(
        state=state if state in dict(STATES) else "open",
        manager=whole(given.get("manager")),
        overdue="overdue" in given,
    )


def _rows(request: Request, plans: list[PerspectivePlan]) -> list[Row]:
    ids = [plan.client_id for plan in plans]
    figures, tasks = queries.plan_figures_of(ids), queries.three_tasks(request.user, ids)
    return [
        Row(
            plan,
            figures.get(plan.client_id) if plan.is_open else None,
            tasks.get(plan.client_id),
            state_of(tasks[plan.client_id].index if plan.client_id in tasks else None),
        )
        for plan in plans
    ]
