"""The card of a client: make, change, archive, restore."""

import datetime as dt
from typing import Final, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.calc.text import folded
from kamerton.domain.accounts.actions.holding import Handing, hand_over
from kamerton.domain.accounts.models import Client, ClientCode, ClientGroup, ContactPerson
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError, NotAllowed, Stale, WayOut


class CardFields(TypedDict, total=False):
    """What a person may write on a card."""

    kind: str
    name: str
    inn: str
    kpp: str
    ogrn: str
    group: ClientGroup | None
    sector: str
    procurement: str
    industry: str
    region: str
    customer_type: str
    phase: str
    state: str
    renown: str
    lost_reason: str
    lost_to: str
    origin: str
    acquired_by: User | None
    first_deal_on: dt.date | None
    service_model: str
    service_only: bool
    position_external: bool
    is_training: bool
    delivery_points: int | None
    deferral_days: int | None


WRITABLE: Final = frozenset(CardFields.__annotations__)


class FieldsInvalid(BusinessError):
    """Some fields hold what they cannot; `fields` says which and why."""

    def __init__(self, fields: dict[str, list[str]]) -> None:
        self.fields = fields
        super().__init__(" ".join(text for texts in fields.values() for text in texts))


class AlreadyThere(BusinessError):
    """A client with the same INN and KPP, or the same code, is there already."""


class KeyStays(BusinessError):
    """A key client is not archived nor absorbed: first its status is taken off."""


@transaction.atomic
def create_client(
    actor: User, *, manager: User | None = None, code: str = "", **card: Unpack[CardFields]
) -> Client:
    """Make a client; whoever cannot assign clients becomes its manager himself.

    Raises NotAllowed, FieldsInvalid, AlreadyThere, and what assigning refuses.
    """
    require(actor, "accounts.create_client")
    client = Client()
    _write(client, card)
    _refuse_known(actor, client, code)
    client.save()
    if code:
        ClientCode.objects.create(client=client, code=code)
    record(actor, "accounts.client_created", client, after=_plain(client, frozenset(card)))
    holder = manager if actor.may("accounts.assign_client") else actor
    if holder is not None:
        hand_over(actor, client, Handing(holder, timezone.localdate()))
    return client


@transaction.atomic
def change_client(
    actor: User, client: Client, *, expected: dt.datetime | None = None, **card: Unpack[CardFields]
) -> Client:
    """Write the given fields on the card; `expected` is the `updated_at` that the person saw.

    Raises NotAllowed, Stale, FieldsInvalid, AlreadyThere.
    """
    require(actor, "accounts.edit_client")
    client = lock_for_change(actor, client)
    refuse_stale(actor, client, expected)
    names = frozenset(card)
    before = _plain(client, names)
    inn_before = (client.inn, client.kpp)
    _write(client, card)
    if (client.inn, client.kpp) != inn_before:
        _refuse_known(actor, client)
    after = _plain(client, names)
    changed = [name for name in sorted(names) if before[name] != after[name]]
    if changed:
        client.save()
        record(
            actor,
            "accounts.client_changed",
            client,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
    return client


@transaction.atomic
def archive_client(actor: User, client: Client, *, reason: str = "") -> Client:
    """Take a client out of the lists; its history stays.

    Raises NotAllowed, KeyStays.
    """
    require(actor, "accounts.archive_client")
    client = lock_for_change(actor, client)
    if refusal := refusal_to_archive(actor, client):
        raise refusal
    if client.archived_at is None:
        client.archived_at = timezone.now()
        client.save(update_fields=["archived_at", "updated_at"])
        record(actor, "accounts.client_archived", client, reason=reason)
    return client


@transaction.atomic
def restore_client(actor: User, client: Client) -> Client:
    """Put an archived client back into the lists.

    Raises NotAllowed.
    """
    require(actor, "accounts.archive_client")
    client = lock_for_change(actor, client)
    if client.archived_at is not None:
        client.archived_at = None
        client.save(update_fields=["archived_at", "updated_at"])
        record(actor, "accounts.client_restored", client)
    return client


def refusal_to_archive(actor: User, client: Client) -> BusinessError | None:
    """Say why `client` cannot be archived; None if it can."""
    if client.is_key:
        return KeyStays(
            _("“%(name)s” is a key client. Take the status off first, then archive.")
            % {"name": client.name}
        )
    return None


def lock_for_change(actor: User, client: Client) -> Client:
    """Read the client anew, locked, and only if the actor may change it.

    Raises NotAllowed.
    """
    found = Client.objects.locked_for(actor, client)
    if found is None:
        raise NotAllowed(
            _("“%(name)s” is not your client: you may read its card, not change it.")
            % {"name": client.name}
        )
    return found


def refuse_stale(
    actor: User, subject: Client | ContactPerson, expected: dt.datetime | None
) -> None:
    """Refuse if somebody changed the record after the moment that the actor saw.

    Raises Stale.
    """
    if expected is not None and subject.updated_at != expected:
        raise Stale(
            _(
                "Somebody changed “%(name)s” while you were writing. Nothing was saved and"
                " nothing of yours is lost: compare and save again."
            )
            % {"name": subject}
        )


def _write(client: Client, card: CardFields) -> None:
    for name, value in card.items():
        if name not in WRITABLE:
            raise TypeError(f"{name} is not written on a card")
        setattr(client, name, _tidied(name, value))
    client.name_folded = folded(client.name)
    _refuse_invalid(client, frozenset(card))


def _tidied(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    if name in {"inn", "kpp", "ogrn"}:
        return "".join(value.split()).upper()
    return " ".join(value.split())


def _refuse_invalid(client: Client, names: frozenset[str]) -> None:
    others = {field.name for field in Client._meta.fields} - names - {"name"}
    fields: dict[str, list[str]] = {}
    try:
        client.clean_fields(exclude=others)
    except ValidationError as error:
        fields = error.message_dict
    if client.state == Client.State.LOST and not client.lost_reason:
        fields["lost_reason"] = [_("Say why the client is lost: that is what we learn from.")]
    if fields:
        raise FieldsInvalid(fields)


def _refuse_known(actor: User, client: Client, code: str = "") -> None:
    there = Client.objects.present().exclude(pk=client.pk)
    known = there.filter(inn=client.inn, kpp=client.kpp).first() if client.inn else None
    if known is None and code:
        known = there.filter(codes__code=code).first()
    if known is None:
        return
    seen = Client.objects.visible_to(actor).filter(pk=known.pk).exists()
    if not seen:
        raise AlreadyThere(
            _("This client is there already, with another team. Ask the head of sales."),
            status=409,
        )
    raise AlreadyThere(
        _("This client is there already: “%(name)s”.") % {"name": known.name},
        status=409,
        ways_out=[WayOut(_("Open it"), known.get_absolute_url())],
    )


def _plain(client: Client, names: frozenset[str]) -> dict[str, object]:
    """Return the fields as the journal keeps them: a related record by its name."""
    values = {name: getattr(client, name) for name in sorted(names | {"name"})}
    return {
        name: str(value) if isinstance(value, models.Model) else value
        for name, value in values.items()
        if name in names or name == "name"
    }
