"""Small marks of every row, drawn once a value and language: a hundred rows stay quick."""

import datetime as dt
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kamerton.domain.buying_centre.models import Member
from kamerton.domain.buying_centre.queries import Seat
from kamerton.platform import formats
from kamerton.web.buying_centre.words import ATTITUDES


def attitude_mark(member: Member) -> SafeString:
    """The face and word of an attitude."""
    return _mark("attitude", ATTITUDES[member.attitude], str(member.get_attitude_display()))


def influence_mark(member: Member) -> SafeString:
    """The bars of an influence."""
    return _mark("influence", str(member.influence), "")


def arcs_mark(seat: Seat) -> SafeString:
    """The ring of a coverage, without the initials inside."""
    return _mark("arcs", str(seat.level), "")


def step_mark(seat: Seat) -> SafeString:
    """What is wrong with a person, or the day of the next step."""
    if seat.lacks_step:
        return _mark("step", "lacks", "")
    if seat.is_uncovered:
        return _mark("step", "uncovered", "")
    return _mark("step", "planned" if seat.next_step else "", formats.day_short(_due(seat)))


def uncovered_mark(seat: Seat) -> SafeString:
    """A word on somebody influential who was not spoken with; nothing on others."""
    return _mark("step", "uncovered" if seat.is_uncovered else "", "")


def _due(seat: Seat) -> dt.date | None:
    return seat.next_step.due_on if seat.next_step else None


def _mark(kind: str, value: str, words: str) -> SafeString:
    return _drawn(kind, value, words, get_language() or "")


@lru_cache(maxsize=2048)
def _drawn(kind: str, value: str, words: str, _language: str) -> SafeString:
    context = {"kind": kind, "value": value, "words": words}
    return render_to_string("buying_centre/mark.html", context)
