"""An invitation as a calendar file (RFC 5545)."""

import datetime as dt

from django.utils import timezone

from kamerton.domain.hiring.models import Invitation
from kamerton.platform.access.queries import company

WIDEST = 75  # octets of a line


def invitation_ics(invitation: Invitation) -> str:
    """The text of an .ics file for one invitation with a session; empty without one."""
    session = invitation.session
    if session is None:
        return ""
    here = company()
    title = invitation.application.vacancy.title
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kamerton//Interviews//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:interview-{invitation.pk}@kamerton",
        f"SEQUENCE:{invitation.moves}",
        f"DTSTAMP:{_utc(timezone.now())}",
        f"DTSTART:{_utc(session.starts_at)}",
        f"DTEND:{_utc(session.ends_at)}",
        f"SUMMARY:{_escaped(f'{title} — {here.name}' if here else title)}",
        *([f"LOCATION:{_escaped(session.place)}"] if session.place else []),
        f"STATUS:{'CANCELLED' if _is_off(invitation) else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _is_off(invitation: Invitation) -> bool:
    session = invitation.session
    off = session is not None and session.cancelled_at is not None
    return off or invitation.state == Invitation.State.CANCELLED


def _utc(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a line longer than 75 octets, never inside of a character."""
    parts: list[str] = []
    rest = line
    while len(rest.encode()) > WIDEST - (1 if parts else 0):
        cut = WIDEST - (1 if parts else 0)
        head = rest.encode()[:cut].decode(errors="ignore")
        parts.append(head)
        rest = rest[len(head) :]
    return "\r\n ".join([*parts, rest])
