"""Coefficient of variation and XYZ."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamerton.calc.regularity import (
    CLASSIC_LIMITS,
    coefficient_of_variation,
    seasonal_indices,
    seasonally_adjusted,
    xyz_classes,
)

from .samples import EVEN_YEAR, WILD_YEAR

years = st.lists(st.lists(st.integers(0, 10**6), min_size=12, max_size=12), min_size=1, max_size=5)


def test_the_two_clients_of_the_analysis() -> None:
    found = xyz_classes([EVEN_YEAR, WILD_YEAR])
    assert found.variation.round(4).tolist() == [0.0373, 0.5196]
    assert found.classes.tolist() == ["X", "Z"]


def test_classic_limits_are_stricter() -> None:
    months = [100, 80, 120, 85, 115, 90, 110, 80, 120, 85, 115, 100]  # CV about .15
    assert xyz_classes(months).classes.tolist() == ["X"]
    assert xyz_classes(months, limits=CLASSIC_LIMITS).classes.tolist() == ["Y"]


@pytest.mark.parametrize(("history", "expected"), [(5, ""), (6, "X"), (12, "Z")])
def test_less_than_six_months_of_history_have_no_class(history: int, expected: str) -> None:
    months = [0, 0, 0, 0, 0, 0, 50, 50, 50, 50, 50, 50]
    found = xyz_classes(months, history=[history])
    assert found.classes.tolist() == [expected]
    assert np.isnan(found.variation[0]) == (expected == "")


def test_months_before_the_first_purchase_do_not_count() -> None:
    found = coefficient_of_variation([0, 0, 0, 0, 30, 30, 30, 30, 30, 30, 30, 30], history=[8])
    assert found.tolist() == [0.0]


def test_a_client_who_bought_nothing_has_no_class() -> None:
    found = xyz_classes([[0] * 12, [-5] * 12])
    assert found.classes.tolist() == ["", ""]
    assert np.isnan(found.variation).all()


def test_a_seasonal_client_is_regular_once_the_season_is_out() -> None:
    season = [10, 10, 10, 40, 80, 120, 120, 80, 40, 10, 10, 10]
    table = [season * 2, season * 2]
    found = xyz_classes(table, seasonal=[True, False])
    assert found.classes.tolist() == ["X", "Z"]
    assert found.variation[0] == pytest.approx(0.0)


def test_the_season_of_the_trade_may_be_taken_out_instead() -> None:
    season = np.array([10, 10, 10, 40, 80, 120, 120, 80, 40, 10, 10, 10] * 2, dtype=float)
    noise = np.array([1.2, 0.8] * 12)
    trade = seasonal_indices(season)
    found = xyz_classes(season * noise, seasonal=True, indices=trade)
    assert found.variation[0] == pytest.approx(0.2)


def test_months_never_bought_in_are_as_expected_zero() -> None:
    only_june = [0] * 5 + [12] + [0] * 6
    found = xyz_classes(only_june * 2, seasonal=True)
    assert (found.classes.tolist(), found.variation.tolist()) == (["X"], [0.0])


def test_a_season_needs_two_years_of_history() -> None:
    season = [10, 10, 10, 40, 80, 120, 120, 80, 40, 10, 10, 10]
    young = xyz_classes([0] * 12 + season, seasonal=True, history=[12])
    assert young.variation == pytest.approx(coefficient_of_variation(season))
    with pytest.raises(ValueError, match="24 months"):
        xyz_classes(season, seasonal=True)


@given(years)
def test_variation_is_the_textbook_one(table: list[list[int]]) -> None:
    array = np.array(table, dtype=float)
    found = coefficient_of_variation(array)
    for row, value in zip(array, found, strict=True):
        if row.sum() > 0:
            assert value == pytest.approx(row.std() / row.mean())
        else:
            assert np.isnan(value)


@given(years, st.integers(1, 1000))
def test_variation_knows_no_unit(table: list[list[int]], factor: int) -> None:
    array = np.array(table, dtype=float)
    np.testing.assert_allclose(
        coefficient_of_variation(array * factor), coefficient_of_variation(array), rtol=1e-9
    )


@given(years)
def test_taking_the_own_season_out_keeps_the_total(table: list[list[int]]) -> None:
    array = np.array([row + row[::-1] for row in table], dtype=float)
    adjusted = seasonally_adjusted(array, seasonal_indices(array))
    bought = array.sum(axis=1) > 0
    np.testing.assert_allclose(adjusted.sum(axis=1)[bought], array.sum(axis=1)[bought], rtol=1e-9)
