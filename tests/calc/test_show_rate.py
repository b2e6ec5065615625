"""How many come, how many to invite: the figures of the analysis, the exact law, the costs."""

import itertools
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import hiring
from kamerton.calc.show_rate import (
    LearningRule,
    SeatCosts,
    ShowFacts,
    ShowPrior,
    best_invitations,
    expected_cost,
    group_invitations,
    learn_show_rates,
    rates_for,
    show_pmf,
    show_rate,
    slot_risk,
    stream_invitations,
)

from .samples import NAN

HALF, PRIOR, THIRD = 1 / 2, 5 / 12, 1 / 3
chances = st.lists(st.floats(0, 1), max_size=8)
some_chances = st.lists(st.floats(0, 1), min_size=1, max_size=8)


@pytest.mark.req("S0-31")
def test_the_prior_lies_between_one_of_two_and_one_of_three_and_gives_way_to_facts() -> None:
    assert THIRD < show_rate(0, 0) == PRIOR < HALF
    assert show_rate(9, 20) == 0.4375
    assert show_rate(15, 36) == pytest.approx(20 / 48)
    assert show_rate(9000, 10_000) == pytest.approx(0.9, abs=1e-3)


@pytest.mark.parametrize(("shows", "invites"), [(3, 2), (-1, 2), (NAN, 2), (1, math.inf)])
def test_nobody_comes_uninvited(shows: float, invites: float) -> None:
    with pytest.raises(ValueError, match="shows"):
        show_rate(shows, invites)


@pytest.mark.parametrize("wrong", [(0, 12), (12, 12), (5, math.inf), (-1, 5)])
def test_a_prior_leaves_room_for_facts(wrong: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="wanted"):
        ShowPrior(*wrong)


@pytest.mark.req("S0-32")
@pytest.mark.parametrize(
    ("rate", "invitations", "nobody", "clash"),
    [(HALF, 2, 25.0, 25.0), (PRIOR, 3, 19.8, 37.6), (THIRD, 3, 29.6, 25.9)],
)
def test_invitations_to_a_stream_by_the_rate(
    rate: float, invitations: int, nobody: float, clash: float
) -> None:
    plan = stream_invitations(1, rate)
    assert plan.invitations == invitations
    assert round(100 * plan.nobody, 1) == nobody
    assert round(100 * plan.overfull, 1) == clash
    by_formula = 1 - (1 - rate) ** invitations
    by_formula -= invitations * rate * (1 - rate) ** (invitations - 1)
    assert plan.overfull == pytest.approx(by_formula)


def test_rounding_asks_nobody_too_many() -> None:
    assert stream_invitations(5, PRIOR).invitations == 12  # 5 / (5/12) is 12.000000000000002
    assert stream_invitations(3, 1.0).invitations == 3
    assert stream_invitations(3, 1.0).nobody == 0


@pytest.mark.req("S0-32")
@pytest.mark.parametrize(("rate", "invitations"), [(HALF, 15), (PRIOR, 18), (THIRD, 22)])
def test_invitations_to_a_group_of_ten(rate: float, invitations: int) -> None:
    plan = group_invitations(10, rate)
    assert plan.invitations == invitations
    assert plan.expected == pytest.approx(rate * invitations)
    assert plan.overfull == pytest.approx(above(invitations, rate, 10))
    assert above(invitations, rate, 10) <= 0.10 < above(invitations + 1, rate, 10)


def above(n: int, rate: float, seats: int) -> float:
    """P(Bin(n, rate) > seats), by the formula of the binomial law."""
    return sum(math.comb(n, k) * rate**k * (1 - rate) ** (n - k) for k in range(seats + 1, n + 1))


def test_who_is_invited_already_takes_room_in_the_group() -> None:
    assert group_invitations(10, HALF, invited=[HALF] * 13).invitations == 2
    assert group_invitations(10, HALF, invited=[HALF] * 15).invitations == 0
    crowd = group_invitations(10, HALF, invited=[1.0] * 11)
    assert (crowd.invitations, crowd.overfull, crowd.expected) == (0, 1.0, 11.0)
    assert group_invitations(10, 1.0).invitations == 10
    assert group_invitations(10, 0.001, most=50).invitations == 50


