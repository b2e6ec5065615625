"""Plans: an empty one, and «Регион-Арматура» of the analysis (6.4) with its numbers."""

import datetime as dt
from typing import Any

from kamerton.calc.period import Month
from kamerton.domain.accounts.models import Client
from kamerton.domain.plans import actions
from kamerton.domain.plans.actions import (
    ActionText,
    CompanyActionText,
    ControlText,
    GoalText,
    PersonText,
    RiskText,
    ScenarioText,
    StopText,
    StrategyText,
    VulnerabilityText,
)
from kamerton.domain.plans.models import PeriodPlan, PerspectivePlan, PlanAction, Vulnerability
from kamerton.platform.access.models import User
from tests.factories.access import UserFactory
from tests.factories.accounts import ClientFactory

MILLION = 100_000_000  # in kopecks
THOUSAND = 100_000
WORSE = ScenarioText(
    "worse", "No stock in the region", sales=9 * MILLION, response="Deliver weekly"
)


def a_client(manager: User, **fields: Any) -> Client:
    """A client of the manager."""
    return ClientFactory(manager=manager, **fields)


def a_plan(manager: User, client: Client | None = None, **changes: Any) -> PerspectivePlan:
    """A draft of the manager's own client with vision and target."""
    client = client or a_client(manager)
    starts = changes.pop("starts_on", dt.date(2026, 7, 1))
    years = changes.pop("horizon_years", 3)
    plan = actions.create_plan(manager, client, horizon_years=years, starts_on=starts)
    fields = {"baseline": 6 * MILLION, "target": 15 * MILLION, "vision": "First in valves"}
    return actions.change_plan(manager, plan, **(fields | changes))


def submitted(manager: User, client: Client | None = None, **changes: Any) -> PerspectivePlan:
    """A plan that waits for approval."""
    plan = a_plan(manager, client, **changes)
    actions.add_part(manager, plan, text=WORSE)
    return actions.submit_plan(manager, plan)


def approved(
    manager: User, client: Client | None = None, *, by: User | None = None, **changes: Any
) -> PerspectivePlan:
    """A plan in force, approved by the head."""
    plan = submitted(manager, client, **changes)
    actions.approve_plan(by or manager.supervisor or UserFactory(roles=["owner"]), plan)
    return PerspectivePlan.objects.get(pk=plan.pk)


def an_action(plan: PerspectivePlan, *, due_on: dt.date, **fields: Any) -> PlanAction:
    """An action of a plan in whatever state, past the guards."""
    values = {"kind": "prepare", "title": "Wallet by category", "owner": plan.manager, **fields}
    return PlanAction.objects.create(plan=plan, due_on=due_on, **values)


def month_plan(client: Client, starts_on: dt.date, target: int, **fields: Any) -> PeriodPlan:
    """A month plan past the guards; the minimum a tenth below, the maximum a tenth above."""
    values = {
        "kind": "month",
        "minimum": round(target * 0.9),
        "target": target,
        "stretch": round(target * 1.1),
        "manager": client.manager,
        "author": client.manager,
        **fields,
    }
    return PeriodPlan.objects.create(client=client, starts_on=starts_on, **values)


def region_armatura(manager: User, *, starts_on: dt.date) -> PerspectivePlan:
    """The regional wholesaler of valves and flanges: a draft with all sections."""
    client = a_client(manager, name="Регион-Арматура")
    plan = actions.create_plan(manager, client, horizon_years=3, starts_on=starts_on)
    plan = actions.change_plan(
        manager,
        plan,
        trajectory="growth",
        baseline=6 * MILLION,
        target=15 * MILLION,
        profit=156 * MILLION // 100,
        wallet=24 * MILLION,
        categories="flanges",
        stage=2,
        level=2,
        competitors="A domestic plant: quality papers. Direct import: price.",
        strengths="A full range of imported valves",
        vision="Main supplier of imported valves in the region, joint stock programme",
        extra_profit=42 * MILLION // 10,
        extra_profit_note="extra sales 16.2m by 26 %",
    )
    first = actions.add_part(
        manager, plan, text=VulnerabilityText("No regional stock, 45 days of delivery")
    )
    assert isinstance(first, Vulnerability)
    director = actions.add_part(
        manager, plan, text=PersonText("Pyotr Yakovlev", "technical director", "wants our tests")
    )
    _write(manager, plan, first.pk, director.pk, starts_on)
    return PerspectivePlan.objects.get(pk=plan.pk)


def _write(manager: User, plan: PerspectivePlan, weak: int, person: int, start: dt.date) -> None:
    def day(months: int) -> dt.date:
        return (Month.of(start) + months).last_day

    texts = [
        GoalText("sow", (0.32, 0.40, 0.50), 0.25, source="wallet"),
        GoalText("categories", (2, 3, 4), 1),
        GoalText("stage", (3, 4, 4), 2, source="session"),
        GoalText("participants", (6, 9, 10), 2, source="centre"),
        GoalText("overdue", (0.03, 0.03, 0.03), 0.08, source="finance"),
        StrategyText("Enter gate valves through the stock programme", (weak,)),
        StrategyText("Win the technical director by tests and certificates", (), (person,)),
        StrategyText("Become part of their sellers' offers: training, price lists"),
        ActionText("prepare", "Wallet by category", day(2), manager),
        ActionText("prepare", "Meet the technical director", day(3), manager),
        ActionText(
            "wait_trigger",
            "A joint bid",
            day(9),
            manager,
            trigger="Tender of the regional water utility announced",
        ),
        ActionText("act", "Trial lot of 400 thousand", day(5), manager),
        ActionText("act", "Training of 12 sellers", day(8), manager),
        CompanyActionText("Logistics", "Consignment stock 1.5m", day(4), 240 * THOUSAND),
        CompanyActionText("Quality", "Certificates of 14 items", day(5), 180 * THOUSAND),
        CompanyActionText("Marketing", "Co-branded catalogue", day(6), 90 * THOUSAND),
        CompanyActionText("Finance", "Deferral 45 to 60 days", day(7), 90 * THOUSAND),
        RiskText("Rouble rate +20 %", 3, 4, "Price corridor clause"),
        RiskText("The key buyer leaves", 2, 4, "A second contact by December"),
        WORSE,
        ScenarioText("better", "The utility tender is won", sales=18 * MILLION),
        StopText("Small urgent lots below 20 thousand at a special price"),
        ControlText(day(3), "Joint session of the quarter"),
    ]
    for text in texts:
        actions.add_part(manager, plan, text=text)
