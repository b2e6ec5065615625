"""One person: his panel, a fact edited in place, somebody who comes in."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import trigger_client_event

from kamerton.domain.activities.models import Activity
from kamerton.domain.activities.queries import may_write
from kamerton.domain.buying_centre import actions, queries
from kamerton.domain.buying_centre.models import JUDGED, BuyingCentre, Line, Member
from kamerton.domain.buying_centre.queries import Picture, Seat
from kamerton.flows.propose_line_of_work import lines_of_work
from kamerton.flows.seat_people import seat_newcomer
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.buying_centre import words
from kamerton.web.buying_centre.forms import FIELDS, MemberForm, NewMemberForm, StepForm
from kamerton.web.buying_centre.gate import (
    EDIT,
    centre_or_404,
    changed,
    dialog,
    in_place,
    member_or_404,
    posted,
    seen_again,
)
from kamerton.web.buying_centre.rows import table_row
from kamerton.web.ui.answers import refuse

LABELS = {
    "roles": _("Roles"),
    "attitude": _("Attitude"),
    "influence": _("Influence"),
    "results": _("Matters for business"),
    "wins": _("Personal win"),
    "response_mode": _("Mode"),
    "rival": _("Competitor"),
    "reports_to": _("Reports to"),
}
SECOND = ("results", "wins", "response_mode", "rival", "reports_to")
KINDS: list[tuple[str, Any]] = [
    (str(kind.value), kind.label)
    for kind in Activity.Kind
    if kind not in (Activity.Kind.INTERNAL, Activity.Kind.EXHIBITION)
]


@require_safe
def panel(request: Request, pk: int, member: int) -> HttpResponse:
    """What is known of a person, what we do with him, what comes next."""
    return person_panel(request, member_or_404(request, pk, member))


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, pk: int, centre: int) -> HttpResponse:
    """Put somebody into the centre, in a dialog; his role then proposes tasks."""
    found = centre_or_404(request, pk, centre)
    require(request.user, EDIT)
    initial = {"roles": request.GET.getlist("role")} if request.GET.get("role") else None
    form = NewMemberForm(request.user, posted(request), centre=found, initial=initial)
    if form.is_valid():
        try:
            made = _seat(request, found, form)
        except BusinessError as error:
            refuse(form, error)
        else:
            answer = _tasks(request, made)
            trigger_client_event(answer, "centre-grew")
            return answer
    context = {"client": found.client, "centre": found, "scales": ("influence", "attitude")}
    return dialog(request, "member_form.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int, member: int, field: str) -> HttpResponse:
    """A fact edited where it stands; another's change meanwhile is shown and nothing is lost."""
    if field not in FIELDS:
        raise Http404
    found = member_or_404(request, pk, member)
    place = "table" if request.GET.get("in") == "table" else "panel"
    if request.GET.get("read"):
        return _fact(request, found, field, place)
    require(request.user, EDIT)
    form = MemberForm(posted(request), centre=found.centre, member=found, only=FIELDS[field])
    if form.is_valid():
        try:
            judged, known, seen = form.judged(), form.known(), form.seen()
            actions.change_member(request.user, found, expected=seen, known=known, **judged)
        except BusinessError as error:
            fresh = queries.member(request.user, found.centre.client, found.pk) or found
            seen_again(form, error, fresh.revision)
            found = fresh
        else:
            return changed(_fact(request, found, field, place), closes=False)
    context = {"client": found.centre.client, "member": found, "field": field, "place": place}
    answer = dialog(request, "fact_form.html", form, context)
    return in_place(answer) if form.errors else answer


@dataclass(frozen=True)
class Fact:
    """A fact of the panel: what it is called, where it is known from."""

    field: str
    label: str
    source: str
    is_assumed: bool
    is_known: bool  # anything is written


