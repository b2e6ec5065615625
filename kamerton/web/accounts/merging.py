"""Duplicates and groups of companies."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kamerton.domain.accounts import actions, queries
from kamerton.domain.accounts.models import Client
from kamerton.flows import merge_clients as flow
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.accounts.forms import NameForm
from kamerton.web.accounts.gate import SEE, client_or_404
from kamerton.web.ui.answers import refuse

MERGE = "accounts.merge_clients"
FIRST = ("name", "manager", "inn", "kpp", "ogrn", "group", "region", "industry")


@dataclass(frozen=True)
class Choice:
    """A field of two cards, and whose value is proposed."""

    name: str
    label: str
    survivor: str
    absorbed: str
    proposed: actions.Choice


@require_safe
def duplicates(request: Request) -> HttpResponse:
    """Pairs that are probably one client; htmx gets them alone, as they take a moment."""
    require(request.user, MERGE)
    if not request.htmx:
        return render(request, "accounts/duplicates.html")
    pairs = queries.duplicates(request.user)
    return render(request, "accounts/duplicates.html#pairs", {"pairs": pairs})


@require_POST
def apart(request: Request, pk: int, other_pk: int) -> HttpResponse:
    """Note that two clients are not the same."""
    require(request.user, MERGE)
    actions.tell_apart(
        request.user, client_or_404(request, pk), other=client_or_404(request, other_pk)
    )
    return HttpResponse("") if request.htmx else redirect("accounts:duplicates")


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: Request, pk: int, other_pk: int) -> HttpResponse:
    """Merge the second client into the first, choosing field by field."""
    require(request.user, MERGE)
    survivor, absorbed = client_or_404(request, pk), client_or_404(request, other_pk)
    choices = _choices(survivor, absorbed)
    refusal: BusinessError | None = None
    if request.method == "POST":
        try:
            return _merged(request, survivor, absorbed, choices)
        except BusinessError as error:
            refusal = error
    context: dict[str, Any] = {"survivor": survivor, "absorbed": absorbed, "choices": choices}
    context |= {"refusal": refusal, "codes": queries.codes(request.user, absorbed)}
    context |= {"people": queries.contacts(request.user, absorbed, archived=True).count()}
    status = refusal.status if refusal else 200
    return render(request, "accounts/merge.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: Request) -> HttpResponse:
    """Groups of companies, and a new one."""
    require(request.user, SEE)
    form = NameForm(request.POST or None)
    if form.is_valid():
        try:
            actions.create_group(request.user, form.cleaned_data["name"])
            return redirect("accounts:groups")
        except BusinessError as error:
            refuse(form, error)
    context = {
        "form": form,
        "groups": queries.groups(request.user),
        "may_make": request.user.may("accounts.edit_client"),
        "may_rename": request.user.may("accounts.assign_client"),
    }
    status = 422 if form.errors else 200
    return render(request, "accounts/groups.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: Request, pk: int) -> HttpResponse:
    """Give a group another name, in a dialog."""
    require(request.user, "accounts.assign_client")
    group = queries.group(request.user, pk)
    if group is None:
        raise Http404
    form = NameForm(request.POST or None, initial={"name": group.name})
    if form.is_valid():
        try:
            actions.rename_group(request.user, group, name=form.cleaned_data["name"])
            return redirect("accounts:groups")
        except BusinessError as error:
            refuse(form, error)
    status = 422 if form.errors else 200
    context = {"form": form, "group": group}
    return render(request, "accounts/rename.html", context, status=status)


def _merged(
    request: Request, survivor: Client, absorbed: Client, choices: list[Choice]
) -> HttpResponse:
    wanted: dict[str, actions.Choice] = {}
    for choice in choices:
        given = request.POST.get(f"take-{choice.name}", choice.proposed)
        wanted[choice.name] = "absorbed" if given == "absorbed" else "survivor"
    change = flow.merge_clients(request.user, survivor, absorbed, choices=wanted)
    words = {"absorbed": absorbed.name, "survivor": survivor.name}
    say = _("“%(absorbed)s” is merged into “%(survivor)s”.") % words
    undo = reverse("accounts:mass-undo", args=[change.pk])
    messages.success(request, say, extra_tags=f"undo:{undo}")
    return redirect(survivor)


def _choices(survivor: Client, absorbed: Client) -> list[Choice]:
    """List the fields where the two cards differ, the weighty ones first."""
    names = [*FIRST, *sorted(actions.MERGED - set(FIRST))]
    rows = []
    for name in names:
        mine, other = getattr(survivor, name), getattr(absorbed, name)
        if mine == other or (name == "manager" and other is None):
            continue
        empty = mine in (None, "") and other not in (None, "")
        label = str(Client._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        proposed: actions.Choice = "absorbed" if empty else "survivor"
        rows.append(Choice(name, label, _shown(survivor, name), _shown(absorbed, name), proposed))
    return rows


def _shown(client: Client, name: str) -> str:
    words = getattr(client, f"get_{name}_display", None)
    value = words() if words else getattr(client, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "—" if value in (None, "") else str(value)
