"""What can be wrong with a row, the sentences that say so, and the table of errors."""
# ruff: noqa: S608 (column names are made here; texts go through `literal`)

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from .engine import Engine, literal
from .macros import FIRST_DAY, MAX_TEXT, last_day
from .plan import CODES, Plan
from .sources import EXTRA

MAX_ERRORS = 100_000  # written to the sheet of errors; all are counted
SHOWN_ERRORS = 200
_SHOWN_VALUE = 80


@dataclass(frozen=True)
class RowError:
    """One thing wrong with one cell; `sentence` names the place and the remedy."""

    sheet: str
    row: int
    column: str
    value: str
    code: str
    sentence: str


def sentences() -> dict[str, str]:
    """Return the sentence of each problem; {value} is what stands in the cell."""
    return {
        "date_missing": _("the date is missing. Fill it in."),
        "date_unreadable": _("“{value}” is not a date. Write it as 05.10.2026."),
        "date_impossible": _("there is no such day as “{value}”. Put the date right."),
        "date_out_of_range": _(
            "the date “{value}” is outside {first} … {last}. Put the date right."
        ),
        "number_in_date": _(
            "“{value}” is a number, not a date. Check that the columns were not mixed up."
        ),
        "amount_missing": _("the amount is missing. Fill it in, or write 0."),
        "number_missing": _("the number is missing. Fill it in, or write 0."),
        "number_unreadable": _("“{value}” is not a number. Leave digits only, such as 1250.50."),
        "number_damaged": _(
            "“{value}” was cut by the spreadsheet. Show the column as a number with all its digits."
        ),
        "date_in_number": _(
            "“{value}” is a date, not a number. Show the column as a number, or check the columns."
        ),
        "number_too_large": _("“{value}” is too large for one line. Put the number right."),
        "code_damaged": _(
            "“{value}” was cut by the spreadsheet. Show the column as text and save the file again."
        ),
        "text_too_long": _(
            "the text is longer than {limit} letters. Check that no quotation mark is left open."
        ),
        "extra_cells": _(
            "the row has more cells than the table has columns. Put names that hold the"
            " delimiter into quotation marks."
        ),
        "kind_unknown": _(
            "“{value}” is not a known kind of operation. Say what it means in the layout."
        ),
        "other_currency": _(
            "the currency is “{value}”, other lines have another. Send each currency in its file."
        ),
        "key_repeated": _(
            "the key “{value}” stands in several rows. Choose a column whose values do not repeat."
        ),
    }


def found_sql(plan: Plan) -> str:
    """Return SQL for the list of what is wrong with a row of `patient`."""
    tests = [_place(plan, "date", "date_x", _date_code(plan))]
    needed = {"quantity", "price"} if plan.by_price else {"amount"}
    tests += [
        _place(plan, field, f"{field}_x", _number_code(plan, field, needed=field in needed))
        for field in ("amount", "quantity", "price", "cost", "unit_cost")
        if plan.has(field) and _counts(plan, field)
    ]
    tests += [
        _place(plan, field, field, f"CASE WHEN swollen({field}) THEN 'code_damaged' END")
        for field in CODES
        if plan.has(field)
    ]
    tests += [
        _place(
            plan, field, field, f"CASE WHEN length({field}) > {MAX_TEXT} THEN 'text_too_long' END"
        )
        for field in plan.texts
        if field != "word"
    ]
    extra = f"CASE WHEN note = {literal(EXTRA)} THEN 'extra_cells' END"
    tests.append(f"{{'place': -1, 'value': '', 'code': {extra}}}")
    return f"list_filter([{', '.join(tests)}], lambda p: p.code IS NOT NULL)"


def _counts(plan: Plan, field: str) -> bool:
    """A price beside an amount, a unit cost beside a cost are not read at all."""
    return {"price": plan.by_price, "unit_cost": not plan.has("cost")}.get(field, True)


def _place(plan: Plan, field: str, value: str, code: str) -> str:
    place = plan.source.columns.get(field, plan.source.columns.get("document", -1))
    return f"{{'place': {place}, 'value': coalesce({value}, ''), 'code': {code}}}"


