"""«Испытательный срок»: who learns, whose verdict or look is due, who waits for the owner."""

import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import ProbationPlan
from kamerton.platform.access.request import Request
from kamerton.web.hiring.probation.gate import require_seer
from kamerton.web.ui.items import Tab

ON_A_PAGE = 50
State = ProbationPlan.State
GROUPS = {
    "running": ProbationPlan.RUNNING,
    "planned": (State.DRAFT,),
    "decided": (State.PASSED, State.FAILED),
}


@require_safe
def page(request: Request) -> HttpResponse:
    """The list by state, what is due above it (5 queries)."""
    viewer = request.user
    require_seer(viewer)
    chosen = request.GET.get("show", "running")
    chosen = chosen if chosen in GROUPS else "running"
    found = queries.probation_rows(viewer, GROUPS[chosen])
    if chosen == "decided":
        found = found.order_by("-decided_on", "-pk")
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "chosen": chosen,
        "tabs": _tabs(chosen),
        "today": localdate(),
        "week_ago": localdate() - dt.timedelta(days=7),
        "verdicts": queries.verdicts_due(viewer),
        "checkpoints": queries.checkpoints_due(viewer),
        "surplus": list(queries.surplus_waiting(viewer)),
    }
    return render(request, "hiring/probation/list.html", context)


def _tabs(chosen: str) -> list[Tab]:
    titles = {"running": _("Under way"), "planned": _("Planned"), "decided": _("Decided")}
    address = reverse("hiring:probation")
    return [Tab(title, f"{address}?show={code}", code == chosen) for code, title in titles.items()]
