"""The door of a candidate's pages: his link instead of a sign-in, few tries, nothing kept."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache

from kamerton.domain.hiring.models import CandidateForm, Invitation
from kamerton.platform.access.queries import company
from kamerton.platform.errors import BusinessError

Linked = CandidateForm | Invitation
Finder = Callable[[str], Linked | None]
Answer = Callable[Concatenate[HttpRequest, str, Any, ...], HttpResponse]
Page = Callable[..., HttpResponse]
RETRY_AFTER = "60"
# The link itself must not leave this site. "no-referrer" would do it too, but then browsers send
# `Origin: null` with a form, which the guard against forged forms refuses.
HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def by_link(*finders: Finder) -> Callable[[Answer], Page]:
    """Let a view be opened by a personal link; it is given the secret and what the link names."""

    def door(view: Answer) -> Page:
        @login_not_required
        @never_cache
        @wraps(view)
        def opened(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            response = _answer(request, token, lambda found: view(request, token, found, **kwargs))
            for name, value in HEADERS.items():
                response[name] = value
            return response

        def _answer(
            request: HttpRequest, token: str, ask: Callable[[Linked], HttpResponse]
        ) -> HttpResponse:
            if _too_often(request, "candidate_writes"):
                return slow(request)
            found = next((one for find in finders if (one := find(token))), None)
            if found is None or found.application.candidate.is_erased:
                if _too_often(request, "candidate_unknown", reading=True):
                    return slow(request)
                page = {"company": company()}
                return render(request, "hiring/public/unknown.html", page, status=404)
            speak(request, found.application.vacancy.language)
            return _told(request, ask, found)

        return opened

    return door


def speak(request: HttpRequest, language: str) -> None:
    """Draw the page in the vacancy's language, unless another one was chosen."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and language in dict(
        settings.LANGUAGES
    ):
        translation.activate(language)
        request.LANGUAGE_CODE = language


def slow(request: HttpRequest) -> HttpResponse:
    """Ask for patience."""
    response = render(request, "hiring/public/slow.html", {"company": company()}, status=429)
    response["Retry-After"] = RETRY_AFTER
    return response


def _told(
    request: HttpRequest, ask: Callable[[Linked], HttpResponse], found: Linked
) -> HttpResponse:
    """The answer; a refusal in the frame that has no way into the company."""
    try:
        return ask(found)
    except BusinessError as error:
        if request.headers.get("HX-Request"):
            raise
        page = {"error": error, "company": company()}
        return render(request, "hiring/public/refused.html", page, status=error.status)


def _too_often(request: HttpRequest, action: str, *, reading: bool = False) -> bool:
    """Whether this address asks more than its share, as at the sign-in."""
    used = ratelimit.consume(request, app="allauth.account", action=action, limit_get=reading)
    return used is None
