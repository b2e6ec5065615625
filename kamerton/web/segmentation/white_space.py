"""White space: the grid of clients and categories, a cell's dialog, a client's panel, the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kamerton.calc.money import from_minor
from kamerton.domain.accounts import queries as accounts
from kamerton.domain.accounts.models import Client, ProductCategory
from kamerton.domain.activities.models import Activity
from kamerton.domain.segmentation import actions, queries
from kamerton.domain.segmentation.actions import KnownSpace
from kamerton.domain.segmentation.models import WalletEstimate, WhiteSpaceMark
from kamerton.domain.segmentation.queries import BOUGHT, WhiteCell, WhiteSpace
from kamerton.flows.pursue_white_space import aim_at_category, open_plan, pursue_category, pursued
from kamerton.platform.access import queries as access
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError, NotAllowed, Stale
from kamerton.platform.formats import currency_sign
from kamerton.platform.tables import Column
from kamerton.platform.tables import Row as TableRow
from kamerton.web.segmentation.portfolio import chosen_manager
from kamerton.web.ui.asked import whole
from kamerton.web.ui.downloads import table_file

CATEGORIES = 40  # on a page
IN_PANEL = 8
WORDS: dict[str, str | Promise] = {
    BOUGHT: gettext_lazy("Bought"),
    "competitor": gettext_lazy("Competitor"),
    "not_needed": gettext_lazy("Not needed"),
    "unknown": gettext_lazy("Unknown"),
}
ICONS = {BOUGHT: "check", "competitor": "flag", "not_needed": "minus", "unknown": "question"}
SHOW = (
    ("", gettext_lazy("all categories")),
    ("open", gettext_lazy("something to win or to find out")),
    ("unknown", gettext_lazy("unknown somewhere")),
    ("competitor", gettext_lazy("a competitor sells")),
)


class SpaceForm(forms.Form):
    """Who covers the need of a client in a category, and how large it is."""

    state = forms.ChoiceField(
        label=gettext_lazy("Beside us"), choices=WhiteSpaceMark.State.choices, initial="unknown"
    )
    competitor = forms.CharField(
        label=gettext_lazy("Which competitor"), max_length=200, required=False
    )
    competitor_share = forms.FloatField(
        label=gettext_lazy("Competitors' share, %"), min_value=0, max_value=100, required=False
    )
    potential = forms.DecimalField(min_value=0, max_digits=14, decimal_places=2, required=False)
    source = forms.ChoiceField(
        label=gettext_lazy("The sum is known from"), choices=WalletEstimate.Source.choices
    )
    confidence = forms.IntegerField(
        label=gettext_lazy("How surely, %"), min_value=5, max_value=100, initial=50
    )
    note = forms.CharField(label=gettext_lazy("Where from"), max_length=500, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, cell: WhiteCell, data: QueryDict | None) -> None:
        super().__init__(data)
        label = _("Buys of it in all, %(currency)s a year")
        self.fields["potential"].label = label % {"currency": currency_sign()}
        self.fields["seen"].initial = cell.mark.pk if cell.mark else 0
        if cell.potential is not None:
            self.fields["potential"].initial = _plain(from_minor(cell.potential))
        if cell.mark:
            self._start_with(cell.mark)

    def _start_with(self, mark: WhiteSpaceMark) -> None:
        share = mark.competitor_share
        self.fields["state"].initial = mark.state
        self.fields["competitor"].initial = mark.competitor
        self.fields["competitor_share"].initial = None if share is None else f"{share * 100:g}"

    def known(self) -> KnownSpace:
        """What was typed."""
        given = self.cleaned_data
        share = given["competitor_share"]
        return KnownSpace(
            state=given["state"],
            competitor=given["competitor"],
            competitor_share=None if share is None else round(share / 100, 6),
            potential=given["potential"],
            source=given["source"],
            confidence=float(Decimal(given["confidence"]) / 100),
            note=given["note"],
        )


@dataclass(frozen=True)
class ShownCell:
    """A cell with its word and icon, and the task that pursues it."""

    cell: WhiteCell
    task: Activity | None

    @property
    def word(self) -> str | Promise:
        """The state in a word."""
        return WORDS[self.cell.state]

    @property
    def icon(self) -> str:
        """The sign of the state."""
        return ICONS[self.cell.state]


@dataclass(frozen=True)
class Line:
    """A category with its cells, client by client."""

    category: ProductCategory
    cells: list[ShownCell]


def page(request: Request) -> HttpResponse:
    """The key clients of a manager, or one client, against all categories."""
    require(request.user, "segmentation.view_key")
    manager, client = chosen_manager(request), _asked_client(request)
    found = queries.white_space(request.user, _asked_ids(request, manager, client))
    shown, typed = request.GET.get("show", ""), request.GET.get("q", "").strip()
    context = {
        "manager": manager,
        "managers": access.managers_of_keys(request.user),
        "client": client,
        "found": found,
        "lines": _page_of(request, found, shown, typed),
        "counts": [(WORDS[state], ICONS[state], n) for state, n in found.counts.items()],
        "show": shown,
        "choices": SHOW,
        "typed": typed,
        "may_edit": request.user.may("segmentation.edit_evidence"),
    }
    fragment = request.htmx and not request.htmx.history_restore_request
    part = "white_space_grid" if fragment else "white_space"
    return render(request, f"segmentation/{part}.html", context)


def panel(request: Request, pk: int) -> HttpResponse:
    """The white space of one client: what to win first, how much nobody knows."""
    require(request.user, "segmentation.view_key")
    client = _client(request, pk)
    found = queries.white_space(request.user, [client.pk])
    tasks = pursued(request.user, [client.pk])
    wanted = sorted((cell for cell in found.cells if cell.is_open), key=_first_to_win)
    context = {
        "client": client,
        "found": found,
        "cells": [_shown(cell, tasks) for cell in wanted[:IN_PANEL]],
        "more": max(0, len(wanted) - IN_PANEL),
        "may_edit": _may_mark(request.user, client),
    }
    return render(request, "segmentation/white_space_panel.html", context)


def cell(request: Request, pk: int, category: int) -> HttpResponse:
    """A dialog: who covers the need, and what was known of it before."""
    require(request.user, "segmentation.view_key")
    found = _cell(request, pk, category)
    form = SpaceForm(found, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _dialog(request, found, form)
    require(request.user, "segmentation.edit_evidence")
    if not form.is_valid():
        return _dialog(request, found, form, status=422)
    return _marked(request, found, form)


@require_POST
def pursue(request: Request, pk: int, category: int) -> HttpResponse:
    """Make a task of a cell."""
    require(request.user, "segmentation.view_key")
    found = _cell(request, pk, category)
    made = pursue_category(request.user, found.client, found.category)
    return _told(request, {"task": made})


@require_POST
def aim(request: Request, pk: int, category: int) -> HttpResponse:
    """Make a goal of the client's plan of a cell."""
    require(request.user, "segmentation.view_key")
    found = _cell(request, pk, category)
    made = aim_at_category(request.user, found.client, found.category)
    return _told(request, {"goal": made})


