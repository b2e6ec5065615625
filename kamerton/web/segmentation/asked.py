"""What an address asks for, whoever wrote it: a number that is none is as good as missing."""

import math

DIGITS = 9


def whole(text: str | None) -> int | None:
    """Read a whole number from 0 up; None for anything else."""
    given = text or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) <= DIGITS else None


def number(text: str | None, otherwise: float) -> float:
    """Read a number from 0 up, `otherwise` for anything else."""
    try:
        found = float(text or "")
    except ValueError:
        return otherwise
    return found if math.isfinite(found) and found >= 0 else otherwise
