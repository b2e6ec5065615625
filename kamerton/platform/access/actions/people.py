"""Who a person is: roles, what he sees, who stands above him."""

from collections.abc import Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kamerton.platform.access import rules
from kamerton.platform.access.models import SalesFunction, User
from kamerton.platform.access.roles import Role, Scope, widest_scope
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError, NotAllowed

# The sales function that a role brings with it; it may be changed afterwards.
FUNCTION_OF_ROLE: dict[str, str] = {
    Role.KAM: SalesFunction.Kind.KAM,
    Role.ACCOUNT_MANAGER: SalesFunction.Kind.ACCOUNT_MANAGER,
}


class EmailTaken(BusinessError):
    """Somebody works here under this e-mail already."""


class NoSuchRole(BusinessError):
    """A person needs one of the known roles at least."""


class WeakPassword(BusinessError):
    """The password breaks the rules."""


@transaction.atomic
def add_person(
    actor: User,
    *,
    email: str,
    full_name: str,
    roles: Sequence[str],
    supervisor: User | None = None,
    password: str | None = None,
) -> User:
    """Make a person without an invitation; without a password he sets one by "forgot password".

    Raises NotAllowed, NoSuchRole, EmailTaken, WeakPassword, WithoutSupervisor.
    """
    require(actor, "access.manage_users")
    require_grantable(actor, roles)
    rules.lock_people()
    rules.require_fit_supervisor(None, supervisor)
    user = make_person(
        email=email, full_name=full_name, roles=roles, supervisor=supervisor, password=password
    )
    if Role.KAM in roles:
        rules.require_supervised_kams()
    record(actor, "access.person_added", user, after={"email": user.email, "roles": list(roles)})
    return user


@transaction.atomic
def change_roles(actor: User, user: User, *, roles: Sequence[str], scope: str = "") -> User:
    """Make the person these things; without `scope` he sees what the widest of them sees.

    Raises NotAllowed, NoSuchRole, LastOwner, WithoutSupervisor.
    """
    require(actor, "access.manage_users")
    user = locked(user)
    wanted = sorted(set(roles))
    require_grantable(actor, wanted)
    require_grantable(actor, [role for role in user.roles if role not in wanted], needed=False)
    before = {"roles": user.roles, "scope": user.scope}
    user.scope = checked_scope(scope, wanted)
    user.save(update_fields=["scope"])
    user.grants.exclude(role__in=wanted).delete()
    grant(user, wanted)
    rules.require_an_owner()
    if Role.KAM in wanted and Role.KAM not in before["roles"]:
        rules.require_supervised_kams()
    record(
        actor,
        "access.roles_changed",
        user,
        before=before,
        after={"roles": wanted, "scope": user.scope},
    )
    return locked(user)


@transaction.atomic
def change_supervisor(actor: User, user: User, *, supervisor: User | None) -> User:
    """Put the person under `supervisor`, or under nobody.

    Raises NotAllowed, SupervisorGone, SupervisorLoop, WithoutSupervisor.
    """
    require(actor, "access.manage_users")
    user = locked(user)
    rules.require_fit_supervisor(user, supervisor)
    before = user.supervisor
    user.supervisor = supervisor
    user.save(update_fields=["supervisor"])
    rules.require_supervised_kams(only=user)
    record(
        actor,
        "access.supervisor_changed",
        user,
        before={"supervisor": str(before or "")},
        after={"supervisor": str(supervisor or "")},
    )
    return user


def locked(user: User) -> User:
    """Read the person anew, while nobody else changes people."""
    rules.lock_people()
    found: User = User.objects.people().select_for_update(of=("self",)).get(pk=user.pk)
    return found


def checked_scope(scope: str, roles: Sequence[str]) -> str:
    """Return the scope if there is one of this name, else the widest that the roles bring."""
    return scope if scope in Scope.values else widest_scope(list(roles))


def require_grantable(actor: User, roles: Sequence[str], *, needed: bool = True) -> None:
    """Refuse unknown roles, none at all, and the owner's role from a hand that is no owner's.

    Raises NoSuchRole, NotAllowed.
    """
    if needed and (not roles or set(roles) - set(Role.values)):
        raise NoSuchRole(_("Choose one role at least."))
    if Role.OWNER in roles and not (actor.is_system or Role.OWNER in actor.roles):
        raise NotAllowed(_("Only an owner makes somebody an owner or takes this role away."))


def grant(user: User, roles: Sequence[str]) -> None:
    """Add the roles that the person lacks."""
    for role in roles:
        user.grants.get_or_create(role=role)


def make_person(
    *,
    email: str,
    full_name: str,
    roles: Sequence[str],
    supervisor: User | None,
    password: str | None,
) -> User:
    """Store a person with roles and the sales functions that go with them.

    Raises EmailTaken, WeakPassword.
    """
    require_strong(password, email=email, full_name=full_name)
    try:
        with transaction.atomic():
            user: User = User.objects.create_user(
                email,
                password,
                full_name=full_name.strip(),
                scope=widest_scope(list(roles)),
                supervisor=supervisor,
            )
    except IntegrityError:
        raise EmailTaken(
            _("Somebody works here under %(email)s already.") % {"email": email}
        ) from None
    grant(user, roles)
    for role in roles:
        if role in FUNCTION_OF_ROLE:
            user.functions.create(kind=FUNCTION_OF_ROLE[role])
    return user


def require_strong(password: str | None, *, email: str, full_name: str) -> None:
    """Refuse a password that breaks the rules.

    Raises WeakPassword.
    """
    if password is None:
        return
    try:
        validate_password(password, User(email=email, full_name=full_name))
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from None
