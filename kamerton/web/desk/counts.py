"""The figures beside the navigation."""

from django.http import JsonResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from kamerton.domain.activities import queries as activities
from kamerton.domain.hiring import queries as hiring
from kamerton.platform.access.request import Request


@require_safe
def counts(request: Request) -> JsonResponse:
    """How much waits for the viewer, by the names that the navigation uses (2 queries)."""
    waiting = activities.counts(request.user, on=localdate())
    hot = waiting.late > 0 or waiting.unprepared > 0
    found: dict[str, object] = {"actions": {"n": waiting.today + waiting.late, "hot": hot}}
    if request.user.may("hiring.recruit"):
        found["calls"] = hiring.calls_waiting(request.user)
    return JsonResponse(found)
