"""How many to hire and to call for one vacancy, and whether it is on its way."""

import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamerton.calc.hiring_funnel import (
    FUNNEL_PRIORS,
    FUNNEL_STAGES,
    HirePace,
    Supply,
    cvs_per_vacancy,
    funnel_progress,
    hires_to_make,
    learned_rates,
    needed,
    supply,
    time_to_hire,
    vacancy_window,
)

from .samples import NAN

OCT_1 = dt.date(2026, 10, 1)


@pytest.mark.req("S0-37", "S0-38")
@pytest.mark.parametrize(("seats", "plan"), [(1, (2, 2, 3)), (2, (4, 5, 6)), (3, (6, 7, 9))])
def test_the_table_of_hires(seats: int, plan: tuple[int, int, int]) -> None:
    assert tuple(hires_to_make(seats, t).hires for t in (0.4, 0.5, 0.6)) == plan


@pytest.mark.req("S0-38")
@pytest.mark.parametrize(("turnover", "probability"), [(0.4, 84.0), (0.5, 75.0), (0.6, 78.4)])
def test_how_sure_one_seat_is(turnover: float, probability: float) -> None:
    assert round(100 * hires_to_make(1, turnover).probability, 1) == probability


@given(st.integers(1, 6), st.floats(0, 0.9), st.floats(0.05, 0.95))
def test_the_plan_is_enough_and_one_fewer_is_not(seats: int, turnover: float, sure: float) -> None:
    def enough(n: int) -> float:
        return sum(
            math.comb(n, k) * (1 - turnover) ** k * turnover ** (n - k) for k in range(seats, n + 1)
        )

    plan = hires_to_make(seats, turnover, sure)
    assert plan.probability == pytest.approx(enough(plan.hires), abs=1e-9)
    assert enough(plan.hires) >= sure - 1e-8
    assert enough(plan.hires - 1) < sure


def test_impossible_plans_are_refused() -> None:
    assert hires_to_make(3, 0.0).hires == 3
    for seats, turnover, sure in ((0, 0.5, 0.75), (1, 1.0, 0.75), (1, 0.5, 1.0), (1, NAN, 0.5)):
        with pytest.raises(ValueError, match="no plan"):
            hires_to_make(seats, turnover, sure)
    with pytest.raises(ValueError, match="1000"):
        hires_to_make(1, 0.9999)


@pytest.mark.req("S0-25", "S0-38")
def test_the_funnel_of_three_hires_asks_for_more_than_eight_hundred_calls() -> None:
    found = dict(zip(FUNNEL_STAGES, needed(3).tolist(), strict=True))
    assert found == {
        "sourced": 1042,
        "contacted": 834,
        "form": 125,
        "invited": 63,
        "showed": 25,
        "passed": 8,
        "offer": 4,
        "hired": 3,
    }
    assert len(FUNNEL_STAGES) == len(FUNNEL_PRIORS) + 1
    assert needed(0).tolist() == [0] * 8


rates = st.lists(st.floats(0.01, 1), min_size=1, max_size=7)


@given(st.integers(0, 50), rates)
def test_the_stages_are_the_fewest_that_suffice(hires: int, steps: list[float]) -> None:
    found = needed(hires, steps)
    assert found[-1] == hires
    for stage, people in enumerate(found[:-1]):
        through = math.prod(steps[stage:])
        assert people * through >= hires * (1 - 1e-8)
        assert (people - 1) * through < hires or people == 0
    assert (np.diff(found) <= 0).all()


def test_rates_outside_their_range_are_refused() -> None:
    for wrong in ([0.0], [1.1]):
        with pytest.raises(ValueError, match="rate"):
            needed(1, wrong)
    with pytest.raises(ValueError, match="negative"):
        needed(-1)


