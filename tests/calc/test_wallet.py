"""Share of wallet, gap, white space."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamerton.calc.wallet import (
    REACH,
    Reach,
    SalesAboveWallet,
    WalletSource,
    attainable_gap,
    best_estimate,
    sales_above_wallet,
    share_of_wallet,
)

from .samples import NAN

NAMES = ["Задвижки", "Фланцы", "Насосы"]
wallets = st.lists(st.tuples(st.integers(0, 10**9), st.floats(0, 1)), min_size=3, max_size=3)


def test_share_by_category_and_in_total() -> None:
    found = share_of_wallet([[60, 0, 10]], [[100, 50, NAN]], NAMES)
    assert found.by_category[0, :2].tolist() == [0.6, 0.0]
    assert math.isnan(found.by_category[0, 2])
    assert found.total.tolist() == [0.4]  # pumps have no wallet: neither sales nor wallet count
    assert found.white_space.tolist() == [[False, True, False]]


def test_no_wallet_at_all_is_no_data() -> None:
    found = share_of_wallet([5, 5, 0], [NAN, NAN, 0], NAMES)
    assert np.isnan(found.total).all()
    assert np.isnan(found.by_category).all()
    assert not found.white_space.any()


@pytest.mark.parametrize(("sales", "wallet"), [(101, 100), (1, 0)])
def test_more_than_the_wallet_is_an_error_that_names_the_category(
    sales: float, wallet: float
) -> None:
    with pytest.raises(SalesAboveWallet, match="Фланцы") as caught:
        share_of_wallet([[1, 1, 1], [1, sales, 1]], [[5, 5, 5], [5, wallet, 5]], NAMES)
    assert (caught.value.category, caught.value.client) == ("Фланцы", 1)
    assert sales_above_wallet([[1, sales, 1]], [[5, wallet, 5]]).tolist() == [[False, True, False]]


def test_the_whole_wallet_is_no_error() -> None:
    found = share_of_wallet([0.1 + 0.2, 0, 0], [0.3, NAN, NAN], NAMES)
    assert found.total.tolist() == [pytest.approx(1.0)]


def test_the_gap_depends_on_reach() -> None:
    reach = [REACH[kind] for kind in (Reach.FREE, Reach.DUAL, Reach.FIXED)]
    assert attainable_gap([10, 10, 10], [100, 100, 100], reach).tolist() == [[70.0, 40.0, 0.0]]
    assert attainable_gap([90, 0, -5], [100, NAN, 10], 0.8)[0, [0, 2]].tolist() == [0.0, 8.0]
    assert np.isnan(attainable_gap([90, 0, 0], [100, NAN, 10], 0.8)[0, 1])


def test_returns_beyond_sales_count_as_none() -> None:
    found = share_of_wallet([-5, 0, 0], [100, NAN, NAN], NAMES)
    assert found.by_category[0, 0] == 0.0
    assert found.white_space[0, 0]


def test_the_most_trusted_wallet_is_taken() -> None:
    found = best_estimate(
        [
            [1, 2, 3, 4],
            [NAN, 2, 3, 4],
            [NAN, NAN, 3, 4],
            [NAN, NAN, NAN, 4],
            [NAN] * 4,
            [0, 9, 9, 9],
        ]
    )
    assert found.source.tolist() == [
        WalletSource.STATED,
        WalletSource.PUBLIC,
        WalletSource.NORM,
        WalletSource.ANALOGUE,
        WalletSource.NONE,
        WalletSource.STATED,
    ]
    assert found.amount[:4].tolist() == [1, 2, 3, 4]
    assert math.isnan(found.amount[4])
    assert found.amount[5] == 0.0  # "we buy none" is knowledge


@pytest.mark.parametrize(
    "call",
    [
        lambda: share_of_wallet([1, 2], [1, 2, 3], NAMES),
        lambda: share_of_wallet([1, 2, 3], [-1, 2, 3], NAMES),
        lambda: attainable_gap([1], [1], 1.1),
        lambda: attainable_gap([1], [1], NAN),
        lambda: best_estimate([[1, 2]]),
    ],
)
def test_bad_arguments_are_refused(call: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        call()  # type: ignore[operator]


@given(wallets)
def test_the_total_lies_among_the_shares(rows: list[tuple[int, float]]) -> None:
    wallet = np.array([wallet for wallet, _ in rows], dtype=float)
    sales = wallet * np.array([share for _, share in rows])
    found = share_of_wallet(sales, wallet, NAMES)
    shares = found.by_category[~np.isnan(found.by_category)]
    if shares.size == 0:
        assert np.isnan(found.total).all()
    else:
        assert shares.min() - 1e-9 <= found.total[0] <= shares.max() + 1e-9
