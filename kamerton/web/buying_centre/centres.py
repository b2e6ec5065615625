"""A centre as a whole: opened, how it buys, its lines, its places on the map."""

import json

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from kamerton.domain.buying_centre import actions, queries
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.buying_centre.forms import BuyingForm, LineForm, OpenForm
from kamerton.web.buying_centre.gate import (
    EDIT,
    centre_or_404,
    changed,
    client_or_404,
    dialog,
    posted,
    refreshed,
    seen_again,
)
from kamerton.web.ui.answers import refuse


@require_http_methods(["GET", "HEAD", "POST"])
def open_new(request: Request, pk: int) -> HttpResponse:
    """Begin a centre: the first by a button, further ones in a dialog."""
    client = client_or_404(request, pk)
    require(request.user, EDIT)
    form = OpenForm(posted(request), initial={"scope": "category"})
    if form.is_valid():
        try:
            made = actions.open_centre(request.user, client, **form.cleaned_data)
        except BusinessError as error:
            refuse(form, error)
        else:
            address = reverse("buying_centre:centre", args=[pk]) + f"?centre={made.pk}"
            return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
    return dialog(request, "open_form.html", form, {"client": client})


@require_http_methods(["GET", "HEAD", "POST"])
def buying(request: Request, pk: int, centre: int) -> HttpResponse:
    """How the centre buys, in a dialog."""
    found = centre_or_404(request, pk, centre)
    require(request.user, EDIT)
    form = BuyingForm(posted(request), centre=found)
    if form.is_valid():
        given = dict(form.cleaned_data)
        try:
            actions.change_centre(request.user, found, expected=given.pop("revision"), **given)
        except BusinessError as error:
            found = centre_or_404(request, pk, centre)
            seen_again(form, error, found.revision)
        else:
            return refreshed()
    return dialog(request, "buying_form.html", form, {"client": found.client, "centre": found})


@require_POST
def adopt(request: Request, pk: int, centre: int) -> HttpResponse:
    """Work with the company's present roles."""
    actions.adopt_method(request.user, centre_or_404(request, pk, centre))
    return refreshed()


@require_POST
def places(request: Request, pk: int, centre: int) -> HttpResponse:
    """Remember where people were put on the map: {"17": [x, y], "18": null}."""
    found = centre_or_404(request, pk, centre)
    try:
        given = json.loads(request.body or "null")
        moved = {int(who): tuple(map(float, at)) if at else None for who, at in given.items()}
        pairs = {who: (at[0], at[1]) if at else None for who, at in moved.items()}
    except (ValueError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise actions.DoesNotFit({"places": [_("These are no places on a map.")]}) from error
    actions.place_members(request.user, found, places=pairs)
    return HttpResponse(status=204)


@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: Request, pk: int, centre: int) -> HttpResponse:
    """Draw a line between two people, in a dialog."""
    found = centre_or_404(request, pk, centre)
    require(request.user, EDIT)
    begun = {"source": request.GET.get("member")} if request.GET.get("member") else None
    form = LineForm(posted(request), centre=found, initial=begun)
    if form.is_valid():
        given = form.cleaned_data
        ends = (given["source"], given["target"])
        try:
            actions.draw_line(
                request.user,
                found,
                kind=given["kind"],
                ends=ends,
                note=given["note"],
                assumed=not given["confirmed"],
            )
        except BusinessError as error:
            refuse(form, error)
        else:
            return changed()
    return dialog(request, "line_form.html", form, {"client": found.client, "centre": found})


@require_POST
def erase(request: Request, pk: int, line: int) -> HttpResponse:
    """Take a line off the map; one that is gone already is gone."""
    client = client_or_404(request, pk)
    found = queries.line(request.user, client, line)
    if found:
        actions.erase_line(request.user, found)
    else:
        require(request.user, EDIT)
    return changed()
