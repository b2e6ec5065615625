"""The profile of a vacancy: what it asks for now and later, and its own questions of the form."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kamerton.calc.candidate_rank import BreadthRule
from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.actions import Asked
from kamerton.domain.hiring.models import Requirement, Vacancy, VacancyQuestion
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content.hiring import Competency
from kamerton.platform.access.request import Request
from kamerton.platform.errors import BusinessError
from kamerton.web.hiring.vacancies.editing import dialog
from kamerton.web.hiring.vacancies.gate import hiring_vacancy, worked_vacancy
from kamerton.web.hiring.vacancies.shown import frame_of
from kamerton.web.ui.answers import go, refuse


@dataclass(frozen=True)
class Line:
    """A requirement with the competency behind it."""

    requirement: Requirement
    competency: Competency | None

    @property
    def title(self) -> str:
        """The competency, or own words."""
        return str(self.competency.title) if self.competency else self.requirement.text


class RequirementForm(forms.Form):
    """A requirement: a competency of the method or own words."""

    code = forms.ChoiceField(label=gettext_lazy("Competency"), required=False)
    text = forms.CharField(
        label=gettext_lazy("In own words, or what exactly is meant"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "What the work needs: experience, skills, results. Sex, age, family, looks, health"
            " and religion are refused by law."
        ),
    )
    need = forms.ChoiceField(label=gettext_lazy("Need"), choices=Requirement.Need.choices)
    horizon = forms.ChoiceField(
        label=gettext_lazy("When"),
        choices=Requirement.Horizon.choices,
        help_text=gettext_lazy("Do not hire for tasks that do not exist yet."),
    )
    knockout = forms.BooleanField(
        label=gettext_lazy("Refuses whoever lacks it"),
        required=False,
        help_text=gettext_lazy("Only a must-have of today can refuse."),
    )

    def __init__(
        self, data: Any = None, initial: Any = None, taken: set[str] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        known = [one for one in methodology.current().competencies if one.code not in (taken or ())]
        own = [("", _("own words"))]
        field: Any = self.fields["code"]
        field.choices = own + [(one.code, str(one.title)) for one in known]


class QuestionForm(forms.Form):
    """A question that this vacancy adds to the form."""

    text = forms.CharField(label=gettext_lazy("Question"), max_length=300)
    answer = forms.ChoiceField(
        label=gettext_lazy("How it is answered"), choices=VacancyQuestion.Answer.choices
    )
    knockout = forms.BooleanField(
        label=gettext_lazy("Refuses"),
        required=False,
        help_text=gettext_lazy("A number below its least, or “no”, refuses; a text never does."),
    )
    least = forms.FloatField(label=gettext_lazy("At least"), required=False)


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """The profile."""
    vacancy = hiring_vacancy(request, pk)
    known = {one.code: one for one in methodology.current().competencies}
    lines = [Line(each, known.get(each.code)) for each in vacancy.requirements.all()]
    now = [line for line in lines if line.requirement.horizon == Requirement.Horizon.NOW]
    context = frame_of(request.user, vacancy, "vacancy-profile") | {
        "must": [line for line in now if line.requirement.need == Requirement.Need.MUST],
        "nice": [line for line in now if line.requirement.need == Requirement.Need.NICE],
        "future": [line for line in lines if line not in now],
        "breadth": queries.vacancy_breadth(request.user, vacancy),
        "limits": BreadthRule(),
        "questions": vacancy.questions.all(),
        "languages": [
            (queries.language_name(one["code"]), one["cefr"], one.get("knockout"))
            for one in vacancy.languages
        ],
        "pack": next(
            (one for one in methodology.current().hiring_packs if one.code == vacancy.pack), None
        ),
    }
    return render(request, "hiring/vacancies/profile.html", context)


def requirement(request: Request, pk: int, one: int = 0) -> HttpResponse:
    """Add a requirement, or write one anew."""
    vacancy = worked_vacancy(request, pk)
    found = get_object_or_404(vacancy.requirements.all(), pk=one) if one else None
    posted = request.POST if request.method == "POST" else None
    form = RequirementForm(posted, _known(found), _taken(vacancy, found))
    if posted is None or not form.is_valid():
        return dialog(request, form, _("What the vacancy asks for"))
    given = form.cleaned_data
    try:
        _put(request, vacancy, found, Asked(**given))
    except BusinessError as error:
        refuse(form, error, "knockout" if given["knockout"] and not _unlawful(error) else "text")
        return dialog(request, form, _("What the vacancy asks for"))
    return go(request, _here(vacancy))


@require_POST
def requirement_remove(request: Request, pk: int, one: int) -> HttpResponse:
    """Ask for it no more; the message puts it back."""
    vacancy = worked_vacancy(request, pk)
    found = get_object_or_404(vacancy.requirements.all(), pk=one)
    was = _known(found)
    actions.remove_requirement(request.user, vacancy, requirement=found)
    undo = reverse("hiring:requirement-restore", args=[pk])
    _told(request, _("The vacancy does not ask for this any more."), undo, was)
    return redirect(_here(vacancy))


@require_POST
def requirement_restore(request: Request, pk: int) -> HttpResponse:
    """Put back what was removed a moment ago."""
    vacancy = worked_vacancy(request, pk)
    given = request.GET
    words = {name: given.get(name, "") for name in ("code", "text", "need", "horizon")}
    asked = Asked(**words, knockout=given.get("knockout") == "True")
    actions.put_requirement(request.user, vacancy, asked=asked)
    return redirect(_here(vacancy))


def question(request: Request, pk: int) -> HttpResponse:
    """Add a question of this vacancy."""
    vacancy = worked_vacancy(request, pk)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    title = _("Question of this vacancy")
    if request.method != "POST" or not form.is_valid():
        return dialog(request, form, title)
    try:
        actions.add_question(request.user, vacancy, **form.cleaned_data)
    except BusinessError as error:
        refuse(form, error, "text" if _unlawful(error) else "knockout")
        return dialog(request, form, title)
    return go(request, _here(vacancy))


@require_POST
def question_remove(request: Request, pk: int, one: int) -> HttpResponse:
    """Ask it no more; the message puts it back."""
    vacancy = worked_vacancy(request, pk)
    found = get_object_or_404(vacancy.questions.all(), pk=one)
    was = {name: getattr(found, name) for name in ("text", "answer", "knockout", "least")}
    actions.remove_question(request.user, vacancy, question=found)
    undo = reverse("hiring:question-restore", args=[pk])
    _told(request, _("The question is asked no more; forms sent already keep it."), undo, was)
    return redirect(_here(vacancy))


@require_POST
def question_restore(request: Request, pk: int) -> HttpResponse:
    """Put back the question that was removed a moment ago."""
    vacancy = worked_vacancy(request, pk)
    form = QuestionForm(request.GET)
    if not form.is_valid():
        raise Http404
    actions.add_question(request.user, vacancy, **form.cleaned_data)
    return redirect(_here(vacancy))


def _put(request: Request, vacancy: Vacancy, found: Requirement | None, asked: Asked) -> None:
    """Write it; own words that change take the place of those before."""
    actions.put_requirement(request.user, vacancy, asked=asked)
    if found and (found.code != asked.code or not asked.code):
        actions.remove_requirement(request.user, vacancy, requirement=found)


def _known(found: Requirement | None) -> dict[str, Any]:
    names = ("code", "text", "need", "horizon", "knockout")
    return {name: getattr(found, name) for name in names} if found else {}


def _taken(vacancy: Vacancy, found: Requirement | None) -> set[str]:
    asked = {each.code for each in vacancy.requirements.all() if each.code}
    return asked - ({found.code} if found else set())


def _told(request: Request, say: str, undo: str, was: dict[str, Any]) -> None:
    """Say it with the way back; the words go with the address, escaped."""
    query = urlencode({name: value for name, value in was.items() if value not in (None, "")})
    messages.success(request, say, extra_tags=f"undo:{undo}?{query}")


def _unlawful(error: BusinessError) -> bool:
    return isinstance(error, actions.Discriminates)


def _here(vacancy: Vacancy) -> str:
    return reverse("hiring:vacancy-profile", args=[vacancy.pk])
