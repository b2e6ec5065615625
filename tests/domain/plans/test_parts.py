"""What stands in the sections: written, changed by two at once, struck out."""

import datetime as dt

import pytest

from kamerton.domain.plans import actions, queries
from kamerton.domain.plans.actions import (
    ActionText,
    CompanyActionText,
    CostText,
    GoalText,
    NotYourApproval,
    NotYourPlan,
    ReasonMissing,
    RiskText,
    ScenarioThere,
    StrategyText,
    Unfit,
    WrongState,
)
from kamerton.domain.plans.models import PerspectivePlan, PlanGoal, PlanRisk
from kamerton.domain.plans.queries.versions import PARTS
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import Stale
from tests.factories.plans import MILLION, WORSE, a_plan, approved, region_armatura

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 1)
RATE = RiskText("Rouble rate", 3, 4, "Corridor")


@pytest.mark.req("S4-49")
def test_the_second_who_changes_a_part_is_told_and_nothing_is_lost(ann, head):
    plan = a_plan(ann)
    risk = actions.add_part(ann, plan, text=RATE)
    actions.change_part(head, risk, text=RiskText("Rate +20 %", 3, 4, "Corridor"), revision=1)
    with pytest.raises(Stale):
        actions.change_part(ann, risk, text=RiskText("Mine", 1, 1, "Wait"), revision=1)
    assert PlanRisk.objects.get().text == "Rate +20 %"
    actions.change_part(ann, risk, text=RiskText("Mine", 1, 1, "Wait"), revision=2)
    assert PlanRisk.objects.get().weight == 1


def test_two_who_write_different_sections_are_not_in_each_others_way(ann, head):
    plan = a_plan(ann)
    risk = actions.add_part(ann, plan, text=RATE)
    actions.change_plan(ann, plan, text_revision=2, strengths="Stock")
    actions.change_part(head, risk, text=RATE, revision=1)
    with pytest.raises(Stale):
        actions.change_plan(head, plan, text_revision=2, strengths="Price")
    assert PerspectivePlan.objects.get().strengths == "Stock"


def test_values_out_of_range_are_refused_and_nothing_is_written(ann, head):
    plan, other = a_plan(ann), a_plan(ann)
    foreign = actions.add_part(ann, other, text=StrategyText("Theirs"))
    wrong = [
        RiskText("Rate", 6, 4, "Corridor"),
        RiskText("Rate", 3, 0, "Corridor"),
        RiskText("", 3, 3, "Corridor"),
        GoalText("sow", (0.3, 0.4)),
        GoalText("fame", (1, 2, 3)),
        CostText("Samples", 100, year=4),
        CostText("Samples", -1),
        ActionText("wait_trigger", "Bid", DAY, ann),
        ActionText("act", "Bid", DAY, ann, strategy=foreign),
        StrategyText("Ours", people=(foreign.pk,)),
        CompanyActionText("", "Stock", DAY),
    ]
    revision = PerspectivePlan.objects.get(pk=plan.pk).revision
    for text in wrong:
        with pytest.raises(Unfit):
            actions.add_part(ann, plan, text=text)
    plan.refresh_from_db()
    assert plan.revision == revision
    assert not any(getattr(plan, name).exists() for name in PARTS)


def test_a_scenario_is_there_once(ann):
    plan = a_plan(ann)
    made = actions.add_part(ann, plan, text=WORSE)
    with pytest.raises(ScenarioThere):
        actions.add_part(ann, plan, text=WORSE)
    actions.change_part(ann, made, text=WORSE)
    assert plan.scenarios.count() == 1


def test_a_shorter_horizon_cuts_the_targets_and_a_longer_one_leaves_them_open(ann):
    plan = a_plan(ann)
    goal = actions.add_part(ann, plan, text=GoalText("nps", (7, 8, 9)))
    actions.change_plan(ann, plan, horizon_years=2)
    assert PlanGoal.objects.get(pk=goal.pk).targets == [7, 8]
    actions.change_plan(ann, plan, horizon_years=4)
    assert PlanGoal.objects.get(pk=goal.pk).targets == [7, 8, None, None]


