"""Plain: money that is paid: kopecks as whole numbers, roubles as Decimal, one rounding rule."""

import decimal
from decimal import Decimal

MINOR_UNITS = 100
KOPECK = Decimal("0.01")
# Wide enough for any sum of 64-bit kopecks; the caller's decimal context never decides.
_CONTEXT = decimal.Context(prec=60, rounding=decimal.ROUND_HALF_UP)


def rounded(amount: Decimal) -> Decimal:
    """Round to the kopeck, half a kopeck away from zero: the one rounding rule.

    Parameters
    ----------
    amount : Decimal
        Roubles.

    Returns
    -------
    Decimal
        Roubles with exactly two places.

    Raises
    ------
    TypeError
        If `amount` is not a Decimal: a float has lost its kopecks already.
    ValueError
        If `amount` is infinite or NaN.

    Examples
    --------
    >>> rounded(Decimal("34175.005")), rounded(Decimal("-0.005"))
    (Decimal('34175.01'), Decimal('-0.01'))
    """
    if not isinstance(amount, Decimal):
        raise TypeError(f"money is a Decimal, got {type(amount).__name__}")
    if not amount.is_finite():
        raise ValueError(f"money must be finite, got {amount}")
    return amount.quantize(KOPECK, context=_CONTEXT)


def to_minor(amount: Decimal) -> int:
    """Return roubles as whole kopecks, rounded by the one rule.

    Raises
    ------
    TypeError, ValueError
        As `rounded`.

    Examples
    --------
    >>> to_minor(Decimal("1363600.005"))
    136360001
    """
    return int(rounded(amount).scaleb(2, context=_CONTEXT))


def from_minor(minor: int) -> Decimal:
    """Return whole kopecks as roubles with two places.

    Parameters
    ----------
    minor : int
        Kopecks; NumPy whole numbers will do.

    Raises
    ------
    TypeError
        If `minor` is not a whole number.

    Examples
    --------
    >>> from_minor(-5)
    Decimal('-0.05')
    """
    if isinstance(minor, bool) or not hasattr(minor, "__index__"):
        raise TypeError(f"kopecks are a whole number, got {type(minor).__name__}")
    return Decimal(minor.__index__()).scaleb(-2, context=_CONTEXT)
