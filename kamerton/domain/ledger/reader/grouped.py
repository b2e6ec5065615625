"""Reports with groups: a client in a row of its own, its documents and goods below, made flat."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .heads import DATED, level_field, stacked_levels
from .refusals import LedgerFileInvalid
from .totals import is_total

GROUP = "group"


@dataclass(frozen=True)
class Groups:
    """Where the names of the groups stand, and the field of each level ("" = of no use)."""

    levels: tuple[str, ...]
    column: int = 0
    width: int = 1

    def label(self, cells: Sequence[str]) -> tuple[int, str]:
        """Return the name that stands in a row of a group and how far it is shifted right."""
        for place in range(self.column, min(self.column + self.width, len(cells))):
            if text := cells[place].strip():
                blanks = len(cells[place]) - len(cells[place].lstrip())
                return (place - self.column) * 1000 + blanks, text
        return 0, ""


@dataclass(frozen=True)
class Rung:
    """A row of a grouped report: its number, its cells, how deep it stands (None: not told)."""

    number: int
    cells: list[str]
    depth: int | None = None


@dataclass(frozen=True)
class _Label:
    place: int
    text: str
    depth: int


def guess_groups(
    rows: Sequence[Sequence[str]], head: int, height: int, depths: dict[int, int]
) -> Groups | None:
    """Return how the rows are grouped, None for a flat table."""
    titles = rows[head : head + height]
    if head < 0 or not titles:
        return None
    column = next(p for p, cell in enumerate(titles[0]) if cell.strip())
    rungs = [
        Rung(p, list(rows[p]), depths.get(p) if depths else None)
        for p in range(head + height, len(rows))
    ]
    if stacked := stacked_levels(titles):
        places = {place for place, _field in stacked}
        width = _label_width(titles, column, places)
        return Groups(tuple(field for _place, field in stacked), column, width)
    if stepped := _stepped(titles[0], rungs, column):
        return stepped
    groups = Groups((), column, _label_width(titles, column, {column}))
    levels = _levels_by_words(_labels(rungs, groups))
    return Groups(levels, groups.column, groups.width) if levels else None


def _label_width(titles: Sequence[Sequence[str]], column: int, named: set[int]) -> int:
    """Columns without a title of their own belong to the names on their left."""
    titled = {p for row in titles for p, cell in enumerate(row) if cell.strip()} - named
    return min((p for p in titled if p > column), default=column + 1) - column


def _stepped(titles: Sequence[str], rungs: Sequence[Rung], column: int) -> Groups | None:
    """A titled column for each level, and never two of them filled in one row."""
    fields: list[str] = []
    while column + len(fields) < len(titles):
        field = level_field(titles[column + len(fields)])
        if not field:
            break
        fields.append(field)
    span = range(column, column + len(fields))
    filled = [sum(bool(r.cells[p].strip()) for p in span if p < len(r.cells)) for r in rungs]
    if len(fields) < 2 or max(filled, default=0) != 1:
        return None
    return Groups(tuple(fields), column, len(fields))


def _labels(rungs: Sequence[Rung], groups: Groups) -> list[_Label]:
    """Return the names of groups and leaves, without blank rows and totals."""
    found = []
    for place, rung in enumerate(rungs):
        shift, text = groups.label(rung.cells)
        if text and not is_total(text):
            found.append(_Label(place, text, shift if rung.depth is None else rung.depth))
    return found


def _levels_by_words(labels: Sequence[_Label]) -> tuple[str, ...]:
    """The level of «… от 05.10.2026» holds documents; clients stand above, goods below."""
    order = sorted({label.depth for label in labels})
    if len(order) < 2:
        return ()
    dated = Counter(label.depth for label in labels if DATED.search(label.text))
    levels = [""] * len(order)
    if dated:
        place = order.index(dated.most_common(1)[0][0])
        levels[place] = "document"
        levels[place + 1 : place + 2] = ["product_name"][: len(order) - place - 1]
    else:
        place = len(order) - 1
        levels[place] = "product_name"
    if place > 0:
        levels[place - 1] = "client_name"
    return tuple(levels)


def flatten(rungs: Sequence[Rung], groups: Groups) -> Iterator[tuple[int, str, list[str]]]:
    """Yield number, note and cells of each row, the names of its groups put behind the cells.

    A row with others below it is noted as a group and brings no line of its own.
    Raises LedgerFileInvalid where the levels cannot be told apart.
    """
    levels = len(groups.levels)
    labels = _labels(rungs, groups)
    steps = _steps(labels, levels)
    step_at = {label.place: step for label, step in zip(labels, steps, strict=True)}
    parents = {
        label.place
        for label, step, after in zip(labels, steps, [*steps[1:], 0], strict=True)
        if after > step
    }
    names = [""] * levels
    for place, rung in enumerate(rungs):
        if (step := step_at.get(place)) is None:
            yield rung.number, "", [*rung.cells, *[""] * levels]
            continue
        names[step:] = [groups.label(rung.cells)[1], *[""] * (levels - step - 1)]
        yield rung.number, GROUP if place in parents else "", [*rung.cells, *names]


def _steps(labels: Sequence[_Label], levels: int) -> list[int]:
    """Return on which level each name stands."""
    order = sorted({label.depth for label in labels})
    if len(order) > levels:
        raise _mixed_up()
    if len(order) > 1 or levels == 1:
        return [order.index(label.depth) for label in labels]
    dated = [DATED.search(label.text) is not None for label in labels]
    lone = any(not a and not b for a, b in zip(dated, [*dated[1:], True], strict=True))
    if labels and (levels != 2 or lone or not any(dated)):
        raise _mixed_up()  # only clients with documents below them are told apart by words
    return [int(is_document) for is_document in dated]


def _mixed_up() -> LedgerFileInvalid:
    return LedgerFileInvalid(
        _(
            "The levels of the groups cannot be told apart in this file. Save the report from 1C"
            " as XLSX with its groups, or as a flat list."
        )
    )
