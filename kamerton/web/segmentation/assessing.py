"""Assessing one's influence on a client: seven questions with help, the result as one answers."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kamerton.domain.accounts import queries as accounts
from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content.texts import Question
from kamerton.domain.segmentation import actions, queries
from kamerton.domain.segmentation.models import InfluenceAssessment
from kamerton.domain.segmentation.queries import Candidate
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.segmentation.asked import whole
from kamerton.web.segmentation.mine import KeyForm
from kamerton.web.ui.items import Crumb


@dataclass(frozen=True)
class Asked:
    """A question with the mark and the grounds given so far."""

    question: Question
    mark: int | None
    comment: str

    @property
    def choices(self) -> list[tuple[int, str]]:
        """The marks with their meaning."""
        return [(mark, str(text)) for mark, text in enumerate(self.question.choices)]


def page(request: Request, pk: int) -> HttpResponse:
    """Assess one's influence on a client; below, propose it as one's own key."""
    require(request.user, "segmentation.assess_influence")
    client = _client(request, pk)
    if request.method == "POST":
        _assess(request, client)
        messages.success(request, _("The assessment is kept for half a year."))
        return redirect("segmentation:assess", pk)
    last = queries.assessments(request.user).filter(client=client, manager=request.user).first()
    return _page(request, client, last)


def influence(request: Request, pk: int) -> HttpResponse:
    """The result of the marks chosen so far; nothing is stored."""
    require(request.user, "segmentation.assess_influence")
    client = _client(request, pk)
    marks = {code: mark for code, mark in _marks(request.GET).items() if mark is not None}
    method = methodology.current()
    whole = {question.code: marks.get(question.code, 0) for question in method.influence_questions}
    found = queries.judged(
        whole,
        service_only=_flag(request.GET, "service_only", client.service_only),
        position_external=_flag(request.GET, "position_external", client.position_external),
        method=method,
    )
    context = {
        "found": found,
        "answered": len(marks),
        "asked": len(whole),
        "sentences": queries.gate_sentences(found, method),
        "eligible_from": method.influence.eligible,
    }
    return render(request, "segmentation/influence_result.html", context)


def _page(request: Request, client: Client, last: InfluenceAssessment | None) -> HttpResponse:
    candidate = _candidate(request, client)
    given = queries.given_inputs(candidate.key.inputs) if candidate and candidate.key else None
    context = {
        "client": client,
        "last": last,
        "questions": _questions(last),
        "service_only": last.service_only if last else client.service_only,
        "position_external": last.position_external if last else client.position_external,
        "candidate": candidate,
        "form": KeyForm(initial=vars(given) if given else None),
        "crumbs": [
            Crumb(_("My key clients"), reverse("segmentation:my-keys")),
            Crumb(client.name),
        ],
    }
    return render(request, "segmentation/assess.html", context)


def _assess(request: Request, client: Client) -> None:
    marks = {code: mark for code, mark in _marks(request.POST).items() if mark is not None}
    codes = [question.code for question in methodology.current().influence_questions]
    actions.assess_influence(
        request.user,
        client,
        marks=marks,
        comments={code: request.POST.get(f"{code}_comment", "") for code in codes},
        service_only="service_only" in request.POST,
        position_external="position_external" in request.POST,
    )


def _questions(last: InfluenceAssessment | None) -> list[Asked]:
    marks: dict[str, Any] = last.marks if last else {}
    comments: dict[str, str] = last.comments if last else {}
    return [
        Asked(question, marks.get(question.code), comments.get(question.code, ""))
        for question in methodology.current().influence_questions
    ]


def _marks(data: QueryDict) -> dict[str, int | None]:
    codes = [question.code for question in methodology.current().influence_questions]
    return {code: whole(data.get(code)) for code in codes}


def _flag(data: QueryDict, name: str, otherwise: bool) -> bool:
    return name in data if data else otherwise


def _candidate(request: Request, client: Client) -> Candidate | None:
    found = queries.wizard_candidates(request.user, request.user)
    return next((each for each in found if each.client.pk == client.pk), None)


def _client(request: Request, pk: int) -> Client:
    client = accounts.client(request.user, pk)
    if client is None:
        raise Http404
    return client
