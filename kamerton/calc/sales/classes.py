"""Ibis: ABC classes inside the engine, and who moved between two periods."""

from typing import TYPE_CHECKING

from kamerton.calc.sales.columns import whole

if TYPE_CHECKING:
    import ibis.expr.types as ir

# The tolerance of kamerton.calc.arrays: both ways to ABC must agree to the last client.
_EPSILON = 1e-9


def abc(
    totals: "ir.Table", base: str = "revenue", *, a: float = 0.80, b: float = 0.95
) -> "ir.Table":
    """Return the ABC class of each client; the client who crosses a line is still above it.

    Parameters
    ----------
    totals : Table
        client_id (unique) and the column `base`; null or negative counts as nothing.
    base : str, default "revenue"
        Column to class by.
    a, b : float
        Shares at which A and B are full.

    Returns
    -------
    Table
        client_id, abc ("A", "B", "C"); ordered by client_id. Of equal clients the one with the
        smaller client_id comes first.

    See Also
    --------
    kamerton.calc.concentration.abc_classes : the same in NumPy, for a few thousand clients.

    Examples
    --------
    >>> import ibis
    >>> abc(ibis.table({"client_id": "int64", "revenue": "int64"}, name="totals")).columns
    ('client_id', 'abc')
    """
    import ibis

    values = totals.select(client_id=totals.client_id, value=totals[base].coalesce(0))
    values = values.filter(values.value > 0)
    by_size = ibis.window(
        order_by=[ibis.desc("value", nulls_first=False), ibis.asc("client_id", nulls_first=True)],
        rows=(None, 0),
    )
    before = values.value.sum().over(by_size) - values.value
    total = values.value.sum().over(ibis.window())
    values = values.mutate(before=before.cast("float64") / total.cast("float64"))
    classed = values.select(
        client_id=values.client_id,
        abc=ibis.cases(
            (values.before < a - _EPSILON, "A"), (values.before < b - _EPSILON, "B"), else_="C"
        ),
    )
    found = totals.select("client_id").left_join(classed, "client_id")
    found = found.select(client_id=found.client_id, abc=found.abc.coalesce("C"))
    return found.order_by(ibis.asc("client_id", nulls_first=True))


def abc_migration(before: "ir.Table", after: "ir.Table") -> "ir.Table":
    """Count the clients by their class in two periods.

    Parameters
    ----------
    before, after : Table
        client_id (unique), abc.

    Returns
    -------
    Table
        class_before, class_after ("" = absent from that period), clients; ordered by both.

    Notes
    -----
    Stacked and grouped rather than joined: ClickHouse's outer join fills gaps with defaults.

    Examples
    --------
    >>> import ibis
    >>> classes = ibis.table({"client_id": "int64", "abc": "string"}, name="classes")
    >>> abc_migration(classes, classes).columns
    ('class_before', 'class_after', 'clients')
    """
    import ibis

    stacked = ibis.union(
        before.select(client_id=before.client_id, then=before.abc, now=ibis.literal("")),
        after.select(client_id=after.client_id, then=ibis.literal(""), now=after.abc),
    )
    pairs = stacked.group_by("client_id").agg(
        class_before=stacked.then.max(), class_after=stacked.now.max()
    )
    found = pairs.group_by(["class_before", "class_after"]).agg(clients=whole(pairs.count()))
    return found.order_by([ibis.asc(k, nulls_first=True) for k in ("class_before", "class_after")])
