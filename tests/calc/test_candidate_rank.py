"""Candidates in order, how near their clients are to ours, what a vacancy is told."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamerton.calc.candidate_rank import (
    PROFILE_PARTS,
    PROFILES,
    RANK_PARTS,
    BreadthRule,
    CautionRule,
    ClientProfile,
    MatchWeights,
    RankWeights,
    Reserve,
    advise_route,
    breadth,
    client_overlap,
    competency_points,
    match_profile,
    rank_candidates,
    tier_points,
)

from .samples import NAN

ORACLE = [80, 60, 100, 70, 75, 90]
points = st.lists(st.floats(0, 100), min_size=6, max_size=6)
NEEDED = dt.date(2026, 12, 21)


@pytest.mark.req("S0-24")
def test_the_rank_of_the_analysis() -> None:
    found = rank_candidates(ORACLE)
    assert found.score.tolist() == [pytest.approx(74.5)]
    assert found.parts[0].tolist() == pytest.approx([20, 9, 5, 21, 15, 4.5])
    assert (found.complete[0], found.may_be_offered[0], found.place[0]) == (True, True, 1)


@pytest.mark.req("S3-46")
def test_the_profile_of_potential_ranks_anew() -> None:
    known, able = [100, 100, 100, 40, 40, 50], [0, 30, 0, 95, 90, 90]
    assert rank_candidates([known, able]).place.tolist() == [1, 2]
    found = rank_candidates([known, able], weights=PROFILES["potential"])
    assert found.place.tolist() == [2, 1]
    by_hand = 0.05 * 30 + 0.45 * 95 + 0.30 * 90 + 0.10 * 90
    assert found.score[1] == pytest.approx(by_hand)


@pytest.mark.req("S3-24")
def test_clients_weigh_more_than_industry_and_region() -> None:
    has_clients = [80, 30, 100, 60, 60, 60]
    has_industry = [0, 100, 0, 60, 60, 60]
    assert rank_candidates([has_industry, has_clients]).place.tolist() == [2, 1]


@pytest.mark.req("S0-21")
def test_the_lowest_tier_may_outrank_the_highest() -> None:
    first, third = tier_points(["T1", "T3"])
    weak, strong = [20, first, 50, 40, 20, 50], [20, third, 50, 70, 95, 80]
    assert rank_candidates([weak, strong]).place.tolist() == [2, 1]


@pytest.mark.req("S1-47", "S3-42")
@pytest.mark.parametrize(
    ("cautions", "score"), [(0, 74.5), (1, 69.5), (2, 64.5), (3, 59.5), (4, 59.5)]
)
def test_cautions_cost_five_points_each_and_fifteen_at_most(cautions: int, score: float) -> None:
    found = rank_candidates(ORACLE, cautions)
    assert found.score[0] == pytest.approx(score)
    assert found.may_be_offered[0]
    assert rank_candidates([0] * 6, cautions).score[0] == 0.0
    assert rank_candidates(ORACLE, 4, rule=CautionRule(1, 3)).penalty.tolist() == [3.0]


@pytest.mark.req("S1-48")
def test_a_refuted_claim_holds_the_candidate() -> None:
    found = rank_candidates([ORACLE, [50] * 6], refuted=[True, False])
    assert found.place.tolist() == [0, 1]
    assert found.hold.tolist() == [True, False]
    assert found.may_be_offered.tolist() == [False, True]
    assert found.score[0] == pytest.approx(74.5)


@pytest.mark.req("S0-35")
def test_a_missing_test_is_weighed_out_and_bars_the_offer() -> None:
    found = rank_candidates([[80, 60, 100, 70, NAN, 90]])
    assert found.score[0] == pytest.approx((20 + 9 + 5 + 21 + 4.5) / 0.8)
    assert np.isnan(found.parts[0, 4])
    assert (found.complete[0], found.may_be_offered[0], found.place[0]) == (False, False, 1)
    nothing = rank_candidates([[NAN] * 6])
    assert np.isnan(nothing.score[0])
    assert (nothing.place[0], nothing.may_be_offered[0]) == (0, False)


def test_what_weighs_nothing_may_be_missing() -> None:
    untested = RankWeights(0.25, 0.15, 0.05, 0.5, 0.0, 0.05)
    assert rank_candidates([[80, 60, 100, 70, NAN, 90]], weights=untested).complete[0]


@given(points, st.integers(0, 5), st.integers(0, 5))
def test_a_better_part_never_ranks_lower(row: list[float], cautions: int, column: int) -> None:
    better = [*row[:column], 100.0, *row[column + 1 :]]
    found = rank_candidates([row, better], cautions)
    assert found.score[1] >= found.score[0] - 1e-9
    assert ((found.score >= 0) & (found.score <= 100 + 1e-9)).all()
    assert found.parts[0].sum() - found.penalty[0] <= found.score[0] + 1e-9


@given(points, st.sets(st.integers(0, 5), max_size=5))
def test_a_partial_score_lies_between_its_parts(row: list[float], gone: set[int]) -> None:
    partial = [NAN if column in gone else value for column, value in enumerate(row)]
    left = [value for column, value in enumerate(row) if column not in gone]
    assert min(left) - 1e-9 <= rank_candidates(partial).score[0] <= max(left) + 1e-9


def test_ranks_are_checked() -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        rank_candidates([101, 0, 0, 0, 0, 0])
    with pytest.raises(ValueError, match="cautions"):
        rank_candidates(ORACLE, -1)
    with pytest.raises(ValueError, match="6 columns"):
        rank_candidates([1, 2])
    for wrong in ((0.5,), (-0.1, 0.5), (NAN,)):
        with pytest.raises(ValueError, match="weights"):
            RankWeights(*wrong)
    assert len(RANK_PARTS) == RankWeights().as_array().size


def test_marks_of_the_scorecard_as_points() -> None:
    assert competency_points([[1, 1], [3, 3], [5, 5]]).tolist() == [0.0, 50.0, 100.0]
    assert competency_points([[1, 5]], weights=[1, 3]).tolist() == [75.0]
    assert np.isnan(competency_points([[NAN, NAN]])[0])
    assert tier_points(["T1", "T2", "T3"]).tolist() == [100.0, 60.0, 30.0]
    with pytest.raises(ValueError, match="1 to 5"):
        competency_points([[6.0]])


OURS = ClientProfile(
    deal_size=2e6,
    products=["Клапаны", "Насосы"],
    buyers=["застройщик"],
    project=5e7,
    level=3,
    budget=1e8,
)


@pytest.mark.req("S1-49", "S3-09")
def test_an_equal_profile_matches_wholly() -> None:
    found = match_profile(OURS, OURS)
    assert found.share == 1.0
    assert found.parts == (1.0,) * len(PROFILE_PARTS)


@pytest.mark.req("S1-49", "S3-09")
def test_a_profile_differs_by_price_product_and_organisation() -> None:
    his = ClientProfile(2e5, ["насосы", "шланги"], ["торговая сеть"], 2.5e7, 3, 2e8)
    found = match_profile(his, OURS)
    assert found.parts == (0.0, 0.5, 0.0, 0.5, 1.0, 1.0)
    assert found.share == pytest.approx(0.25 * 0.5 + 0.10 * 0.5 + 0.10 + 0.10)
    larger = match_profile(ClientProfile(deal_size=4e6), OURS)
    smaller = match_profile(ClientProfile(deal_size=1e6), OURS)
    assert larger.share == pytest.approx(smaller.share) == pytest.approx(1 - np.log10(2))


def test_what_is_not_known_is_left_out_of_a_match() -> None:
    assert match_profile(ClientProfile(level=3), OURS).share == 1.0
    assert np.isnan(match_profile(ClientProfile(), OURS).share)
    weights = MatchWeights(products=0.0)
    assert match_profile(ClientProfile(products=["насосы"], level=3), OURS, weights).share == 1.0
    with pytest.raises(ValueError, match="positive"):
        match_profile(ClientProfile(deal_size=0), OURS)


@pytest.mark.req("S3-23")
def test_four_of_ten_targets_are_known() -> None:
    targets = [f"Клиент {n}" for n in range(10)]
    found = client_overlap(
        ["клиент 7", "КЛИЕНТ  1", "Клиент 3", "Клиент 3", "Ёж", "Клиент 0"], targets
    )
    assert found.share == 0.4
    assert found.common == ("Клиент 0", "Клиент 1", "Клиент 3", "Клиент 7")
    assert client_overlap(["еж"], ["Ёж", "еж"]).share == 1.0
    assert client_overlap([], targets).share == 0.0
    assert np.isnan(client_overlap(["x"], []).share)


def reserve(days: int, tenure: float = 30, *, willing: bool = True) -> Reserve:
    return Reserve(tenure, willing, NEEDED + dt.timedelta(days=days))


@pytest.mark.req("S0-10")
def test_a_reserve_ready_too_late_is_no_way_for_an_urgent_seat() -> None:
    found = advise_route(NEEDED, [reserve(150)])
    assert (found.route, found.internal_possible, found.days_late) == ("external", False, 150)
    assert found.eligible == (True,)


@pytest.mark.req("S0-10")
@pytest.mark.parametrize(
    ("seats", "ready", "route"),
    [(1, [0], "internal"), (2, [-5, 1], "mixed"), (2, [-5, 0, 9], "internal"), (1, [], "external")],
)
def test_the_route_by_how_many_are_ready(seats: int, ready: list[int], route: str) -> None:
    assert advise_route(NEEDED, [reserve(days) for days in ready], seats).route == route


@pytest.mark.req("S0-09")
def test_only_those_long_with_us_and_willing_are_a_reserve() -> None:
    people = [reserve(0, tenure=18), reserve(0, willing=False), reserve(0, tenure=24)]
    found = advise_route(NEEDED, people)
    assert found.eligible == found.in_time == (False, False, True)
    assert advise_route(NEEDED, people[:2]).days_late is None
    assert advise_route(NEEDED, people, least_tenure_months=36).route == "external"
    with pytest.raises(ValueError, match="seat"):
        advise_route(NEEDED, people, 0)


@pytest.mark.req("S3-14")
@pytest.mark.parametrize(
    ("must_haves", "pool", "narrow"),
    [(7, None, True), (6, 100, True), (5, None, False), (5, 20, False), (1, 19, True)],
)
def test_narrow_requirements_are_warned_of(must_haves: int, pool: int | None, narrow: bool) -> None:
    assert breadth(must_haves, pool).narrow is narrow


def test_the_limits_of_breadth_are_settings() -> None:
    assert not breadth(7, 10, BreadthRule(must_haves=7, pool=10)).narrow
