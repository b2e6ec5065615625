"""What the pages of clients share: finding one, naming filters, going back."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from kamerton.domain.accounts import queries
from kamerton.domain.accounts.models import Client
from kamerton.domain.accounts.queries import Filters
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import colleagues
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.ui import asked

SEE = "accounts.view_client"


@dataclass(frozen=True)
class FilterChip:
    """A filter that narrows the list, in words, and the address without it."""

    text: str
    href: str


def client_or_404(request: Request, pk: int) -> Client:
    """Return a client that the viewer may see."""
    require(request.user, SEE)
    found = queries.client(request.user, pk)
    if found is None:
        raise Http404(_("There is no such client among those you see."))
    return found


def back_to(request: Request) -> str:
    """Return the address that the form names, else the list of clients."""
    return asked.back_to(request, reverse("accounts:clients"))


def shown_filters(viewer: User, wanted: Filters, given: QueryDict) -> list[FilterChip]:
    """Name the filters that narrow the list."""
    chips = []
    for name, value in wanted.set:
        left = given.copy()
        for gone in (name, "page"):
            left.pop(gone, None)
        chips.append(FilterChip(_words(viewer, name, value), f"?{left.urlencode()}"))
    return chips


def _words(viewer: User, name: str, value: Any) -> str:
    plain = {
        "company_key": _("Key for the company"),
        "one_contact": _("One contact only"),
        "unassigned": _("Nobody holds"),
        "archived": _("In the archive"),
    }
    if name in plain:
        return plain[name]
    if name == "manager":
        person = colleagues(viewer).filter(pk=value).first()
        return person.full_name if person else _("unknown manager")
    if name == "group":
        found = queries.group(viewer, value)
        return found.name if found else _("unknown group")
    labels = {"segment": Client.Segment.choices, "state": Client.State.choices}
    return str(dict(labels.get(name, [])).get(value, value))
