"""The figures of plans for any number of clients: approved, in time, on the trajectory."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.utils import timezone

from kamerton.calc.period import Month
from kamerton.calc.plan import plan_score
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.domain.plans.queries.progress import Tally, tallies
from kamerton.domain.plans.queries.sales import (
    Months,
    ToDate,
    last_closed,
    present_year,
    to_date,
    whole_truth,
)

NOTHING_DUE = Tally(0, 0)
NO_SALES = ToDate(0, None, None)


@dataclass(frozen=True)
class PlanFigures:
    """How a plan stands (3.14); None: no data. Money in minor units, the score 0–100.

    `fact` and `trajectory` are of the `months` closed months of the plan's present year.
    """

    plan: int
    state: str
    approved: bool  # and its review is not overdue
    review_overdue: bool
    on_time: float | None
    due: int
    in_time: int
    fact: int | None
    trajectory: int | None
    months: int
    score: float

    @property
    def kept(self) -> float | None:
        """Sales to the trajectory of the same months."""
        if self.fact is None or not self.trajectory:
            return None
        return self.fact / self.trajectory


def plan_figures_of(client_ids: Iterable[int]) -> dict[int, PlanFigures]:
    """The figures of each client's open plan; clients without one are left out (4 queries)."""
    plans = list(PerspectivePlan.objects.open().filter(client__in=list(client_ids)))
    if not plans:
        return {}
    today, last = timezone.localdate(), last_closed()
    in_time = tallies([plan.pk for plan in plans], on=today)
    since = min(Month.of(plan.starts_on) for plan in plans)
    sold = whole_truth([plan.client_id for plan in plans], since=max(since, last + -59))
    rows = [_inputs(plan, last, sold.get(plan.client_id)) for plan in plans]
    shares = [in_time.get(plan.pk, NOTHING_DUE).share for plan in plans]
    overdue = [_overdue(plan) for plan in plans]
    stands = [plan.is_in_force and not late for plan, late in zip(plans, overdue, strict=True)]
    kept = [_part(row.fact, row.expected) for row in rows]
    scores = plan_score(stands, [np.nan if s is None else s for s in shares], kept)
    return {
        plan.client_id: PlanFigures(
            plan=plan.pk,
            state=plan.state,
            approved=stands[place],
            review_overdue=overdue[place],
            on_time=shares[place],
            due=in_time.get(plan.pk, NOTHING_DUE).due,
            in_time=in_time.get(plan.pk, NOTHING_DUE).in_time,
            fact=rows[place].fact,
            trajectory=rows[place].expected,
            months=rows[place].months,
            score=float(scores[place]),
        )
        for place, plan in enumerate(plans)
    }


def _inputs(plan: PerspectivePlan, last: Month, sold: Months | None) -> ToDate:
    """Sales against the trajectory in the present year of a plan in force."""
    number = present_year(plan, last)
    if number is None or not plan.is_in_force:
        return NO_SALES
    return to_date(plan, number, sold)


def _overdue(plan: PerspectivePlan) -> bool:
    day = plan.next_review_on
    return plan.is_in_force and day is not None and day < timezone.localdate()


def _part(fact: int | None, expected: int | None) -> float:
    return fact / expected if fact is not None and expected else np.nan
