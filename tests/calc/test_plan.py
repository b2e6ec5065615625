"""Trajectory, attainment, reconciliation, plan score, budget; the oracles of 3.14 and 3.15."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamerton.calc.plan import (
    PlanWeights,
    attainment,
    budget_ratio,
    colours,
    habitual_minimum,
    plan_score,
    reconciliation,
    trajectory,
)

from .samples import NAN

sums = st.floats(1.0, 1e12)
years = st.integers(1, 5)
shares = st.floats(0, 1)


@pytest.mark.req("S4-45", "S4-47")
def test_the_valve_wholesaler_goes_from_six_to_fifteen() -> None:
    assert trajectory(6, 15, 3).tolist() == [9.0, 12.0, 15.0]
    assert trajectory(6, 15, 3, "growth").tolist() == pytest.approx([8.143, 11.052, 15.0], abs=5e-4)


@given(sums, sums, years, st.sampled_from(["linear", "growth"]))
def test_a_trajectory_ends_at_the_target_and_never_turns_round(baseline, target, horizon, mode):
    found = trajectory(baseline, target, horizon, mode)
    assert found[-1] == target
    way = np.diff(np.concatenate([[baseline], found])) * np.sign(target - baseline)
    assert (way >= -1e-9 * max(baseline, target)).all()


@given(sums, sums, years)
def test_equal_growth_lies_below_equal_steps(baseline, target, horizon):
    growth, steps = (trajectory(baseline, target, horizon, mode) for mode in ("growth", "linear"))
    assert (growth <= steps * (1 + 1e-9)).all()


def test_from_nothing_there_is_no_rate_of_growth() -> None:
    found = trajectory(0, 15, 3, "growth")
    assert np.isnan(found[:2]).all()
    assert found[2] == 15
    assert trajectory(0, 15, 3).tolist() == [5, 10, 15]


@pytest.mark.parametrize("wrong", [(6, 15, 0), (6, 15, 6), (-1, 15, 3), (6, float("inf"), 3)])
def test_a_trajectory_out_of_range_is_refused(wrong) -> None:
    with pytest.raises(ValueError, match=r"year|finite"):
        trajectory(*wrong)
    with pytest.raises(ValueError, match="mode"):
        trajectory(6, 15, 3, "steps")  # type: ignore[arg-type]


def test_attainment_has_a_colour_and_no_data_has_none() -> None:
    found = attainment([69.9, 70, 99, 100, 5, NAN], [100, 100, 100, 100, 0, 100])
    assert colours(found).tolist() == ["bad", "warn", "warn", "ok", "mute", "mute"]
    with pytest.raises(ValueError, match="order"):
        colours(found, amber=1.1)


@pytest.mark.req("S4-50")
def test_two_percent_below_is_well_and_eight_warns() -> None:
    found = reconciliation([98.0, 92.0, 95.0, 130.0, 50.0], [100.0, 100.0, 100.0, 100.0, 0.0])
    assert found.fits.tolist() == [True, False, True, True, True]
    assert found.share[:2].tolist() == [0.98, 0.92]
    assert np.isnan(found.share[4])


@given(sums, sums, shares.filter(lambda part: part < 1))
def test_more_planned_never_fits_worse(planned, expected, tolerance):
    less, more = (
        reconciliation([each], [expected], tolerance=tolerance).fits[0]
        for each in (planned, planned * 2)
    )
    assert more or not less


@pytest.mark.req("S4-24", "S4-52")
def test_the_plan_score_of_the_worked_example_is_91() -> None:
    assert plan_score([True], [0.7], [1.0]).tolist() == [pytest.approx(91.0)]
    assert plan_score([True], [NAN], [NAN]).tolist() == [40.0]  # a declaration earns no more
    assert plan_score([False], [NAN], [NAN]).tolist() == [0.0]
    with pytest.raises(ValueError, match="on_time"):
        plan_score([True], [1.1], [0])
    with pytest.raises(ValueError, match="100"):
        PlanWeights(50, 30, 30)


@given(st.booleans(), shares, st.floats(-5, 5))
def test_the_plan_score_stays_in_range_and_approval_adds_forty(approved, on_time, kept):
    score = plan_score([approved], [on_time], [kept])[0]
    assert 0 <= score <= 100 + 1e-9
    without = plan_score([False], [on_time], [kept])[0]
    assert score - without == pytest.approx(40 if approved else 0)


@pytest.mark.req("S4-51")
def test_the_budget_pays_seven_times() -> None:
    assert budget_ratio(4_200_000, 600_000) == 7.0
    assert np.isnan(budget_ratio(4_200_000, 0))
    with pytest.raises(ValueError, match="negative"):
        budget_ratio(1, -1)


@pytest.mark.req("S3-04")
def test_three_months_between_minimum_and_plan_are_a_habit() -> None:
    low, plan = [90.0] * 4, [100.0] * 4
    assert habitual_minimum([100, 90, 91, 95], low, plan)
    assert not habitual_minimum([90, 90, 90, 100], low, plan)  # the last one reached the plan
    assert not habitual_minimum([90, 90, 89, 95], low, plan)  # below the minimum is no habit of it
    assert not habitual_minimum([90, NAN, 91, 95], low, plan)
    assert not habitual_minimum([90, 91], low[:2], plan[:2])
    with pytest.raises(ValueError, match="month"):
        habitual_minimum([90], [90], [100], run=0)
