"""The figures of a buying centre, for one and for many clients."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from kamerton.calc import buying_graph
from kamerton.calc.buying_graph import IndexWeights, Player, Threads
from kamerton.domain.buying_centre.models import BuyingCentre, Member
from kamerton.domain.buying_centre.queries.seats import Seat, seats_of
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology


@dataclass(frozen=True)
class CentreFigures:
    """How a centre stands (3.13); None: no data. Shares are fractions, the index is 0 to 100."""

    coverage: float | None
    support: float | None
    role_completeness: float | None
    comm_index: float | None
    colour: str
    threads: Threads
    members: int
    missing_roles: tuple[str, ...]  # codes of mandatory roles that nobody plays
    without_next_step: tuple[str, ...]  # names of influential members
    uncovered: tuple[str, ...] = ()  # names of influential members without a contact in a year
    influential: int = 0
    in_touch: int = 0  # members with a contact in a year
    levels: frozenset[str] = frozenset()  # of the people in touch: owner, top, middle, user

    @property
    def single_threaded(self) -> bool:
        """True if the client hangs on one person, of ours or of theirs."""
        return self.in_touch <= 1 or self.threads.shape == "bow_tie"


def figures_of(client_ids: Iterable[int]) -> dict[int, CentreFigures]:
    """The figures of each client's centre; clients without one are left out (6 queries).

    Of several centres the one of all purchases counts, then the first.
    """
    first = _first_centres(client_ids)
    found: dict[int, list[Member]] = {centre.pk: [] for centre in first.values()}
    present = Member.objects.present().filter(centre__in=found).select_related("contact")
    for member in present:
        found[member.centre_id].append(member)
    method, on = methodology.current(), timezone.localdate()
    everybody = [member for members in found.values() for member in members]
    seats = {seat.member.pk: seat for seat in seats_of(everybody, method, on=on)}
    roles = {number: methodology.version(number) for number in {c.method for c in first.values()}}
    return {
        client: figures([seats[each.pk] for each in found[one.pk]], method, roles[one.method])
        for client, one in first.items()
    }


def figures(seats: Sequence[Seat], method: Methodology, roles: Methodology) -> CentreFigures:
    """Reckon the figures of present members; `roles`: the method whose roles the centre has."""
    people = [seat.member for seat in seats]
    influence = [member.influence for member in people]
    covered = buying_graph.coverage(influence, [seat.level for seat in seats])
    mandatory = roles.set_in_force().mandatory
    filled = {code for member in people for code in member.roles}
    complete = buying_graph.role_completeness(mandatory, filled)
    wanting = [seat for seat in seats if seat.wants_step]
    dated = sum(not seat.lacks_step for seat in wanting) / len(wanting) if wanting else None
    in_touch = [seat.member.contact.level for seat in seats if seat.level]
    return CentreFigures(
        coverage=covered,
        support=buying_graph.support(influence, [member.attitude for member in people]),
        role_completeness=complete,
        comm_index=buying_graph.comm_index(covered, complete, dated, weights=_weights(method)),
        colour=_colour(people, covered, method),
        threads=_threads(seats, method),
        members=len(people),
        missing_roles=tuple(code for code in mandatory if code not in filled),
        without_next_step=tuple(str(seat.member) for seat in seats if seat.lacks_step),
        uncovered=tuple(str(seat.member) for seat in seats if seat.is_uncovered),
        influential=len(wanting),
        in_touch=len(in_touch),
        levels=frozenset(in_touch),
    )


def _first_centres(client_ids: Iterable[int]) -> dict[int, BuyingCentre]:
    first: dict[int, BuyingCentre] = {}
    wanted = BuyingCentre.objects.filter(client__in=list(client_ids)).order_by("-scope", "pk")
    for centre in wanted:
        first.setdefault(centre.client_id, centre)
    return first


def _weights(method: Methodology) -> IndexWeights:
    limits = method.buying
    return IndexWeights(limits.coverage_weight, limits.roles_weight, limits.next_steps_weight)


def _colour(people: Sequence[Member], covered: float | None, method: Methodology) -> str:
    players = [Player(one.influence, one.attitude, frozenset(one.roles)) for one in people]
    return buying_graph.map_colour(
        players,
        covered,
        key_influence=method.buying.key_influence,
        green_coverage=method.buying.green_coverage,
    )


def _threads(seats: Sequence[Seat], method: Methodology) -> Threads:
    levels = {(pair.user, seat.member.pk): pair.level for seat in seats for pair in seat.pairs}
    influence = {seat.member.pk: seat.member.influence for seat in seats}
    return buying_graph.threads(levels, influence, key_influence=method.buying.key_influence)
