"""NumPy: arguments made into checked arrays, and the one tolerance of all comparisons."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
Whole: TypeAlias = NDArray[np.int64]
Words: TypeAlias = NDArray[np.str_]

# Shares are sums of rounded doubles: ten times 0.1 must reach 1.0, and 8 of 10 must reach 80 %.
EPSILON = 1e-9


def vector(
    values: ArrayLike, name: str, *, size: int | None = None, missing: bool = False
) -> Floats:
    """Return `values` as a one-dimensional float64 array.

    Parameters
    ----------
    values : array_like, shape (n,)
        Numbers; a scalar is spread over `size` if that is given.
    name : str
        How the error calls the argument.
    size : int, optional
        The length it must have.
    missing : bool, default False
        Whether NaN ("not known") is allowed. Infinity never is.

    Returns
    -------
    ndarray of float64, shape (n,)

    Raises
    ------
    ValueError
        If the shape or a number is not as asked.

    Examples
    --------
    >>> vector([1, 2], "revenue").tolist()
    [1.0, 2.0]
    """
    array = np.asarray(values, dtype=np.float64)
    if size is not None and array.ndim == 0:
        array = np.full(size, array)
    if array.ndim != 1:
        raise ValueError(f"{name} must be one-dimensional, got {array.ndim} dimensions")
    if size is not None and array.size != size:
        raise ValueError(f"{name} must have {size} values, got {array.size}")
    _check_numbers(array, name, missing=missing)
    return array


def matrix(
    values: ArrayLike,
    name: str,
    *,
    rows: int | None = None,
    columns: int | None = None,
    missing: bool = False,
) -> Floats:
    """Return `values` as a two-dimensional float64 array; a single row may come flat.

    Parameters
    ----------
    values : array_like, shape (n_rows, n_columns) or (n_columns,)
        Numbers.
    name : str
        How the error calls the argument.
    rows, columns : int, optional
        The shape it must have.
    missing : bool, default False
        Whether NaN is allowed. Infinity never is.

    Returns
    -------
    ndarray of float64, shape (n_rows, n_columns)

    Raises
    ------
    ValueError
        If the shape or a number is not as asked.

    Examples
    --------
    >>> matrix([1, 2, 3], "marks").shape
    (1, 3)
    """
    array = np.asarray(values, dtype=np.float64)
    if array.ndim == 1:
        array = array[np.newaxis, :]
    if array.ndim != 2:
        raise ValueError(f"{name} must have rows and columns, got {array.ndim} dimensions")
    for wanted, got, what in ((rows, array.shape[0], "rows"), (columns, array.shape[1], "columns")):
        if wanted is not None and wanted != got:
            raise ValueError(f"{name} must have {wanted} {what}, got {got}")
    _check_numbers(array, name, missing=missing)
    return array


def flags(values: ArrayLike, name: str, *, size: int) -> Flags:
    """Return `values` as `size` booleans; a single one is spread.

    Raises
    ------
    ValueError
        If the length differs.

    Examples
    --------
    >>> flags(True, "seasonal", size=2).tolist()
    [True, True]
    """
    array = np.asarray(values, dtype=np.bool_)
    if array.ndim == 0:
        return np.full(size, array)
    if array.shape != (size,):
        raise ValueError(f"{name} must have {size} values, got shape {array.shape}")
    return array


def at_least(values: Floats, limit: float | Floats) -> Flags:
    """Compare ``>=`` with the tolerance of rounding; NaN is never at least anything.

    Examples
    --------
    >>> at_least(np.array([0.1 + 0.2, 0.29]), 0.3).tolist()
    [True, False]
    """
    return np.asarray(values >= limit - EPSILON, dtype=np.bool_)


def ratio(part: Floats, whole: float | Floats) -> Floats:
    """Divide, with NaN ("no data") where the divisor is not positive or not known.

    Examples
    --------
    >>> ratio(np.array([1.0, 1.0]), np.array([4.0, 0.0])).tolist()
    [0.25, nan]
    """
    part, divisor = np.broadcast_arrays(part, np.asarray(whole, dtype=np.float64))
    quotient: Floats = np.full(part.shape, np.nan)
    np.divide(part, divisor, out=quotient, where=divisor > 0)
    return quotient


def weighted(table: Floats, weights: Floats) -> Floats:
    """Sum each row by `weights`.

    Not ``@``: BLAS threads crawl on a busy machine, and round equal rows differently.

    Examples
    --------
    >>> weighted(np.array([[1.0, 2.0]]), np.array([10.0, 1.0])).tolist()
    [12.0]
    """
    return np.asarray(np.einsum("ij,j->i", table, weights), dtype=np.float64)


def _check_numbers(array: Floats, name: str, *, missing: bool) -> None:
    if np.isinf(array).any():
        raise ValueError(f"{name} must not hold infinity")
    if not missing and np.isnan(array).any():
        raise ValueError(f"{name} must not hold NaN")
