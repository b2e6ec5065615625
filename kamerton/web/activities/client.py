"""What is done with one client: his page of activities, the panel beside his card, his needs."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kamerton.domain.accounts.models import Client
from kamerton.domain.activities import actions, queries
from kamerton.domain.activities.models import ClientNeed
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.activities.doing import GET_AND_POST
from kamerton.web.activities.forms import NeedForm
from kamerton.web.activities.gate import EDIT, SEE, client_or_404
from kamerton.web.activities.lines import lines
from kamerton.web.client_page import client_head, shown_client
from kamerton.web.ui.answers import go, refuse

PAGE = 30
NEXT = 6


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """What is planned, and below it what was done with what came of it."""
    require(request.user, SEE)
    client = shown_client(request.user, pk)
    planned = list(queries.open_activities(request.user, client)[: PAGE + 1])
    past = Paginator(queries.timeline(request.user, client), PAGE)
    here = past.get_page(request.GET.get("page"))
    context = client_head(request.user, client, "activities") | {
        "planned": lines(request.user, planned[:PAGE]),
        "more": len(planned) > PAGE,
        "page": here,
        "past": lines(request.user, here.object_list),
        "needs": queries.needs(request.user, client, state=ClientNeed.State.OPEN),
        "may_write": queries.may_write(request.user, client),
        "back": request.get_full_path(),
    }
    return render(request, "activities/client.html", context)


@require_safe
def panel(request: Request, pk: int) -> HttpResponse:
    """What is next with the client, beside his card."""
    client = client_or_404(request, pk)
    on = timezone.localdate()
    planned = list(queries.open_activities(request.user, client)[: NEXT + 1])
    context = {
        "client": client,
        "planned": lines(request.user, planned[:NEXT]),
        "more": len(planned) > NEXT,
        "last": queries.last_contact_days([client.pk], on=on).get(client.pk),
        "may_write": queries.may_write(request.user, client),
    }
    return render(request, "activities/panel.html", context)


@require_http_methods(GET_AND_POST)
def add_need(request: Request, pk: int) -> HttpResponse:
    """Write down a need of the client, in a dialog."""
    client = client_or_404(request, pk)
    require(request.user, EDIT)
    data = request.POST if request.method == "POST" else None
    form = NeedForm(request.user, client, data, initial={})
    if form.is_valid():
        try:
            actions.add_need(request.user, client, **form.cleaned_data)
        except BusinessError as error:
            refuse(form, error)
        else:
            return go(request, _page_of(client))
    context: dict[str, Any] = {"client": client, "form": form}
    status = 422 if form.errors else 200
    return render(request, "activities/need_form.html", context, status=status)


@require_POST
def close_need(request: Request, pk: int) -> HttpResponse:
    """Say that a need is met or let go."""
    require(request.user, SEE)
    need = queries.needs(request.user).filter(pk=pk).first()
    if need is None:
        raise Http404(_("There is no such need among those you see."))
    state = request.POST.get("state", ClientNeed.State.MET)
    note = request.POST.get("note", "")
    actions.close_need(request.user, need, state=state, note=note)
    return go(request, _page_of(need.client))


def _page_of(client: Client) -> str:
    return reverse("activities:client", args=[client.pk])
