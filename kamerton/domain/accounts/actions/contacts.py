"""People at a client."""

import datetime as dt
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.calc.text import folded
from kamerton.domain.accounts.actions.cards import (
    AlreadyThere,
    FieldsInvalid,
    lock_for_change,
    refuse_stale,
)
from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.accounts.models.requisites import e164
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record


class ContactFields(TypedDict, total=False):
    """What a person may write about a contact."""

    full_name: str
    position: str
    organisation: str
    level: str
    email: str
    phone: str
    channel: str
    preferred_time: str
    status: str
    moved_to: Client | None


@transaction.atomic
def add_contact(actor: User, client: Client, **person: Unpack[ContactFields]) -> ContactPerson:
    """Add a person at `client`.

    Raises NotAllowed, FieldsInvalid.
    """
    require(actor, "accounts.edit_client")
    client = lock_for_change(actor, client)
    contact = ContactPerson(client=client)
    _write(contact, person)
    contact.save()
    record(actor, "accounts.contact_added", client, after={"contact": contact.full_name})
    return contact


@transaction.atomic
def change_contact(
    actor: User,
    contact: ContactPerson,
    *,
    expected: dt.datetime | None = None,
    **person: Unpack[ContactFields],
) -> ContactPerson:
    """Change what is written about a person; what is not given stays as it is.

    Raises NotAllowed, Stale, FieldsInvalid.
    """
    require(actor, "accounts.edit_client")
    client = lock_for_change(actor, contact.client)
    contact = client.contacts.get(pk=contact.pk)
    refuse_stale(actor, contact, expected)
    before = {name: getattr(contact, name) for name in person}
    _write(contact, person)
    changed = [name for name in person if before[name] != getattr(contact, name)]
    if changed:
        contact.save()
        record(
            actor,
            "accounts.contact_changed",
            client,
            before={"contact": contact.full_name} | {name: str(before[name]) for name in changed},
            after={name: str(getattr(contact, name)) for name in changed},
        )
    return contact


@transaction.atomic
def archive_contact(actor: User, contact: ContactPerson) -> ContactPerson:
    """Take a person out of the client's list.

    Raises NotAllowed.
    """
    return _shelve(actor, contact, timezone.now(), "accounts.contact_archived")


@transaction.atomic
def restore_contact(actor: User, contact: ContactPerson) -> ContactPerson:
    """Put a person back into the client's list.

    Raises NotAllowed.
    """
    return _shelve(actor, contact, None, "accounts.contact_restored")


@transaction.atomic
def move_contact(
    actor: User, contact: ContactPerson, *, to: Client, position: str = ""
) -> ContactPerson:
    """Let a person who works at another client now be one person still: his record goes along.

    What was done with him stays where it was done. Raises NotAllowed, AlreadyThere.
    """
    require(actor, "accounts.edit_client")
    left = lock_for_change(actor, contact.client)
    joined = lock_for_change(actor, to)
    contact = left.contacts.get(pk=contact.pk)
    if left == joined:
        raise AlreadyThere(_("“%(name)s” works there already.") % {"name": contact.full_name})
    contact.client, contact.position = joined, " ".join(position.split())
    contact.status, contact.organisation = ContactPerson.Status.ACTIVE, ""
    contact.save(update_fields=["client", "position", "status", "organisation", "updated_at"])
    for client in (left, joined):
        record(
            actor,
            "accounts.contact_moved",
            client,
            before={"contact": contact.full_name, "client": left.name},
            after={"client": joined.name},
        )
    return contact


def _shelve(
    actor: User, contact: ContactPerson, at: dt.datetime | None, event: str
) -> ContactPerson:
    require(actor, "accounts.edit_client")
    client = lock_for_change(actor, contact.client)
    contact = client.contacts.get(pk=contact.pk)
    contact.archived_at = at
    contact.save(update_fields=["archived_at", "updated_at"])
    record(actor, event, client, after={"contact": contact.full_name})
    return contact


def _write(contact: ContactPerson, person: ContactFields) -> None:
    for name, value in person.items():
        if name not in ContactFields.__annotations__:
            raise TypeError(f"{name} is not written of a contact")
        setattr(contact, name, " ".join(value.split()) if isinstance(value, str) else value)
    contact.name_folded = folded(contact.full_name)
    fields: dict[str, list[str]] = {}
    try:
        contact.phone = e164(contact.phone) if contact.phone else ""
    except ValidationError as error:
        fields["phone"] = error.messages
    try:
        contact.clean_fields(exclude={"client", "name_folded"})
    except ValidationError as error:
        fields |= error.message_dict
    if fields:
        raise FieldsInvalid(fields)
