"""Kopecks and roubles."""

import decimal
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamerton.calc.money import from_minor, rounded, to_minor


@given(st.integers(-(2**63), 2**63 - 1))
def test_kopecks_survive_the_way_there_and_back(minor: int) -> None:
    assert to_minor(from_minor(minor)) == minor
    assert from_minor(minor).as_tuple().exponent == -2


@given(st.decimals(-(10**15), 10**15, places=5))
def test_rounding_moves_at_most_half_a_kopeck_and_ties_away_from_zero(amount: Decimal) -> None:
    moved = rounded(amount) - amount
    assert abs(moved) <= Decimal("0.005")
    if abs(moved) == Decimal("0.005"):
        assert abs(rounded(amount)) > abs(amount)


def test_the_callers_decimal_context_does_not_decide() -> None:
    with decimal.localcontext(prec=4, rounding=decimal.ROUND_DOWN):
        assert to_minor(Decimal("123456789.015")) == 12_345_678_902
        assert from_minor(12_345_678_902) == Decimal("123456789.02")


@pytest.mark.parametrize("amount", [0.1, 1, "1.00"])
def test_only_decimals_are_money(amount: object) -> None:
    with pytest.raises(TypeError, match="Decimal"):
        rounded(amount)  # type: ignore[arg-type]


@pytest.mark.parametrize("amount", ["NaN", "Infinity"])
def test_money_is_finite(amount: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        rounded(Decimal(amount))


@pytest.mark.parametrize("minor", [1.0, Decimal(1), True])
def test_only_whole_numbers_are_kopecks(minor: object) -> None:
    with pytest.raises(TypeError, match="whole"):
        from_minor(minor)  # type: ignore[arg-type]
