"""The plan of a client on one page, its tile, its versions, the index of the three tasks."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kamerton.domain.methodology import queries as methodology
from kamerton.domain.plans import actions, queries
from kamerton.domain.plans.models import PerspectivePlan, PlanVersion
from kamerton.domain.plans.queries import Change, Value
from kamerton.flows import write_plan
from kamerton.platform import formats
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.client_page import client_head, shown_client
from kamerton.web.plans.gate import SEE, seen_client, seen_plan
from kamerton.web.plans.shown import body_of, state_of, tasks_of, tile_of, why_index
from kamerton.web.ui.asked import whole

MANY = 100


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """The plan; without one, what it is for and the button to begin."""
    client = seen_client(request, pk)
    plan = queries.plan_of(request.user, client)
    context: dict[str, Any] = client_head(request.user, client, "plan")
    context["may_begin"] = queries.may_edit(request.user, client)
    if plan:
        context |= body_of(request.user, plan)
        context["earlier"] = queries.earlier_plans(request.user, client).exclude(pk=plan.pk)
    return render(request, "plans/plan.html", context)


def body(request: Request, plan: PerspectivePlan, *, closes: bool = True) -> HttpResponse:
    """The body of the page drawn anew after a change; the dialog closes."""
    fresh = queries.plan(request.user, plan.pk) or plan
    response = render(request, "plans/body.html", body_of(request.user, fresh))
    if closes:
        response["HX-Trigger"] = "dialog-close"
    return response


@require_POST
def begin(request: Request, pk: int) -> HttpResponse:
    """Begin a plan of the client."""
    require(request.user, "plans.edit")
    actions.create_plan(request.user, seen_client(request, pk))
    return redirect("plans:plan", pk)


@require_safe
def versions(request: Request, pk: int) -> HttpResponse:
    """Two versions of the plan side by side; without a choice the last two."""
    plan = seen_plan(request, pk)
    known = list(queries.versions(request.user, plan))
    newer = _chosen(known, request.GET.get("newer", ""), 0)
    older = _chosen(known, request.GET.get("older", ""), min(1, len(known) - 1))
    context: dict[str, Any] = client_head(request.user, plan.client, "plan")
    context |= {"plan": plan, "versions": known, "older": older, "newer": newer}
    if older and newer:
        context["changes"] = drawn(queries.differences(older.content, newer.content))
    return render(request, "plans/versions.html", context)


@require_safe
def tile(request: Request, pk: int) -> HttpResponse:
    """The tile of the client's first page."""
    return render(request, "plans/tile.html", tile_of(request.user, seen_client(request, pk)))


@require_safe
def three_tasks(request: Request, pk: int) -> HttpResponse:
    """The index of the three tasks of one client as a panel, every part with its inputs."""
    require(request.user, SEE)
    client = shown_client(request.user, pk)
    found = queries.three_tasks(request.user, [client.pk])[client.pk]
    context = {
        "client": client,
        "found": found,
        "tasks": tasks_of(found),
        "why": why_index(found),
        "state": state_of(found.index),
    }
    return render(request, "plans/three_tasks.html", context)


@require_safe
def indexes(request: Request) -> HttpResponse:
    """The indexes of many clients, each to be put in its place on the open page."""
    require(request.user, SEE)
    asked = request.GET.get("clients", "").split(",")[:MANY]
    ids = [number for each in asked if (number := whole(each))]
    found = queries.three_tasks(request.user, ids).values()
    rows = [(each, tasks_of(each), why_index(each), state_of(each.index)) for each in found]
    return render(request, "plans/indexes.html", {"rows": rows})


@require_safe
def document(request: Request, pk: int, kind: str) -> HttpResponse:
    """The plan on a page as PDF, slides or text."""
    plan = seen_plan(request, pk)
    if kind not in write_plan.TYPES:
        raise Http404
    made = write_plan.write_plan(request.user, plan, kind=kind, today=timezone.localdate())
    response = HttpResponse(made.content, content_type=made.content_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(made.name)}"
    return response


@dataclass(frozen=True)
class Difference:
    """A difference of two versions in words."""

    title: str
    what: str
    field: str
    before: str
    after: str


def drawn(changes: list[Change]) -> list[Difference]:
    """Differences as they are drawn."""
    titles = {each.code: str(each.title) for each in methodology.current().plan_sections}
    return [
        Difference(
            titles.get(each.section, each.section),
            each.what,
            each.field,
            _in_words(each.before),
            _in_words(each.after),
        )
        for each in changes
    ]


def _in_words(value: Value | None) -> str:
    if value is None:
        return "—"
    return formats.money(value.raw) if value.money else value.text


def _chosen(known: list[PlanVersion], asked: str, place: int) -> PlanVersion | None:
    """The version asked for by its number, else the one at `place`."""
    named = [each for each in known if str(each.number) == asked]
    if named:
        return named[0]
    return known[place] if known else None
