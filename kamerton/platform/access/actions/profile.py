"""What a person changes about himself."""

import phonenumbers
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from kamerton.platform.access.actions.people import locked
from kamerton.platform.access.models import User
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

HOME = "RU"  # the country of a phone number that is written without one


class NotAPhone(BusinessError):
    """No such phone number exists."""


@transaction.atomic
def change_profile(actor: User, *, full_name: str, phone: str = "", language: str = "") -> User:
    """Change one's own name, phone and language; an unknown language means the installation's.

    Raises NotAPhone.
    """
    user = locked(actor)
    before = _profile(user)
    user.full_name = full_name.strip() or user.full_name
    user.phone = _phone(phone)
    user.language = language if language in dict(settings.LANGUAGES) else ""
    user.save(update_fields=["full_name", "phone", "language"])
    record(actor, "access.profile_changed", user, before=before, after=_profile(user))
    return user


@transaction.atomic
def note_sign_in(actor: User) -> None:
    """Write a sign-in into the journal."""
    record(actor, "access.signed_in", actor)


@transaction.atomic
def note_password_change(actor: User) -> None:
    """Write a change of one's own password into the journal."""
    record(actor, "access.password_changed", actor)


def _profile(user: User) -> dict[str, str]:
    return {"full_name": user.full_name, "phone": user.phone, "language": user.language}


def _phone(text: str) -> str:
    """Return the number as +79161234567; "" for none."""
    if not text.strip():
        return ""
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise NotAPhone(_("This is no phone number. Write it as +7 916 123-45-67."))
    written: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written
