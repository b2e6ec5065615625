"""Totals of the ledger: by month, by manager, of one client's goods, and lines themselves."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from kamerton.calc import sales
from kamerton.calc.period import Month, Period
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger.models import Segment
from kamerton.domain.ledger.queries.figures import money_ids, sees_all_money, sees_money
from kamerton.domain.ledger.queries.snapshots import answer, kept, snapshot
from kamerton.platform.access.models import User

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class MonthTotal:
    """One month; gross profit None where no cost is known."""

    month: dt.date
    revenue: int
    gross_profit: int | None
    cash: int
    documents: int
    clients: int


@dataclass(frozen=True)
class ManagerTotal:
    """What one manager sold, by the name the ledger gives him on the day of sale."""

    manager_code: str
    revenue: int
    gross_profit: int | None
    cash: int
    clients: int


@dataclass(frozen=True)
class Unassigned:
    """Sales that belong to no client: shown, never dropped."""

    lines: int
    revenue: int
    cash: int


@dataclass(frozen=True)
class GoodsTotal:
    """What a client bought of one category or product; quantity in thousandths."""

    name: str
    revenue: int
    gross_profit: int | None
    quantity: int
    last_on: dt.date | None


def month_totals(viewer: User, period: Period) -> list[MonthTotal]:
    """The ledger month by month, of clients whose money `viewer` may see."""
    if sees_all_money(viewer):
        return kept("month_totals", period, lambda: _month_totals(period, None))
    return _month_totals(period, money_ids(viewer))


def client_month_totals(viewer: User, client: Client, period: Period) -> list[MonthTotal]:
    """One client month by month; empty for who may not see his money."""
    return _month_totals(period, [client.pk]) if sees_money(viewer, client) else []


def ledger_span(viewer: User) -> Period | None:
    """From the first to the last month of the ledger; None while it is empty (1 query)."""
    spans = list(Segment.objects.live().values_list("since", "until"))
    if not spans:
        return None
    first, last = min(since for since, _ in spans), max(until for _, until in spans)
    return Period.of_months(Month.of(first), Month.of(last))


def manager_totals(viewer: User, period: Period) -> list[ManagerTotal]:
    """Sales by the manager of the day of sale, for those who see the whole company."""
    if not sees_all_money(viewer):
        return []
    return kept("manager_totals", period, lambda: _manager_totals(period))


def without_client(viewer: User, period: Period) -> Unassigned:
    """Sales without a client, for those who see the whole company."""
    if not sees_all_money(viewer):
        return Unassigned(0, 0, 0)
    return kept("without_client", period, lambda: _without_client(period))


def goods_of(
    viewer: User, client: Client, period: Period, *, by: Literal["category", "product"]
) -> list[GoodsTotal]:
    """What one client bought, the largest first; empty for who may not see his money."""
    if not sees_money(viewer, client):
        return []
    made = answer(f"goods by {by}", _GOODS[by], period.since, period.until, of=[client.pk])
    rows = made.to_pylist()
    name = "product_code" if by == "product" else "category"
    found = [
        GoodsTotal(row[name], row["revenue"], row["gross_profit"], row["quantity"], row["last_on"])
        for row in rows
    ]
    return sorted(found, key=lambda goods: (-goods.revenue, goods.name))


def category_sales(
    viewer: User, clients: Iterable[int], period: Period
) -> dict[int, dict[str, int]]:
    """Revenue of each client by category, of those whose money `viewer` may see (≤ 1 query)."""
    wanted = set(clients)
    if not sees_all_money(viewer):
        wanted &= set(money_ids(viewer))
    if not wanted:
        return {}
    days = (period.since, period.until)
    made = answer("goods by category", _GOODS["category"], *days, of=sorted(wanted))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for row in made.select(["client_id", "category", "revenue"]).to_pylist():
        found[row["client_id"]][row["category"]] = row["revenue"]
    return dict(found)


_LINES = (
    "SELECT date, kind, document, client_code, client_name, product_code, product_name, category, "
    "quantity, amount, cost, manager_code FROM lines WHERE {of} "
    "ORDER BY date DESC, document, line_no LIMIT {limit:d} OFFSET {offset:d}"
)


def client_lines(viewer: User, client: Client, *, limit: int = 100, offset: int = 0) -> "pa.Table":
    """Lines of one client, newest first; none for who may not see his money."""
    shown = limit if sees_money(viewer, client) else 0
    codes = f"SELECT client_code FROM codes WHERE client_id = {client.pk:d}"  # noqa: S608
    of_client = f"client_code IN ({codes})"
    return snapshot().run(_LINES.format(of=of_client, limit=shown, offset=offset))


def unassigned_lines(viewer: User, *, limit: int = 100, offset: int = 0) -> "pa.Table":
    """Lines without a client, newest first, for those who see the whole company."""
    shown = limit if sees_all_money(viewer) else 0
    return snapshot().run(_LINES.format(of="client_code = ''", limit=shown, offset=offset))


def _month_totals(period: Period, clients: list[int] | None) -> list[MonthTotal]:
    rows = answer("month_totals", _by_month, period.since, period.until, of=clients).to_pylist()
    return [
        MonthTotal(
            *(row["month"], row["revenue"], row["gross_profit"], row["cash"]),
            *(row["documents"], row["clients"]),
        )
        for row in rows
    ]


def _manager_totals(period: Period) -> list[ManagerTotal]:
    rows = answer("manager_totals", _by_manager, period.since, period.until).to_pylist()
    return [
        ManagerTotal(
            *(row["manager_code"], row["revenue"], row["gross_profit"]),
            *(row["cash"], row["clients"]),
        )
        for row in rows
    ]


def _without_client(period: Period) -> Unassigned:
    rows = answer("without_client", _unassigned, period.since, period.until).to_pylist()
    return Unassigned(
        lines=sum(row["lines"] for row in rows),
        revenue=sum(row["revenue"] for row in rows),
        cash=sum(row["cash"] for row in rows),
    )


# The expressions, each over (lines, months) of the ledger and the days of a period.


def _by_month(_lines: Any, months: Any, since: dt.date, until: dt.date) -> Any:
    return sales.totals_by_month(months, since, until)


def _by_manager(_lines: Any, months: Any, since: dt.date, until: dt.date) -> Any:
    return sales.totals_by_manager(months, since, until)


def _unassigned(_lines: Any, months: Any, since: dt.date, until: dt.date) -> Any:
    return sales.unassigned_totals(months, since, until)


def _categories(lines: Any, _months: Any, since: dt.date, until: dt.date) -> Any:
    return sales.category_totals(lines, since, until, by="category")


def _products(lines: Any, _months: Any, since: dt.date, until: dt.date) -> Any:
    return sales.category_totals(lines, since, until, by="product")


_GOODS = {"category": _categories, "product": _products}
