import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.installation import Installation

WORK = ("-m", "tests.platform.jobs.process")


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path / "data").with_tables()
    yield made
    made.drop()


def wait_for(reached: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.1)


def test_a_killed_worker_loses_no_job(installation: Installation, tmp_path: Path):
    marks, deadly = tmp_path / "marks", 40
    marks.mkdir()
    put = installation.python(*WORK, "put", marks, 300, deadly)
    assert put.returncode == 0, put.stderr
    workers = {w.pid: w for w in (installation.start(*WORK, "work", 2) for _ in range(2))}
    try:
        wait_for((marks / str(deadly)).exists)
        time.sleep(0.1)
        victim = workers.pop(int((marks / str(deadly)).read_text()))
        victim.kill()
        victim.communicate()
        wait_for(lambda: len((marks / str(deadly)).read_text().split()) == 2)
        wait_for(lambda: len(list(marks.iterdir())) == 300)
        wait_for(lambda: states(installation) == {"done": 300})
    finally:
        for worker in workers.values():
            worker.terminate()
            _, troubles = worker.communicate(timeout=20)
    assert worker.returncode == 0, troubles
    runs = [(marks / str(number)).read_text().count("done") for number in range(300)]
    assert runs == [1] * 300  # the killed one hung before its mark, so it is done once too


def states(installation: Installation) -> dict[object, object]:
    query = "SELECT status, count(*) FROM jobs_job WHERE task LIKE 'tests.%' GROUP BY status"
    return dict(installation.rows(query))  # type: ignore[arg-type]
