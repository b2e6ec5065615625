"""The list of clients: search, filters, order, pages, figures, saved views."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kamerton.domain.accounts import actions, queries
from kamerton.domain.accounts.models import Client
from kamerton.domain.accounts.queries import Filters
from kamerton.domain.segmentation import queries as segmentation
from kamerton.domain.segmentation.models import Standing
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import sellers
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.accounts.forms import NameForm
from kamerton.web.accounts.gate import SEE, shown_filters
from kamerton.web.ui.items import Tab

PER_PAGE = 50
PAGE = "clients"  # whose views are saved


@dataclass(frozen=True)
class Line:
    """A row of the list: a client, and its figures if the viewer may see them."""

    client: Client
    standing: Standing | None
    editable: bool


class Cut(Paginator[Line]):
    """Pages of a list that was cut already: only one page stands in memory."""

    def __init__(self, lines: Sequence[Line], count: int) -> None:
        super().__init__(lines, PER_PAGE)
        self.known = count

    @property
    def count(self) -> int:
        """How many there are, counted up to a limit."""
        return self.known

    def page(self, number: int | str) -> Page[Line]:
        """Give the only page that there is."""
        return Page(self.object_list, int(number), self)


@require_safe
def clients(request: Request) -> HttpResponse:
    """All clients that the viewer sees; htmx gets the table alone."""
    require(request.user, SEE)
    wanted = Filters.read(request.GET.dict())
    sort = request.GET.get("sort", "name")
    page, more = _page(request, wanted, sort)
    context: dict[str, Any] = {"page": page, "more": more, "wanted": wanted, "sort": sort}
    context |= {"chips": shown_filters(request.user, wanted, request.GET)}
    context |= {"may": _rights(request.user), "sees_money": request.user.may("ledger.view_money")}
    context |= {"back": request.get_full_path(), "narrowed": bool(wanted.set)}
    if request.htmx.target == "list":
        return render(request, "accounts/clients.html#list", context)
    return render(request, "accounts/clients.html", context | _frame(request, wanted))


@require_POST
def save_view(request: Request) -> HttpResponse:
    """Keep the present filters under a name."""
    form = NameForm(request.POST)
    query = Filters.read(request.POST.dict()).as_query()
    if sort := request.POST.get("sort", ""):
        query += ("&" if query else "") + urlencode({"sort": sort})
    name = form.cleaned_data["name"] if form.is_valid() else ""
    actions.save_view(request.user, PAGE, name=name, query=query)
    return redirect(f"{reverse('accounts:clients')}?{query}")


@require_POST
def forget_view(request: Request, pk: int) -> HttpResponse:
    """Forget a view of one's own."""
    view = queries.saved_views(request.user, PAGE).filter(pk=pk).first()
    if view:
        actions.forget_view(request.user, view)
    return redirect("accounts:clients")


def _page(request: Request, wanted: Filters, sort: str) -> tuple[Page[Line], bool]:
    asked = request.GET.get("page", "1")
    number = max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    offset = (number - 1) * PER_PAGE
    if sort in ("revenue", "-revenue"):
        rows, total, more = _by_revenue(request.user, wanted, sort, offset)
    else:
        found = queries.client_page(request.user, wanted, sort=sort, offset=offset, limit=PER_PAGE)
        rows, total, more = found.rows, found.total, found.more
    return Cut(_lines(request.user, rows), total).page(number), more


def _by_revenue(
    viewer: User, wanted: Filters, sort: str, offset: int
) -> tuple[list[Client], int, bool]:
    """Those with figures first, in order of revenue; then the others by name."""
    found = queries.clients(viewer, wanted)
    figures = segmentation.standings(viewer, order="revenue", backwards=sort == "revenue")
    ranked = figures.filter(client__in=found.order_by().values("pk"))
    count = ranked.count()
    rows = [standing.client for standing in ranked[offset : offset + PER_PAGE]]
    if len(rows) < PER_PAGE:
        others = found.exclude(Q(pk__in=ranked.order_by().values("client")))
        start = max(0, offset - count)
        rows += others[start : start + PER_PAGE - len(rows)]
    total = found.order_by().count()
    return rows, min(total, queries.COUNTED_TO), total > queries.COUNTED_TO


def _lines(viewer: User, rows: Sequence[Client]) -> list[Line]:
    ids = [client.pk for client in rows]
    sees = viewer.may("ledger.view_money")
    figures = segmentation.standing_of(viewer, ids) if ids and sees else {}
    mine = queries.editable_among(viewer, ids)
    return [Line(client, figures.get(client.pk), client.pk in mine) for client in rows]


def _rights(viewer: User) -> dict[str, bool]:
    names = ("create_client", "assign_client", "archive_client", "edit_client", "merge_clients")
    rights = {name.split("_")[0]: viewer.may(f"accounts.{name}") for name in names}
    rights["import"] = viewer.may("ledger.import")
    rights["export"] = viewer.may("accounts.export_clients")
    rights["change_many"] = rights["assign"] or rights["archive"] or rights["edit"]
    return rights


def _frame(request: Request, wanted: Filters) -> dict[str, Any]:
    viewer = request.user
    return {
        "views": _views(request),
        "managers": sellers(viewer) if viewer.scope != "own" else [],
        "segments": Client.Segment.choices,
        "states": Client.State.choices,
        "groups": queries.groups(viewer),
        "regions": queries.written_values(viewer, "region"),
        "industries": queries.written_values(viewer, "industry"),
        "unheld": queries.client_page(viewer, Filters(unassigned=True), limit=0).total
        if viewer.may("accounts.assign_client")
        else 0,
        "more_open": any(name in MORE for name, _value in wanted.set),
        "all_count": queries.client_page(viewer, Filters(), limit=0).total,
    }


MORE = {"group", "region", "industry", "company_key", "one_contact", "archived"}


def _views(request: Request) -> list[dict[str, Any]]:
    here, base = request.GET.urlencode(), reverse("accounts:clients")
    kept = queries.saved_views(request.user, PAGE)
    views: list[dict[str, Any]] = [{"tab": Tab(_("All"), base, not here), "pk": None}]
    for view in kept:
        tab = Tab(view.name, f"{base}?{view.query}", here == view.query)
        views.append({"tab": tab, "pk": view.pk})
    return views
