"""Sales lines from a seed: the same numbers on every machine and in every run.

Everything is drawn from `hash(place, what, seed)`, so the order in which threads work plays no
part. Three years (2023–2025), 100,000 clients of whom few are large, 200 managers, 5,000 products,
ten lines a document; 2 % of the documents are returns, the cost of 5 % of the lines is not known.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

SINCE, DAYS = "2023-01-01", 1096
CLIENTS, MANAGERS, PRODUCTS = 100_000, 200, 5_000
THREADS = 2
XLSX_LINES = 100_000


@dataclass(frozen=True)
class Files:
    """What was made, and the totals by which every contestant is checked."""

    folder: Path
    lines: int
    amount: int  # kopecks

    @property
    def csv(self) -> Path:
        """Commas, 2025-12-31, 1250.50; the amount is quantity × price."""
        return self.folder / "sales.csv"

    @property
    def local_csv(self) -> Path:
        """The same as Russian programs write it: semicolons, 31.12.2025, 1250,50."""
        return self.folder / "sales-ru.csv"

    @property
    def parquet(self) -> Path:
        """The same as the ledger keeps it: whole kopecks, sorted by client and date."""
        return self.folder / "sales.parquet"

    @property
    def codes(self) -> Path:
        """client_code, client_id, name."""
        return self.folder / "codes.parquet"

    @property
    def xlsx(self) -> Path:
        """The first 100,000 lines as a workbook."""
        return self.folder / "sales.xlsx"


def generate(folder: Path, lines: int, *, seed: int = 1, local: bool = True) -> Files:
    """Write the files into `folder`; what lies there from the same seed and size is kept."""
    import duckdb

    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "made.json"
    wanted = {"lines": lines, "seed": seed, "local": local}
    if kept.exists() and (made := json.loads(kept.read_text()))["of"] == wanted:
        return Files(folder, lines, made["amount"])
    with duckdb.connect(config={"threads": THREADS, "memory_limit": "4GB"}) as engine:
        engine.execute("SET enable_progress_bar = false")
        engine.execute(f"SET temp_directory = '{folder / 'spill'}'")
        _make(engine, lines, seed)
        files = Files(folder, lines, 0)
        _write(engine, files, local=local)
        (amount,) = engine.execute("SELECT sum(amount)::BIGINT FROM drawn").fetchone()
    kept.write_text(json.dumps({"of": wanted, "amount": amount}))
    return Files(folder, lines, amount)


def clients_of(lines: int) -> int:
    """How many clients that many lines have: 100,000 from two million lines on."""
    return min(CLIENTS, max(lines // 20, 20))


def _make(engine: object, lines: int, seed: int) -> None:
    clients = clients_of(lines)
    engine.execute(  # a number 0 ≤ u < 1 for the i-th of `what`
        f"CREATE MACRO u(i, what) AS (hash(i, what, {seed}) % 1000003) / 1000003.0"
    )
    for table in (_clients(clients), _products(), _documents(lines, clients), _lines(lines)):
        engine.execute(table)


def _clients(count: int) -> str:
    """Sizes fall like a Pareto law; four in ten came in the course of the three years."""
    return f"""CREATE TABLE clients AS
        SELECT i AS id, printf('K%06d', i) AS code, printf('Client %06d LLC', i) AS name,
          least(0.02 + pow(1 - u(i, 1), -1.2) / 20, 400) AS size,
          (u(i, 2) * {MANAGERS})::INT AS manager, (u(i, 3) * {MANAGERS})::INT AS later_manager,
          u(i, 4) < 0.05 AS is_moved, (greatest(u(i, 5) - 0.6, 0) / 0.4 * 900)::INT AS first_day
        FROM range({count}) t(i)"""


def _products() -> str:
    return f"""CREATE TABLE products AS
        SELECT i AS id, printf('P%04d', i) AS code, printf('Gate valve DN%d', i) AS name,
          printf('Category %02d', i % 40) AS category,
          (50 + pow(u(i, 6), 4) * 20000)::DECIMAL(18,2) AS price, 0.6 + u(i, 7) * 0.3 AS part
        FROM range({PRODUCTS}) t(i)"""


def _documents(lines: int, clients: int) -> str:
    """Every client buys at least once; the other documents go to the large ones."""
    return f"""CREATE TABLE documents AS
        SELECT d.*, c.code AS client_code, c.name AS client_name, c.size,
          printf('Manager %03d', CASE WHEN is_moved AND day > 700 THEN later_manager ELSE manager
                 END) AS manager, DATE '{SINCE}' + day AS date
        FROM (SELECT d.id, d.client, d.is_return, (first_day + u(d.id, 9) *
                ({DAYS} - first_day))::INT % {DAYS} AS day
              FROM (SELECT i AS id, u(i, 10) < 0.02 AS is_return,
                      CASE WHEN i < {clients} THEN i
                           ELSE floor(pow(u(i, 8), 3) * {clients})::BIGINT END AS client
                    FROM range({lines // 10 + 5}) t(i)) d
              JOIN clients ON clients.id = d.client) d
        JOIN clients c ON c.id = d.client"""


def _lines(lines: int) -> str:
    """Documents have 4, 6, 10, 16 and 14 lines in turn: ten on average."""
    place = (
        "CASE WHEN i % 50 < 4 THEN 0 WHEN i % 50 < 10 THEN 1 WHEN i % 50 < 20 THEN 2"
        " WHEN i % 50 < 36 THEN 3 ELSE 4 END"
    )
    return f"""CREATE TABLE drawn AS SELECT *,
          (round(quantity * price, 2) * 100)::BIGINT AS amount
        FROM (SELECT i, date, printf('D%08d', d.id) AS document, client_code, client_name,
            p.code AS product_code, p.name AS product_name, p.category, manager,
            (greatest(round(size * (0.3 + u(i, 12)) * 8) / 2, 0.5)
              * CASE WHEN is_return THEN -1 ELSE 1 END)::DECIMAL(18,3) AS quantity,
            p.price, p.part, u(i, 13) < 0.05 AS is_cost_unknown
          FROM (SELECT i, (i // 50) * 5 + {place} AS document,
                  ((u(i // 50 * 5 + {place}, 11) * {PRODUCTS})::INT + (i % 50) * 7) % {PRODUCTS}
                  AS product FROM range({lines}) t(i)) l
          JOIN documents d ON d.id = l.document JOIN products p ON p.id = l.product)"""


_COST = "CASE WHEN NOT is_cost_unknown THEN round(amount * part / 100, 2)::DECIMAL(18,2) END"
_COLUMNS = "document, client_code, client_name, product_code, product_name, category"


def _write(engine: object, files: Files, *, local: bool) -> None:
    """Parquet is written from the same rows as the CSV."""
    flat = f"SELECT date, {_COLUMNS}, quantity, price, {_COST} AS cost, manager FROM drawn"
    engine.execute(f"COPY ({flat} ORDER BY date, document, i) TO '{files.csv}' (HEADER)")
    if local:
        comma = ", ".join(
            f"replace({name}::VARCHAR, '.', ',') AS {name}" for name in ("quantity", "price")
        )
        engine.execute(
            f"COPY (SELECT strftime(date, '%d.%m.%Y') AS date, {_COLUMNS}, {comma},"
            f" replace({_COST}::VARCHAR, '.', ',') AS cost, manager FROM drawn"
            f" ORDER BY drawn.date, document, i) TO '{files.local_csv}' (HEADER, DELIMITER ';')"
        )
    _write_ledger(engine, files.parquet, "true")
    engine.execute(
        f"COPY (SELECT code AS client_code, id + 1 AS client_id, name FROM clients ORDER BY id)"
        f" TO '{files.codes}' (FORMAT parquet, CODEC zstd)"
    )
    _write_book(engine, files)


def _write_ledger(engine: object, path: Path, where: str) -> None:
    """The lines as a segment of the ledger has them (`kamerton.calc.lines.LINES`)."""
    engine.execute(
        f"""COPY (SELECT i AS line_no, NULL::VARCHAR AS external_key, date,
            CASE WHEN quantity < 0 THEN 'return' ELSE 'shipment' END AS kind, document,
            client_code, client_name, '' AS client_inn, product_code, product_name, category,
            (quantity * 1000)::BIGINT AS quantity, amount, ({_COST} * 100)::BIGINT AS cost,
            manager AS manager_code FROM drawn WHERE {where} ORDER BY client_code, date, i)
        TO '{path}' (FORMAT parquet, CODEC zstd, ROW_GROUP_SIZE 122880)"""
    )


def _write_book(engine: object, files: Files) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(files.xlsx, {"constant_memory": True})
    sheet, day = book.add_worksheet("Sales"), book.add_format({"num_format": "dd.mm.yyyy"})
    rows = engine.execute(
        f"SELECT date, {_COLUMNS}, quantity::DOUBLE, price::DOUBLE, {_COST}::DOUBLE, manager"
        f" FROM drawn ORDER BY date, document, i LIMIT {XLSX_LINES}"
    )
    titles = ["date", *_COLUMNS.split(", "), "quantity", "price", "cost", "manager"]
    sheet.write_row(0, 0, titles)
    number = 0
    while batch := rows.fetchmany(10_000):
        for number, row in enumerate(batch, start=number + 1):  # noqa: B020
            sheet.write_datetime(number, 0, row[0], day)
            sheet.write_row(number, 1, row[1:])
    book.close()


def described(files: Files) -> dict[str, object]:
    """What was made, for the report."""
    return {name: str(value) for name, value in asdict(files).items()}
