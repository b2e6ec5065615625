"""A person's work: time for leading and selling, plan, names in the ledger, functions."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kamerton.platform.access.actions.people import locked
from kamerton.platform.access.models import SalesFunction, User
from kamerton.platform.access.roles import LEADER_SHARE
from kamerton.platform.access.rules import require, ways_to
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

MONTH_HOURS = 300  # nobody sells longer


class BadShare(BusinessError):
    """No leader spends that part of his time leading."""


class BadStatus(BusinessError):
    """This status is not set by hand."""


class HoldsKeys(BusinessError):
    """A newcomer holds no key clients."""


class BadWork(BusinessError):
    """Hours or plan that cannot be."""


class CodeTaken(BusinessError):
    """The ledger's name belongs to another person."""


@transaction.atomic
def change_leader_share(actor: User, user: User, *, share: Decimal) -> User:
    """Say which part of his time the person leads: none, or 0.4 to 0.8; it lowers his cap.

    Raises NotAllowed, BadShare.
    """
    require(actor, "access.manage_users")
    low, high = LEADER_SHARE
    if share != 0 and not low <= share <= high:
        raise BadShare(_("A leader spends 40 to 80 per cent of his time leading; a seller 0."))
    user = locked(user)
    before = user.leader_share
    user.leader_share = share
    user.save(update_fields=["leader_share"])
    record(
        actor,
        "access.leader_share_changed",
        user,
        before={"leader_share": before},
        after={"leader_share": share},
    )
    return user


@transaction.atomic
def change_work(
    actor: User,
    user: User,
    *,
    selling_hours: int,
    year_plan: Decimal | None,
    hired_on: dt.date | None,
) -> User:
    """Change selling hours a month, the sales plan for the year and the day of hiring.

    Raises NotAllowed, BadWork.
    """
    require(actor, "access.manage_users")
    if not 0 <= selling_hours <= MONTH_HOURS or (year_plan is not None and year_plan < 0):
        raise BadWork(_("Selling hours are 0 to 300 a month, a plan is not negative."))
    user = locked(user)
    before = _work(user)
    user.selling_hours, user.year_plan, user.hired_on = selling_hours, year_plan, hired_on
    user.save(update_fields=["selling_hours", "year_plan", "hired_on"])
    record(actor, "access.work_changed", user, before=before, after=_work(user))
    return user


@transaction.atomic
def change_ledger_codes(actor: User, user: User, *, codes: Sequence[str]) -> User:
    """Say how the sales ledger names this person; a name belongs to one person only.

    Raises NotAllowed, CodeTaken.
    """
    require(actor, "access.manage_users")
    user = locked(user)
    wanted = list(dict.fromkeys(code.strip() for code in codes if code.strip()))
    _require_free(wanted, user)
    before = user.ledger_codes
    user.ledger_codes = wanted
    user.save(update_fields=["ledger_codes"])
    record(
        actor,
        "access.ledger_codes_changed",
        user,
        before={"ledger_codes": before},
        after={"ledger_codes": wanted},
    )
    return user


@transaction.atomic
def change_status(actor: User, user: User, *, status: str) -> User:
    """Change where the person stands; who left is deactivated instead.

    Raises NotAllowed, BadStatus, HoldsKeys.
    """
    require(actor, "access.manage_users")
    user = locked(user)
    settable = set(User.Status.values) - {User.Status.LEFT}
    if status not in settable or not user.is_active:
        raise BadStatus(_("Close or open the account instead: this status follows from it."))
    return _with_status(actor, user, status)


@transaction.atomic
def begin_onboarding(actor: User, user: User) -> User:
    """Note that the person is on probation: no key clients until it is passed.

    Raises NotAllowed, BadStatus, HoldsKeys.
    """
    require(actor, "hiring.approve")
    user = locked(user)
    if user.status not in (User.Status.ACTIVE, User.Status.CANDIDATE_RESERVE):
        raise BadStatus(_("%(person)s does not work, or is on probation.") % {"person": user})
    return _with_status(actor, user, User.Status.ONBOARDING)


@transaction.atomic
def end_onboarding(actor: User, user: User) -> User:
    """Note that the person has passed: key clients may come.

    Raises NotAllowed.
    """
    require(actor, "hiring.approve")
    user = locked(user)
    if user.status != User.Status.ONBOARDING:
        return user
    return _with_status(actor, user, User.Status.ACTIVE)


@transaction.atomic
def set_functions(actor: User, user: User, *, kinds: Sequence[str]) -> User:
    """Say which sales functions the person carries.

    Raises NotAllowed, BadWork.
    """
    require(actor, "access.manage_users")
    wanted = sorted(set(kinds))
    if set(wanted) - set(SalesFunction.Kind.values):
        raise BadWork(_("There is no such sales function."))
    user = locked(user)
    before = sorted(user.functions.values_list("kind", flat=True))
    user.functions.exclude(kind__in=wanted).delete()
    for kind in wanted:
        user.functions.get_or_create(kind=kind)
    record(
        actor,
        "access.functions_changed",
        user,
        before={"functions": before},
        after={"functions": wanted},
    )
    return user


def _with_status(actor: User, user: User, status: str) -> User:
    """Write the status of a locked person.

    Raises HoldsKeys.
    """
    if status == User.Status.ONBOARDING:
        _require_no_keys(user)
    before, user.status = user.status, status
    user.save(update_fields=["status"])
    record(
        actor,
        "access.status_changed",
        user,
        before={"status": before},
        after={"status": status},
    )
    return user


def _require_no_keys(user: User) -> None:
    """Refuse to make a newcomer of who holds key clients.

    The clients' relation belongs to `accounts`, which lies above: it is read by its name.
    Raises HoldsKeys.
    """
    key = Q(company_key_since__isnull=False) | Q(manager_keys__gt=0)
    held = user.clients.filter(key)
    count = held.count()
    if count:
        text = ngettext(
            "%(user)s holds %(n)d key client. A newcomer holds none: hand it over first.",
            "%(user)s holds %(n)d key clients. A newcomer holds none: hand them over first.",
            count,
        )
        raise HoldsKeys(
            text % {"user": user, "n": count},
            ways_out=ways_to(_("Show these clients"), "accounts:clients", manager=user.pk),
        )


def _require_free(codes: list[str], user: User) -> None:
    holders = {
        code.casefold(): other
        for other in User.objects.people().exclude(pk=user.pk)
        for code in other.ledger_codes
    }
    for code in codes:
        if code.casefold() in holders:
            raise CodeTaken(
                _("The ledger's name “%(code)s” belongs to %(user)s.")
                % {"code": code, "user": holders[code.casefold()]}
            )


def _work(user: User) -> dict[str, object]:
    return {
        "selling_hours": user.selling_hours,
        "year_plan": user.year_plan,
        "hired_on": user.hired_on,
    }
