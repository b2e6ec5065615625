"""Perspective plans, plans of periods, the index of the three tasks."""

from typing import Annotated, Any

from django.http import Http404
from ninja import Path, Query, Router, Status

from kamerton.api import plans_bodies as bodies
from kamerton.api.fields import Pk
from kamerton.api.found import client_or_404
from kamerton.api.pages import Page, Paging
from kamerton.api.plans_parts import TEXTS, PartIn, text_of
from kamerton.api.problems import PROBLEMS
from kamerton.calc.money import to_minor
from kamerton.domain.accounts import queries as accounts
from kamerton.domain.accounts.models import ProductCategory
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.plans import actions, queries
from kamerton.domain.plans.actions import Levels, When
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.domain.plans.queries import PlanFilter
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require

plans, periods = Router(tags=["perspective plans"]), Router(tags=["period plans"])
of_clients = Router(tags=["perspective plans"])
Id = Path[Pk]
Relation = Annotated[str, Path(max_length=20, pattern=f"^({'|'.join(TEXTS)})$")]
SEE, EDIT, APPROVE = "plans.view", "plans.edit", "plans.approve"


@plans.get("", response={200: Page[bodies.PlanOut], **PROBLEMS}, summary="Plans")
def list_plans(
    request: Request, wanted: Query[bodies.PlansWanted], paging: Query[Paging]
) -> dict[str, Any]:
    """List the plans of the clients that the caller sees."""
    require(request.user, SEE)
    chosen = PlanFilter(state=wanted.state, manager=wanted.manager, overdue=wanted.overdue)
    found = queries.plans(request.user, chosen)
    page = list(found[paging.offset : paging.offset + paging.limit])
    figures = queries.plan_figures_of([plan.client_id for plan in page])
    money = set(ledger.money_ids(request.user))
    items = [
        bodies.plan_out(plan, figures.get(plan.client_id), money=plan.client_id in money)
        for plan in page
    ]
    return {"items": items, "total": found.count()}


@plans.get("/{pk}", response={200: bodies.PlanFull, **PROBLEMS}, summary="One plan")
def get_plan(request: Request, pk: Id) -> dict[str, Any]:
    """Read a plan with all its sections."""
    return _out(request.user, _plan(request.user, pk))


@plans.patch("/{pk}", response={200: bodies.PlanFull, **PROBLEMS}, summary="Write its fields")
def change_plan(request: Request, pk: Id, body: bodies.PlanPatch) -> dict[str, Any]:
    """Write fields of a plan that is being written."""
    require(request.user, EDIT)
    plan = _plan(request.user, pk)
    changes = body.changes()
    revision = changes.pop("text_revision", None)
    actions.change_plan(request.user, plan, text_revision=revision, **changes)
    return _out(request.user, plan)


@plans.post(
    "/{pk}/parts/{relation}", response={201: bodies.PlanFull, **PROBLEMS}, summary="Add a part"
)
def add_plan_part(
    request: Request, pk: Id, relation: Relation, body: PartIn
) -> Status[dict[str, Any]]:
    """Write a goal, a strategy, an action, a risk … into a plan that is being written."""
    require(request.user, EDIT)
    plan = _plan(request.user, pk)
    actions.add_part(request.user, plan, text=text_of(request.user, plan, relation, body))
    return Status(201, _out(request.user, plan))


@plans.put(
    "/{pk}/parts/{relation}/{part}",
    response={200: bodies.PlanFull, **PROBLEMS},
    summary="Write a part anew",
)
def change_plan_part(
    request: Request, pk: Id, relation: Relation, part: Id, body: PartIn
) -> dict[str, Any]:
    """Write a part anew; a change by somebody else meanwhile is not overwritten."""
    require(request.user, EDIT)
    plan = _plan(request.user, pk)
    found = _part(request.user, plan, relation, part)
    text = text_of(request.user, plan, relation, body)
    actions.change_part(request.user, found, text=text, revision=body.revision)
    return _out(request.user, plan)


@plans.delete(
    "/{pk}/parts/{relation}/{part}",
    response={200: bodies.PlanFull, **PROBLEMS},
    summary="Strike a part out",
)
def remove_plan_part(request: Request, pk: Id, relation: Relation, part: Id) -> dict[str, Any]:
    """Strike a part out; frozen versions keep it."""
    require(request.user, EDIT)
    plan = _plan(request.user, pk)
    actions.remove_part(request.user, _part(request.user, plan, relation, part))
    return _out(request.user, plan)


@plans.post("/{pk}/submit", response={200: bodies.PlanFull, **PROBLEMS}, summary="Submit")
def submit_plan(request: Request, pk: Id, body: bodies.StepIn) -> dict[str, Any]:
    """Send a plan to who approves it; one without a worse scenario is refused."""
    require(request.user, EDIT)
    plan = _plan(request.user, pk)
    actions.submit_plan(request.user, plan, revision=body.revision)
    return _out(request.user, plan)


@plans.post("/{pk}/approve", response={200: bodies.PlanFull, **PROBLEMS}, summary="Approve")
def approve_plan(request: Request, pk: Id, body: bodies.StepIn) -> dict[str, Any]:
    """Approve what was submitted; nobody approves a plan of his own."""
    require(request.user, APPROVE)
    plan = _plan(request.user, pk)
    actions.approve_plan(request.user, plan, revision=body.revision)
    return _out(request.user, plan)


