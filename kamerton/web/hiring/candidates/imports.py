"""Files of people for a vacancy: sent or pasted, columns said, checked, imported, undone."""

import io
import tempfile
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import CandidateImport, Source
from kamerton.flows import import_candidates as flow
from kamerton.flows import order_candidates as order
from kamerton.flows.candidate_table import FIELDS
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError, NotAllowed
from kamerton.platform.jobs import queries as jobs
from kamerton.web.hiring.candidates.gate import RECRUIT, where
from kamerton.web.hiring.gate import seen_vacancy
from kamerton.web.ui import asked
from kamerton.web.ui.answers import go
from kamerton.web.ui.items import Crumb

TYPES = ".xlsx,.xls,.ods,.csv,.txt,.tsv"
PASTED = 2_000_000  # letters
SENT_BEFORE = 8


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request, pk: int) -> HttpResponse:
    """Send a file or paste a table; below, what was sent before."""
    require(request.user, RECRUIT)
    vacancy = seen_vacancy(request, pk)
    context: dict[str, Any] = {"vacancy": vacancy, "types": TYPES, "refusal": None}
    if request.method == "POST":
        try:
            found = _received(request, pk)
        except NotAllowed:
            raise
        except BusinessError as refusal:
            context |= {"refusal": refusal, "pasted": request.POST.get("text", "")[:PASTED]}
        else:
            return go(request, reverse("hiring:import-report", args=[found.pk]))
    sent = queries.candidate_imports(request.user).filter(vacancy=vacancy)
    context |= {
        "sources": queries.known_sources(request.user),
        "sent": list(sent[:SENT_BEFORE]),
        "crumbs": [
            Crumb(_("Vacancies"), where("hiring:vacancies")),
            Crumb(vacancy.title, where("hiring:vacancy", pk)),
            Crumb(_("Import of candidates")),
        ],
    }
    template = "hiring/candidates/import_start.html"
    status = context["refusal"].status if context["refusal"] else 200
    return render(request, f"{template}#form" if request.htmx else template, context, status=status)


@require_safe
def report(request: Request, pk: int) -> HttpResponse:
    """Where a file stands: being checked, checked, being imported, in, undone."""
    found = _found(request, pk)
    running = order.running_job(found)
    if request.htmx:  # a page that waits asks whether it is to be drawn anew
        return HttpResponse(status=204, headers={} if running else {"HX-Refresh": "true"})
    seen = running is not None and jobs.jobs(request.user).filter(pk=running.pk).exists()
    outcome = flow.outcome_of(found)
    working = found.state in (CandidateImport.State.CHECKING, CandidateImport.State.IMPORTING)
    context = {
        "found": found,
        "vacancy": found.vacancy,
        "outcome": outcome,
        "columns": _columns(outcome) if outcome else [],
        "fields": FIELDS.items(),
        "job": running,
        "may_see_job": seen,
        "stopped": running is None and working,
        "has_errors": flow.has_errors_sheet(found),
        "crumbs": [
            Crumb(found.vacancy.title, where("hiring:board", found.vacancy_id)),
            Crumb(_("Import of candidates"), where("hiring:import", found.vacancy_id)),
            Crumb(found.name),
        ],
    }
    return render(request, "hiring/candidates/import.html", context)


@require_POST
def columns(request: Request, pk: int) -> HttpResponse:
    """Say which column is what, and check the file anew."""
    found = _found(request, pk)
    given = ((at, request.POST.get(f"column-{at}", "")) for at in range(60))
    places = {name: at for at, name in reversed(list(given)) if name in FIELDS}
    head = min(asked.whole(request.POST.get("head"), 3) or 0, 100)
    checked = flow.choose_columns(request.user, found, places=places, head=head)
    order.order_check(request.user, checked)
    return redirect("hiring:import-report", pk)


@require_POST
def run(request: Request, pk: int) -> HttpResponse:
    """Bring a checked file in; a check that was stopped begins anew."""
    found = _found(request, pk)
    if found.state == CandidateImport.State.CHECKING:
        order.order_check(request.user, found)
    else:
        order.order_import(request.user, found)
    return redirect("hiring:import-report", pk)


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Give a file up."""
    found = _found(request, pk)
    order.stop_import(request.user, found)
    messages.success(request, _("“%(name)s” was not imported.") % {"name": found.name})
    return redirect("hiring:import", found.vacancy_id)


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Take out again whom a file brought and nobody has touched since."""
    found = _found(request, pk)
    actions.undo_import(request.user, found, reason=request.POST.get("reason", ""))
    messages.success(request, _("“%(name)s” is taken out again.") % {"name": found.name})
    return redirect("hiring:import-report", pk)


@require_safe
def errors(request: Request, pk: int) -> FileResponse:
    """The unreadable lines as a table."""
    found = _found(request, pk)
    if not flow.has_errors_sheet(found):
        raise Http404
    sheet = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    flow.write_errors_sheet(found, sheet)
    sheet.seek(0)
    return FileResponse(sheet, as_attachment=True, filename=f"candidates-{pk}-errors.xlsx")


def _received(request: Request, pk: int) -> CandidateImport:
    """Keep what was sent, or what was pasted, and have it checked."""
    vacancy = seen_vacancy(request, pk)
    sent, text = request.FILES.get("file"), request.POST.get("text", "").strip()
    if sent is None and not text:
        raise BusinessError(_("Choose a file, or paste the table."))
    if len(text) > PASTED:
        raise BusinessError(_("That is too much to paste: save it as a file."))
    upload: Any = sent or io.BytesIO(text.encode())
    name = (sent.name if sent else None) or _("pasted")
    source = _source(request)
    found = flow.receive_candidates(request.user, vacancy, upload, name=name, source=source)
    order.order_check(request.user, found)
    return found


def _source(request: Request) -> Source | None:
    pk = asked.record_id(request.POST.get("source"))
    return queries.known_sources(request.user).filter(pk=pk).first() if pk else None


def _columns(outcome: flow.Outcome) -> list[tuple[int, str, str]]:
    """Each column: its place, its title, what it is taken for."""
    taken = {at: name for name, at in outcome.columns.places.items()}
    return [(at, title, taken.get(at, "")) for at, title in enumerate(outcome.titles)]


def _found(request: Request, pk: int) -> CandidateImport:
    require(request.user, RECRUIT)
    found = queries.candidate_imports(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such import."))
    return found
