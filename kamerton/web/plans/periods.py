"""«Планы периодов»: months by client with three levels, facts and the way to the trajectory."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kamerton.calc.period import Month
from kamerton.domain.accounts import queries as accounts
from kamerton.domain.accounts.models import Client, ProductCategory
from kamerton.domain.plans import actions, queries
from kamerton.domain.plans.actions import Levels, When
from kamerton.domain.plans.models import PeriodPlan
from kamerton.domain.plans.queries import Grid, GridRow, PeriodCell
from kamerton.domain.segmentation import queries as segmentation
from kamerton.platform import formats
from kamerton.platform.access import queries as access
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import Stale
from kamerton.platform.formats import currency_sign
from kamerton.web.client_page import shown_client
from kamerton.web.plans.fields import MoneyField, shown_money
from kamerton.web.plans.gate import SEE
from kamerton.web.plans.texts import lines
from kamerton.web.ui.asked import record_id

MONTHS = 12
BEFORE = 3  # months shown before the present one


def period_name(when: When) -> str:
    """Name a period, and its category if it has one."""
    day = when.starts_on
    if when.kind == PeriodPlan.Kind.MONTH:
        name = formats.month(day)
    elif when.kind == PeriodPlan.Kind.QUARTER:
        name = gettext("quarter %(number)s of %(year)s") % {
            "number": (day.month + 2) // 3,
            "year": day.year,
        }
    else:
        name = gettext("year from %(month)s") % {"month": formats.month(day)}
    return f"{name}, {when.category}" if when.category else name


class LevelsForm(forms.Form):
    """Three levels of a period."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    minimum = MoneyField(label=_("Minimum"))
    target = MoneyField(label=_("Plan"))
    stretch = MoneyField(label=_("Maximum"))
    reason = forms.CharField(
        label=_("Why below the trajectory"), widget=lines(2), max_length=500, required=False
    )


@dataclass(frozen=True)
class Drawn:
    """A month of a client, in thousands; `open`: it may still be planned."""

    month: Month
    cell: PeriodCell | None
    target: str
    fact: str
    open: bool


@require_safe
def page(request: Request) -> HttpResponse:
    """The grid of one manager's clients, or of one client."""
    require(request.user, SEE)
    manager = chosen_manager(request)
    clients = planned_clients(request.user, manager)
    since = _since(request)
    grid = queries.grid(request.user, clients, since=since, count=MONTHS)
    context: dict[str, Any] = {
        "grid": grid,
        "months": [(month, formats.month_short(month.first_day)) for month in grid.months],
        "rows": [(row, [_drawn(grid, row, place) for place in range(MONTHS)]) for row in grid.rows],
        "totals": [
            (_thousands(planned or None), _thousands(fact)) for planned, fact in grid.totals
        ],
        "unit": _("K %(currency)s") % {"currency": currency_sign()},
        "others": _others(request.user, clients, since),
        "manager": manager,
        "managers": access.managers_of_keys(request.user),
        "since": since,
        "earlier": since + -MONTHS,
        "later": since + MONTHS,
        "habits": queries.habits(request.user, clients),
        "may_plan": request.user.may("plans.edit"),
        "warnings": [row for row in grid.rows if row.reconciled and not row.reconciled.fits],
    }
    return render(request, "plans/periods.html", context)


def _others(
    viewer: User, clients: list[Client], since: Month
) -> list[tuple[PeriodCell, str, Month]]:
    """Plans that are no month of all goods, each with its name and its first month."""
    found = queries.other_plans(viewer, clients, since=since, count=MONTHS)
    return [
        (cell, period_name(_when_of(cell.plan)), Month.of(cell.plan.starts_on)) for cell in found
    ]


def _when_of(plan: PeriodPlan) -> When:
    return When(plan.kind, plan.starts_on, plan.category)


def _drawn(grid: Grid, row: GridRow, place: int) -> Drawn:
    cell, month, fact = row.cells[place], grid.months[place], row.facts[place]
    target = _thousands(cell.plan.target) if cell else ""
    return Drawn(month, cell, target, _thousands(fact), month > grid.last)


def _thousands(minor: int | None) -> str:
    return "" if minor is None else formats.number(round(minor / 100_000))


