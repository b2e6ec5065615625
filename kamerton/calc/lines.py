"""Ibis: the two tables of sales, line by line and client by month: columns, types, units."""

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.schema as sch
    import pyarrow as pa


class Kind(enum.StrEnum):
    """What a sales line records."""

    ORDER = "order"
    SHIPMENT = "shipment"
    INVOICE = "invoice"
    PAYMENT = "payment"
    RETURN = "return"
    CORRECTION = "correction"


# Revenue is what was shipped less what came back; an order or an invoice is not revenue yet.
REVENUE_KINDS = (Kind.SHIPMENT, Kind.RETURN, Kind.CORRECTION)
CASH_KINDS = (Kind.PAYMENT,)

#: A sales line. Amount and cost: kopecks, negative in returns; quantity: thousandths, signed alike;
#: cost is null where not known; client_code "" = no client, manager_code "" = not known.
LINES: Mapping[str, str] = MappingProxyType(
    {
        "line_no": "int64",
        "external_key": "string",
        "date": "date",
        "kind": "string",
        "document": "string",
        "client_code": "string",
        "client_name": "string",
        "client_inn": "string",
        "product_code": "string",
        "product_name": "string",
        "category": "string",
        "quantity": "int64",
        "amount": "int64",
        "cost": "int64",
        "manager_code": "string",
    }
)

#: The roll-up by client, month, kind and manager, one small table per import segment.
#: cost: sum of the known cost, null where none is known; costed_amount: amount of the lines whose
#: cost is known; documents: distinct (number, day); lines: count.
MONTHS: Mapping[str, str] = MappingProxyType(
    {
        "client_code": "string",
        "month": "date",
        "kind": "string",
        "manager_code": "string",
        "amount": "int64",
        "cost": "int64",
        "costed_amount": "int64",
        "quantity": "int64",
        "lines": "int64",
        "documents": "int64",
        "first_on": "date",
        "last_on": "date",
    }
)


def ibis_schema(columns: Mapping[str, str]) -> "sch.Schema":
    """Return the Ibis schema of `LINES` or `MONTHS`, every column nullable.

    ClickHouse fills a window's missing neighbour with 0 where a column is NOT NULL, so nothing is.

    Examples
    --------
    >>> ibis_schema(MONTHS)["month"]
    Date(nullable=True)
    """
    import ibis

    return ibis.schema(dict(columns))


def arrow_schema(columns: Mapping[str, str]) -> "pa.Schema":
    """Return the Arrow schema of `LINES` or `MONTHS`, as the Parquet segments are written.

    Examples
    --------
    >>> str(arrow_schema(LINES).field("date").type)
    'date32[day]'
    """
    import pyarrow as pa

    types = {"int64": pa.int64(), "string": pa.string(), "date": pa.date32()}
    return pa.schema([pa.field(name, types[kind]) for name, kind in columns.items()])
