"""What a column of a table is, and how its values are made safe."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from django.utils import timezone
from django.utils.functional import Promise

Kind = Literal["text", "number", "money", "percent", "date", "moment"]
Value = str | int | float | Decimal | dt.date | None
Row = tuple[Value, ...]
STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Column:
    """A head, what stands below it, and how wide it is in characters.

    Money is in currency units (Decimal, float) or in minor units (int), a percentage a fraction.
    """

    title: str | Promise
    kind: Kind = "text"
    width: int = 16


def safe_text(value: object) -> str:
    r"""Return text that a spreadsheet does not take for a formula: an apostrophe before its start.

    Examples
    --------
    >>> safe_text('=HYPERLINK("http://evil")')
    '\'=HYPERLINK("http://evil")'
    >>> safe_text("Acme")
    'Acme'
    """
    text = "" if value is None else str(value).replace("\x00", "")
    bare = text.lstrip(" \u00a0")
    return f"'{text}" if bare.startswith(STARTS_A_FORMULA) else text


def in_units(value: Value) -> Value:
    """Turn money into currency units: an int is minor units (kopecks), the rest is units."""
    return Decimal(value) / 100 if isinstance(value, int) else value


def naive(value: Value) -> Value:
    """Return a moment in the company's time zone without the zone, as files know none."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.make_naive(value)
    return value
