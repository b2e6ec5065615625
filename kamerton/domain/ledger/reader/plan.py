"""What the SQL of one reading is made from."""

import datetime as dt
from dataclasses import dataclass

from .mapping import Mapping
from .sources import Source

#: Texts of a line as they are staged; `word` says what kind it is.
TEXTS = (
    *("client_code", "client_name", "client_inn", "document", "word", "product_code"),
    *("product_name", "category", "manager", "external_key", "currency"),
)
VALUES = ("date", "amount", "quantity", "cost")
CODES = ("client_code", "client_inn", "document", "product_code")
NUMBERS = ("amount", "quantity", "price", "cost", "unit_cost")


@dataclass(frozen=True)
class Plan:
    """The rows, the layout, today."""

    source: Source
    mapping: Mapping
    today: dt.date

    def has(self, field: str) -> bool:
        """Tell whether some column brings the field."""
        return field in self.source.columns

    def text(self, field: str) -> str:
        """Return the SQL of a field's text in the table of the file."""
        place = self.source.columns.get(field)
        return "NULL::VARCHAR" if place is None else f"c{place}"

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the texts that the file brings; only these are staged."""
        return tuple(f for f in TEXTS if (self.words if f == "word" else self.has(f)))

    @property
    def row_no(self) -> str:
        """Return the SQL of a staged row's number in the file."""
        return "row_no" if self.source.numbered else f"rowid + {self.source.offset}"

    @property
    def by_price(self) -> bool:
        """Tell whether the amount is quantity × price."""
        return not self.has("amount")

    @property
    def day_in_document(self) -> bool:
        """Tell whether the day is read from the document’s name."""
        place = self.source.columns.get("date")
        return place is None or place == self.source.columns.get("document")

    @property
    def words(self) -> bool:
        """Tell whether each row says of what kind it is."""
        return self.has("kind") or (self.has("document") and self.mapping.documents_named)
