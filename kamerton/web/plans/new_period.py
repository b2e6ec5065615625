"""The dialog that plans what the grid of months has no cell for: quarters, years, categories."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kamerton.calc.period import Month
from kamerton.domain.accounts import queries as accounts
from kamerton.domain.accounts.models import Client, ProductCategory
from kamerton.domain.plans import actions
from kamerton.domain.plans.actions import Levels, When
from kamerton.domain.plans.models import PeriodPlan
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError, Stale
from kamerton.web.client_page import shown_client
from kamerton.web.plans.fields import MoneyField
from kamerton.web.plans.periods import chosen_manager, period_name, planned_clients
from kamerton.web.ui.answers import refuse

AHEAD = {PeriodPlan.Kind.QUARTER: 8, PeriodPlan.Kind.YEAR: 3, PeriodPlan.Kind.MONTH: 12}


class NewPeriodForm(forms.Form):
    """Whose, which period, of what, and the three levels."""

    client: "forms.TypedChoiceField" = forms.TypedChoiceField(label=_("Client"), coerce=int)
    period = forms.ChoiceField(label=_("Period"))
    category: "forms.ModelChoiceField[ProductCategory]" = forms.ModelChoiceField(
        label=_("Category"), queryset=None, required=False, empty_label=_("all goods")
    )
    minimum = MoneyField(label=_("Minimum"))
    target = MoneyField(label=_("Plan"))
    stretch = MoneyField(label=_("Maximum"))

    def __init__(self, data: Any, *, clients: list[Client]) -> None:
        super().__init__(data)
        named: Any = self.fields
        named["client"].choices = [(client.pk, client.name) for client in clients]
        named["period"].choices = period_choices()
        named["category"].queryset = accounts.categories()

    @property
    def when(self) -> When:
        """The period chosen."""
        kind, start = self.cleaned_data["period"].split(":")
        return When(kind, Month.parse(start).first_day, self.cleaned_data["category"])

    @property
    def levels(self) -> Levels:
        """The three levels written."""
        return Levels(*(self.cleaned_data[name] for name in ("minimum", "target", "stretch")))


def period_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Periods that may still be planned, from the present one on, by kind."""
    now = Month.of(timezone.localdate())
    first = {
        PeriodPlan.Kind.QUARTER: now + -((now.month - 1) % 3),
        PeriodPlan.Kind.YEAR: now + -(now.month - 1),
        PeriodPlan.Kind.MONTH: now,
    }
    return [
        (str(kind.label), [_choice(kind, first[kind] + step * length) for step in range(count)])
        for kind, count in AHEAD.items()
        for length in (PeriodPlan.MONTHS[kind],)
    ]


def _choice(kind: PeriodPlan.Kind, month: Month) -> tuple[str, str]:
    return f"{kind}:{month}", period_name(When(kind, month.first_day))


def page(request: Request) -> HttpResponse:
    """The dialog; kept, the page is drawn anew."""
    require(request.user, "plans.edit")
    clients = planned_clients(request.user, chosen_manager(request))
    form = NewPeriodForm(request.POST or None, clients=clients)
    if request.method == "POST" and form.is_valid():
        client = shown_client(request.user, form.cleaned_data["client"])
        try:
            actions.put_period_plan(
                request.user, client, when=form.when, levels=form.levels, revision=0
            )
        except Stale:
            form.add_error("period", _("This period is planned already: change it in the list."))
        except BusinessError as refused:
            refuse(form, refused, "target")
        else:
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    status = 422 if form.errors else 200
    context = {"form": form, "address": request.get_full_path()}
    response = render(request, "plans/new_period.html", context, status=status)
    if form.errors:
        response["HX-Retarget"], response["HX-Reswap"] = "#dialog-content", "innerHTML"
    return response
