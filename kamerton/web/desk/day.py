"""My day: the portfolio as a strip and what there is to do, the most money at stake first."""

import datetime as dt
from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kamerton.domain.activities import queries as activities
from kamerton.domain.activities.models import Activity
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.ledger.models import LedgerImport
from kamerton.domain.segmentation import queries as segmentation
from kamerton.domain.segmentation.models import CompanyKey, Standing
from kamerton.domain.segmentation.queries import Portfolio, PortfolioRow
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.web.desk.hiring import hiring_tasks
from kamerton.web.desk.tasks import Task

SILENT = 2.0  # times the usual interval between two shipments
SHOWN = 30


def home(request: Request) -> HttpResponse:
    """The page everybody begins with."""
    viewer = request.user
    portfolio = segmentation.portfolio(viewer, viewer) if _sells(viewer) else None
    tasks = sorted(
        _tasks(viewer, portfolio), key=lambda task: (-(task.money or 0), task.state != "bad")
    )
    context = {
        "today": localdate(),
        "portfolio": portfolio,
        "free": range(max(0, portfolio.slots.cap - portfolio.slots.used)) if portfolio else (),
        "tasks": tasks[:SHOWN],
        "more": max(0, len(tasks) - SHOWN),
        "urgent": sum(task.state == "bad" for task in tasks),
        "at_stake": sum(task.money or 0 for task in tasks),
        "is_empty": ledger.last_day() is None,
        "may_import": viewer.may("ledger.import"),
    }
    return render(request, "desk/day.html", context)


def _sells(viewer: User) -> bool:
    return viewer.may("segmentation.propose_manager_key")


def _tasks(viewer: User, portfolio: Portfolio | None) -> Iterator[Task]:
    yield from _own_keys(portfolio)
    yield from _actions(viewer, portfolio)
    yield from _to_confirm(viewer)
    yield from _to_decide(viewer)
    yield from _imports(viewer)
    yield from hiring_tasks(viewer)


def _own_keys(portfolio: Portfolio | None) -> Iterator[Task]:
    """What is wrong with one's own key clients."""
    for row in portfolio.rows if portfolio else []:
        yield from _silent(row)
        yield from _falling(row)
        if row.must_reassess:
            yield Task(
                title=row.key.client.name,
                word=_("Assessment ran out"),
                state="warn",
                icon="clock",
                detail=_("Influence is judged for half a year; answer the seven questions anew."),
                href=reverse("segmentation:assess", args=[row.key.client_id]),
                button=_("Assess"),
                money=month_of_profit(row.standing),
            )


def _silent(row: PortfolioRow) -> Iterator[Task]:
    standing = row.standing
    if standing is None or not standing.last_on or not standing.interval_days:
        return
    days = (localdate() - standing.last_on).days
    if days > SILENT * standing.interval_days:
        usual = round(standing.interval_days)
        yield Task(
            title=row.key.client.name,
            word=_("Rhythm broken"),
            state="bad",
            icon="phone",
            detail=_("No shipment for %(days)s days, usually every %(usual)s.")
            % {"days": days, "usual": usual},
            href=reverse("desk:client", args=[row.key.client_id]),
            button=_("Open the client"),
            money=month_of_profit(standing),
        )


def _falling(row: PortfolioRow) -> Iterator[Task]:
    standing = row.standing
    if standing is None or standing.growth is None or standing.growth > -0.1:
        return
    lost = standing.revenue_before - standing.revenue
    yield Task(
        title=row.key.client.name,
        word=_("Sales fall"),
        state="warn",
        icon="arrow-down",
        detail=_("%(change)s in a year. Look at what he stopped buying.")
        % {"change": formats.percent(standing.growth, plus=True)},
        href=reverse("desk:client-sales", args=[row.key.client_id]),
        button=_("See sales"),
        money=lost // 12,
    )


def _actions(viewer: User, portfolio: Portfolio | None) -> Iterator[Task]:
    """What is due today or late, and key meetings a day ahead that nobody prepared."""
    if not viewer.may("activities.edit"):
        return
    today = localdate()
    profit = {
        row.key.client_id: month_of_profit(row.standing)
        for row in (portfolio.rows if portfolio else [])
    }
    for one in activities.burning(viewer, on=today):
        month = profit.get(one.client_id)
        if one.is_unprepared:
            yield _unprepared(one, month // 10 if month else None)
        else:
            yield _due(one, today)


def _unprepared(meeting: Activity, money: int | None) -> Task:
    return Task(
        title=meeting.client.name,
        word=_("Meeting without a brief"),
        state="bad",
        icon="doc-text",
        detail=f"{formats.day_short(meeting.due_on)}, {meeting.title}",
        href=reverse("activities:brief", args=[meeting.pk]),
        button=_("Prepare"),
        money=money,
    )


def _due(action: Activity, today: dt.date) -> Task:
    late = action.days_late(today)
    word = ngettext("%(n)d day late", "%(n)d days late", late) % {"n": late}
    return Task(
        title=action.client.name,
        word=word if late else _("Today"),
        state="bad" if late else "warn",
        icon="clock" if late else "check-circle",
        detail=f"{action.get_kind_display()}: {action.title}",
        href=reverse("activities:activity", args=[action.pk]),
        button=_("What came of it"),
    )


def _to_confirm(viewer: User) -> Iterator[Task]:
    """What waits for the head."""
    for key in segmentation.waiting_for(viewer):
        yield Task(
            title=key.client.name,
            word=_("Waits for you"),
            state="warn",
            icon="star",
            detail=_("%(name)s wants the client in the own list, influence %(value)s.")
            % {"name": key.manager.short_name, "value": round(key.influence)},
            href=f"{reverse('segmentation:my-keys')}?manager={key.manager_id}",
            button=_("Confirm or send back"),
        )


def _to_decide(viewer: User) -> Iterator[Task]:
    """What waits for the owner."""
    if not viewer.may("segmentation.decide_company_key"):
        return
    states = (CompanyKey.State.PROPOSED, CompanyKey.State.REVIEW_DUE)
    keys = list(segmentation.company_keys(viewer, states=states))
    known = segmentation.standing_of(viewer, [key.client_id for key in keys])
    for key in keys:
        proposed = key.state == CompanyKey.State.PROPOSED
        yield Task(
            title=key.client.name,
            word=_("Decision is due") if proposed else _("Yearly review"),
            state="warn",
            icon="building",
            detail=_("Proposed as key for the company, index %(index)s.")
            % {"index": round(key.kci)},
            href=reverse("segmentation:company-key", args=[key.pk]),
            button=_("Decide"),
            money=month_of_profit(known.get(key.client_id)),
        )


def _imports(viewer: User) -> Iterator[Task]:
    """Files that were left half-way."""
    if not viewer.may("ledger.import"):
        return
    states = (LedgerImport.State.UPLOADED, LedgerImport.State.CHECKED, LedgerImport.State.FAILED)
    for found in ledger.imports(viewer).filter(state__in=states)[:5]:
        yield Task(
            title=found.name,
            word=found.get_state_display(),
            state="warn",
            icon="upload",
            detail=found.failure or _("The file waits for the next step."),
            href=reverse("ledger:imports"),
            button=_("Go on"),
        )


def month_of_profit(standing: Standing | None) -> int | None:
    """What the client brings in a month: gross profit, or revenue where no cost is known."""
    if standing is None:
        return None
    year = standing.revenue if standing.gross_profit is None else standing.gross_profit
    return max(0, year) // 12
