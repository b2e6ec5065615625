"""Interviews: two days before, the day itself as it stands at twenty to twelve, the next one.

A demo that is made earlier in the day has its morning behind it all the same: the day before.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils import timezone

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.actions import SessionText
from kamerton.domain.hiring.models import Application, InterviewSession, Invitation, Vacancy
from kamerton.domain.hiring.queries import SlotPlan
from kamerton.flows.make_demo.hiring import cast
from kamerton.flows.make_demo.hiring.clock import Clock
from kamerton.platform.access.models import User

Staff = Mapping[str, User]
People = Mapping[str, Application]
ROOM = "Переговорная 2, 3 этаж"
SAID_YES = 11  # of the eighteen in the group; five are silent, two called off
CALLED_OFF = 2
MORNING_OVER = 11 + 40 / 60
Slots = tuple[tuple[float, tuple[tuple[str, str], ...]], ...]


def hold_before(staff: Staff, vacancy: Vacancy, people: People, clock: Clock) -> None:
    """Hold the streams of the last two working days: 18 of 31 came."""
    recruiter = staff["kim"]
    last, first = reversed(clock.working(7, 1)[-2:])
    missed = (*cast.NEVER_CAME, *cast.MISSED_ONCE)
    clock.at(first + 1, 16)
    actions.advance_vacancy(recruiter, vacancy, to="interviews")
    for ago, came, gone in (
        (first, cast.CAME[:9], missed[:7]),
        (last, cast.CAME[9:], missed[7:]),
    ):
        names = [name for pair in zip(came, gone, strict=False) for name in pair]
        names += [name for name in (*came, *gone) if name not in names]
        clock.at(ago + 1, 17)
        slots = stream(staff, vacancy, clock.day(ago), closes=dt.time(13))
        made = [
            _invite(recruiter, people[name], slots[at // 3], clock, ago + 1)
            for at, name in enumerate(names[: 3 * len(slots)])
        ]
        _check(recruiter, made, set(came), clock, ago)


def stream(
    staff: Staff,
    vacancy: Vacancy,
    day: dt.date,
    *,
    opens: dt.time = dt.time(9),
    closes: dt.time = dt.time(18),
) -> list[InterviewSession]:
    """Make half-hour slots of a day for one person each."""
    plan = SlotPlan(day, day, opens=opens, closes=closes, weekends=True)
    like = SessionText("stream", 1, (staff["orlov"],), ROOM)
    return actions.make_sessions(staff["kim"], vacancy, plan=plan, like=like)


def hold_today(staff: Staff, vacancy: Vacancy, people: People, clock: Clock) -> None:
    """Invite for the day, let people answer, check in those of the morning; open the next day."""
    recruiter, plan = staff["kim"], cast.SLOTS
    _ask_again(recruiter, people, cast.MISSED_ONCE, clock)
    if clock.is_before(MORNING_OVER):
        plan = _after_a_morning(staff, vacancy, people, clock)
    clock.at(1, 18)
    slots = {_hour(one): one for one in _slots(staff, vacancy, clock)}
    made: list[tuple[float, Invitation, str, str]] = []
    for hour, invited in plan:
        slot = slots[hour]
        if len(invited) > slot.allowed:
            actions.change_allowed(recruiter, slot, allowed=len(invited))
        for name, state in invited:
            invitation, token = actions.invite(recruiter, people[name], session=slot)
            made.append((hour, invitation, token, state))
    _fill_group(staff, vacancy, people, clock)
    _answer(made, clock)
    _check_in(recruiter, made, clock)
    clock.at(1, 20)
    tomorrow = next(ago for ago in range(-1, -4, -1) if clock.day(ago).weekday() < 5)
    stream(staff, vacancy, clock.day(tomorrow), closes=dt.time(13))


def _ask_again(recruiter: User, people: People, names: Sequence[str], clock: Clock) -> None:
    clock.at(1, 17.75)
    for name in names:
        reason = "Перезвонил сам, просит другую дату"
        actions.move_application(recruiter, people[name], to="passed", reason=reason)


def _after_a_morning(staff: Staff, vacancy: Vacancy, people: People, clock: Clock) -> Slots:
    """Let the morning have been the last working afternoon; who missed it comes this morning."""
    recruiter, ago = staff["kim"], clock.working(7, 1)[-1]
    clock.at(ago + 1, 17)
    slots = stream(staff, vacancy, clock.day(ago), opens=dt.time(14), closes=dt.time(17))
    plan: list[tuple[float, tuple[tuple[str, str], ...]]] = []
    for slot, (hour, invited) in zip(slots, cast.SLOTS, strict=False):
        done = [(name, state) for name, state in invited if state != "?"]
        clock.at(ago + 1, 17.5)
        made = [
            (actions.invite(recruiter, people[name], session=slot)[0], state)
            for name, state in done
        ]
        clock.at(ago, hour + 5.1)
        for invitation, state in made:
            _settle(recruiter, invitation, state)
        gone = [name for name, state in done if state == "-"]
        _ask_again(recruiter, people, gone, clock)
        plan.append((hour, tuple((name, "?") for name, state in invited if state in "-?")))
    return (*plan, *cast.SLOTS[len(plan) :])


def _slots(staff: Staff, vacancy: Vacancy, clock: Clock) -> list[InterviewSession]:
    """The slots of the day that somebody is invited to: till one, from four on."""
    morning = stream(staff, vacancy, clock.today, closes=dt.time(13))
    return morning + stream(staff, vacancy, clock.today, opens=dt.time(16))


def _hour(slot: InterviewSession) -> float:
    local = timezone.localtime(slot.starts_at)
    return local.hour + local.minute / 60


def _fill_group(staff: Staff, vacancy: Vacancy, people: People, clock: Clock) -> None:
    """A group of ten: thirteen who came to a stream and five new ones."""
    recruiter = staff["kim"]
    plan = SlotPlan(
        clock.today,
        clock.today,
        opens=dt.time(14),
        closes=dt.time(16),
        minutes=120,
        weekends=True,
        breaks=(),
    )
    three = (staff["orlov"], staff["belova"], staff["panin"])
    like = SessionText("group", 10, three, "Большой зал")
    (group,) = actions.make_sessions(recruiter, vacancy, plan=plan, like=like)
    names = (*cast.CAME[5:], *cast.NEW_IN_GROUP)
    if group.allowed != len(names):
        actions.change_allowed(recruiter, group, allowed=len(names))
    tokens = [actions.invite(recruiter, people[name], session=group)[1] for name in names]
    clock.at(1, 19.5)
    for token in tokens[:SAID_YES]:
        actions.confirm_place(token)
    for token in tokens[-CALLED_OFF:]:
        actions.decline_place(token)


def _answer(made: Sequence[tuple[float, Invitation, str, str]], clock: Clock) -> None:
    clock.at(1, 20)
    for _hour_of, _invitation, token, state in made:
        if state == "x":
            actions.decline_place(token)
        elif state not in {"?", "-"}:
            actions.confirm_place(token)


def _check_in(
    recruiter: User, made: Sequence[tuple[float, Invitation, str, str]], clock: Clock
) -> None:
    for hour, invitation, _token, state in made:
        if state in "+-" or state.isdigit():
            clock.at(0, hour + {"+": -0.1, "-": 0.25}.get(state, 0.1))
            _settle(recruiter, invitation, state)


def _settle(recruiter: User, invitation: Invitation, state: str) -> None:
    if state.isdigit():
        actions.check_in(recruiter, invitation, state="late", late_minutes=int(state))
    else:
        done = "came" if state == "+" else "no_show"
        actions.check_in(recruiter, invitation, state=done)


def _invite(
    recruiter: User, person: Application, slot: InterviewSession, clock: Clock, ago: int
) -> tuple[Invitation, str]:
    clock.at(ago, 17.5)
    invitation, _token = actions.invite(recruiter, person, session=slot)
    return invitation, person.candidate.full_name


def _check(
    recruiter: User,
    made: Sequence[tuple[Invitation, str]],
    came: set[str],
    clock: Clock,
    ago: int,
) -> None:
    for invitation, name in made:
        clock.at(ago, 9.2)
        state = "came" if name in came else "no_show"
        actions.check_in(recruiter, invitation, state=state)
