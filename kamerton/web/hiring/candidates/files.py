"""CVs: attached after a look at what they are, given out to be saved and not run."""

from pathlib import PurePosixPath

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kamerton.domain.hiring import actions
from kamerton.platform.access.request import Request
from kamerton.platform.errors import BusinessError
from kamerton.platform.files.store import kept_path
from kamerton.web.hiring.candidates.gate import require_part, worked_candidate
from kamerton.web.ui.answers import go
from kamerton.web.ui.asked import back_to

TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}
UNKNOWN = "application/octet-stream"


@require_POST
def attach(request: Request, pk: int) -> HttpResponse:
    """Attach a file to a person."""
    candidate = worked_candidate(request, pk)
    sent = request.FILES.get("file")
    if sent is None:
        raise BusinessError(_("Choose a file first."))
    made = actions.add_file(request.user, candidate, upload=sent, name=sent.name or "")
    messages.success(request, _("“%(name)s” is attached.") % {"name": made.name})
    return go(request, back_to(request, reverse("hiring:person", args=[pk])))


@require_safe
def download(request: Request, pk: int, file: int) -> FileResponse:
    """A file of a person, the look into it logged; its kind is what its content said."""
    require_part(request)
    candidate = actions.view_candidate(request.user, pk)
    kept = candidate.files.all() if candidate else []
    found = next((one for one in kept if one.pk == file), None)
    if found is None:
        raise Http404(_("There is no such file."))
    try:
        content = kept_path(found.path).open("rb")
    except FileNotFoundError as gone:
        raise Http404(_("There is no such file.")) from gone
    kind = TYPES.get(PurePosixPath(found.path).suffix, UNKNOWN)
    response = FileResponse(content, as_attachment=True, filename=found.name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
