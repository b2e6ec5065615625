"""What a key client is likely to buy in the months to come, and how earlier forecasts came out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kamerton.calc.forecast import Forecast, forecast
from kamerton.calc.period import Month, Period
from kamerton.domain.accounts.models import Client
from kamerton.domain.plans.models import SalesForecast
from kamerton.domain.plans.queries.sales import Months, last_closed, revenue_by_month
from kamerton.platform.access.models import User

HISTORY, AHEAD, LEVEL = 60, 12, 0.8


@dataclass(frozen=True)
class Expected:
    """A month that is to come; low and high None: too little is known for an interval."""

    month: Month
    value: int
    low: int | None
    high: int | None


@dataclass(frozen=True)
class ClientForecast:
    """A forecast of one client; no months: there is too little history."""

    method: str  # seasonal, drift, none
    last: Month
    level: float
    history: int
    errors: int
    rough: bool
    months: tuple[Expected, ...]

    def total(self, period: Period) -> Expected | None:
        """The sum over the months of `period` that are forecast; None if none is.

        Months are taken as independent: the half-width is the root of the sum of squares.
        """
        inside = [each for each in self.months if each.month.first_day in period]
        return summed(inside) if inside else None


@dataclass(frozen=True)
class Record:
    """How forecasts of a client came out, months compared in all."""

    months: int
    mape: float | None
    coverage: float | None
    level: float


def forecast_of(viewer: User, client: Client, *, ahead: int = AHEAD) -> ClientForecast:
    """Forecast the sales of a client whose money `viewer` may see (no months for others)."""
    last = last_closed()
    sold = revenue_by_month(viewer, [client.pk], since=last + (1 - HISTORY)).get(client.pk, {})
    return from_history(sold, last, ahead=ahead)


def from_history(sold: Months, last: Month, *, ahead: int = AHEAD) -> ClientForecast:
    """Forecast from months up to `last`."""
    values = [float(sold[month]) for month in sorted(sold)]
    made = forecast(values, ahead, level=LEVEL)
    months = _months(made, last) if made.method != "none" else ()
    return ClientForecast(
        made.method, last, LEVEL, made.history, made.errors, made.rough, tuple(months)
    )


def record_of(viewer: User, client: Client) -> Record | None:
    """How stored forecasts of a client came out; None while none is scored (1 query)."""
    if not viewer.may("ledger.view_money"):
        return None
    seen = Client.objects.editable_by(viewer).filter(pk=client.pk)
    scored = list(SalesForecast.objects.filter(client__in=seen, scored__gt=0))
    if not scored:
        return None
    months = sum(each.scored for each in scored)
    return Record(
        months, _mean(scored, "mape", months), _mean(scored, "coverage", months), scored[0].level
    )


def stored_forecasts(viewer: User) -> list[SalesForecast]:
    """Forecasts that have months yet to compare, for who sees all money (1 query)."""
    if not viewer.may("ledger.view_money"):
        return []
    seen = Client.objects.editable_by(viewer)
    return list(SalesForecast.objects.filter(client__in=seen, scored__lt=AHEAD))


def summed(months: Sequence[Expected]) -> Expected:
    """Add months up."""
    value = sum(each.value for each in months)
    widths = [each.high - each.value for each in months if each.high is not None]
    if len(widths) < len(months):
        return Expected(months[-1].month, value, None, None)
    half = round(math.hypot(*widths))
    return Expected(months[-1].month, value, max(0, value - half), value + half)


def _months(made: Forecast, last: Month) -> list[Expected]:
    return [
        Expected(last + (place + 1), round(mean), _whole(low), _whole(high))
        for place, (mean, low, high) in enumerate(
            zip(made.mean.tolist(), made.low.tolist(), made.high.tolist(), strict=True)
        )
    ]


def _whole(value: float) -> int | None:
    return None if math.isnan(value) else round(value)


def _mean(rows: list[SalesForecast], name: str, months: int) -> float | None:
    known = [(getattr(row, name), row.scored) for row in rows if getattr(row, name) is not None]
    weight = sum(count for _value, count in known)
    return sum(value * count for value, count in known) / weight if weight else None
