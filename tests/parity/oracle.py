"""The same answers in plain Python, row by row: slow, dull, and easy to believe."""

import datetime as dt
import itertools
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from kamerton.calc.period import Month, Period

from .ledgers import Ledger, Row

REVENUE = {"shipment", "return", "correction"}


def grouped(rows: Iterable[Row], *keys: str) -> dict[tuple, list[Row]]:
    groups: dict[tuple, list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[key] for key in keys)].append(row)
    return groups


def known_sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def identified(ledger: Ledger) -> list[Row]:
    """Lines with client_id and month, unknown codes as ""."""
    rows = []
    for row in ledger.lines:
        code = row["client_code"] or ""
        rows.append(
            row
            | {
                "client_code": code,
                "manager_code": row["manager_code"] or "",
                "document": row["document"] or "",
                "category": row["category"] or "",
                "product_code": row["product_code"] or "",
                "client_id": ledger.codes.get(code) if code else None,
                "month": row["date"].replace(day=1),
            }
        )
    return rows


def months(ledger: Ledger) -> list[Row]:
    found = []
    keys = ("client_code", "month", "kind", "manager_code")
    for key, rows in grouped(identified(ledger), *keys).items():
        found.append(
            dict(zip(keys, key, strict=True))
            | {
                "amount": sum(row["amount"] for row in rows),
                "cost": known_sum(row["cost"] for row in rows),
                "costed_amount": sum(row["amount"] for row in rows if row["cost"] is not None),
                "quantity": sum(row["quantity"] for row in rows),
                "lines": len(rows),
                "documents": len({(row["date"], row["document"]) for row in rows}),
                "first_on": min(row["date"] for row in rows),
                "last_on": max(row["date"] for row in rows),
            }
        )
    return found


def sums(rows: Sequence[Row]) -> Row:
    """The sums of `client_totals` straight from the lines of one group."""
    sold = [row for row in rows if row["kind"] in REVENUE]
    shipped = [row for row in rows if row["kind"] == "shipment"]
    costed = [row for row in sold if row["cost"] is not None]
    costed_revenue = sum(row["amount"] for row in costed)
    cost = known_sum(row["cost"] for row in sold)
    document = ("client_code", "manager_code", "date", "document")
    return {
        "revenue": sum(row["amount"] for row in sold),
        "cost": cost,
        "costed_revenue": costed_revenue,
        "gross_profit": None if cost is None else costed_revenue - cost,
        "cash": sum(row["amount"] for row in rows if row["kind"] == "payment"),
        "quantity": sum(row["quantity"] for row in sold),
        "lines": len(sold),
        "documents": len({tuple(row[key] for key in document) for row in shipped}),
        "first_on": min((row["date"] for row in shipped), default=None),
        "last_on": max((row["date"] for row in shipped), default=None),
    }


def period_rows(ledger: Ledger, since: dt.date, until: dt.date) -> list[Row]:
    wanted = REVENUE | {"payment"}
    return [r for r in identified(ledger) if since <= r["date"] <= until and r["kind"] in wanted]


def client_totals(ledger: Ledger, since: dt.date, until: dt.date) -> list[Row]:
    rows = [row for row in period_rows(ledger, since, until) if row["client_id"] is not None]
    groups = sorted(grouped(rows, "client_id").items())
    return [{"client_id": key[0]} | sums(group) for key, group in groups]


def unassigned_totals(ledger: Ledger, since: dt.date, until: dt.date) -> list[Row]:
    rows = [row for row in period_rows(ledger, since, until) if row["client_id"] is None]
    groups = sorted(grouped(rows, "client_code").items())
    return [{"client_code": key[0]} | sums(group) for key, group in groups]


def with_clients_count(rows: Sequence[Row]) -> Row:
    total = sums(rows)
    del total["first_on"], total["last_on"]
    shipped = [row for row in rows if row["kind"] == "shipment"]
    ids = {row["client_id"] for row in shipped if row["client_id"] is not None}
    return total | {"clients": len(ids)}


def totals_by_manager(ledger: Ledger, since: dt.date, until: dt.date) -> list[Row]:
    groups = sorted(grouped(period_rows(ledger, since, until), "manager_code").items())
    return [{"manager_code": key[0]} | with_clients_count(rows) for key, rows in groups]


