"""One change of many clients: a dialog with what it means for each, and undo."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kamerton.domain.accounts import actions, queries
from kamerton.domain.accounts.queries import Filters
from kamerton.flows import merge_clients
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.accounts.forms import ArchiveForm, AssignForm, WriteForm
from kamerton.web.accounts.gate import SEE, back_to
from kamerton.web.ui.answers import go, refuse
from kamerton.web.ui.asked import record_id

LISTED = 50  # rows of a preview; the rest are counted


@require_POST
def preview(request: Request) -> HttpResponse:
    """Ask what is wanted, and show what it means for each of the chosen clients."""
    return _drawn(request, _form(request), _chosen(request))


@require_POST
def apply(request: Request) -> HttpResponse:
    """Make the change; the message undoes it."""
    form, chosen = _form(request), _chosen(request)
    if not form.is_valid():
        return _drawn(request, form, chosen)
    try:
        applied = actions.apply_mass_change(request.user, chosen, wish=_wish(form))
    except BusinessError as error:
        refuse(form, error)
        return _drawn(request, form, chosen)
    count, refused = applied.change.count, len(applied.refused)
    say = ngettext("%(n)d client changed.", "%(n)d clients changed.", count) % {"n": count}
    if refused:
        left = ngettext("%(n)d was left out.", "%(n)d were left out.", refused) % {"n": refused}
        say = f"{say} {left}"
    undo = reverse("accounts:mass-undo", args=[applied.change.pk])
    messages.success(request, say, extra_tags=f"undo:{undo}")
    return go(request, back_to(request))


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Put everything back that nobody changed since."""
    require(request.user, SEE)
    change = queries.undoable_changes(request.user).filter(pk=pk).first()
    if change is None:
        raise Http404(_("This was undone already, or it is not yours."))
    if change.kind == "merge":
        restored = merge_clients.undo_merge(request.user, change)
        messages.success(request, _("“%(name)s” is a card of its own again.") % {"name": restored})
        return go(request, restored.get_absolute_url())
    undone = actions.undo_mass_change(request.user, change)
    say = ngettext("%(n)d client put back.", "%(n)d clients put back.", undone.count)
    messages.success(request, say % {"n": undone.count})
    if undone.left:
        names = ", ".join(client.name for client in undone.left[:5])
        messages.warning(
            request, _("Changed since, so left as they are: %(names)s") % {"names": names}
        )
    return go(request, back_to(request))


def _chosen(request: Request) -> list[int]:
    """Return the clients ticked, or all that the filters of the list find."""
    require(request.user, SEE)
    if request.POST.get("all") == "1":
        wanted = Filters.read(request.POST.dict())
        found = queries.clients(request.user, wanted).order_by("pk")
        return list(found.values_list("pk", flat=True)[: actions.MOST + 1])
    ticked = request.POST.getlist("client")
    return [pk for text in ticked if (pk := record_id(text)) is not None]


def _form(request: Request) -> forms.Form:
    """Return the form of the wanted kind; bound once the person has filled it in."""
    kind, viewer = request.POST.get("kind", ""), request.user
    if kind in actions.PERMISSION:
        require(viewer, actions.PERMISSION[kind])
    data = request.POST if "asked" in request.POST else None
    if kind == "assign":
        return AssignForm(viewer, data, prefix="to")
    if kind == "archive":
        return ArchiveForm(data, prefix="to")
    if kind == "write":
        return WriteForm(data, prefix="to")
    raise Http404


def _wish(form: forms.Form) -> actions.Wish:
    if isinstance(form, AssignForm):
        return actions.Assigning(actions.Handing(**form.cleaned_data))
    if isinstance(form, WriteForm):
        return actions.Writing(form.cleaned_data["name"], form.value)
    return actions.Archiving(form.cleaned_data["reason"])


def _drawn(request: Request, form: forms.Form, chosen: list[int]) -> HttpResponse:
    shown = _look(request.user, form, chosen) if not form.errors else None
    context: dict[str, Any] = {
        "form": form,
        "kind": request.POST["kind"],
        "chosen": chosen,
        "preview": shown,
        "listed": LISTED,
        "back": back_to(request),
    }
    if shown:
        context |= {"accepted": shown.accepted[:LISTED], "refused": shown.refused[:LISTED]}
    status = 422 if form.errors else 200
    return render(request, "accounts/mass.html", context, status=status)


def _look(viewer: User, form: forms.Form, chosen: list[int]) -> actions.Preview | None:
    if isinstance(form, ArchiveForm) and not form.is_bound:
        return actions.preview_mass_change(viewer, chosen, wish=actions.Archiving())
    if not form.is_valid():
        return None
    try:
        return actions.preview_mass_change(viewer, chosen, wish=_wish(form))
    except BusinessError as error:
        refuse(form, error)
        return None
