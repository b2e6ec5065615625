"""The figures beside the navigation."""

from django.http import JsonResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from kamerton.domain.activities import queries as activities
from kamerton.platform.access.request import Request


@require_safe
def counts(request: Request) -> JsonResponse:
    """How much waits for the viewer, by the names that the navigation uses (1 query)."""
    waiting = activities.counts(request.user, on=localdate())
    hot = waiting.late > 0 or waiting.unprepared > 0
    return JsonResponse({"actions": {"n": waiting.today + waiting.late, "hot": hot}})
