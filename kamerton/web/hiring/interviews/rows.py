"""The day board as it is drawn: slots with people, what came of them or what to expect."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kamerton.domain.hiring.models import Invitation
from kamerton.domain.hiring.queries import SlotOutlook, SlotState
from kamerton.platform import formats
from kamerton.web.hiring.interviews.bars import Bars, draw
from kamerton.web.hiring.interviews.people import Guest
from kamerton.web.ui.items import State as Colour

Phase = Literal["past", "current", "ahead"]
SHORTEST_BREAK = dt.timedelta(minutes=20)
LONGEST_BREAK = dt.timedelta(hours=3)
NOON = (dt.time(11, 30), dt.time(14, 30))


@dataclass(frozen=True)
class Fact:
    """What came of a slot: a colour, a picture, words."""

    state: Colour
    icon: str
    text: str


@dataclass(frozen=True)
class Row:
    """A slot of the board."""

    outlook: SlotOutlook
    phase: Phase
    guests: tuple[Guest, ...]
    pause: str = ""  # what comes before it: lunch, a break
    pause_at: str = ""

    @property
    def slot(self) -> SlotState:
        """The slot itself."""
        return self.outlook.slot

    @property
    def time(self) -> str:
        """When it begins."""
        return clock(self.slot.session.starts_at)

    @property
    def length(self) -> str:
        """How long it is."""
        session = self.slot.session
        return lasting(session.ends_at - session.starts_at)

    @property
    def is_group(self) -> bool:
        """True for a group."""
        return self.outlook.is_group

    @property
    def is_ahead(self) -> bool:
        """True if it has not begun."""
        return self.phase == "ahead"

    @property
    def at_few(self) -> bool:
        """True if it threatens to stay empty."""
        return self.is_ahead and bool(self.slot.invited) and self.outlook.at_risk_of_few

    @property
    def at_many(self) -> bool:
        """True if it threatens to be overfull."""
        return self.is_ahead and self.outlook.at_risk_of_many

    @property
    def bars(self) -> Bars | None:
        """How many will come; None while nobody is invited."""
        slot = self.slot
        if not slot.invited:
            return None
        return draw(
            slot.distribution,
            least=self.outlook.least,
            capacity=slot.session.capacity,
            few=self.at_few,
            many=self.at_many,
            group=self.is_group,
        )

    def counted(self, *codes: str) -> int:
        """How many of its people are in these states."""
        return sum(guest.code in codes for guest in self.guests)

    @property
    def sure(self) -> int:
        """How many said that they come, or came."""
        return self.counted("confirmed", "came", "late")

    @property
    def silent(self) -> int:
        """How many have not answered."""
        return self.counted("sent")

    @property
    def off(self) -> int:
        """How many called off or did not come."""
        return self.counted("cancelled", "no_show")

    @property
    def shares(self) -> tuple[tuple[str, str, str], ...]:
        """The parts of the line of a group: class, where it begins, how wide, as text for SVG."""
        parts, at = [], 0.0
        whole = max(len(self.guests), 1)
        for css, n in (("sure", self.sure), ("silent", self.silent), ("off", self.off)):
            if n:
                wide = 100 * n / whole
                parts.append((css, f"{at:.1f}%", f"{max(wide - 1, 1):.1f}%"))
                at += wide
        return tuple(parts)

    @property
    def fact(self) -> Fact:
        """What came of it so far."""
        if self.phase == "current" and self.slot.came:
            here = ", ".join(guest.short for guest in self.guests if guest.has_come)
            return Fact("info", "clock", _("In progress: %(names)s") % {"names": here})
        if self.phase == "current":
            return Fact("info", "clock", _("In progress, nobody is here yet"))
        return _came_of(self)

    @property
    def may_score(self) -> bool:
        """True once there is somebody to mark."""
        return self.slot.came > 0

    @property
    def to_invite_again(self) -> bool:
        """True if all of its people stayed away."""
        return self.phase == "past" and self.slot.came == 0 and bool(self.slot.invited)


def board_rows(
    found: Sequence[SlotOutlook],
    off: Mapping[int, Sequence[Invitation]],
    *,
    now: dt.datetime,
) -> list[Row]:
    """The rows of a day in the order of time, breaks between them told."""
    rows = []
    end: dt.datetime | None = None
    for one in found:
        session = one.slot.session
        people = [*one.slot.invited, *off.get(session.pk, ())]
        guests = tuple(Guest(person) for person in people)
        pause, at = _pause(end, session.starts_at)
        rows.append(Row(one, _phase(session.starts_at, session.ends_at, now), guests, pause, at))
        end = max(end, session.ends_at) if end else session.ends_at
    return rows


def clock(moment: dt.datetime) -> str:
    """Write an hour as the board does: 9:00."""
    local = timezone.localtime(moment)
    return f"{local.hour}:{local.minute:02}"


def lasting(length: dt.timedelta) -> str:
    """Write how long something is: 30 min, 2 hours."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 60 or minutes % 60:
        return _("%(n)d min") % {"n": minutes}
    hours = minutes // 60
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


def _phase(starts: dt.datetime, ends: dt.datetime, now: dt.datetime) -> Phase:
    if ends <= now:
        return "past"
    return "current" if starts <= now else "ahead"


def _pause(end: dt.datetime | None, start: dt.datetime) -> tuple[str, str]:
    if end is None or not SHORTEST_BREAK <= start - end <= LONGEST_BREAK:
        return "", ""
    at_noon = NOON[0] <= timezone.localtime(end).time() <= NOON[1]
    name = _("Lunch") if at_noon else _("Break")
    return f"{name}, {lasting(start - end)}", clock(end)


def _came_of(row: Row) -> Fact:
    slot = row.slot
    left = sum(one.is_live for one in slot.invited)
    if left:
        text = ngettext("%(n)d is not checked in", "%(n)d are not checked in", left) % {"n": left}
        return Fact("warn", "question", text)
    if not slot.invited:
        return Fact("mute", "minus", _("Nobody was invited"))
    if not slot.came:
        return Fact("bad", "x", _("Nobody came"))
    text = _how_many_came(row)
    if slot.came > slot.session.capacity:
        return Fact("warn", "users", text)
    return Fact("ok", "check", text)


def _how_many_came(row: Row) -> str:
    slot = row.slot
    came, n = slot.came, len(slot.invited)
    text = ngettext("%(came)d of %(n)d came", "%(came)d of %(n)d came", came) % {
        "came": came,
        "n": n,
    }
    waited = _waited(slot)
    late = [guest for guest in row.guests if guest.code == "late"]
    if waited:
        return _("%(text)s, the second waited %(n)d min") % {"text": text, "n": waited}
    if len(late) == 1 and came == 1:
        return _("%(text)s, %(late)s") % {"text": text, "late": late[0].word}
    return text


def _waited(slot: SlotState) -> int:
    """How many minutes the second had to wait for the end of the slot; 0 if it is not known."""
    session = slot.session
    if session.capacity != 1 or slot.came != 2:
        return 0
    came = [one for one in slot.invited if one.state in Invitation.SHOWED]
    last = max((one.settled_at for one in came if one.settled_at), default=None)
    if last is None or last > session.ends_at:
        return 0
    waited = session.ends_at - max(last, session.starts_at)
    return int(waited.total_seconds() // 60)


def share(value: float) -> str:
    """Write a probability as whole per cents without their sign."""
    return formats.number(100 * value, 0)
