"""Which client and plan an address names, as far as the viewer may see them."""

from typing import Any

from django.http import Http404

from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.plans import queries
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.client_page import shown_client

SEE = "plans.view"


def seen_client(request: Request, pk: int) -> Client:
    """The client, for who may read plans; 404 while the tool is off."""
    require(request.user, SEE)
    if not methodology.current().tools.plan:
        raise Http404
    return shown_client(request.user, pk)


def seen_plan(request: Request, pk: int) -> PerspectivePlan:
    """The plan of the client's page; 404 if there is none."""
    found = queries.plan_of(request.user, seen_client(request, pk))
    if found is None:
        raise Http404
    return found


def seen_part(request: Request, pk: int, relation: str, part: int) -> Any:
    """A part of the client's plans; 404 if there is none."""
    if relation not in RELATIONS:
        raise Http404
    found = queries.part(request.user, seen_client(request, pk), relation, part)
    if found is None:
        raise Http404
    return found


def may_decide(viewer: User, plan: PerspectivePlan) -> bool:
    """True if the viewer may approve or return what is submitted."""
    return plan.state == PerspectivePlan.State.REVIEW and queries.may_judge(viewer, plan)


RELATIONS = frozenset(
    {
        *("vulnerabilities", "goals", "strategies", "actions", "supplier_actions"),
        *("budget_lines", "people", "risks", "scenarios", "stops", "control_points"),
    }
)
