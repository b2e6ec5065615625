"""Months are closed, so that what was reported stays, and opened again for a reason."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kamerton.calc.period import Month
from kamerton.domain.ledger import actions, queries
from kamerton.domain.ledger.models import MonthLock
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.web.ledger import sections


@dataclass(frozen=True)
class MonthRow:
    """One month of the ledger; revenue in kopecks."""

    month: Month
    revenue: int
    documents: int
    lock: MonthLock | None
    ended: bool


@require_safe
def month_list(request: Request) -> HttpResponse:
    """Every month of the ledger, newest first: what it holds and whether it takes lines."""
    queries.require_ledger_view(request.user)
    rows = month_rows(request.user)
    context = {
        "rows": rows,
        "tabs": sections.tabs("ledger:months"),
        "closed": sum(row.lock is not None for row in rows),
        "may_lock": request.user.may("ledger.lock_month"),
    }
    return render(request, "ledger/months.html", context)


def month_rows(viewer: User) -> list[MonthRow]:
    """The months of the ledger and those that are closed without lines (≤ 6 queries)."""
    locks = {Month.of(lock.month): lock for lock in queries.locked_months(viewer)}
    span = queries.ledger_span(viewer)
    totals = queries.month_totals(viewer, span) if span else []
    by_month = {Month.of(total.month): total for total in totals}
    present = Month.of(localdate())
    months = {*(span.months() if span else ()), *locks}
    return [
        MonthRow(
            month,
            revenue=by_month[month].revenue if month in by_month else 0,
            documents=by_month[month].documents if month in by_month else 0,
            lock=locks.get(month),
            ended=month < present,
        )
        for month in sorted(months, reverse=True)
    ]


@require_POST
def lock(request: Request, month: str) -> HttpResponse:
    """Let a month take no more lines."""
    closed = _month(month)
    actions.lock_month(request.user, closed)
    text = _("%(month)s is closed: it takes no more lines.")
    messages.success(request, text % {"month": formats.month(closed.first_day)})
    return redirect("ledger:months")


@require_POST
def unlock(request: Request, month: str) -> HttpResponse:
    """Let a closed month take lines again."""
    opened = _month(month)
    actions.unlock_month(request.user, opened, reason=request.POST.get("reason", ""))
    messages.success(
        request, _("%(month)s is open again.") % {"month": formats.month(opened.first_day)}
    )
    return redirect("ledger:months")


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise Http404 from error
