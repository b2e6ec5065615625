"""Hiring in the method: competencies, the candidate's form, the letter, probation, limits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.domain.methodology import queries
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.methodology.content.changing import free_code, put
from kamerton.domain.methodology.content.hiring import FormQuestion, ProbationCriterion
from kamerton.platform.access.request import Request
from kamerton.web.methodology.editing import Editing, edited, method_crumbs
from kamerton.web.methodology.hiring_forms import (
    KINDS,
    SCORING,
    WEEKS,
    CompetencyForm,
    FormQuestionForm,
    LetterBlockForm,
    ProbationForm,
    target_words,
)
from kamerton.web.methodology.noted import NotedForm
from kamerton.web.methodology.sections import values
from kamerton.web.ui.items import Crumb, Tab

OWN = "added_"
PARTS = {
    "competencies": gettext_lazy("Competencies"),
    "form": gettext_lazy("Candidate's form"),
    "letter": gettext_lazy("Vacancy letter"),
    "probation": gettext_lazy("Probation"),
    "limits": gettext_lazy("Limits"),
}
COMPETENCY_ABOUT = gettext_lazy(
    "Marks from 1 to 5 at the interview; vacancies name those they need."
)
QUESTION_ABOUT = gettext_lazy("Forms sent before keep the words they were sent with.")


@dataclass(frozen=True)
class Target:
    """A criterion of the probation with its targets in words."""

    criterion: ProbationCriterion
    weeks: list[str]


def page(request: Request, part: str = "competencies") -> HttpResponse:
    """A part of it; everybody may read the method."""
    if part not in PARTS:
        raise Http404
    method = queries.current()
    context = {
        "method": method,
        "part": part,
        "tabs": [
            Tab(str(title), reverse("methodology:hiring", args=[code]), code == part)
            for code, title in PARTS.items()
        ],
        "kinds": dict(KINDS),
        "rows": _rows(method, part),
        "may_edit": request.user.may("methodology.edit"),
        "crumbs": method_crumbs(Crumb(_("Hiring"))),
    }
    return render(request, "methodology/hiring.html", context)


def competency_edit(request: Request, code: str) -> HttpResponse:
    """Reword a competency."""
    method = queries.current()
    found = next((each for each in method.competencies if each.code == code), None)
    if found is None:
        raise Http404
    form = CompetencyForm(method, request.POST or None, found)
    return _edited(
        request,
        ("competencies", str(found.title), str(COMPETENCY_ABOUT)),
        form,
        lambda: {"competencies": put(method.competencies, form.made(code))},
    )


def competency_add(request: Request) -> HttpResponse:
    """Add a competency of the company's own."""
    method = queries.current()
    form = CompetencyForm(method, request.POST or None, None)
    code = free_code((each.code for each in method.competencies), OWN)
    return _edited(
        request,
        ("competencies", _("New competency"), str(COMPETENCY_ABOUT)),
        form,
        lambda: {"competencies": put(method.competencies, form.made(code))},
    )


def question_edit(request: Request, code: str) -> HttpResponse:
    """Reword a question of the form or weigh it anew."""
    method = queries.current()
    found = next((each for each in method.questionnaire if each.code == code), None)
    if found is None:
        raise Http404
    form = FormQuestionForm(method, request.POST or None, found)
    return _edited(
        request,
        ("form", _("Question of the form"), str(QUESTION_ABOUT)),
        form,
        lambda: {"questionnaire": put(method.questionnaire, form.made(code))},
    )


def question_add(request: Request) -> HttpResponse:
    """Add a question that every candidate answers."""
    method = queries.current()
    form = FormQuestionForm(method, request.POST or None, None)
    code = free_code((each.code for each in method.questionnaire), OWN)
    return _edited(
        request,
        ("form", _("New question of the form"), str(QUESTION_ABOUT)),
        form,
        lambda: {"questionnaire": put(method.questionnaire, form.made(code))},
    )


def letter_edit(request: Request, code: str) -> HttpResponse:
    """Rename a block of the letter, or let it be left out."""
    method = queries.current()
    found = next((each for each in method.letter_blocks if each.code == code), None)
    if found is None:
        raise Http404
    form = LetterBlockForm(method, request.POST or None, found)
    return _edited(
        request,
        ("letter", str(found.title), _("Letters that are written keep their words.")),
        form,
        lambda: {"letter_blocks": put(method.letter_blocks, form.made())},
    )


def probation_edit(request: Request) -> HttpResponse:
    """Set the targets and points of all criteria."""
    method = queries.current()
    form = ProbationForm(method, request.POST or None)
    return _edited(
        request,
        ("probation", _("Targets of the probation"), _("The points add up to 100.")),
        form,
        lambda: {"probation_criteria": form.made()},
    )


def _edited(
    request: Request,
    named: tuple[str, str, str],
    form: NotedForm,
    changes: Callable[[], dict[str, Any]],
) -> HttpResponse:
    part, title, about = named
    back = reverse("methodology:hiring", args=[part])
    crumbs = method_crumbs(Crumb(str(PARTS[part]), back), Crumb(title))
    return edited(
        request,
        Editing(title=title, about=about, form=form, back=back, crumbs=crumbs, changes=changes),
    )


def _rows(method: Methodology, part: str) -> list[Any]:
    match part:
        case "form":
            return [(each, SCORING[each.kind], _judged(each)) for each in method.questionnaire]
        case "probation":
            return [
                Target(one, [target_words(one, name) for name in WEEKS])
                for one in method.probation_criteria
            ]
        case "limits":
            return values(method, "hiring")
        case "letter":
            return list(method.letter_blocks)
        case _:
            return list(method.competencies)


def _judged(question: FormQuestion) -> str:
    """What an answer of several is worth, in words."""
    if not question.marks:
        return ""
    pairs = zip(question.choices, question.marks, strict=True)
    return "; ".join(f"{choice}: {mark:g}" for choice, mark in pairs)