def _told(request: Request, made: dict[str, object]) -> HttpResponse:
    """Say what a cell became, in a message above the grid."""
    response = render(request, "segmentation/pursued.html", made)
    response["HX-Retarget"], response["HX-Reswap"] = "#messages", "beforeend"
    response["HX-Trigger-After-Swap"] = "dialog-close, white-space-changed"
    return response


def export(request: Request) -> HttpResponseBase:
    """The grid as a file, a line for each cell."""
    require(request.user, "segmentation.view_key")
    manager, client = chosen_manager(request), _asked_client(request)
    found = queries.white_space(request.user, _asked_ids(request, manager, client))
    columns = (
        Column(_("Client"), "text", 40),
        Column(_("Category"), "text", 30),
        Column(_("State"), "text", 16),
        Column(_("Bought from us in 12 months"), "money", 18),
        Column(_("Buys of it in all a year"), "money", 18),
        Column(_("Our share"), "percent", 10),
        Column(_("Can be won"), "money", 18),
        Column(_("Competitor"), "text", 24),
        Column(_("Competitors' share"), "percent", 10),
        Column(_("Where from"), "text", 40),
        Column(_("On"), "date", 12),
    )
    return table_file(request, "white-space", columns, _file_rows(found))


def _file_rows(found: WhiteSpace) -> Iterator[TableRow]:
    for each in found.cells:
        mark = each.mark
        money = (each.sales, each.potential, each.share, each.gap)
        said: tuple[Any, ...] = ("", None, "", None)
        if mark:
            said = (mark.competitor, mark.competitor_share, mark.note, mark.on)
        yield (each.client.name, each.category.name, str(WORDS[each.state]), *money, *said)


