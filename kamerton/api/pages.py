"""Long lists come in pages: limit, offset, and how many there are."""

from typing import Annotated, Generic, TypeVar

from ninja import Schema
from pydantic import Field

Item = TypeVar("Item")


class Paging(Schema):
    """Which part of a list is asked for."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    offset: Annotated[int, Field(ge=0, le=10_000_000)] = 0


class Page(Schema, Generic[Item]):
    """A part of a list."""

    items: list[Item]
    total: int = Field(description="How many there are, counted up to 10,000")
    more: bool = Field(False, description="True if there are more than `total`")
