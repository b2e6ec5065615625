"""People as a tree: who stands under whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation.queries import cap_of
from kamerton.platform.access.models import User


@dataclass(frozen=True)
class Row:
    """A person in his place; depth 0 stands under nobody that is seen.

    `cap` is how many key clients the person may hold.
    """

    person: User
    depth: int
    cap: int

    @property
    def indent(self) -> range:
        """As many steps to the right."""
        return range(self.depth)

    @property
    def sells(self) -> bool:
        """True if the cap means anything for this person."""
        return self.person.may("segmentation.propose_manager_key")


def rows(people: Iterable[User]) -> list[Row]:
    """Order people so that each stands below his supervisor; whose supervisor is not seen, on top.

    A supervisor's circle made past the actions (by hand in the database) loses nobody.
    """
    listed, method = list(people), methodology.current()
    seen = {person.pk for person in listed}
    below: dict[int | None, list[User]] = {}
    for person in listed:
        above = person.supervisor_id if person.supervisor_id in seen else None
        below.setdefault(above, []).append(person)
    places = dict(_walk(below, None, 0))
    places |= {person: 0 for person in listed if person not in places}
    return [Row(person, depth, cap_of(person, method)) for person, depth in places.items()]


def _walk(
    below: dict[int | None, list[User]], above: int | None, depth: int
) -> Iterator[tuple[User, int]]:
    for person in below.get(above, []):
        yield person, depth
        yield from _walk(below, person.pk, depth + 1)
