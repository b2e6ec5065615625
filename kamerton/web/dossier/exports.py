"""A dossier as a ZIP to take along."""

import tempfile

from django.http import FileResponse
from django.views.decorators.http import require_safe

from kamerton.flows.export_dossier import export_dossier
from kamerton.platform.access.request import Request
from kamerton.web.dossier.gate import client_or_404


@require_safe
def export(request: Request, pk: int) -> FileResponse:
    """A workbook at the root, folders named by the groups."""
    client = client_or_404(request, pk)
    made = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    name = export_dossier(request.user, client, made)
    made.seek(0)
    return FileResponse(made, as_attachment=True, filename=name, content_type="application/zip")
