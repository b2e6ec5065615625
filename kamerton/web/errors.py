"""A refusal becomes a sentence with the ways out, for pages and fragments alike."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kamerton.platform.errors import BusinessError


class BusinessErrors:
    """Draws what an action refused; views need no code for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Draw a BusinessError; everything else is Django's."""
        if not isinstance(error, BusinessError):
            return None
        fragment = getattr(request, "htmx", False)
        template = "ui/message.html" if fragment else "ui/refused.html"
        response = render(request, template, {"error": error}, status=error.status)
        if fragment:
            response["HX-Retarget"] = "#messages"
            response["HX-Reswap"] = "beforeend"
        return response
