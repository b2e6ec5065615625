"""The contestants of the benchmark find the same; how long they take is not asked here."""

from pathlib import Path
from typing import Any

import pytest

from bench import imports, installation, segmentation
from bench.contest import Contestant, Disagreement, Result, Run, agree, ratio, run_one
from bench.generate import Files, generate
from bench.report import Bar, aligned

LINES = 20_000
pytestmark = pytest.mark.filterwarnings("ignore")  # of other people's libraries


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return generate(tmp_path_factory.mktemp("bench"), LINES)


def test_the_same_seed_gives_the_same_lines(made: Files, tmp_path: Path):
    again = generate(tmp_path, LINES)
    assert again.amount == made.amount
    assert again.csv.read_bytes() == made.csv.read_bytes()
    assert generate(tmp_path / "other", LINES, seed=2, local=False).amount != made.amount


@pytest.mark.parametrize("other", ["duckdb_by_hand", "polars", "pandas"])
def test_all_ways_to_segment_find_the_same_five_tables(made: Files, other: str):
    given = {"lines": str(made.parquet), "codes": str(made.codes)}
    ours = segmentation.kamerton(**given)()()
    assert getattr(segmentation, other)(**given)()() == ours
    assert len(set(ours.values())) == 5


def test_a_table_is_named_by_what_is_in_it():
    import pyarrow as pa

    one = pa.table({"month": [1, 2], "revenue": [5, None]})
    same = pa.table({"revenue": pa.array([None, 5], pa.int32()), "month": [2, 1]})
    other = pa.table({"month": [1, 2], "revenue": [5, 0]})
    named = [segmentation.digest(table, ["month"]) for table in (one, same, other)]
    assert named[0] == named[1] != named[2]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["csv", "local_csv"])
def test_a_checked_import_finds_what_a_bare_one_does(made: Files, name: str, tmp_path: Path):
    path = str(getattr(made, name))
    ours = imports.kamerton(path, into=str(tmp_path))()()
    bare = imports.duckdb_bare(path, local=name == "local_csv")()()
    assert ours == bare | {"errors": 0, "clients": LINES // 20, "known": 0}
    assert bare == {"lines": LINES, "amount": made.amount}


@pytest.mark.django_db
def test_all_ways_to_read_a_workbook_find_the_same(made: Files, tmp_path: Path):
    ours = imports.kamerton(str(made.xlsx), into=str(tmp_path))()()
    assert ours["amount"] == made.amount
    for other in (imports.calamine, imports.openpyxl):
        assert other(str(made.xlsx))()() == {"lines": LINES, "amount": made.amount}


def test_a_contestant_runs_in_a_process_of_its_own(made: Files):
    run = run_one(Contestant("bare", "bench.imports:duckdb_bare", {"path": str(made.csv)}))
    assert run.found["amount"] == made.amount
    assert run.wall > 0 and run.cpu > 0 and run.peak > 20


def test_a_contestant_that_finds_something_else_is_told():
    found = [Result(Contestant(name, ""), [Run(1, 1, 1, {"x": name})]) for name in ("a", "b")]
    with pytest.raises(Disagreement):
        agree(found, "x")


def test_a_ratio_is_per_line_and_the_median_of_the_rounds():
    def result(name: str, seconds: list[float], lines: int) -> Result:
        runs = [Run(second, second, 1, None) for second in seconds]
        return Result(Contestant(name, "", per=lines), runs)

    slow, quick = result("slow", [8, 2, 4], 50), result("quick", [1, 1, 1], 100)
    assert ratio(slow, quick) == 8


@pytest.mark.parametrize(("sign", "holds"), [("≤", False), ("≥", True)])
def test_a_bar_knows_its_side(sign: str, holds: bool):
    assert Bar("x", 2.0, sign, 1.5).holds is holds


def test_a_table_leaves_out_columns_with_nothing_in_them():
    assert aligned([("", "", "wall"), ("bare", "", 1.5)]) == ["      wall", "bare   1.5"]


def test_an_installation_of_the_benchmark_is_nobody_elses(tmp_path: Path):
    env: dict[str, Any] = installation.environment(tmp_path)
    assert env["KAMERTON_DATA"] == str(tmp_path)
    assert env["KAMERTON_DB"] == ""
