"""What goes in and out about the ledger."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from kamerton.api.fields import Body, Flag, Money, Name, Text
from kamerton.domain.ledger.models import LedgerImport
from kamerton.flows.check_outcome import Found, found_in
from kamerton.platform.jobs.models import Job

Kind = Literal["order", "shipment", "invoice", "payment", "return", "correction"]
Level = Literal["", "client_name", "client_code", "document", "product_name", "category", "manager"]
Place = Annotated[int, Field(ge=0, le=499, strict=True)]
Row = Annotated[int, Field(ge=0, le=10_000, strict=True)]
Month = Annotated[str, Field(pattern=r"^(19|20)\d\d-(0[1-9]|1[0-2])$", examples=["2026-10"])]


class JobOut(Schema):
    """How far the work on an import is."""

    id: int
    status: str
    stage: str = Field(alias="stage_name")
    share: float | None = Field(description="Part of the stage that is done, 0 to 1")
    rows_per_second: float | None = Field(alias="rate")
    seconds_left: int | None
    error: str


class KindOut(Schema):
    """Lines of one kind of operation."""

    title: str
    lines: int
    amount: Money
    cost: Money | None


class FoundOut(Schema):
    """What the check of a file found."""

    lines: int
    rows: int
    amount: Money
    file_total: Money | None = Field(description="What the file itself gives as its total")
    difference: Money | None
    kinds: list[KindOut]
    clients_known: int
    clients_new: int
    without_client: int = Field(description="Lines that name no client")
    without_client_amount: Money
    managers_known: list[str]
    managers_unknown: list[str]
    cost_coverage: float | None
    replaced: int = Field(description="Lines of the ledger that are replaced by their keys")
    unchanged: int
    closed_months: list[str]
    error_count: int
    notes: list[str]
    may_go_in: bool


class ImportOut(Schema):
    """A file on its way into the ledger, or in it."""

    id: int
    name: str
    size: int
    state: str
    failure: str = Field(description="Why nothing was imported")
    lines: int
    since: dt.date | None
    until: dt.date | None
    amount: Money
    error_count: int
    created_at: dt.datetime
    published_at: dt.datetime | None
    undone_at: dt.datetime | None
    job: JobOut | None = Field(description="The last job, if it is the caller's to see")
    found: FoundOut | None = Field(description="The outcome of the check")


class ColumnOut(Schema):
    """A column of the file."""

    index: int
    title: str
    samples: list[str]


class MappingOut(Schema):
    """How the file is read: columns and rows as the reader counts them."""

    columns: dict[str, int] = Field(description="Field → column, counted from 0")
    sheet: str
    header_row: int = Field(description="Counted from 1; 0: there are no titles")
    header_height: int
    encoding: str
    delimiter: str
    date_order: str
    decimal: str
    default_kind: str
    kind_words: dict[str, str]
    layout: str
    levels: list[str]
    level_column: int
    level_width: int
    returns_negative: bool
    return_prefix: str
    documents_named: bool
    with_vat: bool | None


class LookOut(Schema):
    """A file as the reader sees it, with the layout it would be read by."""

    format: str
    sheets: list[str]
    columns: list[ColumnOut]
    rows: list[list[str]]
    notes: list[str]
    mapping: MappingOut
    profiles: list[str] = Field(description="Learned layouts that fit the titles")


class MappingIn(Body):
    """How the file is to be read; what is not said stays as it was guessed."""

    columns: dict[Text, Place] | None = Field(None, description="Field → column from 0")
    sheet: Text | None = None
    header_row: Row | None = None
    encoding: Text | None = None
    delimiter: Literal[";", ",", "\t", "|"] | None = None
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    decimal: Literal[",", "."] | None = None
    default_kind: Kind | None = None
    kind_words: dict[Text, Kind] | None = None
    levels: Annotated[list[Level], Field(max_length=6)] | None = None
    returns_negative: Flag | None = None
    return_prefix: Text | None = None
    with_vat: Flag | None = None
    profile: Text = Field("", description="Learn the layout under this name")


class UndoIn(Body):
    """Why an import is undone."""

    reason: Name


class ErrorOut(Schema):
    """One thing wrong with one cell."""

    sheet: str
    row: int
    column: str
    value: str
    code: str
    sentence: str


class TotalsWanted(Schema):
    """Which totals."""

    by: Literal["month", "client", "manager"] = "month"
    base: Literal["revenue", "gross_profit", "cash"] = "revenue"
    since: Month | None = Field(None, description="The first month; the closed year if not given")
    until: Month | None = Field(None, description="The last month")


class TotalOut(Schema):
    """The total of one month, client or manager."""

    key: str = Field(description="2026-10, the client's id, or the ledger's name of the manager")
    name: str = Field(description="What it is called; empty for a client not to be seen")
    amount: Money | None = Field(description="None where no cost is known")


class TotalsOut(Schema):
    """Totals of whole months, of what the caller may see."""

    by: str
    base: str
    since: dt.date
    until: dt.date
    sum: Money
    without_client: Money | None = Field(
        description="Revenue that belongs to no client; not in the totals by client"
    )
    items: list[TotalOut]
    total: int = Field(description="How many there are")


def import_out(found: LedgerImport, job: Job | None) -> dict[str, Any]:
    """One import as it goes out."""
    names = ("name", "size", "state", "failure", "lines", "since", "until", "error_count")
    moments = ("created_at", "published_at", "undone_at")
    outcome = found_in(found)
    return {
        "id": found.pk,
        **{name: getattr(found, name) for name in (*names, *moments)},
        "amount": in_units(found.amount),
        "job": job,
        "found": _found(outcome) if outcome else None,
    }


_MONEY = ("amount", "file_total", "difference", "without_client_amount")
_PLAIN = (
    *("lines", "rows", "clients_known", "clients_new", "without_client", "managers_known"),
    *("managers_unknown", "cost_coverage", "replaced", "unchanged", "error_count", "notes"),
)


def _found(outcome: Found) -> dict[str, Any]:
    return {
        **{name: getattr(outcome, name) for name in _PLAIN},
        **{name: in_units(getattr(outcome, name)) for name in _MONEY},
        "closed_months": outcome.closed,
        "may_go_in": outcome.may_go_in,
        "kinds": [
            {
                "title": kind.title,
                "lines": kind.lines,
                "amount": in_units(kind.amount),
                "cost": in_units(kind.cost),
            }
            for kind in outcome.kinds
        ],
    }


def in_units(kopecks: int | None) -> Decimal | None:
    """Turn minor units into units of money."""
    return None if kopecks is None else Decimal(kopecks) / 100
