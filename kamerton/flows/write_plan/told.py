"""The plan in words and tables: what every document of it writes, in the reader's language."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kamerton.domain.plans.queries import PlanPage
from kamerton.domain.plans.queries.page import Action, CompanyAction, Year
from kamerton.platform import formats

Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows under heads; `widths` are parts of the whole, columns of `figures` stand right."""

    heads: Row
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    figures: tuple[int, ...] = ()


@dataclass(frozen=True)
class Part:
    """A section: paragraphs, facts by name, points of a list, a table; what is empty is left."""

    code: str
    title: str
    text: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    points: tuple[str, ...] = ()
    table: Table | None = None
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """True if there is nothing to write."""
        return not (self.text or self.facts or self.points or self.note or self._rows)

    @property
    def _rows(self) -> int:
        return len(self.table.rows) if self.table else 0


@dataclass(frozen=True)
class Curve:
    """Sales of a year by quarter in currency units; None: no value on that day."""

    title: str
    goal: str  # sales of the last year in words
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]  # plan, fact, forecast


@dataclass(frozen=True)
class ToldPlan:
    """A plan ready to be written: title, lead, sections in the order of the method."""

    title: str
    subtitle: str
    status: str
    footer: str
    curve: Curve
    parts: tuple[Part, ...]

    def part(self, code: str) -> Part:
        """Return a section by its code; an empty one if the company does without it."""
        return next((part for part in self.parts if part.code == code), Part(code, ""))


def told(page: PlanPage, *, today: dt.date) -> ToldPlan:
    """Put `page` into words; sections that the company does without are left out."""
    head = page.head
    written = {part.code: part for part in _parts(page)}
    shown = [written[one.code] for one in page.sections if one.shown and one.code in written]
    return ToldPlan(
        title=_("Perspective plan: %(client)s") % {"client": head.client},
        subtitle=_subtitle(page),
        status=head.state_title,
        footer=_("%(company)s, printed on %(day)s, version %(version)s")
        % {
            "company": head.company,
            "day": formats.day(today),
            "version": page.approval.version or _("not approved yet"),
        },
        curve=_curve(page),
        parts=tuple(part for part in shown if not part.is_empty),
    )


def _subtitle(page: PlanPage) -> str:
    head = page.head
    people = ", ".join(name for name in (head.manager, head.supervisor) if name)
    span = f"{formats.day(head.starts_on)} – {formats.day(head.ends_on)}"
    return f"{span} · {people}"


def _parts(page: PlanPage) -> Iterator[Part]:
    titles = {one.code: one.title for one in page.sections}
    yield Part("s2", titles["s2"], facts=_now(page), points=_vulnerable(page))
    yield Part("s3", titles["s3"], text=page.vision)
    yield Part("s4", titles["s4"], table=_goals(page))
    yield Part("s5", titles["s5"], points=tuple(one.text for one in page.strategies))
    yield Part("s6", titles["s6"], table=_actions(page.actions))
    yield Part("s7", titles["s7"], table=_company(page.company_actions), note=_budget(page))
    yield Part("s8", titles["s8"], table=_people(page))
    yield Part("s9", titles["s9"], table=_risks(page), points=_scenarios(page))
    yield Part("s10", titles["s10"], points=tuple(one.text for one in page.stops))
    yield Part("s11", titles["s11"], points=tuple(_control(page)))
    yield Part("s12", titles["s12"], facts=_approval(page))
    yield Part("s13", titles["s13"], table=_years(page.years))


def _money(value: int | None) -> str:
    return formats.money_short(value)


def _now(page: PlanPage) -> tuple[tuple[str, str], ...]:
    now = page.now
    facts = (
        (_("Sales a year"), _money(now.sales)),
        (_("Gross profit"), _money(now.profit) if now.profit is not None else ""),
        (_("Buys in all"), _money(now.wallet) if now.wallet is not None else ""),
        (_("Our share"), formats.percent(now.share) if now.share is not None else ""),
        (_("Categories"), now.categories),
        (_("Stage"), now.stage_title),
        (_("Level"), _("%(level)s of 5") % {"level": now.level}),
        (_("Competitors"), now.competitors),
        (_("Strengths"), now.strengths),
    )
    return tuple(fact for fact in facts if fact[1])


def _vulnerable(page: PlanPage) -> tuple[str, ...]:
    return tuple(_("Vulnerable: %(what)s") % {"what": one.text} for one in page.now.vulnerabilities)


