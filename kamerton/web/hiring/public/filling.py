"""The candidate's form: consent first, then questions that save themselves, then what is next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import CandidateForm, Consent
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.queries import company
from kamerton.platform.errors import BusinessError
from kamerton.web.hiring.public import policy
from kamerton.web.hiring.public.answers import (
    ConsentForm,
    QuestionsForm,
    answered,
    restored,
    typed,
)
from kamerton.web.hiring.public.door import by_link
from kamerton.web.ui.answers import refuse


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@by_link(queries.form_by_token)
def page(request: HttpRequest, token: str, form: CandidateForm) -> HttpResponse:
    """Ask for the consent, then the questions; who has sent the form is told what is next."""
    if form.submitted_at is not None:
        return _shown(request, token, form, "done")
    if not form.is_open or form.application.vacancy.is_over:
        return _shown(request, token, form, "expired", status=410)
    if form.consented_at is None:
        return _consent(request, token, form)
    return _questions(request, token, form)


@require_POST
@sensitive_post_parameters()
@by_link(queries.form_by_token)
def draft(request: HttpRequest, token: str, form: CandidateForm) -> HttpResponse:
    """Keep what is typed so far; a person without scripts is led back to the page."""
    questions = queries.questions_of(form)
    kept = actions.save_draft(token, answers=typed(questions, request.POST))
    if not request.headers.get("HX-Request"):
        return redirect("candidate:form", token)
    return _shown(request, token, kept, "questions", part="#saved", **_progress(kept))


def _consent(request: HttpRequest, token: str, form: CandidateForm) -> HttpResponse:
    """Take the consent; without it nothing is stored, and what was sent beside it is dropped."""
    sentence = _("I agree that %(company)s processes my personal data to choose for this vacancy")
    given = ConsentForm(
        sentence % {"company": company() or ""},
        request.POST if request.method == "POST" else None,
        initial={"policy": policy.VERSION},
    )
    if request.method == "POST" and given.is_valid() and _agreed(token, given):
        return redirect("candidate:form", token)
    more: dict[str, Any] = {
        "form": given,
        "months": methodology.current().hiring.consent_months,
        "count": len(queries.questions_of(form)),
    }
    return _shown(request, token, form, "consent", status=422 if given.errors else 200, **more)


def _agreed(token: str, given: ConsentForm) -> bool:
    """Note the consent; False, with the reason at the box, if there is none."""
    said = given.cleaned_data
    purposes = [one for one in Consent.Purpose.values if said[one]]
    if purposes and said["policy"] != policy.VERSION:
        given.add_error("selection", _("The policy was changed meanwhile: read it once more."))
        return False
    try:
        actions.give_consent(token, policy_version=policy.VERSION, purposes=purposes)
    except actions.NoConsent as error:
        given.add_error("selection", error.message)
        return False
    return True


def _questions(request: HttpRequest, token: str, form: CandidateForm) -> HttpResponse:
    """Ask, and take the answers; what cannot be is told at its question and kept as a draft."""
    questions = queries.questions_of(form)
    sent = request.POST if request.method == "POST" else None
    shown = QuestionsForm(questions, sent, initial=restored(form.draft))
    if request.method == "POST":
        answers = typed(questions, request.POST)
        try:
            actions.submit_form(token, answers=answers)
        except actions.AnswersInvalid as error:
            form = actions.save_draft(token, answers=answers)
            _tell(shown, error)
        else:
            return redirect("candidate:form", token)
    status = 422 if shown.errors else 200
    more = {"form": shown, **_progress(form)}
    return _shown(request, token, form, "questions", status=status, **more)


def _tell(shown: QuestionsForm, error: BusinessError) -> None:
    shown.full_clean()
    refuse(shown, error)


def _progress(form: CandidateForm) -> dict[str, Any]:
    questions = queries.questions_of(form)
    return {"answered": answered(questions, form.draft), "count": len(questions)}


def _shown(
    request: HttpRequest,
    token: str,
    filled: CandidateForm,
    name: str,
    *,
    status: int = 200,
    part: str = "",
    **more: Any,
) -> HttpResponse:
    page = {
        "token": token,
        "filled": filled,
        "vacancy": filled.application.vacancy,
        "company": company(),
        "version": policy.VERSION,
    }
    return render(request, f"hiring/public/{name}.html{part}", page | more, status=status)