@pytest.mark.parametrize(("capacity", "rate"), [(0, 0.5), (1, 0.0), (1, 1.1), (1, NAN)])
def test_no_seat_or_no_rate_is_no_plan(capacity: int, rate: float) -> None:
    with pytest.raises(ValueError, match=r"wanted|show rate"):
        stream_invitations(capacity, rate)
    with pytest.raises(ValueError, match=r"wanted|show rate"):
        group_invitations(capacity, rate)


def by_cases(chance: list[float]) -> list[float]:
    """The law of the number who come, by all 2ⁿ cases."""
    pmf = [0.0] * (len(chance) + 1)
    for case in itertools.product((0, 1), repeat=len(chance)):
        each = [p if came else 1 - p for p, came in zip(chance, case, strict=True)]
        pmf[sum(case)] += math.prod(each)
    return pmf


@given(chances)
def test_the_law_of_how_many_come_is_exact(chance: list[float]) -> None:
    assert show_pmf(chance)[0].tolist() == pytest.approx(by_cases(chance), abs=1e-12)


@given(st.lists(some_chances, min_size=1, max_size=5))
def test_a_day_of_slots_is_the_same_as_slot_by_slot(day: list[list[float]]) -> None:
    longest = max(map(len, day))
    whole = show_pmf([row + [NAN] * (longest - len(row)) for row in day])
    for row, pmf in zip(day, whole, strict=True):
        assert pmf[: len(row) + 1].tolist() == pytest.approx(show_pmf(row)[0].tolist())
        assert not pmf[len(row) + 1 :].any()


@given(some_chances, st.integers(1, 9))
def test_the_risks_of_a_slot_agree_with_its_law(chance: list[float], seats: int) -> None:
    pmf = np.array(by_cases(chance))
    count = np.arange(pmf.size)
    found = slot_risk(chance, seats, least=2)
    assert found.expected[0] == pytest.approx((pmf * count).sum())
    variance = (pmf * count**2).sum() - (pmf * count).sum() ** 2
    assert found.deviation[0] ** 2 == pytest.approx(variance, abs=1e-9)
    assert found.nobody[0] == pytest.approx(pmf[0], abs=1e-12)
    assert found.too_few[0] == pytest.approx(pmf[:2].sum(), abs=1e-12)
    assert found.overfull[0] == pytest.approx(pmf[seats + 1 :].sum(), abs=1e-12)
    assert list(found.quantiles[0]) == sorted(found.quantiles[0])


@pytest.mark.req("S0-32")
def test_the_board_of_a_day() -> None:
    """Two confirmed of three, one left of three, a group of eleven and five who are silent."""
    p = PRIOR
    day = [[p, p, p, NAN], [p, NAN, NAN, NAN], [p, p, p, p]]
    found = slot_risk(day, 1)
    assert (100 * found.nobody).round().tolist() == [20, 58, 12]
    assert (100 * found.overfull).round().tolist() == [38, 0, 55]
    assert slot_risk([p] * 3, 1, quantiles=[0.5]).quantiles.tolist() == [[1]]
    none = slot_risk([NAN, NAN], 1)
    assert (none.nobody[0], none.expected[0], none.overfull[0]) == (1.0, 0.0, 0.0)


def test_probabilities_are_checked() -> None:
    for wrong in ([1.1], [-0.1]):
        with pytest.raises(ValueError, match="0 to 1"):
            show_pmf(wrong)
    with pytest.raises(ValueError, match="capacity"):
        slot_risk([[0.5], [0.5]], [1, 2, 3])


@pytest.mark.req("S0-32")
@given(
    some_chances,
    st.integers(1, 4),
    st.floats(0, 100),
    st.floats(0, 100),
)
def test_no_other_number_of_the_pool_is_cheaper(
    pool: list[float], seats: int, empty: float, overfull: float
) -> None:
    costs = SeatCosts(empty, overfull)
    found = best_invitations(pool, seats, costs)
    by_slot = [expected_cost(pool[:n], seats, costs)[0] for n in range(len(pool) + 1)]
    assert found.costs.tolist() == pytest.approx(by_slot, abs=1e-9)
    assert found.cost <= min(by_slot) + 1e-6
    chosen = show_pmf(pool[: found.invitations])[0]
    assert found.nobody == pytest.approx(chosen[0], abs=1e-9)
    assert found.overfull == pytest.approx(chosen[seats + 1 :].sum(), abs=1e-9)


