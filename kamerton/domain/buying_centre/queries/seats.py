"""A member with all that records say of him: coverage, last contact, next step."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from kamerton.calc import buying_graph
from kamerton.domain.activities import queries as activities
from kamerton.domain.activities.models import Activity
from kamerton.domain.activities.queries import ContactLog
from kamerton.domain.buying_centre.models import Member
from kamerton.domain.methodology.content import Methodology

Stage = Literal["identified", "contacted", "engaged", "ally", "opponent", "left"]
NOBODY = ContactLog()


@dataclass(frozen=True)
class Pair:
    """The contacts of one of us with one of them."""

    user: int
    level: int
    contacts: int
    last_on: dt.date


@dataclass(frozen=True)
class Seat:
    """A member as evidence shows him; nothing here is typed by anybody."""

    member: Member
    level: int  # 0 to 3
    contacts: int  # in 12 months
    last_on: dt.date | None
    next_step: Activity | None
    wants_step: bool  # his influence asks for a dated next step
    is_key: bool  # of key influence
    pairs: tuple[Pair, ...] = field(default_factory=tuple)

    @property
    def lacks_step(self) -> bool:
        """True if he needs a dated next step and has none."""
        return self.wants_step and self.next_step is None

    @property
    def is_uncovered(self) -> bool:
        """True if somebody influential was not spoken with for a year."""
        return self.wants_step and self.level == 0

    @property
    def is_red(self) -> bool:
        """True if something is to be done about him now."""
        return self.lacks_step or self.is_uncovered

    @property
    def stage(self) -> Stage:
        """How far we came with him, by what took place."""
        if self.member.has_left:
            return "left"
        if self.level == 0:
            return "identified"
        if self.member.attitude == Member.Attitude.ALLY:
            return "ally"
        if self.member.attitude <= Member.Attitude.AGAINST:
            return "opponent"
        return "engaged" if self.level >= 2 else "contacted"


def rule_of(method: Methodology) -> buying_graph.CoverageRule:
    """Return the method's limits of coverage."""
    limits = method.buying
    return buying_graph.CoverageRule(
        days=(limits.days_1, limits.days_2, limits.days_3),
        contacts=(limits.contacts_1, limits.contacts_2, limits.contacts_3),
        formats=limits.formats_3,
    )


def seats_of(members: Iterable[Member], method: Methodology, *, on: dt.date) -> list[Seat]:
    """Join what activities say to each member (4 queries for any number)."""
    present = list(members)
    contacts = [member.contact_id for member in present]
    logs = activities.last_contacts(contacts, on=on) if contacts else {}
    steps = activities.next_steps(contacts, on=on) if contacts else {}
    return [
        _seat(member, logs.get(member.contact_id, NOBODY), steps.get(member.contact_id), method, on)
        for member in present
    ]


def _seat(
    member: Member, log: ContactLog, step: Activity | None, method: Methodology, on: dt.date
) -> Seat:
    rule, limits = rule_of(method), method.buying
    level = buying_graph.coverage_level(log.days, len(log.kinds), on=on, rule=rule)
    pairs = tuple(
        Pair(user, buying_graph.coverage_level(days, 1, on=on, rule=rule), len(days), max(days))
        for user, days in log.colleagues.items()
    )
    return Seat(
        member=member,
        level=level,
        contacts=len(log.days),
        last_on=max(log.days, default=None),
        next_step=step,
        wants_step=member.influence >= limits.next_step_influence and not member.has_left,
        is_key=member.influence >= limits.key_influence,
        pairs=tuple(sorted(pairs, key=lambda pair: (-pair.contacts, pair.user))),
    )
