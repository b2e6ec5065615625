"""From texts to typed lines in SQL: a strict pass over all rows, a patient one over the rest."""
# ruff: noqa: S608 (column names are made here; texts go through `literal`)

from .engine import Engine, literal
from .grouped import GROUP
from .macros import FIRST_DAY, MAX_TEXT, NAMED, last_day
from .plan import CODES, NUMBERS, TEXTS, VALUES, Plan
from .problems import found_sql
from .sources import EXTRA


def staged_sql(plan: Plan) -> str:
    """Return the strict pass: typed values where a row is plain, its cells where it is not."""
    cells = ", ".join(f"c{place}" for place in range(len(plan.source.titles)))
    numbered = "row_no, note, " if plan.source.numbered else ""
    note = " AND note IS NULL" if plan.source.numbered else ""
    return f"""CREATE TABLE staged AS
SELECT {numbered}{", ".join((*VALUES, *plan.texts))},
  CASE WHEN {_fine(plan)}{note} THEN NULL ELSE [{cells}] END AS cells
FROM (SELECT *, {_strict_values(plan)}
  FROM (SELECT *, {_strict_numbers(plan)}, {_staged_texts(plan)} FROM {plan.source.table}))"""


def _strict_numbers(plan: Plan) -> str:
    sign = plan.mapping.decimal
    forms = {"amount": (16, 2, 18), "quantity": (15, 3, 3), "price": (18, 6, 6)}
    forms |= {"cost": (16, 2, 18), "unit_cost": (18, 6, 6)}
    parts = []
    for field, (width, scale, most) in forms.items():
        text = plan.text(field)
        plain = f"[0-9]+([{sign}][0-9]{{1,{most}}})?"
        number = text if sign == "." else f"replace({text}, ',', '.')"
        parts.append(
            f"CASE WHEN regexp_full_match({text}, '-?{plain}')"
            f" THEN TRY_CAST({number} AS DECIMAL({width},{scale})) END AS {field}_d"
            if plan.has(field)
            else f"NULL::DECIMAL({width},{scale}) AS {field}_d"
        )
    return ", ".join([*parts, f"{_strict_day(plan)} AS date"])


def _strict_day(plan: Plan) -> str:
    text = plan.text("date")
    if plan.day_in_document:
        text = plan.text("document")
        return (
            f"CAST(try_strptime(regexp_extract({text}, {literal(NAMED)}, 3), '%d.%m.%Y') AS DATE)"
        )
    if plan.mapping.date_order == "ymd":
        return f"TRY_CAST({text} AS DATE)"
    order = "%d{0}%m{0}%Y" if plan.mapping.date_order == "dmy" else "%m{0}%d{0}%Y"
    signs = "./-" if plan.mapping.date_order == "dmy" else "/-"
    forms = ", ".join(literal(order.format(sign)) for sign in signs)
    whole = f"strlen({text}) = 10 OR (strlen({text}) IN (16, 19) AND {text}[11] = ' ')"
    return f"CASE WHEN {whole} THEN CAST(try_strptime({text}[:10], [{forms}]) AS DATE) END"


def _product(price: str) -> str:
    """Both factors fit 64 bits; the guard keeps their product there too."""
    return (
        f"CASE WHEN abs(CAST(quantity_d AS DOUBLE) * CAST({price} AS DOUBLE)) < 9e8"
        f" THEN CAST(round(quantity_d * {price}, 2) * 100 AS BIGINT) END"
    )


def _strict_values(plan: Plan) -> str:
    amount = _product("price_d") if plan.by_price else "CAST(amount_d * 100 AS BIGINT)"
    cost = "CAST(cost_d * 100 AS BIGINT)" if plan.has("cost") else _product("unit_cost_d")
    quantity = "CAST(quantity_d * 1000 AS BIGINT)"
    return f"{amount} AS amount, {cost} AS cost, coalesce({quantity}, 0) AS quantity"


def _staged_texts(plan: Plan) -> str:
    plain = [field for field in plan.texts if field not in {"word", "document"}]
    tidy = {field: "tidy_code" for field in ("client_code", "client_inn")}
    parts = [f"{tidy.get(field, 'tidy')}({plan.text(field)}) AS {field}" for field in plain]
    return ", ".join([*parts, *_document_texts(plan)])


def _document_texts(plan: Plan) -> list[str]:
    document, parts = plan.text("document"), []
    if plan.has("kind"):
        parts.append(f"tidy({plan.text('kind')}) AS word")
    if plan.has("document") and not plan.mapping.documents_named:
        parts.append(f"tidy({document}) AS document")
    if plan.has("document") and plan.mapping.documents_named:
        named = f"contains({document}, ' от ') AND regexp_matches({document}, {literal(NAMED)})"
        number, title = (f"regexp_extract({document}, {literal(NAMED)}, {n})" for n in (2, 1))
        parts.append(f"CASE WHEN {named} THEN {number} ELSE tidy({document}) END AS document")
        parts += [] if plan.has("kind") else [f"tidy({title}) AS word"]
    return parts


