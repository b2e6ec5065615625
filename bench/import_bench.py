"""`bench import`: a file becomes checked lines, against what does no checking at all."""

import importlib.util
import shutil
from pathlib import Path

from bench import installation
from bench.contest import Contestant, Result, agree, ratio, run_all
from bench.generate import XLSX_LINES, Files, clients_of
from bench.report import Bar, Part, contest_part, number

SAMPLE = 50_000  # lines that Django gets: per line it does not matter
OURS = "Kamerton, checked"


def bench_import(files: Files, folder: Path, rounds: int) -> list[Part]:
    """All parts of the import."""
    known = folder / "known"
    env = installation.made_in(folder / "empty")
    if not known.exists():
        shutil.copytree(folder / "empty", known)
        knowing = installation.environment(known)
        installation.in_child("bench.imports", "know_clients", knowing, files.codes)
    return [
        _csv(files, folder, known, rounds),
        *([_local(files, folder, known, rounds)] if files.local_csv.exists() else []),
        _book(files, folder, known, rounds),
        _clients(files, folder, env, rounds),
    ]


def _ours(path: Path, folder: Path, lines: int) -> Contestant:
    given = {"path": str(path), "into": str(folder)}
    return Contestant(OURS, "bench.imports:kamerton", given, per=lines)


def _csv(files: Files, folder: Path, known: Path, rounds: int) -> Part:
    sample = min(SAMPLE, files.lines)
    path = str(files.csv)
    contestants = [
        _ours(files.csv, folder, files.lines),
        Contestant(
            "DuckDB, bare typed read_csv",
            "bench.imports:duckdb_bare",
            {"path": path},
            per=files.lines,
        ),
        Contestant(
            "the same, sorted into Parquet",
            "bench.imports:duckdb_parquet",
            {"path": path, "into": str(folder)},
            per=files.lines,
        ),
        Contestant(
            "Django bulk_create",
            "bench.imports:django_bulk_create",
            {"path": path, "lines": sample},
            per=sample,
        ),
    ]
    found = _run(files, contestants, known, rounds)
    ours, bare, written, django = found
    agree([ours, bare, written], "amount")
    part = contest_part(f"Import of a CSV file, {files.lines:,} lines", found, bare)
    bulk = ratio(django, ours, "cpu")
    like = number(ratio(ours, written))
    part.notes.append(f"like with like (both end as sorted Parquet): {like} × wall")
    part.bars = [
        Bar("checked import to bare read_csv, wall", ratio(ours, bare), "≤", 1.6),
        Bar("Django bulk_create to checked import, CPU per line", bulk, "≥", 25),
    ]
    return part


def _local(files: Files, folder: Path, known: Path, rounds: int) -> Part:
    given = {"path": str(files.local_csv), "local": True}
    bare = Contestant(
        "DuckDB, bare typed read_csv", "bench.imports:duckdb_bare", given, per=files.lines
    )
    contestants = [_ours(files.local_csv, folder, files.lines), bare]
    results = _run(files, contestants, known, rounds)
    title = f"The same as Russian programs write it (31.12.2025; 1250,50), {files.lines:,} lines"
    part = contest_part(title, results, results[1])
    part.bars = [Bar("checked import to bare read_csv, wall", ratio(*results), "≤", 1.6)]
    return part


def _run(files: Files, contestants: list[Contestant], known: Path, rounds: int) -> list[Result]:
    found = list(run_all(contestants, rounds, installation.environment(known)).values())
    first = found[0].runs[0].found
    assert first["lines"] == files.lines and first["errors"] == 0, first
    assert first["amount"] == files.amount, (first, files.amount)
    assert first["known"] == first["clients"] > 0, first
    return found


def _book(files: Files, folder: Path, known: Path, rounds: int) -> Part:
    lines, path = min(XLSX_LINES, files.lines), {"path": str(files.xlsx)}
    quickest = "fastexcel" if importlib.util.find_spec("fastexcel") else "calamine"
    names = {"calamine": "python-calamine → DuckDB", "fastexcel": "fastexcel → DuckDB"}
    contestants = [
        _ours(files.xlsx, folder, lines),
        Contestant(names["calamine"], "bench.imports:calamine", path, per=lines),
        Contestant("openpyxl, read-only → DuckDB", "bench.imports:openpyxl", path, per=lines),
    ]
    if quickest == "fastexcel":
        one = Contestant(names["fastexcel"], "bench.imports:fastexcel", path, per=lines)
        contestants.append(one)
    found = run_all(contestants, rounds, installation.environment(known))
    agree(list(found.values()), "amount")
    ours, base = found[OURS], found[names[quickest]]
    part = contest_part(f"Import of a workbook, {lines:,} lines", list(found.values()), base)
    slow = ratio(found["openpyxl, read-only → DuckDB"], ours)
    part.bars = [
        Bar(f"checked import to {base.contestant.name}, wall", ratio(ours, base), "≤", 1.2),
        Bar("openpyxl to checked import, wall", slow, "≥", 6),
    ]
    return part


def _clients(files: Files, folder: Path, env: dict[str, str], rounds: int) -> Part:
    given, count = {"path": str(files.codes), "into": str(folder)}, clients_of(files.lines)
    contestants = [
        Contestant("Kamerton, the full path", "bench.imports:clients", given),
        Contestant("Django bulk_create", "bench.imports:clients_bulk_create", given),
    ]
    ours, django = run_all(contestants, rounds, env).values()
    agree([ours, django], "clients")
    part = contest_part(f"Import of {count:,} clients", [ours, django], django)
    rate = count / ours.wall
    part.notes.append(f"{number(rate)} clients a second")
    part.bars = [Bar("clients through the full path", rate, "≥", 5_000, "a second")]
    return part
