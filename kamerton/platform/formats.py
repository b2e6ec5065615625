"""Numbers, money and dates in words, by the language of the page."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

Number = int | float | Decimal
SPACE: Final = "\u00a0"  # between thousands and before a unit; Inter has no narrower one (U+202F)
MINUS: Final = "\u2212"
SYMBOLS: Final = {"RUB": "₽", "USD": "$", "EUR": "€", "KZT": "₸", "BYN": "Br", "CNY": "¥"}
_currency: ContextVar[str] = ContextVar("currency", default="")
SCALES: Final = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"))


def no_data() -> str:
    """Return the words for a missing value."""
    return _("no data")


def is_missing(value: object) -> bool:
    """Tell whether there is nothing to write: None, a name unknown to the template, NaN."""
    return value is None or value == "" or value != value  # noqa: PLR0124


def is_russian() -> bool:
    """Tell whether the page is drawn in Russian."""
    return (get_language() or settings.LANGUAGE_CODE).startswith("ru")


def rounded(value: Number, digits: int) -> Decimal:
    """Round half up, as people do."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def number(value: Number | None, digits: int | None = None, *, plus: bool = False) -> str:
    """Write a number; without `digits` whole numbers stay whole, others get at most two."""
    if value is None or is_missing(value):
        return no_data()
    shown = rounded(value, 2 if digits is None else digits)
    if digits is None:
        shown = shown.quantize(Decimal(1)) if shown == shown.to_integral() else shown.normalize()
    sign = MINUS if shown < 0 else "+" if plus and shown > 0 else ""
    text = f"{abs(shown):,f}"
    if is_russian():
        text = text.replace(",", SPACE).replace(".", ",")
    return sign + text


def percent(fraction: Number | None, digits: int = 0, *, plus: bool = False) -> str:
    """Write a fraction (0.63) as a percentage: «63 %», in English "63%"."""
    if fraction is None or is_missing(fraction):
        return no_data()
    hundred = Decimal(str(fraction)) * 100
    return number(hundred, digits, plus=plus) + (f"{SPACE}%" if is_russian() else "%")


def in_units(value: Number) -> Decimal:
    """Turn money into currency units: an int is minor units (kopecks), the rest is units."""
    if isinstance(value, int):
        return Decimal(value) / 100
    return value if isinstance(value, Decimal) else Decimal(str(value))


@contextmanager
def money_of(currency: str) -> Iterator[None]:
    """Write money in the currency of a company until the end."""
    token = _currency.set(currency)
    try:
        yield
    finally:
        _currency.reset(token)


def currency_sign(currency: str | None = None) -> str:
    """Return the sign of a currency, its code where it has none: «₽», "AMD"."""
    code = currency or _currency.get() or settings.CURRENCY
    return SYMBOLS.get(code, code)


def with_symbol(text: str, currency: str | None = None) -> str:
    """Put the sign of the currency where the language has it."""
    symbol = currency_sign(currency)
    if is_russian():
        return f"{text}{SPACE}{symbol}"
    before = symbol + (SPACE if symbol.isalpha() else "")
    if text.startswith(MINUS):
        return f"{MINUS}{before}{text[1:]}"
    return before + text


def money(value: Number | None, digits: int = 0, currency: str | None = None) -> str:
    """Write money: «1 234 567 ₽»; an int is minor units (kopecks)."""
    if value is None or is_missing(value):
        return no_data()
    return with_symbol(number(in_units(value), digits), currency)


def scale_words() -> dict[str, str]:
    """Return the short words for a thousand, a million and a billion."""
    return {
        "billion": pgettext("short scale", "B"),
        "million": pgettext("short scale", "M"),
        "thousand": pgettext("short scale", "K"),
    }


def scaled(value: Decimal) -> tuple[str, str]:
    """Cut a number to three significant digits and its scale: ("6,24", "million")."""
    for size, scale in SCALES:
        share = value / size
        if abs(share) >= Decimal("0.9995"):
            digits = 2 if abs(share) < 10 else 1 if abs(share) < 100 else 0
            shown = rounded(share, digits)
            return number(shown, None if shown == shown.to_integral() else digits), scale
    return number(value, 0), ""


