"""The figures over the board of a day, and what they say in one sentence."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kamerton.calc.show_rate import DEFAULT_PRIOR
from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import Vacancy
from kamerton.domain.hiring.queries import Advice, SlotState
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.web.hiring.interviews.rows import Row, clock, share
from kamerton.web.ui.items import State


@dataclass(frozen=True)
class Rate:
    """The show rate in use: the share, whose facts, own shows."""

    overall: float
    n: int
    shows: int
    parted: bool


@dataclass(frozen=True)
class Target:
    """How many of a vacancy came against how many the hires need."""

    done: int
    needed: int
    on_track: bool
    hires: int

    @property
    def state(self) -> State:
        """Its colour."""
        return "ok" if self.on_track else "warn"


@dataclass(frozen=True)
class Figures:
    """What stands over the board; `waiting`: invited to slots that have not begun."""

    came: int
    called: int
    begun: int
    expected: str
    waiting: int
    seats: int
    slots: int
    rate: Rate
    target: Target | None


@dataclass(frozen=True)
class Lead:
    """The sentence under the title: what matters in bold, then the rest."""

    loud: str
    rest: str = ""


def figures(viewer: User, rows: Sequence[Row], vacancy: Vacancy | None) -> Figures:
    """Count the day (≤ 2 queries)."""
    begun = [row.slot for row in rows if not row.is_ahead]
    ahead = [row.slot for row in rows if row.is_ahead]
    chances = [rate for slot in ahead for rate in slot.rates]
    deviation = math.sqrt(sum(p * (1 - p) for p in chances))
    return Figures(
        came=sum(slot.came for slot in begun),
        called=sum(len(slot.invited) for slot in begun),
        begun=len(begun),
        expected=_plus_minus(sum(chances), deviation),
        waiting=len(chances),
        seats=sum(slot.session.capacity for slot in ahead),
        slots=len(rows),
        rate=rate_in_use(viewer),
        target=_target(viewer, vacancy) if vacancy else None,
    )


def rate_in_use(viewer: User) -> Rate:
    """The show rate with the facts behind it (1 query)."""
    found = queries.show_rates(viewer)
    own = found.overall * (DEFAULT_PRIOR.invites + found.n) - DEFAULT_PRIOR.shows
    return Rate(found.overall, found.n, round(own), found.parted)


def lead(rows: Sequence[Row], advice: Sequence[Advice], *, invites: bool) -> Lead:
    """Say what matters about the day; who does not invite is told whom to expect."""
    if not rows:
        return Lead(_("No interviews on this day."))
    if not invites:
        n = sum(guest.is_awaited for row in rows for guest in row.guests)
        awaited = ngettext("%(n)d person is awaited.", "%(n)d people are awaited.", n) % {"n": n}
        return Lead(awaited)
    loud = next((text for one in advice if (text := headline(one))), "")
    room = next((row for row in rows if row.is_group and row.is_ahead and row.outlook.more), None)
    rest = _room(row=room) if room else ""
    if not loud:
        ahead = any(row.is_ahead for row in rows)
        loud = _("All slots are as safe as planned.") if ahead else _("The day is over.")
    return Lead(loud, rest)


def headline(one: Advice) -> str:
    """What is wrong, in one sentence."""
    at = clock(one.slot.session.starts_at)
    match one.kind:
        case "few":
            return _("The %(at)s slot will rather stay empty, the risk is %(share)s.") % {
                "at": at,
                "share": formats.percent(one.before),
            }
        case "nobody":
            return _("Nobody came at %(at)s.") % {"at": at}
        case "full":
            return ngettext(
                "%(n)d is invited at %(at)s.", "%(n)d are invited at %(at)s.", one.count
            ) % {"n": one.count, "at": at}
        case "empty":
            return ngettext(
                "%(n)d slot has nobody invited.", "%(n)d slots have nobody invited.", one.count
            ) % {"n": one.count}
        case _:
            return ngettext(
                "%(n)d person is not checked in.", "%(n)d people are not checked in.", one.count
            ) % {"n": one.count}


def advised(one: Advice) -> str:
    """What would help, in one sentence."""
    match one.kind:
        case "few":
            return ngettext(
                "If you invite %(n)d more, the risk falls from %(before)s to %(after)s %%.",
                "If you invite %(n)d more, the risk falls from %(before)s to %(after)s %%.",
                one.count,
            ) % {"n": one.count, "before": share(one.before), "after": share(one.after)}
        case "nobody":
            names = ", ".join(person.application.candidate.full_name for person in one.people)
            return _("%(names)s can be offered another day.") % {"names": names}
        case "full":
            return _("The chance that more come than there are seats is %(share)s.") % {
                "share": formats.percent(one.before)
            }
        case "empty":
            return _("Invite people, or call the slots off.")
        case _:
            return _("The show rate learns only from those who are checked in.")


def _room(row: Row | None) -> str:
    if row is None:
        return ""
    n = row.outlook.more
    return ngettext(
        "The group at %(at)s takes %(n)d more invitation.",
        "The group at %(at)s takes %(n)d more invitations.",
        n,
    ) % {"at": row.time, "n": n}


def _plus_minus(mean: float, deviation: float) -> str:
    return f"{formats.number(mean, 0)} ± {formats.number(deviation, 0)}"


def _target(viewer: User, vacancy: Vacancy) -> Target | None:
    line = next((one for one in queries.funnel(viewer, vacancy) if one.code == "showed"), None)
    if line is None:
        return None
    return Target(line.done, line.needed, line.on_track, vacancy.hires_planned)


def spoken_fill(found: Sequence[SlotState]) -> str:
    """How many are invited of how many may be."""
    invited = sum(len(slot.invited) for slot in found)
    allowed = sum(slot.session.allowed for slot in found)
    return _("%(n)d of %(most)d") % {"n": invited, "most": allowed}
