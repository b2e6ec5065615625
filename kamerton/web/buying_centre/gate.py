"""What the pages of a buying centre share: finding things, answering fragments."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_htmx.http import reswap, retarget, trigger_client_event

from kamerton.domain.accounts.models import Client
from kamerton.domain.buying_centre import queries
from kamerton.domain.buying_centre.models import BuyingCentre, Member
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError, Stale
from kamerton.web.client_page import shown_client
from kamerton.web.ui.answers import refuse

SEE, EDIT = "buying_centre.view", "buying_centre.edit"


def client_or_404(request: Request, pk: int) -> Client:
    """Return a client whose buying centre the viewer may see; 404 while the tool is off."""
    client = shown_client(request.user, pk)
    require(request.user, SEE)
    if not methodology.current().tools.buying_centre:
        raise Http404(_("Your company does not work with buying centres."))
    return client


def centre_or_404(request: Request, pk: int, centre: int) -> BuyingCentre:
    """Return a centre of a client."""
    client = client_or_404(request, pk)
    found = queries.centre(request.user, client, centre)
    if found is None:
        raise Http404(_("There is no such buying centre."))
    return found


def member_or_404(request: Request, pk: int, member: int) -> Member:
    """Return a member of a client's centres."""
    client = client_or_404(request, pk)
    found = queries.member(request.user, client, member)
    if found is None:
        raise Http404(_("There is no such person in the buying centre."))
    return found


def posted(request: Request) -> QueryDict | None:
    """Return what was sent, an empty form too; None if the form is only to be shown."""
    return request.POST if request.method == "POST" else None


def seen_again(form: forms.BaseForm, error: BusinessError, revision: int) -> None:
    """Let who was told that another was quicker save again: he has seen it now."""
    refuse(form, error)
    if isinstance(error, Stale):
        data: Any = form.data.copy()  # type: ignore[attr-defined]
        data["revision"] = str(revision)
        form.data = data


def dialog(
    request: Request, template: str, form: forms.BaseForm, context: dict[str, Any]
) -> HttpResponse:
    """Draw a dialog; with errors it stays open and keeps what was typed."""
    status = 422 if form.errors else 200
    return render(request, f"buying_centre/{template}", context | {"form": form}, status=status)


def in_place(answer: HttpResponse) -> HttpResponse:
    """Let a form with errors take its own place, not that of what it would have changed."""
    reswap(retarget(answer, "this"), "outerHTML")
    return answer


def refreshed() -> HttpResponse:
    """Let the whole page be drawn anew."""
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})


def changed(answer: HttpResponse | None = None, *, closes: bool = True) -> HttpResponse:
    """Tell the page that the centre is different now."""
    answer = answer or HttpResponse(status=204)
    if closes:
        trigger_client_event(answer, "dialog-close")
    trigger_client_event(answer, "centre-changed")
    return answer
