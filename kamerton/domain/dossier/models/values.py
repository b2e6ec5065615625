"""Values of answers: read from text by the kind of the question, written as the same text."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from kamerton.calc.money import from_minor, to_minor
from kamerton.domain.methodology.content.dossier import DossierQuestion
from kamerton.domain.methodology.content.texts import Text
from kamerton.platform.errors import BusinessError

LONGEST = 20_000
LARGEST = Decimal(10) ** 15
DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
Data = Any  # what JSON can hold


class ValueInvalid(BusinessError):
    """The text is no answer of the kind that is asked for."""


@dataclass(frozen=True)
class Value:
    """An answer as it is kept and as it is read."""

    data: Data
    text: str


def read_value(question: DossierQuestion, given: str | Sequence[str]) -> Value:
    """Read an answer from what a person wrote or a file holds.

    Raises ValueInvalid.
    """
    pieces = [given] if isinstance(given, str) else list(given)
    text = CONTROL.sub("", "\n".join(pieces).replace("\r\n", "\n")).strip()
    if not text:
        raise ValueInvalid(_("Write the answer first."))
    if len(text) > LONGEST:
        raise ValueInvalid(
            _("The answer is longer than %(n)d signs. Attach a document instead.") % {"n": LONGEST}
        )
    data = _READERS.get(question.kind, _words)(question, text)
    return Value(data, written_value(question, data))


def written_value(question: DossierQuestion, data: Data) -> str:
    """Write a kept value as text that `read_value` reads back to the same."""
    match question.kind:
        case "money" if isinstance(data, int):
            return f"{from_minor(data):f}"
        case "multi" if isinstance(data, list):
            return "; ".join(map(str, data))
        case "table" if isinstance(data, list):
            return "\n".join("; ".join(map(str, row)) for row in data)
        case "number" | "percent" if isinstance(data, int | float):
            return f"{Decimal(repr(data)):f}"
        case _:
            return str(data)


def _words(_question: DossierQuestion, text: str) -> str:
    return text


def _number(_question: DossierQuestion, text: str) -> int | float:
    value = _decimal(text)
    return int(value) if value == value.to_integral() else float(value)


def _money(_question: DossierQuestion, text: str) -> int:
    return to_minor(_decimal(text))


def _decimal(text: str) -> Decimal:
    """Read a number with any sign between thousands and before decimals."""
    bare = re.sub(r"[\s\u00a0\u202f%₽$€]", "", text).replace("\u2212", "-")
    if "," in bare and "." in bare:
        thousands = "," if bare.rindex(",") < bare.rindex(".") else "."
        bare = bare.replace(thousands, "")
    try:
        value = Decimal(bare.replace(",", "."))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) >= LARGEST:
        raise ValueInvalid(_("“%(text)s” is no number. Write it as 1500000 or 12,5.") % _cut(text))
    return value


def _day(_question: DossierQuestion, text: str) -> str:
    return read_day(text).isoformat()


def read_day(text: str) -> dt.date:
    """Read a day as people write it.

    Raises ValueInvalid.
    """
    for pattern in DAYS:
        try:
            return dt.datetime.strptime(text.strip()[:10], pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise ValueInvalid(_("“%(text)s” is no day. Write it as 21.11.2026.") % _cut(text))


def _choice(question: DossierQuestion, text: str) -> str:
    """Keep a choice by its Russian words, which both languages know it by."""
    wanted = text.casefold()
    for choice in question.choices:
        if wanted in (choice.ru.casefold(), choice.en.casefold()):
            return choice.ru
    raise ValueInvalid(
        _("“%(text)s” is not among the choices: %(choices)s.")
        % (_cut(text) | {"choices": "; ".join(map(str, question.choices))})
    )


def _several(question: DossierQuestion, text: str) -> list[str]:
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    if not question.choices:
        return parts
    return list(dict.fromkeys(_choice(question, part) for part in parts))


def _table(_question: DossierQuestion, text: str) -> list[list[str]]:
    lines = [line for line in text.split("\n") if line.strip("; \t")]
    return [[cell.strip() for cell in re.split(r"[;\t]", line)] for line in lines] or [[text]]


def shown_choice(question: DossierQuestion, kept: str) -> Text | str:
    """Return a kept choice as the reader's language has it."""
    return next((choice for choice in question.choices if choice.ru == kept), kept)


def _cut(text: str) -> dict[str, str]:
    return {"text": text if len(text) <= 60 else f"{text[:57]}…"}


_READERS = {
    "number": _number,
    "percent": _number,
    "money": _money,
    "date": _day,
    "choice": _choice,
    "multi": _several,
    "table": _table,
}
