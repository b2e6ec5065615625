"""All that is known of every client, computed at once as arrays aligned by position."""

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kamerton.calc.arrays import Flags, Floats, Whole, Words, ratio
from kamerton.calc.company_key import Assessment, ClientFacts, assess
from kamerton.calc.concentration import abc_classes, descending_order
from kamerton.calc.period import Month, Period
from kamerton.calc.regularity import xyz_classes
from kamerton.calc.retention import active_on, growth
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology.content import Base, Methodology
from kamerton.domain.segmentation.queries import bridge
from kamerton.domain.segmentation.queries.marks import Evidence, evidence
from kamerton.domain.segmentation.queries.wallets import Wallets, wallets
from kamerton.platform.access.models import User

YEAR = 12
Days = NDArray[np.datetime64]


@dataclass(frozen=True)
class Money:
    """Money of a year of each client, minor units; gross profit counts where `has_cost`."""

    revenue: Whole
    gross_profit: Whole
    has_cost: Flags
    cash: Whole
    costed_revenue: Whole

    def of(self, base: str) -> Whole:
        """The column of a base; no cost is no gross profit."""
        found: Whole = getattr(self, base)
        return np.where(self.has_cost, found, 0) if base == Base.GROSS_PROFIT else found

    @property
    def cost_coverage(self) -> float:
        """The part of revenue whose cost is known, 0..1."""
        total = self.revenue.sum()
        return float(self.costed_revenue.sum() / total) if total > 0 else 0.0


@dataclass(frozen=True)
class Rhythm:
    """How regularly each client buys; empty days are NaT, empty numbers NaN."""

    months_of_history: Whole
    active_months: Whole
    xyz: Words
    cv: Floats
    last_on: Days
    interval_days: Floats
    is_active: Flags
    was_active: Flags  # a year before


@dataclass(frozen=True)
class Classes:
    """Shares and classes by each base; the place by the base that counts."""

    share_revenue: Floats
    share_gross_profit: Floats
    share_cash: Floats
    abc_revenue: Words
    abc_gross_profit: Words
    abc_cash: Words
    place: Whole


@dataclass(frozen=True)
class Measures:
    """Every client of the company in one period, by the method given."""

    method: Methodology
    period: Period
    base: Base
    client_id: Whole
    money: Money
    before: Money  # the same stretch a year earlier
    rhythm: Rhythm
    classes: Classes
    growth: Floats
    wallets: Wallets
    verdict: Assessment


def measures(viewer: User, *, as_of: dt.date, method: Methodology) -> Measures:
    """Compute everything for the year closed on `as_of`; the viewer is the system, as a result
    must not depend on who pressed the button (some 10 queries, whatever the number of clients).
    """
    period = ledger.closed_year(as_of)
    ids, now, before = _years(viewer, period)
    base = resolved_base(method, now)
    rhythm = replace(
        _rhythm(viewer, ids, period, method), last_on=_last_shipments(viewer, ids, period, as_of)
    )
    classes = _classes(now, base, method)
    known = wallets(viewer, ids, now.revenue, period=period, method=method)
    facts = facts_of(now, classes, rhythm, known, evidence(ids, method))
    return Measures(
        method=method,
        period=period,
        base=base,
        client_id=ids,
        money=now,
        before=before,
        rhythm=rhythm,
        classes=classes,
        growth=growth(now.of(base), before.of(base)),
        wallets=known,
        verdict=assess(facts, bridge.company_criteria(method)),
    )


def resolved_base(method: Methodology, money: Money) -> Base:
    """The base that counts: AUTO is gross profit where enough of the cost is known."""
    if method.base is not Base.AUTO:
        return method.base
    known = money.cost_coverage >= method.abc.cost_coverage
    return Base.GROSS_PROFIT if known and money.has_cost.any() else Base.REVENUE


def facts_of(
    money: Money, classes: Classes, rhythm: Rhythm, known: Wallets, marks: Evidence
) -> ClientFacts:
    """What the criteria are judged by."""
    in_a = np.where(money.has_cost.any(), classes.abc_gross_profit, classes.abc_revenue) == "A"
    return ClientFacts(
        revenue_share=classes.share_revenue,
        profit_share=classes.share_gross_profit,
        class_a=in_a,
        share_of_wallet=known.share,
        months=rhythm.months_of_history,
        active_months=rhythm.active_months,
        nps=marks.nps,
        gap=known.gap,
        sales=money.revenue,
        budget=marks.budget,
        status_marks=marks.status,
        partner_forms=marks.partner_forms,
        complexity_marks=marks.complex_marks,
        company_revenue=float(money.revenue.sum()),
    )


