"""SQL by which texts become days, numbers and tidy names; all of it runs inside DuckDB.

Strict forms serve the many rows that are written plainly; the patient ones are asked only for
the rows that the strict ones could not read.
"""

import datetime as dt

from .engine import Engine, literal
from .totals import TOTAL

_NBSP = "chr(160)"
_ISO = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([T ].*)?"
_TIME = r"([ T,]+\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[APap][Mm])?)?"
_PARTED = r"(\d{1,2})([./-])(\d{1,2})[./-](\d{4}|\d{2})( ?г\.?)?" + _TIME
_WORDED = r"(\d{1,2})[ .-]*([а-яёa-z]{3})[а-яёa-z]*\.?[ .-]*(\d{4})( ?г(ода|\.)?)?" + _TIME
_MONTHS = (
    "['янв','фев','мар','апр','мая','июн','июл','авг','сен','окт','ноя','дек',"
    "'jan','feb','mar','apr','may','jun','jul','aug','sep','oct','nov','dec']"
)
_CURRENCY = r"[ ]?(₽|руб(лей|ля|ль)?\.?|р\.|rub\.?|rur|usd|eur|gbp|\$|€|£)$"
#: «Реализация товаров и услуг 0000-000123 от 05.10.2026 12:30:15»: title, number, day.
NAMED = r"(?s)^\s*(.*?)\s*(?:№\s*)?([^\s№]+)\s+от\s+(\d{1,2}\.\d{1,2}\.\d{4})(?:[^\d].*)?$"

FIRST_DAY = dt.date(1990, 1, 1)
MAX_TEXT = 500
#: More than this in one line (units of money) is a slip of the keyboard.
MAX_AMOUNT = 100_000_000_000_000


def last_day(today: dt.date) -> dt.date:
    """Return the last day a line may have: orders run ahead by a year at most."""
    return today + dt.timedelta(days=366)


def install(engine: Engine, *, today: dt.date) -> None:
    """Make the macros known to the engine."""
    for macro in (*_TEXT_MACROS, *_NUMBER_MACROS, *_day_macros(today)):
        engine.connection.execute(f"CREATE MACRO {macro}")


_TEXT_MACROS = (
    r"squeezed(x) AS trim(regexp_replace(x, '[\s\p{Z}]+', ' ', 'g'))",
    # Most names need no trimming; to look at their ends is cheaper than to copy them.
    f"""tidy(x) AS CASE WHEN x IS NULL THEN ''
        WHEN x < '!' OR suffix(x, ' ') OR suffix(x, {_NBSP}) OR prefix(x, {_NBSP})
        THEN regexp_replace(x, '^[\\s\\p{{Z}}]+|[\\s\\p{{Z}}]+$', '', 'g') ELSE x END""",
    # A code that went through a float: 13085.0
    """tidy_code(x) AS CASE WHEN suffix(x, '.0') AND regexp_full_match(x, '[0-9]+[.]0')
        THEN x[:-3] ELSE tidy(x) END""",
    r"swollen(x) AS regexp_full_match(x, '\s*[0-9]+[.,][0-9]+[Ee][+][0-9]+\s*')",
    f"labels_total(x) AS regexp_matches(x, {literal(TOTAL)})",
)

