"""Types of fields that all routers share."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Final

from ninja import Schema
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
)

LARGEST: Final = 2**63 - 1
PLAIN: Final = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"  # no control characters

Pk = Annotated[int, Field(ge=1, le=LARGEST)]
Ref = Annotated[int, Field(ge=1, le=LARGEST, strict=True)]  # an id in a body: true is not 1
Count = Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)]
Flag = Annotated[bool, Field(strict=True)]
Text = Annotated[str, Field(max_length=250, pattern=PLAIN)]
Name = Annotated[str, Field(min_length=1, max_length=250, pattern=PLAIN)]


def _written(value: object) -> object:
    if isinstance(value, dt.date | str):
        return value
    raise ValueError("a day is written as 2026-11-21")


Day = Annotated[dt.date, BeforeValidator(_written)]  # a bare number is not a day


def _two_digits(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -2:
        raise ValueError("money has at most two digits after the point")
    return value


# Money as a string: a float would lose kopecks. pydantic's own pattern accepts "", this does not.
Money = Annotated[
    Decimal,
    AfterValidator(_two_digits),
    PlainSerializer(lambda value: f"{value:.2f}", return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d{1,15}(\.\d{1,2})?$"}),
]


# A moment with its microseconds: what is sent back as If-Match must be what was read.
Moment = Annotated[
    dt.datetime,
    PlainSerializer(lambda value: value.isoformat(), return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


class Body(Schema):
    """What comes in; a name that is not known is refused, not passed over."""

    model_config = ConfigDict(extra="forbid")

    def given(self) -> dict[str, Any]:
        """Return only what the caller wrote."""
        return self.dict(exclude_unset=True)
