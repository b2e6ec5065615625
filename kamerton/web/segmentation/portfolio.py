"""The portfolio: a manager's slots for key clients as cards, free ones inviting."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from kamerton.calc.period import Month
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation import queries
from kamerton.domain.segmentation.queries import Portfolio, PortfolioRow
from kamerton.platform.access import queries as access
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.ui.asked import whole

MONTHS = 12


@dataclass(frozen=True)
class Card:
    """A key client in its slot; money in minor units."""

    row: PortfolioRow
    tier: str
    months: list[int]  # revenue of the last closed months
    alarms: list[str]


def page(request: Request) -> HttpResponse:
    """The slots of one manager; a head chooses whose."""
    require(request.user, "segmentation.view_key")
    manager = chosen_manager(request)
    found = queries.portfolio(request.user, manager)
    context = {
        "manager": manager,
        "managers": access.managers_of_keys(request.user),
        "found": found,
        "cards": cards(request.user, found) if found else [],
        "free": range(max(0, found.slots.cap - found.slots.used)) if found else range(0),
        "waiting": queries.waiting_for(request.user),
    }
    return render(request, "segmentation/portfolio.html", context)


def chosen_manager(request: Request) -> User:
    """Whose list is looked at: the one asked for, else one's own, else the first that is seen."""
    asked = whole(request.GET.get("manager"))
    seen = access.managers_of_keys(request.user)
    if asked and (found := seen.filter(pk=asked).first()):
        return found
    own = request.user.may("segmentation.propose_manager_key")
    return request.user if own else seen.first() or request.user


def cards(viewer: User, found: Portfolio) -> list[Card]:
    """The taken slots with their months."""
    last = Month.of(ledger.closed_year(localdate()).until)
    months = ledger.client_months(viewer, last, MONTHS)
    rows = dict(zip(months.client_id.tolist(), months.revenue.tolist(), strict=True))
    titles = {tier.code: str(tier.title) for tier in methodology.current().tiers}
    return [
        Card(
            row=row,
            tier=titles.get(row.key.tier, row.key.tier),
            months=rows.get(row.key.client_id, []),
            alarms=alarms(row),
        )
        for row in found.rows
    ]


def alarms(row: PortfolioRow) -> list[str]:
    """What is wrong with a key client, as codes for the template."""
    standing = row.standing
    found = []
    if row.must_reassess:
        found.append("reassess")
    if standing and standing.growth is not None and standing.growth < -0.1:
        found.append("falls")
    if standing and standing.last_on and standing.interval_days:
        silent = (localdate() - standing.last_on).days
        if silent > 2 * standing.interval_days:
            found.append("silent")
    if row.key.state == row.key.State.SUBMITTED:
        found.append("waits")
    return found
