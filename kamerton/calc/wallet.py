"""NumPy: how much of what a client buys he buys from us, and how much more could be won."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import EPSILON, Flags, Floats, Whole, matrix, ratio


class Reach(enum.StrEnum):
    """How freely a client may give us a category."""

    FREE = "free"
    DUAL = "dual"
    FIXED = "fixed"


#: The part of a wallet that can be won: never all of it; half where two suppliers are the rule;
#: nothing where the assortment matrix is fixed.
REACH: Mapping[Reach, float] = MappingProxyType(
    {Reach.FREE: 0.8, Reach.DUAL: 0.5, Reach.FIXED: 0.0}
)


class WalletSource(enum.IntEnum):
    """Where a wallet is known from; the smaller number is believed first."""

    STATED = 0
    PUBLIC = 1
    NORM = 2
    ANALOGUE = 3
    NONE = 4


class SalesAboveWallet(ValueError):
    """A client buys more of a category from us than his whole wallet is said to be.

    Attributes
    ----------
    category : str
        The first category at fault.
    client : int
        Row of the client.
    """

    def __init__(self, category: str, client: int) -> None:
        super().__init__(f"sales exceed the wallet in category {category!r} of client {client}")
        self.category = category
        self.client = client


@dataclass(frozen=True)
class Wallet:
    """Share of wallet of each client, in total and by category.

    Attributes
    ----------
    by_category : ndarray, shape (n_clients, n_categories)
        Shares of 1; NaN where no wallet is known.
    total : ndarray, shape (n_clients,)
        Sales over wallets, of the categories whose wallet is known.
    white_space : ndarray of bool, shape (n_clients, n_categories)
        The client buys the category, but not from us.
    """

    by_category: Floats
    total: Floats
    white_space: Flags


@dataclass(frozen=True)
class WalletEstimate:
    """The wallet taken and where it is from (`WalletSource`), both of one shape."""

    amount: Floats
    source: Whole


def best_estimate(estimates: ArrayLike) -> WalletEstimate:
    """Take for each category the most trusted wallet that is known.

    Parameters
    ----------
    estimates : array_like, shape (n_categories, 4)
        Stated by the client; from tenders or public data; norm x driver (m², beds, outlets);
        median of analogues. NaN where not known. Columns as `WalletSource`.

    Returns
    -------
    WalletEstimate
        Shape (n_categories,); NaN and `WalletSource.NONE` where nothing is known.

    Raises
    ------
    ValueError
        If there are not four columns, or a number is infinite.

    Examples
    --------
    >>> nan = float("nan")
    >>> found = best_estimate([[nan, 500, 300, 200], [nan, nan, nan, nan]])
    >>> found.amount.tolist(), found.source.tolist()
    ([500.0, nan], [1, 4])
    """
    table = matrix(estimates, "estimates", columns=int(WalletSource.NONE), missing=True)
    known = ~np.isnan(table)
    first = np.argmax(known, axis=1)
    amount = table[np.arange(table.shape[0]), first]
    source = np.where(known.any(axis=1), first, int(WalletSource.NONE)).astype(np.int64)
    return WalletEstimate(amount, source)


def sales_above_wallet(sales: ArrayLike, wallet: ArrayLike) -> Flags:
    """Mark where sales exceed a known wallet: an error of data, to be shown before computing.

    Parameters
    ----------
    sales, wallet : array_like, shape (n_clients, n_categories) or (n_categories,)
        Of the same 12 months and in one unit; a wallet is NaN where not known, and a wallet of
        0 says that the client buys none at all.

    Returns
    -------
    ndarray of bool, shape (n_clients, n_categories)

    Raises
    ------
    ValueError
        If the shapes differ or a wallet is negative.

    Examples
    --------
    >>> sales_above_wallet([120, 50], [100, float("nan")]).tolist()
    [[True, False]]
    """
    sold, wallets = _tables(sales, wallet)
    return np.asarray(sold > wallets * (1 + EPSILON), dtype=np.bool_)


def share_of_wallet(sales: ArrayLike, wallet: ArrayLike, categories: Sequence[str]) -> Wallet:
    """Return the share of wallet by category and in total.

    Parameters
    ----------
    sales, wallet : array_like, shape (n_clients, n_categories) or (n_categories,)
        See `sales_above_wallet`. Negative sales (more returned than bought) count as none.
    categories : sequence of str, length n_categories
        Their names, for the error.

    Returns
    -------
    Wallet

    Raises
    ------
    SalesAboveWallet
        If a share would exceed 100 %; names the category.
    ValueError
        If the shapes differ or a wallet is negative.

    Notes
    -----
    See docs/algorithms/wallet.md.

    Examples
    --------
    >>> nan = float("nan")
    >>> found = share_of_wallet([60, 0, 10], [100, 50, nan], ["valves", "flanges", "pumps"])
    >>> found.by_category.tolist(), found.total.tolist(), found.white_space.tolist()
    ([[0.6, 0.0, nan]], [0.4], [[False, True, False]])
    """
    sold, wallets = _tables(sales, wallet, n_categories=len(categories))
    wrong = np.argwhere(sales_above_wallet(sold, wallets))
    if wrong.size:
        raise SalesAboveWallet(categories[int(wrong[0, 1])], int(wrong[0, 0]))
    known = wallets > 0
    return Wallet(
        by_category=ratio(sold, wallets),
        total=ratio((sold * known).sum(axis=1), np.where(known, wallets, 0.0).sum(axis=1)),
        white_space=np.asarray(known & (sold <= 0), dtype=np.bool_),
    )


def attainable_gap(sales: ArrayLike, wallet: ArrayLike, reach: ArrayLike) -> Floats:
    """Return how much more each client could buy: max(0, wallet x reach - sales).

    Parameters
    ----------
    sales, wallet : array_like, shape (n_clients, n_categories) or (n_categories,)
        See `sales_above_wallet`.
    reach : array_like, broadcast over categories
        Part of the wallet that can be won, 0 to 1; see `REACH`.

    Returns
    -------
    ndarray of float64, shape (n_clients, n_categories)
        NaN where no wallet is known.

    Raises
    ------
    ValueError
        If the shapes differ, a wallet is negative, or a reach is out of [0, 1].

    Examples
    --------
    >>> attainable_gap([60, 60, 10], [100, 100, 100], [0.8, 0.5, 0.0]).tolist()
    [[20.0, 0.0, 0.0]]
    """
    sold, wallets = _tables(sales, wallet)
    reached = np.broadcast_to(np.asarray(reach, dtype=np.float64), wallets.shape)
    if not ((reached >= 0) & (reached <= 1)).all():
        raise ValueError("reach must be between 0 and 1")
    return np.asarray(np.maximum(wallets * reached - sold, 0.0), dtype=np.float64)


def _tables(
    sales: ArrayLike, wallet: ArrayLike, n_categories: int | None = None
) -> tuple[Floats, Floats]:
    sold = np.maximum(matrix(sales, "sales", columns=n_categories), 0.0)
    rows, columns = sold.shape
    wallets = matrix(wallet, "wallet", rows=rows, columns=columns, missing=True)
    if (wallets < 0).any():
        raise ValueError("a wallet cannot be negative")
    return sold, wallets
