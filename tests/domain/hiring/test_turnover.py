"""Turnover by role: the method's until thirty of our own people are known, then ours."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.calc.hiring_funnel import hires_to_make
from kamerton.domain.hiring import queries
from tests.factories.hiring import a_vacancy, an_application, an_open_vacancy

pytestmark = pytest.mark.django_db


def hired(vacancy, *, days, left=None):
    """Somebody who began so many days ago, and left after so many."""
    first = timezone.localdate() - dt.timedelta(days=days)
    gone = first + dt.timedelta(days=left) if left is not None else None
    an_application(vacancy, stage="hired", hired_on=first, left_on=gone)


def thirty(vacancy, *, leavers):
    for number in range(30):
        hired(vacancy, days=400, left=40 + number if number < leavers else None)


@pytest.mark.req("S0-37")
def test_below_thirty_people_the_method_says(kim, vacancy):
    for _ in range(29):
        hired(vacancy, days=400, left=50)
    for _ in range(20):
        hired(vacancy, days=100)  # came lately: nobody knows yet
    found = queries.turnover(kim, "kam")
    assert (found.share, found.n, found.left, found.own) == (0.5, 29, 29, False)
    assert queries.planned_hires(1, "kam").hires == 2


@pytest.mark.req("S0-37", "S0-38")
def test_from_thirty_on_our_own_turnover_makes_the_plan(kim, vacancy, django_assert_num_queries):
    thirty(vacancy, leavers=21)
    queries.planned_hires(1)  # the method is read once a process
    with django_assert_num_queries(2):  # with the method
        found = queries.turnover(kim, "kam")
    assert (found.n, found.left, found.own) == (30, 21, True)
    assert found.share == pytest.approx(0.7)
    plan = queries.planned_hires(1, "kam")
    assert plan.hires == hires_to_make(1, 0.7).hires == 4
    assert a_vacancy(kim).hires_planned == 4
    assert queries.planned_hires(1, "account_manager").hires == 2  # another role


def test_who_is_here_for_a_short_time_counts_as_long_as_he_was_seen(kim, vacancy):
    thirty(vacancy, leavers=15)
    before = queries.turnover(kim, "kam").share
    for _ in range(30):
        hired(vacancy, days=60)  # at risk while the first twenty-one left, no longer
    after = queries.turnover(kim, "kam")
    assert (after.n, after.own) == (30, True)
    assert 0 < after.share < before == pytest.approx(0.5)


def test_leaving_after_half_a_year_is_no_turnover_and_all_gone_stays_reckonable(kim):
    later, gone = an_open_vacancy(kim), an_open_vacancy(kim, role="account_manager")
    for _ in range(30):
        hired(later, days=400, left=181)
        hired(gone, days=400, left=30)
    assert queries.turnover(kim, "kam").share == 0.0
    assert queries.planned_hires(2, "kam").hires == 2
    assert queries.turnover(kim, "account_manager").share == 0.95
    assert queries.planned_hires(1, "account_manager").hires == 28
