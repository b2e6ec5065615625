"""What a reading found: totals to reconcile, what was left out, what is wrong."""
# ruff: noqa: S608 (column names are made here; paths go through `literal`)

import datetime as dt
from collections.abc import Mapping as Pairs
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .engine import Engine, literal
from .macros import MAX_AMOUNT
from .plan import Plan
from .problems import SHOWN_ERRORS, RowError, read_errors, write_errors
from .totals import GRAND

SKIPPED = ("blank", "total", "group", "header", "footer")


@dataclass(frozen=True)
class Total:
    """A sum over lines: kopecks, thousandths; `costed_amount` is of lines whose cost is known."""

    lines: int
    amount: int
    quantity: int = 0
    cost: int | None = None
    costed_lines: int = 0
    costed_amount: int = 0


@dataclass(frozen=True)
class Reading:
    """The outcome of `read`. Where `error_count` is not 0, nothing is to be imported.

    rows: rows below the titles; skipped: rows that are no lines, by kind (blank, total, group,
    header, footer); amounts in minor units; difference: control total less the file's own.
    """

    lines_path: Path
    clients_path: Path
    errors_path: Path | None
    rows: int
    lines: int
    skipped: Pairs[str, int]
    since: dt.date | None
    until: dt.date | None
    control_total: int
    file_total: int | None
    by_kind: Pairs[str, Total]
    by_month: Pairs[str, Total]
    by_manager: Pairs[str, Total]
    clients: int
    without_client: Total
    cost_coverage: float | None
    duplicate_lines: int
    error_count: int
    error_rows: int
    errors: tuple[RowError, ...]
    footers: tuple[str, ...]
    digest: str

    @property
    def difference(self) -> int | None:
        """Control total less the total the file states itself; None where it states none."""
        return None if self.file_total is None else self.control_total - self.file_total

    def to_json(self) -> dict[str, Any]:
        """Return everything but the tables as plain JSON values."""
        plain = asdict(self) | {"difference": self.difference}
        for name in ("lines_path", "clients_path", "errors_path", "since", "until"):
            plain[name] = None if plain[name] is None else str(plain[name])
        return plain


_SUMS = (
    "count(*), coalesce(sum(amount), 0)::BIGINT, coalesce(sum(quantity), 0)::BIGINT,"
    " sum(cost)::BIGINT, count(cost), coalesce(sum(amount) FILTER (cost IS NOT NULL), 0)::BIGINT"
)


def gather(engine: Engine, plan: Plan, into: Path, digest: str) -> Reading:
    """Count what was written to `into/lines.parquet`, and write the clients and the errors."""
    lines = f"read_parquet({literal(str(into / 'lines.parquet'))})"
    _write_clients(engine, lines, into / "clients.parquet")
    found = _grouped(engine, lines, "''", "true").get("", Total(0, 0))
    errors = into / "errors.parquet"
    problems, error_rows = engine.row("SELECT count(*), count(DISTINCT row_no) FROM problems")
    if problems:
        write_errors(engine, plan, errors)
    since, until = engine.row(f"SELECT min(date), max(date) FROM {lines}")
    return Reading(
        lines_path=into / "lines.parquet",
        clients_path=into / "clients.parquet",
        errors_path=errors if problems else None,
        rows=engine.row("SELECT count(*) FROM staged")[0],
        lines=found.lines,
        skipped=_skipped(engine),
        since=since,
        until=until,
        control_total=found.amount,
        file_total=_file_total(engine, plan),
        by_kind=_grouped(engine, lines, "kind", "true"),
        by_month=_grouped(engine, lines, "strftime(date, '%Y-%m')", "true"),
        by_manager=_grouped(engine, lines, "manager_code", "manager_code <> ''"),
        clients=_clients_count(engine, into / "clients.parquet"),
        without_client=_grouped(engine, lines, "''", "client_code = ''").get("", Total(0, 0)),
        cost_coverage=found.costed_lines / found.lines if found.lines else None,
        duplicate_lines=_repeats(engine),
        error_count=problems,
        error_rows=error_rows,
        errors=tuple(read_errors(errors, most=SHOWN_ERRORS)) if problems else (),
        footers=_footers(engine),
        digest=digest,
    )


def _grouped(engine: Engine, lines: str, by: str, where: str) -> dict[str, Total]:
    sql = f"SELECT {by}, {_SUMS} FROM {lines} WHERE {where} GROUP BY 1 ORDER BY 1"
    return {str(row[0]): Total(*row[1:]) for row in engine.rows(sql)}


def _write_clients(engine: Engine, lines: str, path: Path) -> None:
    engine.run(
        "COPY (SELECT client_code AS code, arg_max(client_name, line_no) AS name,"
        " max(client_inn) AS inn, count(*) AS lines, sum(amount)::BIGINT AS amount,"
        f" min(date) AS since, max(date) AS until FROM {lines} WHERE client_code <> ''"
        f" GROUP BY 1 ORDER BY 1) TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd)"
    )


def _clients_count(engine: Engine, path: Path) -> int:
    return int(engine.row(f"SELECT count(*) FROM read_parquet({literal(str(path))})")[0])


def _skipped(engine: Engine) -> dict[str, int]:
    found: dict[str, int] = dict(engine.rows("SELECT class, count(*) FROM classed GROUP BY 1"))
    return {name: int(found[name]) for name in SKIPPED if name in found}


def _footers(engine: Engine) -> tuple[str, ...]:
    sql = "SELECT row_no, squeezed(joined) FROM classed WHERE class = 'footer' ORDER BY 1 LIMIT 20"
    return tuple(f"{row}: {text[:200]}" for row, text in engine.rows(sql))


def _file_total(engine: Engine, plan: Plan) -> int | None:
    """Return the sum in the file's own last «Итого», where its amounts have a column."""
    if plan.by_price:
        return None
    sql = (
        f"SELECT amount FROM classed WHERE class = 'total' AND abs(amount) < {MAX_AMOUNT}00"
        f" AND regexp_matches(joined, {literal(GRAND)}) ORDER BY row_no DESC LIMIT 1"
    )
    found = engine.rows(sql)
    return int(found[0][0]) if found and found[0][0] is not None else None


def _repeats(engine: Engine) -> int:
    return int(engine.row("SELECT count(*) FROM nth")[0])
