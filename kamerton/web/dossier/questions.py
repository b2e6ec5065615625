"""One question: read, answered in place, passed over, taken back, its history, its check."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from kamerton.domain.accounts.models import Client
from kamerton.domain.dossier import actions, queries
from kamerton.domain.dossier.actions import AnsweredMeanwhile
from kamerton.domain.dossier.models import DossierAnswer
from kamerton.domain.dossier.queries import DossierRow, DossierSheet
from kamerton.flows import check_assumption as flow
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.dossier.forms import AnswerForm
from kamerton.web.dossier.gate import (
    EDIT,
    client_or_404,
    rights,
    row_or_404,
)
from kamerton.web.dossier.shown import (
    SOURCE_ICONS,
    ShownValue,
    shown_rows,
    shown_value,
    source_choices,
)
from kamerton.web.ui.asked import record_id


@dataclass(frozen=True)
class Past:
    """An answer of the history as it is drawn."""

    answer: DossierAnswer
    value: ShownValue
    icon: str


@require_safe
def question(request: Request, pk: int, code: str) -> HttpResponse:
    """One question as it is read."""
    client = client_or_404(request, pk)
    sheet, row = row_or_404(request, client, code)
    return _drawn(request, sheet, row)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, pk: int, code: str) -> HttpResponse:
    """The form of an answer, in the place of the question; saved, it is the question again."""
    client = client_or_404(request, pk)
    require(request.user, EDIT)
    sheet, row = row_or_404(request, client, code)
    if request.method == "POST":
        return _saved(request, client, sheet, row)
    form = AnswerForm(request.user, client, row.question, answer=row.answer)
    return _form(request, sheet, row, form)


@require_POST
def pass_over(request: Request, pk: int, code: str) -> HttpResponse:
    """Say that the question does not concern the client."""
    client = client_or_404(request, pk)
    reason, seen = request.POST.get("reason", ""), record_id(request.POST.get("seen"))
    flow.pass_over_and_close(request.user, client, code, reason=reason, expected=seen)
    return redrawn(request, client, code)


@require_POST
def withdraw(request: Request, pk: int, code: str) -> HttpResponse:
    """Take the answer back."""
    client = client_or_404(request, pk)
    reason, seen = request.POST.get("reason", ""), record_id(request.POST.get("seen"))
    actions.withdraw_answer(request.user, client, code, reason=reason, expected=seen)
    return redrawn(request, client, code)


@require_POST
def check(request: Request, pk: int, code: str) -> HttpResponse:
    """Plan to find the answer out, or to check it."""
    client = client_or_404(request, pk)
    flow.plan_check(request.user, client, code)
    return redrawn(request, client, code)


@require_safe
def history(request: Request, pk: int, code: str) -> HttpResponse:
    """All answers ever given, under the question."""
    client = client_or_404(request, pk)
    _sheet, row = row_or_404(request, client, code)
    past = [
        Past(one, shown_value(row.question, one), SOURCE_ICONS[one.source])
        for one in queries.history(request.user, client, code)
    ]
    context = {"client": client, "row": row, "past": past}
    return render(request, "dossier/history.html", context)


def _saved(request: Request, client: Client, sheet: DossierSheet, row: DossierRow) -> HttpResponse:
    form = AnswerForm(request.user, client, row.question, request.POST, answer=row.answer)
    theirs: DossierAnswer | None = None
    status = 422
    if form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            flow.answer_and_check(request.user, client, row.code, said=form.said(), expected=seen)
        except AnsweredMeanwhile as stale:
            theirs, status = stale.theirs, stale.status
            form.refuse(stale)
        except BusinessError as refusal:
            form.refuse(refusal)
        else:
            return redrawn(request, client, row.code)
    return _form(request, sheet, row, form, status=status, theirs=theirs)


def redrawn(request: Request, client: Client, code: str) -> HttpResponse:
    """The question drawn anew; what stands around it is told to draw itself."""
    sheet, row = row_or_404(request, client, code)
    response = _drawn(request, sheet, row)
    trigger_client_event(response, "dossier-changed")
    return response


def _drawn(request: Request, sheet: DossierSheet, row: DossierRow) -> HttpResponse:
    may = rights(request.user, sheet.client)
    context = {
        "client": sheet.client,
        "shown": shown_rows(request.user, sheet, [row])[0],
        "may_edit": may.edit,
        "may_attach": may.attach,
    }
    return render(request, "dossier/row.html", context)


def _form(
    request: Request,
    sheet: DossierSheet,
    row: DossierRow,
    form: AnswerForm,
    *,
    status: int = 200,
    theirs: DossierAnswer | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "client": sheet.client,
        "shown": shown_rows(request.user, sheet, [row])[0],
        "form": form,
        "sources": source_choices(sheet.method),
        "theirs": theirs,
        "theirs_value": shown_value(row.question, theirs) if theirs else None,
        "guard": _("Facts about private life, health, family or politics are not asked."),
        "seen": form["seen"].value() or 0,
    }
    return render(request, "dossier/form.html", context, status=status)
