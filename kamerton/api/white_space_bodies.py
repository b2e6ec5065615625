"""What goes in and out about white space."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from kamerton.api.accounts_bodies import PersonRef
from kamerton.api.fields import PLAIN, Body, Count, Day, Money, Ref, Text
from kamerton.api.ledger_bodies import in_units
from kamerton.domain.segmentation.actions import KnownSpace
from kamerton.domain.segmentation.models import WalletEstimate
from kamerton.domain.segmentation.queries import WhiteCell, WhiteSpace

Share = Annotated[float, Field(ge=0, le=1)]
Potential = Annotated[Money, Field(ge=0, lt=Decimal(10) ** 15)]


class WhiteCellOut(Schema):
    """One category at the client; money is null where unknown or not shown to you."""

    category_id: int
    category: str
    state: Literal["bought", "competitor", "not_needed", "unknown"]
    sales: Money | None = Field(description="Bought from us in the last 12 closed months")
    potential: Money | None = Field(description="Buys of it in all a year")
    our_share: float | None
    can_be_won: Money | None
    mark_id: int | None = Field(description="The newest mark: send it back as `seen`")
    competitor: str
    competitor_share: float | None
    note: str
    on: dt.date | None
    author: PersonRef | None


class WhiteSpaceOut(Schema):
    """All categories at one client."""

    since: dt.date
    until: dt.date
    counts: dict[str, int] = Field(description="Cells by state")
    cells: list[WhiteCellOut]


class MarkIn(Body):
    """Who covers the client's need in a category."""

    category_id: Ref
    state: Literal["competitor", "not_needed", "unknown"]
    competitor: Annotated[str, Field(max_length=200, pattern=PLAIN)] = ""
    competitor_share: Share | None = None
    potential: Potential | None = Field(None, description="Buys of it in all a year")
    source: Literal["client", "tender", "norm", "analogue"] = "client"
    confidence: Share = 0.5
    note: Text = ""
    on: Day | None = None
    seen: Count | None = Field(
        None, description="The newest mark that you saw, 0 if none: a newer one is not overlaid"
    )

    def known(self) -> KnownSpace:
        """What was sent."""
        return KnownSpace(
            state=self.state,
            competitor=self.competitor,
            competitor_share=self.competitor_share,
            potential=self.potential,
            source=WalletEstimate.Source(self.source),
            confidence=self.confidence,
            note=self.note,
            on=self.on,
        )


def cell_out(cell: WhiteCell) -> dict[str, Any]:
    """One category as it is sent."""
    mark = cell.mark
    said = {
        "mark_id": mark.pk if mark else None,
        "competitor": mark.competitor if mark else "",
        "competitor_share": cell.competitor_share,
        "note": mark.note if mark else "",
        "on": mark.on if mark else None,
        "author": mark.author if mark else None,
    }
    return said | {
        "category_id": cell.category.pk,
        "category": cell.category.name,
        "state": cell.state,
        "sales": in_units(cell.sales),
        "potential": in_units(cell.potential),
        "our_share": cell.share,
        "can_be_won": in_units(cell.gap),
    }


def white_space_out(found: WhiteSpace) -> dict[str, Any]:
    """The categories of a client as they are sent."""
    return {
        "since": found.period.since,
        "until": found.period.until,
        "counts": found.counts,
        "cells": [cell_out(cell) for cell in found.cells],
    }
