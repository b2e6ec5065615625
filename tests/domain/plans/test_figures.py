"""The figures of plans, the three tasks, and what they cost to read."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.calc.period import Month
from kamerton.domain.methodology.actions import change_methodology
from kamerton.domain.plans import queries
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.domain.segmentation.models import ManagerKey
from kamerton.platform.access.queries import system_user
from tests.factories import ClientFactory, UserFactory
from tests.factories.ledger import clients_for, ledger, line
from tests.factories.plans import MILLION, WORSE, a_client, a_plan, an_action, approved, submitted
from tests.factories.segmentation import manager_key

pytestmark = pytest.mark.django_db


def last_month():
    return Month.of(timezone.localdate()) + -1


def sold(code, amounts, until=None):
    """Lines of months up to the last closed one, whole roubles."""
    until = until or last_month()
    first = until + (1 - len(amounts))
    return [
        line((first + n).first_day, code, amount, document=f"{code}{n}", manager_code="M")
        for n, amount in enumerate(amounts)
    ]


def end(until=None):
    return line((until or last_month()).last_day, "", 0, document="end")


@pytest.mark.req("S4-24", "S4-52")
def test_the_score_of_a_plan_moves_by_approval_actions_and_sales_only(ann, head):
    client = clients_for(["C1"], manager=ann)["C1"]
    ledger([*sold("C1", [600_000] * 3), end()])
    start = (last_month() + -1).first_day  # two closed months of year 1
    plan = submitted(ann, client, starts_on=start, baseline=6 * MILLION, target=18 * MILLION)
    before = queries.plan_figures_of([client.pk])[client.pk]
    assert (before.approved, before.score) == (False, 0.0)
    tasks_before = queries.three_tasks(ann, [client.pk])[client.pk]
    from kamerton.domain.plans import actions

    actions.approve_plan(head, plan)
    found = queries.plan_figures_of([client.pk])[client.pk]
    assert (found.fact, found.months) == (120_000_000, 2)
    assert found.trajectory == round(10 * MILLION * 2 / 12)
    kept = found.fact / found.trajectory
    assert found.score == pytest.approx(40 + 30 * kept)
    after = queries.three_tasks(ann, [client.pk])[client.pk]
    assert after.index - tasks_before.index == pytest.approx(0.30 * found.score)
    an_action(plan, due_on=timezone.localdate() - dt.timedelta(days=1))
    assert queries.plan_figures_of([client.pk])[client.pk].on_time == 0.0
    PerspectivePlan.objects.update(next_review_on=dt.date(2020, 1, 1))
    late = queries.plan_figures_of([client.pk])[client.pk]
    assert (late.approved, late.review_overdue) == (False, True)
    assert late.score == pytest.approx(30 * kept)


@pytest.mark.req("S4-24")
def test_approval_moves_the_index_by_twelve_points(ann, head):
    from kamerton.domain.plans import actions

    plan = submitted(ann)
    before = queries.three_tasks(head, [plan.client_id])[plan.client_id].index
    actions.approve_plan(head, plan)
    after = queries.three_tasks(head, [plan.client_id])[plan.client_id].index
    assert after - before == pytest.approx(12.0)


@pytest.mark.req("S4-54", "S4-48")
def test_a_tool_that_is_off_gives_its_weight_away_and_the_plan_stands_alone(ann):
    plan = approved(ann)
    all_on = queries.three_tasks(ann, [plan.client_id])[plan.client_id]
    assert [part.code for part in all_on.parts] == ["information", "communication", "plan"]
    assert all_on.index == pytest.approx(12.0)
    off = {"dossier": False, "buying_centre": False}
    change_methodology(system_user(), note="Plans only", tools=off)
    alone = queries.three_tasks(ann, [plan.client_id])[plan.client_id]
    assert [(part.code, part.weight) for part in alone.parts] == [("plan", 100.0)]
    assert alone.index == pytest.approx(40.0)
    assert queries.plan_on_a_page(ann, plan).approval.version == 1
    change_methodology(system_user(), note="Nothing", tools=off | {"plan": False})
    assert queries.three_tasks(ann, [plan.client_id])[plan.client_id].index is None


def test_the_index_is_the_same_for_all_and_sums_are_for_who_may_see_them(ann, head, stranger):
    plan = approved(ann)
    peer = UserFactory(supervisor=head)  # sees the team's clients, not their money
    own, others = (
        queries.three_tasks(who, [plan.client_id])[plan.client_id] for who in (ann, peer)
    )
    assert own.index == others.index
    kinds = [{basis.kind for basis in found.parts[-1].bases} for found in (own, others)]
    assert ["money" in kind for kind in kinds] == [True, False]
    assert queries.three_tasks(stranger, [plan.client_id]) == {}


def test_figures_of_many_clients_cost_no_more_than_of_one(ann, django_assert_max_num_queries):
    plans = [approved(ann) for _ in range(12)]
    for plan in plans:
        for n in range(5):
            an_action(plan, due_on=timezone.localdate() + dt.timedelta(days=n - 2))
    ids = [plan.client_id for plan in plans]
    with django_assert_max_num_queries(32):
        one = queries.three_tasks(ann, ids[:1])
    with django_assert_max_num_queries(32):
        many = queries.three_tasks(ann, ids)
    assert len(many) == 12
    assert many[ids[0]] == one[ids[0]]


@pytest.mark.req("S4-29")
def test_from_day_31_a_key_client_without_a_plan_is_red(ann, head):
    client = a_client(ann)
    key = manager_key(ann, client)
    since = timezone.localdate() - dt.timedelta(days=30)
    moment = timezone.make_aware(dt.datetime.combine(since, dt.time(12)))
    ManagerKey.objects.filter(pk=key.pk).update(confirmed_at=moment)
    (due,) = queries.missing_plans(head)
    assert (due.client, due.late, due.due_on) == (client, False, timezone.localdate())
    (red,) = queries.missing_plans(head, on=timezone.localdate() + dt.timedelta(days=1))
    assert (red.late, red.days_late) == (True, 1)
    plan = a_plan(ann, client)  # a draft is no plan yet
    assert len(queries.missing_plans(head)) == 1
    from kamerton.domain.plans import actions

    actions.add_part(ann, plan, text=WORSE)
    actions.submit_plan(ann, plan)
    assert queries.missing_plans(head) == []


@pytest.mark.req("S4-30")
def test_the_page_shows_plan_fact_and_forecast_to_who_may_see_money(ann, head):
    client = clients_for(["C1"], manager=ann)["C1"]
    ledger([*sold("C1", [500_000] * 30), end()])
    start = (last_month() + -2).first_day
    plan = approved(ann, client, starts_on=start)
    page = queries.plan_on_a_page(ann, plan)
    first = page.years[0]
    assert (first.months, first.fact) == (3, 150_000_000)
    assert (round(first.attainment, 3), first.colour) == (0.667, "bad")
    assert first.forecast == 600_000_000  # three closed months and nine flat ones
    assert first.low <= first.forecast <= first.high
    assert page.years[1].forecast is None  # nobody knows two years ahead
    chart = page.chart
    assert len(chart.labels) == len(chart.plan) == 4 + 12 + 1
    assert chart.plan[4] == plan.baseline
    assert chart.plan[-1] == plan.target
    assert any(value for value in chart.fact)
    assert any(value for value in chart.forecast)
    peer = UserFactory(supervisor=head)
    hidden = queries.plan_on_a_page(peer, plan)
    assert hidden.years[0].fact is None
    assert not any(hidden.chart.fact)


def test_a_plan_of_200_actions_costs_as_many_queries_as_one_of_none(
    ann, django_assert_max_num_queries
):
    plan = approved(ann)
    with django_assert_max_num_queries(60) as none:
        queries.plan_on_a_page(ann, plan)
    for n in range(200):
        an_action(plan, due_on=timezone.localdate() + dt.timedelta(days=n - 60))
    with django_assert_max_num_queries(60) as many:
        page = queries.plan_on_a_page(ann, plan)
    assert len(page.actions) == 200
    assert len(many.captured_queries) <= len(none.captured_queries) + 4


def test_what_is_known_fills_a_new_plan(ann):
    from kamerton.domain.plans import actions

    client = clients_for(["C1"], manager=ann)["C1"]
    rows = sold("C1", [100_000] * 14)
    ledger([*(row | {"category": "flanges"} for row in rows), end()])
    plan = actions.create_plan(ann, client)
    assert plan.baseline == 120_000_000
    assert plan.categories == "flanges"
    assert plan.starts_on == Month.of(timezone.localdate()).first_day
    assert actions.create_plan(ann, ClientFactory(manager=ann)).baseline == 0  # S4-48
