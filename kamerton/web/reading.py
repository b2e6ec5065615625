"""Requests that only read look each thing up once."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kamerton.platform.reading import reading

SAFE = frozenset({"GET", "HEAD"})


class ReadOnce:
    """Opens a reading for requests that change nothing; the others always see what is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a body that is streamed is written after the reading has ended."""
        if request.method not in SAFE:
            return self.get_response(request)
        with reading():
            return self.get_response(request)
