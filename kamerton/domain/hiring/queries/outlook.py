"""What threatens the slots of a day, and what to do about it: more people, fewer, another day."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils import timezone

from kamerton.calc.show_rate import (
    InvitationChoice,
    SeatCosts,
    best_invitations,
    group_invitations,
    show_pmf,
    stream_invitations,
)
from kamerton.domain.hiring.models import InterviewSession, Invitation
from kamerton.domain.hiring.queries.sessions import SlotState
from kamerton.domain.hiring.queries.show import show_rates
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User

Kind, State = InterviewSession.Kind, Invitation.State
LEAST_OF_GROUP = 0.6  # a group of ten is worth holding from six on
MARGIN = 0.05  # a slot is at risk if it is so much worse than one invited by the plan
MOST_ADVICE = 6
FEW, NOBODY, FULL, EMPTY, UNMARKED = "few", "nobody", "full", "empty", "unmarked"


@dataclass(frozen=True)
class Usual:
    """A slot as the plan would fill it: how many invited, and the risks that are left."""

    invitations: int
    few: float
    full: float


@dataclass(frozen=True)
class SlotOutlook:
    """A slot beside what the plan would make of it; probabilities from 0 to 1.

    `few`: that fewer than `least` come; `more`: how many to invite still, and the risks after it.
    """

    slot: SlotState
    least: int
    few: float
    usual: Usual
    more: int
    few_after: float
    full_after: float

    @property
    def at_risk_of_few(self) -> bool:
        """True if it is likelier to stay empty than a slot invited by the plan."""
        return self.few > self.usual.few + MARGIN

    @property
    def at_risk_of_many(self) -> bool:
        """True if it is likelier to be overfull than a slot invited by the plan."""
        return self.slot.overfull > self.usual.full + MARGIN

    @property
    def is_group(self) -> bool:
        """True for a group session."""
        return self.slot.session.kind == Kind.GROUP


@dataclass(frozen=True)
class Advice:
    """One thing to do now about the slots of a day.

    Kinds: FEW (invite `count` more: the risk falls from `before` to `after`), NOBODY (`people` of
    a past slot may be invited again), FULL (one should go to `target`), EMPTY (`count` slots with
    nobody invited), UNMARKED (`count` people of past slots not checked in).
    """

    kind: str
    slot: SlotState
    count: int
    before: float = 0.0
    after: float = 0.0
    people: tuple[Invitation, ...] = ()
    target: SlotState | None = None


def outlooks(viewer: User, slots: Sequence[SlotState]) -> list[SlotOutlook]:
    """Each slot beside the plan (1 query)."""
    rate, risk = show_rates(viewer).overall, methodology.current().hiring.group_risk
    usual: dict[tuple[str, int], Usual] = {}
    found = []
    for slot in slots:
        key = (slot.session.kind, slot.session.capacity)
        if key not in usual:
            usual[key] = _usual(*key, rate, risk)
        found.append(_outlook(slot, usual[key], rate, risk))
    return found


def invitation_costs(
    viewer: User, *, capacity: int, costs: SeatCosts, most: int
) -> InvitationChoice:
    """What inviting 0, 1, 2 … to an empty slot costs on average, by the rate of all (1 query)."""
    return best_invitations([show_rates(viewer).overall] * most, capacity, costs)


def invitation_risks(
    viewer: User, *, capacity: int, invited: Sequence[float] = (), most: int
) -> list[tuple[float, float]]:
    """P(nobody), P(more than the seats) with 0, 1, 2 … more invited (1 query)."""
    rate = show_rates(viewer).overall
    table = [show_pmf(np.array([*invited, *[rate] * n]))[0] for n in range(most + 1)]
    return [(float(pmf[0]), float(pmf[capacity + 1 :].sum())) for pmf in table]


def day_advice(
    viewer: User, found: Sequence[SlotOutlook], *, now: dt.datetime | None = None
) -> list[Advice]:
    """What to do now about the slots of a day, the most pressing first.

    Who only holds interviews checks in; inviting is the recruiters'.
    """
    moment = now or timezone.now()
    ahead = [one for one in found if one.slot.session.starts_at > moment]
    over = [one.slot for one in found if one.slot.session.ends_at <= moment]
    if not viewer.may("hiring.recruit"):
        return _unmarked(over)
    invited = [one for one in ahead if one.slot.invited]
    few = [_more(one) for one in invited if one.at_risk_of_few and one.more]
    few.sort(key=lambda one: -one.before)
    full = [_fewer(one, ahead) for one in invited if one.at_risk_of_many]
    advice = [*few[:2], *_nobody_came(over), *full, *few[2:], *_unmarked(over), *_empty(ahead)]
    return advice[:MOST_ADVICE]


def _usual(kind: str, capacity: int, rate: float, risk: float) -> Usual:
    if kind == Kind.GROUP:
        planned = max(group_invitations(capacity, rate, risk=risk).invitations, capacity)
    else:
        stream = stream_invitations(capacity, rate).invitations
        planned = capacity if kind == Kind.INDIVIDUAL else stream
    few, full = _risks([rate] * planned, capacity, least_of(kind, capacity))
    return Usual(planned, few, full)


def least_of(kind: str, capacity: int) -> int:
    """How many must come for the session to be worth holding."""
    return math.ceil(LEAST_OF_GROUP * capacity) if kind == Kind.GROUP else 1


def _outlook(slot: SlotState, usual: Usual, rate: float, risk: float) -> SlotOutlook:
    session = slot.session
    least = least_of(session.kind, session.capacity)
    few, _full = _risks(slot.rates, session.capacity, least)
    more = _how_many_more(slot, usual, rate, risk)
    after = _risks([*slot.rates, *[rate] * more], session.capacity, least)
    return SlotOutlook(slot, least, few, usual, more, *after)


def _how_many_more(slot: SlotState, usual: Usual, rate: float, risk: float) -> int:
    """Of a group as many as its seats bear; else the fewest that make it as safe as the plan."""
    session = slot.session
    if session.kind == Kind.GROUP:
        return group_invitations(session.capacity, rate, invited=slot.rates, risk=risk).invitations
    for more in range(usual.invitations):
        few, _full = _risks([*slot.rates, *[rate] * more], session.capacity, 1)
        if few <= usual.few + MARGIN:
            return more
    return usual.invitations


def _risks(rates: Sequence[float], capacity: int, least: int) -> tuple[float, float]:
    pmf = show_pmf(np.array(rates))[0] if rates else np.array([1.0])
    return float(pmf[:least].sum()), float(pmf[capacity + 1 :].sum())


def _more(one: SlotOutlook) -> Advice:
    return Advice(FEW, one.slot, one.more, before=one.few, after=one.few_after)


def _fewer(one: SlotOutlook, ahead: Sequence[SlotOutlook]) -> Advice:
    """Send one who has not confirmed to the slot of the vacancy that lacks people most."""
    movable = [person for person in one.slot.invited if person.is_live]
    movable.sort(key=lambda person: person.state == State.CONFIRMED)
    session = one.slot.session
    others = [
        other
        for other in ahead
        if other.slot is not one.slot
        and other.slot.free
        and other.slot.session.vacancy_id == session.vacancy_id
        and not other.at_risk_of_many
    ]
    target = max(others, key=lambda other: other.few, default=None)
    return Advice(
        FULL,
        one.slot,
        len(one.slot.invited),
        before=one.slot.overfull,
        people=tuple(movable[:1]),
        target=target.slot if target else None,
    )


def _nobody_came(over: Sequence[SlotState]) -> list[Advice]:
    """Slots all of whose people stayed away and were not invited anew."""
    found = []
    for slot in over:
        again = tuple(
            one
            for one in slot.invited
            if one.state == State.NO_SHOW and one.application.stage == "no_show"
        )
        if again and all(one.state == State.NO_SHOW for one in slot.invited):
            found.append(Advice(NOBODY, slot, len(again), people=again))
    return found


def _unmarked(over: Sequence[SlotState]) -> list[Advice]:
    left = [(slot, one) for slot in over for one in slot.invited if one.is_live]
    return [Advice(UNMARKED, left[0][0], len(left))] if left else []


def _empty(ahead: Sequence[SlotOutlook]) -> list[Advice]:
    bare = [one for one in ahead if not one.slot.invited]
    if not bare:
        return []
    return [Advice(EMPTY, bare[0].slot, len(bare), after=bare[0].few_after)]
