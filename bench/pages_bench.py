"""`bench pages`: the product with 100,000 clients, one person and then twenty at once."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median, quantiles

from bench import installation
from bench.contest import ROOT
from bench.generate import Files
from bench.pages_load import PAGES, Look, Page, load
from bench.report import Bar, Part, number

PEOPLE = 20
GRACE = 20.0
LIMIT = 300.0  # ms, 95 % of the looks, SQLite


def bench_pages(files: Files, folder: Path, rounds: int) -> list[Part]:
    """Build the installation once, start the product twice: as it is, then with a clock."""
    home, cookies = folder / "pages", folder / "pages" / "people.json"
    built = 0.0
    if not cookies.exists():
        shutil.rmtree(home, ignore_errors=True)  # left by a run that was stopped
        env = installation.made_in(home)
        began = time.perf_counter()
        installation.in_child("bench.pages_build", "build", env, files.csv, cookies)
        built = time.perf_counter() - began
    env = installation.environment(home)
    said = json.loads(cookies.read_text())
    started = _starts(env, rounds)
    part = _loaded(env, said, rounds)
    part.title = f"Pages at {said['clients']:,} clients, 3 years, {files.lines:,} lines, SQLite"
    if built:
        part.notes.append(f"built through import and restatement in {number(built)} s")
    return [part, started]


def _loaded(env: dict[str, str], said: dict[str, list[dict[str, object]]], rounds: int) -> Part:
    with _server(env) as (port, process):
        first = {page.name: _warmed(port, page, said) for page in PAGES}
        alone: dict[str, list[Look]] = {page.name: [] for page in PAGES}
        many: dict[str, list[Look]] = {page.name: [] for page in PAGES}
        for turn in range(rounds):
            print(f"\r  round {turn + 1}/{rounds}", end="", file=sys.stderr)
            for page in PAGES:
                alone[page.name] += load(port, page, said, people=1, times=4)
                many[page.name] += load(port, page, said, people=PEOPLE, times=2)
        print("\r", end="", file=sys.stderr)
        memory = memory_mib(process.pid)
    rows = [_row(page, first[page.name], alone[page.name], many[page.name]) for page in PAGES]
    heads = ["ms", "first", "1: median", "CPU", "p95", f"{PEOPLE}: median", "p95", "waited p95"]
    part = Part("Pages", [*heads, "queries", "KiB"], rows)
    part.notes = [
        "server time in ms; “first”: a cold process; “waited”: with the queue before 4 threads",
        f"memory of the web server after all this: {memory:.0f} MiB (private and shared alike)",
    ]
    part.bars = [
        Bar(f"{name}, {PEOPLE} at once, p95 server ms", _p95(looks), "≤", LIMIT, "ms")
        for name, looks in many.items()
    ]
    part.data = [
        {"page": name, "first": first[name], "alone": _plain(alone[name]), "many": _plain(looks)}
        for name, looks in many.items()
    ] + [{"memory_mib": memory}]
    return part


def _warmed(port: int, page: Page, said: dict[str, list[dict[str, object]]]) -> float:
    """The slowest of the first looks: every process has its own snapshot to open."""
    return max(one.server for one in load(port, page, said, people=4, times=2))


def _row(page: Page, first: float, alone: list[Look], many: list[Look]) -> list[object]:
    return [
        page.name,
        *(f"{first:,.0f}", f"{median(one.server for one in alone):.0f}"),
        *(f"{median(one.cpu for one in alone):.0f}", f"{_p95(alone):.0f}"),
        *(f"{median(one.server for one in many):.0f}", f"{_p95(many):.0f}"),
        f"{quantiles((one.client for one in many), n=20)[-1]:,.0f}",
        f"{median(one.queries for one in many):.0f}",
        f"{median(one.size for one in many) / 1024:.0f}",
    ]


def _p95(looks: list[Look]) -> float:
    return quantiles((look.server for look in looks), n=20)[-1]


def _plain(looks: list[Look]) -> dict[str, list[float]]:
    return {
        name: [round(getattr(look, name), 1) for look in looks]
        for name in ("server", "cpu", "client", "queries", "size")
    }


def _starts(env: dict[str, str], rounds: int) -> Part:
    """`kamerton run` from nothing to the first page, and what it holds once the worker is up."""
    took, held = [], []
    for _turn in range(rounds):
        port = free_port()
        began = time.perf_counter()
        command = [sys.executable, "-m", "kamerton", "run", "--port", str(port)]
        with _running(command, env) as process:
            _wait(port, "/auth/login/")
            took.append(time.perf_counter() - began)
            time.sleep(4)  # the job worker starts after the first page
            held.append(memory_mib(process.pid))
    part = Part("Start of `kamerton run`: web server of 2 workers, job worker")
    part.data = {"seconds": took, "memory_mib": held}
    part.bars = [
        Bar("cold start to the first page", median(took), "≤", 1.5, "s"),
        Bar("memory of all processes", median(held), "≤", 220, "MiB"),
    ]
    return part


@contextmanager
def _server(env: dict[str, str]) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """The web server as `kamerton run` starts it, around the application with a clock."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
        *("--port", str(port), "--workers", "2", "--blocking-threads", "2"),
        *("--log-level", "warning", "bench.timed_wsgi:application"),
    ]
    with _running(command, env) as process:
        _wait(port, "/health/")
        yield port, process


@contextmanager
def _running(command: list[str], env: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """A process and all that it started, gone at the end."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | env | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    family: list[int] = []
    try:
        yield process
    finally:
        family = tree(process.pid)
        process.terminate()
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            for pid in family:
                _kill(pid)
            process.wait()
        for pid in family[1:]:
            _kill(pid)


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _wait(port: int, address: str) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", address)
            if connection.getresponse().status < 500:
                return
        except OSError:
            time.sleep(0.02)
        finally:
            connection.close()
    raise TimeoutError("the server does not answer")


def free_port() -> int:
    """A port of loopback on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for listing in Path("/proc").glob(f"{pid}/task/*/children"):
        for child in listing.read_text().split():
            found += tree(int(child))
    return found


def memory_mib(pid: int) -> float:
    """What a family of processes holds; pages that several share are counted once (PSS)."""
    total = 0
    for one in tree(pid):
        rollup = Path(f"/proc/{one}/smaps_rollup")
        lines = rollup.read_text().splitlines() if rollup.exists() else []
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024
