"""The buying centre of a client: the same people as map, matrix and table."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kamerton.domain.accounts.models import Client
from kamerton.domain.buying_centre import queries
from kamerton.domain.buying_centre.models import BuyingCentre, Member
from kamerton.domain.buying_centre.queries import Picture, Seat
from kamerton.platform.access.queries import colleagues
from kamerton.platform.access.request import Request
from kamerton.web.buying_centre import words
from kamerton.web.buying_centre.drawing import description, map_of
from kamerton.web.buying_centre.gate import centre_or_404, client_or_404
from kamerton.web.buying_centre.people import person_context
from kamerton.web.buying_centre.rows import Branch, TableRow, table_row, tree
from kamerton.web.client_page import client_head
from kamerton.web.ui.items import Tab

PARTS = {"centre-body": "body.html", "centre-stage": "stage.html"}  # drawn anew by themselves
VIEWS = ("map", "matrix", "table")
SORTS: dict[str, Callable[[TableRow], Any]] = {
    "name": lambda row: row.member.contact.name_folded,
    "influence": lambda row: row.member.influence,
    "attitude": lambda row: row.member.attitude,
    "coverage": lambda row: (row.seat.level, row.seat.contacts),
    "last": lambda row: row.seat.last_on.toordinal() if row.seat.last_on else 0,
    "step": lambda row: row.seat.next_step.due_on.toordinal() if row.seat.next_step else 10**9,
    "rival": lambda row: row.member.rival,
}


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """The page: figures, then the view that was asked for."""
    client = client_or_404(request, pk)
    context = client_head(request.user, client, "centre")
    centres = list(queries.centres(request.user, client))
    chosen = request.GET.get("centre", "")
    centre = next((each for each in centres if str(each.pk) == chosen), None)
    centre = centre or next(iter(centres), None)
    context |= {"centres": centres, "may_edit": queries.may_change(request.user, client)}
    if centre is None:
        return render(request, "buying_centre/nothing.html", context)
    part = PARTS.get(request.htmx.target or "", "centre.html")
    return render(request, f"buying_centre/{part}", context | _whole(request, centre, context))


@require_safe
def strip(request: Request, pk: int, centre: int) -> HttpResponse:
    """The figures alone, drawn anew after a change."""
    found = centre_or_404(request, pk, centre)
    shown = queries.picture(request.user, found)
    return render(request, "buying_centre/strip.html", _figures(shown, found.client))


@require_safe
def tile(request: Request, pk: int) -> HttpResponse:
    """The centre on the first page of a client."""
    client = client_or_404(request, pk)
    figures = queries.figures_of([client.pk]).get(client.pk)
    context: dict[str, Any] = {"client": client, "figures": figures}
    context |= {"required": client.is_key}
    if figures:
        context |= {"state": words.STATES[figures.colour], "verdict": words.verdict(figures)}
        context |= {"without": words.few(figures.without_next_step)}
    return render(request, "buying_centre/tile.html", context)


def _whole(request: Request, centre: BuyingCentre, head: dict[str, Any]) -> dict[str, Any]:
    shown = queries.picture(request.user, centre)
    view = request.GET.get("view", "map")
    view = view if view in VIEWS else "map"
    context = _figures(shown, centre.client) | {"view": view, "views": _views(request, view)}
    context |= {"empty": not shown.seats, "hints": words.to_green(shown)}
    if view == "map":
        context |= _map(request, shown, may_edit=bool(head["may_edit"]))
    elif view == "matrix":
        context |= _matrix(request, shown)
    else:
        context |= {"rows": _sorted(shown, request.GET.get("sort", ""))}
    return context


def _figures(shown: Picture, client: Client) -> dict[str, Any]:
    figures = shown.figures
    done = figures.influential - len(figures.without_next_step)
    return {
        "client": client,
        "centre": shown.centre,
        "shown": shown,
        "figures": figures,
        "filled": len(shown.roles.set_in_force().mandatory) - len(figures.missing_roles),
        "state": words.STATES[figures.colour],
        "verdict": words.verdict(figures),
        "shape": words.shape(figures),
        "why": words.whys(shown),
        "mandatory": len(shown.roles.set_in_force().mandatory),
        "missing": ", ".join(shown.role_title(code) for code in figures.missing_roles),
        "dated": done,
        "without": words.few(figures.without_next_step),
        "uncovered": words.few(figures.uncovered),
        "touched": words.levels(figures),
    }


def _map(request: Request, shown: Picture, *, may_edit: bool) -> dict[str, Any]:
    branches = tree(shown)
    asked = request.GET.get("member", "")
    seat = next((s for s in shown.seats if str(s.member.pk) == asked), None) or _first(branches)
    context = {
        "map": map_of(shown, editable=may_edit),
        "described": description(shown),
        "branches": branches,
        "gone": [each for each in shown.seats if each.member.has_left],
        "ours": shown.ours,
        "roles": [(role.code, str(role.title)) for role in shown.roles.roles()],
        "attitudes": Member.Attitude.choices,
        "chosen": seat.member.pk if seat else None,
    }
    if seat:
        context |= person_context(request, shown, seat, may_edit=may_edit)
    return context


def _matrix(request: Request, shown: Picture) -> dict[str, Any]:
    """The matrix, with a column for who was asked for beside those who spoke with them."""
    asked = request.GET.get("user", "")
    others = [each for each in colleagues(request.user).working() if each not in shown.ours]
    more = [each for each in others if str(each.pk) == asked]
    return {"matrix": shown.matrix(more), "ours": [*shown.ours, *more], "others": others}


def _first(branches: list[Branch]) -> Seat | None:
    """Whom to show first: who needs something most, the most influential of them."""
    seats = [branch.seat for branch in branches]
    return min(seats, key=lambda s: (not s.is_red, -s.member.influence), default=None)


def _sorted(shown: Picture, sort: str) -> list[TableRow]:
    rows = [table_row(shown, seat) for seat in shown.seats]
    key = SORTS.get(sort.lstrip("-"))
    return sorted(rows, key=key, reverse=sort.startswith("-")) if key else rows


def _views(request: Request, current: str) -> list[Tab]:
    names = {
        "map": (_("Map"), "tree"),
        "matrix": (_("Matrix"), "grid"),
        "table": (_("Table"), "table"),
    }
    address = reverse("buying_centre:centre", args=[request.resolver_match.kwargs["pk"]])  # type: ignore[union-attr]
    centre = request.GET.get("centre", "")
    more = f"&centre={centre}" if centre.isdigit() else ""
    return [
        Tab(label, f"{address}?view={view}{more}", view == current, icon=icon)
        for view, (label, icon) in names.items()
    ]
