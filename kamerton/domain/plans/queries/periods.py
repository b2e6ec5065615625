"""Plans of months, quarters and years: with facts, reconciled with the trajectory; habits."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Q
from django.utils import timezone

from kamerton.calc.period import Month, Period
from kamerton.calc.plan import attainment, colours, habitual_minimum, reconciliation
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.plans.models import PeriodPlan, PerspectivePlan
from kamerton.domain.plans.models.periods import PeriodPlanQuerySet
from kamerton.domain.plans.queries.plans import SEE
from kamerton.domain.plans.queries.sales import (
    Months,
    last_closed,
    month_of_trajectory,
    revenue_by_month,
    span_of,
    trajectory_of,
)
from kamerton.platform.access.models import User

HABIT = 3  # months


@dataclass(frozen=True)
class PeriodCell:
    """A period plan with its fact; None: not closed yet, or not shown. Money in minor units."""

    plan: PeriodPlan
    fact: int | None
    attainment: float | None
    colour: str  # ok, warn, bad, mute
    trajectory: int | None  # of the same month, for plans of months

    @property
    def level(self) -> str:
        """Which of the three levels was reached: stretch, target, minimum or below."""
        if self.fact is None:
            return ""
        for name in ("stretch", "target", "minimum"):
            if self.fact >= getattr(self.plan, name):
                return name
        return "below"


@dataclass(frozen=True)
class YearReconciled:
    """The month plans of a year of a perspective plan against its trajectory."""

    plan: PerspectivePlan
    number: int
    planned: int
    months: int  # that have a plan
    expected: int  # the trajectory of those months
    trajectory: int  # of the whole year
    share: float | None
    fits: bool


@dataclass(frozen=True)
class GridRow:
    """A client with his months; a month without a plan is None."""

    client: Client
    cells: tuple[PeriodCell | None, ...]
    trajectory: tuple[int | None, ...]
    facts: tuple[int | None, ...]
    reconciled: YearReconciled | None
    habit: bool


@dataclass(frozen=True)
class Grid:
    """Months by client."""

    months: tuple[Month, ...]
    rows: tuple[GridRow, ...]
    last: Month  # the last closed month

    @property
    def totals(self) -> list[tuple[int, int | None]]:
        """Plan and fact of each month over all rows; the fact of closed months only."""
        found = []
        for place, month in enumerate(self.months):
            cells = [row.cells[place] for row in self.rows]
            facts = [row.facts[place] for row in self.rows]
            planned = sum(cell.plan.target for cell in cells if cell)
            fact = sum(each for each in facts if each is not None)
            found.append((planned, fact if month <= self.last else None))
        return found


@dataclass(frozen=True)
class Habit:
    """A client on whose account the minimum became a habit."""

    client: Client
    manager: User
    months: tuple[PeriodCell, ...]


def period_plans(viewer: User) -> PeriodPlanQuerySet:
    """Period plans of the clients that `viewer` may see (1 query)."""
    found = PeriodPlan.objects.select_related("client", "manager", "category")
    return found.visible_to(viewer) if viewer.may(SEE) else found.none()


def grid(viewer: User, clients: Sequence[Client], *, since: Month, count: int = 12) -> Grid:
    """Month plans of all goods of the clients named, month by month (4 queries)."""
    months = tuple(since + step for step in range(count))
    plans = _month_plans(viewer, clients, months[0], months[-1])
    wide = _open_plans(viewer, clients)
    sold = revenue_by_month(
        viewer, [client.pk for client in clients], since=min(months[0], last_closed() + -HABIT)
    )
    yearly = reconciled_years(viewer, wide.values())
    method = methodology.current()
    rows = [
        _row(client, months, plans[client.pk], wide.get(client.pk), sold.get(client.pk), method)
        for client in clients
    ]
    joined = [
        _with_year(row, yearly.get(wide[row.client.pk].pk, []) if row.client.pk in wide else [])
        for row in rows
    ]
    return Grid(months, tuple(joined), last_closed())


def reconciled_years(
    viewer: User, plans: Iterable[PerspectivePlan]
) -> dict[int, list[YearReconciled]]:
    """Every year of each plan against its month plans (1 query)."""
    wanted = list(plans)
    by_client: dict[int, dict[Month, int]] = defaultdict(dict)
    of_months = period_plans(viewer).filter(
        kind=PeriodPlan.Kind.MONTH, category=None, client__in=[plan.client_id for plan in wanted]
    )
    for each in of_months:
        by_client[each.client_id][Month.of(each.starts_on)] = each.target
    tolerance = methodology.current().plan.tolerance
    return {plan.pk: _years(plan, by_client[plan.client_id], tolerance) for plan in wanted}


def habits(viewer: User, clients: Sequence[Client]) -> list[Habit]:
    """Clients whose last closed months all reach the minimum and miss the plan (3 queries)."""
    last = last_closed()
    found = grid(viewer, clients, since=last + (1 - HABIT), count=HABIT)
    return [
        Habit(row.client, cells[-1].plan.manager, tuple(cells))
        for row in found.rows
        if row.habit and (cells := [cell for cell in row.cells if cell])
    ]


def other_plans(
    viewer: User, clients: Sequence[Client], *, since: Month, count: int
) -> list[PeriodCell]:
    """Plans of quarters, years and categories that begin in these months, with their facts.

    Queries: 2, and one of the ledger for each closed period of a category.
    """
    wanted = period_plans(viewer).filter(
        ~Q(kind=PeriodPlan.Kind.MONTH) | Q(category__isnull=False),
        client__in=clients,
        starts_on__gte=since.first_day,
        starts_on__lte=(since + (count - 1)).last_day,
    )
    plans = list(wanted)
    of_all = [plan for plan in plans if plan.category is None]
    sold = revenue_by_month(viewer, {plan.client_id for plan in of_all}, since=since)
    method = methodology.current()
    facts = _category_facts(viewer, [plan for plan in plans if plan.category])
    facts |= {plan.pk: span_of(plan.period, sold.get(plan.client_id, {})) for plan in of_all}
    return [_with_fact(plan, facts[plan.pk], None, method) for plan in plans]


def _category_facts(viewer: User, plans: Sequence[PeriodPlan]) -> dict[int, int | None]:
    """What was sold of each plan's category; None while its period is not closed or not shown."""
    last = last_closed()
    closed: dict[Period, list[PeriodPlan]] = defaultdict(list)
    for plan in plans:
        if Month.of(plan.period.until) <= last:
            closed[plan.period].append(plan)
    found: dict[int, int | None] = {plan.pk: None for plan in plans}
    for period, group in closed.items():
        sold = ledger.category_sales(viewer, {plan.client_id for plan in group}, period)
        for plan in group:
            if plan.client_id in sold and plan.category:
                found[plan.pk] = sold[plan.client_id].get(plan.category.name, 0)
    return found