def test_strangers_read_nothing_into_the_plan(ann, stranger):
    plan = a_plan(ann)
    risk = actions.add_part(ann, plan, text=RATE)
    for act in (
        lambda: actions.add_part(stranger, plan, text=RATE),
        lambda: actions.change_part(stranger, risk, text=RATE),
        lambda: actions.remove_part(stranger, risk),
        lambda: actions.change_plan(stranger, plan, vision="Mine"),
        lambda: actions.close_plan(stranger, plan, completed=False, reason="Mine"),
    ):
        with pytest.raises(NotYourPlan):
            act()
    assert PlanRisk.objects.get().text == "Rouble rate"
    assert queries.plan(stranger, plan.pk) is None


def test_every_change_is_in_the_journal(ann):
    plan = a_plan(ann)
    risk = actions.add_part(ann, plan, text=RATE)
    actions.change_part(ann, risk, text=RiskText("Rate", 4, 4, "Corridor"))
    actions.remove_part(ann, risk)
    told = AuditEntry.objects.filter(action__startswith="plans.part").order_by("pk")
    assert [entry.action for entry in told] == [
        *("plans.part_added", "plans.part_changed", "plans.part_removed"),
    ]
    assert (told[1].before["probability"], told[1].after["probability"]) == (3, 4)


@pytest.mark.req("S4-51")
def test_the_company_pays_only_what_who_stands_above_has_allowed(ann, head, owner):
    plan = approved_with_cost(ann)
    part = plan.supplier_actions.get()
    with pytest.raises(WrongState):
        actions.finish_company_action(ann, part, proof="Order 5")
    with pytest.raises(NotYourApproval):
        actions.decide_company_action(head, a_cost(head), approved=True)
    actions.decide_company_action(head, part, approved=True, revision=1)
    with pytest.raises(Stale):
        actions.decide_company_action(owner, part, approved=False, revision=1)
    with pytest.raises(ReasonMissing):
        actions.finish_company_action(ann, part, proof="")
    done = actions.finish_company_action(ann, part, proof="Order 5 of 1 December")
    assert (done.state, done.decided_by, done.proof) == ("done", head, "Order 5 of 1 December")


def a_cost(manager):
    text = CompanyActionText("Logistics", "Stock", DAY, 24_000_000)
    return actions.add_part(manager, a_plan(manager), text=text)


def approved_with_cost(ann):
    plan = approved(ann)
    actions.revise_plan(ann, plan, reason="Costs")
    text = CompanyActionText("Logistics", "Stock", DAY, 24_000_000)
    actions.add_part(ann, plan, text=text)
    return plan


@pytest.mark.req("S4-47", "S4-45", "S4-51", "S4-46")
def test_the_valve_wholesaler_stands_on_one_page_with_its_numbers(ann, head):
    plan = region_armatura(ann, starts_on=dt.date(2026, 7, 1))
    page = queries.plan_on_a_page(head, plan)
    assert [section.code for section in page.sections] == [f"s{n}" for n in range(1, 14)]
    assert [round(year.trajectory / MILLION, 3) for year in page.years] == [8.143, 11.052, 15.0]
    assert page.now.share == 0.25
    assert (page.budget.total, page.budget.ratio) == (60_000_000, 7.0)
    goals = {goal.metric: goal.words for goal in page.goals}
    assert goals["sow"] == ("25%", "32%", "40%", "50%")
    assert goals["stage"] == ("Basic", "Cooperative", "Interdependent", "Interdependent")
    assert [action.kind for action in page.actions].count("wait_trigger") == 1
    assert {action.state for action in page.actions if action.kind == "wait_trigger"} == {"waits"}
    assert page.strategies[0].closes == ("No regional stock, 45 days of delivery",)
    assert page.strategies[1].people == ("Pyotr Yakovlev",)
    assert [scenario.kind for scenario in page.scenarios] == ["worse", "better"]
    assert [risk.weight for risk in page.risks] == [12, 8]
    assert page.people[0].attitude is None  # the buying centre is not used: plain text will do
    assert page.stops
    assert page.control_points
    assert page.approval.version is None
