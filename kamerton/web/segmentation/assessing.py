"""Assessing one's influence on a client: seven questions with help, the result as one answers."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kamerton.domain.accounts import queries as accounts
from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content.texts import Question
from kamerton.domain.segmentation import actions, queries
from kamerton.domain.segmentation.models import InfluenceAssessment
from kamerton.domain.segmentation.queries import Candidate, KeyInputs
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.segmentation import taking
from kamerton.web.segmentation.taking import KeyForm
from kamerton.web.ui.asked import whole
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
    return _page(request, client)


@require_POST
def propose(request: Request, pk: int) -> HttpResponse:
    """Put a client into one's own list, or judge it anew if it is there.

    What is entered is kept when the list is full: a place is made on another page.
    """
    client = _client(request, pk)
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _page(request, client, form, status=422)
    try:
        said = _take(request, client, KeyInputs(**form.cleaned_data))
    except BusinessError:
        taking.keep(request, client)
        raise
    taking.forget(request)
    messages.success(request, said % {"client": client})
    return redirect("segmentation:my-keys")


def _take(request: Request, client: Client, inputs: KeyInputs) -> str:
    known = queries.manager_keys(request.user, request.user).filter(client=client).first()
    if known:
        actions.rescore_manager_key(request.user, known, inputs=inputs)
        return _("“%(client)s” is judged anew.")
    key = actions.propose_manager_key(request.user, client, inputs=inputs)
    actions.submit_manager_key(request.user, key)
    return _("“%(client)s” is in your list and waits for the head.")


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


def _page(
    request: Request, client: Client, form: KeyForm | None = None, *, status: int = 200
) -> HttpResponse:
    candidate = _candidate(request, client)
    last = queries.assessments(request.user).filter(client=client, manager=request.user).first()
    context = {
        "client": client,
        "last": last,
        "questions": _questions(last),
        "service_only": last.service_only if last else client.service_only,
        "position_external": last.position_external if last else client.position_external,
        "candidate": candidate,
        "form": _form(request, client, candidate) if form is None else form,
        "crumbs": [
            Crumb(_("My key clients"), reverse("segmentation:my-keys")),
            Crumb(client.name),
        ],
    }
    return render(request, "segmentation/assess.html", context, status=status)


def _form(request: Request, client: Client, candidate: Candidate | None) -> KeyForm:
    """What was entered before a refusal, else what the list holds, else nothing."""
    draft = taking.kept(request)
    if draft and draft.client == client:
        return KeyForm(initial=draft.given)
    given = queries.given_inputs(candidate.key.inputs) if candidate and candidate.key else None
    return KeyForm(initial=vars(given) if given else None)


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
