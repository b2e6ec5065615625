"""Reports of where the money comes from: totals, Pareto, classes, concentration, retention."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kamerton.calc import definitions
from kamerton.calc.period import Month
from kamerton.cli.report.asked import Asked
from kamerton.cli.report.printed import (
    BASES,
    COUNT,
    MONEY,
    NUMBER,
    RATIO,
    SHARE,
    YES,
    Column,
    Figure,
    Report,
)
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation import queries
from kamerton.domain.segmentation.queries import AbcXyz, Pareto, RetentionFigures
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require

COMPANY, SALES = "segmentation.view_company", "ledger.view_money"
NET, DOCUMENTS = definitions.REVENUE_NET_OF_RETURNS, definitions.DOCUMENT_BY_DAY


def totals(asked: Asked) -> Report:
    """The ledger month by month."""
    require(asked.viewer, SALES)
    period, method = asked.period(), methodology.current()
    found = ledger.month_totals(asked.viewer, period)
    known = [month.gross_profit for month in found if month.gross_profit is not None]
    nobody = ledger.without_client(asked.viewer, period)
    left_out = set(BASES) - {asked.base} if asked.base else set()
    figures = [
        Figure("revenue", _("Revenue"), sum(month.revenue for month in found), MONEY, NET),
        Figure("gross_profit", _("Gross profit"), sum(known) if known else None, MONEY, NET),
        Figure("cash", _("Money"), sum(month.cash for month in found), MONEY),
        Figure(
            "documents", _("Documents"), sum(month.documents for month in found), COUNT, DOCUMENTS
        ),
        Figure("without_client", _("Revenue without a client"), nobody.revenue, MONEY, NET),
        Figure("lines_without_client", _("Lines without a client"), nobody.lines, COUNT),
    ]
    columns = [
        Column("month", _("Month")),
        Column("revenue", _("Revenue"), MONEY),
        Column("gross_profit", _("Gross profit"), MONEY),
        Column("cash", _("Money"), MONEY),
        Column("documents", _("Documents"), COUNT),
        Column("clients", _("Clients"), COUNT),
    ]
    rows = [
        (
            *(str(Month.of(month.month)), month.revenue, month.gross_profit, month.cash),
            *(month.documents, month.clients),
        )
        for month in found
    ]
    return Report(
        *("totals", _("Totals by month"), asked.base, period, method.version, (NET, DOCUMENTS)),
        figures=[one for one in figures if one.code not in left_out],
        columns=[one for one in columns if one.code not in left_out],
        rows=[
            [value for one, value in zip(columns, row, strict=True) if one.code not in left_out]
            for row in rows
        ],
    )


def pareto(asked: Asked) -> Report:
    """Clients from the largest down, with the curve."""
    found = _pareto(asked)
    columns = [
        Column("place", _("Place"), COUNT),
        Column("client", _("Client")),
        Column("class", _("Class")),
        Column("value", _("Sum"), MONEY),
        Column("share", _("Share"), SHARE),
        Column("cumulative", _("Cumulative share"), SHARE),
        Column("manager", _("Manager")),
        Column("client_id", "id", COUNT),
    ]
    return _of_pareto(
        *("pareto", _("Pareto"), found),
        figures=[*_reach(found), *_classes(found)],
        columns=columns,
        rows=_clients(asked, found),
        total=int(found.client_id.size),
    )


def abc(asked: Asked) -> Report:
    """How many clients are in each class, and what they bring."""
    found = _pareto(asked)
    columns = [
        Column("class", _("Class")),
        Column("clients", _("Clients"), COUNT),
        Column("value", _("Sum"), MONEY),
        Column("share", _("Share"), SHARE),
    ]
    return _of_pareto(
        *("abc", _("ABC classes"), found),
        figures=_reach(found),
        columns=columns,
        rows=[(part.name, part.clients, int(part.value), part.share) for part in found.summary],
    )


def concentration(asked: Asked) -> Report:
    """How much sits with how few."""
    found = _pareto(asked)
    of, apart, at_limit = found.concentration, found.diversification, definitions
    figures = [
        *_reach(found),
        Figure("hhi", _("Concentration index HHI"), of.hhi, NUMBER, NET),
        Figure("hhi_band", _("Concentration"), str(of.band), "text"),
        Figure("hhi_without_flow", _("HHI without flow clients"), apart.hhi_without),
        Figure("flow_share", _("Share of flow clients"), apart.masked_share, SHARE),
        Figure("gini", _("Gini"), found.gini, RATIO),
        Figure("top1", _("The first client"), of.top1, SHARE, NET),
        Figure(
            "dependence",
            _("Dependence on one client"),
            of.dependence,
            YES,
            at_limit.DEPENDENCE_INCLUSIVE,
        ),
        Figure("mono", _("Mono-client"), of.mono, YES, at_limit.DEPENDENCE_INCLUSIVE),
        Figure("top5", _("The first five"), of.top5, SHARE, NET),
        Figure("top5_heavy", _("The first five above the limit"), of.top5_heavy, YES),
    ]
    return _of_pareto("concentration", _("Concentration"), found, figures=figures)


def xyz(asked: Asked) -> Report:
    """Classes by money against classes by regularity."""
    require(asked.viewer, COMPANY)
    year, method = asked.year(), methodology.current()
    base = asked.base or queries.base_in_force(method, year)
    columns = [
        Column("abc", _("By money")),
        Column("xyz", _("By regularity")),
        Column("clients", _("Clients"), COUNT),
        Column("value", _("Sum"), MONEY),
    ]
    cells = _cells(asked, base)
    return Report(
        *("xyz", _("XYZ classes"), base, year, method.version, queries.XYZ_DEFINITIONS),
        columns=columns,
        rows=[(cell.abc, cell.xyz or None, cell.clients, cell.money) for cell in cells],
    )


def retention(asked: Asked) -> Report:
    """Who stayed, what became of last year's revenue, how it grew."""
    require(asked.viewer, COMPANY)
    year, method = asked.year(), methodology.current()
    found = (
        queries.retention(asked.viewer, manager=asked.manager)
        if asked.is_recomputed
        else queries.retention_of_year(asked.viewer, year, method)
    )
    return Report(
        *("retention", _("Retention"), "revenue", year),
        *(found.method_version if found else method.version, queries.RETENTION_DEFINITIONS),
        figures=_stayed(found) if found else (),
    )


