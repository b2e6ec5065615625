"""Who stayed, what became of last year's revenue, how it grew."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from kamerton.calc import definitions
from kamerton.calc.arrays import Floats
from kamerton.calc.definitions import Definition
from kamerton.calc.period import Month, Period
from kamerton.calc.retention import (
    LogoRetention,
    RevenueRetention,
    active_on,
    growth,
    logo_retention,
    revenue_retention,
)
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.segmentation.queries import bridge
from kamerton.domain.segmentation.queries.kept import figures_seen, holders
from kamerton.domain.segmentation.queries.standings import current_restatement
from kamerton.platform.access.models import User

QUARTERS = 5  # this one and the four before it
DEFINITIONS: tuple[Definition, ...] = (
    definitions.ACTIVE_WINDOW,
    definitions.LOST_WHEN_NOT_POSITIVE,
    definitions.GROWTH_FROM_POSITIVE,
)


@dataclass(frozen=True)
class RetentionFigures:
    """A year against the year before; shares of 1, None for no data; money in minor units."""

    since: dt.date
    until: dt.date
    logos: LogoRetention
    revenue: RevenueRetention
    growth: float | None
    profit_growth: float | None
    churn_benchmark: float
    method_version: int


@dataclass(frozen=True)
class RetentionPoint:
    """One quarter end of the series: the year up to it against the year before."""

    until: dt.date
    active_before: int
    kept: int
    retention: float | None
    churn: float | None
    nrr: float | None
    grr: float | None
    growth: float | None


def retention(viewer: User, *, manager: User | None = None) -> RetentionFigures | None:
    """Retention of the clients whose money `viewer` may see, of one manager if named.

    None before the first recomputation (3 queries).
    """
    restatement = current_restatement()
    if restatement is None:
        return None
    seen = figures_seen(viewer, restatement)
    if manager is not None:
        seen = seen.only(holders(seen) == manager.pk)
    bench = restatement.methodology.content.get("retention", {}).get("churn_benchmark", 0.5)
    return RetentionFigures(
        since=restatement.since,
        until=restatement.until,
        logos=logo_retention(seen.was_active, seen.is_active),
        revenue=revenue_retention(
            seen.revenue_before.astype(np.float64), seen.revenue.astype(np.float64)
        ),
        growth=_growth(seen.revenue.sum(), seen.revenue_before.sum()),
        profit_growth=_growth(seen.gross_profit.sum(), seen.gross_profit_before.sum()),
        churn_benchmark=bench,
        method_version=restatement.methodology.number,
    )


def retention_of_year(viewer: User, year: Period, method: Methodology) -> RetentionFigures:
    """The same of any year against the one before it, computed now: reads all lines."""
    before = year.shift_years(-1)
    money, profit = _two_years(viewer, year, before)
    return RetentionFigures(
        since=year.since,
        until=year.until,
        logos=_logos(viewer, before.until, year.until, method),
        revenue=revenue_retention(money[0], money[1]),
        growth=_growth(money[1].sum(), money[0].sum()),
        profit_growth=_growth(profit[1].sum(), profit[0].sum()),
        churn_benchmark=method.retention.churn_benchmark,
        method_version=method.version,
    )


def retention_series(viewer: User) -> list[RetentionPoint]:
    """The company's last quarters, as the recomputation left them; for who sees the whole company.

    1 query.
    """
    restatement = current_restatement()
    if restatement is None or not ledger.sees_all_money(viewer):
        return []
    return [
        RetentionPoint(**{**point, "until": dt.date.fromisoformat(point["until"])})
        for point in restatement.retention
    ]


def counted_series(viewer: User, period: Period, method: Methodology) -> list[dict[str, Any]]:
    """Count the series for a recomputation: reads all lines some ten times, in the background."""
    last = Month.of(period.until)
    points = []
    for step in range(QUARTERS - 1, -1, -1):
        until = last + -3 * step
        points.append(_point(viewer, Period.of_months(until + -11, until), method))
    return [asdict(point) | {"until": point.until.isoformat()} for point in points]


def _point(viewer: User, year: Period, method: Methodology) -> RetentionPoint:
    before = year.shift_years(-1)
    logos = _logos(viewer, before.until, year.until, method)
    money, _profit = _two_years(viewer, year, before)
    revenue = revenue_retention(money[0], money[1])
    return RetentionPoint(
        until=year.until,
        active_before=logos.before,
        kept=logos.kept,
        retention=_known(logos.retention),
        churn=_known(logos.churn),
        nrr=_known(revenue.nrr),
        grr=_known(revenue.grr),
        growth=_growth(money[1].sum(), money[0].sum()),
    )


def _two_years(viewer: User, year: Period, before: Period) -> tuple[Floats, Floats]:
    """Revenue and gross profit of the clients of both years, the year before in the first row."""
    old, now = ledger.client_figures(viewer, before), ledger.client_figures(viewer, year)
    ids = np.union1d(now.client_id, old.client_id)
    money, profit = np.zeros((2, ids.size)), np.zeros((2, ids.size))
    for row, found in enumerate((old, now)):
        places = np.searchsorted(ids, found.client_id)
        money[row, places] = found.revenue
        profit[row, places] = np.where(found.has_cost, found.gross_profit, 0)
    return money, profit


def _logos(viewer: User, before: dt.date, after: dt.date, method: Methodology) -> LogoRetention:
    rule = bridge.activity_rule(method)
    old, now = ledger.order_rhythm(viewer, before), ledger.order_rhythm(viewer, after)
    active = active_on(before, old.last_on, old.median_interval_days, rule)
    still = active_on(after, now.last_on, now.median_interval_days, rule)
    return logo_retention(active, np.isin(old.client_id, now.client_id[still]))


def _growth(now: float, before: float) -> float | None:
    return _known(float(growth([float(now)], [float(before)])[0]))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
