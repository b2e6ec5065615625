"""The page of a vacancy, a new one, its funnel by day."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kamerton.domain.hiring import actions, queries
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.hiring.vacancies.forms import NewVacancyForm
from kamerton.web.hiring.vacancies.gate import RECRUIT, hiring_vacancy, paid_vacancy
from kamerton.web.hiring.vacancies.shown import (
    FUNNEL_COLUMNS,
    days_chart,
    funnel_rows,
    page_of,
)
from kamerton.web.hiring.vacancies.words import LINES
from kamerton.web.ui.answers import refuse
from kamerton.web.ui.downloads import table_file


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """The vacancy; who pays sees its budget alone."""
    vacancy = paid_vacancy(request, pk)
    context = page_of(request.user, vacancy) | {"lines_by_day": list(LINES.items())}
    if request.GET.get("by") in LINES:
        context["watched"] = request.GET["by"]
    return render(request, "hiring/vacancies/vacancy.html", context)


def new(request: Request) -> HttpResponse:
    """Draft a vacancy."""
    require(request.user, RECRUIT)
    form = NewVacancyForm(request.user, request.POST or None)
    if request.method != "POST":
        return _form(request, form)
    if not form.is_valid():
        return _form(request, form, status=422)
    try:
        made = actions.create_vacancy(request.user, **form.values())
    except BusinessError as error:
        refuse(form, error)
        return _form(request, form, status=error.status)
    messages.success(request, _("The draft is made. See what it asks for."))
    return redirect("hiring:vacancy-profile", made.pk)


@require_safe
def by_day(request: Request, pk: int, code: str) -> JsonResponse:
    """A line of the funnel by day, as the chart takes it."""
    vacancy = hiring_vacancy(request, pk)
    if code not in LINES:
        raise Http404
    found = queries.funnel_days(request.user, vacancy, code)
    return JsonResponse(days_chart(found) if found else {"labels": [], "series": []})


@require_safe
def funnel_table(request: Request, pk: int) -> HttpResponseBase:
    """The funnel as a file."""
    vacancy = hiring_vacancy(request, pk)
    rows = funnel_rows(queries.funnel(request.user, vacancy))
    return table_file(request, "funnel", FUNNEL_COLUMNS, rows)


def _form(request: Request, form: NewVacancyForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "back": reverse("hiring:vacancies")}
    return render(request, "hiring/vacancies/new.html", context, status=status)
