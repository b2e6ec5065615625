"""Files, insights, the client's own questions, packs of questions, the version of the method."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from kamerton.domain.dossier import actions, queries
from kamerton.domain.dossier.models import AnswerFile
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError, NotAllowed
from kamerton.platform.files.store import kept_path
from kamerton.web.dossier.forms import InsightForm, OwnQuestionForm
from kamerton.web.dossier.gate import EDIT, client_or_404
from kamerton.web.dossier.questions import redrawn

TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
UNKNOWN = "application/octet-stream"


@require_POST
def attach(request: Request, pk: int, code: str) -> HttpResponse:
    """Attach a file to a question; the question is drawn anew."""
    client = client_or_404(request, pk)
    found = queries.question_in(queries.groups_of(queries.dossier_of(client)), code)
    if found is None:
        raise Http404
    sent = request.FILES.get("file")
    if sent is None:
        raise BusinessError(_("Choose a file first."))
    place = {"group": found[0].code, "question": code}
    actions.attach_file(request.user, client, sent, name=sent.name or "", **place)
    return redrawn(request, client, code)


@require_safe
def file(request: Request, pk: int, file_pk: int) -> FileResponse:
    """A file of the dossier, to be saved and not run: its kind is what its content says."""
    client = client_or_404(request, pk)
    found = queries.file(request.user, client, file_pk)
    if found is None:
        raise Http404(_("There is no such file."))
    response = FileResponse(
        _content(found),
        as_attachment=True,
        filename=found.name,
        content_type=TYPES.get(found.kind, UNKNOWN),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def remove_file(request: Request, pk: int, file_pk: int) -> HttpResponse:
    """Take a file out; the question is drawn anew."""
    client = client_or_404(request, pk)
    found = queries.file(request.user, client, file_pk)
    if found is None:
        raise Http404(_("There is no such file."))
    actions.remove_file(request.user, client, found)
    return redrawn(request, client, found.question)


@require_http_methods(["GET", "HEAD", "POST"])
def insight(request: Request, pk: int) -> HttpResponse:
    """Write down an insight, in a dialog."""
    client = client_or_404(request, pk)
    require(request.user, EDIT)
    sheet = queries.dossier_sheet(request.user, client)
    form = InsightForm(sheet, request.POST or None)
    if form.is_valid():
        try:
            actions.add_insight(request.user, client, **form.cleaned_data)
        except BusinessError as refusal:
            _refuse(form, refusal)
        else:
            return _done()
    return _dialog(request, "dossier/insight_dialog.html", {"client": client, "form": form})


@require_POST
def archive_insight(request: Request, pk: int, insight_pk: int) -> HttpResponse:
    """Take an insight out."""
    client = client_or_404(request, pk)
    found = queries.insight(request.user, client, insight_pk)
    if found is None:
        raise Http404(_("There is no such insight."))
    actions.archive_insight(request.user, client, found)
    return _done()


@require_http_methods(["GET", "HEAD", "POST"])
def own_question(request: Request, pk: int) -> HttpResponse:
    """Ask this client something that others are not asked, in a dialog."""
    client = client_or_404(request, pk)
    require(request.user, EDIT)
    sheet = queries.dossier_sheet(request.user, client)
    given = {"group": request.GET.get("group", "")}
    form = OwnQuestionForm(sheet.parts, request.POST or None, initial=given)
    if form.is_valid():
        try:
            made = actions.ask_own_question(request.user, client, **form.cleaned_data)
        except BusinessError as refusal:
            _refuse(form, refusal)
        else:
            return _to(f"{_address(pk)}?group={made.group}")
    return _dialog(request, "dossier/question_dialog.html", {"client": client, "form": form})


@require_POST
def drop_own_question(request: Request, pk: int, code: str) -> HttpResponse:
    """Stop asking one's own question."""
    client = client_or_404(request, pk)
    dropped = actions.drop_own_question(request.user, client, code)
    messages.success(request, _("“%(title)s” is not asked any more.") % {"title": dropped.title})
    return _to(f"{_address(pk)}?group={dropped.group}")


@require_POST
def packs(request: Request, pk: int) -> HttpResponse:
    """Choose the packs of questions."""
    client = client_or_404(request, pk)
    actions.choose_packs(request.user, client, request.POST.getlist("pack"))
    messages.success(request, _("The dossier asks by the packs that you chose."))
    return redirect("dossier:dossier", pk)


@require_POST
def adopt(request: Request, pk: int) -> HttpResponse:
    """Take over the newest version of the method."""
    client = client_or_404(request, pk)
    dossier = actions.adopt_method(request.user, client)
    messages.success(
        request, _("The dossier asks by version %(n)d of the method.") % {"n": dossier.version}
    )
    return redirect("dossier:dossier", pk)


def _content(found: AnswerFile) -> Any:
    try:
        return kept_path(found.path).open("rb")
    except FileNotFoundError as gone:
        raise Http404(_("The file is not kept here any more.")) from gone


def _refuse(form: forms.Form, refusal: BusinessError) -> None:
    if isinstance(refusal, NotAllowed):
        raise refusal
    form.add_error(None, refusal.message)


def _dialog(request: Request, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render(request, template, context, status=status)


def _done() -> HttpResponse:
    """Close the dialog; what stands around the questions draws itself anew."""
    answer = HttpResponse(status=204)
    trigger_client_event(answer, "dialog-close")
    trigger_client_event(answer, "dossier-changed")
    return answer


def _to(address: str) -> HttpResponse:
    """Lead to a page, from a form and from a fragment alike."""
    return HttpResponse(status=204, headers={"HX-Redirect": address})


def _address(pk: int) -> str:
    return reverse("dossier:dossier", args=[pk])
