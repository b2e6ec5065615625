import json
import os
import signal
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path
from subprocess import Popen

import pytest

from tests.cli.installation import Installation


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(parent: int) -> dict[int, str]:
    """The processes that `parent` started, with their command lines."""
    found = {}
    for task in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        found[int(task)] = Path(f"/proc/{task}/cmdline").read_text().replace("\0", " ")
    return found


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(reached, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.1)


@pytest.fixture
def server(installation: Installation):
    started: list[Popen[str]] = []

    def start(port: int) -> Popen[str]:
        process = installation.start("-m", "kamerton", "run", "--port", port, "--json")
        started.append(process)
        line = process.stdout.readline()
        assert line, process.communicate(timeout=20)[1]
        assert json.loads(line) == {"url": f"http://127.0.0.1:{port}/"}
        wait_until(lambda: len(children(process.pid)) == 2)
        return process

    yield start
    for process in started:
        process.terminate()
        process.communicate(timeout=30)


def status_of(url: str) -> int:
    try:
        return urllib.request.urlopen(url, timeout=10).status
    except urllib.error.HTTPError as error:
        return error.code


def test_run_starts_server_and_worker_and_stops_both(installation: Installation, server):
    port = free_port()
    process = server(port)
    assert status_of(f"http://127.0.0.1:{port}/health/") == 200
    parts = children(process.pid)
    assert sorted("kamerton.server" in line for line in parts.values()) == [False, True]
    assert any(line.endswith("kamerton worker ") for line in parts.values())

    second = installation.kamerton("run", "--port", port)
    assert second.returncode == 1
    assert "Choose another --port" in second.stderr

    restored = installation.kamerton("restore", "nothing.zip")
    assert restored.returncode == 1

    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    wait_until(lambda: not any(is_alive(pid) for pid in parts))


@pytest.mark.parametrize("part", ["kamerton.server", "kamerton worker"])
def test_if_one_part_dies_the_other_is_stopped(server, part: str):
    process = server(free_port())
    wait_until(lambda: any("kamerton worker" in line for line in children(process.pid).values()))
    parts = children(process.pid)
    victim = next(pid for pid, line in parts.items() if part in line)
    os.kill(victim, signal.SIGKILL)
    assert process.wait(timeout=40) == 1
    assert "ended by itself" in process.communicate(timeout=20)[1]
    wait_until(lambda: not any(is_alive(pid) for pid in parts))
