"""The sheets of a plan's book: which columns, how a cell is written and read."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.calc.money import from_minor, to_minor
from kamerton.domain.plans import actions
from kamerton.domain.plans.models import PerspectivePlan, PlanGoal
from kamerton.domain.plans.queries.goals import read_value, typed_value
from kamerton.domain.plans.queries.versions import PARTS

YEARS = 5
TIE = ";"


@dataclass(frozen=True)
class Cell:
    """A column: the field, and how its values are written.

    Kinds: text, whole, money, day, choice, person (by e-mail), strategy (by its text), ties (texts
    of other parts), value (of a goal), year (of a goal).
    """

    name: str
    kind: str = "text"


@dataclass(frozen=True)
class Sheet:
    """A kind of part: its relation, the record that its action takes, its columns."""

    relation: str
    title: Any
    record: type[Any]
    cells: tuple[Cell, ...]


GOAL_YEARS = tuple(Cell(f"year_{number}", "year") for number in range(1, YEARS + 1))
SHEETS = (
    Sheet(
        "vulnerabilities",
        gettext_lazy("Vulnerabilities"),
        actions.VulnerabilityText,
        (Cell("text"),),
    ),
    Sheet(
        "people",
        gettext_lazy("People"),
        actions.PersonText,
        (Cell("name"), Cell("role"), Cell("aim"), Cell("member", "whole")),
    ),
    Sheet(
        "goals",
        gettext_lazy("Goals"),
        actions.GoalText,
        (
            *(Cell("metric", "choice"), Cell("title"), Cell("unit"), Cell("baseline", "value")),
            *GOAL_YEARS,
            *(Cell("source", "choice"), Cell("owner", "person")),
        ),
    ),
    Sheet(
        "strategies",
        gettext_lazy("Strategies"),
        actions.StrategyText,
        (Cell("text"), Cell("vulnerabilities", "ties"), Cell("people", "ties")),
    ),
    Sheet(
        "actions",
        gettext_lazy("Manager's actions"),
        actions.ActionText,
        (
            *(Cell("kind", "choice"), Cell("title"), Cell("trigger"), Cell("due_on", "day")),
            *(Cell("then_days", "whole"), Cell("owner", "person"), Cell("strategy", "strategy")),
            Cell("expected_profit", "money"),
        ),
    ),
    Sheet(
        "supplier_actions",
        gettext_lazy("Company's actions"),
        actions.CompanyActionText,
        (
            *(Cell("department"), Cell("title"), Cell("owner", "person"), Cell("due_on", "day")),
            Cell("cost", "money"),
        ),
    ),
    Sheet(
        "budget_lines",
        gettext_lazy("Other costs"),
        actions.CostText,
        (Cell("title"), Cell("amount", "money"), Cell("year", "whole")),
    ),
    Sheet(
        "risks",
        gettext_lazy("Risks"),
        actions.RiskText,
        (
            *(Cell("text"), Cell("probability", "whole"), Cell("impact", "whole")),
            *(Cell("trigger"), Cell("response")),
        ),
    ),
    Sheet(
        "scenarios",
        gettext_lazy("Scenarios"),
        actions.ScenarioText,
        (
            *(Cell("kind", "choice"), Cell("text"), Cell("trigger"), Cell("sales", "money")),
            Cell("response"),
        ),
    ),
    Sheet("stops", gettext_lazy("Given up"), actions.StopText, (Cell("text"), Cell("reason"))),
    Sheet(
        "control_points",
        gettext_lazy("Control"),
        actions.ControlText,
        (Cell("on", "day"), Cell("text")),
    ),
)
PLAN_TITLE = gettext_lazy("Plan")
PLAN_CELLS = (
    *(Cell("horizon_years", "whole"), Cell("starts_on", "day"), Cell("trajectory", "choice")),
    *(Cell("baseline", "money"), Cell("target", "money"), Cell("profit", "money")),
    *(Cell("wallet", "money"), Cell("categories"), Cell("stage", "choice"), Cell("level", "whole")),
    *(Cell("competitors"), Cell("strengths"), Cell("vision"), Cell("extra_profit", "money")),
    Cell("extra_profit_note"),
)
NUMBER, REVISION = gettext_lazy("No."), gettext_lazy("Version of the row")


class Unreadable(ValueError):
    """A cell that cannot be read; the message says why."""


def field_of(sheet: Sheet | None, cell: Cell) -> Any:
    """The column of the model that a cell is of."""
    model = PARTS[sheet.relation][0] if sheet else PerspectivePlan
    return model._meta.get_field("targets" if cell.kind == "year" else cell.name)


def head_of(sheet: Sheet | None, cell: Cell) -> str:
    """The head of a column in the language of the moment."""
    if cell.kind == "year":
        return _("Year %(n)d") % {"n": int(cell.name[-1])}
    return str(field_of(sheet, cell).verbose_name).capitalize()


def heads(sheet: Sheet | None) -> dict[str, Cell]:
    """Every head by which a column may be known, in both languages."""
    cells = sheet.cells if sheet else PLAN_CELLS
    return {folded(head): cell for cell in cells for head in in_both(lambda: head_of(sheet, cell))}  # noqa: B023


def in_both(say: Any) -> Iterator[str]:
    """The same words in Russian and in English."""
    for language in ("ru", "en"):
        with translation.override(language):
            yield str(say())


def folded(text: object) -> str:
    """Words as they are compared."""
    return " ".join(str(text).split()).casefold()


def written(record: Any, cell: Cell) -> Any:
    """What stands in a cell: text, number, day or None."""
    if cell.kind == "year":
        place = int(cell.name[-1]) - 1
        targets = record.targets
        return typed_value(record.metric, targets[place] if place < len(targets) else None)
    value = getattr(record, cell.name)
    ways: dict[str, Callable[[], Any]] = {
        "money": lambda: None if value is None else from_minor(value),
        "choice": lambda: str(dict(field_choices(record, cell)).get(value, value)),
        "person": lambda: value.email if value else "",
        "strategy": lambda: str(value) if value else "",
        "ties": lambda: f"{TIE} ".join(str(each) for each in value.all()),
        "value": lambda: typed_value(record.metric, value),
    }
    return ways[cell.kind]() if cell.kind in ways else value


def field_choices(record: Any, cell: Cell) -> list[tuple[Any, Any]]:
    """The choices of a column of a record."""
    found: list[tuple[Any, Any]] = list(record._meta.get_field(cell.name).flatchoices)
    return found


def read(sheet: Sheet | None, cell: Cell, raw: Any, metric: str = "") -> Any:
    """What a cell means; values of goals are read by their metric.

    Raises Unreadable.
    """
    text = "" if raw is None else str(raw).strip()
    ways: dict[str, Callable[[], Any]] = {
        "whole": lambda: _whole(text) if text else None,
        "money": lambda: _money(text) if text else None,
        "day": lambda: _day(raw),
        "choice": lambda: _choice(sheet, cell, text),
        "value": lambda: _value(metric, text),
        "year": lambda: _value(metric, text),
        "ties": lambda: [each.strip() for each in text.split(TIE) if each.strip()],
    }
    return ways[cell.kind]() if cell.kind in ways else text


def metric_of(row: dict[str, Any]) -> str:
    """The metric of a goal's row, read before its values."""
    return str(row.get("metric") or PlanGoal.Metric.CUSTOM)


def _whole(text: str) -> int:
    number = _decimal(text)
    if number != number.to_integral_value():
        raise Unreadable(_("a whole number is wanted"))
    return int(number)


def _money(text: str) -> int:
    return to_minor(_decimal(text))


def _decimal(text: str) -> Decimal:
    try:
        found = Decimal(text.replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except InvalidOperation:
        raise Unreadable(_("a number is wanted")) from None
    if not found.is_finite() or abs(found) > 10**15:
        raise Unreadable(_("a number is wanted"))
    return found


def _day(raw: Any) -> dt.date:
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(str(raw).strip(), pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise Unreadable(_("a day is wanted, as 21.11.2026"))


def _choice(sheet: Sheet | None, cell: Cell, text: str) -> Any:
    for code, label in field_of(sheet, cell).flatchoices:
        if folded(text) in {folded(code), *map(folded, in_both(lambda: label))}:  # noqa: B023
            return code
    raise Unreadable(_("this is none of the choices"))


def _value(metric: str, text: str) -> float | None:
    try:
        return read_value(metric, text)
    except ValueError:
        raise Unreadable(_("a number is wanted")) from None
