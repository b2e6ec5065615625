"""The interview day: slots with people, what to expect, what to do now; the phone's check-in."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import Vacancy
from kamerton.domain.hiring.queries import Advice
from kamerton.platform import formats
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.hiring.interviews.figures import advised, figures, headline, lead, spoken_fill
from kamerton.web.hiring.interviews.gate import (
    AHEAD,
    ASSESS,
    BEHIND,
    RECRUIT,
    SEE,
    asked_day,
    nearest_day,
    shown_vacancy,
)
from kamerton.web.hiring.interviews.people import Guest
from kamerton.web.hiring.interviews.rows import Row, board_rows, clock
from kamerton.web.ui.items import Tab

DESK = 6  # lines of the check-in beside the board


@dataclass(frozen=True)
class Step:
    """One thing to do now with its button."""

    advice: Advice
    title: str
    text: str
    label: str
    href: str


@dataclass(frozen=True)
class Line:
    """A person of the check-in with his slot."""

    guest: Guest
    row: Row

    @property
    def note(self) -> str:
        """When he is due and what he said, or since when he is here."""
        if self.guest.here_since:
            words = {"at": self.row.time, "since": self.guest.here_since}
            return _("%(at)s · here since %(since)s") % words
        return f"{self.row.time} · {self.guest.word}"


@require_safe
def page(request: Request) -> HttpResponse:
    """The board of a day; to htmx its changing part alone."""
    require(request.user, ASSESS)
    context = board(request)
    part = request.htmx and request.htmx.target == "day"
    return render(request, f"hiring/interviews/{'day' if part else 'interviews'}.html", context)


def board(request: Request) -> dict[str, Any]:
    """What the board shows (≤ 14 queries for any number of slots and people)."""
    viewer, now = request.user, timezone.now()
    asked = asked_day(request.GET.get("day"))
    day = asked or nearest_day(request, None)
    every = queries.interview_day(viewer, day)
    vacancy = shown_vacancy(request, every)
    slots = [one for one in every if vacancy is None or one.session.vacancy_id == vacancy.pk]
    rows = board_rows(queries.outlooks(viewer, slots), queries.called_off(viewer, slots), now=now)
    advice = queries.day_advice(viewer, [row.outlook for row in rows], now=now)
    chosen = "all" if request.GET.get("vacancy") == "all" else vacancy.pk if vacancy else ""
    return {
        "day": day,
        "today": timezone.localdate(),
        "clock": clock(now),
        "is_today": day == timezone.localdate(),
        "days": day_tabs(request, day, vacancy, chosen),
        "vacancy": vacancy,
        "chosen": chosen,
        "vacancies": queries.vacancies(viewer) if viewer.may(SEE) else [],
        "elsewhere": len(every) - len(slots),
        "rows": rows,
        "figures": figures(viewer, rows, vacancy),
        "fill": spoken_fill(slots),
        "lead": lead(rows, advice, invites=viewer.may(RECRUIT)),
        "mixed": len({slot.session.vacancy_id for slot in slots}) > 1,
        "steps": [step(one) for one in advice],
        "desk": desk_lines(rows),
        "due": _due(request, slots),
        "mine": list(queries.scorecards_to_fill(viewer)[:DESK]),
        "may_invite": viewer.may(RECRUIT),
        "may_see": viewer.may(SEE),
        "address": f"{reverse('hiring:interviews')}?day={day.isoformat()}&vacancy={chosen}",
    }


def day_tabs(request: Request, day: dt.date, vacancy: Vacancy | None, chosen: object) -> list[Tab]:
    """The day with the nearest ones before and after that have interviews (1 query)."""
    found = queries.session_days(request.user, vacancy, since=day - BEHIND, until=day + AHEAD)
    before, after = [d for d in found if d < day], [d for d in found if d > day]
    shown = [*before[-1:], day, *after[: 2 if not before else 1]]
    return [
        Tab(
            f"{formats.weekday(one).capitalize()} {formats.day_short(one)}",
            f"?day={one.isoformat()}&vacancy={chosen}",
            current=one == day,
        )
        for one in shown
    ]


def step(one: Advice) -> Step:
    """Write one piece of advice with the button that follows it."""
    pk = one.slot.session.pk
    label, href = {
        "few": (_("Invite %(n)d") % {"n": one.count}, reverse("hiring:invite", args=[pk])),
        "nobody": (_("Offer another time"), reverse("hiring:invite-again", args=[pk])),
        "full": _moved(one),
        "empty": (_("Invite"), reverse("hiring:invite", args=[pk])),
        "unmarked": (_("Check in"), _check_in_of(one)),
    }[one.kind]
    return Step(one, headline(one), advised(one), label, href)


def desk_lines(rows: Sequence[Row]) -> list[Line]:
    """Who is here now and who is due next; of a day that is over, who is not checked in."""
    live = [row for row in rows if row.phase != "past"]
    now = [row for row in live if row.phase == "current"]
    lines = [Line(guest, row) for row in now for guest in row.guests if guest.code != "cancelled"]
    ahead = [row for row in live if row.is_ahead]
    lines += [Line(guest, row) for row in ahead for guest in row.guests if _is_due(guest)]
    past = [row for row in rows if row.phase == "past"]
    left = [Line(guest, row) for row in past for guest in row.guests if guest.is_awaited]
    return [*left, *lines][:DESK]


def _is_due(guest: Guest) -> bool:
    return guest.is_awaited or guest.has_come


def _moved(one: Advice) -> tuple[str, str]:
    if not one.people:
        return _("Look"), reverse("hiring:session", args=[one.slot.session.pk])
    href = reverse("hiring:place-move", args=[one.people[0].pk])
    if one.target is None:
        return _("Move one"), href
    at = clock(one.target.session.starts_at)
    label = _("Move one to %(at)s") % {"at": at}
    return label, f"{href}?to={one.target.session.pk}"


def _check_in_of(one: Advice) -> str:
    day = timezone.localdate(one.slot.session.starts_at)
    return f"{reverse('hiring:check-in')}?day={day.isoformat()}"


def _due(request: Request, slots: Sequence[queries.SlotState]) -> int:
    """How many of this day are to be reminded now (1 query)."""
    here = {slot.session.pk for slot in slots if slot.session.starts_at > timezone.now()}
    if not here or not request.user.may(RECRUIT):
        return 0
    return queries.reminders_due(request.user).filter(session__in=here).count()
