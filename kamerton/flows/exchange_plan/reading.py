"""Read a plan's book into a plan that is being written: all of it or nothing."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from kamerton.domain.plans import actions
from kamerton.domain.plans.actions import GoalText, PartText
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.flows.exchange_plan.columns import (
    NUMBER,
    PLAN_TITLE,
    REVISION,
    SHEETS,
    Cell,
    Sheet,
    Unreadable,
    folded,
    head_of,
    heads,
    in_both,
    metric_of,
    read,
)
from kamerton.platform.access import queries as access
from kamerton.platform.access.models import User
from kamerton.platform.errors import BusinessError

LARGEST = 5_000_000  # bytes
ROWS = 5_000


class NotABook(BusinessError):
    """The file is no book of sheets, or none of a plan."""


@dataclass
class Outcome:
    """What a file brings; `problems` name sheet and row, and then nothing is written."""

    added: int = 0
    changed: int = 0
    same: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def written(self) -> bool:
        """True if the file could be taken."""
        return not self.problems


@dataclass(frozen=True)
class _Row:
    sheet: Sheet
    line: int
    number: int | None
    revision: int | None
    values: dict[str, Any]


class _Undo(Exception):
    """Takes all back."""


def read_plan(
    actor: User, plan: PerspectivePlan, content: bytes, *, dry_run: bool = False
) -> Outcome:
    """Lay what a book says over `plan`; a trial run changes nothing and tells the same.

    Raises NotABook, and what change_plan raises about the actor and the state.
    """
    book, outcome = _opened(content), Outcome()
    try:
        with transaction.atomic():
            _read_fields(actor, plan, book, outcome)
            for sheet in SHEETS:
                _read_parts(actor, plan, sheet, book.get(sheet.relation, []), outcome)
            if dry_run or outcome.problems:
                raise _Undo
    except _Undo:
        pass
    return outcome


def _opened(content: bytes) -> dict[str, list[list[Any]]]:
    """The sheets by relation ("" for the plan itself), known by their titles."""
    if len(content) > LARGEST:
        raise NotABook(_("The file is too large for a plan."))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = {
            folded(name): book.get_sheet_by_name(name).to_python() for name in book.sheet_names
        }
    except (CalamineError, ValueError, OSError):
        raise NotABook(_("This is not an XLSX file.")) from None
    titles = {"": PLAN_TITLE} | {sheet.relation: sheet.title for sheet in SHEETS}
    known = {
        relation: found[name]
        for relation, title in titles.items()
        for name in {folded(each) for each in in_both(lambda: title)}  # noqa: B023
        if name in found
    }
    if not known:
        raise NotABook(_("The file has no sheet of a plan. Download the plan and change that."))
    return known


def _read_fields(
    actor: User, plan: PerspectivePlan, book: dict[str, list[list[Any]]], outcome: Outcome
) -> None:
    """The plan's own fields."""
    names, changes = heads(None), {}
    for line, row in enumerate(book.get("", []), start=1):
        cell = names.get(folded(row[0])) if row else None
        if cell is None or len(row) < 2:
            continue
        try:
            changes[cell.name] = read(None, cell, row[1])
        except Unreadable as why:
            outcome.problems.append(_line(str(PLAN_TITLE), line, head_of(None, cell), str(why)))
    needed = {"baseline", "target", "horizon_years", "level"}
    changes = {k: v for k, v in changes.items() if v is not None or k not in needed}
    differs = {name: v for name, v in changes.items() if getattr(plan, name) != v}
    if outcome.problems:
        return
    try:
        actions.change_plan(actor, plan, **differs)
    except actions.Unfit as wrong:
        outcome.problems.append(f"{PLAN_TITLE}: {wrong}")
        return
    for name, value in differs.items():
        setattr(plan, name, value)
    outcome.changed += bool(differs)


def _read_parts(
    actor: User, plan: PerspectivePlan, sheet: Sheet, table: list[list[Any]], outcome: Outcome
) -> None:
    """The rows of one sheet, each added, changed or the same."""
    there = {part.pk: part for part in getattr(plan, sheet.relation).all()}
    for row in _rows(sheet, table, outcome):
        part = there.get(row.number or 0)
        try:
            if row.number and part is None:
                raise Unreadable(_("this row is not in the plan any more"))
            text = _text(actor, plan, row)
            if part is None:
                actions.add_part(actor, plan, text=text)
                outcome.added += 1
            elif _same(part, text):
                outcome.same += 1
            else:
                actions.change_part(actor, part, text=text, revision=row.revision)
                outcome.changed += 1
        except (actions.PlanLocked, actions.NotYourPlan):
            raise
        except (Unreadable, BusinessError) as why:
            outcome.problems.append(_line(str(sheet.title), row.line, "", str(why)))