def person_panel(request: Request, member: Member) -> HttpResponse:
    """Draw the panel of a person."""
    client = member.centre.client
    shown = queries.picture(request.user, member.centre)
    seat = next((each for each in shown.seats if each.member.pk == member.pk), None)
    if seat is None:
        raise Http404
    may_edit = queries.may_change(request.user, client)
    context = person_context(request, shown, seat, may_edit=may_edit)
    context |= {"client": client, "centre": member.centre, "may_edit": may_edit}
    return render(request, "buying_centre/person.html", context)


def person_context(
    request: Request, shown: Picture, seat: Seat, *, may_edit: bool
) -> dict[str, Any]:
    """Return what the panel of a person shows."""
    member, client = seat.member, shown.centre.client
    members = [each.member.pk for each in shown.present]
    place = members.index(member.pk) if member.pk in members else None
    may_plan = may_edit and may_write(request.user, client)
    return {
        "seat": seat,
        "row": table_row(shown, seat),
        "to_next": words.next_level(seat, shown.method.buying),
        "lines_of_work": lines_of_work(request.user, member),
        "history": list(queries.judgements(request.user, member)[:12]),
        "joined": [_end(shown, line, member) for line in _lines(shown, member)],
        "cells": next((cells for each, cells in shown.matrix() if each is seat), []),
        "first_facts": [_known_fact(member, name) for name in ("roles", "attitude", "influence")],
        "facts": [_known_fact(member, name) for name in SECOND],
        "today": shown.on,
        "previous": members[place - 1] if place else None,
        "following": members[place + 1] if place is not None and place + 1 < len(members) else None,
        "place": None if place is None else place + 1,
        "places": len(members),
        "may_plan": may_plan,
        "step_form": StepForm(kinds=KINDS) if may_plan else None,
    }


def _known_fact(member: Member, name: str) -> Fact:
    judged = name in JUDGED
    return Fact(
        name,
        str(LABELS[name]),
        words.source(member, name) if judged else "",
        judged and not member.is_confirmed(name),
        bool(getattr(member, name)) or name in ("attitude", "influence"),
    )


def _seat(request: Request, centre: BuyingCentre, form: NewMemberForm) -> Member:
    contact, judged, known = form.cleaned_data["contact"], form.judged(), form.known()
    if contact:
        return actions.add_member(request.user, centre, contact=contact, known=known, **judged)
    person: Any = form.person()
    return seat_newcomer(request.user, centre, person=person, known=known, **judged)


def _tasks(request: Request, made: Member) -> HttpResponse:
    """The dialog that proposes what the roles bring."""
    context = {
        "client": made.centre.client,
        "member": made,
        "lines_of_work": lines_of_work(request.user, made),
    }
    return render(request, "buying_centre/tasks_dialog.html", context)


def _fact(request: Request, member: Member, field: str, place: str) -> HttpResponse:
    """The fact as it stands now: the whole panel, or the cell of the table."""
    if place == "panel":
        return person_panel(request, member)
    shown = queries.picture(request.user, member.centre)
    seat = next(each for each in shown.seats if each.member.pk == member.pk)
    context = {"client": member.centre.client, "row": table_row(shown, seat), "field": field}
    context |= {"may_edit": queries.may_change(request.user, member.centre.client)}
    return render(request, "buying_centre/table_fact.html", context)


def _lines(shown: Picture, member: Member) -> list[Line]:
    return [line for line in shown.lines if member.pk in (line.source_id, line.target_id)]


def _end(shown: Picture, line: Line, member: Member) -> tuple[Line, str, str]:
    """A line with how it joins the member, and with whom."""
    names = {seat.member.pk: seat.member.contact.full_name for seat in shown.seats}
    if line.kind == Line.Kind.CONFLICT:
        other = line.target_id if line.source_id == member.pk else line.source_id
        return line, "conflict", names[other]
    if line.source_id == member.pk:
        return line, "influences", names[line.target_id]
    return line, "influenced_by", names[line.source_id]