def test_rates_learn_from_facts() -> None:
    assert learned_rates([0] * 7, [0] * 7).tolist() == pytest.approx(list(FUNNEL_PRIORS.values()))
    found = learned_rates([12, 36], [0, 15], [0.5, 5 / 12])
    assert found.tolist() == pytest.approx([0.25, 5 / 12])
    assert learned_rates([10_000], [2_000], [0.5])[0] == pytest.approx(0.2, abs=1e-3)
    assert learned_rates([12], [0], [0.5], strength=[36]).tolist() == [0.375]
    with pytest.raises(ValueError, match="passed"):
        learned_rates([1], [2], [0.5])
    with pytest.raises(ValueError, match="prior"):
        learned_rates([1], [1], [0.0])


@pytest.mark.req("S0-34")
def test_a_stage_short_of_its_target_is_seen_by_day() -> None:
    found = funnel_progress([300, 0], [834, 25], starts=[3, 21], ends=[14, 28], today=8)
    assert found.pace[0] == 60.0
    assert found.forecast[0] == 660.0
    assert found.short.tolist() == [174, 0]
    assert found.due.round(1).tolist() == [379.1, 0.0]
    assert found.a_day.tolist() == pytest.approx([89.0, 25 / 7])
    assert found.on_track.tolist() == [False, True]
    assert np.isnan(found.forecast[1])


@pytest.mark.req("S0-34")
def test_a_stage_on_its_way_and_one_that_is_over() -> None:
    found = funnel_progress([22, 20, 30], 25, starts=[0, 0, 0], ends=[7, 5, 5], today=6)
    assert found.on_track.tolist() == [True, False, True]
    assert found.short.tolist() == [0, 5, 0]
    assert np.isnan(found.a_day[1])
    assert found.a_day[[0, 2]].tolist() == [3.0, 0.0]
    with pytest.raises(ValueError, match="ends"):
        funnel_progress([1], [1], starts=1, ends=1, today=1)


@given(st.integers(0, 500), st.integers(1, 500), st.integers(1, 30), st.integers(1, 30))
def test_the_pace_wanted_ends_the_shortfall(done: int, target: int, worked: int, left: int) -> None:
    ends = worked + left
    now = funnel_progress([done], [target], starts=0, ends=ends, today=worked)
    reached = done + now.a_day[0] * left
    assert reached >= target - 1e-6
    last = funnel_progress([reached], [target], starts=0, ends=ends, today=ends)
    assert last.short[0] == 0
    assert now.short[0] == max(math.ceil(target - done * ends / worked - 1e-6), 0)


@pytest.mark.req("S0-34")
def test_the_days_of_a_vacancy() -> None:
    window = vacancy_window(OCT_1)
    assert window.closed_latest == dt.date(2026, 10, 29)
    assert (window.closed_from - OCT_1).days == 14
    assert (window.interviews_from - OCT_1).days == 7
    assert vacancy_window(OCT_1, HirePace(0, 0, 1)).closed_latest == dt.date(2026, 10, 2)


@pytest.mark.req("S0-17")
def test_days_above_the_target() -> None:
    found = time_to_hire(OCT_1, OCT_1 + dt.timedelta(days=25))
    assert (found.days, found.over) == (25, 4)
    assert time_to_hire(OCT_1, OCT_1 + dt.timedelta(days=21)).over == 0
    assert time_to_hire(OCT_1, OCT_1 + dt.timedelta(days=61), target_days=60).over == 1
    with pytest.raises(ValueError, match="before"):
        time_to_hire(OCT_1, dt.date(2026, 9, 30))


@pytest.mark.req("S3-57")
@pytest.mark.parametrize(
    ("cvs", "vacancies", "band"),
    [
        (12, 10, Supply.SHORTAGE),
        (15, 10, Supply.USUAL),
        (80, 10, Supply.USUAL),
        (81, 10, Supply.PLENTY),
        (5, 0, Supply.NO_DATA),
    ],
)
def test_cvs_per_vacancy_against_the_band(cvs: int, vacancies: int, band: Supply) -> None:
    assert supply(cvs_per_vacancy(cvs, vacancies)) is band
