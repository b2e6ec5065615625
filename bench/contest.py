"""Contestants run in turn, round after round; what is told is ratios of one and the same run."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Contestant:
    """A function `module:name` of one argument list, run in a process of its own."""

    name: str
    target: str
    given: dict[str, Any] = field(default_factory=dict)
    rounds: int | None = None  # fewer for what is slow and far off
    per: int = 1  # lines it works on, where contestants differ in that


@dataclass(frozen=True)
class Run:
    """One run of one contestant: seconds, MiB, and what it found."""

    wall: float
    cpu: float
    peak: float
    found: Any


@dataclass
class Result:
    """All runs of one contestant."""

    contestant: Contestant
    runs: list[Run] = field(default_factory=list)

    @property
    def wall(self) -> float:
        """The median of wall seconds."""
        return median(run.wall for run in self.runs)

    @property
    def cpu(self) -> float:
        """The median of CPU seconds."""
        return median(run.cpu for run in self.runs)

    @property
    def peak(self) -> float:
        """The most memory of any run, MiB."""
        return max(run.peak for run in self.runs)

    def to_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            "name": self.contestant.name,
            "lines": self.contestant.per,
            "wall": [round(run.wall, 4) for run in self.runs],
            "cpu": [round(run.cpu, 4) for run in self.runs],
            "peak_mib": round(self.peak, 1),
        }


class Disagreement(Exception):
    """Contestants found different things, so their times say nothing."""


def run_one(contestant: Contestant, env: dict[str, str] | None = None) -> Run:
    """Run a contestant once."""
    asked = json.dumps({"target": contestant.target, "given": contestant.given}, default=str)
    done = subprocess.run(
        [sys.executable, "-m", "bench.child", asked],
        cwd=ROOT,
        env=os.environ | (env or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{contestant.name}: {done.stderr[-3000:]}")
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def run_all(
    contestants: list[Contestant], rounds: int, env: dict[str, str] | None = None
) -> dict[str, Result]:
    """Run all in turn, `rounds` times; each round begins with another of them."""
    results = {one.name: Result(one) for one in contestants}
    for turn in range(rounds):
        start = turn % len(contestants)
        for one in contestants[start:] + contestants[:start]:
            if one.rounds is None or turn < one.rounds:
                print(f"\r  round {turn + 1}/{rounds}: {one.name:<40}", end="", file=sys.stderr)
                results[one.name].runs.append(run_one(one, env))
    print(f"\r{'':<70}\r", end="", file=sys.stderr)
    return results


def ratio(above: Result, below: Result, what: str = "wall") -> float:
    """How many times `above` takes of `below`, per line: the median of the rounds' ratios."""
    pairs = zip(above.runs, below.runs, strict=False)
    part = below.contestant.per / above.contestant.per
    return median(getattr(a, what) / getattr(b, what) for a, b in pairs) * part


def agree(results: list[Result], what: str) -> Any:
    """Return what all of them found.

    Raises Disagreement.
    """
    found = {one.contestant.name: one.runs[0].found[what] for one in results}
    if len({json.dumps(value, sort_keys=True) for value in found.values()}) > 1:
        raise Disagreement(f"{what}: {found}")
    return next(iter(found.values()))
