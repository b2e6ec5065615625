"""INN, KPP, OGRN and phones: what is written right, and the sentence where it is not."""

import re
from typing import Final

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.ru import inn as inn_digits
from stdnum.ru import ogrn as ogrn_digits

KPP: Final = re.compile(r"\d{4}[\dA-Z]{2}\d{3}")
LEGAL_FORMS: Final = frozenset(
    [
        "ооо",
        "оао",
        "зао",
        "пао",
        "ао",
        "нао",
        "ип",
        "тоо",
        "чп",
        "чуп",
        "одо",
        "гуп",
        "муп",
        "фгуп",
        "мку",
        "мбу",
        "тд",
        "тк",
        "гк",
        "пк",
        "кфх",
        "llc",
        "ltd",
        "limited",
        "inc",
        "corp",
        "co",
        "company",
        "gmbh",
        "ag",
        "sa",
        "plc",
        "bv",
        "oy",
        "ab",
        "as",
        "spa",
        "srl",
    ]
)
WORD: Final = re.compile(r"\w+")


def check_inn(value: str) -> None:
    """Refuse an INN of a wrong length or with a control digit that does not match."""
    _check_length(value, (10, 12), _("An INN has 10 digits, that of a person 12."))
    if not inn_digits.is_valid(value):
        raise ValidationError(_mistyped("INN", value), code="control_digit")


def check_kpp(value: str) -> None:
    """Refuse a KPP of a wrong form; it has no control digit."""
    if not KPP.fullmatch(value):
        raise ValidationError(
            _("A KPP has 9 characters: 4 digits, 2 digits or capital Latin letters, 3 digits."),
            code="form",
        )


def check_ogrn(value: str) -> None:
    """Refuse an OGRN of a wrong length or with a control digit that does not match."""
    _check_length(value, (13, 15), _("An OGRN has 13 digits, that of an entrepreneur 15."))
    if not ogrn_digits.is_valid(value):
        raise ValidationError(_mistyped("OGRN", value), code="control_digit")


def is_inn(value: str) -> bool:
    """Tell whether `value` is an INN with right control digits; quick, for long files."""
    return bool(value) and inn_digits.is_valid(value)


def e164(value: str, region: str = "RU") -> str:
    """Return a phone number in E.164; an extension is kept after «;ext=».

    Raises ValidationError.
    """
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise ValidationError(
            _("“%(phone)s” is not a phone number. Write it as +7 912 345-67-89.")
            % {"phone": value},
            code="phone",
        )
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{written};ext={number.extension}" if number.extension else str(written)


def bare_name(folded_name: str) -> str:
    """Return a folded company name without quotes, signs and the legal form."""
    words = [word for word in WORD.findall(folded_name) if word not in LEGAL_FORMS]
    return " ".join(words) or folded_name


def _check_length(value: str, lengths: tuple[int, int], sentence: str) -> None:
    if not (value.isascii() and value.isdigit()) or len(value) not in lengths:
        raise ValidationError(sentence, code="length")


def _mistyped(what: str, value: str) -> str:
    return _(
        "%(what)s %(value)s has a wrong control digit: one digit is mistyped or two are swapped."
    ) % {"what": _(what), "value": value}
