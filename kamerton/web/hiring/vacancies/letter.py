"""The vacancy letter: its blocks, what is missing, how it will be read, what was sent."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import Vacancy
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content.hiring import LetterBlock
from kamerton.platform.access.request import Request
from kamerton.platform.errors import BusinessError
from kamerton.web.hiring.vacancies.editing import dialog
from kamerton.web.hiring.vacancies.gate import hiring_vacancy, worked_vacancy
from kamerton.web.hiring.vacancies.shown import frame_of
from kamerton.web.ui.answers import go, refuse

SHOWN = 20


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """The letter by blocks and as a whole, with the log."""
    vacancy = hiring_vacancy(request, pk)
    log = queries.letter_log(request.user, vacancy)
    context = frame_of(request.user, vacancy, "vacancy-letter") | {
        "letter": queries.rendered_letter(request.user, vacancy),
        "sent": log.filter(error="").count(),
        "failed": log.exclude(error="").count(),
        "log": log[:SHOWN],
    }
    return render(request, "hiring/vacancies/letter.html", context)


def block(request: Request, pk: int, code: str) -> HttpResponse:
    """Write a block of the letter."""
    vacancy = worked_vacancy(request, pk)
    found = next((one for one in methodology.current().letter_blocks if one.code == code), None)
    if found is None:
        raise Http404
    form = _form(request, vacancy, found)
    if request.method != "POST" or not form.is_valid():
        return dialog(request, form, _title(vacancy, found))
    try:
        actions.write_block(request.user, vacancy, code=code, text=form.cleaned_data["text"])
    except BusinessError as error:
        refuse(form, error, "text")
        return dialog(request, form, _title(vacancy, found))
    messages.success(request, _("Saved."))
    return go(request, reverse("hiring:vacancy-letter", args=[pk]))


def _form(request: Request, vacancy: Vacancy, block: LetterBlock) -> forms.Form:
    with override(vacancy.language):
        sample = str(block.sample)
    field: Any = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea({"rows": 8}),
        max_length=4000,
        required=False,
        help_text=_("For example: %(sample)s") % {"sample": sample},
    )
    made: type[forms.Form] = type("BlockForm", (forms.Form,), {"text": field})
    posted = request.POST if request.method == "POST" else None
    return made(posted, initial={"text": vacancy.letter.get(block.code, "")})


def _title(vacancy: Vacancy, block: LetterBlock) -> str:
    with override(vacancy.language):
        return str(block.title)
