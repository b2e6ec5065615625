"""One activity: what it is, what came of it, and taking that back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kamerton.domain.activities import actions
from kamerton.domain.activities.models import Activity
from kamerton.flows import record_meeting as meetings
from kamerton.platform.access.request import Request
from kamerton.platform.errors import BusinessError, Stale
from kamerton.web.activities.forms import DoneForm, MissForm, NextForm
from kamerton.web.activities.gate import activity_or_404, back_to
from kamerton.web.activities.learning import learned, question_fields
from kamerton.web.activities.lines import Line, line
from kamerton.web.ui.answers import go, refuse
from kamerton.web.ui.asked import moment
from kamerton.web.ui.items import Crumb

GET_AND_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_AND_POST)
def page(request: Request, pk: int) -> HttpResponse:
    """What is planned with the form of its outcome; what was done with what came of it."""
    activity = activity_or_404(request, pk)
    shown = line(request.user, activity)
    posted = request.method == "POST"
    corrects = may_correct(shown, request)
    form = None
    if shown.may_do or corrects or posted:
        data = request.POST if posted else None
        form = DoneForm(request.user, activity.client, data, initial=_initial(activity))
    if posted and form is not None and form.is_valid() and _saved(request, activity, form):
        return go(request, reverse("activities:activity", args=[pk]))
    context = _context(request, shown) | {"form": form, "corrects": corrects}
    status = 422 if form is not None and form.errors else 200
    return render(request, "activities/activity.html", context, status=status)


def may_correct(shown: Line, request: Request) -> bool:
    """Tell whether the viewer wrote today what came of it, and may put it right."""
    done_at = shown.activity.done_at
    today = done_at is not None and timezone.localdate(done_at) == shown.on
    return shown.writable and today and shown.activity.done_by_id == request.user.pk


@require_http_methods(GET_AND_POST)
def done(request: Request, pk: int) -> HttpResponse:
    """The short form in place of a row; once saved, the row as it is now with undo."""
    activity = activity_or_404(request, pk)
    shown = line(request.user, activity)
    data = request.POST if request.method == "POST" else None
    form = NextForm(data, initial={"updated_at": activity.updated_at.isoformat()})
    if form.is_valid() and _completed(request, activity, form):
        if not request.htmx:
            return go(request, back_to(request))
        shown = line(request.user, activity_or_404(request, pk))
        return render(request, "activities/row_done.html", {"line": shown})
    status = 422 if form.errors else 200
    return render(request, "activities/row_form.html", {"line": shown, "form": form}, status=status)


@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """Take back that it was done."""
    activity = actions.reopen_activity(request.user, activity_or_404(request, pk))
    messages.success(request, _("“%(title)s” is open again.") % {"title": activity.title})
    return go(request, back_to(request, reverse("activities:activity", args=[pk])))


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Call it off; the message undoes it."""
    activity = actions.cancel_activity(
        request.user, activity_or_404(request, pk), reason=request.POST.get("reason", "")[:500]
    )
    say = _("“%(title)s” is called off.") % {"title": activity.title}
    undo = reverse("activities:resume", args=[pk])
    messages.success(request, say, extra_tags=f"undo:{undo}")
    return go(request, back_to(request))


@require_POST
def resume(request: Request, pk: int) -> HttpResponse:
    """Take back that it was called off."""
    activity = actions.resume_activity(request.user, activity_or_404(request, pk))
    messages.success(request, _("“%(title)s” is open again.") % {"title": activity.title})
    return go(request, back_to(request, reverse("activities:activity", args=[pk])))


@require_http_methods(GET_AND_POST)
def miss(request: Request, pk: int) -> HttpResponse:
    """Say in a dialog why it did not take place."""
    activity = activity_or_404(request, pk)
    form = MissForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.miss_activity(request.user, activity, reason=form.cleaned_data["reason"])
        except BusinessError as error:
            refuse(form, error)
        else:
            return go(request, reverse("activities:activity", args=[pk]))
    context = {"activity": activity, "form": form}
    status = 422 if form.errors else 200
    return render(request, "activities/miss_form.html", context, status=status)


def _context(request: Request, shown: Line) -> dict[str, Any]:
    activity = shown.activity
    asked = activity.brief.questions if activity.has_brief else []
    over = activity.due_on <= shown.on or not activity.is_open
    return {
        "line": shown,
        "activity": activity,
        "client": activity.client,
        "next_steps": activity.next_steps.select_related("owner"),
        "needs": activity.needs.select_related("heard_from"),
        "questions": question_fields(request.user, activity, asked) if asked and over else [],
        "crumbs": [
            Crumb(_("Actions"), reverse("activities:actions")),
            Crumb(activity.client.name, reverse("activities:client", args=[activity.client_id])),
            Crumb(activity.title),
        ],
    }


def _initial(activity: Activity) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "updated_at": activity.updated_at.isoformat(),
        "outcome": activity.outcome,
        "done_on": min(activity.due_on, today),
        "minutes": activity.minutes,
        "late_minutes": activity.late_minutes,
        "people": [one.pk for one in activity.people.all()],
        "colleagues": [one.pk for one in activity.colleagues.all()],
        "next_title": activity.brief.expected if activity.has_brief and activity.is_open else "",
    }


def _saved(request: Request, activity: Activity, form: DoneForm) -> bool:
    """Write down what was done; a refusal stays in the form."""
    said = form.done() | {"expected": moment(form.cleaned_data)}
    try:
        if activity.is_open:
            step = form.next_step()
            facts = learned(request, activity)
            meetings.record_meeting(request.user, activity, answers=facts, **said, next_step=step)
        else:
            actions.correct_activity(request.user, activity, **said)
    except BusinessError as error:
        _refused(request, activity, form, error)
        return False
    messages.success(
        request,
        _("Saved: “%(title)s”.") % {"title": activity.title},
        extra_tags=f"undo:{reverse('activities:reopen', args=[activity.pk])}",
    )
    return True


def _completed(request: Request, activity: Activity, form: NextForm) -> bool:
    given = form.cleaned_data
    try:
        actions.complete_activity(
            request.user,
            activity,
            outcome=given["outcome"],
            next_step=form.next_step(),
            expected=moment(given),
        )
    except BusinessError as error:
        _refused(request, activity, form, error)
        return False
    return True


def _refused(request: Request, activity: Activity, form: NextForm, error: BusinessError) -> None:
    """Keep what was typed; of another's change show what he wrote."""
    fields: dict[type[BusinessError], str] = {
        actions.NotYetDone: "done_on",
        actions.PastDay: "next_on",
    }
    refuse(form, error, fields.get(type(error)))
    if isinstance(error, Stale):
        fresh = activity_or_404(request, activity.pk)
        data: Any = form.data.copy()  # type: ignore[attr-defined]
        data["updated_at"] = fresh.updated_at.isoformat()
        form.data = data
        words = {"title": fresh.title, "state": fresh.get_state_display(), "text": fresh.outcome}
        form.add_error(None, _("Now it says: “%(title)s”, %(state)s. %(text)s") % words)
