"""The form and the vacancy letter go to a candidate; the personal link is shown once, to copy."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.actions.letters import TOKEN
from kamerton.domain.hiring.models import Application
from kamerton.platform.access.request import Request
from kamerton.platform.errors import BusinessError
from kamerton.web.hiring.candidates.gate import card_of, worked_application
from kamerton.web.hiring.candidates.words import Stage
from kamerton.web.ui.answers import go

HERE = "hiring/candidates/send.html"


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: Request, pk: int, what: str) -> HttpResponse:
    """Look at the letter, then send it; or make a link to send oneself."""
    if what not in ("letter", "form"):
        raise Http404
    application = worked_application(request, pk)
    if request.method != "POST":
        return _drawn(request, application, what)
    try:
        return _letter(request, application) if what == "letter" else _link(request, application)
    except BusinessError as error:
        if error.status == 403:
            raise
        return _drawn(request, application, what, error)


def personal_link(request: Request, token: str) -> str:
    """The address that a candidate opens."""
    path = reverse("candidate:form", args=["-token-"])
    return request.build_absolute_uri(path).replace("-token-", token)


def _letter(request: Request, application: Application) -> HttpResponse:
    made = actions.send_letter(request.user, application, link=personal_link(request, TOKEN))
    if made.error:
        text = _("The letter could not be sent: %(error)s") % {"error": made.error}
        messages.error(request, text)
    else:
        messages.success(request, _("The letter with the link to the form is sent."))
    return go(request, card_of(application))


def _link(request: Request, application: Application) -> HttpResponse:
    form, token = actions.send_form(request.user, application)
    context = {
        "application": application,
        "link": personal_link(request, token),
        "until": form.expires_at,
        "card": card_of(application),
    }
    return render(request, "hiring/candidates/link.html", context)


def _drawn(
    request: Request, application: Application, what: str, error: BusinessError | None = None
) -> HttpResponse:
    renewed = application.stage == Stage.FORM_SENT
    context = {
        "application": application,
        "what": what,
        "error": error,
        "renewed": renewed,
        "letter": queries.rendered_letter(request.user, application.vacancy)
        if what == "letter"
        else None,
    }
    return render(request, HERE, context, status=error.status if error else 200)