def _month_plans(
    viewer: User, clients: Sequence[Client], first: Month, last: Month
) -> dict[int, dict[Month, PeriodPlan]]:
    found: dict[int, dict[Month, PeriodPlan]] = defaultdict(dict)
    wanted = period_plans(viewer).filter(
        kind=PeriodPlan.Kind.MONTH,
        category=None,
        client__in=clients,
        starts_on__gte=first.first_day,
        starts_on__lte=last.last_day,
    )
    for each in wanted:
        found[each.client_id][Month.of(each.starts_on)] = each
    return found


def _open_plans(viewer: User, clients: Sequence[Client]) -> dict[int, PerspectivePlan]:
    found = PerspectivePlan.objects.open().visible_to(viewer).filter(client__in=clients)
    return {plan.client_id: plan for plan in found.filter(target__gt=0)}


def _row(
    client: Client,
    months: tuple[Month, ...],
    planned: dict[Month, PeriodPlan],
    wide: PerspectivePlan | None,
    sold: Months | None,
    method: Methodology,
) -> GridRow:
    way = tuple(month_of_trajectory(wide, month) if wide else None for month in months)
    cells = tuple(
        _cell(planned[month], sold, expected, method) if month in planned else None
        for month, expected in zip(months, way, strict=True)
    )
    facts = tuple((sold or {}).get(month) for month in months)
    closed = [cell for cell, fact in zip(cells, facts, strict=True) if fact is not None]
    return GridRow(client, cells, way, facts, None, _is_habit(closed))


def _with_year(row: GridRow, years: list[YearReconciled]) -> GridRow:
    """Join the year of the plan that today is in, else the first that has month plans."""
    today = timezone.localdate()
    now = [each for each in years if today in each.plan.year(each.number)]
    planned = [each for each in years if each.months]
    shown = next((each for each in (*now, *planned) if each.months), None)
    return GridRow(row.client, row.cells, row.trajectory, row.facts, shown, row.habit)


def _cell(
    plan: PeriodPlan, sold: Months | None, expected: int | None, method: Methodology
) -> PeriodCell:
    return _with_fact(plan, span_of(plan.period, sold) if sold else None, expected, method)


def _with_fact(
    plan: PeriodPlan, fact: int | None, expected: int | None, method: Methodology
) -> PeriodCell:
    part = attainment([np.nan if fact is None else fact], [plan.target])
    colour = colours(part, amber=method.plan.amber, green=method.plan.green)[0]
    known = None if np.isnan(part[0]) else float(part[0])
    return PeriodCell(plan, fact, known, str(colour), expected)


def _years(
    plan: PerspectivePlan, planned: dict[Month, int], tolerance: float
) -> list[YearReconciled]:
    found = []
    for number, whole in enumerate(trajectory_of(plan), start=1):
        targets = [planned[month] for month in plan.year(number).months() if month in planned]
        expected = round(whole * len(targets) / 12)
        compared = reconciliation([sum(targets)], [expected], tolerance=tolerance)
        share = float(compared.share[0])
        found.append(
            YearReconciled(
                plan=plan,
                number=number,
                planned=sum(targets),
                months=len(targets),
                expected=expected,
                trajectory=whole,
                share=None if np.isnan(share) else share,
                fits=bool(compared.fits[0]),
            )
        )
    return found


def _is_habit(cells: Sequence[PeriodCell | None]) -> bool:
    rows = [
        (np.nan,) * 3 if cell is None or cell.fact is None
        else (cell.fact, cell.plan.minimum, cell.plan.target)
        for cell in cells
    ]  # fmt: skip
    if len(rows) < HABIT:
        return False
    fact, low, target = (list(column) for column in zip(*rows, strict=True))
    return habitual_minimum(fact, low, target, run=HABIT)
