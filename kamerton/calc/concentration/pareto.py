"""NumPy: few clients, most of the money: running shares, ABC classes, N80, the top fifth."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import EPSILON, Floats, Whole, Words, at_least, vector


@dataclass(frozen=True)
class ClassSummary:
    """One ABC class: its clients, its money, and its share of the positive money (of 1)."""

    name: str
    clients: int
    value: float
    share: float


def descending_order(values: ArrayLike) -> Whole:
    """Return the places of `values` from the largest down; of equals the one given first leads.

    Parameters
    ----------
    values : array_like, shape (n_clients,)
        Base of each client over one period.

    Returns
    -------
    ndarray of int64, shape (n_clients,)

    Raises
    ------
    ValueError
        If `values` is not one-dimensional or holds NaN or infinity.

    Notes
    -----
    O(n log n).

    Examples
    --------
    >>> descending_order([10, 30, 10]).tolist()
    [1, 0, 2]
    """
    return np.argsort(-vector(values, "values"), kind="stable").astype(np.int64)


def cumulative_shares(values: ArrayLike) -> Floats:
    """Return the running share of the total, from the largest client down.

    Parameters
    ----------
    values : array_like, shape (n_clients,)
        Base of each client; zero and negative totals count as nothing.

    Returns
    -------
    ndarray of float64, shape (n_clients,)
        In descending order, the last one 1; all NaN if nobody has a positive base.

    Raises
    ------
    ValueError
        If `values` is not one-dimensional or holds NaN or infinity.

    Examples
    --------
    >>> cumulative_shares([30, 50, 20]).tolist()
    [0.5, 0.8, 1.0]
    """
    array = vector(values, "values")
    return _running_shares(np.sort(array)[::-1])


def abc_classes(
    values: ArrayLike, *, a: float = 0.80, b: float = 0.95, crossing: Literal["A", "B"] = "A"
) -> Words:
    """Return the ABC class of each client.

    Parameters
    ----------
    values : array_like, shape (n_clients,)
        Base of each client (revenue, gross profit or cash) over one period.
    a, b : float
        Shares of the total at which A and B are full, 0 < a <= b <= 1.
    crossing : {"A", "B"}, default "A"
        Where the client belongs whose money crosses a line: above it ("A": the class is full only
        with him) or below it ("B": no class holds more than its share).

    Returns
    -------
    ndarray of str, shape (n_clients,)
        "A", "B" or "C", in the order given; zero and negative bases are C.

    Raises
    ------
    ValueError
        If the shares are out of order, `crossing` is unknown, or `values` is not one-dimensional
        or holds NaN or infinity.

    Notes
    -----
    O(n log n). See docs/algorithms/concentration.md; `definitions.ABC_CROSSING_IN_A`.

    References
    ----------
    .. [1] H. F. Dickie, "ABC inventory analysis shoots for dollars, not pennies",
       Factory Management and Maintenance 109(7), 1951.

    Examples
    --------
    >>> "".join(abc_classes([4200, 2100, 1300, 900, 500, 300, 250, 200, 150, 100]))
    'AAAABBBCCC'
    """
    if not 0 < a <= b <= 1:
        raise ValueError(f"0 < a <= b <= 1 is needed, got a={a}, b={b}")
    if crossing not in ("A", "B"):
        raise ValueError(f"crossing must be 'A' or 'B', got {crossing!r}")
    array = vector(values, "values")
    order = descending_order(array)
    reached = _running_shares(array[order])
    if crossing == "A":
        before = np.concatenate([[0.0], reached[:-1]])[: array.size]
        in_a, in_b = before < a - EPSILON, before < b - EPSILON
    else:
        in_a, in_b = reached <= a + EPSILON, reached <= b + EPSILON
    classes = np.empty(array.shape, dtype="<U1")
    classes[order] = np.where(in_a, "A", np.where(in_b, "B", "C"))
    classes[array <= 0] = "C"
    return classes


def class_summary(values: ArrayLike, classes: ArrayLike) -> tuple[ClassSummary, ...]:
    """Return clients, money and share of A, B and C.

    Parameters
    ----------
    values : array_like, shape (n_clients,)
        Base of each client.
    classes : array_like of str, shape (n_clients,)
        As `abc_classes` gives them.

    Returns
    -------
    tuple of ClassSummary
        A, B, C; shares of the positive money, NaN if there is none. Money of non-positive
        clients is in the value of C but not in its share.

    Raises
    ------
    ValueError
        If the lengths differ, or `values` holds NaN or infinity.

    Examples
    --------
    >>> sums = [4200, 2100, 1300, 900, 500, 300, 250, 200, 150, 100]
    >>> [(c.name, c.clients, c.share) for c in class_summary(sums, abc_classes(sums))]
    [('A', 4, 0.85), ('B', 3, 0.105), ('C', 3, 0.045)]
    """
    array, names = vector(values, "values"), np.asarray(classes)
    if names.shape != array.shape:
        raise ValueError(f"classes must have {array.size} values, got shape {names.shape}")
    positive = np.maximum(array, 0.0)
    total = float(positive.sum())
    found = []
    for name in "ABC":
        mask = names == name
        share = float(positive[mask].sum()) / total if total > 0 else math.nan
        found.append(ClassSummary(name, int(mask.sum()), float(array[mask].sum()), share))
    return tuple(found)


def clients_to_reach(values: ArrayLike, share: float = 0.80) -> int | None:
    """Return the fewest clients that bring at least `share` of the total: N80.

    Parameters
    ----------
    values : array_like, shape (n_clients,)
        Base of each client.
    share : float, default 0.80
        0 < share <= 1.

    Returns
    -------
    int or None
        None ("no data") if nobody has a positive base.

    Raises
    ------
    ValueError
        If `share` is out of range, or `values` is not one-dimensional or holds NaN.

    Examples
    --------
    >>> clients_to_reach([4200, 2100, 1300, 900, 500, 300, 250, 200, 150, 100])
    4
    """
    if not 0 < share <= 1:
        raise ValueError(f"share must be in (0, 1], got {share}")
    reached = at_least(cumulative_shares(values), share)
    return int(np.argmax(reached)) + 1 if reached.any() else None


def top_n_share(values: ArrayLike, n: int) -> float:
    """Return the share of the `n` largest clients, 0 to 1.

    Raises
    ------
    ValueError
        If `n` is below 1, or `values` is not one-dimensional or holds NaN.

    Examples
    --------
    >>> top_n_share([4200, 2100, 1300, 900, 500, 300, 250, 200, 150, 100], 5)
    0.9
    """
    if n < 1:
        raise ValueError(f"n must be at least 1, got {n}")
    shares = cumulative_shares(values)
    return float(shares[min(n, shares.size) - 1]) if shares.size else math.nan


def top_share(values: ArrayLike, part: float = 0.20) -> float:
    """Return what the largest `part` of the clients brings: the other half of 20/80.

    Parameters
    ----------
    values : array_like, shape (n_clients,)
        Base of each client.
    part : float, default 0.20
        Part of the clients with a positive base; their number is rounded up
        (`definitions.TOP_PART_ROUNDED_UP`).

    Returns
    -------
    float
        0 to 1; NaN if nobody has a positive base.

    Raises
    ------
    ValueError
        If `part` is out of (0, 1], or `values` is not one-dimensional or holds NaN.

    Examples
    --------
    >>> top_share([4200, 2100, 1300, 900, 500, 300, 250, 200, 150, 100])
    0.63
    """
    if not 0 < part <= 1:
        raise ValueError(f"part must be in (0, 1], got {part}")
    array = vector(values, "values")
    buyers = int((array > 0).sum())
    return top_n_share(array, max(1, math.ceil(part * buyers - EPSILON)))


def _running_shares(descending: Floats) -> Floats:
    reached = np.cumsum(np.maximum(descending, 0.0))
    if reached.size == 0 or reached[-1] <= 0:
        return np.full(descending.shape, np.nan)
    return np.asarray(reached / reached[-1], dtype=np.float64)
