"""An empty installation opens on its first page; a founded one writes money as its company does."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kamerton.platform.access import queries
from kamerton.platform.formats import money_of

OPEN = ("/welcome/", "/static/", "/i18n/", "/health/")


class FirstVisit:
    """Leads everybody to /welcome/ until the company exists."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.currency = ""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Redirect while there is no company; asked of the database until there is one.

        The currency is chosen when the company is founded and stays.
        """
        if not self.currency:
            found = queries.company()
            self.currency = found.currency if found else ""
        if self.currency or request.path.startswith(OPEN):
            with money_of(self.currency):
                return self.get_response(request)
        return redirect(reverse("account:welcome"))
