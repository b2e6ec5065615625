"""Ibis: sales lines rolled up to client x month, and the clients their codes belong to."""

from typing import TYPE_CHECKING

from kamerton.calc.lines import MONTHS
from kamerton.calc.sales.columns import first_of_month, whole

if TYPE_CHECKING:
    import ibis.expr.types as ir

_DOCUMENT = ("client_code", "kind", "manager_code", "date", "document")
_MONTH = ("client_code", "month", "kind", "manager_code")


def months(lines: "ir.Table") -> "ir.Table":
    """Roll `LINES` up to `MONTHS`: one row a client code, month, kind and manager.

    Parameters
    ----------
    lines : Table
        Columns of `kamerton.calc.lines.LINES` (more do no harm).

    Returns
    -------
    Table
        Columns of `kamerton.calc.lines.MONTHS`, in no promised order. `cost` is null where no
        cost is known. A document is a number on a day (lines without a number: one a day). An
        unknown (null) client or manager code becomes "".

    Notes
    -----
    Lines are summed to documents first, a tenth of the rows, so that the counts need no
    distinct. Roll-ups of several segments may be added up, save that a document cut by a segment
    border, or shared by two managers, counts in both. See docs/algorithms/sales.md.

    Examples
    --------
    >>> import ibis
    >>> from kamerton.calc.lines import LINES, ibis_schema
    >>> months(ibis.table(ibis_schema(LINES), name="lines")).columns[:4]
    ('client_code', 'month', 'kind', 'manager_code')
    """
    documents = _documents(lines)
    documents = documents.mutate(month=first_of_month(documents.date))
    rolled = documents.group_by(list(_MONTH)).agg(
        amount=whole(documents.amount.sum()),
        cost=whole(documents.cost.sum()),
        costed_amount=whole(documents.costed_amount.sum()),
        quantity=whole(documents.quantity.sum()),
        lines=whole(documents.lines.sum()),
        documents=documents.count(),
        first_on=documents.date.min(),
        last_on=documents.date.max(),
    )
    return rolled.select(*MONTHS)


def with_clients(table: "ir.Table", codes: "ir.Table") -> "ir.Table":
    """Add `client_id` to a table with `client_code`.

    Parameters
    ----------
    table : Table
        Has `client_code` and no `client_id`; `LINES` or `MONTHS`.
    codes : Table
        `client_code` (unique) and `client_id`; several codes may belong to one client, as after
        two clients were merged. A code twice would double its sales: the caller guards it.

    Returns
    -------
    Table
        `table` with `client_id`; null where the code is unknown or "".

    Examples
    --------
    >>> import ibis
    >>> codes = ibis.table({"client_code": "string", "client_id": "int64"}, name="codes")
    >>> with_clients(ibis.table({"client_code": "string"}, name="t"), codes).columns
    ('client_code', 'client_id')
    """
    known = codes.filter(codes.client_code != "").select("client_code", "client_id")
    return table.left_join(known, "client_code").select(*table.columns, "client_id")


def _documents(lines: "ir.Table") -> "ir.Table":
    named = lines.mutate(
        client_code=lines.client_code.coalesce(""),
        manager_code=lines.manager_code.coalesce(""),
        document=lines.document.coalesce(""),
    )
    return named.group_by(list(_DOCUMENT)).agg(
        amount=named.amount.sum(),
        cost=named.cost.sum(),
        costed_amount=named.amount.sum(where=named.cost.notnull()).coalesce(0),
        quantity=named.quantity.sum(),
        lines=named.count(),
    )
