"""Rows of people as job sites export them: heads understood, each row a person or a problem."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kamerton.calc.text import folded
from kamerton.domain.hiring.queries.people import NobodyNamed, Person, tidied

#: Heads of columns as they are met, folded; the first that fits is taken.
HEADS = {
    "full_name": ("фио", "имя", "соискатель", "кандидат", "name", "full name", "candidate"),
    "phone": ("телефон", "моб", "phone", "mobile"),
    "email": ("e-mail", "email", "почта", "эл. почта", "mail"),
    "employer": ("компания", "работодатель", "последнее место", "employer", "company"),
    "position": ("должность", "желаемая должность", "position", "title"),
    "region": ("город", "регион", "city", "region"),
    "niche": ("отрасль", "ниша", "industry", "niche"),
    "link": ("ссылка", "резюме", "url", "link", "resume"),
    "pay_wanted": ("зарплата", "доход", "ожидания", "salary", "pay"),
}
_NUMBER = re.compile(r"\d[\d\s\u00a0]*")


@dataclass(frozen=True)
class ImportRow:
    """One person of a file, tidied; pay a month in minor units."""

    person: Person
    pay_wanted: int | None = None


@dataclass(frozen=True)
class BadRow:
    """A row that names nobody, and why."""

    number: int
    why: str


@dataclass(frozen=True)
class ReadRows:
    """What a table holds: people, and rows that could not be read."""

    rows: list[ImportRow] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)


def read_rows(table: Iterable[Sequence[object]]) -> ReadRows:
    """Read a table whose first row holds the heads; rows are numbered from 2."""
    found = ReadRows()
    places: dict[str, int] | None = None
    for number, cells in enumerate(table, 1):
        values = ["" if cell is None else str(cell) for cell in cells]
        if places is None:
            places = column_places(values)
        elif any(value.strip() for value in values):
            _read(found, number, values, places)
    return found


def read_people(lines: Iterable[tuple[int, Sequence[str]]], places: Mapping[str, int]) -> ReadRows:
    """Read numbered lines whose columns are known."""
    found = ReadRows()
    for number, values in lines:
        if any(value.strip() for value in values):
            _read(found, number, values, places)
    return found


def column_places(heads: Sequence[str]) -> dict[str, int]:
    """Return where each column stands: a head that equals a word first, then one that holds it."""
    known = [folded(head) for head in heads]
    places: dict[str, int] = {}
    for name, words in HEADS.items():
        exact = (at for word in words for at, head in enumerate(known) if head == word)
        holding = (at for word in words for at, head in enumerate(known) if word in head)
        at = next(exact, next(holding, None))
        if at is not None and at not in places.values():
            places[name] = at
    return places


def _read(found: ReadRows, number: int, values: Sequence[str], places: Mapping[str, int]) -> None:
    cells = {name: values[at] for name, at in places.items() if at < len(values)}
    pay = _NUMBER.search(cells.pop("pay_wanted", ""))
    try:
        person = tidied(Person(cells.pop("full_name", ""), **cells))
    except NobodyNamed as wrong:
        found.bad.append(BadRow(number, str(wrong)))
        return
    money = int("".join(pay[0].split())) * 100 if pay else None
    found.rows.append(ImportRow(person, money))
