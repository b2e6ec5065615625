"""Panels of a client's page: the card, its people, its team, its history."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from kamerton.domain.accounts import actions, queries
from kamerton.domain.accounts.models import Client, ClientAssignment, ContactPerson
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.audit import queries as audit
from kamerton.platform.errors import BusinessError
from kamerton.web.accounts.events import Happened
from kamerton.web.accounts.forms import AssignForm, ContactForm, JoinForm
from kamerton.web.accounts.gate import client_or_404
from kamerton.web.ui.answers import refuse

SHOWN = 50


@require_safe
def card(request: Request, pk: int) -> HttpResponse:
    """What is written on the card."""
    client = client_or_404(request, pk)
    context = {"client": client, "codes": queries.codes(request.user, client)}
    context |= {"may_change": queries.may_change(request.user, client)}
    context |= {"may_archive": request.user.may("accounts.archive_client")}
    context |= {"may_merge": request.user.may("accounts.merge_clients")}
    return render(request, "accounts/card_panel.html", context)


@require_safe
def contacts(request: Request, pk: int) -> HttpResponse:
    """The people at the client."""
    client = client_or_404(request, pk)
    with_archive = request.GET.get("archived") == "1"
    context = {
        "client": client,
        "people": queries.contacts(request.user, client, archived=with_archive),
        "coverage": queries.coverage_of(request.user, client),
        "levels": ContactPerson.Level.choices,
        "may_change": queries.may_change(request.user, client),
        "with_archive": with_archive,
    }
    return render(request, "accounts/contacts_panel.html", context)


@require_safe
def team(request: Request, pk: int) -> HttpResponse:
    """Who works on the client today."""
    client = client_or_404(request, pk)
    may_assign = request.user.may("accounts.assign_client") and client.is_present
    editable = bool(queries.editable_among(request.user, [client.pk]))
    context = {
        "client": client,
        "parts": queries.team_of(request.user, client),
        "changes": queries.manager_changes(request.user, client, on=localdate()),
        "may_assign": may_assign and editable,
        "may_join": client.is_present
        and ((may_assign and editable) or client.manager_id == request.user.pk),
    }
    return render(request, "accounts/team_panel.html", context)


@require_safe
def history(request: Request, pk: int) -> HttpResponse:
    """Who held the client, and what was changed on its card."""
    client = client_or_404(request, pk)
    entries = audit.history_of(client)[: SHOWN + 1]
    context = {
        "client": client,
        "stretches": queries.assignments(request.user, client)[:SHOWN],
        "changes": queries.manager_changes(request.user, client, on=localdate()),
        "lines": [Happened(entry) for entry in entries[:SHOWN]],
        "longer": len(entries) > SHOWN,
    }
    return render(request, "accounts/history_panel.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: Request, pk: int, contact_pk: int | None = None) -> HttpResponse:
    """Add a person or change what is written about one, in a dialog."""
    client = client_or_404(request, pk)
    known = _contact(request, client, contact_pk) if contact_pk else None
    form = ContactForm(request.POST or None, contact=known)
    if form.is_valid():
        try:
            if known:
                actions.change_contact(request.user, known, expected=form.seen(), **form.person())
            else:
                actions.add_contact(request.user, client, **form.person())
        except BusinessError as error:
            refuse(form, error)
        else:
            return _done("contacts-changed")
    context = {"client": client, "form": form, "contact": known}
    return _dialog(request, "accounts/contact_form.html", context, form)


@require_POST
def contact_archive(request: Request, pk: int, contact_pk: int) -> HttpResponse:
    """Take a person out of the list, or put him back."""
    known = _contact(request, client_or_404(request, pk), contact_pk)
    if known.archived_at:
        actions.restore_contact(request.user, known)
    else:
        actions.archive_contact(request.user, known)
    return _done("contacts-changed")


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: Request, pk: int) -> HttpResponse:
    """Give the client to a manager, in a dialog."""
    client = client_or_404(request, pk)
    require(request.user, "accounts.assign_client")
    form = AssignForm(request.user, request.POST or None)
    if form.is_valid():
        try:
            actions.assign_manager(request.user, client, **form.cleaned_data)
        except BusinessError as error:
            _blame(form, error)
        else:
            return _done("team-changed")
    context = {"client": client, "form": form}
    context |= {"changes": queries.manager_changes(request.user, client, on=localdate())}
    return _dialog(request, "accounts/assign_form.html", context, form)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Request, pk: int) -> HttpResponse:
    """Let a person work on the client beside its manager, in a dialog."""
    client = client_or_404(request, pk)
    if client.manager_id != request.user.pk:
        require(request.user, "accounts.assign_client")
    form = JoinForm(request.user, request.POST or None)
    if form.is_valid():
        try:
            actions.add_to_team(request.user, client, **form.cleaned_data)
        except BusinessError as error:
            refuse(form, error)
        else:
            return _done("team-changed")
    return _dialog(request, "accounts/join_form.html", {"client": client, "form": form}, form)


@require_POST
def leave(request: Request, pk: int, part_pk: int) -> HttpResponse:
    """End a part beside the manager today."""
    client = client_or_404(request, pk)
    part = queries.team_of(request.user, client).filter(pk=part_pk).first()
    if part is None or part.role == ClientAssignment.Role.STRATEGIC_OWNER:
        raise Http404
    actions.remove_from_team(request.user, client, assignment=part, until=localdate())
    return _done("team-changed")


def _contact(request: Request, client: Client, pk: int) -> ContactPerson:
    known = queries.contacts(request.user, client, archived=True).filter(pk=pk).first()
    if known is None:
        raise Http404
    return known


def _blame(form: AssignForm, error: BusinessError) -> None:
    """Show a missing reason at its field, the rest above."""
    if isinstance(error, actions.ReasonNeeded):
        form.add_error("reason", error.message)
    elif isinstance(error, actions.StartsTooEarly | actions.StartsTooLate):
        form.add_error("since", error.message)
    else:
        refuse(form, error)


def _dialog(request: Request, template: str, context: dict[str, Any], form: Any) -> HttpResponse:
    return render(request, template, context, status=422 if form.errors else 200)


def _done(event: str) -> HttpResponse:
    """Close the dialog and let the panel draw itself anew."""
    answer = HttpResponse(status=204)
    trigger_client_event(answer, "dialog-close")
    trigger_client_event(answer, event)
    return answer
