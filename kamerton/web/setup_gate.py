"""An empty installation opens on its first page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kamerton.platform.access import queries

OPEN = ("/welcome/", "/static/", "/i18n/", "/health/")


class FirstVisit:
    """Leads everybody to /welcome/ until the company exists."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.done = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Redirect while there is no company; asked of the database until there is one."""
        self.done = self.done or queries.company() is not None
        if self.done or request.path.startswith(OPEN):
            return self.get_response(request)
        return redirect(reverse("account:welcome"))
