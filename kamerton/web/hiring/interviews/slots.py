"""Slots: made by days and hours, allowed more or fewer people, called off."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.actions import SessionText
from kamerton.domain.hiring.models import InterviewSession
from kamerton.domain.hiring.queries import SlotPlan
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.hiring.gate import chosen_vacancy
from kamerton.web.hiring.interviews.costs import given_costs, planned_curve, short
from kamerton.web.hiring.interviews.gate import RECRUIT, board_address, session_to_change
from kamerton.web.hiring.interviews.rows import clock, share
from kamerton.web.ui import asked
from kamerton.web.ui.answers import go, refuse

Kind = InterviewSession.Kind
MOST_SEATS = 50


class DayInput(forms.DateInput):
    """A native date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A native time field."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class SlotsForm(forms.Form):
    """Days, hours and what the sessions are like."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices)
    since = forms.DateField(label=gettext_lazy("From"), widget=DayInput())
    until = forms.DateField(label=gettext_lazy("To"), widget=DayInput())
    weekends = forms.BooleanField(label=gettext_lazy("At weekends too"), required=False)
    opens = forms.TimeField(label=gettext_lazy("Begins"), widget=TimeInput())
    closes = forms.TimeField(label=gettext_lazy("Ends"), widget=TimeInput())
    minutes = forms.IntegerField(
        label=gettext_lazy("Length of a slot, minutes"), min_value=5, max_value=600
    )
    lunch_from = forms.TimeField(
        label=gettext_lazy("Lunch from"), widget=TimeInput(), required=False
    )
    lunch_to = forms.TimeField(label=gettext_lazy("Lunch to"), widget=TimeInput(), required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("Seats"),
        min_value=1,
        max_value=MOST_SEATS,
        help_text=gettext_lazy("People seen at once: 1 in a stream, 8 to 10 in a group."),
    )
    interviewers: "forms.ModelMultipleChoiceField[User]" = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Held by"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    place = forms.CharField(label=gettext_lazy("Room or link"), max_length=300, required=False)

    def __init__(self, viewer: User, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        choices: Any = self.fields["interviewers"]
        choices.queryset = queries.people_who_assess(viewer)

    def clean(self) -> dict[str, Any]:
        """Lunch has both its ends, and days follow each other."""
        given = super().clean() or {}
        if bool(given.get("lunch_from")) != bool(given.get("lunch_to")):
            self.add_error("lunch_to", _("Give the lunch its beginning and its end, or neither."))
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first."))
        return given

    def plan(self) -> SlotPlan:
        """Return the days and hours."""
        given = self.cleaned_data
        lunch = (given["lunch_from"], given["lunch_to"])
        return SlotPlan(
            since=given["since"],
            until=given["until"],
            opens=given["opens"],
            closes=given["closes"],
            minutes=given["minutes"],
            breaks=(lunch,) if all(lunch) else (),
            weekends=given["weekends"],
        )

    def like(self) -> SessionText:
        """Return what the sessions are like."""
        given = self.cleaned_data
        people = tuple(given["interviewers"])
        return SessionText(given["kind"], given["capacity"], people, given["place"])


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """The generator of slots; to htmx only what it would lead to."""
    require(request.user, RECRUIT)
    vacancy = chosen_vacancy(request)
    if vacancy is None:
        return render(request, "hiring/interviews/slots.html", {"vacancy": None})
    data = request.POST if request.method == "POST" else None
    form = SlotsForm(request.user, data, initial=_initial(request))
    if form.is_valid():
        try:
            made = actions.make_sessions(request.user, vacancy, plan=form.plan(), like=form.like())
        except BusinessError as error:
            refuse(form, error, _field_of(error))
        else:
            return _made(request, made)
    context = {"vacancy": vacancy, "form": form, "vacancies": queries.vacancies(request.user)}
    context |= expectation(request, request.POST or request.GET)
    if request.htmx and request.htmx.target == "expectation":
        return render(request, "hiring/interviews/expectation.html", context)
    status = 422 if form.errors else 200
    return render(request, "hiring/interviews/slots.html", context, status=status)


@require_POST
def allowed(request: Request, pk: int) -> HttpResponse:
    """Let more or fewer be invited to a slot; the message takes it back."""
    session = session_to_change(request, pk)
    before, wanted = session.allowed, asked.whole(request.POST.get("allowed"), 4) or 0
    actions.change_allowed(request.user, session, allowed=wanted)
    said = _("Up to %(n)d may be invited at %(at)s; it was %(before)d.") % {
        "n": wanted,
        "at": clock(session.starts_at),
        "before": before,
    }
    messages.success(request, said)
    return go(request, asked.back_to(request, reverse("hiring:session", args=[pk])))


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Call a session off; its people choose another time by their links."""
    session = session_to_change(request, pk)
    people = actions.cancel_session(request.user, session)
    said = _("The session at %(at)s is called off.") % {"at": clock(session.starts_at)}
    if people:
        left = ngettext(
            "Tell %(n)d person: the link lets choose another time.",
            "Tell %(n)d people: the link lets choose another time.",
            len(people),
        )
        said = f"{said} {left % {'n': len(people)}}"
        names = ", ".join(one.application.candidate.full_name for one in people)
        said = f"{said} {names}"
    messages.success(request, said)
    return go(request, board_address(session))


def expectation(request: Request, given: Any) -> dict[str, Any]:
    """How many slots there would be, how many to invite, what that leads to."""
    kind = given.get("kind", Kind.STREAM)
    seats = min(asked.whole(given.get("capacity"), 3) or (10 if kind == Kind.GROUP else 1), 50)
    costs = given_costs(request)
    viewer = request.user
    if kind == Kind.GROUP:
        plan = queries.group_plan(viewer, seats=seats)
        invite, full = max(plan.invitations, seats), plan.overfull
        risk = methodology.current().hiring.group_risk
        return {
            "kind": kind,
            "seats": seats,
            "invite": invite,
            "full": share(full),
            "risk": share(risk),
            "comes": plan.expected,
        }
    shown = planned_curve(viewer, seats, costs)
    invite = actions.allowed_invitations(viewer, kind=kind, capacity=seats)
    point = shown.points[min(invite, len(shown.points) - 1)]
    return {
        "kind": kind,
        "seats": seats,
        "invite": invite,
        "nobody": share(point.nobody),
        "full": share(point.overfull),
        "curve": shown,
        "costs": short(costs),
        "rate": queries.show_rates(viewer).overall,
    }


def _made(request: Request, made: list[InterviewSession]) -> HttpResponse:
    said = ngettext("%(n)d slot is made.", "%(n)d slots are made.", len(made)) % {"n": len(made)}
    messages.success(request, said)
    return go(request, board_address(made[0]))


def _initial(request: Request) -> dict[str, Any]:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    while tomorrow.weekday() >= 5:
        tomorrow += dt.timedelta(days=1)
    kind = request.GET.get("kind", "")
    group = kind == Kind.GROUP
    return {
        "kind": kind if kind in Kind.values else Kind.STREAM,
        "since": tomorrow,
        "until": tomorrow,
        "opens": dt.time(14) if group else dt.time(9),
        "closes": dt.time(16) if group else dt.time(18),
        "minutes": 120 if group else 30,
        "lunch_from": None if group else dt.time(13),
        "lunch_to": None if group else dt.time(14),
        "capacity": 10 if group else 1,
        "interviewers": [request.user.pk],
    }


def _field_of(error: BusinessError) -> str | None:
    named: dict[type[BusinessError], str] = {
        actions.SeatsNeeded: "capacity",
        actions.InterviewersNeeded: "interviewers",
    }
    return named.get(type(error))
