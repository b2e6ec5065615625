"""Months are closed and opened again."""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kamerton.calc.period import Month
from kamerton.domain.ledger.models import MonthLock
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError


class MonthNotEnded(BusinessError):
    """A month that is still running cannot be closed."""


@transaction.atomic
def lock_month(actor: User, month: Month) -> MonthLock:
    """Let the month take no more lines.

    Raises NotAllowed, MonthNotEnded.
    """
    require(actor, "ledger.lock_month")
    if month.last_day >= localdate():
        raise MonthNotEnded(_("%(month)s has not ended yet.") % {"month": month})
    lock, made = MonthLock.objects.get_or_create(
        month=month.first_day, defaults={"locked_by": actor}
    )
    if made:
        record(actor, "ledger.month_locked", lock)
    return lock


@transaction.atomic
def unlock_month(actor: User, month: Month, *, reason: str) -> None:
    """Open a closed month again, for a reason that is kept."""
    require(actor, "ledger.lock_month")
    if not reason.strip():
        raise BusinessError(_("Say why the month is opened again."))
    for lock in MonthLock.objects.filter(month=month.first_day):
        record(actor, "ledger.month_unlocked", lock, reason=reason)
        lock.delete()
