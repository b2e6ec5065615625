"""«Обзвон»: one candidate at a time, his phone, what came of the call, and the next one."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import Application, CallAttempt, Candidate, Vacancy
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.hiring.candidates.gate import RECRUIT, open_vacancies, worked_application
from kamerton.web.hiring.candidates.words import shown_phone
from kamerton.web.hiring.gate import SEE, seen_vacancy
from kamerton.web.ui import asked
from kamerton.web.ui.answers import go

Outcome = CallAttempt.Outcome
AHEAD = 8  # who comes next, beside the one in hand
TAKEN = (10, 25, 50)
MORNING = dt.time(10)
OUTCOMES: Final = (  # outcome, icon, key, colour
    (Outcome.INTERESTED, "smile", "1", "ok"),
    (Outcome.FORM_WANTED, "doc-text", "2", "ok"),
    (Outcome.BUSY, "clock", "3", "warn"),
    (Outcome.NO_ANSWER, "phone", "4", "mute"),
    (Outcome.NOT_INTERESTED, "x", "5", "bad"),
    (Outcome.WRONG_NUMBER, "ban", "6", "bad"),
)
AGAIN: Final = (
    ("", gettext_lazy("by the rule")),
    ("hour", gettext_lazy("in an hour")),
    ("evening", gettext_lazy("today at 18:00")),
    ("tomorrow", gettext_lazy("tomorrow at 10:00")),
    ("week", gettext_lazy("in a week")),
    ("at", pgettext_lazy("call", "at a time:")),
)


@require_safe
def page(request: Request) -> HttpResponse:
    """Whom to call now; `at` shows one out of turn."""
    require(request.user, SEE)
    vacancies = open_vacancies(request)
    vacancy = _vacancy(request, vacancies)
    context: dict[str, Any] = {"vacancies": vacancies, "vacancy": vacancy}
    if vacancy is not None and request.GET.get("part") == "figures":
        context |= _figures(request, vacancy)
        return render(request, "hiring/candidates/calls_figures.html", context)
    if vacancy is not None:
        context |= _queue(request, vacancy)
    return render(request, "hiring/candidates/calls.html", context)


@require_POST
def record(request: Request, pk: int) -> HttpResponse:
    """What came of the call; then the next one."""
    application = worked_application(request, pk)
    given = request.POST
    outcome = given.get("outcome", "")
    actions.record_call(
        request.user,
        application,
        outcome=outcome,
        note=given.get("note", "").replace("\x00", "")[:5000],
        next_at=_next_at(given.get("again", ""), given.get("at", "")),
    )
    name = application.candidate.full_name
    said = {"name": name, "outcome": Outcome(outcome).label}
    messages.success(request, _("%(name)s: %(outcome)s.") % said)
    return go(request, _address(application.vacancy_id, every=bool(given.get("every"))))


@require_POST
def take(request: Request) -> HttpResponse:
    """Take the first so many whom nobody calls yet."""
    require(request.user, RECRUIT)
    vacancy = seen_vacancy(request, asked.record_id(request.POST.get("vacancy")) or 0)
    wanted = asked.whole(request.POST.get("n")) or 0
    free = queries.call_queue(request.user, vacancy).filter(recruiter=None)
    ids = list(free.values_list("pk", flat=True)[: min(wanted, max(TAKEN))])
    n = actions.take_calls(request.user, ids)
    text = ngettext("%(n)d call is yours now.", "%(n)d calls are yours now.", n)
    messages.success(request, text % {"n": n})
    return redirect(_address(vacancy.pk))


def _vacancy(request: Request, vacancies: list[Vacancy]) -> Vacancy | None:
    """The vacancy asked for, else the first in work."""
    pk = asked.record_id(request.GET.get("vacancy"))
    if pk is not None:
        return seen_vacancy(request, pk)
    return next(iter(vacancies), None)


def _queue(request: Request, vacancy: Vacancy) -> dict[str, Any]:
    viewer, every = request.user, bool(request.GET.get("every"))
    due = queries.call_queue(viewer, vacancy, mine=not every)
    first = list(due[: AHEAD + 1])
    current = _current(request, vacancy, first)
    person = _person(request, current)
    return {
        "current": current,
        "person": person,
        "phone": shown_phone(person.phone) if person else "",
        "ahead": [one for one in first if current is None or one.pk != current.pk][:AHEAD],
        "waiting": due.count(),
        "later": queries.next_call(viewer, vacancy) if current is None else None,
        "today": queries.calls_today(viewer),
        "every": every,
        "outcomes": [(one, one.label, *look) for one, *look in OUTCOMES],
        "again": AGAIN,
        "attempts": list(queries.calls_of(viewer, current)[:5]) if current else [],
        "most": methodology.current().hiring.calls_most,
        "takes": TAKEN,
        "free": due.filter(recruiter=None)[: max(TAKEN)].count() if not every else 0,
        "may_call": viewer.may(RECRUIT),
    }


def _figures(request: Request, vacancy: Vacancy) -> dict[str, Any]:
    """Calls of each recruiter: they are counted over all calls, and come after the page."""
    counts = queries.call_counts(request.user, vacancy)
    mine = next((one for one in counts if one.recruiter == request.user.pk), None)
    return {"counts": counts, "mine": mine, "may_call": request.user.may(RECRUIT)}


def _current(request: Request, vacancy: Vacancy, first: list[Application]) -> Application | None:
    pk = asked.record_id(request.GET.get("at"))
    if pk is None:
        return first[0] if first else None
    found = queries.application(request.user, pk)
    if found is None or found.vacancy_id != vacancy.pk:
        raise Http404
    return found


def _person(request: Request, current: Application | None) -> Candidate | None:
    """The person in hand with his phone: the look is logged; for who does not call, nobody."""
    if current is None or not request.user.may(RECRUIT):
        return None
    return actions.view_candidate(request.user, current.candidate_id)


def _next_at(again: str, text: str) -> dt.datetime | None:
    """When to call again, as it was chosen; None leaves it to the rule."""
    if again == "at":
        try:
            found = dt.datetime.fromisoformat(text)
        except ValueError:
            return None
        return timezone.make_aware(found) if timezone.is_naive(found) else found
    choose = _CHOICES.get(again)
    return choose(timezone.localtime()) if choose else None


def _on(now: dt.datetime, days: int, hour: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(now.date() + dt.timedelta(days=days), hour))


_CHOICES: dict[str, Callable[[dt.datetime], dt.datetime]] = {
    "hour": lambda now: now + dt.timedelta(hours=1),
    "evening": lambda now: _on(now, 0 if now.hour < 18 else 1, dt.time(18)),
    "tomorrow": lambda now: _on(now, 1, MORNING),
    "week": lambda now: _on(now, 7, MORNING),
}


def _address(vacancy: int, *, every: bool = False) -> str:
    asked_for = {"vacancy": vacancy} | ({"every": 1} if every else {})
    return f"{reverse('hiring:calls')}?{urlencode(asked_for)}"
