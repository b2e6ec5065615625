"""Coverage, support, roles, threads, colour and index of a buying centre; 3.13's example."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamerton.calc.buying_graph import (
    CoverageRule,
    IndexWeights,
    Player,
    comm_index,
    coverage,
    coverage_level,
    map_colour,
    role_completeness,
    support,
    threads,
)

TODAY = dt.date(2026, 11, 22)
INFLUENCE, LEVELS, ATTITUDE = (5, 4, 2, 4), (2, 3, 1, 0), (1, 2, 0, -1)  # 3.13
members = st.lists(
    st.tuples(st.integers(1, 5), st.integers(0, 3), st.integers(-2, 2)), min_size=1, max_size=30
)


def ago(*days: int) -> list[dt.date]:
    return [TODAY - dt.timedelta(days=each) for each in days]


@pytest.mark.req("S4-28", "S4-38")
def test_the_example_of_the_analysis() -> None:
    covered = coverage(INFLUENCE, LEVELS)
    assert covered == pytest.approx(0.5333, abs=5e-5)
    assert support(INFLUENCE, ATTITUDE) == pytest.approx(0.30)
    mandatory = ["decider", "economic", "technical", "user", "buyer", "coach"]
    roles = role_completeness(mandatory, ["decider", "technical", "user", "buyer", "shaper"])
    assert roles == pytest.approx(4 / 6)
    assert comm_index(covered, roles, 2 / 3) == pytest.approx(60.0)


@pytest.mark.parametrize(
    ("days", "formats", "level"),
    [
        ((), 0, 0),
        ((366,), 1, 0),
        ((365,), 1, 1),
        ((10,), 1, 1),
        ((91, 200), 2, 1),
        ((90, 200), 1, 2),
        ((45, 60, 90, 120), 1, 2),  # one format
        ((46, 60, 90, 120), 2, 2),  # the last one too old
        ((45, 60, 90), 2, 2),  # three only
        ((45, 60, 90, 120), 2, 3),
        ((-1, 45, 60, 90), 2, 2),  # tomorrow has not been
    ],
)
@pytest.mark.req("S4-52")
def test_levels_by_contacts_that_took_place(days, formats, level) -> None:
    assert coverage_level(ago(*days), formats, on=TODAY) == level


def test_the_limits_are_the_methods() -> None:
    strict = CoverageRule(days=(100, 30, 10), contacts=(1, 3, 5), formats=3)
    assert coverage_level(ago(20, 40), 1, on=TODAY, rule=strict) == 1
    assert coverage_level(ago(120), 1, on=TODAY, rule=strict) == 0
    with pytest.raises(ValueError, match="counts from 1"):
        CoverageRule(formats=0)


@given(st.lists(st.integers(0, 500), max_size=12), st.integers(0, 4), st.integers(0, 500))
def test_one_more_contact_never_covers_less(days, formats, more) -> None:
    before = coverage_level(ago(*days), formats, on=TODAY)
    assert coverage_level(ago(*days, more), formats, on=TODAY) >= before


@given(members)
def test_coverage_and_support_keep_their_ranges(rows) -> None:
    influence, levels, attitude = zip(*rows, strict=True)
    covered, pull = coverage(influence, levels), support(influence, attitude)
    assert covered is not None and 0 <= covered <= 1
    assert pull is not None and -1 <= pull <= 1
    assert coverage(influence, [3] * len(rows)) == pytest.approx(1)
    assert support(influence, [-each for each in attitude]) == pytest.approx(-pull)


@given(members, st.data())
def test_a_member_covered_better_raises_coverage(rows, data) -> None:
    influence, levels, _ = (list(column) for column in zip(*rows, strict=True))
    which = data.draw(st.integers(0, len(rows) - 1))
    better = [min(3, each + (index == which)) for index, each in enumerate(levels)]
    assert coverage(influence, better) >= coverage(influence, levels)


def test_nobody_is_no_data() -> None:
    assert coverage([], []) is None
    assert support([], []) is None
    assert role_completeness([], ["user"]) is None
    assert comm_index(None, 1.0, 1.0) is None


@pytest.mark.parametrize("wrong", [([6], [1]), ([0], [1]), ([3], [4]), ([3], [1, 2])])
def test_what_is_out_of_range_is_refused(wrong) -> None:
    with pytest.raises(ValueError):
        coverage(*wrong)


def test_attitude_and_formats_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="attitude"):
        support([3], [3])
    with pytest.raises(ValueError, match="formats"):
        coverage_level([], -1, on=TODAY)
    with pytest.raises(ValueError, match="between 0 and 1"):
        comm_index(1.2, 0.5, 0.5)


@pytest.mark.req("S2-14")
def test_threads_from_none_to_a_diamond() -> None:
    influence = {10: 5, 11: 4, 12: 3}
    assert threads({}, influence).shape == "none"
    assert threads({(1, 12): 3, (1, 10): 1}, influence).shape == "none"
    assert threads({(1, 10): 2, (1, 11): 3}, influence).shape == "bow_tie"
    assert threads({(1, 10): 2, (2, 10): 3}, influence).shape == "pairs"
    diamond = threads({(1, 10): 2, (2, 10): 3, (2, 11): 2}, influence)
    assert (diamond.employees, diamond.pairs, diamond.shape) == (2, 3, "diamond")
    alone = {10: 5, 11: 4, 12: 4}
    assert threads(dict.fromkeys([(1, 10), (1, 11), (1, 12)], 3), alone).shape == "bow_tie"


def test_the_colour_of_the_map() -> None:
    decider, expert = frozenset({"decider"}), frozenset({"influencer"})
    assert map_colour([], None) == "red"
    assert map_colour([Player(3, 2, decider), Player(5, 0, decider)], 1.0) == "red"
    assert map_colour([Player(4, 1, expert), Player(5, 0, decider)], 1.0) == "amber"
    assert map_colour([Player(4, 1, decider)], 0.59) == "amber"
    assert map_colour([Player(4, 1, decider)], 0.60) == "green"
    assert map_colour([Player(5, 2, frozenset({"approver"}))], 0.9) == "green"


def test_a_part_that_cannot_be_computed_leaves_its_weight() -> None:
    assert comm_index(0.6, 0.6, None) == pytest.approx(60.0)
    assert comm_index(0.5, None, None) == pytest.approx(50.0)
    with pytest.raises(ValueError, match="weights"):
        IndexWeights(0.5, 0.5, 0.5)


@given(*[st.floats(0, 1) for _ in range(3)])
def test_the_index_is_a_weighted_mean(covered, roles, steps) -> None:
    found = comm_index(covered, roles, steps)
    parts = (covered, roles, steps)
    assert found is not None
    assert 100 * min(parts) - 1e-9 <= found <= 100 * max(parts) + 1e-9
