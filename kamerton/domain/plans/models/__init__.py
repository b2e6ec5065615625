"""What is stored of plans."""

from kamerton.domain.plans.models.content import (
    BudgetLine,
    ControlPoint,
    PlanAction,
    PlanGoal,
    PlanPerson,
    PlanRisk,
    PlanScenario,
    PlanStop,
    PlanStrategy,
    SupplierAction,
    Vulnerability,
)
from kamerton.domain.plans.models.periods import PeriodPlan, SalesForecast
from kamerton.domain.plans.models.plans import PerspectivePlan
from kamerton.domain.plans.models.records import (
    JointSession,
    PlanComment,
    PlanReview,
    PlanVersion,
)

__all__ = [
    "BudgetLine",
    "ControlPoint",
    "JointSession",
    "PeriodPlan",
    "PerspectivePlan",
    "PlanAction",
    "PlanComment",
    "PlanGoal",
    "PlanPerson",
    "PlanReview",
    "PlanRisk",
    "PlanScenario",
    "PlanStop",
    "PlanStrategy",
    "PlanVersion",
    "SalesForecast",
    "SupplierAction",
    "Vulnerability",
]
