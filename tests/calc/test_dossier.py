"""Completeness, freshness and quality of a dossier (3.12)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamerton.calc.dossier import completeness, freshness, quality

shares = st.floats(0, 1)
answers = st.lists(
    st.tuples(st.integers(1, 3), st.booleans(), shares, shares), min_size=1, max_size=90
)


def columns(rows):
    """Weights, whether answered, freshness and confidence; 0 where there is no answer."""
    weights = [weight for weight, *_ in rows]
    answered = [there for _, there, *_ in rows]
    fresh = [f if there else 0.0 for _, there, f, _ in rows]
    confident = [c if there else 0.0 for _, there, _, c in rows]
    return weights, answered, fresh, confident


@pytest.mark.req("S4-26")
def test_the_worked_example_of_the_method():
    fresh = [freshness(3, 12), freshness(9, 6), 0.0]
    assert fresh == [1.0, 0.5, 0.0]
    assert round(100 * completeness([3, 2, 1], [True, True, False]), 1) == 83.3
    assert round(100 * quality([3, 2, 1], fresh, [1.0, 0.8, 0.0]), 1) == 63.3


@pytest.mark.parametrize(
    ("age", "life", "expected"),
    [(-1, 6, 1.0), (0, 6, 1.0), (6, 6, 1.0), (7.5, 6, 0.75), (12, 6, 0.0), (100, 6, 0.0)],
)
def test_an_answer_holds_for_its_life_and_fades_over_another(age, life, expected):
    assert freshness(age, life) == pytest.approx(expected)


def test_where_nothing_applies_there_is_no_data():
    assert math.isnan(completeness([], []))
    assert math.isnan(quality([], [], []))


@given(answers)
def test_quality_is_a_share_and_never_above_completeness(rows):
    weights, answered, fresh, confident = columns(rows)
    full = completeness(weights, answered)
    good = quality(weights, fresh, confident)
    assert 0 <= good <= full + 1e-12 <= 1 + 1e-12


@given(answers, st.integers(0, 89))
def test_one_more_answer_never_makes_it_worse(rows, place):
    weights, answered, fresh, confident = columns(rows)
    before = completeness(weights, answered), quality(weights, fresh, confident)
    place %= len(rows)
    answered[place], fresh[place], confident[place] = True, 1.0, 1.0
    assert completeness(weights, answered) >= before[0]
    assert quality(weights, fresh, confident) >= before[1] - 1e-12


@given(st.lists(st.integers(1, 3), min_size=1, max_size=90))
def test_fresh_documents_everywhere_are_the_whole(weights):
    full = [1.0] * len(weights)
    assert completeness(weights, [True] * len(weights)) == quality(weights, full, full) == 1.0


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0.01, 1e5))
def test_an_older_answer_is_never_fresher(one, other, life):
    younger, older = sorted((one, other))
    assert freshness(older, life) <= freshness(younger, life)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: completeness([1, 2], [True]),
        lambda: completeness([0], [True]),
        lambda: completeness([math.nan], [True]),
        lambda: quality([1], [1.5], [1.0]),
        lambda: quality([1], [1.0], [math.nan]),
        lambda: freshness(1, 0),
        lambda: freshness(math.inf, 1),
    ],
)
def test_what_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError):
        wrong()
