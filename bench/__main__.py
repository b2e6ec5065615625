"""`python -m bench`: ratios of one run. See docs/benchmarks.md."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from bench import report
from bench.generate import Files, generate
from bench.report import Part

PARTS = ("import", "segmentation", "pages", "hiring", "candidates")
WITHOUT_LINES = ("hiring", "candidates")


def main() -> int:
    """Run the parts asked for; the exit code says nothing about bars, which depend on machines."""
    options = parser().parse_args()
    lines, rounds = options.lines, options.rounds
    if options.quick:
        lines, rounds = min(lines, 100_000), min(rounds, 2)
    kept = options.folder is not None
    folder = options.folder or Path(tempfile.mkdtemp(prefix="kamerton-bench-"))
    parts: list[Part] = []
    try:
        print(f"{lines:,} lines, {rounds} rounds, in {folder}")
        names = PARTS if options.part == "all" else (options.part,)
        files = None
        if not set(names) <= set(WITHOUT_LINES):
            local = not options.no_local
            files = generate(folder.absolute(), lines, seed=options.seed, local=local)
        for name in names:
            for part in run(name, files, folder.absolute(), rounds):
                part.show()
                parts.append(part)
        if options.json:
            report.save(options.json, parts)
    finally:
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


def run(name: str, files: Files | None, folder: Path, rounds: int) -> list[Part]:
    """Run one part."""
    if name == "hiring":
        from bench.hiring import bench_hiring

        return bench_hiring(folder, rounds)
    if name == "candidates":
        from bench.candidates import bench_candidates

        return bench_candidates(folder, rounds)
    assert files is not None
    if name == "import":
        from bench.import_bench import bench_import

        return bench_import(files, folder, rounds)
    if name == "segmentation":
        from bench.segmentation_bench import bench_segmentation

        return bench_segmentation(files, folder, rounds)
    if name == "pages":
        from bench.pages_bench import bench_pages

        return bench_pages(files, folder, rounds)
    return [Part(f"Made: {files.lines:,} lines, {files.amount / 100:,.2f} in all")]


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(prog="python -m bench", description=main.__doc__)
    choices = ["all", "generate", *PARTS]
    made.add_argument("part", nargs="?", default="all", choices=choices)
    made.add_argument("--lines", type=int, default=1_000_000, help="sales lines to generate")
    made.add_argument("--rounds", type=int, default=5, help="interleaved rounds")
    made.add_argument("--quick", action="store_true", help="100,000 lines, 2 rounds: to try it")
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--folder", type=Path, help="keep the files here (default: a temporary one)")
    made.add_argument("--no-local", action="store_true", help="without the Russian CSV")
    made.add_argument("--json", type=Path, metavar="FILE", help="write everything here, too")
    return made


if __name__ == "__main__":
    sys.exit(main())
