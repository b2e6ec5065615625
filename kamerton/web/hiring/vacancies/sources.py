"""«Источники»: donors, the stop list, adjacent niches, sources and their cost, the market."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.actions import Quartiles
from kamerton.domain.hiring.models import NicheEdge, Source, Vacancy
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.platform.tables import Column, Row
from kamerton.web.hiring.gate import SEE
from kamerton.web.hiring.vacancies.editing import dialog
from kamerton.web.hiring.vacancies.fields import MoneyField
from kamerton.web.hiring.vacancies.forms import BenchmarkForm
from kamerton.web.hiring.vacancies.gate import APPROVE, BUDGET, RECRUIT
from kamerton.web.ui.answers import go, refuse
from kamerton.web.ui.downloads import table_file

HERE = "hiring:sources"
ROLES = dict(Vacancy.Role.choices)


class DonorForm(forms.Form):
    """A donor."""

    name = forms.CharField(label=gettext_lazy("Company"), max_length=250)
    note = forms.CharField(label=gettext_lazy("Why its people fit"), max_length=500, required=False)


class StopForm(forms.Form):
    """A company whose people do not fit."""

    name = forms.CharField(label=gettext_lazy("Company"), max_length=250)
    reason = forms.CharField(
        label=gettext_lazy("Why its people do not fit"),
        max_length=500,
        help_text=gettext_lazy("For example: sales were built on kickbacks."),
    )


class NicheForm(forms.Form):
    """Two niches with like clients."""

    one = forms.CharField(label=gettext_lazy("Niche"), max_length=120)
    other = forms.CharField(label=gettext_lazy("Adjacent niche"), max_length=120)
    weight = forms.FloatField(
        label=gettext_lazy("How near, from 0 to 1"),
        min_value=0,
        max_value=1,
        initial=0.5,
        help_text=gettext_lazy("1: the same clients; 0: the pair is struck out."),
    )


class SourceForm(forms.Form):
    """A way by which candidates come."""

    name = forms.CharField(label=gettext_lazy("Source"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Source.Kind.choices)
    fee = MoneyField(label=gettext_lazy("Fee for a hire"), required=False)


class WhyForm(forms.Form):
    """Why a company leaves the stop list."""

    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=500, widget=forms.Textarea({"rows": 3})
    )


FORMS: dict[str, tuple[type[forms.Form], Any]] = {
    "donors": (DonorForm, gettext_lazy("Donor company")),
    "stop": (StopForm, gettext_lazy("Company on the stop list")),
    "niches": (NicheForm, gettext_lazy("Adjacent niches")),
    "ways": (SourceForm, gettext_lazy("Source of candidates")),
    "market": (BenchmarkForm, gettext_lazy("Pay on the market")),
}
STOP_COLUMNS = (
    Column(gettext_lazy("Company"), width=40),
    Column(gettext_lazy("List"), width=16),
    Column(gettext_lazy("Reason"), width=60),
    Column(gettext_lazy("Added on"), "moment"),
)


@require_safe
def page(request: Request) -> HttpResponse:
    """The lists."""
    viewer = request.user
    require(viewer, SEE)
    edges = list(queries.niche_edges(viewer))
    context = {
        "donors": list(queries.donors(viewer)),
        "stopped": list(queries.stop_list(viewer)),
        "edges": edges,
        "niche_map": niche_map(edges),
        "ways": list(queries.sources(viewer)),
        "benchmarks": [(ROLES.get(one.role, one.role), one) for one in queries.benchmarks(viewer)],
        "may_recruit": viewer.may(RECRUIT),
        "may_decide": viewer.may(APPROVE),
        "may_budget": viewer.may(BUDGET),
    }
    return render(request, "hiring/vacancies/sources.html", context)


def add(request: Request, kind: str) -> HttpResponse:
    """Put something on a list, or write it anew."""
    require(request.user, RECRUIT)
    if kind not in FORMS:
        raise Http404
    made, title = FORMS[kind]
    initial = {name: request.GET[name] for name in made.base_fields if name in request.GET}
    posted = request.POST if request.method == "POST" else None
    form = made(posted) if kind == "market" else made(posted, initial=initial)
    if posted is None or not form.is_valid():
        return dialog(request, form, str(title))
    try:
        ADD[kind](request.user, form.cleaned_data)
    except BusinessError as error:
        refuse(form, error)
        return dialog(request, form, str(title))
    messages.success(request, _("Saved."))
    return go(request, f"{reverse(HERE)}#{kind}")


@require_POST
def donor_remove(request: Request, pk: int) -> HttpResponse:
    """Take a company off the list of donors; the message puts it back."""
    require(request.user, RECRUIT)
    found = get_object_or_404(queries.donors(request.user), pk=pk)
    words = urlencode({"name": found.name, "note": found.note})
    actions.remove_donor(request.user, found)
    undo = f"{reverse('hiring:donor-restore')}?{words}"
    say = _("%(name)s is no donor any more; tiers are set anew.") % {"name": found.name}
    messages.success(request, say, extra_tags=f"undo:{undo}")
    return redirect(HERE)


@require_POST
def donor_restore(request: Request) -> HttpResponse:
    """Put back the donor that was taken off a moment ago."""
    require(request.user, RECRUIT)
    given = request.GET
    actions.add_donor(request.user, name=given.get("name", ""), note=given.get("note", ""))
    return redirect(HERE)


def stop_remove(request: Request, pk: int) -> HttpResponse:
    """Take a company off the stop list, with a reason."""
    require(request.user, APPROVE)
    found = get_object_or_404(queries.stop_list(request.user), pk=pk)
    form = WhyForm(request.POST if request.method == "POST" else None)
    title = _("Off the stop list: %(name)s") % {"name": found.name}
    if request.method != "POST" or not form.is_valid():
        return dialog(request, form, title)
    actions.unstop_company(request.user, found, reason=form.cleaned_data["reason"])
    messages.success(request, _("%(name)s is off the stop list.") % {"name": found.name})
    return go(request, f"{reverse(HERE)}#stop")


@require_safe
def table(request: Request) -> HttpResponseBase:
    """Donors and the stop list as a file."""
    require(request.user, SEE)
    rows: list[Row] = [
        (one.name, _("donor"), one.note, one.added_at) for one in queries.donors(request.user)
    ]
    rows += [
        (one.name, _("stop list"), one.reason, one.added_at)
        for one in queries.stop_list(request.user)
    ]
    return table_file(request, "companies", STOP_COLUMNS, rows)


def niche_map(edges: list[NicheEdge]) -> dict[str, Any] | None:
    """Pairs of niches as a heat map: how near, in per cent."""
    near = [edge for edge in edges if edge.weight > 0]
    if not near:
        return None
    names = sorted({name for edge in near for name in (edge.one, edge.other)})
    place = {name: at for at, name in enumerate(names)}
    cells = [(place[e.one], place[e.other], round(e.weight * 100)) for e in near]
    both = [*cells, *((y, x, value) for x, y, value in cells)]
    return {"x": names, "y": names, "values": [list(cell) for cell in both], "unit": " %"}


def _benchmark(user: User, given: dict[str, Any]) -> None:
    pay = Quartiles(*(given[name] for name in ("p25", "p50", "p75")))
    about = {name: given[name] for name in ("role", "region", "source", "on")}
    actions.put_benchmark(user, pay=pay, **about)


ADD: dict[str, Callable[[User, dict[str, Any]], object]] = {
    "donors": lambda user, given: actions.add_donor(user, **given),
    "stop": lambda user, given: actions.stop_company(user, **given),
    "niches": lambda user, given: actions.put_niche_edge(user, **given),
    "ways": lambda user, given: actions.put_source(user, **given | {"fee": given["fee"] or 0}),
    "market": _benchmark,
}
