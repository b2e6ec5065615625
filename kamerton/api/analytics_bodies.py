"""What goes in and out about concentration and retention."""

import datetime as dt
import math
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from kamerton.api.fields import Money, Pk
from kamerton.api.ledger_bodies import Month, in_units

Base = Literal["revenue", "gross_profit", "cash"]
Share = Annotated[float | None, Field(description="A part of 1; null is no data")]


class DefinitionOut(Schema):
    """One choice among several defensible ones, behind a figure."""

    name: str
    version: str


class Named(Schema):
    """A client, named."""

    id: int
    name: str


class CurveWanted(Schema):
    """Of what the curve is drawn."""

    base: Base | None = Field(None, description="As the method has it if not given")
    since: Month | None = Field(None, description="The first month; the closed year if not given")
    until: Month | None = Field(None, description="The last month")
    manager: Pk | None = Field(None, description="Only the clients of this manager")


class Grounds(Schema):
    """What figures rest on."""

    base: str
    since: dt.date | None
    until: dt.date | None
    method_version: int
    definitions: list[DefinitionOut]


class ClassOut(Schema):
    """One class of the curve."""

    name: Literal["A", "B", "C"]
    clients: int
    amount: Money
    share: Share


class ParetoRow(Schema):
    """A client on the curve."""

    place: int
    client: Named | None = Field(description="null for a client that the caller may not see")
    abc: str
    amount: Money
    share: Share
    cumulative: Share


class ParetoOut(Grounds):
    """Clients from the largest down."""

    sum: Money
    without_client: Money = Field(description="Of the base, not on the curve")
    buyers: int = Field(description="Clients whose base is above zero")
    n80: int | None = Field(description="The fewest clients that bring 80 %")
    n80_part: Share
    top20: Share
    classes: list[ClassOut]
    items: list[ParetoRow]
    total: int


class ConcentrationOut(Grounds):
    """How much sits with how few."""

    hhi: float | None
    band: str
    top1: Share
    top5: Share
    dependence: bool
    mono_client: bool
    top5_heavy: bool
    gini: Share
    flow_share: Share
    hhi_without_flow: float | None
    n80: int | None
    buyers: int


class RetentionPointOut(Schema):
    """The year up to a quarter's end against the year before."""

    until: dt.date
    active_before: int
    kept: int
    retention: Share
    churn: Share
    nrr: Share
    grr: Share
    growth: Share


class RetentionOut(Grounds):
    """A year against the year before."""

    active_before: int
    kept: int
    retention: Share
    churn: Share
    churn_benchmark: float
    revenue_before: Money | None
    expansion: Money | None
    contraction: Money | None
    lost: Money | None
    nrr: Share
    grr: Share
    growth: Share
    profit_growth: Share
    series: list[RetentionPointOut] = Field(description="For who sees the whole company")


class AbcXyzCellOut(Schema):
    """Clients of one class by money and one by regularity."""

    abc: str
    xyz: str | None = Field(description="null: less than six months of history")
    clients: int
    amount: Money


class AbcXyzOut(Grounds):
    """Classes by money against classes by regularity."""

    cells: list[AbcXyzCellOut]


def known(value: float) -> float | None:
    """Turn NaN into null, for JSON has none."""
    return None if math.isnan(value) else float(value)


def minor(value: float) -> Decimal | None:
    """Turn minor units, or NaN, into units of money."""
    return None if math.isnan(value) else in_units(round(value))
