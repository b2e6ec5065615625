"""The page on which columns are named: what was chosen, read from its form, ready to be drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.domain.ledger.reader import FIELDS, Mapping, Preview
from kamerton.domain.ledger.reader.fields import BY_CODE, LEVEL_FIELDS
from kamerton.flows.check_outcome import KINDS
from kamerton.flows.choose_columns import Forced
from kamerton.platform.errors import BusinessError

if TYPE_CHECKING:
    from kamerton.flows.choose_columns import Look

Option = tuple[str, str | Promise]
SHOWN_ROWS = 6

DATE_ORDERS: tuple[Option, ...] = (
    ("dmy", gettext_lazy("day, month, year: 05.10.2026")),
    ("mdy", gettext_lazy("month, day, year: 10/05/2026")),
    ("ymd", gettext_lazy("year, month, day: 2026-10-05")),
)
DECIMALS: tuple[Option, ...] = (
    (",", gettext_lazy("comma: 1 250,50")),
    (".", gettext_lazy("point: 1,250.50")),
)
DELIMITERS: tuple[Option, ...] = (
    (";", gettext_lazy("semicolon ;")),
    (",", gettext_lazy("comma ,")),
    ("\t", gettext_lazy("tab")),
    ("|", gettext_lazy("bar |")),
)
VAT: tuple[Option, ...] = (
    ("", gettext_lazy("not said")),
    ("with", gettext_lazy("with VAT")),
    ("without", gettext_lazy("without VAT")),
)
MEANINGS = frozenset(str(kind) for kind, _title in KINDS)
VAT_VALUES = {"with": True, "without": False}


class ChosenTwice(BusinessError):
    """Two columns were said to hold the same."""


class RowNotNumber(BusinessError):
    """The row of titles is not a number."""


@dataclass(frozen=True)
class ColumnChoice:
    """One column of the file and what it is said to hold."""

    index: int
    title: str
    samples: tuple[str, ...]
    chosen: str


@dataclass(frozen=True)
class WordChoice:
    """A word of the column of kinds and what it is said to mean; "" is left to Kamerton."""

    index: int
    word: str
    chosen: str


@dataclass(frozen=True)
class LevelChoice:
    """A level of a grouped report and what its rows name."""

    index: int
    chosen: str


@dataclass(frozen=True)
class Layout:
    """Everything the page draws of a file's layout."""

    preview: Preview
    mapping: Mapping
    columns: tuple[ColumnChoice, ...]
    levels: tuple[LevelChoice, ...]
    words: tuple[WordChoice, ...]
    trouble: str

    @property
    def signature(self) -> str:
        """How the file was looked at; when it changes, the columns are guessed anew."""
        return signature(self.preview)

    @property
    def vat(self) -> str:
        """What is said of VAT, as its list names it."""
        return {True: "with", False: "without", None: ""}[self.mapping.with_vat]

    @property
    def heads(self) -> tuple[str, ...]:
        """The titles of the chosen fields, for the sample."""
        return tuple(str(BY_CODE[code].title) for code in self.mapping.columns)

    @property
    def sample(self) -> list[list[str]]:
        """The first rows as they will be read, by the chosen fields."""
        places = list(self.mapping.columns.values())
        rows = self.preview.rows[:SHOWN_ROWS]
        return [[row[p] if p < len(row) else "" for p in places] for row in rows]


def signature(preview: Preview) -> str:
    """Name the way a file was looked at."""
    parts = (preview.sheet, str(preview.header_row), preview.encoding, preview.delimiter)
    return "·".join(parts)


def field_options() -> list[Option]:
    """What a column may hold, needed fields first."""
    return [(field.code, field.title) for field in FIELDS]


def level_options() -> list[Option]:
    """What a level of groups may name."""
    return [(code, BY_CODE[code].title) for code in LEVEL_FIELDS]


def forced_by(data: QueryDict) -> Forced:
    """How the form says that the file is to be looked at.

    Raises RowNotNumber.
    """
    row = data.get("header_row", "").strip()
    if row and not row.isdecimal():
        raise RowNotNumber(_("The row of titles is a number: 1 is the first row, 0 means none."))
    return Forced(
        sheet=data.get("sheet") or None,
        header_row=int(row) if row else None,
        encoding=data.get("encoding") or None,
        delimiter=data.get("delimiter") or None,
    )


def said_in(data: QueryDict, base: Mapping) -> Mapping:
    """The layout that the form says, on top of what was guessed.

    Raises ChosenTwice.
    """
    levels = [data.get(f"level-{place}", level) for place, level in enumerate(base.levels)]
    return replace(
        base,
        columns=_columns(data),
        levels=tuple(levels),
        date_order=data.get("date_order", base.date_order),
        decimal=data.get("decimal", base.decimal),
        default_kind=data.get("default_kind", base.default_kind),
        return_prefix=data.get("return_prefix", base.return_prefix).strip(),
        returns_negative="returns_negative" in data,
        kind_words=dict(_words(data)),
        with_vat=VAT_VALUES.get(data.get("with_vat", "")),
    )


def _columns(data: QueryDict) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in data:
        place = name.removeprefix("column-")
        code = data[name]
        if place == name or not place.isdecimal() or code not in BY_CODE:
            continue
        if code in found:
            title = BY_CODE[code].title
            raise ChosenTwice(
                _("“%(field)s” is chosen for two columns. Leave it at one of them.")
                % {"field": title}
            )
        found[code] = int(place)
    order = [field.code for field in FIELDS]
    return dict(sorted(found.items(), key=lambda pair: order.index(pair[0])))


def _words(data: QueryDict) -> Iterator[tuple[str, str]]:
    for name in data:
        place = name.removeprefix("word-")
        meaning = str(data.get(f"meaning-{place}", ""))
        if place != name and meaning in MEANINGS:
            yield str(data[name]), meaning


def drawn(look: "Look", mapping: Mapping, *, unknown: Sequence[str], trouble: str) -> Layout:
    """Put together what the page draws; `unknown` are words that the last check did not know."""
    chosen = {place: code for code, place in mapping.columns.items()}
    return Layout(
        preview=look.preview,
        mapping=mapping,
        columns=tuple(
            ColumnChoice(one.index, one.title, one.samples[:3], chosen.get(one.index, ""))
            for one in look.preview.columns
        ),
        levels=tuple(LevelChoice(place, level) for place, level in enumerate(mapping.levels)),
        words=tuple(_word_choices(look.preview, mapping, unknown)),
        trouble=trouble,
    )


def _word_choices(
    preview: Preview, mapping: Mapping, unknown: Sequence[str]
) -> Iterator[WordChoice]:
    place = mapping.columns.get("kind")
    shown = [] if place is None else [row[place] for row in preview.rows if place < len(row)]
    words = dict.fromkeys([*unknown, *mapping.kind_words, *filter(None, map(str.strip, shown))])
    for index, word in enumerate(list(words)[:20]):
        yield WordChoice(index, word, mapping.kind_words.get(word, ""))