@plans.post("/{pk}/return", response={200: bodies.PlanFull, **PROBLEMS}, summary="Send back")
def return_plan(request: Request, pk: Id, body: bodies.PlanReasonIn) -> dict[str, Any]:
    """Send a submitted plan back."""
    require(request.user, APPROVE)
    plan = _plan(request.user, pk)
    actions.return_plan(request.user, plan, reason=body.reason)
    return _out(request.user, plan)


@plans.post("/{pk}/revise", response={200: bodies.PlanFull, **PROBLEMS}, summary="Revise")
def revise_plan(request: Request, pk: Id, body: bodies.PlanReasonIn) -> dict[str, Any]:
    """Take an approved plan for revision; as it stands it is frozen."""
    require(request.user, EDIT)
    plan = _plan(request.user, pk)
    actions.revise_plan(request.user, plan, reason=body.reason)
    return _out(request.user, plan)


@plans.get(
    "/{pk}/versions", response={200: list[bodies.VersionOut], **PROBLEMS}, summary="Versions"
)
def list_plan_versions(request: Request, pk: Id) -> list[dict[str, Any]]:
    """List the frozen versions, the last one first."""
    found = queries.versions(request.user, _plan(request.user, pk))
    return [bodies.version_out(version) for version in found]


@of_clients.get("/{pk}/plan", response={200: bodies.PlanFull, **PROBLEMS}, summary="His plan")
def get_client_plan(request: Request, pk: Id) -> dict[str, Any]:
    """Read the open plan of a client, else the last one."""
    require(request.user, SEE)
    found = queries.plan_of(request.user, client_or_404(request.user, pk))
    if found is None:
        raise Http404
    return _out(request.user, found)


@of_clients.post("/{pk}/plan", response={201: bodies.PlanFull, **PROBLEMS}, summary="Begin a plan")
def create_plan(request: Request, pk: Id, body: bodies.PlanIn) -> Status[dict[str, Any]]:
    """Begin a plan, filled with what ledger and wallets know."""
    require(request.user, EDIT)
    client = client_or_404(request.user, pk)
    made = actions.create_plan(
        request.user, client, horizon_years=body.horizon_years, starts_on=body.starts_on
    )
    return Status(201, _out(request.user, made))


@of_clients.get(
    "/{pk}/three-tasks", response={200: bodies.ThreeTasksOut, **PROBLEMS}, summary="Three tasks"
)
def get_three_tasks(request: Request, pk: Id) -> dict[str, Any]:
    """Read the index of the three tasks with what every part comes from."""
    require(request.user, SEE)
    client = client_or_404(request.user, pk)
    return bodies.tasks_out(queries.three_tasks(request.user, [client.pk])[client.pk])


@periods.get("", response={200: Page[bodies.PeriodOut], **PROBLEMS}, summary="Period plans")
def list_period_plans(
    request: Request, wanted: Query[bodies.PeriodsWanted], paging: Query[Paging]
) -> dict[str, Any]:
    """List the plans of months, quarters and years."""
    require(request.user, SEE)
    named = {"client": wanted.client, "manager": wanted.manager, "kind": wanted.kind}
    found = queries.period_plans(request.user).filter(**{n: v for n, v in named.items() if v})
    page = found[paging.offset : paging.offset + paging.limit]
    return {"items": [bodies.period_out(plan) for plan in page], "total": found.count()}


@periods.post("", response={201: bodies.PeriodOut, **PROBLEMS}, summary="Plan a period")
def put_period_plan(request: Request, body: bodies.PeriodIn) -> Status[dict[str, Any]]:
    """Write the plan of a period, or write it anew."""
    require(request.user, EDIT)
    client = client_or_404(request.user, body.client_id)
    sums = [to_minor(value) for value in (body.minimum, body.target, body.stretch)]
    levels = Levels(sums[0], sums[1], sums[2], body.reason)
    when = When(body.kind, body.starts_on, _category(body.category_id))
    made = actions.put_period_plan(
        request.user, client, when=when, levels=levels, revision=body.revision
    )
    return Status(201, bodies.period_out(made))


def _category(pk: int | None) -> ProductCategory | None:
    found = accounts.categories().filter(pk=pk).first() if pk else None
    if pk and found is None:
        raise Http404
    return found


def _plan(viewer: User, pk: int) -> PerspectivePlan:
    require(viewer, SEE)
    found = queries.plan(viewer, pk) if methodology.current().tools.plan else None
    if found is None:
        raise Http404
    return found


def _part(viewer: User, plan: PerspectivePlan, relation: str, pk: int) -> Any:
    found = queries.part(viewer, plan.client, relation, pk)
    if found is None or found.plan_id != plan.pk:
        raise Http404
    return found


def _out(viewer: User, plan: PerspectivePlan) -> dict[str, Any]:
    fresh = queries.plan(viewer, plan.pk) or plan
    figures = queries.plan_figures_of([fresh.client_id]).get(fresh.client_id)
    money = ledger.sees_money(viewer, fresh.client)
    told = bodies.plan_out(fresh, figures, money=money)
    return told | {"page": bodies.page_out(queries.plan_on_a_page(viewer, fresh))}
