"""The contact matrix and the map in a cell of the table: a line a pair, its parts apart by bars."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from kamerton.calc.text import folded
from kamerton.domain.accounts.models import ContactPerson
from kamerton.domain.buying_centre.models import MatrixCell, Member
from kamerton.platform.access.models import User

TEXTS: Final = ("goal", "role", "obligations", "plan")
PARTS: Final = (*TEXTS, "channel", "frequency_days")
Pairs = dict[int, dict[str, Any]]  # what is written of each of ours, by his number


def fields_of(cell: MatrixCell) -> dict[str, Any]:
    """What is written of a pair."""
    return {name: getattr(cell, name) for name in PARTS}


def written_pairs(cells: Iterable[MatrixCell]) -> str:
    """The pairs of one of them as text."""
    out = io.StringIO()
    lines = csv.writer(out, delimiter="|", lineterminator="\n")
    for cell in cells:
        texts = [getattr(cell, name) for name in TEXTS]
        channel = str(cell.get_channel_display()) if cell.channel else ""
        lines.writerow([cell.user.full_name, *texts, channel, cell.frequency_days or ""])
    return out.getvalue().strip()


def read_pairs(text: str, ours: Mapping[str, list[User]]) -> Pairs:
    """Read the pairs of one of them; `ours`: our people by folded name.

    Raises ValueError with a sentence.
    """
    found: Pairs = {}
    for line in csv.reader(io.StringIO(text), delimiter="|"):
        parts = [part.strip() for part in line]
        if not any(parts):
            continue
        person = _ours(parts[0], ours)
        said = dict(zip(PARTS, parts[1:], strict=False))
        found[person.pk] = {
            **{name: said.get(name, "") for name in TEXTS},
            "channel": _channel(said.get("channel", "")),
            "frequency_days": _days(said.get("frequency_days", "")),
        }
    return found


def written_place(member: Member) -> str:
    """Where somebody stands on the map; empty where the map places him itself."""
    return "" if member.x is None or member.y is None else f"{member.x:g} {member.y:g}"


def read_place(text: str) -> tuple[float, float] | None:
    """Read where somebody stands on the map.

    Raises ValueError with a sentence.
    """
    if not text:
        return None
    try:
        across, down = (float(part.replace(",", ".")) for part in text.split())
    except ValueError:
        raise ValueError(_("“%(text)s” is no place like 120 -40") % {"text": text}) from None
    return across, down


def _ours(name: str, ours: Mapping[str, list[User]]) -> User:
    named = ours.get(folded(name), [])
    if not named:
        raise ValueError(_("nobody of ours is called “%(text)s”") % {"text": name})
    if len(named) > 1:
        raise ValueError(_("two of ours are called “%(text)s”: write it by hand") % {"text": name})
    return named[0]


def _channel(text: str) -> str:
    for kind in ContactPerson.Channel:
        if folded(text) in (folded(kind.value), folded(str(kind.label))):
            return str(kind.value)
    if text:
        raise ValueError(_("“%(text)s” is none of the choices") % {"text": text})
    return ""


def _days(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 999):
        words = {"text": text, "low": 1, "top": 999}
        raise ValueError(_("“%(text)s” must be a number from %(low)d to %(top)d") % words)
    return int(text)
