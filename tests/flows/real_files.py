"""What two real ledgers hold, counted by plain Python; their READMEs name the round figures."""

import csv
import gzip
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path

import pyarrow.parquet as pq

RETAIL = "online_retail_ii_2009_2010/online_retail_ii_2009_2010.csv.gz"
RESELLERS = "adventureworks_dw/FactResellerSales.parquet"
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Counted:
    """Lines and money in minor units."""

    lines: int
    amount: int
    clients: int
    without_client: int = 0
    returns: int = 0
    cancelled: int = 0  # documents that begin with C
    cost: int = 0
    managers: int = 0


def minor(value: Decimal) -> int:
    return int(value.quantize(CENT, rounding=ROUND_HALF_UP) * 100)


@lru_cache(maxsize=1)
def retail(path: Path) -> Counted:
    """525,461 lines; 107,927 without a customer; 10,206 of cancellations (README)."""
    amount = lines = nobody = returns = cancelled = 0
    clients = set()
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            value = minor(Decimal(row["Quantity"]) * Decimal(row["Price"]))
            lines, amount = lines + 1, amount + value
            nobody += not row["Customer ID"]
            clients.add(row["Customer ID"])
            cancelled += row["Invoice"].startswith("C")
            returns += row["Quantity"].startswith("-") or value < 0  # one line of a C is positive
    assert (lines, nobody, cancelled) == (525_461, 107_927, 10_206)
    return Counted(lines, amount, len(clients - {""}), nobody, returns, cancelled)


@lru_cache(maxsize=1)
def resellers(path: Path) -> Counted:
    """60,855 order lines with cost and salespeople (README)."""
    names = ["SalesAmount", "TotalProductCost", "ResellerKey", "EmployeeKey"]
    table = pq.read_table(path, columns=names)
    amounts, costs = (table[name].to_pylist() for name in names[:2])
    clients, managers = (set(table[name].to_pylist()) for name in names[2:])
    assert table.num_rows == 60_855
    return Counted(
        lines=table.num_rows,
        amount=sum(map(minor, amounts)),
        clients=len(clients),
        cost=sum(map(minor, costs)),
        managers=len(managers),
    )
