"""The five tables by Polars: the plan of `by_hand`, lazy, on the streaming engine."""

import datetime as dt
from typing import Any

REVENUE = ["shipment", "return", "correction"]


def tables(lines: str, codes: str) -> dict[str, Any]:
    """Make the five tables."""
    import polars as pl

    months = _months(lines, codes)
    now, before = (_year(months, year) for year in (2025, 2024))
    made = {
        "clients": now,
        "company": _totals(months, "month"),
        "managers": _totals(months.filter(pl.col("month").dt.year() == 2025), "manager_code"),
        "cohorts": _cohorts(months),
        "migration": _migration(before, now),
    }
    return {name: table.to_arrow() for name, table in made.items()}


def _months(lines: str, codes: str) -> Any:
    import polars as pl

    documents = (
        pl.scan_parquet(lines)
        .group_by("client_code", "date", "document")
        .agg(
            pl.first("kind", "manager_code"),
            pl.sum("amount", "quantity"),
            pl.when(pl.col("cost").count() > 0).then(pl.sum("cost")).alias("cost"),
            pl.col("amount").filter(pl.col("cost").is_not_null()).sum().alias("costed_amount"),
            pl.len().cast(pl.Int64).alias("lines"),
        )
    )
    return (
        documents.with_columns(month=pl.col("date").dt.truncate("1mo"))
        .group_by("client_code", "month", "kind", "manager_code")
        .agg(
            pl.sum("amount", "costed_amount", "quantity", "lines"),
            pl.when(pl.col("cost").count() > 0).then(pl.sum("cost")).alias("cost"),
            pl.len().cast(pl.Int64).alias("documents"),
            pl.min("date").alias("first_on"),
            pl.max("date").alias("last_on"),
        )
        .join(pl.scan_parquet(codes).select("client_code", "client_id"), on="client_code")
        .collect(engine="streaming")
    )


def _sums() -> list[Any]:
    import polars as pl

    revenue, shipped = pl.col("kind").is_in(REVENUE), pl.col("kind") == "shipment"
    cost = pl.col("cost").filter(revenue)
    cost = pl.when(cost.count() > 0).then(cost.sum())
    costed = pl.col("costed_amount").filter(revenue).sum()
    return [
        pl.col("amount").filter(revenue).sum().alias("revenue"),
        cost.alias("cost"),
        costed.alias("costed_revenue"),
        (costed - cost).alias("gross_profit"),
        pl.col("amount").filter(pl.col("kind") == "payment").sum().alias("cash"),
        pl.col("quantity").filter(revenue).sum().alias("quantity"),
        pl.col("lines").filter(revenue).sum().alias("lines"),
        pl.col("documents").filter(shipped).sum().alias("documents"),
    ]


def _totals(rows: Any, key: str) -> Any:
    import polars as pl

    shipped = pl.col("kind") == "shipment"
    clients = pl.col("client_id").filter(shipped).n_unique().cast(pl.Int64).alias("clients")
    return rows.group_by(key).agg(*_sums(), clients)


def _year(months: Any, year: int) -> Any:
    import polars as pl

    shipped, positive = pl.col("kind") == "shipment", pl.col("revenue").clip(0)
    rows = months.filter(pl.col("month").dt.year() == year)
    totals = rows.group_by("client_id").agg(
        *_sums(),
        pl.col("first_on").filter(shipped).min(),
        pl.col("last_on").filter(shipped).max(),
    )
    share = (positive.cum_sum() - positive) / positive.sum()
    sold = pl.col("revenue") > 0
    classes = (
        pl.when(sold & (share < 0.8 - 1e-9))
        .then(pl.lit("A"))
        .when(sold & (share < 0.95 - 1e-9))
        .then(pl.lit("B"))
        .otherwise(pl.lit("C"))
    )
    ordered = totals.sort(["revenue", "client_id"], descending=[True, False])
    return ordered.with_columns(abc=classes)


def _cohorts(months: Any) -> Any:
    import polars as pl

    shipped = pl.col("lines").filter(pl.col("kind") == "shipment").sum()
    bought = (
        months.filter(pl.col("kind").is_in(REVENUE), pl.col("month") <= dt.date(2025, 12, 31))
        .group_by("client_id", "month")
        .agg(pl.col("amount").sum().alias("revenue"), shipped.alias("shipments"))
    )
    firsts = bought.filter(pl.col("shipments") > 0).group_by("client_id")
    rows = bought.join(firsts.agg(pl.min("month").alias("cohort")), on="client_id")
    month, cohort = pl.col("month").dt, pl.col("cohort").dt
    age = 12 * (month.year() - cohort.year()).cast(pl.Int64) + (
        month.month().cast(pl.Int64) - cohort.month().cast(pl.Int64)
    )
    return (
        rows.with_columns(age=age)
        .filter(pl.col("age") >= 0)
        .group_by("cohort", "age")
        .agg(
            (pl.col("shipments") > 0).sum().cast(pl.Int64).alias("clients"),
            pl.col("revenue").sum(),
        )
    )


def _migration(before: Any, now: Any) -> Any:
    import polars as pl

    pairs = before.select("client_id", class_before="abc").join(
        now.select("client_id", class_after="abc"), on="client_id", how="full"
    )
    return (
        pairs.with_columns(pl.col("class_before", "class_after").fill_null(""))
        .group_by("class_before", "class_after")
        .agg(pl.len().cast(pl.Int64).alias("clients"))
    )