def test_the_dearer_an_empty_seat_the_more_are_invited() -> None:
    chosen = [
        best_invitations([PRIOR] * 12, 1, SeatCosts(empty, 1)).invitations
        for empty in (0.1, 1, 3, 10, 100)
    ]
    assert chosen == sorted(chosen)
    assert chosen[0] < chosen[-1]
    assert best_invitations([PRIOR] * 12, 1, SeatCosts(0, 1)).invitations == 0
    assert best_invitations([PRIOR] * 12, 1, SeatCosts(0, 0)).invitations == 0


def test_the_pool_is_asked_in_its_order_and_after_those_invited() -> None:
    costs = SeatCosts(empty=1, overfull=1)
    assert best_invitations([1.0, 0.4, 0.4], 1, costs).invitations == 1
    assert best_invitations([0.4, 1.0], 1, costs, invited=[1.0]).invitations == 0
    whole = best_invitations([0.4, 0.4], 1, costs).costs
    assert best_invitations([0.4], 1, costs, invited=[0.4]).costs.tolist() == pytest.approx(
        whole[1:].tolist()
    )
    assert best_invitations([], 2, costs).cost == 2.0


def test_costs_are_never_negative() -> None:
    with pytest.raises(ValueError, match="costs"):
        SeatCosts(empty=-1, overfull=1)
    with pytest.raises(ValueError, match="show rate"):
        best_invitations([1.5], 1, SeatCosts(1, 1))


def facts(rows: list[tuple[str, float, int, int]]) -> ShowFacts:
    return ShowFacts(*(list(column) for column in zip(*rows, strict=True)))


@pytest.mark.req("S0-31")
def test_channels_and_lead_times_count_from_thirty_invitations() -> None:
    rows = [("calls", 1.0, 9, 10), ("site", 10.0, 2, 19)]
    few = learn_show_rates(facts(rows))
    assert (few.n, few.parted, few.overall) == (29, False, (5 + 11) / (12 + 29))
    assert rates_for(few, ["calls", "site"], [1, 10]).rate.tolist() == [few.overall] * 2
    assert rates_for(few, ["calls", "site"], [1, 10]).n.tolist() == [10, 19]
    enough = learn_show_rates(facts([*rows, ("site", 1.0, 1, 1)]))
    assert (enough.n, enough.parted) == (30, True)
    calls, site = rates_for(enough, ["calls", "site"], [1, 10]).rate
    assert site < enough.overall < calls


def test_a_cell_leans_on_its_channel_that_on_its_lead_times_those_on_all() -> None:
    rows = [("a", 0.0, 30, 40), ("a", 20.0, 2, 10), ("b", 0.0, 5, 50)]
    found = learn_show_rates(facts(rows), LearningRule(strengths=(12.0,)))
    overall = (5 + 37) / (12 + 100)
    today, late = (12 * overall + 35) / (12 + 90), (12 * overall + 2) / (12 + 10)
    expected = (40 * today + 10 * late) / 50
    a = (12 * expected + 32) / (12 + 50)
    changed = odds(a) / odds(expected)
    cells = [odds(lead) * changed for lead in (today, overall, overall, overall, late)]
    first, *_, last = (ratio / (1 + ratio) for ratio in cells)
    assert found.overall == pytest.approx(overall)
    assert found.by_lead.tolist() == pytest.approx([today, overall, overall, overall, late])
    assert found.by_channel[0] == pytest.approx(a)
    assert found.by_cell[0, [0, 4]].tolist() == pytest.approx(
        [(12 * first + 30) / 52, (12 * last + 2) / 22]
    )
    assert found.cell_n.tolist() == [[40, 0, 0, 0, 10], [50, 0, 0, 0, 0]]
    asked = rates_for(found, ["a", "a", "unknown", "unknown"], [NAN, 14, 0, NAN])
    assert asked.rate.tolist() == pytest.approx([a, found.by_cell[0, 4], today, overall])
    assert (asked.n.tolist(), asked.channel_n.tolist()) == ([0, 10, 0, 0], [50, 50, 0, 0])


