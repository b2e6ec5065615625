"""The candidate's interview: a time chosen, confirmed, moved or called off; a calendar file."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import InterviewSession, Invitation
from kamerton.domain.methodology import queries as methodology
from kamerton.platform import formats
from kamerton.platform.access.queries import company
from kamerton.web.hiring.public.door import by_link
from kamerton.web.ui import asked

State = Invitation.State


@require_http_methods(["GET", "POST"])
@by_link(queries.invitation_by_token)
def page(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """Show the times to choose from, or the one that is chosen; take what the candidate says."""
    if request.method == "POST":
        return _said(request, token, invitation)
    return _shown(request, token, invitation)


@require_safe
@by_link(queries.invitation_by_token)
def calendar(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """The interview as a file for a calendar."""
    text = queries.invitation_ics(invitation)
    if not text:
        raise Http404
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="interview.ics"'
    return response


def _said(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """Book, confirm or call off; a time that is taken meanwhile is told beside the others."""
    try:
        messages.success(request, _done(request, token))
    except (actions.SlotFull, actions.SlotGone) as error:
        return _shown(request, token, invitation, status=error.status, error=error.message)
    return redirect("candidate:booking", token)


def _done(request: HttpRequest, token: str) -> str:
    """Do what was asked; say what came of it.

    Raises LinkDead, SlotFull, SlotGone.
    """
    if request.POST.get("do") == "decline":
        actions.decline_place(token)
        return _("You have called off. Thank you for telling us.")
    if request.POST.get("do") == "confirm":
        kept = actions.confirm_place(token)
    else:
        kept = actions.book_place(token, session=_session(request))
    moment = formats.moment(kept.session.starts_at) if kept.session else ""
    return _("We expect you: %(moment)s.") % {"moment": moment}


def _session(request: HttpRequest) -> InterviewSession:
    """The time that the button names; whether it is free still, the action finds out.

    Raises SlotGone.
    """
    pk = asked.record_id(request.POST.get("session"))
    if pk is None:
        raise actions.SlotGone(_("This time is not offered any more. Choose another."))
    return InterviewSession(pk=pk)


def _shown(
    request: HttpRequest,
    token: str,
    invitation: Invitation,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    name = _page_of(invitation)
    page = {
        "token": token,
        "invitation": invitation,
        "session": invitation.session,
        "vacancy": invitation.application.vacancy,
        "company": company(),
        "zone": _zone(),
    }
    if name == "booking":
        where = invitation.session.place if invitation.session else ""
        page["place_is_link"] = where.startswith(("https://", "http://"))
        free = queries.free_sessions(invitation).exclude(pk=invitation.session_id or 0)
        page |= {"days": _by_day(free), "hours": methodology.current().hiring.cancel_hours}
    elif status == 200:
        status = 410
    return render(request, f"hiring/public/{name}.html", page | more, status=status)


def _page_of(invitation: Invitation) -> str:
    """ "booking" while there is something to choose, else the page that says why not."""
    session = invitation.session
    begun = session is not None and session.starts_at <= timezone.now()
    over = invitation.application.vacancy.is_over
    return "booking" if invitation.is_live and not begun and not over else "booked_out"


def _by_day(
    sessions: Iterable[InterviewSession],
) -> list[tuple[Any, list[InterviewSession]]]:
    """Times in order, day by day."""
    days = groupby(sessions, key=lambda one: timezone.localdate(one.starts_at))
    return [(day, list(slots)) for day, slots in days]


def _zone() -> str:
    """How far the company's clock is from that of Greenwich: UTC+3."""
    now = timezone.localtime()
    hours = (now.utcoffset() or now - now).total_seconds() / 3600
    return f"UTC{hours:+g}"
