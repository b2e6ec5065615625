"""Who holds a client, and who works on it beside him."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import (
    OWNING,
    Client,
    ClientAssignment,
    changes_of_holder,
)
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import colleagues, sellers
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError, NotAllowed

YEAR: Final = dt.timedelta(days=365)
Role = ClientAssignment.Role


class AlreadyHeld(BusinessError):
    """The client is with this manager already."""


class StartsTooEarly(BusinessError):
    """The new stretch would begin before the present one."""


class StartsTooLate(BusinessError):
    """The new stretch would begin on a day to come."""


class ReasonNeeded(BusinessError):
    """The second change of the manager within a year asks for a reason."""


class NewcomerHoldsNoKeys(BusinessError):
    """A newcomer learns on lesser clients first."""


class NotYourPerson(BusinessError):
    """The person is not among those whom the actor sees, or holds no clients."""


class OneManagerServes(BusinessError):
    """The service model of the client is one manager for everything."""


class AlreadyOnTeam(BusinessError):
    """The person has this part already."""


@dataclass(frozen=True)
class Handing:
    """A wish to give clients to one manager from a day on."""

    manager: User
    since: dt.date
    basis: str = ""
    reason: str = ""

    def refusal_by(self, actor: User) -> BusinessError | None:
        """Say why this manager can get no client at all, or not from that day."""
        if self.manager != actor and not sellers(actor).filter(pk=self.manager.pk).exists():
            return NotYourPerson(
                _("%(person)s cannot hold clients of yours. Choose a seller who works with you.")
                % {"person": self.manager}
            )
        if self.since > timezone.localdate():
            return StartsTooLate(
                _("Choose today or a day before: a change to come is made on its day.")
            )
        return None

    def refusal_for(
        self, client: Client, owned: Sequence[ClientAssignment]
    ) -> BusinessError | None:
        """Say why this client cannot pass over; `owned` are all stretches of its holders."""
        if client.manager_id == self.manager.pk:
            return AlreadyHeld(
                _("%(person)s holds “%(name)s” already.")
                % {"person": self.manager, "name": client.name}
            )
        if client.is_key and self.manager.status == User.Status.ONBOARDING:
            return NewcomerHoldsNoKeys(
                _(
                    "“%(name)s” is a key client and %(person)s is still being onboarded."
                    " Give him training accounts first."
                )
                % {"name": client.name, "person": self.manager}
            )
        return self._too_early(owned) or self._unexplained(client, owned)

    def _too_early(self, owned: Sequence[ClientAssignment]) -> BusinessError | None:
        free = [  # a stretch that began this very day is written anew
            part.until + dt.timedelta(days=1) if part.until else part.since for part in owned
        ]
        earliest = max(free, default=self.since)
        if self.since >= earliest:
            return None
        return StartsTooEarly(
            _("Choose %(day)s or a later day: before it the client was held by another.")
            % {"day": date_format(earliest, "SHORT_DATE_FORMAT")}
        )

    def _unexplained(
        self, client: Client, owned: Sequence[ClientAssignment]
    ) -> BusinessError | None:
        if self.reason.strip() or not owned:
            return None
        recent = [day for day in changes_of_holder(owned) if day > self.since - YEAR]
        if not recent or max(owned, key=lambda part: part.since).user_id == self.manager.pk:
            return None
        return ReasonNeeded(
            _(
                "This would be change of manager no. %(count)d in 12 months for “%(name)s”:"
                " the best clients leave over this. Give the reason if it has to be."
            )
            % {"count": len(recent) + 1, "name": client.name}
        )


@dataclass(frozen=True)
class Handed:
    """What a handing wrote, enough to take it back."""

    client: int
    manager: int | None  # who held it before
    made: int  # the new stretch
    ended: int | None  # the stretch that it ended
    rewritten: bool  # the present stretch began the same day and got another holder


@transaction.atomic
def assign_manager(
    actor: User,
    client: Client,
    *,
    manager: User,
    since: dt.date,
    basis: str = "",
    reason: str = "",
) -> ClientAssignment:
    """Give `client` to `manager` from `since` on; the present assignment ends the day before.

    Raises NotAllowed, NotYourPerson, AlreadyHeld, StartsTooEarly, StartsTooLate, ReasonNeeded,
    NewcomerHoldsNoKeys.
    """
    require(actor, "accounts.assign_client")
    locked = _locked(actor, client)
    handed = hand_over(actor, locked, Handing(manager, since, basis, reason))
    return ClientAssignment.objects.select_related("user", "client").get(pk=handed.made)


def hand_over(actor: User, client: Client, handing: Handing) -> Handed:
    """Carry a handing out on one locked client, if nothing speaks against it."""
    owned = list(client.assignments.filter(role__in=OWNING))
    refusal = handing.refusal_by(actor) or handing.refusal_for(client, owned)
    if refusal:
        raise refusal
    return write_handing(actor, client, handing, owned)


def write_handing(
    actor: User, client: Client, handing: Handing, owned: Sequence[ClientAssignment]
) -> Handed:
    """Write a handing that was checked: end the present stretch, begin the new one."""
    held = next((part for part in owned if part.until is None), None)
    rewritten = held is not None and held.since == handing.since
    made = held if held and rewritten else ClientAssignment(client=client, since=handing.since)
    if held and not rewritten:
        held.until = handing.since - dt.timedelta(days=1)
        held.save(update_fields=["until"])
    made.user, made.role, made.basis = handing.manager, Role.STRATEGIC_OWNER, handing.basis
    made.save()
    before = client.manager
    client.manager = handing.manager
    client.save(update_fields=["manager", "updated_at"])
    record(
        actor,
        "accounts.client_assigned",
        client,
        before={"manager": before.full_name} if before else None,
        after={"manager": handing.manager.full_name, "since": handing.since},
        reason=handing.reason,
    )
    ended = held.pk if held and not rewritten else None
    return Handed(client.pk, before.pk if before else None, made.pk, ended, rewritten)


def take_back(actor: User, client: Client, handed: Handed) -> bool:
    """Undo a handing on one locked client.

    False if somebody changed the holder since, or a key would come back to a newcomer.
    """
    made = client.assignments.filter(pk=handed.made, until=None).first()
    if made is None or made.user_id != client.manager_id:
        return False
    newcomers = User.objects.filter(status=User.Status.ONBOARDING)
    if client.is_key and newcomers.filter(pk=handed.manager).exists():
        return False
    after, client.manager_id = client.manager, handed.manager
    if handed.rewritten and handed.manager:
        made.user_id = handed.manager
        made.save(update_fields=["user"])
    else:
        made.delete()
        if handed.ended:
            client.assignments.filter(pk=handed.ended).update(until=None)
    client.save(update_fields=["manager", "updated_at"])
    record(
        actor,
        "accounts.assignment_undone",
        client,
        before={"manager": str(after)},
        after={"manager": str(client.manager) if client.manager else None},
    )
    return True


@transaction.atomic
def add_to_team(
    actor: User,
    client: Client,
    *,
    user: User,
    role: str,
    since: dt.date,
    basis: str = "",
) -> ClientAssignment:
    """Let `user` work on `client` in a part beside its manager.

    Raises NotAllowed, NotYourPerson, OneManagerServes, AlreadyOnTeam.
    """
    client = _locked_for_team(actor, client)
    if refusal := _refusal_to_join(actor, client, user, role):
        raise refusal
    made = client.assignments.create(user=user, role=role, since=since, basis=basis)
    record(
        actor,
        "accounts.team_joined",
        client,
        after={"user": user.full_name, "role": role, "since": since},
    )
    return made


@transaction.atomic
def remove_from_team(
    actor: User, client: Client, *, assignment: ClientAssignment, until: dt.date
) -> ClientAssignment:
    """End a part beside the manager; `until` is its last day.

    Raises NotAllowed, StartsTooEarly.
    """
    client = _locked_for_team(actor, client)
    part = client.assignments.exclude(role__in=OWNING).get(pk=assignment.pk)
    if until < part.since:
        raise StartsTooEarly(
            _("The last day cannot be before the first, %(day)s.") % {"day": part.since}
        )
    part.until = until
    part.save(update_fields=["until"])
    record(
        actor,
        "accounts.team_left",
        client,
        before={"user": part.user.full_name, "role": part.role},
        after={"until": until},
    )
    return part


def _refusal_to_join(actor: User, client: Client, user: User, role: str) -> BusinessError | None:
    if role not in Role.values or role in OWNING:
        return NotAllowed(_("The manager of a client is changed by assigning, not here."))
    if not colleagues(actor).working().filter(pk=user.pk).exists():
        return NotYourPerson(
            _("%(person)s is not among the people you work with.") % {"person": user}
        )
    single = client.service_model == Client.ServiceModel.SINGLE
    if single and role == Role.OPERATIONAL_MANAGER:
        return OneManagerServes(
            _(
                "“%(name)s” is served by one manager in everything. Set “Account team” on its"
                " card first."
            )
            % {"name": client.name}
        )
    if client.assignments.filter(user=user, role=role, until=None).exists():
        return AlreadyOnTeam(_("%(person)s has this part already.") % {"person": user})
    return None


def _locked(actor: User, client: Client) -> Client:
    mine = Client.objects.editable_by(actor).present().filter(pk=client.pk)
    found = mine.select_for_update(of=("self",)).first()
    if found is None:
        raise NotAllowed(
            _("“%(name)s” is not yours to give: its manager is not one of your people.")
            % {"name": client.name}
        )
    return found


def _locked_for_team(actor: User, client: Client) -> Client:
    """The head of sales decides on the team, and the manager of the client himself."""
    locked = _locked(actor, client)
    if locked.manager_id != actor.pk:
        require(actor, "accounts.assign_client")
    return locked
