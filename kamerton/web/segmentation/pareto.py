"""Pareto and concentration: the curve, its classes, the clients behind it, sliders of weights."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.calc.period import Month, Period
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation import queries
from kamerton.domain.segmentation.models import Standing
from kamerton.domain.segmentation.queries import Pareto
from kamerton.platform import formats
from kamerton.platform.access import queries as access
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.tables import Column
from kamerton.platform.tables import Row as TableRow
from kamerton.web.ui.asked import number, whole
from kamerton.web.ui.downloads import table_file
from kamerton.web.ui.items import Input, Tab, Why

BASES = {
    "revenue": gettext_lazy("Revenue"),
    "gross_profit": gettext_lazy("Gross profit"),
    "cash": gettext_lazy("Money"),
}
CRITERIA = ("large", "loyal", "promising", "status", "partner", "complex")
PER_PAGE = 50
SHIFTS_SHOWN = 12
MILLION = 100_000_000  # in minor units: from here on the table shows thousands


@dataclass(frozen=True)
class Row:
    """A client on the curve; money in minor units, shares of 1."""

    place: int
    client: Client
    letter: str
    value: int
    share: float
    cumulative: float
    standing: Standing | None
    criteria: tuple[str, ...] = ()  # titles of those passed

    @property
    def thousands(self) -> float:
        """The money in thousands of units, small sums to a tenth."""
        found = self.value / 100_000
        return round(found, 0 if abs(found) >= 10 else 1)

    @property
    def units(self) -> int:
        """The money in whole units."""
        return round(self.value / 100)

    @property
    def share_percent(self) -> float:
        """The share in per cent, as the head of the column says."""
        return self.share * 100

    @property
    def cumulative_percent(self) -> float:
        """The cumulative share in per cent."""
        return self.cumulative * 100


def page(request: Request) -> HttpResponse:
    """The page; with htmx only the table of the chosen places."""
    found = _found(request)
    context = {"found": found, **_table(request, found)}
    if request.htmx and request.htmx.target == "clients":
        return render(request, "segmentation/pareto_clients.html", context)
    before = queries.pareto(
        request.user,
        base=found.base,
        period=found.period.shift_years(-1),
        manager=_manager(request),
    )
    context |= {
        "before": before,
        "bases": _bases(request, found),
        "chart": _chart(found),
        "why": _why(found),
        "managers": access.sellers(request.user),
        "manager": _manager(request),
        "weights": _weights(),
        "limits": methodology.current().capacity,
        "capacity": queries.capacity(),
    }
    return render(request, "segmentation/pareto.html", context)


def weights(request: Request) -> HttpResponse:
    """Who would enter and who drop out with other weights; nothing is stored."""
    require(request.user, "segmentation.view_company")
    moved = queries.rank_shift(request.user, weights=_asked_weights(request))
    context = {
        "enters": [row for row in moved if row.enters][:SHIFTS_SHOWN],
        "drops": [row for row in moved if row.drops][:SHIFTS_SHOWN],
        "moved": sum(row.old_place != row.new_place for row in moved),
    }
    return render(request, "segmentation/pareto_shift.html", context)


def export(request: Request) -> HttpResponseBase:
    """The table of the page as a file."""
    found = _found(request)
    columns = (
        Column(_("Place"), "number", 8),
        Column(_("Client"), "text", 40),
        Column(_("Class"), "text", 8),
        Column(BASES[found.base], "money", 18),
        Column(_("Share"), "percent", 10),
        Column(_("Cumulative share"), "percent", 10),
        Column(_("Manager"), "text", 30),
    )
    return table_file(request, "pareto", columns, _export_rows(request.user, found))


def _export_rows(viewer: User, found: Pareto) -> Iterator[TableRow]:
    for start in range(0, found.client_id.size, 1000):
        for row in _rows(viewer, found, slice(start, start + 1000)):
            manager = row.client.manager.full_name if row.client.manager else ""
            money = (row.value, row.share, row.cumulative)
            yield (row.place, row.client.name, row.letter, *money, manager)


def _found(request: Request) -> Pareto:
    require(request.user, "segmentation.view_company")
    base = request.GET.get("base", "")
    return queries.pareto(
        request.user,
        base=base if base in BASES else "",
        period=_period(request),
        manager=_manager(request),
    )


def _period(request: Request) -> Period:
    """The asked period, widened to whole months; the closed year if nothing is asked."""
    try:
        since = dt.date.fromisoformat(request.GET.get("since", ""))
        until = dt.date.fromisoformat(request.GET.get("until", ""))
        return Period.of_months(Month.of(since), Month.of(until))
    except ValueError:
        return ledger.closed_year(localdate())


def _manager(request: Request) -> User | None:
    asked = whole(request.GET.get("manager"))
    return access.sellers(request.user).filter(pk=asked).first() if asked else None


def _places(request: Request, count: int) -> tuple[int, int]:
    """The chosen places of the curve, 1 and the last if none are."""
    low, high = whole(request.GET.get("from_place")), whole(request.GET.get("to_place"))
    if low is None or high is None:
        return 1, count
    return max(1, low), min(count, high)


def _table(request: Request, found: Pareto) -> dict[str, object]:
    count = found.client_id.size
    low, high = _places(request, count)
    places = range(low - 1, max(high, low - 1))
    pages: Page[int] = Paginator(places, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(pages.object_list)
    rows = _rows(request.user, found, slice(shown[0], shown[-1] + 1)) if shown else []
    thousands = bool(count) and int(found.value[0]) >= MILLION
    heading = _("%(base)s, K %(sign)s") if thousands else "%(base)s, %(sign)s"
    return {
        "value_title": heading % {"base": BASES[found.base], "sign": formats.currency_sign()},
        "thousands": thousands,
        "rows": rows,
        "page": pages,
        "count": count,
        "low": low,
        "high": high,
        "chosen": (low, high) != (1, count),
        "chosen_money": int(found.value[low - 1 : high].sum()),
    }


def _rows(viewer: User, found: Pareto, places: slice) -> list[Row]:
    """Clients of the places, in order (3 queries)."""
    part = queries.limited(found, places)
    ids = part.client_id.tolist()
    named = queries.clients_of(viewer, part)
    known = queries.standing_of(viewer, ids)
    titles = {one.code: str(one.title) for one in methodology.current().criteria}
    return [
        Row(
            place=places.start + step + 1,
            client=named[pk],
            letter=str(part.classes[step]),
            value=int(part.value[step]),
            share=float(part.share[step]),
            cumulative=float(part.cumulative[step]),
            standing=known.get(pk),
            criteria=tuple(titles[code] for code in _passed(known.get(pk))),
        )
        for step, pk in enumerate(ids)
        if pk in named
    ]


def _passed(standing: Standing | None) -> list[str]:
    return standing.passed_codes if standing else []


def _bases(request: Request, found: Pareto) -> list[Tab]:
    tabs = []
    for code, title in BASES.items():
        query = request.GET.copy()
        query["base"] = code
        tabs.append(Tab(str(title), f"?{query.urlencode()}", code == found.base))
    return tabs


def _chart(found: Pareto) -> dict[str, object]:
    curve = queries.curve(found)
    places = curve.place.tolist()
    zones, until = [], 0
    for part in found.summary:
        until += part.clients
        share = round(part.share * 100, 1) if part.clients else 0
        zones.append({"letter": part.name, "until": until, "share": share, "count": part.clients})
    values = found.share[curve.place - 1] * 100
    return {
        "values": [round(value, 4) for value in values.tolist()],
        "places": places,
        "cumulative": [round(value * 100, 3) for value in curve.cumulative.tolist()],
        "count": int(found.client_id.size),
        "zones": zones,
    }


def _weights() -> list[tuple[str, str, float]]:
    method = methodology.current()
    return [
        (code, str(method.criterion(code).title), getattr(method.company_weights, code))
        for code in CRITERIA
    ]


def _why(found: Pareto) -> dict[str, Why]:
    """The answers to “Why so?” of the strip."""
    span = f"{formats.day(found.period.since)} – {formats.day(found.period.until)}"
    method = str(found.method_version)
    shared = (
        Input(_("Base"), str(BASES[found.base])),
        Input(_("Period"), span),
        Input(_("Clients with the base above zero"), formats.number(found.buyers)),
        *(Input(_("Definition"), str(one)) for one in found.definitions),
    )
    table = reverse("segmentation:pareto-export") + "?format=xlsx"
    sentences = {
        "hhi": _("The sum of squared shares in per cent: 10,000 is one client, near 0 is many."),
        "top1": _("The share of the largest client."),
        "top5": _("The share of the five largest clients together."),
        "n80": _("The fewest clients that together bring 80 per cent of the base."),
        "all": _("Clients are put in order of the base; the curve adds their shares up."),
    }
    return {
        name: Why(formula=text, inputs=shared, method=method, records=table)
        for name, text in sentences.items()
    }


def _asked_weights(request: Request) -> dict[str, float]:
    """The weights of the sliders; where one is missing, and if all are zero, those in force."""
    given = {code: number(request.GET.get(code), weight) for code, _title, weight in _weights()}
    return given if sum(given.values()) > 0 else {}