def _fine(plan: Plan) -> str:
    """Return when a row needs no second look; what is not known (NULL) needs one."""
    last = last_day(plan.today)
    tests = [f"date BETWEEN DATE '{FIRST_DAY}' AND DATE '{last}'", "amount IS NOT NULL"]
    if plan.has("quantity"):
        tests.append(f"(quantity_d IS NOT NULL OR {plan.text('quantity')} IS NULL)")
    costing = "cost" if plan.has("cost") else "unit_cost"
    if plan.has(costing):
        tests.append(f"(cost IS NOT NULL OR {plan.text(costing)} IS NULL)")
    lengths = ", ".join(f"strlen({field})" for field in plan.texts)
    tests.append(f"greatest({lengths}) <= {MAX_TEXT}")
    tests += [f"NOT contains({f}, 'E+')" for f in CODES if plan.has(f)]
    return " AND ".join(tests)


def stage(engine: Engine, plan: Plan, *, stage_name: str, span: tuple[float, float]) -> None:
    """Fill the tables `staged`, `patient` and `problems`, and the view `fixed` of sound lines."""
    engine.run(staged_sql(plan), stage=stage_name, span=span)
    engine.run(patient_sql(plan), stage=stage_name, span=(span[1], span[1]))
    engine.run(_classed_sql(plan))
    engine.run(
        "CREATE TABLE problems AS SELECT row_no, p.place AS place, p.value AS value, p.code AS code"
        " FROM (SELECT row_no, unnest(found) AS p FROM classed WHERE class = 'error')"
    )
    texts = [f if f in plan.texts else f"'' AS {f}" for f in TEXTS]
    columns = ", ".join((*VALUES, *texts))
    engine.run(
        f"CREATE VIEW fixed AS SELECT {plan.row_no} AS row_no, {columns} FROM staged"
        f" WHERE cells IS NULL UNION ALL SELECT row_no, {columns} FROM classed"
        " WHERE class = 'line'"
    )


def _cell(plan: Plan, field: str) -> str:
    place = plan.source.columns.get(field)
    return "NULL::VARCHAR" if place is None else f"tidy(cells[{place + 1}])"


def patient_sql(plan: Plan) -> str:
    """Return the second pass: the rows not plain, their values read with patience."""
    texts = ", ".join(f"{_cell(plan, f)} AS {f}_x" for f in NUMBERS)
    sign = literal(plan.mapping.decimal)
    numbers = ", ".join(f"number_text({f}_x, {sign}) AS {f}_n" for f in NUMBERS)
    note = "note" if plan.source.numbered else "NULL::VARCHAR AS note"
    values = {
        "amount": "product_units(quantity_n, price_n)"
        if plan.by_price
        else "minor_units(amount_n)",
        "cost": "minor_units(cost_n)"
        if plan.has("cost")
        else "product_units(quantity_n, unit_cost_n)",
        "quantity": "coalesce(thousandths(quantity_n), 0)",
        "date": f"day_of(date_x, {literal(plan.mapping.date_order)})",
    }
    typed = ", ".join(f"{sql} AS {name}" for name, sql in values.items())
    return f"""CREATE TABLE patient AS SELECT *, {typed}
FROM (SELECT *, {numbers} FROM (
  SELECT {plan.row_no} AS row_no, {note}, cells, {", ".join(plan.texts)}, {texts},
    {_day_text(plan)} AS date_x, array_to_string(cells, chr(10)) AS joined
  FROM staged WHERE cells IS NOT NULL))"""


def _day_text(plan: Plan) -> str:
    if not plan.day_in_document:
        return _cell(plan, "date")
    cell = _cell(plan, "document")
    return f"coalesce(nullif(regexp_extract({cell}, {literal(NAMED)}, 3), ''), {cell})"


def _classed_sql(plan: Plan) -> str:
    """Say of each doubtful row what it is: a line, an error, or one to be left out."""
    figures = " AND ".join(f"coalesce({f}_x, '') = ''" for f in NUMBERS)
    plain = "coalesce((SELECT max(row_no) FROM last_plain), 0)"
    engine_last = (
        f"SELECT max({plan.row_no}) AS row_no FROM staged WHERE cells IS NULL"
        " UNION ALL SELECT max(row_no) FROM patient WHERE date IS NOT NULL AND amount IS NOT NULL"
    )
    return f"""CREATE TABLE classed AS WITH last_plain AS ({engine_last})
SELECT *, CASE
    WHEN note = {literal(GROUP)} THEN 'group'
    WHEN tidy(joined) = '' AND coalesce(note, '') <> {literal(EXTRA)} THEN 'blank'
    WHEN {_repeated_head(plan)} THEN 'header'
    WHEN date IS NULL AND labels_total(joined)
      AND (coalesce(date_x, '') = '' OR labels_total(date_x)) THEN 'total'
    WHEN len(found) = 0 THEN 'line'
    WHEN date IS NULL AND {figures} AND row_no > {plain} THEN 'footer'
    ELSE 'error' END AS class
FROM (SELECT *, {found_sql(plan)} AS found FROM patient)"""


def _repeated_head(plan: Plan) -> str:
    places = sorted(set(plan.mapping.columns.values()))
    tests = [
        f"squeezed(cells[{p + 1}]) = {literal(' '.join(plan.source.titles[p].split()))}"
        for p in places
    ]
    return " AND ".join(f"coalesce({test}, false)" for test in tests) or "false"