def _page_of(request: Request, found: WhiteSpace, shown: str, typed: str) -> Page[Line]:
    tasks = pursued(request.user, [row.client.pk for row in found.rows])
    wanted = [
        Line(category, [_shown(row.cells[place], tasks) for row in found.rows])
        for place, category in enumerate(found.categories)
        if typed.casefold() in category.name.casefold()
        and _fits([row.cells[place] for row in found.rows], shown)
    ]
    return Paginator(wanted, CATEGORIES).get_page(request.GET.get("page"))


def _fits(cells: list[WhiteCell], shown: str) -> bool:
    if shown == "open":
        return any(each.is_open for each in cells)
    return not shown or any(each.state == shown for each in cells)


def _shown(found: WhiteCell, tasks: dict[tuple[int, int], Activity]) -> ShownCell:
    return ShownCell(found, tasks.get((found.client.pk, found.category.pk)))


def _first_to_win(found: WhiteCell) -> tuple[int, bool, str]:
    return (-(found.gap or 0), found.state == "unknown", found.category.name)


def _marked(request: Request, found: WhiteCell, form: SpaceForm) -> HttpResponse:
    try:
        actions.mark_category(
            request.user,
            found.client,
            found.category,
            known=form.known(),
            seen=form.cleaned_data["seen"],
        )
    except NotAllowed:
        raise
    except BusinessError as refusal:
        form.add_error(None, str(refusal))
        if isinstance(refusal, Stale):
            _take_anew(form, found)
        return _dialog(request, found, form, status=refusal.status)
    response = HttpResponse(status=204)
    response["HX-Trigger"] = "dialog-close, white-space-changed"
    return response


def _take_anew(form: SpaceForm, found: WhiteCell) -> None:
    """Let what was typed be sent again, now upon the mark that was made meanwhile."""
    typed = QueryDict(mutable=True)
    typed.update(form.data)
    typed["seen"] = str(found.mark.pk if found.mark else 0)
    form.data = typed


def _dialog(
    request: Request, found: WhiteCell, form: SpaceForm, *, status: int = 200
) -> HttpResponse:
    client, category = found.client, found.category
    tasks = pursued(request.user, [client.pk])
    context = {
        "shown": _shown(found, tasks),
        "form": form,
        "history": queries.white_space_marks(request.user, client, category)[:5],
        "may_edit": _may_mark(request.user, client),
        "plan": open_plan(request.user, client) if found.gap else None,
    }
    response = render(request, "segmentation/white_space_cell.html", context, status=status)
    if form.errors:
        response["HX-Retarget"] = "#dialog-content"
        response["HX-Reswap"] = "innerHTML"
    return response


def _plain(amount: Decimal) -> str:
    """An amount as a person types it: without kopecks where there are none."""
    return f"{amount:f}".removesuffix(".00")


def _may_mark(viewer: User, client: Client) -> bool:
    return viewer.may("segmentation.edit_evidence") and accounts.may_change(viewer, client)


def _cell(request: Request, pk: int, category: int) -> WhiteCell:
    cells = queries.white_space(request.user, [pk]).cells
    found = next((each for each in cells if each.category.pk == category), None)
    if found is None:
        raise Http404
    return found


def _asked_ids(request: Request, manager: User, client: Client | None) -> list[int]:
    if client:
        return [client.pk]
    return list(queries.manager_keys(request.user, manager).values_list("client", flat=True))


def _asked_client(request: Request) -> Client | None:
    asked = whole(request.GET.get("client"))
    return _client(request, asked) if asked else None


def _client(request: Request, pk: int) -> Client:
    found = accounts.client(request.user, pk)
    if found is None:
        raise Http404
    return found