def totals_by_month(ledger: Ledger, since: dt.date, until: dt.date) -> list[Row]:
    groups = grouped(period_rows(ledger, since, until), "month")
    days = [month.first_day for month in Period(since, until).months()]
    return [{"month": day} | with_clients_count(groups.get((day,), [])) for day in days]


def client_months(ledger: Ledger, since: dt.date, until: dt.date) -> list[Row]:
    rows = [row for row in period_rows(ledger, since, until) if row["client_id"] is not None]
    groups = grouped(rows, "client_id", "month")
    found = []
    for client in sorted({row["client_id"] for row in rows}):
        for month in Period(since, until).months():
            group = groups.get((client, month.first_day), [])
            shipped = sum(row["amount"] for row in group if row["kind"] == "shipment")
            total = sums(group)
            found.append(
                {"client_id": client, "month": month.first_day, "shipped": shipped}
                | {key: total[key] for key in ("revenue", "gross_profit", "cash", "documents")}
            )
    return found


def category_totals(
    ledger: Ledger, since: dt.date, until: dt.date, keys: Sequence[str]
) -> list[Row]:
    rows = [
        row
        for row in period_rows(ledger, since, until)
        if row["client_id"] is not None and row["kind"] in REVENUE
    ]
    found = []
    for key, group in sorted(grouped(rows, *keys).items()):
        total = sums(group)
        del total["cash"], total["documents"]
        found.append(dict(zip(keys, key, strict=True)) | total)
    return found


def shipment_days(ledger: Ledger) -> dict[int, list[dt.date]]:
    days: dict[int, set[dt.date]] = defaultdict(set)
    for row in identified(ledger):
        if row["kind"] == "shipment" and row["client_id"] is not None:
            days[row["client_id"]].add(row["date"])
    return {client: sorted(found) for client, found in sorted(days.items())}


def median_intervals(ledger: Ledger) -> list[Row]:
    found = []
    for client, days in shipment_days(ledger).items():
        gaps = [(b - a).days for a, b in itertools.pairwise(days)]
        if gaps:
            median = float(statistics.median(gaps))
            found.append({"client_id": client, "intervals": len(gaps), "median_days": median})
    return found


def shipment_span(ledger: Ledger, until: dt.date) -> list[Row]:
    found = []
    for client, days in shipment_days(ledger).items():
        past = [day for day in days if day <= until]
        if past:
            span = {"first_on": past[0], "last_on": past[-1], "days": len(past)}
            found.append({"client_id": client} | span)
    return found


def cohorts(ledger: Ledger, until: dt.date) -> list[Row]:
    first = {client: Month.of(days[0]) for client, days in shipment_days(ledger).items()}
    cells: dict[tuple[dt.date, int], tuple[set[int], list[int]]] = defaultdict(lambda: (set(), []))
    for row in identified(ledger):
        client = row["client_id"]
        if row["kind"] not in REVENUE or client not in first or row["date"] > until:
            continue
        age = Month.of(row["date"]) - first[client]
        if age >= 0 and first[client].first_day <= until:
            clients, amounts = cells[first[client].first_day, age]
            amounts.append(row["amount"])
            if row["kind"] == "shipment":
                clients.add(client)
    return [
        {"cohort": cohort, "age": age, "clients": len(clients), "revenue": sum(amounts)}
        for (cohort, age), (clients, amounts) in sorted(cells.items())
    ]


def abc(ledger: Ledger, since: dt.date, until: dt.date, base: str) -> list[Row]:
    totals = client_totals(ledger, since, until)
    bought = [row for row in totals if (row[base] or 0) > 0]
    whole = sum(row[base] for row in bought)
    classes, before = {}, 0
    for row in sorted(bought, key=lambda r: (-r[base], r["client_id"])):
        # whole numbers: no rounding to argue about
        classes[row["client_id"]] = "ABC"[
            (before * 100 >= whole * 80) + (before * 100 >= whole * 95)
        ]
        before += row[base]
    ids = [row["client_id"] for row in totals]
    return [{"client_id": client, "abc": classes.get(client, "C")} for client in ids]


def abc_migration(before: list[Row], after: list[Row]) -> list[Row]:
    old = {row["client_id"]: row["abc"] for row in before}
    new = {row["client_id"]: row["abc"] for row in after}
    pairs = Counter((old.get(c, ""), new.get(c, "")) for c in {*old, *new})
    return [
        {"class_before": pair[0], "class_after": pair[1], "clients": count}
        for pair, count in sorted(pairs.items())
    ]
