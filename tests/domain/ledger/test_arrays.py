"""Answers of the engine as arrays, without pandas."""

import datetime as dt
import os
import subprocess
import sys

import numpy as np
import pyarrow as pa

from kamerton.domain.ledger.queries import arrays
from tests.architecture.source import ROOT

DAY = dt.date(2026, 3, 1)


def column(values, kind, *parts):
    """A column of several pieces, one of which begins inside another's buffer."""
    whole = pa.array([None, *values], kind)[1:]
    return pa.chunked_array([whole, *(pa.array(part, kind) for part in parts)], kind)


def test_whole_numbers():
    assert arrays.whole(column([1, None], pa.int64(), [], [7])).tolist() == [1, 0, 7]
    assert arrays.whole(column([3], pa.decimal128(38, 0))).tolist() == [3]
    assert arrays.whole(column([3], pa.int32())).dtype == np.int64


def test_numbers_and_days():
    found = arrays.floats(column([0.5, None], pa.float64(), [2.0]))
    assert np.array_equal(found, [0.5, np.nan, 2.0], equal_nan=True)
    days = arrays.days(column([DAY, None], pa.date32(), [DAY]))
    assert days.dtype == np.dtype("datetime64[D]")
    assert days.tolist() == [DAY, None, DAY]


def test_where_there_is_a_value():
    assert arrays.known(column([5, None], pa.int64(), [0])).tolist() == [True, False, True]


def test_an_empty_column():
    empty = pa.chunked_array([], pa.int64())
    assert arrays.whole(empty).tolist() == arrays.known(empty).tolist() == []
    assert arrays.days(pa.chunked_array([], pa.date32())).dtype == np.dtype("datetime64[D]")


WITHOUT_PANDAS = """
import sys, django
django.setup()
from kamerton.domain.ledger import store
from kamerton.domain.ledger.queries import arrays
codes = [("Ё-1", 5), ("", 7), ('a "b", c', 9)]
found = store.Snapshot([], codes).run("SELECT client_code, client_id, DATE '2026-03-01' AS d FROM codes ORDER BY 2")
assert found["client_code"].to_pylist() == [code for code, _ in codes]
assert arrays.whole(found["client_id"]).tolist() == [5, 7, 9]
arrays.days(found["d"]), arrays.known(found["d"]), arrays.floats(found["client_id"])
assert store.Snapshot([], []).run("SELECT * FROM codes").num_rows == 0
print("pandas" in sys.modules)
"""  # noqa: E501


def test_a_snapshot_is_opened_and_asked_without_pandas(tmp_path):
    """It would cost each web worker a quarter of a second and 60 MB."""
    env = os.environ | {
        "KAMERTON_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "kamerton.settings",
    }
    command = [sys.executable, "-c", WITHOUT_PANDAS]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("False", "")
    assert not list((tmp_path / "tmp").glob("codes-*"))
