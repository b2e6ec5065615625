"""Who may look at vacancies, and which one an address names."""

from django.http import Http404
from django.utils.translation import gettext as _

from kamerton.domain.hiring.models import Vacancy
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import NotAllowed
from kamerton.web.hiring.gate import SEE, seen_vacancy

RECRUIT, APPROVE, BUDGET = "hiring.recruit", "hiring.approve", "hiring.view_budget"


def paid_vacancy(request: Request, pk: int) -> Vacancy:
    """A vacancy for who hires, who pays, and who is named in it."""
    may = request.user.may
    if not (may(SEE) or may(BUDGET) or may("hiring.assess")):
        raise NotAllowed(_("Vacancies are shown to those who hire, and to those named in them."))
    return seen_vacancy(request, pk)


def hiring_vacancy(request: Request, pk: int, permission: str = SEE) -> Vacancy:
    """A vacancy for who hires; 404 if there is none."""
    require(request.user, permission)
    return seen_vacancy(request, pk)


def worked_vacancy(request: Request, pk: int) -> Vacancy:
    """A vacancy that the viewer may change; 404 once it is over."""
    found = hiring_vacancy(request, pk, RECRUIT)
    if found.is_over:
        raise Http404
    return found