def _years(viewer: User, period: Period) -> tuple[Whole, Money, Money]:
    """Every present client and every one with sales, with this year's and last year's money."""
    figures = ledger.client_figures(viewer, period)
    earlier = ledger.client_figures(viewer, period.shift_years(-1))
    present = np.fromiter(Client.objects.present().values_list("pk", flat=True), np.int64)
    ids = np.unique(np.concatenate([present, figures.client_id, earlier.client_id]))
    return ids, _money(ids, figures), _money(ids, earlier)


def _money(ids: Whole, figures: ledger.ClientFigures) -> Money:
    known, places = _aligned(ids, figures.client_id)

    def placed(column: Whole) -> Whole:
        found = np.zeros(ids.size, np.int64)
        found[places] = column[known]
        return found

    return Money(
        revenue=placed(figures.revenue),
        gross_profit=placed(figures.gross_profit),
        has_cost=placed(figures.has_cost.astype(np.int64)) > 0,
        cash=placed(figures.cash),
        costed_revenue=placed(figures.costed_revenue),
    )


def _rhythm(viewer: User, ids: Whole, period: Period, method: Methodology) -> Rhythm:
    until, before = Month.of(period.until), period.shift_years(-1).until
    shipped = _shipped(viewer, ids, until)
    first, last, interval = _span(viewer, ids, period.until)
    history = _months_since(first, until)
    xyz = xyz_classes(shipped, history=history, limits=bridge.xyz_limits(method))
    _, last_then, interval_then = _span(viewer, ids, before)
    rule = bridge.activity_rule(method)
    return Rhythm(
        months_of_history=history,
        active_months=(shipped > 0).sum(axis=1).astype(np.int64),
        xyz=xyz.classes,
        cv=xyz.variation,
        last_on=last,
        interval_days=interval,
        is_active=active_on(period.until, last, interval, rule),
        was_active=active_on(before, last_then, interval_then, rule),
    )


def _last_shipments(viewer: User, ids: Whole, period: Period, as_of: dt.date) -> Days:
    """The last shipment of each client up to `as_of`: of the running month too, as silence is
    counted till today though figures are of closed periods only.
    """
    _, last, _ = _span(viewer, ids, period.until)
    running = Month.of(period.until) + 1
    if Month.of(as_of) < running:
        return last
    found = ledger.client_figures(viewer, Period.of_months(running, Month.of(as_of)))
    known, places = _aligned(ids, found.client_id)
    newer = last.copy()
    newer[places] = found.last_on[known]
    return np.where(np.isnat(newer), last, newer)


def _shipped(viewer: User, ids: Whole, until: Month) -> Floats:
    """Shipments of each client in each of the last 12 months."""
    months = ledger.client_months(viewer, until, YEAR)
    known, places = _aligned(ids, months.client_id)
    shipped = np.zeros((ids.size, YEAR))
    shipped[places] = np.maximum(months.shipped[known], 0)
    return shipped


def _span(viewer: User, ids: Whole, as_of: dt.date) -> tuple[Days, Days, Floats]:
    """First and last shipment of each client up to `as_of`, and the median interval."""
    found = ledger.order_rhythm(viewer, as_of)
    known, places = _aligned(ids, found.client_id)
    first = np.full(ids.size, np.datetime64("NaT"), "datetime64[D]")
    last, interval = first.copy(), np.full(ids.size, np.nan)
    first[places], last[places] = found.first_on[known], found.last_on[known]
    interval[places] = found.median_interval_days[known]
    return first, last, interval


def _aligned(ids: Whole, found: Whole) -> tuple[Flags, Whole]:
    """Which of `found` are among `ids`, and their places there; an import may come between."""
    known = np.isin(found, ids)
    return known, np.searchsorted(ids, found[known])


def _months_since(first: Days, until: Month) -> Whole:
    """Months from the first shipment on, both ends counted; 0 without any."""
    months = np.datetime64(until.first_day, "M") - first.astype("datetime64[M]")
    count = months.astype(np.int64) + 1
    return np.where(np.isnat(first), 0, np.maximum(count, 0))


def _classes(money: Money, base: Base, method: Methodology) -> Classes:
    def classes(name: Base) -> Words:
        return abc_classes(
            money.of(name),
            a=method.abc.a_share,
            b=method.abc.b_share,
            crossing=bridge.crossing(method),
        )

    place = np.empty(money.revenue.size, np.int64)
    place[descending_order(money.of(base))] = np.arange(1, place.size + 1)
    profit = classes(Base.GROSS_PROFIT) if money.has_cost.any() else np.full(place.size, "")
    return Classes(
        share_revenue=shares(money.of(Base.REVENUE)),
        share_gross_profit=shares(money.of(Base.GROSS_PROFIT)),
        share_cash=shares(money.of(Base.CASH)),
        abc_revenue=classes(Base.REVENUE),
        abc_gross_profit=profit,
        abc_cash=classes(Base.CASH),
        place=place,
    )


def shares(values: Whole) -> Floats:
    """The part of each in the company's whole, NaN if the whole is not positive."""
    return ratio(values.astype(np.float64), float(values.sum()))
