"""Sales of clients by month against the trajectories of their plans."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from django.utils import timezone

from kamerton.calc.period import Month, Period
from kamerton.calc.plan import trajectory
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user

Months = Mapping[Month, int]  # revenue in minor units of each closed month


@dataclass(frozen=True)
class ToDate:
    """Closed months of a year of a plan: how many, what was sold, what should have been."""

    months: int
    fact: int | None
    expected: int | None


def last_closed() -> Month:
    """The last closed month that the ledger has whole."""
    return Month.of(ledger.closed_year(timezone.localdate()).until)


def revenue_by_month(
    viewer: User, client_ids: Iterable[int], *, since: Month
) -> dict[int, dict[Month, int]]:
    """Revenue of closed months from `since` on of the clients whose money `viewer` may see.

    A client that the ledger does not know is left out; computed once a version of the ledger.
    """
    last = last_closed()
    wanted = list(client_ids)
    if not wanted or since > last or ledger.last_day() is None:
        return {}
    table = ledger.client_months(viewer, last, last - since + 1)
    rows = np.flatnonzero(np.isin(table.client_id, wanted)).tolist()
    return {
        int(table.client_id[row]): dict(zip(table.months, table.revenue[row].tolist(), strict=True))
        for row in rows
    }


def whole_truth(client_ids: Iterable[int], *, since: Month) -> dict[int, dict[Month, int]]:
    """The same of all clients named, for scores that do not depend on who asks."""
    return revenue_by_month(system_user(), client_ids, since=since)


def trajectory_of(plan: PerspectivePlan) -> tuple[int, ...]:
    """Sales of each year on the way; from nothing there is no rate, so the steps are equal."""
    growth = plan.trajectory == PerspectivePlan.Trajectory.GROWTH and plan.baseline > 0
    way = trajectory(
        plan.baseline, plan.target, plan.horizon_years, "growth" if growth else "linear"
    )
    return tuple(round(value) for value in way.tolist())


def month_of_trajectory(plan: PerspectivePlan, month: Month) -> int | None:
    """The trajectory of a month, a twelfth of its year; None outside of the plan."""
    year = (month - Month.of(plan.starts_on)) // 12
    if not 0 <= year < plan.horizon_years:
        return None
    return round(trajectory_of(plan)[year] / 12)


def to_date(plan: PerspectivePlan, number: int, sold: Months | None) -> ToDate:
    """What was sold in the closed months of a year, and what the trajectory asked for them."""
    months = [month for month in plan.year(number).months() if sold is not None and month in sold]
    if not months or sold is None:
        return ToDate(0, None, None)
    expected = round(trajectory_of(plan)[number - 1] * len(months) / 12)
    return ToDate(len(months), sum(sold[month] for month in months), expected)


def present_year(plan: PerspectivePlan, last: Month) -> int | None:
    """The year of the plan that the last closed month is in; None before and after the plan."""
    number = (last - Month.of(plan.starts_on)) // 12 + 1
    return number if 1 <= number <= plan.horizon_years else None


def since_of(plan: PerspectivePlan) -> Month:
    """Two years before the plan: what a picture of its sales begins with."""
    return Month.of(plan.starts_on) + -24


def span_of(period: Period, sold: Months) -> int | None:
    """What was sold in the period; None unless each of its months is closed."""
    months = period.months()
    return sum(sold[month] for month in months) if all(m in sold for m in months) else None
