"""Two cards of one client become one, and apart again if that was wrong."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final, Literal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.accounts.actions.cards import (
    WRITABLE,
    KeyStays,
    change_client,
    lock_for_change,
)
from kamerton.domain.accounts.actions.holding import Handed, Handing, hand_over, take_back
from kamerton.domain.accounts.models import (
    Client,
    ClientAssignment,
    ClientCode,
    ClientInfluenceLink,
    ContactPerson,
    MassChange,
    ToldApart,
)
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

Choice = Literal["survivor", "absorbed"]
MERGED: Final = WRITABLE | {"manager"}  # what may be chosen field by field


class SameClient(BusinessError):
    """A client cannot be merged with itself."""


class AlreadyMerged(BusinessError):
    """One of the two is archived or merged already."""


class AlreadyUndone(BusinessError):
    """The change was undone before."""


class CannotUndo(BusinessError):
    """What came after stands in the way."""


@transaction.atomic
def merge_clients(
    actor: User, survivor: Client, absorbed: Client, *, choices: Mapping[str, Choice] | None = None
) -> MassChange:
    """Merge `absorbed` into `survivor`; the answer undoes it.

    `choices` says whose value each field takes; without a choice the survivor's, and the other's
    where the survivor has none. Codes of the ledger, contact people and links move. Stretches of
    holding stay with the card they were written on, as pay for the past stands; they are shown
    with the survivor's. Rows of other contexts find the survivor by `merged_into`.

    Raises NotAllowed, SameClient, AlreadyMerged, KeyStays, FieldsInvalid, and what assigning
    refuses if the manager of the absorbed is chosen.
    """
    require(actor, "accounts.merge_clients")
    survivor, absorbed = _locked_pair(actor, survivor, absorbed)
    chosen = _chosen(survivor, absorbed, choices or {})
    keeper = absorbed.manager if "manager" in chosen else None
    card = {name: getattr(absorbed, name) for name in sorted(chosen - {"manager"})}
    before: dict[str, Any] = {"survivor": survivor.pk, "absorbed": absorbed.pk}
    before |= _absorb(survivor, absorbed)
    before["fields"] = {name: [_raw(survivor, name), _raw(absorbed, name)] for name in card}
    survivor = change_client(actor, survivor, **card)
    if keeper:
        handing = Handing(keeper, timezone.localdate(), reason=_("merge of two cards"))
        before["handed"] = asdict(hand_over(actor, survivor, handing))
    record(
        actor,
        "accounts.clients_merged",
        survivor,
        after={"absorbed": absorbed.name, "chosen": sorted(chosen)},
    )
    return MassChange.objects.create(kind="merge", actor=actor, before=before, count=2)


@transaction.atomic
def undo_merge(actor: User, change: MassChange) -> Client:
    """Take a merge apart; what was changed since stays as it is. Answers with the restored card.

    Raises NotAllowed, AlreadyUndone, CannotUndo.
    """
    require(actor, "accounts.merge_clients")
    change = MassChange.objects.select_for_update().get(pk=change.pk, kind="merge")
    if change.undone_at:
        raise AlreadyUndone(_("This was undone already."))
    before: dict[str, Any] = change.before
    survivor = Client.objects.get(pk=before["survivor"])
    if not survivor.is_present:
        raise CannotUndo(
            _("“%(name)s” was archived or merged since. Restore it first.")
            % {"name": survivor.name}
        )
    survivor = lock_for_change(actor, survivor)
    _put_back_fields(actor, survivor, before["fields"])
    if "handed" in before:
        take_back(actor, lock_for_change(actor, survivor), Handed(**before["handed"]))
    absorbed = _release(before)
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    record(actor, "accounts.merge_undone", survivor, after={"restored": absorbed.name})
    return absorbed


@transaction.atomic
def tell_apart(actor: User, client: Client, *, other: Client) -> None:
    """Note that two clients that look alike are not the same; they are not offered again.

    Raises NotAllowed, SameClient.
    """
    require(actor, "accounts.merge_clients")
    client, other = lock_for_change(actor, client), lock_for_change(actor, other)
    if client == other:
        raise SameClient(_("Choose two different clients."))
    first, second = sorted((client.pk, other.pk))
    ToldApart.objects.get_or_create(first_id=first, second_id=second, defaults={"by": actor})
    record(actor, "accounts.clients_told_apart", client, after={"other": other.name})


def _locked_pair(actor: User, survivor: Client, absorbed: Client) -> tuple[Client, Client]:
    if survivor.pk == absorbed.pk:
        raise SameClient(_("Choose two different clients."))
    locked = {  # in the order of pk, so that two merges do not wait for each other
        client.pk: lock_for_change(actor, client)
        for client in sorted((survivor, absorbed), key=lambda one: one.pk)
    }
    survivor, absorbed = locked[survivor.pk], locked[absorbed.pk]
    for client in (survivor, absorbed):
        if not client.is_present:
            raise AlreadyMerged(
                _("“%(name)s” is archived or merged already.") % {"name": client.name}
            )
    if absorbed.is_key:
        raise KeyStays(
            _("“%(name)s” is a key client: keep this card and merge the other one into it.")
            % {"name": absorbed.name}
        )
    return survivor, absorbed


def _chosen(survivor: Client, absorbed: Client, choices: Mapping[str, Choice]) -> set[str]:
    """Return the fields whose value comes from the absorbed card."""
    if unknown := set(choices) - MERGED:
        raise TypeError(f"{sorted(unknown)} are not chosen in a merge")
    taken = set()
    for name in MERGED:
        mine, other = getattr(survivor, name), getattr(absorbed, name)
        empty = mine in (None, "") and other not in (None, "")
        wanted = choices.get(name, "absorbed" if empty else "survivor")
        if wanted == "absorbed" and mine != other:
            taken.add(name)
    if absorbed.manager is None:
        taken.discard("manager")
    return taken


def _absorb(survivor: Client, absorbed: Client) -> dict[str, Any]:
    """Move what hangs on the absorbed card; return what has to be put back."""
    moved = {
        "codes": _move(ClientCode, "client", absorbed, survivor),
        "contacts": _move(ContactPerson, "client", absorbed, survivor),
        "arrivals": _move(ContactPerson, "moved_to", absorbed, survivor),
        "merged": _move(Client, "merged_into", absorbed, survivor),
        "links": _move_links(absorbed, survivor),
        "manager": absorbed.manager_id,
        "ended": _end_parts(absorbed),
    }
    absorbed.manager = None
    absorbed.merged_into = survivor
    absorbed.save(update_fields=["merged_into", "manager", "updated_at"])
    return moved


def _move(model: Any, field: str, absorbed: Client, survivor: Client) -> list[int]:
    rows = model.objects.filter(**{field: absorbed})
    ids = list(rows.values_list("pk", flat=True))
    rows.update(**{field: survivor})
    return ids


def _move_links(absorbed: Client, survivor: Client) -> list[list[Any]]:
    """Rewrite links of influence; a link to itself and a second one of a pair are dropped."""
    touched = ClientInfluenceLink.objects.filter(Q(source=absorbed) | Q(target=absorbed))
    before: list[list[Any]] = [[x.source_id, x.target_id, x.strength, None] for x in touched]
    touched.delete()
    for row in before:
        ends = [survivor.pk if end == absorbed.pk else end for end in row[:2]]
        if ends[0] != ends[1]:
            link, made = ClientInfluenceLink.objects.get_or_create(
                source_id=ends[0], target_id=ends[1], defaults={"strength": row[2]}
            )
            row[3] = link.pk if made else None
    return before


def _end_parts(absorbed: Client) -> list[int]:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    parts = list(absorbed.assignments.filter(until=None))
    for part in parts:
        part.until = max(part.since, yesterday)
        part.save(update_fields=["until"])
    return [part.pk for part in parts]


def _put_back_fields(actor: User, survivor: Client, fields: Mapping[str, list[Any]]) -> None:
    card: dict[str, Any] = {}
    for name, (old, new) in fields.items():
        if _raw(survivor, name) != new:
            continue  # somebody wrote it since
        field = Client._meta.get_field(name)
        related = field.related_model
        if related and old is not None:
            card[name] = related._default_manager.get(pk=old)
        else:
            card[name] = None if old is None else field.to_python(old)  # type: ignore[union-attr]
    change_client(actor, survivor, **card)


def _release(before: Mapping[str, Any]) -> Client:
    survivor, absorbed = before["survivor"], Client.objects.get(pk=before["absorbed"])
    for model, field, ids in (
        (ClientCode, "client", before["codes"]),
        (ContactPerson, "client", before["contacts"]),
        (ContactPerson, "moved_to", before["arrivals"]),
        (Client, "merged_into", before["merged"]),
    ):
        rows: Any = model._default_manager.filter(pk__in=ids)
        rows.filter(**{field: survivor}).update(**{field: absorbed.pk})
    for source, target, strength, rewritten in before["links"]:
        ClientInfluenceLink.objects.filter(pk=rewritten).delete()
        ClientInfluenceLink.objects.get_or_create(
            source_id=source, target_id=target, defaults={"strength": strength}
        )
    ClientAssignment.objects.filter(pk__in=before["ended"]).update(until=None)
    absorbed.merged_into = None
    absorbed.manager_id = before["manager"]
    absorbed.save(update_fields=["merged_into", "manager", "updated_at"])
    return absorbed


def _raw(client: Client, name: str) -> Any:
    value = getattr(client, Client._meta.get_field(name).attname)  # type: ignore[union-attr]
    return value.isoformat() if isinstance(value, dt.date) else value
