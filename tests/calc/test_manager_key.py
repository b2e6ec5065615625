"""Influence, the manager's criteria, the cap, the approach; the fixtures of the analysis."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamerton.calc.company_key import large
from kamerton.calc.manager_key import (
    CAP,
    INFLUENCE,
    InfluenceRule,
    approaches,
    cap,
    influence,
    large_for_manager,
    loyal_for_manager,
    manager_key_index,
    promising_for_manager,
    select_key_clients,
    status_for_manager,
)

from .samples import NAN

CHAIN = [0, 0, 0, 1, 0, 2, 0]  # «Сеть»
OUTLET = [1, 1, 1, 1, 0, 3, 0]  # «Точка»
WHOLESALER = [3, 2, 2, 2, 2, 2, 1]  # a regional wholesaler of valves and flanges
marks = st.lists(st.integers(0, 3), min_size=7, max_size=7)


@pytest.mark.req("S4-19")
def test_a_chain_with_a_rigid_matrix_is_key_for_the_company_only() -> None:
    points = influence(CHAIN, position_external=[True])
    assert points.tolist() == [pytest.approx(10.0)]
    found = select_key_clients(points, [[100, 0, 100, 100]], CAP)
    assert not found.eligible.any()
    assert not found.chosen.any()
    assert large([0.15], [0.12], [True]).passed.all()


@pytest.mark.req("S4-18", "S4-20")
def test_a_loyal_outlet_that_needs_no_defence_is_not_key() -> None:
    assert influence(OUTLET).tolist() == [pytest.approx(30.0)]
    points = influence(OUTLET, service_only=[True])
    assert points.tolist() == [20.0]
    assert not select_key_clients(points, [[100, 100, 0, 0]], CAP).chosen.any()


@pytest.mark.req("S4-11", "S4-16")
def test_a_wholesaler_of_valves_is_key() -> None:
    points = influence(WHOLESALER)
    assert points.tolist() == [pytest.approx(70.0)]
    found = select_key_clients(points, [[60, 55, 100, 0]], CAP)
    assert found.index.tolist() == [pytest.approx(46.9)]
    assert (found.eligible.all(), found.qualified.all(), found.chosen.all()) == (True, True, True)
    assert approaches(points, [[60, 55, 100, 0]]).tolist() == ["develop"]


def test_the_weights_of_influence_make_a_hundred() -> None:
    assert sum(INFLUENCE.values()) == 100
    assert influence([3] * 7).tolist() == [100.0]


def test_the_weights_may_be_others() -> None:
    access = InfluenceRule(weights=(0, 0, 0, 0, 0, 100, 0))
    assert influence([CHAIN, OUTLET], rule=access).round(6).tolist() == [66.666667, 100.0]


@pytest.mark.parametrize("wrong", [(100,), (0,) * 7, (20,) * 7, (120, -20, 0, 0, 0, 0, 0)])
def test_weights_that_do_not_make_a_hundred_are_refused(wrong: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="weights"):
        InfluenceRule(weights=wrong)


def test_an_external_position_caps_only_where_the_manager_changes_little() -> None:
    little, much = [1, 1, 1, 3, 3, 3, 3], [2, 1, 1, 3, 3, 3, 3]
    assert influence([little, much]).round(6).tolist() == [66.666667, 73.333333]
    gated = influence([little, much], position_external=True)
    assert gated.round(6).tolist() == [30.0, 73.333333]


@pytest.mark.parametrize("wrong", [[4, 0, 0, 0, 0, 0, 0], [-1] * 7, [NAN] * 7, [1, 2, 3]])
def test_influence_is_never_guessed_from_bad_marks(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match="mark"):
        influence(wrong)


@pytest.mark.req("S4-15")
def test_large_and_loyal_look_at_the_managers_own_business() -> None:
    assert large_for_manager([0.05, 0.2, -0.1]).tolist() == [50.0, 100.0, 0.0]
    safe = loyal_for_manager([80], [0.90])
    assert safe.tolist() == [0.0]
    assert loyal_for_manager([80], [0.90], competitor_offer=True).tolist() == [80.0]
    assert loyal_for_manager([80], [0.90], decider_changed=True).tolist() == [80.0]
    assert loyal_for_manager([80, 80], [0.89, NAN]).tolist() == [80.0, 0.0]


@pytest.mark.req("S4-16")
def test_promising_and_status_weigh_by_what_can_be_done() -> None:
    assert promising_for_manager([4.0, 2.0, NAN], 40.0)[:2].tolist() == [100.0, 50.0]
    assert np.isnan(promising_for_manager([4.0], 0.0)).all()
    assert status_for_manager([80, 80], [True, False]).tolist() == [80.0, 0.0]
    half, full = manager_key_index([50, 100], [[0, 0, 100, 100]] * 2)
    assert half == pytest.approx(full / 2)


@pytest.mark.req("S4-17")
def test_a_partner_or_complex_client_has_nothing_to_be_chosen_by() -> None:
    # neither criterion has a column here: with the four others at nothing he is not key
    assert not select_key_clients([100], [[0, 0, 0, 0]], CAP).qualified.any()


@pytest.mark.parametrize(
    ("points", "score", "eligible", "qualified"),
    [
        (40, 60, True, True),
        (39.9, 100, False, False),
        (40, 59.9, True, False),
        (NAN, 100, False, False),
    ],
)
def test_eligibility_and_the_passing_score(
    points: float, score: float, eligible: bool, qualified: bool
) -> None:
    found = select_key_clients([points], [[0, 0, 0, score]], CAP)
    assert (found.eligible[0], found.qualified[0]) == (eligible, qualified)


@pytest.mark.req("S3-33", "S4-31")
@pytest.mark.parametrize(
    ("leader_share", "expected"), [("0", 15), ("0.4", 9), ("0.5", 7), ("0.8", 3), ("1", 0)]
)
def test_the_cap_of_a_leader(leader_share: str, expected: int) -> None:
    assert cap(Decimal(leader_share)) == expected


def test_the_cap_refuses_floats_and_nonsense() -> None:
    with pytest.raises(TypeError, match="Decimal"):
        cap(0.8)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="leader_share"):
        cap(Decimal("1.01"))
    with pytest.raises(ValueError, match="of"):
        cap(Decimal("0"), of=-1)


def test_a_lower_cap_is_parted_alike() -> None:
    assert [cap(Decimal(share), of=10) for share in ("0", "0.4", "0.8")] == [10, 6, 2]


@pytest.mark.req("S4-31")
@given(st.lists(marks, min_size=16, max_size=40), st.integers(0, 15))
def test_never_more_than_the_cap_and_always_the_best(rows: list[list[int]], limit: int) -> None:
    points = influence(rows)
    table = np.full((len(rows), 4), 80.0)
    found = select_key_clients(points, table, limit)
    assert found.chosen.sum() == min(limit, int(found.qualified.sum()))
    left = found.index[found.qualified & ~found.chosen]
    if found.chosen.any() and left.size:
        assert found.index[found.chosen].min() >= left.max() - 1e-9


@given(marks)
def test_influence_lies_between_nothing_and_a_hundred(row: list[int]) -> None:
    free, served = influence(row)[0], influence(row, service_only=True)[0]
    assert 0 <= served <= min(free, 20.0)
    assert free <= 100


@pytest.mark.parametrize(
    ("points", "scores", "expected"),
    [
        (40, [0, 0, 60, 0], "develop"),
        (40, [0, 90, 60, 0], "develop"),
        (40, [0, 60, 59, 0], "defend"),
        (40, [100, 59, 59, 0], "maintain"),
        (39, [60, 0, 100, 0], "service_only"),
        (39, [59, 0, 60, 0], "look_for_entry"),
        (39, [0, 100, 0, 100], ""),
        (NAN, [0, 0, 60, 0], "look_for_entry"),
    ],
)
def test_the_approach(points: float, scores: list[float], expected: str) -> None:
    assert approaches([points], [scores]).tolist() == [expected]


def test_scores_stay_between_nothing_and_a_hundred_and_no_data_counts_as_nothing() -> None:
    assert promising_for_manager([0.0, 1000.0], 40.0).tolist() == [0.0, 100.0]
    assert loyal_for_manager([0.0, 100.0], [0.5, 0.5]).tolist() == [0.0, 100.0]
    assert status_for_manager([0.0, 100.0], True).tolist() == [0.0, 100.0]
    assert manager_key_index([100], [[NAN, 50, NAN, 0]]).tolist() == [10.0]
