"""A candidate takes the consent back, and reads what it was given to."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from kamerton.domain.hiring import actions, queries
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.queries import company
from kamerton.web.hiring.public import policy
from kamerton.web.hiring.public.door import Linked, by_link, speak


@require_http_methods(["GET", "POST"])
@by_link(queries.form_by_token, queries.invitation_by_token)
def withdraw(request: HttpRequest, token: str, found: Linked) -> HttpResponse:
    """Ask once, then erase the person; there is no way back."""
    if request.method == "POST":
        actions.take_consent_back(token)
        return render(request, "hiring/public/erased.html", {"company": company()})
    page = {"vacancy": found.application.vacancy, "company": company()}
    return render(request, "hiring/public/withdraw.html", page)


@login_not_required
@require_safe
def read_policy(request: HttpRequest) -> HttpResponse:
    """The policy on personal data; `?version=` shows an earlier wording, `?language=` chooses."""
    speak(request, request.GET.get("language", ""))
    asked = request.GET.get("version", "")
    version = asked if asked in policy.WORDINGS else policy.VERSION
    months = methodology.current().hiring.consent_months
    here = company()
    parts = policy.wording(version, company=str(here or ""), months=months)
    page = {"version": version, "parts": parts, "company": here}
    page |= {"contact": settings.POLICY_CONTACT}
    return render(request, "hiring/public/policy.html", page)
