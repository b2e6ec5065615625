"""A whole centre at once: the same people as map, matrix and table."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.buying_centre.models import BuyingCentre, Judgement, Line, MatrixCell, Member
from kamerton.domain.buying_centre.queries.figures import CentreFigures, figures
from kamerton.domain.buying_centre.queries.seats import Pair, Seat, seats_of
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.methodology.content.buying import BuyingRole
from kamerton.platform.access.models import User


@dataclass(frozen=True)
class Cell:
    """A cell of the contact matrix with the last contact of the pair, as records show it."""

    user: User
    member: Member
    written: MatrixCell | None
    pair: Pair | None
    days_late: int = 0  # beyond the frequency that was agreed

    @property
    def is_breached(self) -> bool:
        """True if they should have spoken by now."""
        return self.days_late > 0


@dataclass(frozen=True)
class Picture:
    """A centre with its people, lines, matrix and figures."""

    centre: BuyingCentre
    method: Methodology  # in force: limits and weights
    roles: Methodology  # the version whose roles the centre has
    seats: list[Seat]  # those who left stand last
    lines: list[Line]
    figures: CentreFigures
    ours: list[User]  # who works with them, or should
    cells: list[MatrixCell]
    on: dt.date

    @property
    def present(self) -> list[Seat]:
        """The members who are there."""
        return [seat for seat in self.seats if not seat.member.has_left]

    @property
    def is_outdated(self) -> bool:
        """True if the company has other roles now than this centre."""
        return self.roles.set_in_force() != self.method.set_in_force()

    def matrix(self, more: Iterable[User] = ()) -> list[tuple[Seat, list[Cell]]]:
        """The matrix: a row for each of them, a cell for each of us and of `more` of us."""
        written = {(cell.user_id, cell.member_id): cell for cell in self.cells}
        ours = [*self.ours, *more]
        return [(seat, [self._cell(user, seat, written) for user in ours]) for seat in self.present]

    def _cell(self, user: User, seat: Seat, written: dict[tuple[int, int], MatrixCell]) -> Cell:
        return cell_of(user, seat, written.get((user.pk, seat.member.pk)), self.on)

    @cached_property
    def names(self) -> dict[int, str]:
        """The name of each member."""
        return {seat.member.pk: seat.member.contact.full_name for seat in self.seats}

    @cached_property
    def known_roles(self) -> dict[str, BuyingRole]:
        """Every role of the method, of the set in force or not, by its code."""
        return {role.code: role for role in self.roles.buying_roles}

    def role_title(self, code: str) -> str:
        """Name a role; one that the method lost is named by its code."""
        role = self.known_roles.get(code)
        return str(role.title) if role else code


def picture(viewer: User, centre: BuyingCentre) -> Picture:
    """All of a centre that the viewer was given by a query here (11 queries for any number)."""
    method, on = methodology.current(), timezone.localdate()
    roles = methodology.version(centre.method)
    members = Member.objects.filter(centre=centre).select_related("contact")
    seats = seats_of(members, method, on=on)
    seats.sort(key=lambda seat: seat.member.has_left)
    present = [seat for seat in seats if not seat.member.has_left]
    cells = MatrixCell.objects.filter(member__centre=centre).select_related("user")
    found = list(cells.order_by("user__full_name", "pk"))
    return Picture(
        centre=centre,
        method=method,
        roles=roles,
        seats=seats,
        lines=list(Line.objects.filter(centre=centre)),
        figures=figures(present, method, roles),
        ours=_ours(centre.client, present, found),
        cells=found,
        on=on,
    )


def seat(viewer: User, member: Member) -> Seat:
    """One member with what records say of him (5 queries)."""
    return seats_of([member], methodology.current(), on=timezone.localdate())[0]


def judgements(viewer: User, member: Member) -> QuerySet[Judgement]:
    """How somebody was judged over time, the latest first (1 query)."""
    return member.judgements.select_related("author")


def candidates(viewer: User, centre: BuyingCentre) -> QuerySet[ContactPerson]:
    """The people of the client who are not in the centre yet (1 query)."""
    there = Member.objects.filter(centre=centre).values("contact")
    seen = Client.objects.visible_to(viewer).filter(pk=centre.client_id)
    found = ContactPerson.objects.filter(client__in=seen, archived_at=None)
    return found.exclude(pk__in=there).exclude(status=ContactPerson.Status.LEFT)


def cell_of(user: User, seat: Seat, written: MatrixCell | None, on: dt.date) -> Cell:
    """Join what was agreed of a pair with what took place."""
    pair = next((each for each in seat.pairs if each.user == user.pk), None)
    late = 0
    if written and written.frequency_days:
        begun = pair.last_on if pair else written.created_at.date()
        late = max(0, (on - begun).days - written.frequency_days)
    return Cell(user, seat.member, written, pair, late)


def _ours(client: Client, present: list[Seat], cells: Iterable[MatrixCell]) -> list[User]:
    """Who of us works with them: those of the matrix, of the contacts, and the manager."""
    named = {cell.user_id for cell in cells} | {client.manager_id}
    spoke = {pair.user for seat in present for pair in seat.pairs}
    people = User.objects.filter(pk__in=named | spoke, is_active=True)
    return sorted(people, key=lambda user: (user.pk != client.manager_id, user.full_name))
