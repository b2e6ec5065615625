"""Check-in: who came, who was late, who did not; on a phone with large buttons."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import Invitation
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.hiring.interviews.day import Line, board
from kamerton.web.hiring.interviews.gate import ASSESS, asked_day, seen_invitation
from kamerton.web.hiring.interviews.people import Guest
from kamerton.web.hiring.interviews.rows import board_rows
from kamerton.web.ui import asked
from kamerton.web.ui.answers import go

State = Invitation.State
MOST_LATE = 600


@require_safe
def page(request: Request) -> HttpResponse:
    """All who are invited on a day, by the hour."""
    require(request.user, ASSESS)
    return render(request, "hiring/interviews/check_in.html", people_of_day(request))


@require_POST
def check(request: Request, pk: int) -> HttpResponse:
    """Write down that somebody came, was late, did not come; the message takes it back."""
    invitation = seen_invitation(request, pk)
    state = request.POST.get("state", "")
    late = _late_minutes(request, invitation) if state == State.LATE else 0
    done = actions.check_in(request.user, invitation, state=state, late_minutes=late)
    if request.htmx:
        return _redrawn(request)
    name = invitation.application.candidate.full_name
    undo = reverse("hiring:check-undo", args=[pk])
    messages.success(request, f"{name}: {Guest(done).word}", extra_tags=f"undo:{undo}")
    return go(request, asked.back_to(request, reverse("hiring:check-in")))


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Take a check-in back."""
    actions.take_back_check_in(request.user, seen_invitation(request, pk))
    if request.htmx and request.htmx.target in ("day", "people"):
        return _redrawn(request)
    return go(request, asked.back_to(request, reverse("hiring:check-in")))


def people_of_day(request: Request) -> dict[str, Any]:
    """The day's people by the hour, hours that are done with at the end (≤ 7 queries)."""
    day = asked_day(request.GET.get("day")) or timezone.localdate()
    slots = queries.interview_day(request.user, day)
    rows = board_rows(queries.outlooks(request.user, slots), {}, now=timezone.now())
    lines = [(row, [Line(guest, row) for guest in row.guests]) for row in rows if row.guests]
    lines.sort(key=lambda hour: not any(line.guest.is_awaited for line in hour[1]))
    every = [line for _row, found in lines for line in found]
    return {
        "day": day,
        "is_today": day == timezone.localdate(),
        "hours": lines,
        "came": sum(line.guest.has_come for line in every),
        "left": sum(line.guest.is_awaited for line in every),
        "all": len(every),
        "address": f"{reverse('hiring:check-in')}?day={day.isoformat()}",
    }


def _redrawn(request: Request) -> HttpResponse:
    """The part of the page from which it was asked, as it is now."""
    request.GET = request.POST  # day and vacancy come along with the button
    if request.htmx.target == "people":
        return render(request, "hiring/interviews/people.html", people_of_day(request))
    return render(request, "hiring/interviews/day.html", board(request))


def _late_minutes(request: Request, invitation: Invitation) -> int:
    """The minutes given, else those since the beginning."""
    given = asked.whole(request.POST.get("late"), 3)
    if given or invitation.session is None:
        return given or 0
    passed = timezone.now() - invitation.session.starts_at
    return min(max(int(passed.total_seconds() // 60), 1), MOST_LATE)
