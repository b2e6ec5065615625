"""One change of many clients: looked at first, applied as a whole, undone as a whole."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kamerton.domain.accounts.actions.cards import (
    archive_client,
    change_client,
    refusal_to_archive,
    restore_client,
)
from kamerton.domain.accounts.actions.holding import Handed, Handing, take_back, write_handing
from kamerton.domain.accounts.actions.merging import AlreadyUndone
from kamerton.domain.accounts.models import OWNING, Client, ClientAssignment, MassChange
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError, NotAllowed

MOST: Final = 1_000  # clients in one change
SETTABLE: Final = ("region", "industry", "service_model", "customer_type")


class TooMany(BusinessError):
    """More clients than one change takes."""


class NothingToDo(BusinessError):
    """No client of those chosen can be changed."""


class DoesNotFit(BusinessError):
    """The field is not written for many, or not so."""


class Wish(Protocol):
    """A change that is asked for many clients."""

    @property
    def kind(self) -> str:
        """The code of the kind of change."""
        ...

    @property
    def permission(self) -> str:
        """What the actor must be allowed to do."""
        ...

    def refusal_by(self, actor: User) -> BusinessError | None:
        """Say why nothing of it can be done."""
        ...

    def refusal_for(
        self, actor: User, client: Client, owned: Sequence[ClientAssignment]
    ) -> BusinessError | None:
        """Say why it cannot be done for this client."""
        ...

    def words(self, client: Client) -> tuple[str, str]:
        """Say what stands there now and what will."""
        ...

    def carry_out(
        self, actor: User, client: Client, owned: Sequence[ClientAssignment]
    ) -> dict[str, Any]:
        """Do it; return what has to be put back."""
        ...


@dataclass(frozen=True)
class Assigning:
    """Give the clients to one manager."""

    handing: Handing
    kind: str = "assign"
    permission: str = "accounts.assign_client"

    def refusal_by(self, actor: User) -> BusinessError | None:
        """Ask whether the manager can hold clients of the actor's."""
        return self.handing.refusal_by(actor)

    def refusal_for(
        self, actor: User, client: Client, owned: Sequence[ClientAssignment]
    ) -> BusinessError | None:
        """Ask the rules of a single assignment."""
        return self.handing.refusal_for(client, owned)

    def words(self, client: Client) -> tuple[str, str]:
        """Name the managers."""
        before = client.manager.full_name if client.manager else _("nobody")
        return before, self.handing.manager.full_name

    def carry_out(
        self, actor: User, client: Client, owned: Sequence[ClientAssignment]
    ) -> dict[str, Any]:
        """Assign."""
        return asdict(write_handing(actor, client, self.handing, owned))


@dataclass(frozen=True)
class Archiving:
    """Take the clients out of the lists."""

    reason: str = ""
    kind: str = "archive"
    permission: str = "accounts.archive_client"

    def refusal_by(self, actor: User) -> BusinessError | None:
        """Nothing speaks against it as such."""
        return None

    def refusal_for(
        self, actor: User, client: Client, owned: Sequence[ClientAssignment]
    ) -> BusinessError | None:
        """Keep key clients."""
        return refusal_to_archive(actor, client)

    def words(self, client: Client) -> tuple[str, str]:
        """Say that it goes to the archive."""
        return _("in the lists"), _("in the archive")

    def carry_out(
        self, actor: User, client: Client, owned: Sequence[ClientAssignment]
    ) -> dict[str, Any]:
        """Archive."""
        archive_client(actor, client, reason=self.reason)
        return {"client": client.pk}


@dataclass(frozen=True)
class Writing:
    """Write one field on every card."""

    name: str
    value: str
    kind: str = "write"
    permission: str = "accounts.edit_client"

    def refusal_by(self, actor: User) -> BusinessError | None:
        """Refuse a field that is not written for many, a value that is not among the choices."""
        if self.name not in SETTABLE:
            return DoesNotFit(_("This field is changed one by one."))
        model_field: Any = Client._meta.get_field(self.name)
        allowed = [value for value, _label in model_field.choices or ()]
        if (allowed and self.value not in allowed) or len(self.value) > model_field.max_length:
            return DoesNotFit(_("“%(value)s” does not fit here.") % {"value": self.value[:40]})
        return None

    def refusal_for(
        self, actor: User, client: Client, owned: Sequence[ClientAssignment]
    ) -> BusinessError | None:
        """Leave out the cards where it stands already."""
        if getattr(client, self.name) == self.value:
            return NothingToDo(_("It stands there already."))
        return None

    def words(self, client: Client) -> tuple[str, str]:
        """Show the values as people read them."""
        model_field: Any = Client._meta.get_field(self.name)
        labels = dict(model_field.choices or ())
        now = getattr(client, self.name)
        return str(labels.get(now, now)) or "—", str(labels.get(self.value, self.value)) or "—"

    def carry_out(
        self, actor: User, client: Client, owned: Sequence[ClientAssignment]
    ) -> dict[str, Any]:
        """Write."""
        before = getattr(client, self.name)
        card: Any = {self.name: self.value}
        change_client(actor, client, **card)
        return {"client": client.pk, "name": self.name, "before": before, "after": self.value}


