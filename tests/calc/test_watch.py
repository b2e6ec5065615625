"""Lists to flag."""

import math

import pytest

from kamerton.calc.watch import (
    FLOW_BAND,
    KAM_BAND,
    NormBand,
    effort_evenness,
    fast_growing,
    flow_to_key,
    habitual_minimum,
    months_at_minimum,
    norm_fit,
    potential_key,
    time_for_kams,
)

from .samples import NAN, TEN_CLIENTS


@pytest.mark.req("S3-18", "S3-62")
def test_fast_growing_flow_clients_of_some_size_are_listed() -> None:
    now, before = [400, 200, 199, 300, 500], [400, 133, 100, 201, 100]
    key = [True, False, False, False, True]
    assert flow_to_key(now, before, key).tolist() == [False, True, False, False, False]


def test_a_flag_lists_whatever_the_size_and_key_clients_are_never_listed() -> None:
    found = flow_to_key([400, 1, 1], [1, 1, 1], [True, False, False], flagged=[True, True, False])
    assert found.tolist() == [False, True, False]


def test_without_key_clients_growth_alone_decides() -> None:
    assert flow_to_key([15, 14, 5], [10, 10, 0], False).tolist() == [True, False, False]


@pytest.mark.req("S3-18")
def test_growing_managers_are_found_alike() -> None:
    assert fast_growing([150, 149.9, 10], [100, 100, 0]).tolist() == [True, False, False]


@pytest.mark.req("S3-19")
def test_a_name_or_a_large_budget_makes_a_potential_key_client() -> None:
    found = potential_key(
        [True, False, False, False, True], [0, 200, 199, NAN, 0], 10_000, [False] * 4 + [True]
    )
    assert found.tolist() == [True, True, False, False, False]
    assert not potential_key([False], [5], 0.0, False).any()


@pytest.mark.req("S4-23")
def test_even_effort_gets_a_hint() -> None:
    assert effort_evenness([10] * 12).even
    assert not effort_evenness([60, 40, 12, 8, 2, 0.5, 0.5]).even
    nothing = effort_evenness([0, 0])
    assert math.isnan(nothing.gini)
    assert not nothing.even


def test_three_months_at_the_minimum_are_a_habit() -> None:
    months = [[70, 80, 99, 90], [80, 80, 80, 100], [80, 80, 79, 80], [80, 80, 80, NAN]]
    assert months_at_minimum(months, 80, 100).tolist() == [3, 0, 1, 0]
    assert habitual_minimum(months, 80, 100).tolist() == [True, False, False, False]


def test_minimum_and_target_may_change_by_month() -> None:
    assert months_at_minimum([[5, 15, 25]], [5, 10, 20], [10, 20, 30]).tolist() == [3]


@pytest.mark.req("S2-38")
@pytest.mark.parametrize(
    ("clients", "fit"), [(4, "below"), (5, "within"), (30, "within"), (31, "above")]
)
def test_the_norm_of_a_kam(clients: int, fit: str) -> None:
    assert norm_fit(clients, KAM_BAND) == fit


@pytest.mark.req("S2-37")
@pytest.mark.parametrize(
    ("clients", "fit"), [(19, "below"), (20, "within"), (100, "within"), (101, "above")]
)
def test_the_norm_of_a_flow_manager(clients: int, fit: str) -> None:
    assert norm_fit(clients, FLOW_BAND) == fit
    assert NormBand(20, 100) == FLOW_BAND


@pytest.mark.req("S1-55")
@pytest.mark.parametrize(
    ("key", "load", "advice"),
    [
        (5, [1.01, 0.5], "now"),
        (4, [1.01, 0.5], "prepare"),
        (5, [1.0, NAN], "prepare"),
        (4, [1.0], "not_yet"),
    ],
)
def test_time_for_kams_by_three_signs(key: int, load: list[float], advice: str) -> None:
    found = time_for_kams(TEN_CLIENTS, key, load)
    assert found.advice == advice
    assert (found.top_share, found.top_heavy) == (pytest.approx(0.63), True)
    assert (found.key_clients, found.enough_key_clients) == (key, key >= 5)
    assert found.managers_over == sum(value > 1 for value in load)


def test_an_empty_company_is_not_ready() -> None:
    found = time_for_kams([], 0, [])
    assert (found.advice, found.top_heavy) == ("not_yet", False)


def test_sixty_per_cent_with_the_top_fifth_is_enough() -> None:
    base = [60.0, 10, 10, 10, 10]
    assert time_for_kams(base, 0, []).top_heavy
    assert not time_for_kams([59.9, 10.1, 10, 10, 10], 0, []).top_heavy
