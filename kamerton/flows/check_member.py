"""What we only assume of somebody becomes a task: check it."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.activities import actions as activities
from kamerton.domain.activities.models import Activity
from kamerton.domain.buying_centre.models import JUDGED, Member
from kamerton.platform.access.models import User
from kamerton.platform.errors import BusinessError

DAYS = 14


class NothingToCheck(BusinessError):
    """This is not judged of anybody, or is confirmed already."""


def check_member(actor: User, member: Member, *, field: str) -> Activity:
    """Plan to check what is assumed of a member, with him.

    Raises NothingToCheck, and what planning refuses (NotAllowed, AlreadyPlanned).
    """
    if field not in JUDGED or member.is_confirmed(field):
        raise NothingToCheck(_("There is nothing to check here: it is confirmed."))
    titles = {each.name: each.verbose_name for each in Member._meta.fields}
    return activities.plan_activity(
        actor,
        member.centre.client,
        kind=Activity.Kind.TASK,
        title=_("Check of %(name)s: %(what)s") % {"name": member, "what": titles[field]},
        due_on=timezone.localdate() + dt.timedelta(days=DAYS),
        people=[member.contact],
        origin=f"check:{member.pk}:{field}",
    )