def _goals(page: PlanPage) -> Table:
    years = [str(year.until.year) for year in page.years]
    sales = (_("Sales"), _money(page.baseline), *(_money(year.trajectory) for year in page.years))
    rows = [sales, *((goal.title, *goal.words) for goal in page.goals)]
    heads = (_("Goal"), _("Now"), *years)
    widths = (1.5, *[1.0] * (len(heads) - 1))
    return Table(heads, tuple(rows), widths, figures=tuple(range(1, len(heads))))


def _actions(actions: Sequence[Action]) -> Table:
    rows = tuple(
        (one.kind_title, _what(one), one.owner, formats.day(one.due_on), one.state_title)
        for one in actions
        if one.state != "dropped"
    )
    heads = (_("Kind"), _("What"), _("Who"), _("Until"), _("State"))
    return Table(heads, rows, (1.7, 2.9, 1.1, 1.4, 1.8))


def _what(action: Action) -> str:
    if not action.trigger:
        return action.title
    return _("%(what)s (when: %(trigger)s)") % {"what": action.title, "trigger": action.trigger}


def _company(actions: Sequence[CompanyAction]) -> Table:
    rows = tuple(
        (one.department, one.title, formats.day(one.due_on), _money(one.cost), one.state_title)
        for one in actions
    )
    heads = (_("Department"), _("What"), _("Until"), _("Spending"), _("State"))
    return Table(heads, rows, (1.4, 2.9, 1.4, 1.4, 1.7), figures=(3,))


def _budget(page: PlanPage) -> str:
    budget = page.budget
    if budget.ratio is None or budget.extra_profit is None:
        return _("Budget %(total)s.") % {"total": _money(budget.total)}
    return _("Budget %(total)s, expected extra gross profit %(profit)s: %(ratio)s to 1.") % {
        "total": _money(budget.total),
        "profit": _money(budget.extra_profit),
        "ratio": formats.number(budget.ratio, 1),
    }


def _people(page: PlanPage) -> Table:
    rows = tuple((one.name, one.role, one.aim) for one in page.people)
    return Table((_("Who"), _("Role"), _("Aim")), rows, (1.2, 1.4, 2.0))


def _risks(page: PlanPage) -> Table:
    rows = tuple(
        (one.text, f"{one.probability} × {one.impact} = {one.weight}", one.response)
        for one in page.risks
    )
    return Table((_("Risk"), _("Weight"), _("What we do")), rows, (1.5, 1.0, 2.0))


def _scenarios(page: PlanPage) -> tuple[str, ...]:
    return tuple(
        f"{one.kind_title}: {one.text}"
        + (f" ({_money(one.sales)})" if one.sales is not None else "")
        for one in page.scenarios
    )


def _control(page: PlanPage) -> Iterator[str]:
    for one in page.control_points:
        yield f"{formats.day(one.on)}: {one.text}" if one.on else one.text
    for held in page.held:
        yield f"{formats.day(held.on)}: {held.decided or held.seen}"


def _approval(page: PlanPage) -> tuple[tuple[str, str], ...]:
    approval, head = page.approval, page.head
    facts = (
        (_("State"), head.state_title),
        (_("Submitted"), _by(approval.submitted_by, approval.submitted_at)),
        (_("Approved"), _by(approval.approved_by, approval.approved_at)),
        (_("Next review"), formats.day(head.next_review_on) if head.next_review_on else ""),
    )
    return tuple(fact for fact in facts if fact[1])


def _by(name: str, at: dt.datetime | None) -> str:
    return f"{name}, {formats.day(at)}" if name and at else ""


def _years(years: Sequence[Year]) -> Table:
    rows = tuple(
        (
            str(year.until.year),
            _money(year.trajectory),
            _money(year.fact) if year.fact is not None else "—",
            formats.percent(year.attainment) if year.attainment is not None else "—",
            _money(year.planned) if year.planned_months else "—",
        )
        for year in years
    )
    heads = (_("Year"), _("Trajectory"), _("Fact"), _("Attained"), _("Sum of month plans"))
    return Table(heads, rows, (0.7, 1.3, 1.2, 1.4, 1.5), figures=(1, 2, 3, 4))


def _curve(page: PlanPage) -> Curve:
    chart = page.chart
    series = ((_("Plan"), chart.plan), (_("Fact"), chart.fact), (_("Forecast"), chart.forecast))
    return Curve(
        _("Sales of 12 months, M %(sign)s") % {"sign": formats.currency_sign()},
        _money(page.target),
        chart.labels,
        tuple((name, tuple(_units(value) for value in values)) for name, values in series),
    )


def _units(minor: int | None) -> float | None:
    return None if minor is None else minor / 100
