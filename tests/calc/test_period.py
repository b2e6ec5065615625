"""Months and periods."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamerton.calc.period import Month, Period

months = st.builds(Month, st.integers(1900, 2100), st.integers(1, 12))


@given(months, st.integers(-600, 600))
def test_adding_and_subtracting_months_undo_each_other(month: Month, step: int) -> None:
    assert (month + step) - month == step
    assert (month + step) + -step == month


@given(months, months)
def test_months_are_ordered_as_their_days(one: Month, other: Month) -> None:
    assert (one < other) == (one.first_day < other.first_day)


@given(months)
def test_the_last_day_is_followed_by_the_next_month(month: Month) -> None:
    assert month.last_day + dt.timedelta(days=1) == (month + 1).first_day


@given(months)
def test_written_months_are_read_back(month: Month) -> None:
    assert Month.parse(str(month)) == month


@pytest.mark.parametrize(
    "text", ["2026", "2026-13", "2026-00", "26-10", "2026-10-01", "", "2026-1"]
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)


def test_a_period_must_not_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Period(dt.date(2026, 2, 1), dt.date(2026, 1, 31))


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)))
def test_the_closed_year_is_twelve_months_before_the_present_one(today: dt.date) -> None:
    year = Period.closed_year(today)
    assert len(year.months()) == 12
    assert year.whole_months
    assert year.until + dt.timedelta(days=1) == Month.of(today).first_day


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)))
def test_a_closed_year_follows_the_one_before_it_without_a_gap(today: dt.date) -> None:
    year = Period.closed_year(today)
    assert year.shift_years(-1).until + dt.timedelta(days=1) == year.since


def test_single_days_of_a_leap_year_are_clamped() -> None:
    period = Period(dt.date(2024, 2, 29), dt.date(2024, 3, 15))
    assert period.shift_years(-1) == Period(dt.date(2023, 2, 28), dt.date(2023, 3, 15))


def test_both_ends_are_inside() -> None:
    period = Period(dt.date(2026, 1, 1), dt.date(2026, 1, 2))
    assert period.since in period
    assert period.until in period
    assert dt.date(2026, 1, 3) not in period
    assert period.days == 2
