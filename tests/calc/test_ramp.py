"""From the first day to full load: the ramp, the payback of a hire, the verdict on probation."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamerton.calc.ramp import (
    COMPLEX_MARKET,
    DEFAULT_PROBATION,
    PROBATION_CRITERIA,
    PROBATION_GATES,
    ProbationRule,
    RampCurve,
    full_load_from,
    latest_verdict,
    measured_by,
    payback,
    portfolio_growth,
    probation_targets,
    probation_verdict,
    ramp_shares,
)

from .samples import NAN

NOV_2 = dt.date(2026, 11, 2)
MODEL = dict(zip(PROBATION_CRITERIA, [0.9, 0.3, 0.7, 4, 25, 16, 1, 1], strict=True))


@pytest.mark.req("S1-50")
def test_the_first_month_carries_a_quarter_of_the_plan() -> None:
    assert ramp_shares([1, 2, 3, 4, 99]).tolist() == [0.25, 0.5, 0.75, 1.0, 1.0]
    assert ramp_shares([0, -3]).tolist() == [0.0, 0.0]


@pytest.mark.req("S0-14")
def test_full_load_lies_three_to_twelve_months_ahead() -> None:
    assert full_load_from(NOV_2) == dt.date(2027, 2, 2)
    assert full_load_from(NOV_2, COMPLEX_MARKET) == dt.date(2027, 8, 2)
    assert full_load_from(dt.date(2026, 11, 30)) == dt.date(2027, 2, 28)
    months = ramp_shares(range(1, 13), COMPLEX_MARKET)
    assert months.tolist() == [0.25] * 3 + [0.5] * 3 + [0.75] * 3 + [1.0] * 3


@pytest.mark.parametrize("wrong", [(), (0.5, 0.25), (-0.1, 1.0), (0.5, 1.1)])
def test_a_ramp_never_falls(wrong: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="parts of 1"):
        RampCurve(wrong)
    with pytest.raises(ValueError, match="month"):
        RampCurve(step_months=0)


@pytest.mark.req("S3-17")
def test_the_hire_of_the_analysis_pays_back_in_the_ninth_month() -> None:
    found = payback([0, 40, 90, 150, 220, 280, 330], 160, 250)
    assert found.month == 9
    assert found.balance[:9].tolist() == [-410, -530, -600, -610, -550, -430, -260, -90, 80]
    assert found.balance.size == 36


@pytest.mark.req("S3-17")
def test_a_hire_may_never_pay_back() -> None:
    assert payback([100], 160, 0).month is None
    assert payback([160], 160, 0).month == 1
    assert payback([0, 40, 90, 150, 220, 280, 330], 160, 250, horizon=8).month is None
    assert payback([200], [300, 100], 0).balance[:3].tolist() == [-100.0, 0.0, 100.0]
    for profit, horizon in (([], 3), ([1], 0)):
        with pytest.raises(ValueError, match="month"):
            payback(profit, 1, 1, horizon=horizon)


amounts = st.lists(st.floats(0, 1e4), min_size=1, max_size=12)


@given(amounts, st.floats(0, 1e4), st.floats(0, 1e5))
def test_before_the_payback_something_is_left_to_earn(
    profit: list[float], cost: float, hiring: float
) -> None:
    found = payback(profit, cost, hiring)
    if found.month is None:
        assert (found.balance < 0).all()
    else:
        assert found.balance[found.month - 1] >= -1e-9
        assert (found.balance[: found.month - 1] < 0).all()
    dearer = payback(profit, cost, hiring + 1).month
    assert dearer is None or (found.month is not None and dearer >= found.month)


def verdict(days: int = 28, *, dishonest: bool = False, **facts: float) -> tuple[float, bool]:
    found = probation_verdict(
        [(MODEL | facts)[name] for name in PROBATION_CRITERIA], probation_targets(days), dishonest
    )
    return float(found.total[0]), bool(found.passed[0])


@pytest.mark.req("S0-39", "S0-42")
def test_all_targets_reached_are_a_hundred_points() -> None:
    assert verdict() == (100.0, True)
    assert sum(DEFAULT_PROBATION.points) == 100
    assert verdict(portfolio=0.9, talks=50) == (100.0, True)


@pytest.mark.req("S0-42")
@pytest.mark.parametrize(("growth", "points"), [(0.3, 30), (0.15, 15), (0.0, 0), (-0.5, 0)])
def test_growth_counts_in_a_line_from_nothing_to_thirty_per_cent(
    growth: float, points: float
) -> None:
    total, passed = verdict(portfolio=growth)
    assert total == pytest.approx(70 + points)
    assert passed


@pytest.mark.req("S0-39")
def test_below_seventy_points_nobody_passes() -> None:
    assert verdict(portfolio=0.0, plans=0.9) == (pytest.approx(69.5), False)
    assert verdict(portfolio=0.0)[1]


@pytest.mark.req("S0-39")
def test_every_gate_must_be_open() -> None:
    for broken in ({"method": 0.79}, {"papers": 0.95}, {"method": NAN}, {"papers": NAN}):
        total, passed = verdict(**broken)
        assert total >= 70
        assert not passed
    assert verdict(dishonest=True) == (100.0, False)
    assert verdict(method=0.80)[1]
    found = probation_verdict(list(MODEL.values()), probation_targets(28), [True])
    assert dict(zip(PROBATION_GATES, found.gates[0].tolist(), strict=True)) == {
        "method": True,
        "honesty": False,
        "papers": True,
    }


def test_what_is_not_known_brings_nothing() -> None:
    assert verdict(dossier=NAN)[0] == pytest.approx(85)


@pytest.mark.req("S0-39")
def test_a_shorter_term_asks_for_less() -> None:
    one, two = probation_targets(7), probation_targets(14)
    assert two.tolist() == [0.8, 0.1, 0.5, 3, 12, 14, 1, 0.5]
    assert one[:7].tolist() == [0.6, 1.0, 0.3, 2, 5, 12, 1]
    assert np.isnan(one[7])
    assert probation_targets(21).tolist() == two.tolist()
    week = probation_verdict([0.6, 1, 0.3, 2, 5, 12, 1, NAN], one)
    assert week.total.tolist() == [100.0]
    assert np.isnan(week.points[0, 7])
    assert not week.gates[0, 0]  # 60 % of the tests are enough for the week, not for the end
    with pytest.raises(ValueError, match="week"):
        probation_targets(6)


def test_targets_are_checked() -> None:
    for wrong in ([0.0] * 8, [NAN] * 8):
        with pytest.raises(ValueError, match="targets"):
            probation_verdict([1.0] * 8, wrong)
    with pytest.raises(ValueError, match="8 columns"):
        probation_verdict([1.0] * 7, [1.0] * 8)


@given(st.lists(st.floats(0, 30), min_size=8, max_size=8), st.sampled_from([7, 14, 28]))
def test_more_never_scores_less(facts: list[float], days: int) -> None:
    better = [value + 1 for value in facts]
    found = probation_verdict([facts, better], probation_targets(days))
    assert found.total[1] >= found.total[0] - 1e-9
    assert ((found.total >= 0) & (found.total <= 100 + 1e-9)).all()
    assert found.passed[1] or not found.passed[0]


def test_the_bar_and_the_points_are_settings() -> None:
    easy = ProbationRule(passing=50, method_gate=0.5, papers_gate=0.9)
    facts = [0.5, 0.0, 0.7, 4, 25, 16, 0.9, 1]
    assert probation_verdict(facts, probation_targets(28), rule=easy).passed[0]
    assert not probation_verdict(facts, probation_targets(28)).passed[0]


@pytest.mark.req("S0-42")
def test_growth_of_the_training_clients_together() -> None:
    assert portfolio_growth([200] * 5, [200, 250, 300, 250, 300]) == pytest.approx(0.3)
    assert verdict(portfolio=portfolio_growth([200] * 5, [260] * 5)) == (pytest.approx(100), True)
    assert np.isnan(portfolio_growth([0, 0], [5, 5]))


@pytest.mark.req("S0-43")
def test_a_cycle_longer_than_the_term_counts_leading_signs() -> None:
    assert measured_by(8 * 30, 28) == "leading"
    assert measured_by(20, 28) == "ledger"


def test_an_extension_is_half_of_the_term_within_three_months() -> None:
    assert latest_verdict(NOV_2, NOV_2 + dt.timedelta(days=7)) == NOV_2 + dt.timedelta(days=10)
    assert latest_verdict(NOV_2, NOV_2 + dt.timedelta(days=80)) == dt.date(2027, 2, 2)
    assert latest_verdict(NOV_2, dt.date(2027, 3, 1)) == dt.date(2027, 3, 1)
    with pytest.raises(ValueError, match="after"):
        latest_verdict(NOV_2, NOV_2)