def short(value: Number | None) -> str:
    """Write a large number short: «6,24 млн», in English "6.24M"."""
    if value is None or is_missing(value):
        return no_data()
    text, scale = scaled(Decimal(str(value)))
    if not scale:
        return text
    return text + (SPACE if is_russian() else "") + scale_words()[scale]


def money_short(value: Number | None, currency: str | None = None) -> str:
    """Write money short: «6,24 млн ₽», in English "₽6.24M"; an int is minor units."""
    if value is None or is_missing(value):
        return no_data()
    return with_symbol(short(in_units(value)), currency)


def local_day(value: dt.date) -> dt.date:
    """Return the day of a moment in the company's time zone; a date stays."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def day(value: dt.date | None) -> str:
    """Write a day: 21.11.2026, in English 21 Nov 2026."""
    if value is None or is_missing(value):
        return no_data()
    return date_format(local_day(value), "d.m.Y" if is_russian() else "j M Y")


def day_short(value: dt.date | None) -> str:
    """Write a day of this year: 21.11, in English 21 Nov."""
    if value is None or is_missing(value):
        return no_data()
    return date_format(local_day(value), "d.m" if is_russian() else "j M")


def moment(value: dt.datetime | None) -> str:
    """Write a moment: 21.11.2026, 14:05."""
    if value is None or is_missing(value):
        return no_data()
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)}, {local:%H:%M}"


def month(value: dt.date | None) -> str:
    """Write a month: «октябрь 2026»."""
    if value is None or is_missing(value):
        return no_data()
    text = date_format(local_day(value), "F Y")
    return text.lower() if is_russian() else text


def month_short(value: dt.date | None) -> str:
    """Write the month alone, short: «окт.», "Oct"."""
    return no_data() if value is None else date_format(value, "M")


def weekday(value: dt.date | None) -> str:
    """Write the short day of the week: «вт», "Tue"."""
    if value is None or is_missing(value):
        return no_data()
    text = date_format(local_day(value), "D")
    return text.lower() if is_russian() else text


def ago(value: dt.date | None) -> str:
    """Say how long ago a day or a moment was; a day to come is said as a date."""
    if value is None or is_missing(value):
        return no_data()
    if isinstance(value, dt.datetime):
        minutes = int((timezone.now() - value).total_seconds() // 60)
        if 0 <= minutes < 24 * 60 and local_day(value) == timezone.localdate():
            return minutes_ago(minutes)
    return days_ago((timezone.localdate() - local_day(value)).days, value)


def minutes_ago(minutes: int) -> str:
    """Say how many minutes or hours ago something was."""
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        text = ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes)
        return text % {"n": minutes}
    hours = minutes // 60
    return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}


def days_ago(days: int, value: dt.date) -> str:
    """Say how many days, months or years ago `value` was."""
    if days < 0:
        return _("tomorrow") if days == -1 else day(value)
    if days < 2:
        return _("yesterday") if days else _("today")
    if days < 60:
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    months = round(days / 30.44)
    if months < 24:
        return ngettext("%(n)d month ago", "%(n)d months ago", months) % {"n": months}
    years = months // 12
    return ngettext("%(n)d year ago", "%(n)d years ago", years) % {"n": years}


def duration(seconds: Number | None) -> str:
    """Say how long something takes: «2 мин»."""
    if seconds is None or is_missing(seconds):
        return no_data()
    whole = round(float(seconds))
    if whole < 60:
        return _("%(n)d s") % {"n": whole}
    minutes, rest = divmod(whole, 60)
    if minutes < 10 and rest:
        return _("%(m)d min %(s)d s") % {"m": minutes, "s": rest}
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return _("%(n)d min") % {"n": minutes}
    return _("%(h)d h %(m)d min") % {"h": hours, "m": minutes}


def initials(name: object) -> str:
    """Return the first letters of the first two words of a name."""
    words = [word for word in str(name).replace("-", " ").split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in words[:2])
