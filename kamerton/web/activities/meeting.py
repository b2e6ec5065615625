"""«Подготовка к встрече»: the page one takes along; what was said becomes a task, answer, need."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kamerton.domain.activities import actions, queries
from kamerton.domain.activities.models import Activity, BriefSection
from kamerton.domain.dossier import queries as dossier
from kamerton.flows import prepare_meeting as preparing
from kamerton.flows.prepare_meeting import Preparation
from kamerton.flows.record_meeting import Learned, learn_at_meeting
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.activities.doing import GET_AND_POST
from kamerton.web.activities.forms import BriefForm, NeedForm, TaskForm, next_workday
from kamerton.web.activities.gate import EDIT, activity_or_404
from kamerton.web.activities.learning import spoken_state
from kamerton.web.activities.lines import line
from kamerton.web.ui.answers import go, refuse
from kamerton.web.ui.items import Crumb

LONGEST = 4000


class AnswerForm(forms.Form):
    """A dossier answer out of what was said."""

    code = forms.ChoiceField(label=gettext_lazy("Question"))
    value = forms.CharField(
        label=gettext_lazy("Answer"), max_length=LONGEST, widget=forms.Textarea({"rows": 3})
    )

    def __init__(
        self, viewer: User, activity: Activity, data: Any = None, *, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        sheet = dossier.dossier_sheet(viewer, activity.client)
        choices: Any = self.fields
        choices["code"].choices = [
            (str(part.group.title), [(row.code, str(row.question.title)) for row in part.rows])
            for part in sheet.parts
        ]


@require_http_methods(GET_AND_POST)
def brief(request: Request, pk: int) -> HttpResponse:
    """The brief as it was kept, or what it would hold now with the form that keeps it."""
    activity = activity_or_404(request, pk)
    shown = line(request.user, activity)
    if activity.kind in Activity.ALONE:
        raise Http404(_("A brief is for a meeting or a call with people of the client."))
    edits = shown.may_do and (not activity.has_brief or "anew" in request.GET)
    if request.method == "POST" or edits:
        return _prepared(request, activity)
    sections = activity.brief.sections if activity.has_brief else []
    asked = activity.brief.questions if activity.has_brief else []
    context = _frame(request, activity) | {"sections": sections, "questions": asked}
    return render(request, "activities/brief.html", context | {"may_change": shown.may_do})


def _prepared(request: Request, activity: Activity) -> HttpResponse:
    require(request.user, EDIT)
    found = preparing.prepare_meeting(request.user, activity)
    data = request.POST if request.method == "POST" else None
    form = BriefForm(_choices(found), data, initial=_initial(activity, found))
    if form.is_valid():
        given = form.cleaned_data
        words = {"goal": given["goal"], "expected": given["expected"]}
        try:
            preparing.keep_preparation(request.user, activity, **words, codes=given["questions"])
        except BusinessError as error:
            refuse(form, error)
        else:
            return go(request, reverse("activities:brief", args=[activity.pk]))
    sections: list[BriefSection] = list(found.sections)
    context = _frame(request, activity) | {"form": form, "sections": sections}
    status = 422 if form.errors else 200
    return render(request, "activities/brief_form.html", context, status=status)


@require_http_methods(GET_AND_POST)
def capture(request: Request, pk: int, kind: str) -> HttpResponse:
    """Make a task, a dossier answer or a need of what was said, in a dialog."""
    activity = activity_or_404(request, pk)
    require(request.user, EDIT)
    posted = request.method == "POST"
    text = (request.POST if posted else request.GET).get("text", "").strip()[:LONGEST]
    form = _capture_form(request, activity, kind, text)
    if form.is_valid():
        try:
            say = _captured(request, activity, kind, form)
        except BusinessError as error:
            refuse(form, error, "due_on" if isinstance(error, actions.PastDay) else None)
        else:
            messages.success(request, say)
            return go(request, reverse("activities:activity", args=[pk]))
    titles = {
        "task": _("A task out of this"),
        "need": _("A need out of this"),
        "answer": _("A dossier answer out of this"),
    }
    context = {"activity": activity, "kind": kind, "form": form, "title": titles[kind]}
    status = 422 if form.errors else 200
    return render(request, "activities/capture_form.html", context, status=status)


def _capture_form(request: Request, activity: Activity, kind: str, text: str) -> forms.Form:
    data, viewer = (request.POST if request.method == "POST" else None), request.user
    match kind:
        case "task":
            day = next_workday(timezone.localdate())
            return TaskForm(data, initial={"title": text[:250], "due_on": day})
        case "need":
            people = list(activity.people.all())
            who = people[0].pk if len(people) == 1 else None
            initial = {"text": text, "heard_from": who}
            return NeedForm(viewer, activity.client, data, initial=initial)
        case "answer":
            require(viewer, "dossier.edit")
            return AnswerForm(viewer, activity, data, initial={"value": text})
        case _:
            raise Http404


def _captured(request: Request, activity: Activity, kind: str, form: forms.Form) -> str:
    """Write it down; return what to say."""
    given, viewer, client = form.cleaned_data, request.user, activity.client
    if kind == "task":
        made = actions.plan_activity(
            viewer,
            client,
            kind=Activity.Kind.TASK,
            title=given["title"],
            due_on=given["due_on"],
            people=list(activity.people.all()),
            follows=activity,
        )
        return _("Planned: “%(title)s”.") % {"title": made.title}
    if kind == "need":
        actions.add_need(viewer, client, heard_at=activity, **given)
        return _("The need is written down.")
    people = list(activity.people.all())
    who = people[0] if len(people) == 1 else None
    learn_at_meeting(viewer, activity, Learned(given["code"], given["value"], who))
    return _("The answer is in the dossier.")


def _frame(request: Request, activity: Activity) -> dict[str, Any]:
    return {
        "activity": activity,
        "client": activity.client,
        "line": line(request.user, activity),
        "colleagues": activity.colleagues.all(),
        "crumbs": [
            Crumb(_("Actions"), reverse("activities:actions")),
            Crumb(activity.client.name, reverse("activities:client", args=[activity.client_id])),
            Crumb(activity.title, reverse("activities:activity", args=[activity.pk])),
            Crumb(_("Brief")),
        ],
        "may_write": queries.may_write(request.user, activity.client),
    }


def _choices(found: Preparation) -> list[tuple[str, str]]:
    """Questions as boxes to tick: the words, why, and who may know."""
    named = []
    for one in found.questions:
        why = ", ".join(filter(None, [spoken_state(one.state), *one.asked_of]))
        named.append((one.code, f"{one.text} ({why})"))
    return named


def _initial(activity: Activity, found: Preparation) -> dict[str, Any]:
    if not activity.has_brief:
        codes = [one.code for one in found.questions]
        return {"goal": activity.goal, "questions": codes}
    kept = activity.brief
    codes = [one["code"] for one in kept.questions]
    return {"goal": kept.goal, "expected": kept.expected, "questions": codes}
