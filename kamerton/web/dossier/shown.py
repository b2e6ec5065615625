"""A dossier in words: values by kind, ages as bars, who may know, what a state means."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.domain.accounts.models import Client
from kamerton.domain.buying_centre import queries as buying
from kamerton.domain.dossier.models import DossierAnswer, Source
from kamerton.domain.dossier.models.values import shown_choice
from kamerton.domain.dossier.queries import DossierRow, DossierSheet, Line, spoken
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.methodology.content.dossier import DossierQuestion
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.platform.reading import looked_up
from kamerton.web.ui.items import State

STATES: Mapping[str, tuple[State, str, str | Promise]] = {  # state, icon, word
    "fresh": ("ok", "", gettext_lazy("fresh")),
    "stale": ("warn", "clock", gettext_lazy("out of date")),
    "assumed": ("warn", "question", gettext_lazy("assumed")),
    "missing": ("mute", "minus", gettext_lazy("not known")),
    "passed_over": ("mute", "ban", gettext_lazy("does not apply")),
    "computed": ("info", "table", gettext_lazy("from our records")),
    "no_data": ("mute", "minus", gettext_lazy("no data")),
}
SOURCE_ICONS = {
    "document": "doc-text",
    "client_said": "message",
    "public": "globe",
    "observed": "eye",
    "third_party": "users",
    "assumption": "question",
}
SOURCE_HELP: Mapping[str, str | Promise] = {
    "document": gettext_lazy("You hold the paper: a contract, a tender, a letter, their report."),
    "client_said": gettext_lazy("Somebody of the client said it to you: name him."),
    "public": gettext_lazy("Their site, a register, the press, a published purchase."),
    "observed": gettext_lazy("You saw it on the spot: the stock, the machine, the queue."),
    "third_party": gettext_lazy("A designer, a haulier, another client said it."),
    "assumption": gettext_lazy("Nobody said it. It counts little and becomes a task to check."),
}


@dataclass(frozen=True)
class ShownValue:
    """An answer as it is drawn: words, a list or a table."""

    text: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Age:
    """How old an answer is: a bar that empties, its colour, in words."""

    share: int  # of the time until it counts nothing, in per cent
    state: State
    words: str


@dataclass(frozen=True)
class ShownLine:
    """A line of a computed answer."""

    label: str
    value: str


@dataclass(frozen=True)
class ShownRow:
    """A question as it is drawn."""

    row: DossierRow
    value: ShownValue
    age: Age | None
    lines: tuple[ShownLine, ...]
    role: str  # who may know, as the method names the role
    people: tuple[str, ...]  # those of that role whom we know

    @property
    def anchor(self) -> str:
        """The id of the row on the page."""
        return f"q-{self.row.code.replace('.', '-')}"

    @property
    def said(self) -> str:
        """Its answer in one text."""
        return spoken(self.row.question, self.row.answer) if self.row.answer else ""

    @property
    def state(self) -> State:
        """The colour of its state."""
        return STATES[self.row.state][0]

    @property
    def icon(self) -> str:
        """The icon of its state."""
        return STATES[self.row.state][1]

    @property
    def word(self) -> str:
        """Its state in a word."""
        return str(STATES[self.row.state][2])

    @property
    def source_icon(self) -> str:
        """The icon of its source."""
        return SOURCE_ICONS[self.row.answer.source] if self.row.answer else ""

    @property
    def wants_check(self) -> bool:
        """True if it asks to be checked and nothing is planned."""
        return (self.row.is_stale or self.row.state == "assumed") and self.row.check is None


@dataclass(frozen=True)
class SourceChoice:
    """A source with help to choose it."""

    code: str
    title: str
    help: str
    icon: str
    confidence: float


def shown_rows(viewer: User, sheet: DossierSheet, rows: Sequence[DossierRow]) -> list[ShownRow]:
    """The rows in words; the people who may know are asked for once (2 queries)."""
    asked = ("dossier.people", viewer.pk, sheet.client.pk)
    people = looked_up(asked, lambda: _people_by_role(viewer, sheet.client))
    return [_shown(sheet, row, people) for row in rows]


def shown_value(question: DossierQuestion, answer: DossierAnswer) -> ShownValue:
    """An answer as it is drawn, in the reader's language."""
    data: Any = answer.data
    if not answer.is_applicable or not isinstance(data, list):
        return ShownValue(spoken(question, answer))
    if question.kind == "table":
        return ShownValue(rows=tuple(tuple(map(str, row)) for row in data))
    return ShownValue(items=tuple(str(shown_choice(question, one)) for one in data))


def source_choices(method: Methodology) -> list[SourceChoice]:
    """The sources with help, the most trusted first."""
    found = [
        SourceChoice(
            source.value,
            str(source.label),
            str(SOURCE_HELP[source.value]),
            SOURCE_ICONS[source.value],
            getattr(method.confidence, source.value),
        )
        for source in Source
    ]
    return sorted(found, key=lambda one: -one.confidence)


def age_of(answer: DossierAnswer, on: dt.date) -> Age | None:
    """The age of an answer as a bar; None where it does not apply."""
    if not answer.is_applicable:
        return None
    life = max((answer.expires_on - answer.source_on).days, 1)
    spent = (on - answer.source_on).days
    share = round(100 * min(max(1 - spent / (2 * life), 0), 1))
    if on <= answer.expires_on:
        return Age(share, "ok", _("good until %(day)s") % {"day": formats.day(answer.expires_on)})
    gone = spent >= 2 * life
    words = _("out of date since %(day)s") % {"day": formats.day(answer.expires_on)}
    return Age(max(share, 3), "bad" if gone else "warn", words)


def line_value(line: Line) -> str:
    """A figure of a computed answer in words."""
    value: Any = line.value
    if value is None:
        return formats.no_data()
    match line.kind:
        case "money":
            return formats.money_short(value)
        case "percent":
            return formats.percent(value)
        case "number":
            return formats.number(value)
        case "day":
            return formats.day(value)
        case _:
            return str(value)


def _shown(sheet: DossierSheet, row: DossierRow, people: Mapping[str, tuple[str, ...]]) -> ShownRow:
    code = row.question.known_by
    computed = row.computed.lines if row.computed else ()
    return ShownRow(
        row=row,
        value=shown_value(row.question, row.answer) if row.answer else ShownValue(),
        age=age_of(row.answer, sheet.on) if row.answer else None,
        lines=tuple(ShownLine(str(line.label), line_value(line)) for line in computed),
        role=str(sheet.method.buying_role(code).title) if code else "",
        people=people.get(code, ()),
    )


def _people_by_role(viewer: User, client: Client) -> dict[str, tuple[str, ...]]:
    """Whom the buying centre knows in each role, the most influential first (2 queries)."""
    centre = buying.centre(viewer, client)
    if centre is None:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for member in centre.members.filter(left_on=None).select_related("contact"):
        for role in _codes(member.roles):
            found[role] = (*found.get(role, ()), member.contact.full_name)
    return found


def _codes(roles: Iterable[object]) -> list[str]:
    return [str(role) for role in roles]