_NUMBER_MACROS = (
    rf"""signed_number(x) AS regexp_replace(regexp_replace(regexp_replace(regexp_replace(
        regexp_replace(squeezed(x), {literal(_CURRENCY)}, '', 'i'),
        '^[−–—‒-] ?', '-'), '^[+] ?', ''), '^[(]([0-9].*)[)]$', '-\1'),
        '^([0-9].*)[-−–]$', '-\1')""",
    r"""whole_number(x) AS CASE
        WHEN regexp_full_match(x, '-?\d{1,3}([ ''’]\d{3})+([.,]\d+)?')
        THEN regexp_replace(x, '[ ''’]', '', 'g') ELSE x END""",
    r"""by_comma(x) AS CASE
        WHEN regexp_full_match(x, '-?\d{1,3}(\.\d{3})+(,\d+)?')
          THEN replace(replace(x, '.', ''), ',', '.')
        WHEN regexp_full_match(x, '-?(\d+,?\d*|,\d+)') THEN replace(x, ',', '.')
        WHEN regexp_full_match(x, '-?(\d+\.?\d*|\.\d+)') THEN x END""",
    r"""by_point(x) AS CASE
        WHEN regexp_full_match(x, '-?\d{1,3}(,\d{3})+(\.\d+)?') THEN replace(x, ',', '')
        WHEN regexp_full_match(x, '-?(\d+\.?\d*|\.\d+)') THEN x
        WHEN regexp_full_match(x, '-?\d+,\d{1,2}') THEN replace(x, ',', '.') END""",
    """number_text(x, sign) AS CASE WHEN sign = ',' THEN by_comma(whole_number(signed_number(x)))
        ELSE by_point(whole_number(signed_number(x))) END""",
    # The widths bound the values, so that nothing overflows 64 bits.
    "minor_units(x) AS CAST(TRY_CAST(x AS DECIMAL(16,2)) * 100 AS BIGINT)",
    "thousandths(x) AS CAST(TRY_CAST(x AS DECIMAL(15,3)) * 1000 AS BIGINT)",
    # exact product of two texts, rounded once, half up
    f"""product_units(q, p) AS CASE
        WHEN abs(TRY_CAST(q AS DOUBLE) * TRY_CAST(p AS DOUBLE)) < {MAX_AMOUNT}
         AND abs(TRY_CAST(q AS DOUBLE)) < 1e12 AND abs(TRY_CAST(p AS DOUBLE)) < 1e12
        THEN CAST(round(TRY_CAST(q AS DECIMAL(38,6)) * TRY_CAST(p AS DECIMAL(38,12)), 2) * 100
                  AS BIGINT) END""",
)


def _day_macros(today: dt.date) -> tuple[str, ...]:
    epoch = dt.date(1899, 12, 30)  # Excel's day 0
    first, last = ((day - epoch).days for day in (FIRST_DAY, last_day(today)))
    return (
        f"""looks_parted(x) AS regexp_full_match(squeezed(x), {literal(_PARTED)})""",
        f"""looks_like_day(x) AS looks_parted(x) OR regexp_full_match(x, {literal(_ISO)})
            OR regexp_full_match(lower(squeezed(x)), {literal(_WORDED)})""",
        """parted_day(p, sign) AS TRY_CAST(
            CASE WHEN length(p.y) = 2 THEN '20' || p.y ELSE p.y END || '-' ||
            CASE WHEN sign = 'mdy' AND p.s <> '.' THEN p.a || '-' || p.b
                 ELSE p.b || '-' || p.a END AS DATE)""",
        f"""worded_day(p) AS TRY_CAST(p.y || '-' ||
            ((list_position({_MONTHS}, replace(p.m, 'май', 'мая')) - 1) % 12 + 1)
            || '-' || p.d AS DATE)""",
        rf"""day_of(x, sign) AS CASE
            WHEN regexp_full_match(x, {literal(_ISO)})
            THEN TRY_CAST(replace(replace(regexp_extract(x, '^[0-9./-]+'), '/', '-'), '.', '-')
                 AS DATE)
            WHEN looks_parted(x)
            THEN parted_day(
                 regexp_extract(squeezed(x), {literal(_PARTED)}, ['a','s','b','y']), sign)
            WHEN regexp_full_match(x, '(19|20)\d{{6}}(\.0)?')
            THEN TRY_CAST(x[:4] || '-' || x[5:6] || '-' || x[7:8] AS DATE)
            WHEN regexp_full_match(x, '\d{{5}}([.,]\d+)?')
              AND CAST(x[:5] AS INTEGER) BETWEEN {first} AND {last}
            THEN DATE '1899-12-30' + CAST(x[:5] AS INTEGER)
            WHEN regexp_full_match(lower(squeezed(x)), {literal(_WORDED)})
            THEN worded_day(regexp_extract(lower(squeezed(x)), {literal(_WORDED)}, ['d','m','y']))
            END""",
    )