def _cells(asked: Asked, base: str) -> list[AbcXyz]:
    if asked.is_recomputed:
        return queries.abc_xyz(asked.viewer, base=base)
    method = methodology.current()
    found = queries.standings_on(asked.viewer, as_of=asked.day, method=method)
    return queries.abc_xyz_of(found, base=base)


def _pareto(asked: Asked) -> Pareto:
    require(asked.viewer, COMPANY)
    return queries.pareto(
        asked.viewer, base=asked.base, period=asked.period(), manager=asked.manager
    )


def _of_pareto(name: str, title: str, found: Pareto, **parts: object) -> Report:
    return Report(
        *(name, title, found.base, found.period, found.method_version, found.definitions),
        **parts,  # type: ignore[arg-type]
    )


def _reach(found: Pareto) -> list[Figure]:
    """Figures that every report of the curve begins with."""
    rounded = definitions.TOP_PART_ROUNDED_UP
    return [
        Figure("total", _("The whole"), int(found.value.sum()), MONEY, NET),
        Figure("clients", _("Clients"), int(found.client_id.size), COUNT),
        Figure("buyers", _("Clients with the base above zero"), found.buyers, COUNT),
        Figure("n80", "N80", found.n80, COUNT, definitions.TIES_FIRST_GIVEN),
        Figure("n80_part", _("N80 as a part of those who buy"), found.n80_part, SHARE),
        Figure("top20", _("Share of the top 20 %"), found.top20, SHARE, rounded),
    ]


def _classes(found: Pareto) -> list[Figure]:
    crossing = next(one for one in found.definitions if one.name.startswith("abc.crossing"))
    decided = {"A": crossing, "B": crossing, "C": definitions.ABC_NON_POSITIVE_IN_C}
    title = _("Class %(letter)s, clients")
    return [
        Figure(
            f"class_{part.name.lower()}",
            title % {"letter": part.name},
            part.clients,
            COUNT,
            decided[part.name],
        )
        for part in found.summary
    ]


def _clients(asked: Asked, found: Pareto) -> list[tuple[object, ...]]:
    shown = queries.limited(found, slice(asked.shown(found.client_id.size)))
    ids: Sequence[int] = shown.client_id.tolist()
    named = queries.clients_of(asked.viewer, shown)
    return [
        (
            *(place + 1, named[pk].name, str(shown.classes[place]), int(shown.value[place])),
            *(shown.share[place], shown.cumulative[place], _name(named[pk].manager), pk),
        )
        for place, pk in enumerate(ids)
        if pk in named
    ]


def _name(person: User | None) -> str | None:
    return person.full_name if person else None


def _stayed(found: RetentionFigures) -> list[Figure]:
    window, lost = definitions.ACTIVE_WINDOW, definitions.LOST_WHEN_NOT_POSITIVE
    grew = definitions.GROWTH_FROM_POSITIVE
    logos, revenue = found.logos, found.revenue
    return [
        Figure("active_before", _("Active a year before"), logos.before, COUNT, window),
        Figure("kept", _("Of them still active"), logos.kept, COUNT, window),
        Figure("retention", _("Retention of clients"), logos.retention, SHARE, window),
        Figure("churn", _("Churn of clients"), logos.churn, SHARE, window),
        Figure("churn_benchmark", _("Churn line to compare with"), found.churn_benchmark, SHARE),
        Figure("revenue_before", _("Revenue a year before"), _whole(revenue.base), MONEY, NET),
        Figure("expansion", _("Expansion"), _whole(revenue.expansion), MONEY, lost),
        Figure("contraction", _("Contraction"), _whole(revenue.contraction), MONEY, lost),
        Figure("lost", _("Lost"), _whole(revenue.lost), MONEY, lost),
        Figure("new", _("New"), _whole(revenue.new), MONEY, lost),
        Figure("nrr", _("Net revenue retention"), revenue.nrr, SHARE, lost),
        Figure("grr", _("Gross revenue retention"), revenue.grr, SHARE, lost),
        Figure("growth", _("Growth of revenue"), found.growth, SHARE, grew),
        Figure("profit_growth", _("Growth of gross profit"), found.profit_growth, SHARE, grew),
    ]


def _whole(minor: float) -> int | None:
    """Whole minor units; NaN is no data."""
    return None if minor != minor else round(minor)  # noqa: PLR0124 (NaN differs from itself)
