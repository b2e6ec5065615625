"""The owner's panel: concentration, retention, growth, dependence on managers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kamerton.calc.period import Month, Period
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.ledger.queries import MonthTotal
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation import queries as segmentation
from kamerton.domain.segmentation.queries import RetentionPoint
from kamerton.platform import formats
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require

MONTHS = 24


def panel(request: Request) -> HttpResponse:
    """The first look of an owner."""
    require(request.user, "segmentation.view_company")
    closed = ledger.closed_year(localdate())
    last = Month.of(closed.until)
    months = ledger.month_totals(request.user, Period.of_months(last + (1 - MONTHS), last))
    series = segmentation.retention_series(request.user)
    method = methodology.current()
    context = {
        "period": closed,
        "found": segmentation.pareto(request.user),
        "retention": segmentation.retention(request.user),
        "segments": segmentation.segments_report(request.user),
        "shares": segmentation.manager_shares(request.user),
        "readiness": segmentation.readiness(request.user),
        "register": segmentation.register(request.user),
        "limits": method.capacity,
        "benchmark": method.retention.churn_benchmark,
        "sales_chart": _sales(months),
        "churn_chart": _churn(series, method.retention.churn_benchmark),
        "is_empty": ledger.last_day() is None,
    }
    return render(request, "desk/owner.html", context)


def _sales(months: list[MonthTotal]) -> dict[str, object]:
    """Twelve months against the twelve before them."""
    before, now = months[:12], months[12:]
    return {
        "labels": [formats.month_short(month.month) for month in now],
        "series": [
            {
                "name": f"{formats.month(year[0].month)} – {formats.month(year[-1].month)}",
                "values": [month.revenue / 100 for month in year],
                "role": role,
            }
            for year, role in ((before, "base"), (now, "fact"))
            if year
        ],
        "format": "money",
    }


def _churn(series: list[RetentionPoint], benchmark: float) -> dict[str, object]:
    """Churn of the years that end at each quarter, against the line of the method."""
    known = [point for point in series if point.retention is not None]
    return {
        "labels": [formats.month(point.until) for point in known],
        "series": [
            {
                "name": str(_("Churn")),
                "values": [round(100 - 100 * (point.retention or 0), 1) for point in known],
                "role": "fact",
            },
            {
                "name": str(_("Line to compare with")),
                "values": [benchmark * 100 for _point in known],
                "role": "plan",
            },
        ],
        "unit": "%",
        "format": "number",
    }
