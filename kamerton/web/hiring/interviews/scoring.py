"""The assessor's own scorecard, blind until it is handed in; who assesses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.actions import GivenMark
from kamerton.domain.hiring.models import Application, Scorecard
from kamerton.domain.hiring.queries import ScoreLine
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError, NotAllowed
from kamerton.web.hiring.gate import seen_application
from kamerton.web.hiring.interviews.gate import ASSESS, RECRUIT, SEE
from kamerton.web.hiring.interviews.rows import clock
from kamerton.web.ui import asked
from kamerton.web.ui.answers import go, refuse
from kamerton.web.ui.items import Crumb

WORDS = 2000
SCALE = (1, 2, 3, 4, 5)
ANCHORED = (1, 3, 5)  # the marks that have words


@dataclass(frozen=True)
class Field:
    """A line of the scorecard with what was given."""

    line: ScoreLine
    mark: int | None
    evidence: str
    error: str = ""

    @property
    def anchors(self) -> list[tuple[int, str]]:
        """The marks that have words, with them."""
        return [(n, str(text)) for n, text in zip(ANCHORED, self.line.anchors, strict=False)]


class AssessorsForm(forms.Form):
    """Who marks a candidate."""

    assessors: "forms.ModelMultipleChoiceField[User]" = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Assessors"), queryset=None, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, viewer: User, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        choices: Any = self.fields["assessors"]
        choices.queryset = queries.people_who_assess(viewer)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, pk: int) -> HttpResponse:
    """The viewer's own marks: a form until handed in, then what he gave."""
    require(request.user, ASSESS)
    application = seen_application(request, pk)
    card = queries.scorecards(request.user, application).filter(assessor=request.user).first()
    if request.method != "POST":
        return _shown(request, application, card)
    marks, bare = _given(request.POST, queries.score_lines(request.user, application.vacancy))
    drafting = request.POST.get("do") == "draft"
    try:
        if bare and not drafting:
            raise actions.MarksMissing(_("Something is written where no mark is given."))
        actions.save_marks(
            request.user,
            application,
            marks=marks,
            conclusion=request.POST.get("conclusion", "")[:WORDS],
        )
        if request.POST.get("do") == "submit":
            actions.submit_scorecard(request.user, application)
    except NotAllowed:
        raise
    except BusinessError as error:
        return _shown(request, application, card, error=error)
    return _saved(request, application, drafting=drafting)


@require_http_methods(["GET", "HEAD", "POST"])
def assessors(request: Request, pk: int) -> HttpResponse:
    """Name who marks a candidate, two at least."""
    require(request.user, RECRUIT)
    application = seen_application(request, pk)
    there = queries.assessors(request.user, application)
    data = request.POST if request.method == "POST" else None
    form = AssessorsForm(request.user, data, initial={"assessors": [p.pk for p, _r in there]})
    if form.is_valid():
        people = list(form.cleaned_data["assessors"])
        try:
            actions.assign_assessors(request.user, application, assessors=people)
        except BusinessError as error:
            refuse(form, error, "assessors")
        else:
            messages.success(request, _("Assessors are named."))
            return go(request, asked.back_to(request, _calibration(application)))
    context = {
        "application": application,
        "form": form,
        "begun": [person for person, ready in there if ready],
        "least": methodology.current().hiring.assessors,
        "crumbs": crumbs(request, application, _("Assessors")),
        "back": asked.back_to(request, _calibration(application)),
    }
    status = 422 if form.errors else 200
    return render(request, "hiring/interviews/assessors.html", context, status=status)


def crumbs(request: Request, application: Application, title: str) -> list[Crumb]:
    """Where a page of one candidate stands."""
    found = [Crumb(_("Interviews"), reverse("hiring:interviews"))]
    name = application.candidate.full_name or _("Erased")
    href = _candidate(application) if request.user.may(SEE) else ""
    return [*found, Crumb(name, href), Crumb(title)]


def _candidate(application: Application) -> str:
    return reverse("hiring:calibration", args=[application.pk])


def _calibration(application: Application) -> str:
    return reverse("hiring:calibration", args=[application.pk])


def _given(
    data: Mapping[str, str], lines: list[ScoreLine]
) -> tuple[dict[str, GivenMark], list[str]]:
    """Return the marks given and the lines that have words but no mark."""
    marks, bare = {}, []
    for line in lines:
        mark = asked.whole(data.get(f"mark_{line.code}"), 1)
        words = data.get(f"evidence_{line.code}", "")[:WORDS]
        if mark:
            marks[line.code] = GivenMark(mark, words)
        elif words.strip():
            bare.append(line.code)
    return marks, bare


def _shown(
    request: Request,
    application: Application,
    card: Scorecard | None,
    *,
    error: BusinessError | None = None,
) -> HttpResponse:
    lines = queries.score_lines(request.user, application.vacancy)
    there = queries.assessors(request.user, application)
    typed = request.POST if request.method == "POST" else None
    fields = _fields(lines, card, typed)
    context = {
        "application": application,
        "card": card,
        "fields": fields,
        "scale": SCALE,
        "given": sum(field.mark is not None for field in fields),
        "conclusion": typed.get("conclusion", "") if typed else card.conclusion if card else "",
        "others": [(person, ready) for person, ready in there if person.pk != request.user.pk],
        "error": error,
        "crumbs": crumbs(request, application, _("Scorecard")),
        "may_compare": bool(there) and all(ready for _person, ready in there) and len(there) > 1,
        "may_recruit": request.user.may(RECRUIT),
    }
    status = 422 if error else 200
    return render(request, "hiring/interviews/scorecard.html", context, status=status)


def _fields(
    lines: list[ScoreLine], card: Scorecard | None, typed: Mapping[str, str] | None
) -> list[Field]:
    kept = {mark.code: mark for mark in card.marks.all()} if card else {}
    found = []
    for line in lines:
        mark = kept.get(line.code)
        value, words = (mark.mark, mark.evidence) if mark else (None, "")
        if typed is not None:
            value = asked.whole(typed.get(f"mark_{line.code}"), 1)
            words = typed.get(f"evidence_{line.code}", "")
        bare = bool(typed is not None and words.strip() and not value)
        found.append(Field(line, value, words, _("Give the mark too.") if bare else ""))
    return found


def _saved(request: Request, application: Application, *, drafting: bool) -> HttpResponse:
    if drafting:
        at = clock(timezone.now())
        return render(request, "hiring/interviews/saved.html", {"at": at})
    if request.POST.get("do") == "submit":
        messages.success(request, _("Your marks are handed in: they are compared now."))
        return go(request, _calibration(application))
    messages.success(request, _("The draft is saved: nobody sees it but you."))
    return go(request, reverse("hiring:scorecard", args=[application.pk]))