def put(request: Request, pk: int, kind: str, start: str) -> HttpResponse:
    """The dialog of one period of one client; kept, the page is drawn anew."""
    require(request.user, "plans.edit")
    client, when = shown_client(request.user, pk), _when(request, kind, start)
    there = queries.period_plans(request.user).filter(client=client, **vars(when)).first()
    form = LevelsForm(request.POST or None, initial=_initial(request.user, client, when, there))
    if request.method != "POST" or not form.is_valid():
        return _dialog(request, client, when, form, there)
    given = dict(form.cleaned_data)
    revision = given.pop("revision")
    try:
        actions.put_period_plan(
            request.user, client, when=when, levels=Levels(**given), revision=revision or 0
        )
    except Stale as stale:
        form.add_error(None, str(stale))
        typed: Any = form.data
        form.data = typed.copy() | {"revision": str(there.revision if there else 0)}
        return _dialog(request, client, when, form, there, status=409)
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})


@require_POST
def remove(request: Request, pk: int, kind: str, start: str) -> HttpResponse:
    """Take a plan of a period back."""
    require(request.user, "plans.edit")
    client, when = shown_client(request.user, pk), _when(request, kind, start)
    there = queries.period_plans(request.user).filter(client=client, **vars(when)).first()
    if there is None:
        raise Http404
    actions.remove_period_plan(request.user, there)
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})


def chosen_manager(request: Request) -> User:
    """Whose clients: the one asked for, else oneself if one sells, else the first that is seen."""
    asked = record_id(request.POST.get("manager") or request.GET.get("manager"))
    seen = access.managers_of_keys(request.user)
    if asked and (found := seen.filter(pk=asked).first()):
        return found
    own = request.user.may("segmentation.propose_manager_key")
    return request.user if own else seen.first() or request.user


def planned_clients(viewer: User, manager: User) -> list[Client]:
    """Key clients of the manager, those with a perspective plan, those with period plans."""
    keys = {key.client for key in segmentation.manager_keys(viewer, manager)}
    wide = queries.plans(viewer, queries.PlanFilter(manager=manager.pk))
    planned = queries.period_plans(viewer).filter(manager=manager)
    found = keys | {plan.client for plan in wide} | {plan.client for plan in planned}
    return sorted(found, key=lambda client: client.name_folded)


def _since(request: Request) -> Month:
    try:
        return Month.parse(request.GET.get("since", ""))
    except ValueError:
        return Month.of(timezone.localdate()) + -BEFORE


def _when(request: Request, kind: str, start: str) -> When:
    if kind not in PeriodPlan.Kind.values:
        raise Http404
    try:
        return When(kind, Month.parse(start).first_day, _category(request))
    except ValueError:
        raise Http404 from None


def _category(request: Request) -> ProductCategory | None:
    named = record_id(request.GET.get("category"))
    found = accounts.categories().filter(pk=named).first() if named else None
    if named and found is None:
        raise Http404
    return found


def _initial(viewer: User, client: Client, when: When, there: PeriodPlan | None) -> dict[str, Any]:
    """What stands, else a proposal: the trajectory, or what was sold a year ago."""
    if there:
        return {name: getattr(there, name) for name in LevelsForm.base_fields}
    proposed = _proposed(viewer, client, when)
    if not proposed:
        return {"revision": 0}
    return {
        "revision": 0,
        "minimum": round(proposed * 0.9, -5),
        "target": proposed,
        "stretch": round(proposed * 1.15, -5),
    }


def _proposed(viewer: User, client: Client, when: When) -> int | None:
    if when.kind != PeriodPlan.Kind.MONTH or when.category:
        return None
    month = Month.of(when.starts_on)
    found = queries.grid(viewer, [client], since=month, count=1).rows[0]
    return found.trajectory[0]


def _dialog(
    request: Request,
    client: Client,
    when: When,
    form: LevelsForm,
    there: PeriodPlan | None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "client": client,
        "form": form,
        "there": there,
        "when": when,
        "start": str(Month.of(when.starts_on)),
        "trajectory": _proposed(request.user, client, when),
        "title": f"{client.name}, {period_name(when)}",
        "address": request.get_full_path(),
        "stands": [shown_money(getattr(there, name)) for name in ("minimum", "target", "stretch")]
        if there and status == 409
        else None,
    }
    status = 422 if form.errors and status == 200 else status
    response = render(request, "plans/period_dialog.html", context, status=status)
    if status != 200:
        response["HX-Retarget"], response["HX-Reswap"] = "#dialog-content", "innerHTML"
    return response
