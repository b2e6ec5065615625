"""What is printed: aligned tables, bars beside ratios; the same as JSON."""

import json
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.contest import Result, ratio


@dataclass(frozen=True)
class Bar:
    """A ratio and what it has to be; `sign` is "≤" or "≥"."""

    what: str
    value: float
    sign: str
    bar: float
    unit: str = "×"

    @property
    def holds(self) -> bool:
        """True if it is reached."""
        return self.value <= self.bar if self.sign == "≤" else self.value >= self.bar

    def __str__(self) -> str:
        word = "holds" if self.holds else "MISSES"
        return (
            f"  {word:<7} {self.what}: {number(self.value)} {self.unit}"
            f" (bar {self.sign} {self.bar:g})"
        )


@dataclass
class Part:
    """One part of the report."""

    title: str
    heads: Sequence[str] = ()
    rows: list[Sequence[object]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    data: Any = None

    def show(self) -> None:
        """Print it."""
        print(f"\n{self.title}")
        if self.rows:
            print("\n".join(f"  {line}" for line in aligned([self.heads, *self.rows])))
        for note in self.notes:
            print(f"  {note}")
        for bar in self.bars:
            print(bar)
        sys.stdout.flush()

    def to_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            "title": self.title,
            "data": self.data,
            "notes": self.notes,
            "bars": [asdict(bar) | {"holds": bar.holds} for bar in self.bars],
        }


def contest_part(title: str, results: Sequence[Result], base: Result) -> Part:
    """A table of contestants, each against `base`."""
    per_line = len({one.contestant.per for one in results}) > 1
    heads = ["", "lines" if per_line else "", "wall s", "CPU s", "peak MiB", "× wall", "× CPU"]
    rows = [
        (
            *(one.contestant.name, f"{one.contestant.per:,}" if per_line else ""),
            *(number(one.wall), number(one.cpu), f"{one.peak:.0f}"),
            *(number(ratio(one, base)), number(ratio(one, base, "cpu"))),
        )
        for one in results
    ]
    data = [one.to_json() for one in results]
    notes = [f"× = times as much as “{base.contestant.name}”" + (", per line" * per_line)]
    return Part(title, heads, rows, notes, data=data)


def aligned(rows: Sequence[Sequence[object]]) -> list[str]:
    """Lay out a table: the first column to the left, figures to the right."""
    texts = [[str(cell) for cell in row] for row in rows]
    keep = [c for c in range(len(texts[0])) if any(row[c] for row in texts)]
    widths = {c: max(len(row[c]) for row in texts) for c in keep}
    return [
        "  ".join(
            row[c].ljust(widths[c]) if c == keep[0] else row[c].rjust(widths[c]) for c in keep
        )
        for row in texts
    ]


def number(value: float) -> str:
    """Write a figure with as many digits as mean something."""
    size = abs(value)
    return f"{value:,.0f}" if size >= 100 else f"{value:.1f}" if size >= 10 else f"{value:.2f}"


def machine() -> dict[str, str]:
    """What the run was made on and with."""
    import os
    from importlib.metadata import version

    names = ("duckdb", "ibis-framework", "polars", "pandas", "pyarrow", "numpy", "django")
    found = {name: version(name) for name in names}
    cores = str(os.cpu_count())
    return {"python": platform.python_version(), "cores": cores, "system": sys.platform} | found


def save(path: Path, parts: Sequence[Part]) -> None:
    """Write everything as JSON."""
    whole = {"machine": machine(), "parts": [part.to_json() for part in parts]}
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=2, default=str))
