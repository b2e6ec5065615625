"""A vacancy written in dialogs: what it is, how it is looked for, hires, budget, a sum spent."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Vacancy
from kamerton.platform.access.request import Request
from kamerton.platform.errors import BusinessError
from kamerton.web.hiring.vacancies.forms import (
    BudgetForm,
    ClientsForm,
    HiresForm,
    SearchForm,
    VacancyForm,
)
from kamerton.web.hiring.vacancies.gate import APPROVE, hiring_vacancy, worked_vacancy
from kamerton.web.ui.answers import go, refuse

PARTS = {
    "about": gettext_lazy("What is approved"),
    "search": gettext_lazy("How it is looked for"),
    "clients": gettext_lazy("What a key client is with us"),
}
MONEY = {"plan": gettext_lazy("Plan of the budget"), "spent": gettext_lazy("Money spent")}


def part(request: Request, pk: int, part: str) -> HttpResponse:
    """Fields of the vacancy, a part at a time."""
    vacancy = worked_vacancy(request, pk)
    if part not in PARTS or (part == "about" and vacancy.state != Vacancy.State.DRAFT):
        raise Http404
    form = _form(request, vacancy, part)
    return written(
        request,
        vacancy,
        form,
        str(PARTS[part]),
        lambda: actions.change_vacancy(request.user, vacancy, **form.values()),
    )


def hires(request: Request, pk: int) -> HttpResponse:
    """How many to take on probation, if not as many as the arithmetic says."""
    vacancy = hiring_vacancy(request, pk, APPROVE)
    form = HiresForm(request.POST or None, initial={"hires": vacancy.hires_planned})
    return written(
        request,
        vacancy,
        form,
        _("How many to hire"),
        lambda: actions.plan_hires(request.user, vacancy, hires=form.cleaned_data["hires"]),
    )


def budget(request: Request, pk: int, kind: str) -> HttpResponse:
    """Plan an item of the budget, or write down what was spent on it."""
    vacancy = hiring_vacancy(request, pk, "hiring.recruit")
    if kind not in MONEY:
        raise Http404
    item = request.GET.get("item", "")[:200]
    form = BudgetForm(request.user, vacancy, request.POST or None, item)
    return written(
        request, vacancy, form, str(MONEY[kind]), lambda: _put(request, vacancy, kind, form)
    )


def written(
    request: Request,
    vacancy: Vacancy,
    form: forms.Form,
    title: str,
    act: Callable[[], object],
) -> HttpResponse:
    """Draw a form in a dialog, or do what it says and lead back to the vacancy's page."""
    if request.method != "POST" or not form.is_valid():
        return dialog(request, form, title)
    try:
        act()
    except BusinessError as error:
        refuse(form, error)
        return dialog(request, form, title)
    messages.success(request, _("Saved."))
    return go(request, reverse("hiring:vacancy", args=[vacancy.pk]))


def dialog(request: Request, form: forms.Form, title: str, **more: Any) -> HttpResponse:
    """The dialog of a form; it sends to the address it came from."""
    status = 422 if form.errors else 200
    context = {"form": form, "title": title, "address": request.get_full_path()} | more
    response = render(request, "hiring/vacancies/dialog.html", context, status=status)
    if status != 200:
        response["HX-Retarget"], response["HX-Reswap"] = "#dialog-content", "innerHTML"
    return response


def _form(request: Request, vacancy: Vacancy, part: str) -> Any:
    given = request.POST or None
    if part == "about":
        return VacancyForm(given, vacancy)
    if part == "search":
        return SearchForm(request.user, vacancy, given)
    return ClientsForm(vacancy, given)


def _put(request: Request, vacancy: Vacancy, kind: str, form: BudgetForm) -> None:
    given = form.cleaned_data
    named: dict[str, Any] = {"item": given["item"], "source": form.sources.get(given["source"])}
    if kind == "plan":
        actions.plan_budget(request.user, vacancy, planned=given["amount"], **named)
    else:
        actions.record_expense(request.user, vacancy, amount=given["amount"], **named)
