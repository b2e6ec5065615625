"""A white cell becomes work: a task to offer the category to the client.

The origin "white-space:" and the id of the category holds it to one open task a cell.
"""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import Client, ProductCategory
from kamerton.domain.activities import actions as activities
from kamerton.domain.activities.models import Activity
from kamerton.platform.access.models import User

ORIGIN = "white-space:"
DAYS = 7
TITLE = 240


def pursue_category(
    actor: User, client: Client, category: ProductCategory, *, due_on: dt.date | None = None
) -> Activity:
    """Plan to offer `category` to `client`, in a week if no day is named.

    Raises NotAllowed, PastDay, AlreadyPlanned.
    """
    title = _("Offer “%(category)s”") % {"category": category.name}
    return activities.plan_activity(
        actor,
        client,
        kind=Activity.Kind.TASK,
        title=title[:TITLE],
        due_on=due_on or timezone.localdate() + dt.timedelta(days=DAYS),
        origin=f"{ORIGIN}{category.pk}",
    )


def pursued(viewer: User, clients: list[int]) -> dict[tuple[int, int], Activity]:
    """The open task of each cell that is pursued, by ids of client and category (1 query)."""
    planned = Activity.objects.visible_to(viewer).open().filter(client__in=clients)
    found = planned.filter(origin__startswith=ORIGIN).select_related("owner")
    return {(each.client_id, int(each.origin.removeprefix(ORIGIN))): each for each in found}
