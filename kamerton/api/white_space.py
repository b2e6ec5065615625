"""White space: what a client buys of each category from us, from others, or not at all."""

from typing import Any

from django.http import Http404
from ninja import Path, Router, Status

from kamerton.api import white_space_bodies as bodies
from kamerton.api.fields import Pk
from kamerton.api.found import client_or_404
from kamerton.api.problems import PROBLEMS
from kamerton.domain.accounts.models import Client
from kamerton.domain.segmentation import actions, queries
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require

white_space = Router(tags=["white space"])
Id = Path[Pk]


@white_space.get(
    "/{pk}/white-space",
    response={200: bodies.WhiteSpaceOut, **PROBLEMS},
    summary="White space of a client",
)
def get_white_space(request: Request, pk: Id) -> dict[str, Any]:
    """Read who covers the client's need in each category."""
    client = _client(request.user, pk)
    return bodies.white_space_out(queries.white_space(request.user, [client.pk]))


@white_space.post(
    "/{pk}/white-space", response={201: bodies.WhiteCellOut, **PROBLEMS}, summary="Mark a category"
)
def mark_white_space(request: Request, pk: Id, body: bodies.MarkIn) -> Status[dict[str, Any]]:
    """Say who covers the client's need in a category; earlier marks are kept."""
    client = _client(request.user, pk)
    cells = queries.white_space(request.user, [client.pk]).cells
    cell = next((each for each in cells if each.category.pk == body.category_id), None)
    if cell is None:
        raise Http404
    actions.mark_category(request.user, client, cell.category, known=body.known(), seen=body.seen)
    now = queries.white_cell(request.user, client, cell.category)
    if now is None:
        raise Http404
    return Status(201, bodies.cell_out(now))


def _client(viewer: User, pk: int) -> Client:
    require(viewer, "segmentation.view_key")
    return client_or_404(viewer, pk)