def _rows(sheet: Sheet, table: list[list[Any]], outcome: Outcome) -> Iterator[_Row]:
    """The rows of a sheet, read by its heads."""
    if not table:
        return
    known, own = heads(sheet), _own_heads()
    columns = [own.get(folded(head)) or known.get(folded(head)) for head in table[0]]
    for line, cells in enumerate(table[1 : ROWS + 1], start=2):
        if not any(str(cell).strip() for cell in cells):
            continue
        row = dict(zip(columns, cells, strict=False))
        try:
            yield _row(sheet, line, row)
        except Unreadable as why:
            outcome.problems.append(_line(str(sheet.title), line, "", str(why)))


def _row(sheet: Sheet, line: int, row: dict[Any, Any]) -> _Row:
    values: dict[str, Any] = {}
    for cell in sheet.cells:
        try:
            values[cell.name] = read(sheet, cell, row.get(cell), metric_of(values))
        except Unreadable as why:
            raise Unreadable(f"{head_of(sheet, cell)}: {why}") from None
    number, revision = (read(None, Cell(name, "whole"), row.get(name)) for name in ("no", "rev"))
    return _Row(sheet, line, number, revision, values)


def _own_heads() -> dict[str, Any]:
    """The heads of number and version."""
    return {
        folded(each): name
        for name, title in (("no", NUMBER), ("rev", REVISION))
        for each in in_both(lambda: title)  # noqa: B023
    }


def _text(actor: User, plan: PerspectivePlan, row: _Row) -> PartText:
    """The record that the action takes; names of people and parts become themselves."""
    given = {name: _meant(actor, plan, row.sheet, name, v) for name, v in row.values.items()}
    if row.sheet.record is GoalText:
        years = [given.pop(f"year_{number}") for number in range(1, 6)]
        given["targets"] = tuple(years[: plan.horizon_years])
    known = {each.name: each for each in fields(row.sheet.record)}
    given = {
        name: known[name].default if value is None and name in known else value
        for name, value in given.items()
    }
    made: PartText = row.sheet.record(**given)
    return made


def _meant(actor: User, plan: PerspectivePlan, sheet: Sheet, name: str, value: Any) -> Any:
    kind = next(cell.kind for cell in sheet.cells if cell.name == name)
    match kind:
        case "person":
            return _person(actor, plan, value, needed=sheet.relation == "actions")
        case "strategy":
            return _one(plan.strategies.all(), value) if value else None
        case "ties":
            return tuple(_one(getattr(plan, name).all(), each).pk for each in value)
        case _:
            return value


def _person(actor: User, plan: PerspectivePlan, email: str, *, needed: bool) -> User | None:
    if not email:
        return plan.manager if needed else None
    if email.casefold() == plan.manager.email.casefold():
        return plan.manager
    found = access.colleagues(actor).filter(email__iexact=email).first()
    if found is None:
        raise Unreadable(_("nobody here has the e-mail %(email)s") % {"email": email})
    return found


def _one(parts: Any, text: str) -> Any:
    for part in parts:
        if folded(part) == folded(text):
            return part
    raise Unreadable(_("“%(text)s” is not in the plan") % {"text": text})


def _same(part: Any, text: PartText) -> bool:
    """True if the row says what stands."""
    for each in fields(text):
        value, there = getattr(text, each.name), getattr(part, each.name)
        if isinstance(value, tuple):
            there = tuple(there) if each.name == "targets" else tuple(one.pk for one in there.all())
            value, there = _ordered(value, each.name), _ordered(there, each.name)
        if value != there:
            return False
    return True


def _ordered(values: tuple[Any, ...], name: str) -> tuple[Any, ...]:
    """Ties in any order are the same, years are not."""
    return values if name == "targets" else tuple(sorted(values))


def _line(sheet: str, line: int, column: str, why: str) -> str:
    place = f"{sheet}, {line}" + (f", {column}" if column else "")
    return f"{place}: {why}"
