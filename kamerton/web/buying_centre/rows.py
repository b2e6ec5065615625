"""People of a centre as rows: in the table and in the tree beside the map."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kamerton.domain.buying_centre.models import Line, Member
from kamerton.domain.buying_centre.queries import Picture, Seat
from kamerton.platform.access.models import User
from kamerton.web.buying_centre import marks, words


@dataclass(frozen=True)
class Branch:
    """Somebody in the tree of who reports to whom."""

    seat: Seat
    role: str
    face: str
    depth: int
    href: str
    marks: dict[str, SafeString]


@dataclass(frozen=True)
class InPlace:
    """A fact that is edited where it stands: its field, its head, and what is shown of it."""

    field: str
    label: str
    shown: str


@dataclass(frozen=True)
class TableRow:
    """A member with everything that a column of the table shows."""

    seat: Seat
    role: str
    face: str
    stage: str
    influenced_by: tuple[str, ...]
    at_odds_with: tuple[str, ...]
    reports_to: str
    mode: str  # its first word
    contacts: tuple[str, ...]  # who of us speaks with him
    lines_of_work: tuple[str, ...]
    edit: str  # the address at which a fact is edited, less its field
    marks: dict[str, SafeString]

    @property
    def before_lines(self) -> tuple[InPlace, ...]:
        """The facts up to who influences him."""
        member = self.member
        return (
            InPlace("roles", _("Roles"), self.role),
            InPlace("influence", _("Influence"), self.marks["influence"]),
            InPlace("attitude", _("Attitude"), self.marks["attitude"]),
            InPlace("response_mode", _("Mode"), self.mode or "—"),
            InPlace("results", _("Matters for business"), member.results or "—"),
            InPlace("wins", _("Personal win"), member.wins or "—"),
        )

    @property
    def after_lines(self) -> tuple[InPlace, ...]:
        """The facts after it."""
        rival = ", ".join(filter(None, (self.member.rival_name, self.member.get_rival_display())))
        return (InPlace("rival", _("Competitor"), rival),)

    @property
    def member(self) -> Member:
        """The member himself."""
        return self.seat.member


def marks_of(seat: Seat) -> dict[str, SafeString]:
    """Return the small marks of a person."""
    return {
        "attitude": marks.attitude_mark(seat.member),
        "influence": marks.influence_mark(seat.member),
        "arcs": marks.arcs_mark(seat),
        "step": marks.step_mark(seat),
        "uncovered": marks.uncovered_mark(seat),
    }


def tree(shown: Picture) -> list[Branch]:
    """The people who are there as one list, superiors before theirs, deeper ones indented."""
    seats = {seat.member.pk: seat for seat in shown.present}
    below: dict[int | None, list[Seat]] = {}
    for seat in shown.present:
        above = seat.member.reports_to_id
        below.setdefault(above if above in seats else None, []).append(seat)
    found: list[Branch] = []
    waiting = [(seat, 0) for seat in reversed(below.get(None, []))]
    while waiting:
        seat, depth = waiting.pop()
        found.append(_branch(shown, seat, depth))
        waiting += [(each, depth + 1) for each in reversed(below.get(seat.member.pk, []))]
    return found


def table_row(shown: Picture, seat: Seat) -> TableRow:
    """Join what stands in a row."""
    member, client = seat.member, shown.centre.client_id
    method = shown.known_roles
    ours = {user.pk: user for user in shown.ours}
    return TableRow(
        seat=seat,
        role=roles_of(shown, seat),
        face=words.ATTITUDES[member.attitude],
        stage=words.STAGES[seat.stage](),
        influenced_by=influenced_by(shown, member),
        at_odds_with=at_odds_with(shown, member),
        mode=str(member.get_response_mode_display()).partition(":")[0],
        reports_to=shown.names.get(member.reports_to_id or 0, ""),
        contacts=tuple(_who(ours, pair.user) for pair in seat.pairs if pair.user in ours),
        edit=reverse("buying_centre:member-edit", args=[client, member.pk, "x"]).removesuffix("x/"),
        marks=marks_of(seat),
        lines_of_work=tuple(str(method[c].line_of_work) for c in member.roles if c in method),
    )


def roles_of(shown: Picture, seat: Seat) -> str:
    """Name the roles of a member."""
    return ", ".join(shown.role_title(code) for code in seat.member.roles)


def influenced_by(shown: Picture, member: Member) -> tuple[str, ...]:
    """Name those who influence a member."""
    names = shown.names
    return tuple(
        words.short_name(names[line.source_id])
        for line in shown.lines
        if line.kind == Line.Kind.INFLUENCE and line.target_id == member.pk
    )


def at_odds_with(shown: Picture, member: Member) -> tuple[str, ...]:
    """Name those with whom a member is in conflict."""
    names = shown.names
    return tuple(
        words.short_name(names[line.target_id if line.source_id == member.pk else line.source_id])
        for line in shown.lines
        if line.kind == Line.Kind.CONFLICT and member.pk in (line.source_id, line.target_id)
    )


def _branch(shown: Picture, seat: Seat, depth: int) -> Branch:
    face = words.ATTITUDES[seat.member.attitude]
    href = reverse("buying_centre:member", args=[shown.centre.client_id, seat.member.pk])
    return Branch(seat, roles_of(shown, seat), face, min(depth, 6), href, marks_of(seat))


def _who(ours: dict[int, User], pk: int) -> str:
    return words.short_name(ours[pk].full_name)
