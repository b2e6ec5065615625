"""A report as lines for people and as JSON for machines.

In JSON money is whole minor units (kopecks), shares are of 1, null is no data.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kamerton.calc.definitions import Definition
from kamerton.calc.period import Period

MONEY, SHARE, RATIO, NUMBER, COUNT = "money", "share", "ratio", "number", "count"
TEXT, YES = "text", "yes"
BASES = {
    "revenue": gettext_lazy("Revenue"),
    "gross_profit": gettext_lazy("Gross profit"),
    "cash": gettext_lazy("Money"),
}


@dataclass(frozen=True)
class Named:
    """One of a list of choices: the code for machines, the title for people."""

    code: str
    title: str


@dataclass(frozen=True)
class Figure:
    """One figure, and the definition that decided it where taste decides."""

    code: str
    title: str
    value: Any
    kind: str = NUMBER
    definition: Definition | None = None


@dataclass(frozen=True)
class Column:
    """A column of the rows."""

    code: str
    title: str
    kind: str = TEXT


@dataclass(frozen=True)
class Report:
    """Figures, rows, and what they rest on."""

    name: str
    title: str
    base: str
    period: Period | None
    method_version: int
    definitions: Sequence[Definition]
    figures: Sequence[Figure] = ()
    columns: Sequence[Column] = ()
    rows: Sequence[Sequence[Any]] = ()
    total: int | None = None  # rows there are, where not all are given
    facts: dict[str, Any] = field(default_factory=dict)  # beside the figures, for machines

    def as_json(self) -> dict[str, Any]:
        """Everything, unrounded."""
        return {
            "report": self.name,
            "money": "minor units",
            "base": self.base or None,
            "since": self.period and self.period.since,
            "until": self.period and self.period.until,
            "method_version": self.method_version,
            "definitions": [vars(one) for one in self.definitions],
            **self.facts,
            "figures": {
                one.code: {
                    "value": _plain(one.value),
                    "definition": str(one.definition) if one.definition else None,
                }
                for one in self.figures
            },
            "rows": [
                {
                    column.code: _plain(value)
                    for column, value in zip(self.columns, row, strict=True)
                }
                for row in self.rows
            ],
            "rows_in_all": len(self.rows) if self.total is None else self.total,
        }

    def lines(self) -> Iterator[str]:
        """The head, the figures, the rows, what they rest on."""
        yield self.title
        yield from self._head()
        if self.figures:
            yield ""
            heads = (Column("", _("Figure")), Column("", _("Value"), NUMBER), Column("", ""))
            rows = [(one.title, _worded(one), str(one.definition or "")) for one in self.figures]
            yield from _table(heads, rows)
        if self.columns:
            yield ""
            yield from _table(self.columns, [self._worded_row(row) for row in self.rows])
        yield from self._rest()
        yield ""
        names = ", ".join(map(str, self.definitions))
        yield _("Definitions: %(names)s") % {"names": names}

    def _head(self) -> Iterator[str]:
        if self.period:
            yield _("Period: %(since)s – %(until)s") % vars(self.period)
        if self.base:
            yield _("Base: %(base)s") % {"base": BASES[self.base]}
        yield _("Method: version %(number)d") % {"number": self.method_version}

    def _worded_row(self, row: Sequence[Any]) -> tuple[str, ...]:
        return tuple(
            worded(value, column.kind) for column, value in zip(self.columns, row, strict=True)
        )

    def _rest(self) -> Iterator[str]:
        more = 0 if self.total is None else self.total - len(self.rows)
        if more:
            yield ngettext(
                "and %(more)d row more: --limit 0 prints all",
                "and %(more)d rows more: --limit 0 prints all",
                more,
            ) % {"more": more}


def worded(value: Any, kind: str) -> str:
    """Write a value as people read it."""
    if isinstance(value, tuple):
        return ", ".join(worded(one, kind) for one in value)
    if isinstance(value, Named):
        return value.title
    plain = _plain(value)
    if plain is None:
        return "–" if kind == TEXT else _("no data")
    return WORDS[kind](plain)


def _rounded(number: float, digits: int) -> str:
    """Round as people do; Django's own format would cut the digits off."""
    return number_format(round(number, digits), digits, force_grouping=True)


WORDS: dict[str, Callable[[Any], str]] = {
    MONEY: lambda minor: number_format(Decimal(minor) / 100, 2, force_grouping=True),
    SHARE: lambda share: f"{_rounded(share * 100, 1)} %",
    RATIO: lambda ratio: _rounded(ratio, 3),
    NUMBER: lambda number: _rounded(number, 1),
    COUNT: lambda count: _rounded(count, 0),
    YES: lambda yes: _("yes") if yes else _("no"),
    TEXT: str,
}


def _worded(figure: Figure) -> str:
    return worded(figure.value, figure.kind)


def _plain(value: Any) -> Any:
    """A value as JSON has it; NaN is no data."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Named):
        return value.code
    if hasattr(value, "item"):  # of NumPy
        value = value.item()
    return None if isinstance(value, float) and math.isnan(value) else value


def _table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lay rows out in columns, figures to the right."""
    cells = [[column.title for column in columns], *rows]
    widths = [max(len(row[place]) for row in cells) for place in range(len(columns))]
    for row in cells:
        laid = (
            cell.ljust(width) if column.kind == TEXT else cell.rjust(width)
            for cell, width, column in zip(row, widths, columns, strict=True)
        )
        yield "  ".join(laid).rstrip()
