"""What is said when a part of a plan is written: a frozen record for each kind of part."""

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

from kamerton.domain.plans.models import (
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
from kamerton.platform.access.models import User


@dataclass(frozen=True)
class VulnerabilityText:
    """Where we are vulnerable."""

    text: str


@dataclass(frozen=True)
class PersonText:
    """Somebody to win; `member`: his number in the buying centre."""

    name: str
    role: str = ""
    aim: str = ""
    member: int | None = None


@dataclass(frozen=True)
class GoalText:
    """A goal with a target for each year; money in minor units, shares 0–1."""

    metric: str
    targets: tuple[float | None, ...]
    baseline: float | None = None
    title: str = ""
    unit: str = ""
    source: str = PlanGoal.Source.LEDGER
    owner: User | None = None


@dataclass(frozen=True)
class StrategyText:
    """A strategy, the vulnerabilities it closes, the people it needs (their numbers)."""

    text: str
    vulnerabilities: tuple[int, ...] = ()
    people: tuple[int, ...] = ()


@dataclass(frozen=True)
class ActionText:
    """What the manager does; to wait, the event is named and `due_on` ends the watch."""

    kind: str
    title: str
    due_on: dt.date
    owner: User
    trigger: str = ""
    then_days: int = 3
    strategy: PlanStrategy | None = None
    expected_profit: int | None = None


@dataclass(frozen=True)
class CompanyActionText:
    """What a department does for the plan; cost in minor units."""

    department: str
    title: str
    due_on: dt.date
    cost: int = 0
    owner: User | None = None


@dataclass(frozen=True)
class CostText:
    """A cost that is no action of the company, in minor units."""

    title: str
    amount: int
    year: int = 1


@dataclass(frozen=True)
class RiskText:
    """A risk; probability and impact 1–5."""

    text: str
    probability: int
    impact: int
    response: str
    trigger: str = ""


@dataclass(frozen=True)
class ScenarioText:
    """How it may turn out; sales of the last year in minor units."""

    kind: str
    text: str
    trigger: str = ""
    sales: int | None = None
    response: str = ""


@dataclass(frozen=True)
class StopText:
    """What we give up."""

    text: str
    reason: str = ""


@dataclass(frozen=True)
class ControlText:
    """A day on which something must be seen."""

    on: dt.date
    text: str


PartText: TypeAlias = (
    VulnerabilityText
    | PersonText
    | GoalText
    | StrategyText
    | ActionText
    | CompanyActionText
    | CostText
    | RiskText
    | ScenarioText
    | StopText
    | ControlText
)
Part: TypeAlias = (
    Vulnerability
    | PlanPerson
    | PlanGoal
    | PlanStrategy
    | PlanAction
    | SupplierAction
    | BudgetLine
    | PlanRisk
    | PlanScenario
    | PlanStop
    | ControlPoint
)
MODELS: dict[type[PartText], type[Part]] = {
    VulnerabilityText: Vulnerability,
    PersonText: PlanPerson,
    GoalText: PlanGoal,
    StrategyText: PlanStrategy,
    ActionText: PlanAction,
    CompanyActionText: SupplierAction,
    CostText: BudgetLine,
    RiskText: PlanRisk,
    ScenarioText: PlanScenario,
    StopText: PlanStop,
    ControlText: ControlPoint,
}
