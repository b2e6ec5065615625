"""The third and fourth step of an import: what was found, and what came of it."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kamerton.domain.ledger.models import LedgerImport
from kamerton.flows import order_import
from kamerton.flows.check_outcome import found_in
from kamerton.flows.errors_sheet import has_errors_sheet, write_errors_sheet
from kamerton.platform.access.request import Request
from kamerton.platform.jobs import queries as jobs
from kamerton.web.ledger import sections
from kamerton.web.ledger.gate import seen_import

State = LedgerImport.State
RUNNING = (State.CHECKING, State.IMPORTING)
STEP_OF = {
    State.CHECKING: 2,
    State.CHECKED: 2,
    State.FAILED: 2,
    State.CANCELLED: 2,
    State.IMPORTING: 3,
    State.PUBLISHED: 4,
    State.UNDONE: 4,
}


@require_safe
def report(request: Request, pk: int) -> HttpResponse:
    """Where an import stands: being checked, checked, being imported, in the ledger, not in it."""
    found = seen_import(request.user, pk)
    work = _work(request, found)
    if request.htmx:  # a page that waits asks whether it is to be drawn anew
        return HttpResponse(status=204, headers={} if work["runs"] else {"HX-Refresh": "true"})
    if found.state == State.UPLOADED and request.user.may("ledger.import"):
        return redirect("ledger:mapping", pk)
    outcome = found_in(found)
    context = {
        "found": found,
        "outcome": outcome,
        "crumbs": sections.crumbs(found.name),
        "steps": sections.steps(
            STEP_OF.get(State(found.state), 1), blocked=bool(outcome and not outcome.may_go_in)
        ),
        "may_import": request.user.may("ledger.import"),
        "may_see_clients": request.user.may("accounts.view_client"),
        **work,
    }
    return render(request, "ledger/import.html", context)


def _work(request: Request, found: LedgerImport) -> dict[str, Any]:
    """The job that works on the import, if the viewer may see it, and whether it goes on."""
    if found.state not in RUNNING or not found.job:
        return {"job": None, "runs": False, "stopped": found.state in RUNNING}
    job = order_import.job_of(found)
    runs = job is not None and not job.is_ended
    seen = jobs.jobs(request.user).filter(pk=found.job).exists()
    return {"job": job, "runs": runs, "stopped": not runs, "may_see_job": seen}


@require_POST
def check(request: Request, pk: int) -> HttpResponse:
    """Start the dry run once more."""
    found = seen_import(request.user, pk)
    order_import.order_check(request.user, found)
    return redirect("ledger:report", pk)


@require_POST
def publish(request: Request, pk: int) -> HttpResponse:
    """Start the import of a checked file."""
    found = seen_import(request.user, pk)
    order_import.order_publication(request.user, found)
    return redirect("ledger:report", pk)


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Give an import up; nothing of it goes in."""
    found = seen_import(request.user, pk)
    order_import.stop_import(request.user, found)
    messages.success(request, _("“%(name)s” was not imported.") % {"name": found.name})
    return redirect("ledger:report", pk)


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Take all lines of an import out of the ledger."""
    found = seen_import(request.user, pk)
    order_import.undo_import(request.user, found, reason=request.POST.get("reason", ""))
    messages.success(request, _("“%(name)s” is out of the ledger.") % {"name": found.name})
    return redirect("ledger:report", pk)


@require_safe
def errors(request: Request, pk: int, form: str) -> FileResponse:
    """All errors of a file as a table to put them right by: xlsx or csv."""
    found = seen_import(request.user, pk)
    if form not in ("xlsx", "csv") or not has_errors_sheet(found):
        raise Http404
    sheet = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    write_errors_sheet(found, sheet, form=form)
    sheet.seek(0)
    return FileResponse(
        sheet, as_attachment=True, filename=f"{Path(found.name).stem}-errors.{form}"
    )
