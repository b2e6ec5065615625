"""What is done on the card of a candidate, in dialogs: claims, references, consent, erasure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kamerton.domain.hiring import actions, queries
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.errors import BusinessError
from kamerton.web.hiring.candidates.forms import (
    CheckForm,
    ClaimForm,
    MarkForm,
    ReasonForm,
    ReferenceForm,
    TrackForm,
)
from kamerton.web.hiring.candidates.gate import (
    APPROVE,
    RECRUIT,
    card_of,
    dialog,
    posted,
    worked_application,
    worked_candidate,
)
from kamerton.web.ui.answers import go, refuse


@dataclass(frozen=True)
class Doing:
    """A step: its title, its form, what it does; said afterwards, and what is told before."""

    title: Promise
    form: type[forms.Form]
    do: Callable[..., object]
    verb: Promise
    said: Promise | str = ""
    note: Promise | str = ""
    danger: bool = False
    permission: str = RECRUIT


ERASED = gettext_lazy("The person is erased. Stages, days and scores stay as figures.")
OF_CANDIDATE: dict[str, Doing] = {
    "claim": Doing(
        gettext_lazy("A claim to be checked"),
        ClaimForm,
        actions.add_claim,
        gettext_lazy("Write down"),
    ),
    "reference": Doing(
        gettext_lazy("Reference"), ReferenceForm, actions.add_reference, gettext_lazy("Write down")
    ),
    "track": Doing(
        gettext_lazy("Record of our own"),
        TrackForm,
        actions.add_track_record,
        gettext_lazy("Write down"),
    ),
    "withdraw": Doing(
        gettext_lazy("The consent is taken back"),
        ReasonForm,
        actions.withdraw_consent,
        gettext_lazy("Note and erase"),
        ERASED,
        gettext_lazy(
            "The law gives him the right. Name, contacts, CV, answers and notes are deleted at"
            " once and cannot be brought back."
        ),
        danger=True,
    ),
    "erase": Doing(
        gettext_lazy("Erase the person"),
        ReasonForm,
        actions.erase_candidate,
        gettext_lazy("Erase"),
        ERASED,
        gettext_lazy(
            "Name, contacts, CV, answers and notes are deleted at once and cannot be brought back."
        ),
        danger=True,
    ),
}
OF_APPLICATION: dict[str, Doing] = {
    "back": Doing(
        gettext_lazy("Bring back"),
        ReasonForm,
        actions.bring_back,
        gettext_lazy("Bring back"),
        gettext_lazy("He is in the contest again."),
        gettext_lazy(
            "The form knocked him out. Letting him go on is your decision, with a reason."
        ),
        permission=APPROVE,
    ),
    "clear": Doing(
        gettext_lazy("Let go on in spite of the stop list"),
        ReasonForm,
        actions.clear_stop,
        gettext_lazy("Let go on"),
        gettext_lazy("The stop list does not hold him any more. The journal keeps your reason."),
        gettext_lazy("Only the head may do it. The reason stands on the card for all to see."),
        permission=APPROVE,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def of_candidate(request: Request, pk: int, step: str) -> HttpResponse:
    """A step about the person."""
    doing = OF_CANDIDATE.get(step)
    candidate = worked_candidate(request, pk)
    if doing is None:
        raise Http404
    address = reverse("hiring:person", args=[pk])
    here = reverse("hiring:candidate-do", args=[pk, step])
    return _done(request, doing, candidate, here=here, then=address)


@require_http_methods(["GET", "HEAD", "POST"])
def of_application(request: Request, pk: int, step: str) -> HttpResponse:
    """A step about the person in a vacancy."""
    doing = OF_APPLICATION.get(step)
    application = worked_application(request, pk, doing.permission if doing else RECRUIT)
    if doing is None:
        raise Http404
    here = reverse("hiring:application-do", args=[pk, step])
    return _done(request, doing, application, here=here, then=card_of(application))


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request, pk: int, claim: int) -> HttpResponse:
    """What the check of a claim showed."""
    worked_candidate(request, pk)
    found = queries.claim_of(request.user, pk, claim)
    if found is None:
        raise Http404
    doing = Doing(
        gettext_lazy("Check of a claim"),
        CheckForm,
        actions.check_claim,
        gettext_lazy("Write down"),
        note=found.text,
    )
    then = reverse("hiring:person", args=[pk])
    return _done(request, doing, found, here=request.path, then=then)


@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: Request, pk: int, code: str) -> HttpResponse:
    """A mark of an answer in words, the answer before one's eyes."""
    application = worked_application(request, pk)
    sent = queries.form_of(request.user, application)
    answers = queries.answers_of(request.user, sent) if sent and sent.submitted_at else []
    found = next((one for one in answers if one.question.code == code), None)
    if sent is None or found is None:
        raise Http404

    def write(actor: User, subject: Any, *, mark: float) -> object:
        return actions.mark_answer(actor, subject, code=code, mark=mark)

    title = gettext_lazy("Mark of an answer")
    note = f"{found.question.title}\n\n{found.shown}"
    doing = Doing(title, MarkForm, write, gettext_lazy("Give a mark"), note=note)
    return _done(request, doing, sent, here=request.path, then=card_of(application))


def _done(request: Request, doing: Doing, subject: Any, *, here: str, then: str) -> HttpResponse:
    """Ask, then do."""
    form = doing.form(posted(request))
    if form.is_valid():
        try:
            doing.do(request.user, subject, **form.cleaned_data)
        except BusinessError as error:
            refuse(form, error)
        else:
            if doing.said:
                messages.success(request, str(doing.said))
            return go(request, then)
    more = {"submit": doing.verb, "note": doing.note, "danger": doing.danger}
    return dialog(request, form, str(doing.title), here, **more)
