"""Lines that belong to no client: shown, never dropped in silence."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kamerton.domain.ledger import queries
from kamerton.domain.ledger.queries import Unassigned
from kamerton.flows.check_outcome import KINDS
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.web.ledger import sections

ON_A_PAGE = 50
NOTHING = Unassigned(0, 0, 0)
TITLES = dict(KINDS)


class UnassignedLines(Sequence[dict[str, Any]]):
    """Lines without a client as a paginator reads them: only the rows of one page are fetched."""

    def __init__(self, viewer: User, count: int) -> None:
        self.viewer, self._count = viewer, count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, part: Any) -> Any:
        limit = (part.stop or self._count) - (part.start or 0)
        found = queries.unassigned_lines(self.viewer, limit=limit, offset=part.start or 0)
        return [row | {"kind_title": TITLES.get(row["kind"], "")} for row in found.to_pylist()]


@require_safe
def unassigned(request: Request) -> HttpResponse:
    """All lines without a client, newest first."""
    queries.require_ledger_view(request.user)
    span = queries.ledger_span(request.user)
    total = queries.without_client(request.user, span) if span else NOTHING
    lines = UnassignedLines(request.user, total.lines)
    context = {
        "total": total,
        "page": Paginator(lines, ON_A_PAGE).get_page(request.GET.get("page")),
        "tabs": sections.tabs("ledger:unassigned"),
        "empty": span is None,
    }
    return render(request, "ledger/unassigned.html", context)
