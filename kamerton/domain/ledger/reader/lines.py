"""From sound rows to ledger lines: kinds, signs, clients, keys; sorted and written as Parquet."""
# ruff: noqa: S608 (column names are made here; texts go through `literal`)

from collections.abc import Mapping as Pairs
from pathlib import Path

from kamerton.calc.lines import LINES, Kind
from kamerton.calc.text import folded

from .engine import Engine, literal
from .plan import Plan

ROW_GROUP = 122_880
# 1C numbers its documents anew each year, so the year belongs to a document's name.
_DOCUMENT = "document, year(date)"

#: Beginnings of the words by which files name a kind; the first that fits is taken.
KIND_WORDS: tuple[tuple[str, Kind], ...] = (
    ("корректировка", Kind.CORRECTION),
    ("исправление", Kind.CORRECTION),
    ("возврат", Kind.RETURN),
    ("реализация", Kind.SHIPMENT),
    ("отгрузка", Kind.SHIPMENT),
    ("продажа", Kind.SHIPMENT),
    ("расходная накладная", Kind.SHIPMENT),
    ("накладная", Kind.SHIPMENT),
    ("отчет о розничных продажах", Kind.SHIPMENT),
    ("отчет комиссионера", Kind.SHIPMENT),
    ("упд", Kind.SHIPMENT),
    ("акт", Kind.SHIPMENT),
    ("оплата", Kind.PAYMENT),
    ("платеж", Kind.PAYMENT),
    ("поступление", Kind.PAYMENT),
    ("приходный кассовый ордер", Kind.PAYMENT),
    ("счет", Kind.INVOICE),
    ("заказ", Kind.ORDER),
    ("credit", Kind.RETURN),
    ("return", Kind.RETURN),
    ("refund", Kind.RETURN),
    ("correction", Kind.CORRECTION),
    ("adjustment", Kind.CORRECTION),
    ("sale", Kind.SHIPMENT),
    ("ship", Kind.SHIPMENT),
    ("delivery", Kind.SHIPMENT),
    ("payment", Kind.PAYMENT),
    ("receipt", Kind.PAYMENT),
    ("invoice", Kind.INVOICE),
    ("bill", Kind.INVOICE),
    ("order", Kind.ORDER),
    ("sales order", Kind.ORDER),
)


def kind_of(word: str, own: Pairs[str, str]) -> Kind | None:
    """Return the kind a word names: by the layout's own words, then by those everyone uses."""
    plain = folded(word)
    for said, kind in own.items():
        if folded(said) == plain:
            return Kind(kind)
    if plain == "sales order":
        return Kind.ORDER
    return next((kind for start, kind in KIND_WORDS if plain.startswith(start)), None)


def name_kinds(engine: Engine, plan: Plan) -> None:
    """Fill `kinds` (word → kind); a word of a column of kinds that is not known is an error."""
    engine.run("CREATE TABLE kinds (word VARCHAR, kind VARCHAR)")
    if not plan.words:
        return
    words = [row[0] for row in engine.rows("SELECT DISTINCT word FROM fixed WHERE word <> ''")]
    known = {word: kind_of(word, plan.mapping.kind_words) for word in words}
    pairs = [(word, kind.value) for word, kind in known.items() if kind]
    if pairs:  # written out: with bound parameters DuckDB loads pandas, which takes a second
        values = ", ".join(f"({literal(word)}, {literal(kind)})" for word, kind in pairs)
        engine.run(f"INSERT INTO kinds VALUES {values}")
    if plan.has("kind") and len(pairs) < len(known):
        _refuse(engine, plan, "kind", "word", "kind_unknown",
                "word <> '' AND word NOT IN (SELECT word FROM kinds)")  # fmt: skip


def refuse_mixtures(engine: Engine, plan: Plan) -> None:
    """Note lines in another currency than most, and keys that stand in several rows."""
    if plan.has("currency"):
        usual = "(SELECT upper(currency) FROM fixed GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1)"
        _refuse(engine, plan, "currency", "currency", "other_currency",
                f"upper(currency) <> {usual}")  # fmt: skip
    if plan.has("external_key"):
        repeated = (
            "SELECT external_key FROM fixed WHERE external_key <> '' GROUP BY 1 HAVING count(*) > 1"
        )
        _refuse(engine, plan, "external_key", "external_key", "key_repeated",
                f"external_key IN ({repeated})")  # fmt: skip


def _refuse(engine: Engine, plan: Plan, field: str, value: str, code: str, where: str) -> None:
    place = plan.source.columns[field]
    engine.run(
        f"INSERT INTO problems SELECT row_no, {place}, {value}, {literal(code)} FROM fixed"
        f" WHERE {where}"
    )


