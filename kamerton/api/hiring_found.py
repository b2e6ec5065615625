"""Which record of hiring an address names, as far as the caller may see it."""

from django.http import Http404

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import Application, Source, Vacancy
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require

SEE, RECRUIT, APPROVE = "hiring.view", "hiring.recruit", "hiring.approve"
ASSESS, MONEY = "hiring.assess", "hiring.view_budget"


def require_part(viewer: User, *permissions: str) -> None:
    """Refuse who has no part in hiring at all; which rows are seen, queries decide.

    Raises NotAllowed.
    """
    if not any(viewer.may(one) for one in permissions or (SEE, ASSESS)):
        require(viewer, SEE)


def vacancy_or_404(viewer: User, pk: int) -> Vacancy:
    """A vacancy that the caller may see."""
    found = queries.vacancy(viewer, pk)
    if found is None:
        raise Http404
    return found


def application_or_404(viewer: User, pk: int) -> Application:
    """A candidate of a vacancy that the caller may see."""
    found = queries.application(viewer, pk)
    if found is None:
        raise Http404
    return found


def source_or_404(viewer: User, name: str) -> Source | None:
    """The source of that name; None where none is named."""
    if not name:
        return None
    found = queries.sources(viewer).filter(name=name).first()
    if found is None:
        raise Http404
    return found
