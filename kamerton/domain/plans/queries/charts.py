"""Years and quarters of a plan: trajectory, fact, forecast."""

import numpy as np
from django.utils.translation import gettext as _

from kamerton.calc.period import Month
from kamerton.calc.plan import attainment, colours
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.domain.plans.queries import page
from kamerton.domain.plans.queries.forecasts import ClientForecast, Expected, summed
from kamerton.domain.plans.queries.periods import YearReconciled, reconciled_years
from kamerton.domain.plans.queries.sales import Months, to_date, trajectory_of
from kamerton.platform.access.models import User

BEFORE = 4  # quarters shown before the plan


def years_of(
    viewer: User, plan: PerspectivePlan, sold: Months, forecast: ClientForecast | None
) -> tuple[page.Year, ...]:
    """The years of the plan against what was sold, forecast and planned by month."""
    planned = reconciled_years(viewer, [plan])[plan.pk]
    return tuple(
        _year(plan, number, way, sold, forecast, planned[number - 1])
        for number, way in enumerate(trajectory_of(plan), start=1)
    )


def chart_of(
    plan: PerspectivePlan, sold: Months, forecast: ClientForecast | None, last: Month
) -> page.Chart:
    """Sales of the 12 months that end with each quarter of the plan, a year before it too."""
    start = Month.of(plan.starts_on)
    ends = [start + (3 * step - 1) for step in range(-BEFORE, 4 * plan.horizon_years + 1)]
    sums = [_over([end + step for step in range(-11, 1)], sold, forecast) for end in ends]
    newest = max((end for end in ends if end <= last), default=None)
    closed = [each if end <= last else None for each, end in zip(sums, ends, strict=True)]
    ahead = [  # from the last fact on, so that the line goes on where the fact ends
        each if end > last or (forecast and end == newest) else None
        for each, end in zip(sums, ends, strict=True)
    ]
    return page.Chart(
        labels=tuple(_label(end) for end in ends),
        days=tuple(end.last_day for end in ends),
        plan=tuple(_way(plan, end - start + 1) for end in ends),
        fact=tuple(each.value if each else None for each in closed),
        forecast=tuple(each.value if each else None for each in ahead),
        low=tuple(each.low if each else None for each in ahead),
        high=tuple(each.high if each else None for each in ahead),
    )


def _year(
    plan: PerspectivePlan,
    number: int,
    way: int,
    sold: Months,
    forecast: ClientForecast | None,
    planned: YearReconciled,
) -> page.Year:
    period, so_far = plan.year(number), to_date(plan, number, sold or None)
    limits = methodology.current().plan
    part = attainment(
        [np.nan if so_far.fact is None else so_far.fact],
        [np.nan if so_far.expected is None else so_far.expected],
    )
    whole = _over(period.months(), sold, forecast)
    return page.Year(
        number=number,
        since=period.since,
        until=period.until,
        trajectory=way,
        months=so_far.months,
        fact=so_far.fact,
        expected=so_far.expected,
        attainment=None if np.isnan(part[0]) else float(part[0]),
        colour=str(colours(part, amber=limits.amber, green=limits.green)[0]),
        forecast=whole.value if whole else None,
        low=whole.low if whole else None,
        high=whole.high if whole else None,
        planned=planned.planned,
        planned_months=planned.months,
        reconciled=planned.share,
        reconciled_ok=planned.fits if planned.months else None,
    )


def _over(
    months: list[Month] | tuple[Month, ...], sold: Months, forecast: ClientForecast | None
) -> Expected | None:
    """The sum over months that are closed or forecast; None if one is neither."""
    to_come = {each.month: each for each in forecast.months} if forecast else {}
    ahead = [to_come[month] for month in months if month not in sold and month in to_come]
    closed = [sold[month] for month in months if month in sold]
    if len(ahead) + len(closed) < len(months):
        return None
    known = sum(closed)
    if not ahead:
        return Expected(months[-1], known, known, known)
    rest = summed(ahead)
    low, high = rest.low, rest.high
    return Expected(
        months[-1],
        known + rest.value,
        None if low is None else known + low,
        None if high is None else known + high,
    )


def _way(plan: PerspectivePlan, months: int) -> int | None:
    """The trajectory of a 12-month sum some months into the plan, straight within a year."""
    if months < 0:
        return None
    way = (plan.baseline, *trajectory_of(plan))
    year, rest = divmod(months, 12)
    if rest == 0:
        return way[year]
    return round(way[year] + (way[year + 1] - way[year]) * rest / 12)


def _label(end: Month) -> str:
    """The quarter of the calendar if it ends one, else the month."""
    if end.month % 3 == 0:
        return _("Q%(n)d %(year)d") % {"n": end.month // 3, "year": end.year}
    return f"{end.month:02}.{end.year}"
