"""The search of the palette: clients by name, INN or code, and people at clients."""

from django.http import HttpResponse
from django.shortcuts import render

from kamerton.domain.accounts import queries as accounts
from kamerton.platform.access.request import Request

SHOWN = 8


def search(request: Request) -> HttpResponse:
    """Answer with the first clients and people that fit what was typed."""
    text = request.GET.get("q", "").strip()
    found = {"clients": [], "people": []} if len(text) < 2 else _found(request, text)
    return render(request, "desk/search.html", found)


def _found(request: Request, text: str) -> dict[str, object]:
    clients = accounts.clients(request.user, accounts.Filters(search=text))[:SHOWN]
    people = accounts.contacts_found(request.user, text)[:SHOWN]
    return {"clients": clients, "people": people}
