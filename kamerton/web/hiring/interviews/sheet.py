"""One session on one sheet: who comes, who marks, what happens when; to be printed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import InterviewSession
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content.hiring import SessionPart
from kamerton.platform import formats
from kamerton.platform.access.request import Request
from kamerton.web.hiring.interviews.gate import RECRUIT, SEE, board_address, seen_slot
from kamerton.web.hiring.interviews.rows import board_rows, clock
from kamerton.web.ui.items import Crumb


@dataclass(frozen=True)
class Part:
    """A part of the group session with the hours it takes."""

    part: SessionPart
    since: str
    until: str


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """The sheet of a session (≤ 12 queries)."""
    slot = seen_slot(request, pk)
    session, viewer = slot.session, request.user
    off = queries.called_off(viewer, [slot])
    (row,) = board_rows(queries.outlooks(viewer, [slot]), off, now=timezone.now())
    group = session.kind == InterviewSession.Kind.GROUP
    back = board_address(session)
    context = {
        "row": row,
        "slot": slot,
        "session": session,
        "title": f"{session.get_kind_display()}, {_day(session)}, {row.time}",
        "interviewers": list(session.interviewers.all()),
        "parts": _parts(session) if group else [],
        "lines": [] if group else queries.score_lines(viewer, session.vacancy),
        "may_invite": viewer.may(RECRUIT) and session.cancelled_at is None and row.is_ahead,
        "may_see": viewer.may(SEE),
        "least_allowed": max(session.capacity, len(slot.invited)),
        "crumbs": [Crumb(_("Interviews"), back), Crumb(row.time)],
        "back": back,
    }
    return render(request, "hiring/interviews/session.html", context)


def _day(session: InterviewSession) -> str:
    return f"{formats.weekday(session.starts_at)} {formats.day_short(session.starts_at)}"


def _parts(session: InterviewSession) -> Sequence[Part]:
    at, found = session.starts_at, []
    for part in methodology.current().group_plan:
        until = at + dt.timedelta(minutes=part.minutes)
        found.append(Part(part, clock(at), clock(until)))
        at = until
    return found
