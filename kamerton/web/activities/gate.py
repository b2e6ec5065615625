"""What the pages of activities share: finding one, going back, saying what was refused."""

import datetime as dt
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from kamerton.domain.accounts import queries as accounts
from kamerton.domain.accounts.models import Client
from kamerton.domain.activities import queries
from kamerton.domain.activities.models import Activity
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError, NotAllowed

SEE, EDIT = "activities.view", "activities.edit"


def activity_or_404(request: Request, pk: int) -> Activity:
    """Return an activity that the viewer may see."""
    require(request.user, SEE)
    found = queries.activity(request.user, pk)
    if found is None:
        raise Http404(_("There is no such action among those you see."))
    return found


def client_or_404(request: Request, pk: int) -> Client:
    """Return a client that the viewer may see."""
    require(request.user, SEE)
    found = accounts.client(request.user, pk)
    if found is None:
        raise Http404(_("There is no such client among those you see."))
    return found


def back_to(request: Request, fallback: str = "") -> str:
    """Return the address that the form names, if it is one of ours."""
    asked = request.POST.get("back", "") or request.GET.get("back", "")
    safe = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if safe else fallback or reverse("activities:actions")


def go(request: Request, address: str) -> HttpResponse:
    """Lead to a page, from a form and from a fragment alike."""
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def refuse(form: forms.Form, error: BusinessError, field: str | None = None) -> None:
    """Show what the action refused where it was typed; a lack of rights is a page of its own."""
    if isinstance(error, NotAllowed):
        raise error
    form.add_error(field if field in form.fields else None, error.message)


def number(text: str | None) -> int | None:
    """Read an id of an address; None for anything else."""
    plain = text or ""
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 19 else None


def moment(given: dict[str, Any]) -> dt.datetime | None:
    """Return the moment of the record that the person saw."""
    return parse_datetime(given.get("updated_at") or "")
