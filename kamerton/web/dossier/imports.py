"""Files of answers: sent, checked, imported, undone; a page that says where each stands."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kamerton.domain.dossier import actions, queries
from kamerton.domain.dossier.models import DossierImport
from kamerton.domain.methodology import queries as methodology
from kamerton.flows import import_dossiers as flow
from kamerton.flows import order_dossiers as order
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError, NotAllowed
from kamerton.platform.jobs import queries as jobs
from kamerton.web.dossier.gate import EDIT
from kamerton.web.ui.items import Crumb

ON_A_PAGE = 50
TYPES = ".xlsx,.xls,.ods,.csv"


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: Request) -> HttpResponse:
    """Send a file; below, the files sent before."""
    require(request.user, EDIT)
    if not methodology.current().tools.dossier:
        raise Http404(_("Your company does not work with dossiers."))
    if request.method == "POST":
        return _received(request)
    return _page(request)


@require_safe
def report(request: Request, pk: int) -> HttpResponse:
    """Where a file stands: being checked, checked, being imported, in, undone."""
    found = _found(request, pk)
    running = order.running_job(found)
    if request.htmx:  # a page that waits asks whether it is to be drawn anew
        return HttpResponse(status=204, headers={} if running else {"HX-Refresh": "true"})
    seen = running is not None and jobs.jobs(request.user).filter(pk=running.pk).exists()
    context = {
        "found": found,
        "outcome": flow.outcome_of(found),
        "job": running,
        "may_see_job": seen,
        "stopped": running is None and found.state in ("checking", "importing"),
        "mine": found.started_by_id == request.user.pk,
        "has_errors": flow.has_errors_sheet(found),
        "crumbs": [Crumb(_("Import of dossiers"), reverse("dossier:imports")), Crumb(found.name)],
    }
    return render(request, "dossier/import.html", context)


@require_POST
def run(request: Request, pk: int) -> HttpResponse:
    """Bring a checked file in; a check that was stopped begins anew."""
    found = _found(request, pk)
    if found.state == DossierImport.State.CHECKING:
        order.order_check(request.user, found)
    else:
        order.order_import(request.user, found)
    return redirect("dossier:import", pk)


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Give a file up."""
    found = _found(request, pk)
    order.stop_import(request.user, found)
    messages.success(request, _("“%(name)s” was not imported.") % {"name": found.name})
    return redirect("dossier:import", pk)


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Take all that a file brought out again."""
    found = _found(request, pk)
    actions.undo_import(request.user, found, reason=request.POST.get("reason", ""))
    messages.success(request, _("“%(name)s” is out of the dossiers.") % {"name": found.name})
    return redirect("dossier:import", pk)


@require_safe
def errors(request: Request, pk: int) -> FileResponse:
    """The errors of a file as a table to put them right by."""
    found = _found(request, pk)
    if not flow.has_errors_sheet(found):
        raise Http404
    sheet = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    flow.write_errors_sheet(found, sheet)
    sheet.seek(0)
    name = f"{Path(found.name).stem}-errors.xlsx"
    return FileResponse(sheet, as_attachment=True, filename=name)


def _received(request: Request) -> HttpResponse:
    sent = request.FILES.get("file")
    if sent is None:
        return _page(request, BusinessError(_("Choose a file first.")))
    try:
        found = flow.receive_dossiers(request.user, sent, name=sent.name or _("file"))
    except NotAllowed:
        raise
    except BusinessError as refusal:
        return _page(request, refusal)
    order.order_check(request.user, found)
    address = reverse("dossier:import", args=[found.pk])
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)


def _page(request: Request, refusal: BusinessError | None = None) -> HttpResponse:
    sent = queries.dossier_imports(request.user)
    context: dict[str, Any] = {
        "page": Paginator(sent, ON_A_PAGE).get_page(request.GET.get("page")),
        "refusal": refusal,
        "types": TYPES,
    }
    template = "dossier/imports.html#form" if request.htmx else "dossier/imports.html"
    return render(request, template, context, status=refusal.status if refusal else 200)


def _found(request: Request, pk: int) -> DossierImport:
    found = queries.dossier_imports(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such import."))
    return found