def name_clients(engine: Engine, plan: Plan) -> None:
    """Fill `names` (name → code) where the file knows its clients by name only."""
    if plan.has("client_code"):
        return
    import pyarrow as pa

    found = engine.rows("SELECT DISTINCT client_name FROM fixed")
    names = [row[0] for row in found]
    codes = pa.array([folded(name) for name in names], pa.string())
    table = pa.table({"name": pa.array(names, pa.string()), "code": codes})
    engine.connection.register("found_names", table)
    engine.run("CREATE TABLE names AS SELECT name, code FROM found_names")
    engine.connection.unregister("found_names")


def count_repeats(engine: Engine, plan: Plan) -> None:
    """Fill `nth`: which lines are the second, third … of a product inside one document."""
    engine.run("CREATE TABLE nth (row_no BIGINT, n BIGINT)")
    if plan.has("external_key") or not plan.has("document"):
        return
    # Hashes find the few rows to be numbered, so that ten million need not be sorted.
    line = f"{_DOCUMENT}, {_product(plan)}"
    engine.run(
        f"CREATE TABLE repeated AS SELECT hash({line}) AS h FROM fixed WHERE document <> ''"
        " GROUP BY h HAVING count(*) > 1"
    )
    engine.run(
        "INSERT INTO nth SELECT row_no, n FROM (SELECT row_no,"
        f" row_number() OVER (PARTITION BY {line} ORDER BY row_no) AS n FROM fixed"
        f" WHERE document <> '' AND hash({line}) IN (SELECT h FROM repeated)) WHERE n > 1"
    )


def _product(plan: Plan) -> str:
    if plan.has("product_code") and plan.has("product_name"):
        return "coalesce(nullif(product_code, ''), product_name)"
    return "product_code" if plan.has("product_code") else "product_name"


def _key(plan: Plan, nth: str) -> str:
    if plan.has("external_key"):
        return "nullif(external_key, '')"
    if not plan.has("document"):
        return "NULL::VARCHAR"
    kind = " || coalesce('|' || k.kind, '')" if plan.words else ""
    return (
        f"CASE WHEN document <> '' THEN document || '|' || year(date){kind}"
        f" || '|' || {_product(plan)} || '|' || {nth} END"
    )


# What goes back is negative; a plus among it puts something right, and keeps its sign.
_BACK = "CASE WHEN amount > 0 THEN 'correction' ELSE 'return' END"


def _kind(plan: Plan) -> str:
    default = literal(Kind(plan.mapping.default_kind).value)
    rules = []
    if prefix := plan.mapping.return_prefix:
        rules.append(f"WHEN prefix(document, {literal(prefix)}) THEN {_BACK}")
    if plan.words:
        rules.append("WHEN k.kind IS NOT NULL THEN k.kind")
    if plan.mapping.returns_negative and plan.mapping.default_kind == Kind.SHIPMENT:
        rules.append(f"WHEN amount < 0 OR quantity < 0 THEN {_BACK}")
    return f"CASE {' '.join(rules)} ELSE {default} END" if rules else default


def _client(plan: Plan) -> str:
    if plan.has("client_code"):
        return "f.client_code"
    return "coalesce(nullif(client_inn, ''), names.code, '')"


def write_lines(engine: Engine, plan: Plan, path: Path, *, stage: str) -> None:
    """Write the lines as the ledger keeps them, sorted by client and date."""
    engine.run(
        f"COPY ({_lines_sql(engine, plan)} ORDER BY client_code, date, line_no)"
        f" TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2,"
        f" ROW_GROUP_SIZE {ROW_GROUP})",
        stage=stage,
        span=(0.6, 0.95),
    )


def _lines_sql(engine: Engine, plan: Plan) -> str:
    joins, nth = ["LEFT JOIN kinds k ON f.word = k.word"] if plan.words else [], "'1'"
    if not plan.has("client_code"):
        joins.append("LEFT JOIN names ON f.client_name = names.name")
    if engine.row("SELECT count(*) FROM nth")[0]:
        joins.append("LEFT JOIN nth ON f.row_no = nth.row_no")
        nth = "coalesce(n, 1)"
    if engine.row("SELECT count(*) FROM problems")[0]:
        joins.append("ANTI JOIN problems p ON f.row_no = p.row_no")
    columns = {
        "line_no": "f.row_no",
        "external_key": _key(plan, nth),
        "client_code": _client(plan),
        "manager_code": "manager",
    }
    listed = ", ".join(f"{columns.get(name, name)} AS {name}" for name in LINES if name != "kind")
    signed = ", ".join(
        f"CASE WHEN kind = 'return' THEN -abs({name}) ELSE {name} END AS {name}"
        for name in ("quantity", "amount", "cost")
    )
    typed = ", ".join(_typed(name) for name in LINES)
    return (
        f"SELECT {typed} FROM (SELECT * REPLACE ({signed}) FROM"
        f" (SELECT {listed}, {_kind(plan)} AS kind FROM fixed f {' '.join(joins)}))"
    )


def _typed(name: str) -> str:
    kinds = {"int64": "BIGINT", "string": "VARCHAR", "date": "DATE"}
    return f"CAST({name} AS {kinds[LINES[name]]}) AS {name}"
