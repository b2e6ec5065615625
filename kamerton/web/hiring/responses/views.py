"""Bring those who answered at hh.ru: which vacancy there, then the work in the background."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kamerton.domain.hiring import queries
from kamerton.flows.order_responses import NoNumber, order_responses
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.headhunter import connected
from kamerton.web.hiring.gate import seen_vacancy
from kamerton.web.ui.answers import go, refuse


class NumberForm(forms.Form):
    """Which vacancy of the site."""

    number = forms.CharField(
        label=_("Vacancy at hh.ru: its number or link"),
        max_length=200,
        help_text=_("Those who answered it come in as candidates; who is here already stays."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )


@require_http_methods(["GET", "POST"])
def order(request: Request, pk: int) -> HttpResponse:
    """Ask for the vacancy's number at the site; then lead to the work."""
    require(request.user, "hiring.recruit")
    vacancy = seen_vacancy(request, pk)
    initial = {"number": queries.site_vacancy(request.user, vacancy)}
    form = NumberForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            job = order_responses(request.user, vacancy, named=form.cleaned_data["number"])
        except NoNumber as error:
            refuse(form, error, "number")
        else:
            return go(request, reverse("jobs:detail", args=[job.pk]))
    page = {"vacancy": vacancy, "form": form, "connected": connected()}
    whole = "hiring/responses/order.html"
    template = f"{whole}#dialog" if request.htmx else whole
    return render(request, template, page, status=422 if form.errors else 200)
