"""How one kind of file is read: which column is what, and how its dates and numbers are written."""

from collections.abc import Mapping as Pairs
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from django.utils.translation import gettext as _

from .fields import BY_CODE, FIELDS
from .refusals import LedgerFileInvalid


@dataclass(frozen=True)
class Mapping:
    """A learned layout; JSON-serialisable, so that it can be kept as a profile.

    Columns and rows are counted as the reader sees them: columns from 0, rows from 1;
    `header_row` 0 means that the file has no header.
    """

    columns: Pairs[str, int]
    sheet: str = ""
    header_row: int = 1
    header_height: int = 1
    encoding: str = "utf-8"
    delimiter: str = ","
    date_order: str = "dmy"
    decimal: str = ","
    default_kind: str = "shipment"
    kind_words: Pairs[str, str] = field(default_factory=dict)
    layout: str = "flat"
    levels: tuple[str, ...] = ()
    level_column: int = 0
    level_width: int = 1
    returns_negative: bool = True
    return_prefix: str = ""
    documents_named: bool = False
    with_vat: bool | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the layout as plain JSON values."""
        return asdict(self) | {"levels": list(self.levels)}

    @classmethod
    def from_json(cls, saved: Pairs[str, Any]) -> Self:
        """Return the layout kept by `to_json`; keys of other versions are left out."""
        known = {f.name for f in fields(cls)}
        values = {name: value for name, value in saved.items() if name in known}
        values["columns"] = {str(k): int(v) for k, v in dict(saved["columns"]).items()}
        values["levels"] = tuple(saved.get("levels") or ())
        return cls(**values)

    def placed(self) -> set[str]:
        """Return the fields that some column or level of groups brings."""
        return set(self.columns) | {level for level in self.levels if level}


def check_mapping(mapping: Mapping) -> None:
    """Refuse a layout from which no line can be made.

    Raises LedgerFileInvalid.
    """
    placed = mapping.placed()
    if unknown := sorted(placed - set(BY_CODE)):
        raise LedgerFileInvalid(_("There is no field “%(field)s”.") % {"field": unknown[0]})
    if "date" not in placed and not ("document" in placed and mapping.documents_named):
        raise LedgerFileInvalid(
            _("No column holds the date. Choose it, or add the documents to the report’s groups.")
        )
    if "amount" not in placed and not {"quantity", "price"} <= placed:
        raise LedgerFileInvalid(
            _("No column holds the amount. Choose it, or choose the quantity and the price.")
        )
    if not placed & {"client_code", "client_name", "client_inn"}:
        raise LedgerFileInvalid(
            _("No column holds the client. Choose the client’s code, name or INN.")
        )


def field_title(code: str) -> str:
    """Return what a field is called on the page."""
    return str(BY_CODE[code].title)


FIELD_ORDER = {one.code: place for place, one in enumerate(FIELDS)}
