"""Who stays: a table by hand, the laws of the estimate, real staff against a published library."""

import itertools
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import hiring
from kamerton.calc.survival import kaplan_meier, survival_at, survival_by_group

#: The group on 6-MP of Freireich et al. (1963), in every textbook: weeks, 0 = censored.
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
LEFT = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
people = st.lists(st.tuples(st.integers(0, 400), st.booleans()), min_size=1, max_size=40)


def test_the_textbook_table() -> None:
    found = kaplan_meier(WEEKS, LEFT)
    leaving = found.left > 0
    assert found.times[leaving].tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert found.at_risk[leaving].tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert found.left[leaving].tolist() == [3, 1, 1, 1, 1, 1, 1]
    assert found.survival[leaving].round(3).tolist() == [
        *(0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448),
    ]
    assert found.deviation[leaving].round(3).tolist() == [
        *(0.076, 0.087, 0.096, 0.107, 0.114, 0.128, 0.135),
    ]


def test_the_interval_by_hand() -> None:
    """One of four leaves: Greenwood 1/(4·3), on the scale of log(-log .75)."""
    found = kaplan_meier([10, 20, 20, 20], [1, 0, 0, 0])
    reach = 1.959963984540054 * math.sqrt(1 / 12) / -math.log(0.75)
    assert found.low[0] == pytest.approx(0.75 ** math.exp(reach))
    assert found.high[0] == pytest.approx(0.75 ** math.exp(-reach))
    assert found.deviation[0] == pytest.approx(0.75 * math.sqrt(1 / 12))
    wider = kaplan_meier([10, 20, 20, 20], [1, 0, 0, 0], confidence=0.99)
    assert wider.low[0] < found.low[0] < found.high[0] < wider.high[0]


@given(people)
def test_without_censoring_it_is_the_part_still_there(rows: list[tuple[int, bool]]) -> None:
    days = [day for day, _ in rows]
    found = kaplan_meier(days, [True] * len(days))
    still = [sum(day > time for day in days) / len(days) for time in found.times]
    assert found.survival.tolist() == pytest.approx(still, abs=1e-12)
    assert found.deviation.tolist() == pytest.approx(
        [math.sqrt(s * (1 - s) / len(days)) for s in still], abs=1e-9
    )


@given(people)
def test_the_curve_falls_inside_its_interval(rows: list[tuple[int, bool]]) -> None:
    found = kaplan_meier(*zip(*rows, strict=True))
    assert (np.diff(found.survival) <= 1e-12).all()
    assert ((found.low >= 0) & (found.high <= 1)).all()
    assert (found.low <= found.survival + 1e-12).all()
    assert (found.survival <= found.high + 1e-12).all()
    assert found.left.sum() == sum(gone for _, gone in rows)
    assert found.at_risk[0] == len(rows)


@given(people, people)
def test_groups_are_apart_from_each_other(
    one: list[tuple[int, bool]], two: list[tuple[int, bool]]
) -> None:
    days, gone = zip(*itertools.chain(one, two), strict=True)
    both = survival_by_group(days, gone, ["a"] * len(one) + ["b"] * len(two))
    for found, rows in zip(both, (one, two), strict=True):
        alone = kaplan_meier(*zip(*rows, strict=True))
        assert found.n == len(rows)
        assert found.curve.survival.tolist() == alone.survival.tolist()
        assert found.curve.high.tolist() == alone.high.tolist()


def test_survival_at_sixty_and_a_hundred_and_eighty_days_by_source() -> None:
    days = [30, 60, 90, 200, 200, 45, 300, 300]
    gone = [1, 1, 0, 1, 0, 0, 0, 0]
    source = ["site"] * 5 + ["own"] * 3
    own, site = survival_by_group(days, gone, source)
    assert (site.group, site.n, site.left) == ("site", 5, 3)
    assert site.at.survival.tolist() == pytest.approx([0.6, 0.6])
    assert own.at.survival.tolist() == [1.0, 1.0]
    assert own.at.low.tolist() == [1.0, 1.0]
    assert site.at.at_risk.tolist() == [4, 2]
    assert site.at.low[0] < 0.6 < site.at.high[0]


def test_nothing_is_said_beyond_what_was_seen() -> None:
    curve = kaplan_meier([30, 100], [True, False])
    assert survival_at(curve, [0, 29, 30, 100]).survival.tolist() == [1.0, 1.0, 0.5, 0.5]
    beyond = survival_at(curve, [101])
    assert np.isnan([beyond.survival[0], beyond.low[0], beyond.high[0]]).all()
    assert survival_at(kaplan_meier([30], [True]), [999]).survival.tolist() == [0.0]
    assert np.isnan(survival_at(kaplan_meier([], []), [60]).survival).all()


def test_durations_are_checked() -> None:
    with pytest.raises(ValueError, match="negative"):
        kaplan_meier([-1], [True])
    with pytest.raises(ValueError, match="confidence"):
        kaplan_meier([1], [True], confidence=1.0)
    with pytest.raises(ValueError, match="left"):
        kaplan_meier([1, 2], [True])
    with pytest.raises(ValueError, match="groups"):
        survival_by_group([1], [True], ["a", "b"])


def test_real_staff_by_source(shared: Path) -> None:
    """The estimate by its definition, in exact fractions, at every time of every source."""
    months, left, source = hiring.read_staff(shared / hiring.STAFF)
    found = survival_by_group(months, left, source)
    assert sum(one.n for one in found) == months.size == 1129
    for one in found:
        own = [(m, gone) for m, gone, s in zip(months, left, source, strict=True) if s == one.group]
        exact = Fraction(1)
        for time, survival in zip(one.curve.times, one.curve.survival, strict=True):
            gone = [event for month, event in own if month == time].count(True)
            there = [month >= time for month, _ in own].count(True)
            exact *= 1 - Fraction(gone, there)
            assert survival == pytest.approx(float(exact), abs=1e-12)


def test_real_staff_agree_with_a_published_library(shared: Path) -> None:
    pytest.importorskip("lifelines")
    months, left, source = hiring.read_staff(shared / hiring.STAFF)
    for one in survival_by_group(months, left, source):
        gap = hiring.against_lifelines(months, left, source, one)
        assert gap is not None
        assert gap < 1e-9
