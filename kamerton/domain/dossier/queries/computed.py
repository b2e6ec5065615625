"""Questions that records answer: the ledger, estimates, the card, who held the client.

Nothing of it is stored in the dossier: it is read whenever it is shown, by the viewer's rights.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kamerton.calc.period import Month, Period
from kamerton.domain.accounts import queries as accounts
from kamerton.domain.accounts.models import OWNING, Client
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation import queries as segmentation
from kamerton.domain.segmentation.models import CriterionEvidence
from kamerton.platform.access.models import User

YEARS = 3
SHOWN = 8
Kind = Literal["money", "percent", "number", "day", "text"]
Value = int | float | str | dt.date | None


@dataclass(frozen=True)
class Line:
    """One line of an answer: what, how much, in what kind of figure."""

    label: str | Promise
    value: Value
    kind: Kind = "text"


@dataclass(frozen=True)
class Computed:
    """The answer of records; without lines `missing` says why there is none."""

    lines: tuple[Line, ...] = ()
    origin: str | Promise = ""  # where it is read from
    on: dt.date | None = None
    missing: str | Promise = ""

    @property
    def has_data(self) -> bool:
        """True if records say anything."""
        return bool(self.lines)


@dataclass(frozen=True)
class _Asked:
    """For whom, of whom, of what year."""

    viewer: User
    client: Client
    period: Period
    on: dt.date


NO_SOURCE = Computed(missing=_("No register keeps this yet. Answer it by hand if you know it."))
NOT_SHOWN = Computed(missing=_("The money of this client is not shown to you."))


def computed_answers(
    viewer: User, client: Client, codes: Iterable[str], *, on: dt.date
) -> dict[str, Computed]:
    """What records answer to the questions named; money by the viewer's rights."""
    asked = _Asked(viewer, client, ledger.closed_year(on), on)
    sees = ledger.sees_money(viewer, client)
    found = {}
    for code in codes:
        reader = READERS.get(code)
        if reader is None:
            found[code] = NO_SOURCE
        elif code in OF_MONEY and not sees:
            found[code] = NOT_SHOWN
        else:
            found[code] = reader(asked)
    return found


def _share(asked: _Asked) -> Computed:
    """5.2: our share of what the client spends, by category."""
    lines = [
        Line(_name(row), row.share, "percent") for row in _wallets(asked) if row.share is not None
    ]
    missing = _("Estimate what the client buys in all, and the share shows itself.")
    return Computed(tuple(lines), _("sales against the estimate of purchases"), asked.on, missing)


def _white_space(asked: _Asked) -> Computed:
    """5.6: what could be won where we sell little or nothing."""
    rows = [(row, row.attainable or 0.0) for row in _wallets(asked)]
    open_ones = [
        Line(_name(row), round(gap), "money")
        for row, gap in sorted(rows, key=lambda pair: -pair[1])
        if gap > 0 and row.estimate.category is not None
    ]
    missing = _("Estimate purchases by category: what we do not sell there shows itself.")
    return Computed(tuple(open_ones[:SHOWN]), _("estimates less our sales"), asked.on, missing)


def _sales(asked: _Asked) -> Computed:
    """7.2: years, then the categories of the last one."""
    last = Month.of(asked.period.until)
    span = Period.of_months(last + (1 - 12 * YEARS), last)
    months = ledger.client_month_totals(asked.viewer, asked.client, span)
    sums: dict[str, int] = {}
    for at, month in enumerate(months):
        first = months[at - at % 12].month
        year = f"{first:%m.%Y} – {(Month.of(first) + 11).first_day:%m.%Y}"
        sums[year] = sums.get(year, 0) + month.revenue
    years = [Line(year, revenue, "money") for year, revenue in sums.items() if revenue]
    goods = ledger.goods_of(asked.viewer, asked.client, asked.period, by="category")
    named = [Line(row.name or _("without a category"), row.revenue, "money") for row in goods]
    lines = (*years, *named[:SHOWN]) if years else ()
    missing = _("The ledger has no sales to this client.")
    return Computed(lines, _("sales ledger"), asked.period.until, missing)


def _profit(asked: _Asked) -> Computed:
    """8.4: revenue, gross profit and margin of the closed year."""
    standing = segmentation.standing_of(asked.viewer, [asked.client.pk]).get(asked.client.pk)
    if standing is None or standing.gross_profit is None:
        return Computed(missing=_("Costs are not in the ledger."))
    lines = [
        Line(_("Revenue, 12 months"), standing.revenue, "money"),
        Line(_("Gross profit"), standing.gross_profit, "money"),
    ]
    if standing.revenue > 0:
        lines.append(Line(_("Margin"), standing.gross_profit / standing.revenue, "percent"))
    return Computed(tuple(lines), _("sales ledger"), standing.restatement.as_of)


def _terms(asked: _Asked) -> Computed:
    """8.2: the deferral of the card, and how the money came."""
    lines = []
    if asked.client.deferral_days is not None:
        lines.append(Line(_("Payment deferral, days"), asked.client.deferral_days, "number"))
    months = ledger.client_month_totals(asked.viewer, asked.client, asked.period)
    if any(month.cash for month in months):
        lines.append(Line(_("Shipped, 12 months"), sum(m.revenue for m in months), "money"))
        lines.append(Line(_("Paid, 12 months"), sum(m.cash for m in months), "money"))
    missing = _("Neither the card nor the ledger says anything of payment.")
    return Computed(tuple(lines), _("card and sales ledger"), asked.on, missing)


def _managers(asked: _Asked) -> Computed:
    """7.6: who held the client."""
    held = [a for a in accounts.assignments(asked.viewer, asked.client) if a.role in OWNING]
    lines = tuple(Line(part.user.full_name, part.since, "day") for part in held[:SHOWN])
    return Computed(lines, _("assignments"), asked.on, _("Nobody has held this client yet."))


def _loyalty(asked: _Asked) -> Computed:
    """11.2: the newest NPS."""
    known = CriterionEvidence.objects.visible_to(asked.viewer).standing()
    newest = known.filter(client=asked.client, criterion="loyal", item="nps").order_by("-on", "-pk")
    found = newest.first()
    if found is None:
        return Computed(missing=_("The client was never asked how ready he is to recommend us."))
    lines = (Line(_("NPS, 0 to 10"), found.mark, "number"), Line(_("Said"), found.note))
    return Computed(lines, _("marks of the criteria"), found.on)


def _wallets(asked: _Asked) -> list[segmentation.CategoryWallet]:
    method = methodology.current()
    standing = segmentation.standing_of(asked.viewer, [asked.client.pk]).get(asked.client.pk)
    revenue = standing.revenue if standing else 0
    return segmentation.category_wallets(
        asked.viewer, asked.client, revenue, period=asked.period, method=method
    )


def _name(row: segmentation.CategoryWallet) -> str | Promise:
    category = row.estimate.category
    return category.name if category else _("All that we sell")


READERS: Mapping[str, Callable[[_Asked], Computed]] = {
    "5.2": _share,
    "5.6": _white_space,
    "7.2": _sales,
    "7.6": _managers,
    "8.2": _terms,
    "8.4": _profit,
    "11.2": _loyalty,
}
OF_MONEY = {"5.2", "5.6", "7.2", "8.2", "8.4"}
