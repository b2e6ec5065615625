"""Columns of an answer as NumPy arrays.

From Arrow's buffers: its own `to_numpy` imports pandas, a quarter of a second and 60 MB a process.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow as pa

NO_DAY = np.iinfo(np.int64).min  # NaT


def whole(column: "pa.ChunkedArray") -> NDArray[np.int64]:
    """Whole numbers; 0 where there is none."""
    import pyarrow as pa

    return _filled(column.cast(pa.int64()), np.int64, 0)


def floats(column: "pa.ChunkedArray") -> NDArray[np.float64]:
    """Numbers; NaN where there is none."""
    import pyarrow as pa

    return _filled(column.cast(pa.float64()), np.float64, np.nan)


def days(column: "pa.ChunkedArray") -> NDArray[np.datetime64]:
    """Days; NaT where there is none."""
    import pyarrow as pa

    numbers = column.cast(pa.date32()).cast(pa.int32()).cast(pa.int64())
    found: NDArray[np.datetime64] = _filled(numbers, np.int64, NO_DAY).view("datetime64[D]")
    return found


def known(column: "pa.ChunkedArray") -> NDArray[np.bool_]:
    """Where there is a value."""
    import pyarrow as pa

    return _buffer(column.is_valid().cast(pa.int8()), np.int8).astype(np.bool_)


def _filled(column: "pa.ChunkedArray", kind: type, missing: float) -> NDArray[Any]:
    """The values; not `fill_null`, whose scalar imports pandas as well."""
    values = _buffer(column, kind)
    return np.where(known(column), values, kind(missing)) if column.null_count else values


def _buffer(column: "pa.ChunkedArray", kind: type) -> NDArray[Any]:
    """What lies in the buffers, chance in the gaps; not to be written to."""
    parts: list[NDArray[Any]] = [
        np.frombuffer(chunk.buffers()[1], kind, len(chunk), chunk.offset * np.dtype(kind).itemsize)
        for chunk in column.chunks
        if len(chunk)
    ]
    return np.concatenate(parts) if parts else np.empty(0, kind)
