"""Marks of the assessors side by side, the mark agreed on; tasks by rubric, the five years."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import Application, Calibration
from kamerton.domain.hiring.queries import Compared
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content.hiring import BusinessTask
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.hiring.gate import seen_application
from kamerton.web.hiring.interviews.gate import ASSESS, RECRUIT
from kamerton.web.hiring.interviews.scoring import SCALE, crumbs
from kamerton.web.ui import asked
from kamerton.web.ui.answers import go, refuse

BOTH = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Given:
    """One assessor's mark of one line; `far`: it differs from the mean by one or more."""

    mark: int | None
    evidence: str
    far: bool


@dataclass(frozen=True)
class Line:
    """A line with the marks of all, the mean, and what was agreed on."""

    code: str
    title: str
    compared: Compared
    given: tuple[Given, ...]
    agreed: Calibration | None


class AgreedForm(forms.Form):
    """The mark agreed on and why."""

    code = forms.CharField(max_length=20, widget=forms.HiddenInput)
    mark = forms.TypedChoiceField(
        label=gettext_lazy("Agreed on"), choices=[(n, n) for n in SCALE], coerce=int
    )
    note = forms.CharField(label=gettext_lazy("Why"), max_length=500)


class FiveYearsForm(forms.Form):
    """The tag of the answer, and the words."""

    tag = forms.ChoiceField(
        label=gettext_lazy("Sees himself in five years as"),
        choices=Application.FiveYears.choices,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("In his words"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class TaskForm(forms.Form):
    """Points of a task by its rubric."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, task: BusinessTask, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.codes = [item.code for item in task.rubric]
        for item in task.rubric:
            self.fields[f"p_{item.code}"] = forms.FloatField(
                label=str(item.title),
                min_value=0,
                max_value=item.points,
                help_text=_("0 to %(most)g") % {"most": item.points},
            )
        self.order_fields([*(f"p_{code}" for code in self.codes), "note"])

    def points(self) -> dict[str, float]:
        """Return the points by line."""
        return {code: self.cleaned_data[f"p_{code}"] for code in self.codes}


@require_http_methods(BOTH)
def page(request: Request, pk: int) -> HttpResponse:
    """Compare the marks once all are in; write down what was agreed on."""
    require(request.user, ASSESS)
    application = seen_application(request, pk)
    form = AgreedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.calibrate(request.user, application, **given)
        except BusinessError as error:
            refuse(form, error, "note")
        else:
            messages.success(request, _("The mark agreed on is written down."))
            return go(request, f"{request.path}#line-{given['code']}")
    there = queries.assessors(request.user, application)
    lines = _lines(request.user, application, [person for person, _ready in there])
    context = {
        "application": application,
        "there": there,
        "ready": sum(ready for _person, ready in there),
        "lines": lines,
        "wide": sum(line.compared.wide and line.agreed is None for line in lines),
        "mean": _mean([line.compared.value for line in lines]),
        "form": form,
        "cards": queries.scorecards(request.user, application) if lines else [],
        "scale": SCALE,
        "mine": any(person.pk == request.user.pk for person, _ready in there),
        "may_recruit": request.user.may(RECRUIT),
        "crumbs": crumbs(request, application, _("Comparison")),
        "address": request.path,
    }
    status = 422 if form.errors else 200
    return render(request, "hiring/interviews/calibration.html", context, status=status)


@require_http_methods(BOTH)
def task(request: Request, pk: int, code: str) -> HttpResponse:
    """Mark a business task by its rubric."""
    require(request.user, ASSESS)
    application = seen_application(request, pk)
    found = next((one for one in tasks_of(application) if one.code == code), None)
    if found is None:
        raise Http404
    known = queries.results(request.user, application).filter(task=code).first()
    points = {f"p_{key}": value for key, value in known.points.items()} if known else {}
    initial = {"note": known.note, **points} if known else {}
    form = TaskForm(found, request.POST if request.method == "POST" else None, initial=initial)
    back = asked.back_to(request, reverse("hiring:calibration", args=[pk]))
    if form.is_valid():
        try:
            result = actions.record_result(
                request.user,
                application,
                task=code,
                points=form.points(),
                note=form.cleaned_data["note"],
            )
        except BusinessError as error:
            refuse(form, error)
        else:
            said = _("The task is marked: %(n)d of 100.") % {"n": round(result.score)}
            messages.success(request, said)
            return go(request, back)
    context = {"application": application, "task": found, "form": form, "back": back}
    context["rubric"] = [form[f"p_{item.code}"] for item in found.rubric]
    context["crumbs"] = crumbs(request, application, str(found.title))
    status = 422 if form.errors else 200
    return render(request, "hiring/interviews/task.html", context, status=status)


@require_http_methods(BOTH)
def five_years(request: Request, pk: int) -> HttpResponse:
    """Tag the answer to where the candidate sees himself in five years."""
    require(request.user, ASSESS)
    application = seen_application(request, pk)
    initial = {"tag": application.five_years, "words": application.five_years_words}
    form = FiveYearsForm(request.POST if request.method == "POST" else None, initial=initial)
    back = asked.back_to(request, reverse("hiring:calibration", args=[pk]))
    if form.is_valid():
        try:
            actions.tag_five_years(request.user, application, **form.cleaned_data)
        except BusinessError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The answer is kept."))
            return go(request, back)
    context = {"application": application, "form": form, "back": back}
    context["crumbs"] = crumbs(request, application, _("Five years"))
    status = 422 if form.errors else 200
    return render(request, "hiring/interviews/five_years.html", context, status=status)


def tasks_of(application: Application) -> list[BusinessTask]:
    """The business tasks of a vacancy: those of all, and of its industry."""
    pack = application.vacancy.pack
    return [one for one in methodology.current().business_tasks if one.pack in ("", pack)]


def titles_of(viewer: User, application: Application) -> dict[str, str]:
    """The titles of the scorecard's lines by code (2 queries)."""
    return {line.code: str(line.title) for line in queries.score_lines(viewer, application.vacancy)}


def _lines(viewer: User, application: Application, people: Sequence[User]) -> list[Line]:
    compared = queries.calibration(viewer, application)
    if not compared:
        return []
    titles = titles_of(viewer, application)
    order = {code: at for at, code in enumerate(titles)}
    agreed = {one.code: one for one in queries.calibrated(viewer, application)}
    words = {
        (card.assessor_id, mark.code): mark.evidence
        for card in queries.scorecards(viewer, application)
        for mark in card.marks.all()
    }
    return [
        Line(
            one.code,
            titles.get(one.code, one.code),
            one,
            tuple(_given(one, person, words) for person in people),
            agreed.get(one.code),
        )
        for one in sorted(compared, key=lambda each: order.get(each.code, len(order)))
    ]


def _given(one: Compared, person: User, words: dict[tuple[int, str], str]) -> Given:
    mark = one.marks.get(person.pk)
    far = one.wide and mark is not None and abs(mark - one.mean) >= 1
    return Given(mark, words.get((person.pk, one.code), ""), far)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
