"""The benchmark of candidates asks what it says, of as many people as it says."""

from pathlib import Path

import pytest

from bench.candidates import LIMIT, bench_candidates

pytestmark = pytest.mark.filterwarnings("ignore")


def test_a_small_run_asks_all_questions_and_shows_a_bar_for_each(tmp_path: Path):
    (part,) = bench_candidates(tmp_path, 1, people=300)
    asked = {row[0] for row in part.rows}
    assert {"board", "search in a vacancy", "search in the base", "call queue"} <= asked
    assert len(part.bars) == len(part.rows)
    assert all(bar.bar == LIMIT for bar in part.bars)
    assert all(one["n"] == 40 for one in part.data["looks"].values())
