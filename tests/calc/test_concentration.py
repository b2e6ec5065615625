"""Pareto, ABC, HHI, Gini: the sample of the analysis and the laws they obey."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamerton.calc.concentration import (
    Band,
    abc_classes,
    class_summary,
    clients_to_reach,
    concentration,
    cumulative_shares,
    descending_order,
    gini,
    hhi,
    hhi_band,
    top_n_share,
    top_share,
    with_and_without,
)

from .samples import TEN_CLIENTS

money = st.lists(st.integers(-1000, 10**12), min_size=1, max_size=40)
positive = st.lists(st.integers(1, 10**9), min_size=1, max_size=40)


@pytest.mark.req("S0-04", "S2-01")
def test_the_sample_of_ten_clients() -> None:
    assert "".join(abc_classes(TEN_CLIENTS)) == "AAAABBBCCC"
    assert clients_to_reach(TEN_CLIENTS) == 4
    assert top_share(TEN_CLIENTS) == pytest.approx(0.63)
    assert cumulative_shares(TEN_CLIENTS)[3] == pytest.approx(0.85)


@pytest.mark.req("S0-02")
def test_the_flow_segment_is_six_clients_and_fifteen_per_cent() -> None:
    summary = class_summary(TEN_CLIENTS, abc_classes(TEN_CLIENTS))
    flow = [found for found in summary if found.name != "A"]
    assert sum(found.clients for found in flow) == 6
    assert sum(found.share for found in flow) == pytest.approx(0.15)


@pytest.mark.req("S0-03")
def test_removing_flow_clients_raises_hhi() -> None:
    flow = abc_classes(TEN_CLIENTS) != "A"
    tile = with_and_without(TEN_CLIENTS, flow)
    assert tile.hhi_with == pytest.approx(2502.5)
    assert tile.hhi_without > tile.hhi_with
    assert tile.masked_share == pytest.approx(0.15)


def test_hhi_and_the_flags_of_the_sample() -> None:
    found = concentration(TEN_CLIENTS)
    assert found.hhi == pytest.approx(2502.5)
    assert (found.top1, found.top5) == (pytest.approx(0.42), pytest.approx(0.90))
    assert (found.band, found.dependence, found.mono, found.top5_heavy) == (
        Band.HIGH,
        True,
        False,
        True,
    )


@pytest.mark.req("S3-01")
@pytest.mark.parametrize(
    ("first", "dependence", "mono"),
    [(199, False, False), (200, True, False), (499, True, False), (500, True, True)],
)
def test_dependence_begins_at_the_limit(first: int, dependence: bool, mono: bool) -> None:
    found = concentration([first, *[1] * (1000 - first)])
    assert (found.dependence, found.mono) == (dependence, mono)


@pytest.mark.parametrize(
    ("index", "band"),
    [
        (999.9, "low"),
        (1000, "moderate"),
        (2500, "moderate"),
        (2500.1, "high"),
        (math.nan, "no_data"),
    ],
)
def test_bands_of_hhi(index: float, band: str) -> None:
    assert hhi_band(index) == band


@pytest.mark.req("S2-01")
def test_another_base_reorders_the_clients() -> None:
    revenue, profit = [900, 60, 40], [10, 70, 20]
    assert descending_order(revenue).tolist() == [0, 1, 2]
    assert descending_order(profit).tolist() == [1, 2, 0]
    assert "".join(abc_classes(revenue)) != "".join(abc_classes(profit))


def test_the_crossing_client_belongs_to_b_by_the_other_definition() -> None:
    assert "".join(abc_classes(TEN_CLIENTS, crossing="B")) == "AAABBBCCCC"
    assert abc_classes([5], crossing="B").tolist() == ["C"]  # its price: nobody is A


def test_non_positive_bases_are_c() -> None:
    assert abc_classes([-50, 0, 10]).tolist() == ["C", "C", "A"]
    assert abc_classes([0, -1]).tolist() == ["C", "C"]
    assert abc_classes([]).tolist() == []


def test_rounding_does_not_ask_for_one_client_more() -> None:
    assert clients_to_reach([0.1] * 10, 0.8) == 8
    assert "".join(abc_classes([0.1] * 10)) == "A" * 8 + "BB"


def test_no_sales_are_no_data_rather_than_zero() -> None:
    assert clients_to_reach([0, -5]) is None
    assert math.isnan(top_share([0.0]))
    assert math.isnan(top_n_share([], 5))
    assert math.isnan(hhi([]))
    assert math.isnan(gini([0, 0]))
    assert concentration([]).band == Band.NO_DATA
    assert not concentration([]).dependence


@pytest.mark.parametrize(
    "call",
    [
        lambda: abc_classes([1], a=0),
        lambda: abc_classes([1], a=0.9, b=0.8),
        lambda: abc_classes([1], crossing="C"),  # type: ignore[arg-type]
        lambda: abc_classes([math.nan]),
        lambda: abc_classes([[1, 2]]),
        lambda: clients_to_reach([1], 0),
        lambda: clients_to_reach([math.inf]),
        lambda: top_share([1], 1.1),
        lambda: top_n_share([1], 0),
        lambda: class_summary([1], ["A", "B"]),
        lambda: with_and_without([1, 2], [True]),
    ],
)
def test_bad_arguments_are_refused(call: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        call()  # type: ignore[operator]


@given(money, st.floats(0.01, 1))
def test_no_smaller_set_reaches_the_share(values: list[int], share: float) -> None:
    needed = clients_to_reach(values, share)
    bought = sorted((v for v in values if v > 0), reverse=True)
    if needed is None:
        assert not bought
        return
    total = sum(bought)
    assert sum(bought[:needed]) / total >= share - 1e-8
    assert sum(bought[: needed - 1]) / total < share


@given(money)
def test_classes_go_down_with_the_money(values: list[int]) -> None:
    classes = abc_classes(values)
    sorted_classes = "".join(classes[descending_order(values)])
    assert sorted_classes == "".join(sorted(sorted_classes))
    assert ("A" in sorted_classes) == any(v > 0 for v in values)


@given(money)
def test_class_a_is_the_head_that_reaches_its_share(values: list[int]) -> None:
    in_a = int((abc_classes(values) == "A").sum())
    assert in_a == (clients_to_reach(values, 0.80) or 0)


@given(money)
def test_order_is_stable(values: list[int]) -> None:
    order = descending_order(values).tolist()
    assert order == sorted(range(len(values)), key=lambda i: -values[i])


@given(positive)
def test_hhi_lies_between_all_alike_and_one_client(values: list[int]) -> None:
    assert 10_000 / len(values) * (1 - 1e-9) <= hhi(values) <= 10_000 * (1 + 1e-9)


@given(positive, st.integers(2, 5))
def test_splitting_every_client_divides_hhi(values: list[int], parts: int) -> None:
    assert hhi(values * parts) == pytest.approx(hhi(values) / parts)


@given(positive, st.integers(1, 1000), st.integers(2, 4), st.randoms())
def test_gini_knows_neither_unit_nor_order_nor_copies(
    values: list[int], factor: int, copies: int, dice: object
) -> None:
    index = gini(values)
    shuffled = sorted(values, key=lambda _: dice.random())  # type: ignore[attr-defined]
    assert -1e-9 <= index <= 1 - 1 / len(values) + 1e-9
    assert gini([v * factor for v in values]) == pytest.approx(index, abs=1e-9)
    assert gini(shuffled) == pytest.approx(index, abs=1e-9)
    assert gini(values * copies) == pytest.approx(index, abs=1e-9)


@given(positive, st.data())
def test_a_transfer_from_rich_to_poor_lowers_gini(values: list[int], data: st.DataObject) -> None:
    ordered = sorted(values)
    gap = ordered[-1] - ordered[0]
    if gap < 2:
        return
    gift = data.draw(st.integers(1, gap // 2))
    fairer = [ordered[0] + gift, *ordered[1:-1], ordered[-1] - gift]
    assert gini(fairer) <= gini(ordered) + 1e-9


def test_a_hundred_thousand_clients() -> None:
    values = np.random.default_rng(1).pareto(1.2, 100_000)
    assert len(abc_classes(values)) == 100_000


def test_negative_bases_do_not_enter_shares() -> None:
    summary = class_summary([60, 40, -50], ["A", "C", "C"])
    assert [(c.value, c.share) for c in summary] == [(60, 0.6), (0, 0), (-10, 0.4)]
    tile = with_and_without([60, 40, -50], [False, True, True])
    assert (tile.masked_share, tile.hhi_without) == (0.4, 10_000)
    assert np.isnan(cumulative_shares([0, -5])).all()


def test_a_share_that_ends_exactly_on_the_line_fits_the_class_below_the_crossing() -> None:
    assert "".join(abc_classes([0.1] * 10, crossing="B")) == "AAAAAAAABC"
    assert "".join(abc_classes([80, 15, 5], crossing="B")) == "ABC"


def test_the_client_after_a_full_class_is_below_it() -> None:
    assert "".join(abc_classes([80, 15, 5])) == "ABC"
    assert not concentration([8, 8, 8, 8, 8, *[4] * 15]).top5_heavy  # forty per cent exactly
    assert concentration([8.1, 8, 8, 8, 8, *[4] * 14, 3.9]).top5_heavy
