"""The client's page: what happened, what is at risk, what to do next, from all contexts."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.calc.lines import Kind
from kamerton.calc.period import Month, Period
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.ledger.queries import MonthTotal
from kamerton.domain.segmentation import queries as segmentation
from kamerton.domain.segmentation.models import Standing
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.web.client_page import client_head, shown_client
from kamerton.web.ui.items import Input, Why

YEARS_SHOWN = 3
LINES_SHOWN = 100
KINDS = {
    Kind.ORDER: gettext_lazy("order"),
    Kind.SHIPMENT: gettext_lazy("shipment"),
    Kind.INVOICE: gettext_lazy("invoice"),
    Kind.PAYMENT: gettext_lazy("payment"),
    Kind.RETURN: gettext_lazy("return"),
    Kind.CORRECTION: gettext_lazy("correction"),
}


@dataclass(frozen=True)
class Money:
    """What the ledger says of a client; None fields: no data."""

    period: Period
    standing: Standing | None
    months: list[MonthTotal]  # of the last closed year
    why: dict[str, Why]

    @property
    def revenue_line(self) -> list[int]:
        """Revenue month by month, for a sparkline."""
        return [month.revenue for month in self.months]

    @property
    def profit_line(self) -> list[int]:
        """Gross profit month by month; nothing if no cost is known."""
        known = [month.gross_profit for month in self.months if month.gross_profit is not None]
        return known if len(known) == len(self.months) else []

    @property
    def cash_line(self) -> list[int]:
        """Money received month by month."""
        return [month.cash for month in self.months]

    @property
    def margin(self) -> float | None:
        """Gross profit to revenue of the year."""
        standing = self.standing
        if standing is None or standing.gross_profit is None or standing.revenue <= 0:
            return None
        return standing.gross_profit / standing.revenue

    @property
    def silent_days(self) -> int | None:
        """Days since the last shipment."""
        last_on = self.standing.last_on if self.standing else None
        return (localdate() - last_on).days if last_on else None

    @property
    def rhythm_state(self) -> str:
        """How the silence compares with the client's own rhythm."""
        silent, usual = self.silent_days, self.standing.interval_days if self.standing else None
        if silent is None or not usual:
            return "mute"
        return "bad" if silent > 2.5 * usual else "warn" if silent > 1.5 * usual else "ok"


def overview(request: Request, pk: int) -> HttpResponse:
    """The first page of a client."""
    client = shown_client(request.user, pk)
    if client.merged_into_id:
        return redirect("desk:client", client.merged_into_id)
    context = client_head(request.user, client, "overview")
    if context["sees_money"]:
        context |= {"money": _money(request.user, client)}
    return render(request, "desk/client.html", context)


def sales(request: Request, pk: int) -> HttpResponse:
    """Three years of sales: chart, goods, lines."""
    client = shown_client(request.user, pk)
    context = client_head(request.user, client, "sales")
    if context["sees_money"]:
        context |= _sales(request.user, client)
    return render(request, "desk/client_sales.html", context)


def history(request: Request, pk: int) -> HttpResponse:
    """Who held the client and what was changed."""
    client = shown_client(request.user, pk)
    return render(request, "desk/client_history.html", client_head(request.user, client, "history"))


def _money(viewer: User, client: Client) -> Money:
    period = ledger.closed_year(localdate())
    standing = segmentation.standing_of(viewer, [client.pk]).get(client.pk)
    months = ledger.client_month_totals(viewer, client, period)
    return Money(period, standing, months, _why(standing, period))


def _why(standing: Standing | None, period: Period) -> dict[str, Why]:
    """The answers to “Why so?” of the figures."""
    if standing is None:
        return {}
    span = f"{formats.day(period.since)} – {formats.day(period.until)}"
    method = str(standing.restatement.methodology)
    return {
        "revenue": Why(
            formula=_("Shipments less returns, of 12 closed months."),
            inputs=(
                Input(_("Period"), span),
                Input(_("Revenue"), formats.money(standing.revenue)),
                Input(_("A year before"), formats.money(standing.revenue_before)),
            ),
            on=standing.restatement.as_of,
            method=method,
            records=reverse("desk:client-sales", args=[standing.client_id]),
        ),
        "profit": Why(
            formula=_("Revenue less cost, over the lines whose cost is known."),
            inputs=(Input(_("Gross profit"), formats.money(standing.gross_profit)),),
            on=standing.restatement.as_of,
            method=method,
        ),
        "rhythm": Why(
            formula=_("Days since the last shipment against the median of days between two."),
            inputs=(
                Input(_("Last shipment"), formats.day(standing.last_on)),
                Input(_("Median, days"), formats.number(standing.interval_days)),
            ),
            on=standing.restatement.as_of,
            method=method,
        ),
        "place": Why(
            formula=_("Clients in order of the base; A brings the first 80 %, B up to 95 %."),
            inputs=(
                Input(_("Place"), formats.number(standing.place)),
                Input(_("Variation of months"), formats.number(standing.cv, 2)),
            ),
            on=standing.restatement.as_of,
            method=method,
            records=reverse("segmentation:pareto"),
        ),
        "wallet": Why(
            formula=_("Our sales to what the client buys of the same goods in all."),
            inputs=(Input(_("Buys in all, a year"), formats.money(standing.wallet)),),
            confidence=formats.percent(standing.wallet_confidence),
            on=standing.restatement.as_of,
            method=method,
        ),
    }


def _sales(viewer: User, client: Client) -> dict[str, object]:
    closed = ledger.closed_year(localdate())
    last = Month.of(closed.until)
    span = Period.of_months(last + (1 - 12 * YEARS_SHOWN), last)
    months = ledger.client_month_totals(viewer, client, span)
    return {
        "period": closed,
        "chart": _by_years(months),
        "months": list(reversed(months)),
        "categories": ledger.goods_of(viewer, client, closed, by="category"),
        "products": ledger.goods_of(viewer, client, closed, by="product")[:20],
        "lines": [
            row | {"kind": KINDS[row["kind"]]}
            for row in ledger.client_lines(viewer, client, limit=LINES_SHOWN).to_pylist()
        ],
        "lines_shown": LINES_SHOWN,
    }


def _by_years(months: list[MonthTotal]) -> dict[str, object]:
    """The years laid over each other, the last one as the fact."""
    years = [months[start : start + 12] for start in range(0, len(months), 12)]
    roles = ["base", "plan", "fact"][-len(years) :]
    series = [
        {
            "name": f"{formats.month(year[0].month)} – {formats.month(year[-1].month)}",
            "values": [month.revenue / 100 for month in year],
            "role": role,
        }
        for year, role in zip(years, roles, strict=True)
        if year
    ]
    labels = [formats.month_short(month.month) for month in years[-1]] if years else []
    return {"labels": labels, "series": series, "format": "money"}
