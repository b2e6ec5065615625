"""A power cut at any stage: the ledger is as it was, or complete; run again, it is complete."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.installation import Installation
from tests.flows.process import CLIENTS, LINES


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    made = Installation(Path(tmp_path_factory.mktemp("killed")) / "data")
    made.migrate()
    done = made.python("-m", "tests.flows.process")
    made.drop()
    assert done.returncode == 0, done.stderr
    yield json.loads(done.stdout)


@pytest.mark.req("S1-18")
def test_killed_at_each_stage_the_ledger_is_untouched_or_complete(seen: dict[str, Any]):
    stages = seen["stages"]
    killed = [one for one in stages if one["signal"] == signal.SIGKILL]
    states = [one["state"] for one in killed]
    assert states.count("checking") >= 4  # opening, checking, writing, comparing …
    assert states.count("importing") == 2  # while segments are laid; before they are published
    assert states.count("published") == 1  # right after
    for one in stages:
        assert_whole(one["after"], one["before"], complete=one["state"] == "published")


def test_killed_inside_the_publishing_transaction_nothing_counts(seen: dict[str, Any]):
    inside = seen["inside"]
    assert (inside["signal"], inside["state"]) == (signal.SIGKILL, "importing")
    assert_whole(inside["after"], inside["before"], complete=False)


def test_run_again_it_is_complete_once(seen: dict[str, Any]):
    for one in [*seen["stages"], seen["inside"]]:
        assert_whole(one["at_last"], one["before"], complete=True)


def assert_whole(now: dict[str, int], before: dict[str, int], *, complete: bool) -> None:
    assert now["lines"] == now["rows"]
    assert now["lines"] - before["lines"] == (LINES if complete else 0)
    assert now["clients"] - before["clients"] == (CLIENTS if complete else 0)
    assert now["version"] - before["version"] == int(complete)
