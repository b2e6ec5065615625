"""«Действия»: what is to be done today, late, this week, later; done or moved in place."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kamerton.domain.accounts import queries as accounts
from kamerton.domain.activities import actions, queries
from kamerton.domain.activities.models import Activity
from kamerton.domain.activities.queries import Agenda, Wanted
from kamerton.platform import formats
from kamerton.platform.access import queries as access
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.activities.forms import next_workday
from kamerton.web.activities.gate import EDIT, SEE, activity_or_404, back_to
from kamerton.web.activities.lines import Line, line, lines
from kamerton.web.ui.answers import go
from kamerton.web.ui.asked import record_id

MOST = 200  # moved at once


@dataclass(frozen=True)
class Group:
    """The rows of one stretch of days."""

    code: str
    title: str
    lines: list[Line]


@require_safe
def page(request: Request) -> HttpResponse:
    """What is to be done."""
    require(request.user, SEE)
    wanted = Wanted.read(request.user, request.GET.dict())
    today = timezone.localdate()
    found = queries.agenda(request.user, wanted, on=today)
    context = {
        "wanted": wanted,
        "agenda": found,
        "groups": groups(request.user, found),
        "days": days_to_move(today),
        "done": lines(request.user, found.done),
        "back": request.get_full_path(),
    }
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "activities/list.html", context)
    context |= {
        "owners": access.sellers(request.user),
        "kinds": Activity.Kind.choices,
        "client": accounts.client(request.user, wanted.client) if wanted.client else None,
        "unprepared": sum(1 for one in _open(found) if one.is_unprepared),
        "may_write": request.user.may(EDIT),
    }
    return render(request, "activities/actions.html", context)


def groups(viewer: User, found: Agenda) -> list[Group]:
    """The groups of the list that hold anything (1 query)."""
    named = {
        "late": (_("Late"), found.late),
        "today": (_("Today"), found.today),
        "week": (_("This week"), found.week),
        "later": (_("Later"), found.later),
    }
    by_pk = {one.activity.pk: one for one in lines(viewer, _open(found))}
    return [
        Group(code, title, [by_pk[one.pk] for one in rows])
        for code, (title, rows) in named.items()
        if rows
    ]


@require_safe
def row(request: Request, pk: int) -> HttpResponse:
    """One row anew."""
    activity = activity_or_404(request, pk)
    return render(request, "activities/row.html", {"line": line(request.user, activity)})


@require_safe
def menu(request: Request, pk: int) -> HttpResponse:
    """What else may be done about one action, in a dialog."""
    context = {
        "activity": activity_or_404(request, pk),
        "days": days_to_move(timezone.localdate()),
        "back": back_to(request),
    }
    return render(request, "activities/menu.html", context)


@require_POST
def reschedule(request: Request) -> HttpResponse:
    """Move what is ticked to another day; the message undoes it."""
    require(request.user, EDIT)
    ticked = [record_id(pk) for pk in request.POST.getlist("activity")[:MOST]]
    asked = [pk for pk in ticked if pk]
    chosen = list(queries.activities(request.user).filter(pk__in=asked))
    moved = actions.reschedule_activities(request.user, chosen, due_on=_day(request))
    say = ngettext("%(n)d action moved to %(day)s.", "%(n)d actions moved to %(day)s.", len(chosen))
    undo = reverse("activities:undo-reschedule", args=[moved.pk])
    words = {"n": len(chosen), "day": formats.day(_day(request))}
    messages.success(request, say % words, extra_tags=f"undo:{undo}?back={_quoted(request)}")
    return go(request, back_to(request))


@require_POST
def undo_reschedule(request: Request, pk: int) -> HttpResponse:
    """Put back what was moved together."""
    require(request.user, EDIT)
    moved = queries.undoable_reschedulings(request.user).filter(pk=pk).first()
    if moved is None:
        raise Http404(_("This was undone already, or it is not yours."))
    restored = len(actions.undo_rescheduling(request.user, moved))
    say = ngettext("%(n)d action is back on its day.", "%(n)d actions are back.", restored)
    messages.success(request, say % {"n": restored})
    return go(request, back_to(request))


def days_to_move(today: dt.date) -> list[tuple[str, str]]:
    """Days one moves things to: (the day as a form sends it, its name)."""
    monday = today + dt.timedelta(days=7 - today.weekday())
    named = {
        today: _("Today"),
        next_workday(today): _("Next workday"),
        monday: _("Next Monday"),
        today + dt.timedelta(days=14): _("In two weeks"),
    }
    return [(day.isoformat(), title) for day, title in named.items()]


def _day(request: Request) -> dt.date:
    """The day of a button, else that of the date field; nonsense asks for a day."""
    texts = (request.POST.get("due_on", ""), request.POST.get("day", ""))
    for text in texts:
        try:
            day = parse_date(text)
        except ValueError:
            continue
        if day is not None:
            return day
    raise actions.NothingWritten(_("Choose the day to move to."))


def _quoted(request: Request) -> str:
    return back_to(request).replace("?", "%3F").replace("&", "%26")


def _open(found: Agenda) -> list[Activity]:
    return [*found.late, *found.today, *found.week, *found.later]
