"""Which vacancy and candidate an address names, as far as the viewer may see them."""

from django.http import Http404

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import Application, Vacancy
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.ui import asked

SEE = "hiring.view"


def seen_vacancy(request: Request, pk: int) -> Vacancy:
    """The vacancy; 404 if the viewer may not see it."""
    found = queries.vacancy(request.user, pk)
    if found is None:
        raise Http404
    return found


def seen_application(request: Request, pk: int) -> Application:
    """A candidate for a vacancy; 404 if the viewer may not see it."""
    found = queries.application(request.user, pk)
    if found is None:
        raise Http404
    return found


def chosen_vacancy(request: Request) -> Vacancy | None:
    """The vacancy that the address asks for, else the newest in work."""
    require(request.user, SEE)
    pk = asked.record_id(request.GET.get("vacancy"))
    if pk is not None:
        return seen_vacancy(request, pk)
    return queries.vacancies(request.user).order_by("-pk").first()
