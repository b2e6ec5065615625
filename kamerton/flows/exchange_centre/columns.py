"""What stands in the table of a buying centre: what comes back, and what records say."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext_lazy

from kamerton.domain.buying_centre.queries import Picture, Seat
from kamerton.flows.exchange_centre.matrix import written_pairs, written_place
from kamerton.platform.tables import Column, Kind, Row

WRITTEN: Final = (  # what comes back: its name in the file, its head, its width
    ("id", "№", 8),
    ("full_name", gettext_lazy("Full name"), 30),
    ("position", gettext_lazy("Position"), 26),
    ("organisation", gettext_lazy("Organisation"), 24),
    ("level", gettext_lazy("Level"), 18),
    ("affiliation", gettext_lazy("Whose he is"), 14),
    ("roles", gettext_lazy("Roles"), 30),
    ("influence", gettext_lazy("Influence, 1–5"), 10),
    ("attitude", gettext_lazy("Attitude, −2…+2"), 10),
    ("response_mode", gettext_lazy("Mode"), 24),
    ("results", gettext_lazy("What matters for the business"), 40),
    ("wins", gettext_lazy("Personal win"), 40),
    ("reports_to", gettext_lazy("Reports to"), 30),
    ("influenced_by", gettext_lazy("Influenced by"), 30),
    ("conflicts", gettext_lazy("In conflict with"), 30),
    ("rival", gettext_lazy("Closeness to a competitor, 0–3"), 12),
    ("rival_name", gettext_lazy("Which competitor"), 24),
    ("sources", gettext_lazy("Known from"), 40),
    ("left_on", gettext_lazy("Left on"), 12),
    (
        "pairs",
        gettext_lazy("Who of us | goal | role | obligations | plan of work | channel | days"),
        60,
    ),
    ("place", gettext_lazy("Place on the map"), 14),
)
SHOWN: Final = (  # what records say; a file cannot change it
    Column(gettext_lazy("Our contacts"), width=30),
    Column(gettext_lazy("Coverage, 0–3"), "number", 10),
    Column(gettext_lazy("Last contact"), "date", 12),
    Column(gettext_lazy("Line of work"), width=30),
    Column(gettext_lazy("Next step"), width=40),
    Column(gettext_lazy("Due on"), "date", 12),
    Column(gettext_lazy("Responsible"), width=24),
)
APART: Final = "; "
NUMBERS: Final[dict[str, Kind]] = {
    "id": "number",
    "influence": "number",
    "attitude": "number",
    "rival": "number",
}


def columns() -> list[Column]:
    """Return the heads of the table."""
    written = [Column(title, NUMBERS.get(name, "text"), width) for name, title, width in WRITTEN]
    return [*written, *SHOWN]


def row_of(shown: Picture, seat: Seat) -> Row:
    """Return the row of a member."""
    return (*_values(shown, seat).values(), *_shown(shown, seat))


def heads() -> Iterator[tuple[str, str]]:
    """Yield what each column may be called in a file: its title, or its name."""
    for name, title, _width in WRITTEN:
        yield name, str(title)
        yield name, name


def _values(shown: Picture, seat: Seat) -> dict[str, Any]:
    member, contact = seat.member, seat.member.contact
    names = {each.member.pk: str(each.member) for each in shown.seats}
    ends = [(line.kind, line.source_id, line.target_id) for line in shown.lines]
    by = [names[a] for kind, a, b in ends if kind == "influence" and b == member.pk]
    odds = [names[a + b - member.pk] for k, a, b in ends if k == "conflict" and member.pk in (a, b)]
    known = [
        f"{name}: {said['source']} {said['on']}" for name, said in sorted(member.sources.items())
    ]
    return {
        "id": member.pk,
        "full_name": contact.full_name,
        "position": contact.position,
        "organisation": contact.organisation,
        "level": str(contact.get_level_display()),
        "affiliation": str(member.get_affiliation_display()),
        "roles": APART.join(shown.role_title(code) for code in member.roles),
        "influence": member.influence,
        "attitude": member.attitude,
        "response_mode": str(member.get_response_mode_display()),
        "results": member.results,
        "wins": member.wins,
        "reports_to": names.get(member.reports_to_id or 0, ""),
        "influenced_by": APART.join(by),
        "conflicts": APART.join(odds),
        "rival": member.rival,
        "rival_name": member.rival_name,
        "sources": APART.join(known),
        "left_on": member.left_on.isoformat() if member.left_on else "",
        "pairs": written_pairs(cell for cell in shown.cells if cell.member_id == member.pk),
        "place": written_place(member),
    }


def _shown(shown: Picture, seat: Seat) -> Row:
    ours = {user.pk: user.full_name for user in shown.ours}
    method = {role.code: str(role.line_of_work) for role in shown.roles.buying_roles}
    step = seat.next_step
    return (
        APART.join(ours[pair.user] for pair in seat.pairs if pair.user in ours),
        seat.level,
        seat.last_on,
        APART.join(method[code] for code in seat.member.roles if code in method),
        step.title if step else "",
        step.due_on if step else None,
        step.owner.full_name if step else "",
    )
