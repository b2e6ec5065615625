"""`bench segmentation`: who is key, from raw lines and from the roll-up kept beside them."""

from pathlib import Path

from bench import installation
from bench.contest import Contestant, agree, ratio, run_all, run_one
from bench.generate import THREADS, Files
from bench.report import Bar, Part, contest_part, number
from bench.segmentation import KEYS

HERE = "bench.segmentation"
RAW, HAND = "Kamerton, raw lines", "DuckDB SQL by hand"
ROLLUP = "Kamerton, roll-up"


def bench_segmentation(files: Files, folder: Path, rounds: int) -> list[Part]:
    """All parts of the segmentation."""
    env = installation.environment(folder / "ledger")
    months = _monthly(files, folder / "ledger", env)
    given = {"lines": str(files.parquet), "codes": str(files.codes)}
    pieces = [str(path) for path in sorted((folder / "ledger" / "segments").glob("*.months.*"))]
    contestants = [
        Contestant(RAW, f"{HERE}:kamerton", given),
        Contestant(ROLLUP, f"{HERE}:kamerton_rollup", {"months": pieces, "codes": given["codes"]}),
        Contestant(HAND, f"{HERE}:duckdb_by_hand", given),
        Contestant("Polars", f"{HERE}:polars", given),
        Contestant("pandas", f"{HERE}:pandas", given),
    ]
    found = run_all(contestants, rounds, env)
    for table in KEYS:
        agree(list(found.values()), table)
    hand, raw, rollup = found[HAND], found[RAW], found[ROLLUP]
    title = f"Segmentation: five tables from {files.lines:,} lines"
    part = contest_part(title, list(found.values()), hand)
    build = run_one(Contestant("Ibis", f"{HERE}:building"), env)
    part.notes.append(f"writing the SQL by Ibis, once a process: {number(build.cpu)} CPU s")
    part.notes.append("all five tables are equal, row by row, in every contestant")
    part.bars = [
        Bar("raw lines to hand-written SQL, wall", ratio(raw, hand), "≤", 1.15),
        Bar("pandas to raw lines, wall", ratio(found["pandas"], raw), "≥", 3.5),
        Bar("raw lines to roll-up, wall", ratio(raw, rollup), "≥", 4),
    ]
    return [part, _refresh(files, folder / "ledger", months, env, rounds)]


def _monthly(files: Files, ledger: Path, env: dict[str, str]) -> list[Path]:
    """Lay the lines into a ledger as 36 monthly imports; return the files of lines."""
    import duckdb

    folder = ledger / "monthly"
    if not folder.exists():
        folder.mkdir(parents=True)
        with duckdb.connect(config={"threads": THREADS}) as engine:
            engine.execute("SET enable_progress_bar = false")
            for year in (2023, 2024, 2025):
                for month in range(1, 13):
                    where = f"year(date) = {year} AND month(date) = {month}"
                    engine.execute(
                        f"COPY (SELECT * FROM '{files.parquet}' WHERE {where}) TO"
                        f" '{folder}/{year}-{month:02}.parquet'"
                        " (FORMAT parquet, CODEC zstd, ROW_GROUP_SIZE 122880)"
                    )
        installation.in_child("bench.segmentation_bench", "lay", env, folder)
    return sorted(folder.glob("*.parquet"))


def lay(folder: str) -> None:
    """Write a segment of every file; run in a process of the installation."""
    installation.django()
    from kamerton.domain.ledger import store

    for path in sorted(Path(folder).glob("*.parquet")):
        store.write_segment(path)


def _refresh(
    files: Files, ledger: Path, months: list[Path], env: dict[str, str], rounds: int
) -> Part:
    month = sorted(months, key=lambda path: path.stat().st_size)[len(months) // 2]
    contestants = [
        Contestant("rebuild from all lines", f"{HERE}:refresh", {"lines": str(files.parquet)}),
        Contestant("one imported month", f"{HERE}:refresh", {"lines": str(month)}),
    ]
    whole, one = run_all(contestants, rounds, env).values()
    part = contest_part("Refresh of the roll-up (segment written and rolled up)", [whole, one], one)
    share = one.runs[0].found["rows"] / files.lines
    part.notes.append(f"the month holds {share:.1%} of the lines")
    differing = _differing(files, ledger)
    part.bars = [
        Bar("refresh of one month to a rebuild, wall", 100 * ratio(one, whole), "≤", 5, "%"),
        Bar("rows that differ from a rebuild", differing, "≤", 0, "rows"),
    ]
    return part


def _differing(files: Files, ledger: Path) -> int:
    """Roll-ups of 36 imports added up, against one made of all lines at once."""
    import duckdb
    import ibis

    from kamerton.calc import sales
    from kamerton.calc.lines import LINES, ibis_schema

    rolled = ibis.to_sql(sales.months(ibis.table(ibis_schema(LINES), name="lines")), "duckdb")
    pieces = f"SELECT * FROM read_parquet('{ledger}/segments/*.months.parquet')"
    with duckdb.connect(config={"threads": THREADS}) as engine:
        engine.read_parquet(str(files.parquet)).create_view("lines")
        engine.execute(f"CREATE TABLE whole AS {rolled}")
        (count,) = engine.execute(
            f"SELECT count(*) FROM ((FROM whole EXCEPT ALL {pieces})"
            f" UNION ALL ({pieces} EXCEPT ALL FROM whole))"
        ).fetchone()
    return int(count)
