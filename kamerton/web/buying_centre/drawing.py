"""A centre as the map draws it: people, lines, and the roles that nobody plays."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kamerton.domain.buying_centre.queries import Picture, Seat
from kamerton.platform import formats
from kamerton.web.buying_centre.words import ATTITUDES, short_name


def map_of(shown: Picture, *, editable: bool) -> dict[str, Any]:
    """What the map's script is given, as JSON."""
    centre = shown.centre
    address = reverse("buying_centre:places", args=[centre.client_id, centre.pk])
    return {
        "centre": centre.pk,
        "places": address if editable else "",
        "people": [_person(shown, seat) for seat in shown.present],
        "lines": list(_lines(shown)),
        "missing": [
            {"role": code, "title": shown.role_title(code)} for code in shown.figures.missing_roles
        ],
        "words": {
            "outside": _("Outside the company"),
            "nobody": _("no one"),
            "find": _("Who could it be?"),
            "coverage": _("coverage"),
            "noStep": _("no next step"),
            "notCovered": _("not covered"),
            "saved": _("The places are remembered"),
            "failed": _("The places could not be saved"),
            "map": _("Map of the buying centre"),
        },
    }


def description(shown: Picture) -> str:
    """Say what the map shows to who does not see it."""
    figures = shown.figures
    missing = ", ".join(shown.role_title(code) for code in figures.missing_roles)
    parts = [
        _("Map of %(n)d people; the same people stand in the list below it.")
        % {"n": figures.members}
    ]
    if missing:
        parts.append(_("Nobody plays: %(roles)s.") % {"roles": missing})
    if figures.without_next_step:
        parts.append(
            _("Without a next step: %(names)s.") % {"names": ", ".join(figures.without_next_step)}
        )
    return " ".join(parts)


def _person(shown: Picture, seat: Seat) -> dict[str, Any]:
    member, contact = seat.member, seat.member.contact
    return {
        "id": member.pk,
        "name": short_name(contact.full_name),
        "initials": formats.initials(contact.full_name),
        "post": contact.organisation or contact.position,
        "roles": member.roles,
        "role": ", ".join(shown.role_title(code) for code in member.roles),
        "attitude": member.attitude,
        "face": ATTITUDES[member.attitude],
        "word": str(member.get_attitude_display()),
        "influence": member.influence,
        "level": seat.level,
        "external": member.affiliation == member.Affiliation.EXTERNAL,
        "up": member.reports_to_id,
        "ours": [pair.user for pair in seat.pairs],
        "noStep": seat.lacks_step,
        "uncovered": seat.is_uncovered,
        "place": None if member.x is None else [member.x, member.y],
    }


def _lines(shown: Picture) -> Iterator[dict[str, Any]]:
    there = {seat.member.pk for seat in shown.present}
    for line in shown.lines:
        if {line.source_id, line.target_id} <= there:
            yield {
                "id": line.pk,
                "kind": line.kind,
                "from": line.source_id,
                "to": line.target_id,
                "note": line.note,
                "assumed": line.assumed,
            }
