"""A buying centre as a table: written out, read back, compared, brought in; nothing is lost."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from kamerton.calc.text import folded
from kamerton.domain.accounts import actions as accounts
from kamerton.domain.accounts.models import ContactPerson
from kamerton.domain.buying_centre import actions, queries
from kamerton.domain.buying_centre.actions import Known
from kamerton.domain.buying_centre.models import JUDGED, BuyingCentre, Line, Member
from kamerton.domain.buying_centre.queries import Picture, Seat
from kamerton.flows.exchange_centre.columns import APART, columns, row_of
from kamerton.flows.exchange_centre.matrix import fields_of
from kamerton.flows.exchange_centre.reading import Incoming, values_of
from kamerton.flows.exchange_centre.reading import NotThisTable as NotThisTable
from kamerton.flows.exchange_centre.reading import read_rows as read_rows
from kamerton.flows.exchange_centre.reading import table_in as table_in
from kamerton.flows.seat_people import seat_newcomer
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import colleagues
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import NotAllowed
from kamerton.platform.tables import Column, Row

OF_MEMBER: Final = (*JUDGED, "affiliation", "rival_name")
LINES: Final = ((Line.Kind.INFLUENCE, "influenced_by"), (Line.Kind.CONFLICT, "conflicts"))
OF_PERSON: Final = ("position", "organisation", "level")
WRITTEN_LAST: Final = ("pairs", "place", "left_on")  # once all are there; who left is not changed


@dataclass(frozen=True)
class Compared:
    """A row against what is there; `problem`: why it cannot come in."""

    incoming: Incoming
    name: str
    member: int | None = None
    contact: int | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    problem: str = ""

    @property
    def verdict(self) -> str:
        """Say what becomes of the row: new, changed, same or wrong."""
        if self.problem:
            return "wrong"
        if self.member is None:
            return "new"
        return "changed" if self.changes else "same"


@transaction.atomic
def export_centre(actor: User, centre: BuyingCentre) -> tuple[list[Column], list[Row]]:
    """Return the table of a centre; that names left the house is noted.

    The people of a centre are contacts: no more of them leave than the role allows.

    Raises NotAllowed, OverExportLimit.
    """
    require(actor, "buying_centre.view")
    if queries.centre(actor, centre.client, centre.pk) is None:
        raise NotAllowed(_("You do not see this buying centre."))
    shown = queries.picture(actor, centre)
    accounts.require_contacts_may_leave(actor, len(shown.seats))
    record(actor, "buying_centre.exported", centre.client, after={"people": len(shown.seats)})
    return columns(), [row_of(shown, seat) for seat in shown.seats]


def compare(viewer: User, centre: BuyingCentre, rows: Iterable[Incoming]) -> list[Compared]:
    """Say of each row what would become of it; writes nothing."""
    shown = queries.picture(viewer, centre)
    contacts = {folded(each.full_name): each.pk for each in queries.candidates(viewer, centre)}
    seats = {seat.member.pk: seat for seat in shown.seats}
    by_name = {folded(str(seat.member)): seat for seat in shown.seats}
    ours = _ours_by_name(viewer, shown)
    found = []
    for row in rows:
        name = row.cells["full_name"]
        seat = by_name.get(folded(name))
        number = row.cells.get("id", "")
        if seat is None and number.isdigit():
            seat = seats.get(int(number))
        contact = contacts.get(folded(name))
        found.append(_compared(shown, row, ours, seat=seat, contact=contact))
    return found


def _ours_by_name(viewer: User, shown: Picture) -> dict[str, list[User]]:
    found: dict[str, list[User]] = {}
    for user in {*colleagues(viewer).working(), *shown.ours}:
        found.setdefault(folded(user.full_name), []).append(user)
    return found


@transaction.atomic
def bring_centre(actor: User, centre: BuyingCentre, *, rows: Iterable[Incoming]) -> list[Compared]:
    """Bring a table in: new people, what was changed of others, who reports to whom, lines.

    A row that does not fit stops all; nothing is removed. Raises NotAllowed, DoesNotFit and what
    changing a centre refuses.
    """
    require(actor, "buying_centre.edit")
    compared = compare(actor, centre, rows)
    wrong = [f"{one.incoming.number}: {one.problem}" for one in compared if one.problem]
    if wrong:
        raise actions.DoesNotFit({"file": wrong})
    for one in compared:
        _bring(actor, centre, one)
    _join(actor, centre, compared)
    _work_together(actor, centre, compared)
    for member, left_on in _changed(centre, compared, "left_on"):
        actions.mark_left(actor, member, on=left_on)
    counted = {each: sum(one.verdict == each for one in compared) for each in ("new", "changed")}
    record(actor, "buying_centre.imported", centre.client, after=counted)
    return compared


def as_plain(rows: Iterable[Incoming]) -> list[dict[str, Any]]:
    """Return rows as they are kept between the preview and the decision."""
    return [asdict(row) for row in rows]


def _bring(actor: User, centre: BuyingCentre, one: Compared) -> None:
    changes = dict(one.changes)
    sources = changes.pop("sources", {})
    for name in WRITTEN_LAST:
        changes.pop(name, None)
    person: Any = {name: changes.pop(name) for name in OF_PERSON if name in changes}
    if one.member is None:
        member = _newcomer(actor, centre, one, person)
    else:
        member = Member.objects.select_related("centre__client", "contact").get(pk=one.member)
        if person:
            accounts.change_contact(actor, member.contact, **person)
    for known, names in _by_source(changes, sources).items():
        given: Any = {name: changes[name] for name in names}
        member = actions.change_member(actor, member, known=known, **given)


def _newcomer(actor: User, centre: BuyingCentre, one: Compared, person: dict[str, Any]) -> Member:
    roles = one.changes["roles"]
    if one.contact is not None:
        contact = ContactPerson.objects.get(pk=one.contact)
        return actions.add_member(actor, centre, contact=contact, roles=roles)
    who: Any = {"full_name": one.name, **person}
    return seat_newcomer(actor, centre, person=who, roles=roles)


def _by_source(judged: Mapping[str, Any], sources: Mapping[str, Known]) -> dict[Known, list[str]]:
    """Group what is written by where it is known from."""
    found: dict[Known, list[str]] = {}
    for name in judged:
        found.setdefault(sources.get(name, Known()), []).append(name)
    return found


def _join(actor: User, centre: BuyingCentre, compared: list[Compared]) -> None:
    """Once all are there: who reports to whom, and the lines."""
    members = {
        folded(str(m)): m
        for m in Member.objects.filter(centre=centre).select_related("contact", "centre__client")
    }
    for one in compared:
        member, cells = members.get(folded(one.name)), one.incoming.cells
        if member is None or member.has_left:
            continue
        above = members.get(folded(cells.get("reports_to", "")))
        if "reports_to" in cells and above != member.reports_to:
            actions.change_member(actor, member, reports_to=above)
        for kind, column in LINES:
            for name in filter(None, cells.get(column, "").split(APART.strip())):
                if other := members.get(folded(name.strip())):
                    _draw(actor, centre, kind, (other, member))


def _work_together(actor: User, centre: BuyingCentre, compared: list[Compared]) -> None:
    """Write the pairs of the contact matrix, and where people stand on the map."""
    for member, pairs in _changed(centre, compared, "pairs"):
        there = {cell.user_id: fields_of(cell) for cell in member.cells.all()}
        for user in User.objects.filter(pk__in=pairs):
            if there.get(user.pk) != pairs[user.pk]:
                actions.write_cell(actor, member, colleague=user, **pairs[user.pk])
    places = {member.pk: place for member, place in _changed(centre, compared, "place")}
    if places:
        actions.place_members(actor, centre, places=places)


def _changed(centre: BuyingCentre, compared: list[Compared], name: str) -> list[tuple[Member, Any]]:
    """Who is there and what the file changes of him under this name."""
    given = {folded(one.name): one.changes.get(name) for one in compared}
    there = Member.objects.present().filter(centre=centre)
    members = there.select_related("contact", "centre__client").prefetch_related("cells")
    return [(member, value) for member in members if (value := given.get(folded(str(member))))]


def _draw(actor: User, centre: BuyingCentre, kind: str, ends: tuple[Member, Member]) -> None:
    """Draw a line that is not there yet."""
    pks = {end.pk for end in ends}
    there = Line.objects.filter(kind=kind, source__in=pks, target__in=pks)
    if kind == Line.Kind.INFLUENCE:
        there = there.filter(source=ends[0])
    if not there.exists():
        actions.draw_line(actor, centre, kind=kind, ends=ends)


def _compared(
    shown: Picture,
    row: Incoming,
    ours: Mapping[str, list[User]],
    *,
    seat: Seat | None,
    contact: int | None,
) -> Compared:
    name = row.cells["full_name"]
    try:
        given = values_of(shown, row.cells, ours)
    except ValueError as error:
        return Compared(row, name, problem=str(error))
    if seat is None:
        if not given.get("roles"):
            return Compared(row, name, problem=_("somebody new needs a role"))
        return Compared(row, name, contact=contact, changes=given)
    had = _had(shown, seat.member)
    if "pairs" in given:  # a pair that the file does not name stays
        given["pairs"] = had["pairs"] | given["pairs"]
    changes = {n: v for n, v in given.items() if n in had and n != "sources" and v != had[n]}
    sources = {n: k for n, k in given.get("sources", {}).items() if had["sources"].get(n) != k}
    if touched := set(changes) | set(sources):
        again = {n: given.get(n, had[n]) for n in touched if n in had}
        known = {n: given.get("sources", {}).get(n, Known()) for n in touched}
        changes = again | {"sources": known}
    return Compared(row, str(seat.member), member=seat.member.pk, changes=changes)


def _had(shown: Picture, member: Member) -> dict[str, Any]:
    known = {
        name: Known(said["source"], dt.date.fromisoformat(said["on"]))
        for name, said in member.sources.items()
    }
    own = {name: getattr(member, name) for name in OF_MEMBER}
    person = {name: getattr(member.contact, name) for name in OF_PERSON}
    pairs = {cell.user_id: fields_of(cell) for cell in shown.cells if cell.member_id == member.pk}
    place = None if member.x is None or member.y is None else (member.x, member.y)
    apart = {"left_on": member.left_on, "pairs": pairs, "place": place}
    return own | person | apart | {"sources": known}
