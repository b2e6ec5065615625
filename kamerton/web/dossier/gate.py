"""What the pages of a dossier share: finding things, what the viewer may do."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from kamerton.domain.accounts import queries as accounts
from kamerton.domain.accounts.models import Client
from kamerton.domain.dossier import queries
from kamerton.domain.dossier.queries import DossierRow, DossierSheet
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.client_page import shown_client

SEE, EDIT, ATTACH = "dossier.view", "dossier.edit", "dossier.attach"


def client_or_404(request: Request, pk: int) -> Client:
    """Return a client whose dossier the viewer may see; 404 while the tool is off."""
    client = shown_client(request.user, pk)
    require(request.user, SEE)
    if not methodology.current().tools.dossier:
        raise Http404(_("Your company does not work with dossiers."))
    return client


@dataclass(frozen=True)
class Rights:
    """What the viewer may do in a dossier."""

    edit: bool
    attach: bool


def rights(viewer: User, client: Client) -> Rights:
    """Tell what `viewer` may do in the dossier of a client (1 query)."""
    mine = client.is_present and bool(accounts.editable_among(viewer, [client.pk]))
    return Rights(mine and viewer.may(EDIT), mine and viewer.may(ATTACH))


def row_or_404(request: Request, client: Client, code: str) -> tuple[DossierSheet, DossierRow]:
    """Return a question that the client is asked, with the whole it belongs to."""
    groups = queries.groups_of(queries.dossier_of(client))
    found = queries.question_in(groups, code)
    if found is None:
        raise Http404(_("This dossier does not ask that."))
    sheet = queries.dossier_sheet(request.user, client, compute=[found[0].code])
    return sheet, next(row for row in sheet.rows if row.code == code)
