"""What is read of plans."""

from kamerton.domain.plans.queries.figures import (
    PlanFigures,
    plan_figures_of,
)
from kamerton.domain.plans.queries.forecasts import (
    ClientForecast,
    Expected,
    Record,
    forecast_of,
    record_of,
    stored_forecasts,
)
from kamerton.domain.plans.queries.on_a_page import (
    plan_on_a_page,
)
from kamerton.domain.plans.queries.page import (
    PlanPage,
)
from kamerton.domain.plans.queries.periods import (
    Grid,
    GridRow,
    Habit,
    PeriodCell,
    YearReconciled,
    grid,
    habits,
    other_plans,
    period_plans,
    reconciled_years,
)
from kamerton.domain.plans.queries.plans import (
    MissingPlan,
    PlanFilter,
    costs_to_decide,
    earlier_plans,
    missing_plans,
    part,
    plan,
    plan_of,
    plans,
    waiting_for,
    whole,
)
from kamerton.domain.plans.queries.rights import (
    may_edit,
    may_judge,
    stands_above,
)
from kamerton.domain.plans.queries.tasks import (
    Basis,
    TaskPart,
    ThreeTasks,
    three_tasks,
)
from kamerton.domain.plans.queries.versions import (
    Change,
    Value,
    differences,
    versions,
)
from kamerton.domain.plans.queries.watching import (
    due_triggers,
)

__all__ = [
    "Basis",
    "Change",
    "ClientForecast",
    "Expected",
    "Grid",
    "GridRow",
    "Habit",
    "MissingPlan",
    "PeriodCell",
    "PlanFigures",
    "PlanFilter",
    "PlanPage",
    "Record",
    "TaskPart",
    "ThreeTasks",
    "Value",
    "YearReconciled",
    "costs_to_decide",
    "differences",
    "due_triggers",
    "earlier_plans",
    "forecast_of",
    "grid",
    "habits",
    "may_edit",
    "may_judge",
    "missing_plans",
    "other_plans",
    "part",
    "period_plans",
    "plan",
    "plan_figures_of",
    "plan_of",
    "plan_on_a_page",
    "plans",
    "reconciled_years",
    "record_of",
    "stands_above",
    "stored_forecasts",
    "three_tasks",
    "versions",
    "waiting_for",
    "whole",
]