@dataclass(frozen=True)
class Row:
    """What a change means for one client."""

    client: Client
    before: str
    after: str
    refusal: BusinessError | None = None


@dataclass(frozen=True)
class Preview:
    """What a change means for all clients chosen, before it is made."""

    kind: str
    rows: list[Row]

    @property
    def accepted(self) -> list[Row]:
        """The clients that will change."""
        return [row for row in self.rows if row.refusal is None]

    @property
    def refused(self) -> list[Row]:
        """The clients that will not, and why."""
        return [row for row in self.rows if row.refusal is not None]


@dataclass(frozen=True)
class Applied:
    """A change that was made, and what was left out."""

    change: MassChange
    refused: list[Row]


@dataclass(frozen=True)
class Undone:
    """How many clients were put back, and which were not as somebody changed them since."""

    count: int
    left: list[Client] = field(default_factory=list)


def preview_mass_change(actor: User, clients: Sequence[int], *, wish: Wish) -> Preview:
    """Show what `wish` means for each of the clients; nothing is changed (5 queries).

    Raises NotAllowed, TooMany, and what speaks against the wish as such.
    """
    require(actor, wish.permission)
    if len(clients) > MOST:
        raise TooMany(
            ngettext(
                "One change takes at most %(most)d client: narrow the choice.",
                "One change takes at most %(most)d clients: narrow the choice.",
                MOST,
            )
            % {"most": MOST}
        )
    if refusal := wish.refusal_by(actor):
        raise refusal
    return Preview(wish.kind, [row for row, _owned in _rows(actor, clients, wish)])


@transaction.atomic
def apply_mass_change(actor: User, clients: Sequence[int], *, wish: Wish) -> Applied:
    """Make the change for every client that the rules allow; the others are left out, named.

    Raises NotAllowed, TooMany, NothingToDo, and what speaks against the wish as such.
    """
    preview_mass_change(actor, clients, wish=wish)
    undo, refused = [], []
    for row, owned in _rows(actor, clients, wish, lock=True):
        if row.refusal is None:
            undo.append(wish.carry_out(actor, row.client, owned))
        else:
            refused.append(row)
    if not undo:
        raise NothingToDo(_("None of the chosen clients can be changed so."))
    change = MassChange.objects.create(
        kind=wish.kind, actor=actor, before={"rows": undo}, count=len(undo)
    )
    record(actor, "accounts.mass_changed", change, after={"kind": wish.kind, "count": len(undo)})
    return Applied(change, refused)


@transaction.atomic
def undo_mass_change(actor: User, change: MassChange) -> Undone:
    """Put everything back that nobody changed since.

    Raises NotAllowed, AlreadyUndone.
    """
    require(actor, PERMISSION[change.kind])
    change = MassChange.objects.select_for_update().get(pk=change.pk)
    if change.undone_at:
        raise AlreadyUndone(_("This was undone already."))
    rows = {row["client"]: row for row in change.before["rows"]}
    mine = Client.objects.editable_by(actor).filter(pk__in=rows).select_for_update(of=("self",))
    found = {client.pk: client for client in mine}
    left = [
        client
        for client in Client.objects.filter(pk__in=rows).order_by("pk")
        if client.pk not in found
        or not _put_back(actor, found[client.pk], change.kind, rows[client.pk])
    ]
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    done = len(rows) - len(left)
    record(actor, "accounts.mass_undone", change, after={"kind": change.kind, "count": done})
    return Undone(done, left)


PERMISSION: Final = {
    "assign": "accounts.assign_client",
    "archive": "accounts.archive_client",
    "write": "accounts.edit_client",
}


def _rows(
    actor: User, clients: Sequence[int], wish: Wish, *, lock: bool = False
) -> Iterator[tuple[Row, list[ClientAssignment]]]:
    seen = Client.objects.visible_to(actor).present().filter(pk__in=clients)
    mine = set(seen.editable_by(actor).values_list("pk", flat=True))
    if lock:
        list(Client.objects.filter(pk__in=mine).select_for_update(of=("self",)).only("pk"))
    held: dict[int, list[ClientAssignment]] = {pk: [] for pk in mine}
    for part in ClientAssignment.objects.filter(client__in=mine, role__in=OWNING):
        held[part.client_id].append(part)
    for client in seen.select_related("manager"):
        before, after = wish.words(client)
        if client.pk in mine:
            owned = held[client.pk]
            yield Row(client, before, after, wish.refusal_for(actor, client, owned)), owned
        else:
            yield Row(client, before, before, _foreign(client)), []


def _foreign(client: Client) -> BusinessError:
    return NotAllowed(
        _("“%(name)s” is not your client: you may read its card, not change it.")
        % {"name": client.name}
    )


def _put_back(actor: User, client: Client, kind: str, row: dict[str, Any]) -> bool:
    if kind == "assign":
        return take_back(actor, client, Handed(**row))
    if kind == "archive":
        archived = client.archived_at is not None
        restore_client(actor, client)
        return archived
    if getattr(client, row["name"]) != row["after"]:
        return False
    card: Any = {row["name"]: row["before"]}
    change_client(actor, client, **card)
    return True