def _date_code(plan: Plan) -> str:
    return f"""CASE WHEN coalesce(date_x, '') = '' THEN 'date_missing'
      WHEN date IS NOT NULL AND date NOT BETWEEN
          DATE '{FIRST_DAY}' AND DATE '{last_day(plan.today)}'
        THEN 'date_out_of_range'
      WHEN date IS NOT NULL THEN NULL
      WHEN looks_like_day(date_x) THEN 'date_impossible'
      WHEN number_text(date_x, {literal(plan.mapping.decimal)}) IS NOT NULL THEN 'number_in_date'
      ELSE 'date_unreadable' END"""


def _number_code(plan: Plan, field: str, *, needed: bool) -> str:
    missing = "amount_missing" if field == "amount" else "number_missing"
    empty = literal(missing) if needed else "NULL"
    too_large = {
        "amount": "amount IS NULL",
        "quantity": "thousandths(quantity_n) IS NULL" + (" OR amount IS NULL" if needed else ""),
        "cost": "cost IS NULL",
        "unit_cost": "cost IS NULL AND quantity_n IS NOT NULL",
    }.get(field, "false")
    return f"""CASE WHEN coalesce({field}_x, '') = '' THEN {empty}
      WHEN {field}_n IS NULL AND looks_like_day({field}_x) THEN 'date_in_number'
      WHEN {field}_n IS NULL
        AND regexp_full_match({field}_x, '-?[0-9]+([.,][0-9]+)?[Ee][+-]?[0-9]+')
        THEN 'number_damaged'
      WHEN {field}_n IS NULL THEN 'number_unreadable'
      WHEN {_both_read(plan, field)} ({too_large}) THEN 'number_too_large' END"""


def _both_read(plan: Plan, field: str) -> str:
    """A product is missing for want of its other factor, too; that is said at the factor."""
    return "price_n IS NOT NULL AND" if field == "quantity" and plan.by_price else "true AND"


def write_errors(engine: Engine, plan: Plan, path: Path) -> None:
    """Write the table of errors with finished sentences, in the order of the rows."""
    titles = ["", *plan.source.titles]
    listed = ", ".join(literal(title) for title in titles)
    sheet = plan.mapping.sheet
    place = _("Sheet “{sheet}”, row {row}, column “{column}”: ") if sheet else ""
    place = place or _("Row {row}, column “{column}”: ")
    bare = _("Sheet “{sheet}”, row {row}: ") if sheet else _("Row {row}: ")
    where = f"CASE WHEN place < 0 THEN {literal(bare)} ELSE {literal(place)} END"
    what = " ".join(
        f"WHEN {literal(code)} THEN {literal(_filled(plan, text))}"
        for code, text in sentences().items()
    )
    sentence = f"{where} || CASE code {what} END"
    for mark, value in (
        ("{sheet}", literal(sheet)),
        ("{row}", "CAST(row_no AS VARCHAR)"),
        ("{column}", "title"),
        ("{value}", "value"),
    ):
        sentence = f"replace({sentence}, {literal(mark)}, {value})"
    engine.run(
        f'COPY (SELECT {literal(sheet)} AS sheet, row_no AS row, title AS "column", value, code,'
        f" {sentence} AS sentence FROM (SELECT row_no, place, code,"
        f" CASE WHEN length(value) > {_SHOWN_VALUE} THEN value[:{_SHOWN_VALUE}] || '…' ELSE value"
        f" END AS value, [{listed}][place + 2] AS title FROM problems)"
        f" ORDER BY row_no, place LIMIT {MAX_ERRORS}) TO {literal(str(path))}"
        " (FORMAT parquet, COMPRESSION zstd)"
    )


def _filled(plan: Plan, sentence: str) -> str:
    first, last = (f"{day:%d.%m.%Y}" for day in (FIRST_DAY, last_day(plan.today)))
    pairs = (("{first}", first), ("{last}", last), ("{limit}", str(MAX_TEXT)))
    for mark, value in pairs:
        sentence = sentence.replace(mark, value)
    return sentence


def read_errors(path: Path, *, most: int | None = None) -> Sequence[RowError]:
    """Return the errors kept at `path`, the first `most` of them."""
    import pyarrow.parquet as pq

    rows = pq.read_table(path).slice(0, most).to_pylist()
    return tuple(RowError(**row) for row in rows)
