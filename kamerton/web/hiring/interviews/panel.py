"""The panel of marks on a candidate's page: interviews, scorecards, marks, tasks."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import TaskResult
from kamerton.domain.methodology.content.hiring import BusinessTask
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.hiring.gate import seen_application
from kamerton.web.hiring.interviews.calibrating import tasks_of, titles_of
from kamerton.web.hiring.interviews.gate import ASSESS, RECRUIT
from kamerton.web.hiring.interviews.inviting import FROM
from kamerton.web.hiring.interviews.people import Guest


@dataclass(frozen=True)
class Task:
    """A business task with its result, if there is one."""

    task: BusinessTask
    result: TaskResult | None


@require_safe
def panel(request: Request, pk: int) -> HttpResponse:
    """What was seen at interviews and what it was worth (≤ 12 queries)."""
    require(request.user, ASSESS)
    application = seen_application(request, pk)
    viewer = request.user
    there = queries.assessors(viewer, application)
    compared = queries.calibration(viewer, application)
    titles = titles_of(viewer, application) if compared else {}
    results = {one.task: one for one in queries.results(viewer, application)}
    values = [one.value for one in compared]
    context = {
        "application": application,
        "guests": [Guest(one) for one in queries.invitations_of(viewer, application)],
        "there": there,
        "ready": sum(ready for _person, ready in there),
        "mine": any(person.pk == viewer.pk and not ready for person, ready in there),
        "marks": [(titles.get(one.code, one.code), one) for one in compared],
        "mean": sum(values) / len(values) if values else None,
        "wide": sum(one.wide and one.agreed is None for one in compared),
        "tasks": [Task(one, results.get(one.code)) for one in tasks_of(application)],
        "may_recruit": viewer.may(RECRUIT) and application.vacancy.is_open,
        "may_invite": viewer.may(RECRUIT) and application.stage in FROM,
        "may_mark": application.vacancy.is_open,
        "invite": f"{reverse('hiring:invite-open', args=[application.vacancy_id])}"
        f"?application={pk}&stage={application.stage}&search=",
        "back": request.htmx.current_url_abs_path or "",
    }
    return render(request, "hiring/interviews/panel.html", context)
