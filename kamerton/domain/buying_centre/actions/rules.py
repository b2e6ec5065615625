"""What every change of a buying centre passes: rights, locks, and what must hold."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import Client
from kamerton.domain.buying_centre.models import BuyingCentre, Member
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError, NotAllowed, Stale

PERMISSION = "buying_centre.edit"


class ToolOff(BusinessError):
    """The company does not work with buying centres."""


class DoesNotFit(BusinessError):
    """Some fields hold what they cannot; `fields` says which and why."""

    def __init__(self, fields: dict[str, list[str]]) -> None:
        self.fields = fields
        super().__init__(" ".join(text for texts in fields.values() for text in texts))


class AlreadyMember(BusinessError):
    """The person is in the centre already."""


class NotOfCentre(BusinessError):
    """The person is not of this client, or not of this centre."""


class ReportsLoop(BusinessError):
    """A person would stand above himself."""


class HasLeft(BusinessError):
    """Somebody who left is not changed any more."""


def lock_client(actor: User, client: Client) -> Client:
    """Return the client, locked, if the actor may change its buying centre.

    Raises NotAllowed, ToolOff.
    """
    require(actor, PERMISSION)
    if not methodology.current().tools.buying_centre:
        raise ToolOff(_("Your company does not work with buying centres. Ask the methodologist."))
    found = Client.objects.locked_for(actor, client)
    if found is None:
        raise NotAllowed(
            _("“%(name)s” is not your client: you may read its buying centre, not change it.")
            % {"name": client.name}
        )
    return found


def lock_centre(actor: User, centre: BuyingCentre) -> BuyingCentre:
    """Return the centre anew; its client is locked, so one changes it at a time.

    Raises NotAllowed, ToolOff.
    """
    lock_client(actor, centre.client)
    return BuyingCentre.objects.select_related("client").get(pk=centre.pk)


def lock_member(actor: User, member: Member) -> Member:
    """Return a member anew, the client locked.

    Raises NotAllowed, ToolOff.
    """
    lock_centre(actor, member.centre)
    return Member.objects.select_related("centre__client", "contact").get(pk=member.pk)


def refuse_stale(now: int, expected: int | None, name: object) -> None:
    """Refuse if the record is not any more what the actor saw.

    Raises Stale.
    """
    if expected is not None and now != expected:
        raise Stale(
            _(
                "Somebody changed “%(name)s” while you were writing. Nothing was saved and"
                " nothing of yours is lost: compare and save again."
            )
            % {"name": name}
        )


def refuse_left(member: Member) -> None:
    """Refuse to change somebody who left.

    Raises HasLeft.
    """
    if member.has_left:
        raise HasLeft(
            _("%(name)s has left this centre. Take him back first.") % {"name": member}, status=409
        )


def refuse_loop(member: Member, above: Member | None) -> None:
    """Refuse a superior from another centre, or one who stands below the member.

    Raises NotOfCentre, ReportsLoop.
    """
    if above is None:
        return
    seats = Member.objects.filter(centre=member.centre_id).values_list("pk", "reports_to")
    superior = dict(seats)
    if above.pk not in superior:
        raise NotOfCentre(_("%(name)s is not in this centre.") % {"name": above})
    walked: int | None = above.pk
    while walked is not None:
        if walked == member.pk:
            raise ReportsLoop(
                _("%(above)s answers to %(name)s already. Choose somebody else.")
                % {"above": above, "name": member}
            )
        walked = superior.get(walked)


def roles_of(method: int) -> list[str]:
    """Return the codes of the roles that a version of the method works with."""
    return [role.code for role in methodology.version(method).roles()]


def unknown_roles(roles: Iterable[str], method: int) -> list[str]:
    """Return the codes that this version of the method does not have."""
    known = set(roles_of(method))
    return [code for code in roles if code not in known]
