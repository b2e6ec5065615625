"""An earlier search told in short: people, interviews, those taken on probation."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Application, ProbationPlan, Source, Vacancy
from kamerton.flows.make_demo.hiring import cast, choosing, day, words
from kamerton.flows.make_demo.hiring.choosing import Wish
from kamerton.flows.make_demo.hiring.clock import Clock
from kamerton.platform.access.models import User

Staff = Mapping[str, User]
FIRST_NUMBER = 2000  # of the candidates of earlier searches


@dataclass(frozen=True)
class Search:
    """A search: its vacancy, when it was approved, how many came of how many invited."""

    title: str
    role: str
    seats: int
    hires: int
    approved: int  # days before the demo's day
    people: int
    invited: int
    came: int
    number: int  # of its first candidate


def hold(
    staff: Staff, search: Search, hired: Sequence[str], clock: Clock, sources: Mapping[str, Source]
) -> list[Application]:
    """Search and interview; return those named by `hired`."""
    vacancy = _open(staff, search, clock)
    ways = list(sources.values())
    people = list(_people(search, hired))
    for place, source in enumerate(ways):
        clock.at(search.approved - 2, 10)
        part = [one.row() for one in people[place :: len(ways)]]
        actions.import_candidates(staff["kim"], vacancy, rows=part, source=source)
    rows = vacancy.applications.select_related("candidate", "source")
    known = {one.candidate.full_name: one for one in rows}
    wanted = [known[one.name] for one in people[: search.invited]]
    _screen(staff["kim"], wanted, clock, search)
    _interview(staff, vacancy, wanted, search, clock)
    return [known[name] for name in hired]


def take(staff: Staff, application: Application, starts_on: dt.date, clock: Clock) -> ProbationPlan:
    """Mark, choose, plan and offer; he accepts. Return the plan of his probation."""
    kim, head, mentor = staff["kim"], staff["orlov"], staff["panin"]
    clock.on(starts_on - dt.timedelta(days=7), 12)
    choosing.mark(kim, application, (head, mentor))
    choosing.task(mentor, application, share=0.8)
    choosing.choose(kim, application)
    plan = choosing.plan(head, application, starts_on, mentor)
    offer = choosing.draft_offer(kim, application, Wish(85_000, 7, "accepted"))
    actions.approve_offer(head, offer)
    actions.send_offer(kim, offer, by_mail=False)
    clock.on(starts_on - dt.timedelta(days=5), 15)
    actions.answer_offer(kim, offer, accepted=True)
    return plan


def _open(staff: Staff, search: Search, clock: Clock) -> Vacancy:
    clock.at(search.approved + 3, 11)
    vacancy = actions.create_vacancy(
        staff["kim"],
        title=search.title,
        reason="growth",
        seats=search.seats,
        role=search.role,
        mandate="develop",
        niche=cast.OURS,
        region="Пермский край",
        needed_by=clock.day(search.approved - 40),
        pay_low=70_000 * words.ROUBLES,
        pay_high=100_000 * words.ROUBLES,
        head=staff["orlov"],
    )
    clock.at(search.approved, 11)
    if search.hires != vacancy.hires_planned:
        actions.plan_hires(staff["orlov"], vacancy, hires=search.hires)
    vacancy = actions.approve_vacancy(staff["orlov"], vacancy)
    actions.plan_budget(staff["kim"], vacancy, item="Доступ к базам", planned=6_000_000)
    actions.record_expense(staff["kim"], vacancy, item="Доступ к базам", amount=5_400_000)
    return actions.advance_vacancy(staff["kim"], vacancy, to="interviews")


def _people(search: Search, hired: Sequence[str]) -> Iterator[cast.Applicant]:
    """Those hired first, then drawn names that the great search does not use."""
    drawn = list(cast.names(FIRST_NUMBER, Random(cast.SEED)))
    names = [*hired, *drawn[search.number : search.number + search.people - len(hired)]]
    for at, name in enumerate(names):
        number = FIRST_NUMBER + search.number + at
        yield cast.applicant(number, name, Random(number))


def _screen(recruiter: User, wanted: Sequence[Application], clock: Clock, search: Search) -> None:
    for place, application in enumerate(wanted):
        clock.at(search.approved - 4, 10 + place / 8)
        actions.record_call(recruiter, application, outcome="interested")
        actions.move_application(recruiter, application, to="passed")


def _interview(
    staff: Staff, vacancy: Vacancy, wanted: Sequence[Application], search: Search, clock: Clock
) -> None:
    """One day, three to a slot; of every three the first came while there are any to come."""
    ago = search.approved - 8
    clock.at(ago + 2, 12)
    slots = day.stream(staff, vacancy, clock.day(ago))
    for place, application in enumerate(wanted):
        clock.at(ago + 2, 13)
        invitation, _token = actions.invite(
            staff["kim"], application, session=slots[place % len(slots)]
        )
        clock.at(ago, 9.5)
        state = "came" if place < search.came else "no_show"
        actions.check_in(staff["kim"], invitation, state=state)
