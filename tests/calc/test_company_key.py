"""The six criteria of a company's key client, the index, the capacity line, removal."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamerton.calc.company_key import (
    CRITERIA,
    ClientFacts,
    ComplexityFacts,
    CriteriaSettings,
    LargeRule,
    Weights,
    assess,
    beyond_capacity,
    complex_,
    complexity_marks,
    key_client_index,
    large,
    loyal,
    loyalty_index,
    may_remove,
    partner,
    places,
    promising,
    rank_shift,
    status,
)

from .samples import NAN

NOBODY = ClientFacts(
    revenue_share=[0.01],
    profit_share=[0.01],
    class_a=[False],
    share_of_wallet=[0.2],
    months=[6],
    active_months=[6],
    nps=[NAN],
    gap=[0.0],
    sales=[100.0],
    budget=[False],
    status_marks=[[0] * 5],
    partner_forms=[0],
    complexity_marks=[[False] * 8],
    company_revenue=10_000.0,
)
scores = st.lists(st.lists(st.integers(0, 100), min_size=6, max_size=6), min_size=1, max_size=25)


@pytest.mark.req("S3-01")
@pytest.mark.parametrize(
    ("revenue", "profit", "class_a", "expected"),
    [
        (0.10, 0.01, False, True),
        (0.01, 0.10, False, True),
        (0.099, 0.099, False, False),
        (0.099, 0.099, True, True),  # "by Pareto only"
        (0.05, 0.019, True, False),
        (0.05, NAN, True, True),
        (NAN, NAN, True, False),
    ],
)
def test_large_is_a_tenth_or_class_a_with_two_per_cent(
    revenue: float, profit: float, class_a: bool, expected: bool
) -> None:
    assert large([revenue], [profit], [class_a]).passed.tolist() == [expected]


def test_large_scores_by_the_larger_share_up_to_a_tenth() -> None:
    found = large([0.05, 0.30, NAN], [0.02, 0.01, NAN], [False] * 3).score
    assert found[:2].tolist() == [50.0, 100.0]
    assert np.isnan(found[2])


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((0.6, 24, 12, 9), 100.0),
        ((0.6, 24, 12, 7), 92.5),
        ((0.6, 24, 12, 6), 85.0),
        ((0.6, 24, 12, NAN), 92.5),
        ((0.3, 12, 6, NAN), 20 + 12.5 + 10 + 7.5),
        ((2.0, 240, 12, 10), 100.0),
    ],
)
def test_loyalty_index(facts: tuple[float, float, float, float], expected: float) -> None:
    assert loyalty_index(*([value] for value in facts)).tolist() == [pytest.approx(expected)]


def test_loyalty_without_a_known_wallet_is_no_data_and_not_met() -> None:
    index = loyalty_index([NAN], [36], [12], [10])
    assert np.isnan(index).all()
    assert loyal(index, [NAN]).passed.tolist() == [False]


@pytest.mark.parametrize(
    ("index", "wallet", "expected"), [(70, 0.5, True), (69.9, 0.9, False), (99, 0.49, False)]
)
def test_loyal_needs_both(index: float, wallet: float, expected: bool) -> None:
    assert loyal([index], [wallet]).passed.tolist() == [expected]


@pytest.mark.parametrize(
    ("gap", "sales", "budget", "expected"),
    [
        (200, 200, False, True),  # as much again, and 2 % of 10 000
        (199, 100, False, False),
        (300, 301, False, False),
        (1, 500, True, True),
        (NAN, 500, True, True),
        (NAN, 0, False, False),
    ],
)
def test_promising(gap: float, sales: float, budget: bool, expected: bool) -> None:
    assert promising([gap], [sales], 10_000.0, [budget]).passed.tolist() == [expected]


def test_promising_is_full_at_four_per_cent_of_the_company() -> None:
    assert promising([200, 400, 900], [0, 0, 0], 10_000.0).score.tolist() == [50.0, 100.0, 100.0]
    assert not promising([0], [0], 0.0).passed.any()
    assert np.isnan(promising([5], [0], 0.0).score).all()


def test_status_passes_at_nine_marks_of_fifteen() -> None:
    found = status([[3, 3, 3, 0, 0], [3, 3, 2, 0, 0], [NAN] * 5, [3, 3, 3, NAN, NAN]])
    assert found.passed.tolist() == [True, False, False, True]
    assert found.score[0] == 60.0
    assert np.isnan(found.score[2])
    with pytest.raises(ValueError, match="0 to 3"):
        status([[4, 0, 0, 0, 0]])
    with pytest.raises(ValueError, match="5 columns"):
        status([[1, 2]])


def test_partner_counts_forms() -> None:
    found = partner([0, 1, 2, 9])
    assert found.score.tolist() == [0.0, 40.0, 60.0, 100.0]
    assert found.passed.tolist() == [False, True, True, True]


def test_complex_counts_marks_above_their_limits() -> None:
    at_limits = ComplexityFacts([False], [3], [False], [5], [30], [3], [2.0], [1.5])
    beyond = ComplexityFacts([True], [4], [True], [6], [31], [4], [2.1], [1.6])
    assert not complexity_marks(at_limits).any()
    assert complexity_marks(beyond).all()
    found = complex_(np.vstack([complexity_marks(at_limits), complexity_marks(beyond)]))
    assert found.score.tolist() == [0.0, 100.0]
    assert found.passed.tolist() == [False, True]


@pytest.mark.req("S4-12")
@pytest.mark.parametrize(
    ("criterion", "change"),
    [
        ("large", {"revenue_share": [0.10]}),
        ("loyal", {"share_of_wallet": [0.6], "months": [24], "active_months": [12]}),
        ("promising", {"gap": [200.0]}),
        ("status", {"status_marks": [[3, 3, 3, 0, 0]]}),
        ("partner", {"partner_forms": [1]}),
        ("complex", {"complexity_marks": [[True] * 3 + [False] * 5]}),
    ],
)
def test_any_one_criterion_proposes(criterion: str, change: dict[str, Any]) -> None:
    assert not assess(NOBODY).proposed.any()
    found = assess(replace(NOBODY, **change))
    assert found.proposed.tolist() == [True]
    assert [name for name, met in zip(CRITERIA, found.passed[0], strict=True) if met] == [criterion]


def test_settings_decide() -> None:
    strict = CriteriaSettings(large=LargeRule(share=0.005))
    assert assess(NOBODY, strict).proposed.tolist() == [True]


def test_facts_of_different_clients_are_refused() -> None:
    with pytest.raises(ValueError, match="same clients"):
        assess(replace(NOBODY, partner_forms=[0, 1]))


def test_the_default_weights_make_an_index_of_a_hundred() -> None:
    assert Weights().as_array().tolist() == [30, 15, 20, 15, 10, 10]
    assert key_client_index([[100] * 6, [0] * 6]).tolist() == [100.0, 0.0]


@pytest.mark.parametrize("values", [{"large": -1.0}, dict.fromkeys(CRITERIA, 0.0)])
def test_weights_are_not_negative_and_not_all_zero(values: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        Weights(**values)


def test_proposals_below_the_capacity_line_are_marked() -> None:
    index = [50, 90, 70, 99]
    proposed = [True, True, True, False]
    assert beyond_capacity(index, proposed, 2).tolist() == [True, False, False, False]
    assert not beyond_capacity(index, proposed, 3).any()
    with pytest.raises(ValueError, match="negative"):
        beyond_capacity(index, proposed, -1)


def test_equal_indices_keep_the_order_given_in_spite_of_rounding() -> None:
    assert places([0.1 + 0.2, 0.3, NAN]).tolist() == [1, 2, 3]
    assert places([0.3, 0.1 + 0.2]).tolist() == [1, 2]


def test_other_weights_move_clients_across_the_line() -> None:
    table = [[100, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 100], [0, 100, 0, 0, 0, 0]]
    found = rank_shift(table, Weights(), Weights(complex=60), capacity=2)
    assert found.old_place.tolist() == [1, 3, 2]
    assert found.new_place.tolist() == [2, 1, 3]
    assert found.enters.tolist() == [False, True, False]
    assert found.drops.tolist() == [False, False, True]


@given(scores, st.integers(0, 30))
def test_as_many_enter_as_drop(table: list[list[int]], capacity: int) -> None:
    found = rank_shift(table, Weights(), Weights(large=0, complex=50), capacity)
    assert found.enters.sum() == found.drops.sum()
    assert not (found.enters & found.drops).any()
    assert sorted(found.new_place.tolist()) == list(range(1, len(table) + 1))


@given(scores)
def test_scaling_all_weights_moves_nobody(table: list[list[int]]) -> None:
    double = Weights(60, 30, 40, 30, 20, 20)
    found = rank_shift(table, Weights(), double, capacity=3)
    assert (found.old_place == found.new_place).all()


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([True, False, False], True),
        ([True, True, False], False),
        ([False, False, True], False),
        ([False, True, False], False),
        ([False, False], True),
        ([False], False),
    ],
)
def test_status_goes_only_after_two_failed_half_years(history: list[bool], expected: bool) -> None:
    assert may_remove([history]).tolist() == [expected]


def test_a_hundred_thousand_clients_at_once() -> None:
    n = 100_000
    dice = np.random.default_rng(7)
    facts = replace(
        NOBODY,
        revenue_share=dice.random(n) / 100,
        profit_share=dice.random(n) / 100,
        class_a=dice.random(n) < 0.2,
        share_of_wallet=dice.random(n),
        months=dice.integers(0, 60, n),
        active_months=dice.integers(0, 13, n),
        nps=dice.integers(0, 11, n),
        gap=dice.random(n) * 500,
        sales=dice.random(n) * 500,
        budget=dice.random(n) < 0.01,
        status_marks=dice.integers(0, 4, (n, 5)),
        partner_forms=dice.integers(0, 3, n),
        complexity_marks=dice.random((n, 8)) < 0.2,
    )
    found = assess(facts)
    assert found.scores.shape == (n, 6)
    assert ((found.index >= 0) & (found.index <= 100)).all()
    assert (found.proposed == found.passed.any(axis=1)).all()


def test_no_capacity_takes_nobody() -> None:
    assert beyond_capacity([50, 60], [True, False], 0).tolist() == [True, False]
    assert not rank_shift([[1] * 6], Weights(), Weights(), 0).enters.any()
    assert loyal([0.5, 0.0], [0.1, 0.1]).score.tolist() == [0.5, 0.0]


def test_a_score_that_is_not_known_counts_as_nothing_in_the_index() -> None:
    assert key_client_index([[NAN, 100, NAN, NAN, NAN, 50]]).tolist() == [20.0]
