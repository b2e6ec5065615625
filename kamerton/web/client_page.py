"""What stands above every page of a client: its name, state, and the tabs that lead to them."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.domain.accounts import queries as accounts
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User
from kamerton.web.ui.items import Crumb, Tab


@dataclass(frozen=True)
class ClientTab:
    """A page of a client; `tool`: the setting of the method that switches it on and off."""

    code: str
    title: str | Promise
    route: str
    permission: str = ""
    tool: str = ""


TABS = (
    ClientTab("overview", gettext_lazy("Overview"), "desk:client"),
    ClientTab("dossier", gettext_lazy("Dossier"), "dossier:dossier", "dossier.view", "dossier"),
    ClientTab(
        "centre",
        gettext_lazy("Buying centre"),
        "buying_centre:centre",
        "buying_centre.view",
        "buying_centre",
    ),
    ClientTab("plan", gettext_lazy("Plan"), "plans:plan", "plans.view", "plan"),
    ClientTab("activities", gettext_lazy("Activities"), "activities:client", "activities.view"),
    ClientTab("sales", gettext_lazy("Sales"), "desk:client-sales"),
    ClientTab("history", gettext_lazy("History"), "desk:client-history"),
)


def shown_client(viewer: User, pk: int) -> Client:
    """Return the client of a page; what the viewer may not see is not there (404)."""
    client = accounts.client(viewer, pk)
    if client is None:
        raise Http404(_("There is no such client among those you see."))
    return client


def client_head(viewer: User, client: Client, tab: str) -> dict[str, object]:
    """Return what desk/client_frame.html needs for the page called `tab`."""
    return {
        "client": client,
        "tabs": _tabs(viewer, client, tab),
        "tools": methodology.current().tools,
        "crumbs": [Crumb(_("All clients"), reverse("accounts:clients")), Crumb(client.name)],
        "may_change": accounts.may_change(viewer, client),
        "sees_money": ledger.sees_money(viewer, client),
    }


def _tabs(viewer: User, client: Client, current: str) -> list[Tab]:
    tools = methodology.current().tools
    shown = []
    for tab in TABS:
        allowed = not tab.permission or viewer.may(tab.permission)
        if allowed and getattr(tools, tab.tool, True) and (address := _address(tab, client)):
            shown.append(Tab(str(tab.title), address, tab.code == current))
    return shown


def _address(tab: ClientTab, client: Client) -> str:
    try:
        return reverse(tab.route, args=[client.pk])
    except NoReverseMatch:
        return ""
