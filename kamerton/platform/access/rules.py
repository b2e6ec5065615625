"""The gates that actions pass: rights, and what must hold among the people of a company."""

from collections.abc import Iterable, Sequence

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kamerton.platform.access.models import Company, Invitation, SalesFunction, User
from kamerton.platform.access.roles import Role
from kamerton.platform.errors import BusinessError, NotAllowed, WayOut

Kind = SalesFunction.Kind

# The sales functions that answer for a phase of a deal; the first one by rights, others stand in.
PHASE_FUNCTIONS: dict[str, tuple[Kind, ...]] = {
    "hunter": (Kind.HUNTER,),
    "closer": (Kind.CLOSER, Kind.KAM),
    "farmer": (Kind.ACCOUNT_MANAGER, Kind.KAM),
}


class WithoutSupervisor(BusinessError):
    """Two or more key account managers, and one of them answers to nobody."""


class SupervisorLoop(BusinessError):
    """A person would stand above himself."""


class SupervisorGone(BusinessError):
    """The supervisor has left."""


class LastOwner(BusinessError):
    """Nobody would be left to decide and to manage rights."""


class StillHolds(BusinessError):
    """A person who is to leave holds clients or leads people."""


class NobodyResponsible(BusinessError):
    """A phase of a deal has nobody who carries its function."""


def require(actor: User, permission: str) -> None:
    """Refuse unless `actor` may do this.

    Raises NotAllowed.
    """
    if not actor.may(permission):
        raise NotAllowed(
            _("Your role does not allow this. Ask the head of sales or the administrator.")
        )


def lock_people() -> None:
    """Let the people of the company be changed by one transaction at a time.

    What must hold among several people (a supervisor for each KAM, one owner at least) cannot be
    held by a constraint; SQLite locks the whole database anyway.
    """
    Company.objects.select_for_update().first()


def kams_without_supervisor() -> list[User | Invitation]:
    """Key account managers, working or invited, who answer to nobody that works; [] below two."""
    present: list[User | Invitation] = [*User.objects.working().with_role(Role.KAM)]
    invited = [one for one in Invitation.objects.open() if Role.KAM in one.roles]
    everybody = present + invited
    if len(everybody) < 2:
        return []
    working = set(User.objects.working().values_list("pk", flat=True))
    return [one for one in everybody if one.supervisor_id not in working]


def require_supervised_kams(*, only: User | None = None) -> None:
    """Refuse if, after a change, a key account manager (or just `only`) lacks a supervisor.

    Call it after the change, in its transaction. Raises WithoutSupervisor.
    """
    lacking = kams_without_supervisor()
    if only is not None:
        lacking = [one for one in lacking if one == only]
    if lacking:
        names = ", ".join(one.full_name for one in lacking)
        raise WithoutSupervisor(
            _(
                "With two or more key account managers each of them needs a supervisor. "
                "Without one: %(names)s. Name a supervisor for them first."
            )
            % {"names": names},
            ways_out=ways_to(_("Open the list of people"), "account:users"),
        )


def require_fit_supervisor(user: User | None, supervisor: User | None) -> None:
    """Refuse a supervisor who has left, or who stands below `user` in the tree.

    Raises SupervisorGone, SupervisorLoop.
    """
    if supervisor is None:
        return
    if not User.objects.working().filter(pk=supervisor.pk).exists():
        raise SupervisorGone(
            _("%(supervisor)s does not work here any more. Choose somebody who does.")
            % {"supervisor": supervisor}
        )
    if user is not None and supervisor.pk in user.subtree_ids:
        raise SupervisorLoop(
            _("%(supervisor)s answers to %(user)s already. Choose somebody else.")
            % {"supervisor": supervisor, "user": user}
        )


def require_an_owner() -> None:
    """Refuse if, after a change, no working person is an owner.

    Raises LastOwner.
    """
    if not User.objects.working().with_role(Role.OWNER).exists():
        raise LastOwner(
            _("The company must keep one owner at least. Make somebody else an owner first.")
        )


def require_nothing_held(user: User) -> None:
    """Refuse while `user` holds clients or has people below him.

    The clients' relation belongs to `accounts`, which lies above: it is read by its name.
    Raises StillHolds.
    """
    clients = user.assignments.filter(until=None).values("client").distinct().count()
    if clients:
        text = ngettext(
            "%(user)s holds %(n)d client. Hand it over first.",
            "%(user)s holds %(n)d clients. Hand them over first.",
            clients,
        )
        raise StillHolds(
            text % {"user": user, "n": clients},
            ways_out=ways_to(_("Show these clients"), "accounts:clients", manager=user.pk),
        )
    below = list(User.objects.working().filter(supervisor=user))
    if below:
        raise StillHolds(
            _("%(names)s answer to %(user)s. Name another supervisor for them first.")
            % {"names": ", ".join(one.full_name for one in below), "user": user},
            ways_out=ways_to(_("Open the list of people"), "account:users"),
        )


def require_function_for_phase(phase: str, people: Iterable[User]) -> None:
    """Refuse a deal phase for which none of `people` carries the function.

    `people` are those on the deal, or `access.queries.people_with_function` for the company.
    Raises NobodyResponsible.
    """
    wanted: Sequence[Kind] = PHASE_FUNCTIONS[phase]
    ids = [person.pk for person in people]
    if not SalesFunction.objects.filter(user__in=ids, kind__in=wanted).exists():
        functions = get_text_list([str(kind.label).lower() for kind in wanted], _("or"))
        raise NobodyResponsible(
            _("Nobody here carries the sales function this phase needs: %(functions)s. Assign one.")
            % {"functions": functions}
        )


def ways_to(label: str, page: str, *args: int, **query: str | int) -> list[WayOut]:
    """Return a button to a page by its name; none while this installation has no such page."""
    try:
        address = reverse(page, args=args)
    except NoReverseMatch:
        return []
    return [WayOut(label, f"{address}?{urlencode(query)}" if query else address)]
