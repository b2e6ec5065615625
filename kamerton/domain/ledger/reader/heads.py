"""Where the table begins: the row of titles below a report's heading, one or several rows high."""

import re
from collections.abc import Sequence
from itertools import pairwise

from .fields import BY_CODE, LEVEL_FIELDS, matched_fields, title_score

DEEPEST_HEAD = 100
_NUMBER = re.compile(r"^[-+−–(]?\s?\d[\d\s\u00a0\u2009\u202f.,']*\)?\s?(₽|руб\.?|р\.|%|\$|€)?$")
_DAY = re.compile(
    r"^(\d{1,2}[./-]\d{1,2}[./-](\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2})\b(\D.*)?$", re.S
)
DATED = re.compile(r"\sот\s+\d{1,2}\.\d{1,2}\.\d{4}")


def is_number(text: str) -> bool:
    """Tell whether a text looks like a number, however its thousands are parted."""
    return bool(_NUMBER.match(text.strip()))


def is_day(text: str) -> bool:
    """Tell whether a text looks like a date."""
    return bool(_DAY.match(text.strip()))


def _is_title(text: str) -> bool:
    return bool(text.strip()) and not is_number(text) and not is_day(text)


def find_head(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the place of the first row of titles, or None where there is none."""
    places = range(min(len(rows), DEEPEST_HEAD))
    named = [_named(rows, place) for place in places]
    most = max(named, default=0)
    return named.index(most) if most >= 2 else _unnamed_head(rows)


def _named(rows: Sequence[Sequence[str]], place: int) -> int:
    """Count the fields named in the row and in the rows of titles below it."""
    if not matched_fields([cell for cell in rows[place] if _is_title(cell)]):
        return 0
    head = rows[place : place + head_height(rows, place)]
    return matched_fields([cell for row in head for cell in row if _is_title(cell)])


def _unnamed_head(rows: Sequence[Sequence[str]]) -> int | None:
    """Titles in words we do not know: a full row of texts right above a row with figures."""
    for place, (row, below) in enumerate(pairwise(rows[: DEEPEST_HEAD + 1])):
        filled = [cell for cell in row if cell.strip()]
        figures = any(is_number(cell) or is_day(cell) for cell in below)
        even = len(filled) >= max(2, sum(bool(cell.strip()) for cell in below) // 2)
        if even and figures and all(_is_title(cell) for cell in filled):
            return place
    return None


def head_height(rows: Sequence[Sequence[str]], head: int) -> int:
    """Return over how many rows the titles run: lower ones part an upper title or stack on it."""
    height = 1
    while head + height < len(rows) and height < 6:
        row = rows[head + height]
        if not (_stacks(row) or _parts(rows[head], row)):
            break
        height += 1
    return height


def _stacks(row: Sequence[str]) -> bool:
    """A lone title below the first one names the next level of groups."""
    filled = [cell for cell in row if cell.strip()]
    return len(filled) == 1 and level_field(filled[0]) != ""


def _parts(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Titles below merged or blank ones: «Продажи» above «Количество» and «Сумма»."""
    filled = [place for place, cell in enumerate(lower) if cell.strip()]
    if sum(bool(cell.strip()) for cell in upper) < 2 or not filled:
        return False
    if not all(_is_title(lower[place]) for place in filled):
        return False
    under_blank = any(not _cell(upper, place) for place in filled)
    return under_blank and matched_fields([lower[place] for place in filled]) >= 1


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def level_field(title: str) -> str:
    """Return the field by which a level of groups with this title goes, "" if none."""
    scored = [(title_score(BY_CODE[code], title), code) for code in LEVEL_FIELDS]
    best = max(scored, key=lambda pair: pair[0])
    return best[1] if best[0] >= 2 else ""


def joined_titles(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return one title for each column of a head that is one or several rows high."""
    titles = [""] * width
    for depth, row in enumerate(rows):
        carried = ""
        for place in range(width):
            own = " ".join(_cell(row, place).split())
            carried = own or carried
            below = any(_cell(lower, place) for lower in rows[depth + 1 :])
            part = own or (carried if below and not titles[place] else "")
            titles[place] = f"{titles[place]} {part}".strip()
    return titles


def stacked_levels(rows: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    """Return column and field of each level where their titles stand below one another.

    In one column, or each further to the right with nothing above it.
    """
    found: list[tuple[int, str]] = []
    for depth, row in enumerate(rows):
        place = next((p for p, cell in enumerate(row) if cell.strip()), None)
        field = "" if place is None else level_field(row[place])
        if place is None or not field:
            continue
        above = any(_cell(upper, place) for upper in rows[:depth])
        if found and above and place != found[-1][0]:
            return []
        found.append((place, field))
    return found if len(found) > 1 else []
