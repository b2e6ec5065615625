"""How many will come, as a small picture: a bar for each number, drawn without scripts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kamerton.platform import formats

WIDE_UNTIL = 7  # bars; more are drawn narrow
FIRST, LAST = 0.0005, 0.9995  # what is rarer is not drawn of a long tail
FAINT = 1.5  # the least height


@dataclass(frozen=True)
class Bar:
    """One number of people: where its bar stands; lengths as text for SVG."""

    x: str
    y: str
    width: str
    height: str
    css: str
    title: str


@dataclass(frozen=True)
class Bars:
    """The picture: bars, its size and the numbers below it."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    marks: tuple[tuple[str, int], ...]  # where, which number
    label: str


def draw(
    chances: Sequence[float], *, least: int, capacity: int, few: bool, many: bool, group: bool
) -> Bars:
    """Draw the chances of 0, 1, 2 … people; `few`, `many`: the risk is above the usual."""
    narrow = group or len(chances) > WIDE_UNTIL
    width, step, height = (8, 11, 40) if narrow else (23, 26, 26)
    if narrow and len(chances) > 17:
        step = max(3, 187 // len(chances))
        width = max(2, step - 1)
    most = max(chances) or 1.0
    bars = []
    for n, chance in enumerate(chances):
        tall = max(chance / most * (height - 2), FAINT)
        kind = "few" if n < least else "many" if n > capacity else "right"
        loud = (kind == "few" and few) or (kind == "many" and many)
        title = _("%(n)d: %(share)s") % {"n": n, "share": formats.percent(chance)}
        place = (str(n * step), f"{height - tall:.1f}", str(width), f"{tall:.1f}")
        bars.append(Bar(*place, f"{kind} loud" if loud else kind, title))
    numbers = sorted({0, least, capacity, len(chances) - 1}) if narrow else []
    apart = _apart([n for n in numbers if n < len(chances)], step)
    marks = tuple((str(n * step + width / 2), n) for n in apart)
    tail = "; ".join(bar.title for bar in bars[:12])
    label = _("How likely so many come: %(tail)s") % {"tail": tail}
    return Bars(tuple(bars), len(chances) * step, height, marks, label)


def _apart(numbers: Sequence[int], step: int) -> list[int]:
    """Leave out numbers that would run into the one before."""
    kept: list[int] = []
    for n in numbers:
        if not kept or (n - kept[-1]) * step >= 16:
            kept.append(n)
    return kept