def odds(rate: float) -> float:
    return rate / (1 - rate)


def test_the_strength_is_the_one_that_makes_the_facts_likeliest() -> None:
    """Channels that differ lean on each other little, those that do not wholly."""
    n, alike, apart = 60, [30, 29, 31, 30, 28, 32], [55, 5, 50, 10, 53, 7]
    names = list("abcdef")
    for shows, lowest, highest in ((alike, 0.45, 0.53), (apart, 0.10, 0.88)):
        found = learn_show_rates(ShowFacts(names, [2.0] * 6, shows, [n] * 6))
        rates = found.by_channel
        assert (rates.min() >= lowest, rates.max() <= highest) == (True, True)
        assert np.ptp(rates) < np.ptp(shows) / n
    assert np.ptp(rates) > 0.7
    one, other = (
        learn_show_rates(ShowFacts(names, [2.0] * 6, apart, [n] * 6), LearningRule(strengths=s))
        for s in ((8.0,), (8.0, 2048.0))
    )
    assert other.by_channel.tolist() == pytest.approx(one.by_channel.tolist(), abs=1e-3)


def test_what_the_lead_time_explains_is_not_counted_again_for_the_channel() -> None:
    calls, _ = rates_for(
        learn_show_rates(ShowFacts(["calls", "site"], [2, 9], [18, 6], [24, 24])),
        ["calls", "site"],
        [2, 9],
    ).rate
    assert calls < 18 / 24


def test_rows_may_be_single_or_many_alike_and_a_lead_time_unknown() -> None:
    single = ShowFacts(["a"] * 40, [2.0] * 40, [1] * 10 + [0] * 30)
    whole = facts([("a", 2.0, 10, 40)])
    assert learn_show_rates(single).by_cell.tolist() == learn_show_rates(whole).by_cell.tolist()
    undated = learn_show_rates(facts([("a", NAN, 10, 40)]))
    assert 10 / 40 < undated.by_channel[0] < undated.overall
    assert undated.by_lead.tolist() == [undated.overall] * 5
    assert (undated.channel_n.sum(), undated.cell_n.sum()) == (40, 0)


def test_without_any_fact_the_prior_is_left() -> None:
    found = learn_show_rates(ShowFacts([], [], []))
    assert (found.overall, found.n, found.parted) == (PRIOR, 0, False)
    assert rates_for(found, ["a"], [1]).rate.tolist() == [PRIOR]


def test_facts_and_rules_are_checked() -> None:
    with pytest.raises(ValueError, match="more shows"):
        learn_show_rates(ShowFacts(["a"], [1], [2]))
    with pytest.raises(ValueError, match="channel"):
        learn_show_rates(ShowFacts(["a", "b"], [1], [1]))
    with pytest.raises(ValueError, match="rise"):
        LearningRule(lead_starts=(3, 1))
    with pytest.raises(ValueError, match="strength"):
        LearningRule(strengths=(0.0,))


@pytest.mark.req("S0-31")
def test_real_people_are_forecast_better_than_by_one_rate_for_all(shared: Path) -> None:
    visits = hiring.read_visits(shared / hiring.VISITS)
    learned, asked = hiring.parted(visits)
    assert learned.day.max() < asked.day.min()
    whole = hiring.score(learned, asked)
    assert whole.skill > 0.07
    assert whole.ours < whole.raw
    ahead = hiring.score(learned.where(learned.lead > 0), asked.where(asked.lead > 0))
    assert 0 < ahead.skill < whole.skill
    chance = hiring.forecast(learned, asked)
    assert abs(chance.mean() - asked.came.mean()) < 0.03
    low, *_, high = hiring.calibration(chance, asked.came)
    assert low[0] < 0.65 < 0.95 < high[0]
    assert abs(high[0] - high[1]) < 0.01


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.floats(-1, 60),
            st.integers(0, 9),
            st.integers(0, 9),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_learned_rates_are_never_certain(rows: list[tuple[str, float, int, int]]) -> None:
    found = learn_show_rates(facts([(c, d, s, s + more) for c, d, s, more in rows]))
    for rates in (found.by_channel, found.by_lead, found.by_cell):
        assert ((rates > 0) & (rates < 1)).all()
    assert found.channel_n.sum() == found.n == found.cell_n.sum()
