"""A row of what is to be done or was done, as pages show it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kamerton.domain.activities import queries
from kamerton.domain.activities.models import Activity
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.web.ui.items import State

Kind = Activity.Kind
ICONS = {
    Kind.CALL: "phone",
    Kind.MEETING: "users",
    Kind.ONLINE_MEETING: "screen",
    Kind.LETTER: "mail",
    Kind.MESSENGER: "message",
    Kind.PRESENTATION: "chart",
    Kind.SITE_VISIT: "pin",
    Kind.TRAINING: "book",
    Kind.EXHIBITION: "flag",
    Kind.INTERNAL: "building",
    Kind.TASK: "check-circle",
}


@dataclass(frozen=True)
class Line:
    """One activity with what the viewer may do about it."""

    activity: Activity
    writable: bool
    on: dt.date

    @property
    def icon(self) -> str:
        """The picture of its kind."""
        return ICONS[Kind(self.activity.kind)]

    @property
    def may_do(self) -> bool:
        """True if it is open and the viewer may say what came of it."""
        return self.writable and self.activity.is_open

    @property
    def may_prepare(self) -> bool:
        """True if a brief can be made or read."""
        return self.activity.kind not in Activity.ALONE and (self.may_do or self.activity.has_brief)

    @property
    def is_late(self) -> bool:
        """True if its day is over and it is not done."""
        return self.activity.days_late(self.on) > 0

    @property
    def state(self) -> State:
        """Its state as a colour."""
        if self.is_late:
            return "bad"
        if self.activity.is_open:
            return "warn" if self.activity.due_on == self.on else "mute"
        return "ok" if self.activity.state == Activity.State.DONE else "mute"

    @property
    def word(self) -> str:
        """Its state in words; "" if there is nothing to say."""
        if late := self.activity.days_late(self.on):
            return ngettext("%(n)d day late", "%(n)d days late", late) % {"n": late}
        if self.activity.is_open:
            return _("today") if self.activity.due_on == self.on else ""
        return str(self.activity.get_state_display())

    @property
    def when(self) -> str:
        """Day and hour."""
        day = formats.day_short(self.activity.due_on)
        if self.activity.starts_at is None:
            return day
        return f"{day}, {timezone.localtime(self.activity.starts_at):%H:%M}"

    @property
    def with_whom(self) -> str:
        """The client's people who take part."""
        return ", ".join(person.full_name for person in self.activity.people.all())


def lines(viewer: User, shown: Iterable[Activity]) -> list[Line]:
    """Rows for a page (1 query)."""
    rows, today = list(shown), timezone.localdate()
    writable = queries.writable_among(viewer, rows)
    return [Line(one, one.pk in writable, today) for one in rows]


def line(viewer: User, activity: Activity) -> Line:
    """The row of one activity (1 query)."""
    return lines(viewer, [activity])[0]
