"""One card: make, change, archive; the INN looked at while it is typed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kamerton.domain.accounts import actions, queries
from kamerton.domain.accounts.models import Client
from kamerton.domain.accounts.models.requisites import check_inn
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError, NotAllowed, Stale
from kamerton.web.accounts.forms import ABOUT, REQUISITES, SALES, CardForm
from kamerton.web.accounts.gate import back_to, client_or_404
from kamerton.web.ui.answers import go, refuse
from kamerton.web.ui.asked import record_id
from kamerton.web.ui.items import Crumb


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: Request) -> HttpResponse:
    """Make a client."""
    require(request.user, "accounts.create_client")
    form = CardForm(request.user, request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.create_client(
                request.user, manager=given.get("manager"), code=given["code"], **form.card()
            )
        except BusinessError as error:
            return _again(request, form, error)
        messages.success(request, _("“%(name)s” is in the list.") % {"name": made.name})
        return redirect(made)
    return _drawn(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a card; what another wrote meanwhile is shown, nothing of one's own is lost."""
    client = client_or_404(request, pk)
    if not queries.may_change(request.user, client):
        raise NotAllowed(
            _("“%(name)s” is not your client: you may read its card, not change it.")
            % {"name": client.name}
        )
    form = CardForm(request.user, request.POST or None, client=client)
    if form.is_valid():
        try:
            actions.change_client(request.user, client, expected=form.seen(), **form.card())
        except BusinessError as error:
            return _again(request, form, error, client)
        return redirect(client)
    return _drawn(request, form, client=client)


@require_safe
def inn(request: Request) -> HttpResponse:
    """Look at an INN and a name while they are typed."""
    require(request.user, "accounts.view_client")
    digits = "".join(request.GET.get("inn", "").split())[:20]
    sentence = ""
    try:
        if digits:
            check_inn(digits)
    except ValidationError as error:
        sentence = error.messages[0]
    found = queries.similar(
        request.user,
        request.GET.get("name", "").replace("\x00", "")[:250],
        "" if sentence else digits,
        but=record_id(request.GET.get("own")),
    )
    context = {"sentence": sentence, "right": bool(digits) and not sentence, "found": found}
    return render(request, "accounts/inn.html", context)


@require_POST
def archive(request: Request, pk: int) -> HttpResponse:
    """Take a client out of the lists; the message brings it back."""
    client = client_or_404(request, pk)
    actions.archive_client(request.user, client, reason=request.POST.get("reason", "")[:250])
    undo = reverse("accounts:restore", args=[pk])
    say = _("“%(name)s” is in the archive.") % {"name": client.name}
    messages.success(request, say, extra_tags=f"undo:{undo}")
    return go(request, back_to(request))


@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """Bring a client back into the lists."""
    client = client_or_404(request, pk)
    actions.restore_client(request.user, client)
    messages.success(request, _("“%(name)s” is in the lists again.") % {"name": client.name})
    return go(request, reverse("desk:client", args=[pk]))


def _again(
    request: Request, form: CardForm, error: BusinessError, client: Client | None = None
) -> HttpResponse:
    """Draw a refused form as it was filled in."""
    refuse(form, error)
    differences = []
    if isinstance(error, Stale) and client is not None:
        fresh = queries.client(request.user, client.pk) or client
        differences = _differences(form, fresh)
        form.saw(fresh)
    more = {"ways_out": error.ways_out, "differences": differences}
    return _drawn(request, form, client=client, status=error.status, more=more)


def _differences(form: CardForm, fresh: Client) -> list[tuple[str, str, str]]:
    """Name the fields where the card says something else than the person wrote."""
    rows = []
    for name in form.Meta.fields:
        mine, theirs = form.cleaned_data.get(name), getattr(fresh, name)
        if (mine or "") != (theirs or ""):
            label = str(form.fields[name].label).capitalize()
            rows.append((label, str(theirs or "—"), str(mine or "—")))
    return rows


def _drawn(
    request: Request,
    form: CardForm,
    *,
    client: Client | None = None,
    status: int = 200,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    crumbs = [Crumb(_("All clients"), reverse("accounts:clients"))]
    if client:
        crumbs.append(Crumb(client.name, client.get_absolute_url()))
    crumbs.append(Crumb(_("Card") if client else _("New client")))
    context: dict[str, Any] = {"form": form, "client": client, "crumbs": crumbs}
    context |= {"lists": _lists(request.user)}
    context |= {"requisites": [form[name] for name in REQUISITES if name not in ("name", "inn")]}
    context |= {"sales": [form[name] for name in SALES], "about": [form[name] for name in ABOUT]}
    refused = status if status != 200 else 422 if form.errors else 200
    return render(request, "accounts/card_form.html", context | (more or {}), status=refused)


def _lists(viewer: User) -> dict[str, list[str]]:
    """What was written on other cards already, to be offered."""
    names = ("region", "industry", "customer_type")
    return {name: queries.written_values(viewer, name) for name in names}
