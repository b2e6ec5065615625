"""Plans of months against the trajectory, habits of the minimum, forecasts scored afterwards."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.calc.period import Month
from kamerton.domain.accounts.models import ProductCategory
from kamerton.domain.plans import actions, queries
from kamerton.domain.plans.actions import (
    Levels,
    NotYourPlan,
    PeriodOver,
    ReasonMissing,
    Unfit,
    When,
)
from kamerton.domain.plans.models import PeriodPlan, SalesForecast
from kamerton.platform.access.queries import system_user
from kamerton.platform.errors import Stale
from tests.factories.ledger import clients_for, ledger, line
from tests.factories.plans import MILLION, a_client, a_plan, approved, month_plan
from tests.factories.segmentation import manager_key

from .test_figures import end, last_month, sold

pytestmark = pytest.mark.django_db


def this_month():
    return Month.of(timezone.localdate())


def when(step=0, kind="month"):
    return When(kind, (this_month() + step).first_day)


def levels(target, reason=""):
    return Levels(round(target * 0.9), target, round(target * 1.2), reason)


@pytest.mark.req("S4-50")
def test_a_month_below_the_trajectory_needs_a_written_reason(ann):
    plan = a_plan(ann, starts_on=this_month().first_day, baseline=6 * MILLION, target=15 * MILLION)
    month = 9 * MILLION // 12  # year 1 of equal steps
    with pytest.raises(ReasonMissing):
        actions.put_period_plan(ann, plan.client, when=when(), levels=levels(month - 1))
    assert not PeriodPlan.objects.exists()
    actions.put_period_plan(ann, plan.client, when=when(), levels=levels(month))
    low = levels(month // 2, "Holidays: the plant stands still")
    actions.put_period_plan(ann, plan.client, when=when(1), levels=low)
    assert list(PeriodPlan.objects.values_list("reason", flat=True)) == [
        *("", "Holidays: the plant stands still")
    ]


@pytest.mark.req("S4-50")
@pytest.mark.parametrize(("part", "fits"), [(0.98, True), (0.92, False)])
def test_two_percent_below_fits_and_eight_warns_both(ann, head, part, fits):
    plan = a_plan(ann, starts_on=this_month().first_day, baseline=6 * MILLION, target=15 * MILLION)
    for step in range(12):
        month_plan(plan.client, (this_month() + step).first_day, round(9 * MILLION / 12 * part))
    for viewer in (ann, head):
        year = queries.reconciled_years(viewer, [plan])[plan.pk][0]
        assert (round(year.share, 4), year.fits, year.months) == (part, fits, 12)
    shown = queries.plan_on_a_page(head, plan).years[0]
    assert shown.reconciled_ok is fits
    row = queries.grid(head, [plan.client], since=this_month()).rows[0]
    assert row.reconciled.fits is fits


def test_levels_are_in_order_and_periods_begin_where_they_should(ann, stranger):
    client = a_client(ann)
    wrong = [
        (when(), Levels(10, 9, 11)),
        (when(), Levels(-1, 9, 11)),
        (When("week", this_month().first_day), levels(100)),
        (When("month", this_month().first_day + dt.timedelta(days=1)), levels(100)),
        (When("quarter", dt.date(2099, 2, 1)), levels(100)),
    ]
    for period, asked in wrong:
        with pytest.raises(Unfit):
            actions.put_period_plan(ann, client, when=period, levels=asked)
    with pytest.raises(PeriodOver):
        actions.put_period_plan(ann, client, when=when(-1), levels=levels(100))
    with pytest.raises(NotYourPlan):
        actions.put_period_plan(stranger, client, when=when(), levels=levels(100))
    assert not PeriodPlan.objects.exists()
    actions.put_period_plan(
        ann, client, when=When("quarter", dt.date(2099, 4, 1)), levels=levels(100)
    )
    actions.put_period_plan(ann, client, when=when(kind="year"), levels=levels(1200))
    assert PeriodPlan.objects.count() == 2


def test_two_who_plan_the_same_month_are_told(ann, head):
    client = a_client(ann)
    actions.put_period_plan(ann, client, when=when(), levels=levels(100), revision=0)
    with pytest.raises(Stale):
        actions.put_period_plan(head, client, when=when(), levels=levels(200), revision=0)
    assert PeriodPlan.objects.get().target == 100
    actions.put_period_plan(head, client, when=when(), levels=levels(200), revision=1)
    plan = PeriodPlan.objects.get()
    assert (plan.target, plan.revision) == (200, 2)
    with pytest.raises(PeriodOver):
        actions.remove_period_plan(ann, month_plan(client, dt.date(2020, 1, 1), 5))
    actions.remove_period_plan(ann, plan)
    assert PeriodPlan.objects.count() == 1


@pytest.mark.req("S3-04")
def test_three_months_in_a_row_at_the_minimum_are_listed(ann, head):
    clients = clients_for(["C1", "C2", "C3"], manager=ann)
    ledger([
        *sold("C1", [95, 92, 91]),  # content with the least
        *sold("C2", [95, 100, 91]),  # once it was the plan
        *sold("C3", [95, 80, 91]),  # once below the minimum: no habit of it
        end(),
    ])  # fmt: skip
    for client in clients.values():
        for step in range(-2, 1):
            month_plan(client, (last_month() + step).first_day, 100_00)
    found = queries.habits(head, list(clients.values()))
    assert [habit.client.name for habit in found] == ["C1"]
    assert [cell.level for cell in found[0].months] == ["minimum"] * 3
    grid = queries.grid(ann, list(clients.values()), since=last_month() + -2, count=3)
    assert [row.habit for row in grid.rows] == [True, False, False]
    assert grid.totals[0] == (300_00, 285_00)
    assert [cell.level for cell in grid.rows[1].cells] == ["minimum", "target", "minimum"]
    assert grid.rows[2].cells[1].level == "below"


@pytest.mark.req("S4-50")
def test_a_plan_of_a_category_is_compared_with_the_sales_of_this_category(ann):
    client = clients_for(["C1"], manager=ann)["C1"]
    valves, pipes = (ProductCategory.objects.create(name=name) for name in ("Valves", "Pipes"))
    first = last_month() + -2
    ledger([
        line(first.first_day, "C1", 700, document="1", category="Valves"),
        line(last_month().first_day, "C1", 90, document="2", category="Pipes"),
        end(),
    ])  # fmt: skip
    month_plan(client, last_month().first_day, 100_00)  # a month of all goods: in the grid
    month_plan(client, last_month().first_day, 100_00, category=pipes)
    month_plan(client, first.first_day, 500_00, category=valves)
    month_plan(client, this_month().first_day, 500_00, category=valves)
    month_plan(client, first.first_day, 900_00, kind="quarter")
    found = queries.other_plans(ann, [client], since=first, count=4)
    told = {(str(c.plan.category or ""), c.plan.kind, c.plan.starts_on): c.fact for c in found}
    assert told == {
        ("", "quarter", first.first_day): 790_00,
        ("Valves", "month", first.first_day): 700_00,
        ("Pipes", "month", last_month().first_day): 90_00,
        ("Valves", "month", this_month().first_day): None,
    }


def test_a_grid_of_many_clients_asks_no_more_than_of_one(ann, django_assert_max_num_queries):
    clients = [a_client(ann) for _ in range(10)]
    for client in clients:
        month_plan(client, this_month().first_day, 100)
    with django_assert_max_num_queries(14):
        queries.grid(ann, clients, since=this_month())


@pytest.mark.req("S4-30")
def test_a_forecast_is_stored_once_a_month_and_scored_when_the_months_came(ann):
    clients = clients_for(["C1", "C2"], manager=ann)
    manager_key(ann, clients["C1"])
    approved(ann, clients["C2"])
    clients["C1"].manager_keys = 1
    clients["C1"].save()
    before = last_month() + -3
    ledger([*sold("C1", [100] * 30, before), *sold("C2", [100, 90] * 15, before), end(before)])
    system = system_user()
    assert actions.store_forecasts(system) == 2
    assert actions.store_forecasts(system) == 0
    assert actions.score_forecasts(system) == 0  # nothing has come yet
    later = [(before + n).first_day for n in (1, 2, 3)]
    ledger([
        *(row | {"document": f"n{row['document']}"} for code, row in _later(later)),
        end(),
    ])  # fmt: skip
    assert actions.score_forecasts(system) == 2
    flat, other = SalesForecast.objects.order_by("client__name")
    assert (flat.scored, flat.mape, flat.coverage) == (3, 0.0, 1.0)
    assert other.scored == 3
    assert other.mape > 0
    record = queries.record_of(ann, clients["C1"])
    assert (record.months, record.mape, record.coverage, record.level) == (3, 0.0, 1.0, 0.8)
    assert actions.score_forecasts(system) == 0


def _later(days):
    for code in ("C1", "C2"):
        for n, day in enumerate(days):
            yield code, line(day, code, 100, document=f"{code}l{n}", manager_code="M")
