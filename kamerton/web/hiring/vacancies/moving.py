"""A vacancy on its way: approved, moved between stages, closed, cancelled."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import Vacancy
from kamerton.platform.access.request import Request
from kamerton.platform.errors import BusinessError
from kamerton.web.hiring.vacancies.editing import dialog
from kamerton.web.hiring.vacancies.forms import ReasonForm
from kamerton.web.hiring.vacancies.gate import APPROVE, RECRUIT, hiring_vacancy, worked_vacancy
from kamerton.web.ui.answers import go, refuse

STEPS = {
    "approve": gettext_lazy("Approve the vacancy"),
    "close": gettext_lazy("Close the vacancy"),
    "cancel": gettext_lazy("Give the search up"),
}
VERBS = {
    "approve": gettext_lazy("Approve"),
    "close": gettext_lazy("Close"),
    "cancel": gettext_lazy("Give up"),
}


def step(request: Request, pk: int, step: str) -> HttpResponse:
    """A step that cannot be undone: what it means is said before it is taken."""
    if step not in STEPS:
        raise Http404
    vacancy = hiring_vacancy(request, pk, RECRUIT if step == "close" else APPROVE)
    kind = forms.Form if step == "approve" else ReasonForm
    form = kind(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _asked(request, vacancy, step, form)
    try:
        _take(request, vacancy, step, form)
    except BusinessError as error:
        refuse(form, error, "reason")
        return _asked(request, vacancy, step, form)
    return go(request, reverse("hiring:vacancy", args=[pk]))


@require_POST
def stage(request: Request, pk: int) -> HttpResponse:
    """Move an open vacancy on or back; the message takes it back."""
    vacancy = worked_vacancy(request, pk)
    before, to = vacancy.state, request.POST.get("to", "") or request.GET.get("to", "")
    actions.advance_vacancy(request.user, vacancy, to=to)
    here = reverse("hiring:vacancy-stage", args=[pk])
    undo = f"{here}?{urlencode({'to': before})}"
    tags = f"undo:{undo}" if before in Vacancy.WAY[2:-1] else ""
    say = _("Stage of the vacancy: %(stage)s.") % {"stage": Vacancy.State(to).label}
    messages.success(request, say, extra_tags=tags)
    return go(request, reverse("hiring:vacancy", args=[pk]))


def _take(request: Request, vacancy: Vacancy, step: str, form: forms.Form) -> None:
    user, given = request.user, form.cleaned_data
    if step == "approve":
        actions.approve_vacancy(user, vacancy)
        messages.success(request, _("Approved: the clock of the vacancy runs."))
    elif step == "close":
        actions.close_vacancy(user, vacancy, note=given["reason"])
        messages.success(request, _("The vacancy is closed."))
    else:
        actions.cancel_vacancy(user, vacancy, reason=given["reason"])
        messages.success(request, _("The search is given up."))


def _asked(request: Request, vacancy: Vacancy, step: str, form: forms.Form) -> HttpResponse:
    more = {
        "step": step,
        "vacancy": vacancy,
        "verb": VERBS[step],
        "plan": queries.planned_hires(vacancy.seats, vacancy.role),
    }
    return dialog(request, form, str(STEPS[step]), **more)
