"""Activity, retention, churn, growth."""

import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamerton.calc.retention import (
    CHURN_BENCHMARK,
    active_on,
    activity_window,
    growth,
    logo_retention,
    revenue_retention,
)

from .samples import NAN

revenue = st.lists(
    st.tuples(st.integers(-100, 10**9), st.integers(-100, 10**9)), min_size=1, max_size=30
)


@pytest.mark.req("S2-06", "S2-05")
def test_eighteen_of_twenty_stay() -> None:
    before = [True] * 20 + [False] * 5
    after = [False] * 2 + [True] * 18 + [True] * 5  # newcomers do not hide who left
    found = logo_retention(before, after)
    assert (found.before, found.kept) == (20, 18)
    assert found.retention == pytest.approx(0.90)
    assert found.churn == pytest.approx(0.10)
    assert found.churn < CHURN_BENCHMARK == 0.50


@pytest.mark.req("S2-03", "S2-05")
def test_nrr_and_grr_of_the_analysis() -> None:
    found = revenue_retention([30, 40, 20, 10, 0], [42, 33, 20, 0, 99])
    assert (found.base, found.expansion, found.contraction, found.lost) == (100, 12, 7, 10)
    assert found.new == 99
    assert found.nrr == pytest.approx(0.95)
    assert found.grr == pytest.approx(0.83)


@pytest.mark.req("S2-05")
def test_growth_is_year_on_year() -> None:
    assert growth([115, 80], [100, 100]).round(9).tolist() == [0.15, -0.20]


def test_no_base_is_no_data() -> None:
    assert math.isnan(logo_retention([False], [True]).retention)
    assert math.isnan(logo_retention([], []).churn)
    assert math.isnan(revenue_retention([0, -5], [10, 10]).nrr)
    assert np.isnan(growth([10, 10], [0, -1])).all()


@pytest.mark.parametrize(
    ("median", "silent", "expected"),
    [
        (10, 90, True),
        (10, 91, False),
        (60, 120, True),
        (60, 121, False),
        (NAN, 90, True),
        (NAN, 91, False),
    ],
)
def test_active_within_ninety_days_or_twice_the_median(
    median: float, silent: int, expected: bool
) -> None:
    day = dt.date(2026, 6, 30)
    last = np.array([day - dt.timedelta(days=silent)], dtype="datetime64[D]")
    assert active_on(day, last, [median]).tolist() == [expected]


def test_a_shipment_still_to_come_does_not_count() -> None:
    last = np.array(["2026-07-01", "NaT", "2026-06-30"], dtype="datetime64[D]")
    assert active_on(dt.date(2026, 6, 30), last, [NAN] * 3).tolist() == [False, False, True]


def test_lengths_must_agree() -> None:
    with pytest.raises(ValueError, match="2 values"):
        revenue_retention([1, 2], [1])
    with pytest.raises(ValueError, match="active_after"):
        logo_retention([True, True], [True])
    with pytest.raises(ValueError, match="infinity"):
        activity_window([math.inf])


@given(revenue)
def test_the_bridge_ends_at_what_the_old_clients_bring_now(pairs: list[tuple[int, int]]) -> None:
    found = revenue_retention([a for a, _ in pairs], [b for _, b in pairs])
    kept = sum(max(b, 0) for a, b in pairs if a > 0)
    bridge = found.base + found.expansion - found.contraction - found.lost
    assert bridge == pytest.approx(kept)
    if found.base > 0:
        assert 0 <= found.grr <= 1 + 1e-9
        assert found.grr <= found.nrr + 1e-9
    else:
        assert math.isnan(found.nrr)
