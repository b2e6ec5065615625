"""The forecast of monthly sales: what it knows, what it does not, and how wide it is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamerton.calc.forecast import FEWEST, forecast, forecast_score

pytestmark = pytest.mark.req("S4-30")
histories = st.lists(st.floats(0, 1e9), min_size=FEWEST, max_size=60)


def test_a_flat_client_is_forecast_flat_and_surely() -> None:
    found = forecast([100.0] * 30, 12)
    assert found.method == "seasonal"
    assert found.mean.tolist() == [pytest.approx(100)] * 12
    assert (found.high - found.low).max() == pytest.approx(0, abs=1e-6)
    assert not found.rough


def test_few_months_are_not_forecast_and_half_a_year_roughly() -> None:
    assert forecast([5.0] * 5, 3).method == "none"
    assert np.isnan(forecast([5.0] * 5, 3).mean).all()
    assert forecast([0.0] * 40, 3).method == "none"  # nobody ever bought
    short = forecast([4, 6, 5, 5, 6, 4, 5, 6], 3)
    assert (short.method, short.rough, short.errors) == ("drift", True, 2)
    assert (short.low < short.mean).all()


def test_months_before_the_first_sale_say_nothing() -> None:
    assert forecast([0.0] * 20 + [100.0] * 10, 3).mean.tolist() == [pytest.approx(100)] * 3


def test_a_season_is_found_from_two_years_on() -> None:
    year = 100 + 50 * np.sin(np.arange(12) / 12 * 2 * np.pi)
    found = forecast(np.tile(year, 3), 12)
    assert found.mean == pytest.approx(year, rel=0.02)
    assert forecast(year, 12).method == "drift"


def test_a_season_goes_on_where_the_history_ends_not_where_a_year_does() -> None:
    year = np.array([10.0] * 11 + [500.0])  # everything in December
    found = forecast(np.tile(year, 4)[5:], 12)  # 43 months, ends in December
    assert int(found.mean.argmax()) == 11
    cut = forecast(np.tile(year, 4)[:-5], 12)  # 43 months, ends in July
    assert int(cut.mean.argmax()) == 4


def test_chance_is_not_taken_for_a_season() -> None:
    chance = np.random.default_rng(3).normal(100, 30, 36)
    found = forecast(chance, 12)
    assert found.mean.std() < chance.std() / 2


def test_the_interval_holds_about_as_many_months_as_it_says() -> None:
    random = np.random.default_rng(11)
    year = 100 + 30 * np.sin(np.arange(12) / 12 * 2 * np.pi)
    inside = []
    for _ in range(60):
        values = np.tile(year, 5)[:54] * random.lognormal(0, 0.2, 54)
        found = forecast(values[:48], 6, level=0.8)
        inside.append(forecast_score(values[48:], found.mean, found.low, found.high).coverage)
    assert 0.7 <= float(np.mean(inside)) <= 0.92


@settings(max_examples=60)
@given(histories, st.integers(1, 14))
def test_the_interval_holds_the_forecast_and_never_narrows(values, ahead):
    found = forecast(values, ahead)
    if found.method == "none":
        return
    assert (found.mean >= 0).all()
    known = ~np.isnan(found.high)
    slack = 1e-6 * (1 + found.mean.max())
    assert (found.high[known] >= found.mean[known] - slack).all()
    assert (found.low[known] <= found.mean[known] + slack).all()
    assert (np.diff(found.high[known] - found.mean[known]) >= -slack).all()


@settings(max_examples=30)
@given(histories, st.floats(0.01, 100))
def test_other_money_gives_the_same_forecast(values, scale):
    one, other = forecast(values, 3), forecast(np.array(values) * scale, 3)
    assert one.method == other.method
    assert other.mean == pytest.approx(one.mean * scale, rel=1e-6, abs=1e-3, nan_ok=True)


def test_a_forecast_is_scored_by_what_came() -> None:
    found = forecast_score([100, 80, 0], [90, 100, 10], [70, 90, 0], [110, 120, 20])
    assert found.months == 3
    assert found.mape == pytest.approx((0.1 + 0.25) / 2)  # a month without sales has no percentage
    assert found.coverage == pytest.approx(2 / 3)
    assert np.isnan(forecast_score([], [], [], []).mape)


def test_arguments_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="ahead"):
        forecast([1.0] * 12, 0)
    with pytest.raises(ValueError, match="level"):
        forecast([1.0] * 12, 1, level=1.0)
    with pytest.raises(ValueError, match="NaN"):
        forecast([float("nan")] * 12, 1)
