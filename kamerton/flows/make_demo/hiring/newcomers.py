"""Five newcomers of an earlier search: passed, beyond the seats, failed, extended, on the way."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.timezone import localdate

from kamerton.domain.accounts import actions as accounts
from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.activities import actions as activities
from kamerton.domain.buying_centre import actions as centres
from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Application, ProbationPlan, Source
from kamerton.domain.hiring.queries import Marked
from kamerton.flows.make_demo.hiring import search, words
from kamerton.flows.make_demo.hiring.clock import Clock
from kamerton.flows.make_demo.hiring.search import Search
from kamerton.flows.make_demo.hiring.training import TERM, TRAINING, Training
from kamerton.platform.access import actions as access
from kamerton.platform.access.models import User
from kamerton.platform.access.roles import Role

Staff = Mapping[str, User]
Clients = Mapping[str, Client]
VACANCY = Search(
    title="Менеджер по работе с клиентами",
    role="account_manager",
    seats=1,
    hires=5,  # last time one of three stayed: the head takes more than two
    approved=76,
    people=34,
    invited=26,
    came=8,
    number=1200,
)


@dataclass(frozen=True)
class Newcomer:
    """A newcomer: marks of each week (tests, calls of 22, papers), talks a week, the end."""

    code: str
    name: str
    weeks: tuple[Marked, ...]
    talks: tuple[int, ...]
    end: str  # passed, surplus, failed, extended, ""
    members: int = 0  # drawn into the buying centre of each client


NEWCOMERS = (
    Newcomer(
        "makarov",
        "Степан Макаров",
        (Marked(0.68, 13, 1.0), Marked(0.82, 14.5, 1.0), Marked(0.92, 17, 1.0)),
        (7, 8, 11),
        "passed",
        members=2,
    ),
    Newcomer(
        "tarasov",
        "Игнатий Тарасов",
        (Marked(0.55, 9, 0.8), Marked(0.6, 10, 0.8), Marked(0.62, 10.5, 0.75)),
        (2, 2, 2),
        "failed",
    ),
    Newcomer(
        "sokolnik",
        "Дарья Сокольник",
        (Marked(0.7, 14, 1.0), Marked(0.86, 15.5, 1.0), Marked(0.91, 16.5, 1.0)),
        (8, 8, 10),
        "surplus",
        members=2,
    ),
    Newcomer(
        "filina",
        "Алевтина Филина",
        (Marked(0.62, 12, 1.0), Marked(0.75, 13, 1.0), Marked(0.84, 14, 1.0)),
        (4, 5, 7),
        "extended",
    ),
    Newcomer("chaykin", "Лев Чайкин", (Marked(0.72, 14, 1.0), Marked(0.84, 15, 1.0)), (6, 6), ""),
)


def hire(staff: Staff, clients: Clients, clock: Clock, sources: Mapping[str, Source]) -> None:
    """Search, take five, let them work; who passed within the seats keeps his clients."""
    chosen = take_all(staff, VACANCY, NEWCOMERS, clients, clock, sources)
    clock.on(chosen[0].probation.starts_on, 18)
    actions.advance_vacancy(staff["kim"], chosen[0].vacancy, to="probation")
    plan = chosen[0].probation
    clock.on(plan.verdict_on + dt.timedelta(days=1), 10)
    for name in TRAINING[NEWCOMERS[0].code].clients:
        accounts.assign_manager(
            head_of(staff),
            clients[name],
            manager=person_of(plan),
            since=plan.verdict_on + dt.timedelta(days=1),
            basis="Испытание пройдено",
        )


def take_all(
    staff: Staff,
    wanted: Search,
    people: Sequence[Newcomer],
    clients: Clients,
    clock: Clock,
    sources: Mapping[str, Source],
) -> list[Application]:
    """Hold a search, take these people, let them work until their verdicts."""
    chosen = search.hold(staff, wanted, [one.name for one in people], clock, sources)
    begun = [
        _begin(staff, one, application, clients, clock)
        for one, application in zip(people, chosen, strict=True)
    ]
    for one, plan in sorted(zip(people, begun, strict=True), key=_by_verdict):
        _work(staff, one, plan, clients, clock)
        _decide(staff, one, plan, clock)
    found = Application.objects.select_related("vacancy", "probation__user")
    return [found.get(pk=application.pk) for application in chosen]


def open_account(staff: Staff, code: str, name: str, first: dt.date, clock: Clock) -> User:
    """Make the account of who comes to work."""
    clock.on(first, 8.5)
    user = access.add_person(
        staff["grachev"],
        email=f"{code}@demo.example",
        full_name=name,
        roles=[Role.ACCOUNT_MANAGER],
        supervisor=staff["orlov"],
    )
    hours = user.selling_hours
    return access.change_work(
        staff["grachev"], user, selling_hours=hours, year_plan=None, hired_on=first
    )


def let_go(staff: Staff, plan: ProbationPlan, reason: str) -> None:
    """Take him off his clients and close his account."""
    user, head = person_of(plan), head_of(staff)
    for part in user.assignments.filter(until=None).select_related("client"):
        accounts.remove_from_team(head, part.client, assignment=part, until=localdate())
    access.deactivate(staff["grachev"], user, reason=reason)


def _by_verdict(pair: tuple[Newcomer, ProbationPlan]) -> dt.date:
    """The order of verdicts: who passed first has the seat."""
    return pair[1].verdict_on


def _begin(
    staff: Staff, one: Newcomer, application: Application, clients: Clients, clock: Clock
) -> ProbationPlan:
    """He accepts, gets his five clients and begins on a Monday."""
    training, head = TRAINING[one.code], staff["orlov"]
    first = training.starts_on(clock.today)
    plan: ProbationPlan = search.take(staff, application, first, clock)
    clock.on(first - dt.timedelta(days=3), 16)
    for name in training.clients:
        actions.add_training_account(head, plan, client=clients[name], untouched=True)
    user = open_account(staff, one.code, one.name, first, clock)
    plan = actions.start_probation(head, plan, user=user)
    _give(staff, user, training, clients, first)
    clock.on(first + dt.timedelta(days=4), 17)
    for step in plan.steps.all():
        actions.finish_step(user, step)
    return plan


def _give(staff: Staff, user: User, training: Training, clients: Clients, first: dt.date) -> None:
    """Let him work on his clients beside their managers; two people to talk to at each."""
    head = head_of(staff)
    for name in training.clients:
        accounts.add_to_team(head, clients[name], user=user, role="understudy", since=first)
        there = clients[name].contacts.exists()
        for place, position in enumerate(() if there else words.CONTACTS):
            person = words.PEOPLE_AT[(len(name) + place * 3) % len(words.PEOPLE_AT)]
            accounts.add_contact(user, clients[name], full_name=person, position=position)


def _work(staff: Staff, one: Newcomer, plan: ProbationPlan, clients: Clients, clock: Clock) -> None:
    """Talks of each stretch, then a look of the mentor."""
    mentor, user = staff["panin"], person_of(plan)
    theirs = [clients[name] for name in TRAINING[one.code].clients]
    days = (7, 14, TERM)[-len(one.weeks) :] if one.end else (7, 14)
    for place, (marked, talks) in enumerate(zip(one.weeks, one.talks, strict=True)):
        looked = plan.starts_on + dt.timedelta(days=days[place])
        _talk(user, theirs, looked, talks, clock)
        if place == 0 and one.members:
            _draw(user, theirs, one.members)
        clock.on(looked, 16)
        actions.write_checkpoint(mentor, plan, on=looked, marked=marked)


def _talk(user: User, theirs: list[Client], looked: dt.date, talks: int, clock: Clock) -> None:
    """So many meetings in the week that ends with the look."""
    for number in range(talks):
        client = theirs[number % len(theirs)]
        held = looked - dt.timedelta(days=1 + number % 5)
        clock.on(held, 10 + number % 6)
        activities.log_activity(
            user,
            client,
            kind="meeting" if number % 2 else "online_meeting",
            title=words.TALKS[number % len(words.TALKS)],
            done_on=held,
            outcome="Договорились о следующем шаге.",
            people=[_contact(client, number)],
        )


def _contact(client: Client, number: int) -> ContactPerson:
    people = list(client.contacts.order_by("pk"))
    return people[number % len(people)]


def _draw(user: User, theirs: list[Client], members: int) -> None:
    for client in theirs:
        centre = centres.open_centre(user, client)
        for contact in client.contacts.order_by("pk")[:members]:
            known = centres.Known(source="client_said", on=user.hired_on)
            centres.add_member(
                user, centre, contact=contact, known=known, roles=["user"], influence=3
            )


def _decide(staff: Staff, one: Newcomer, plan: ProbationPlan, clock: Clock) -> None:
    head = staff["orlov"]
    clock.on(plan.verdict_on, 17)
    if one.end in ("passed", "surplus"):
        actions.pass_probation(head, plan, note="Все ворота открыты, прирост виден в отгрузках.")
    elif one.end == "failed":
        actions.fail_probation(head, plan, reasons=words.FAILED)
        clock.on(plan.verdict_on + dt.timedelta(days=3), 18)
        let_go(staff, plan, "Испытание не пройдено")
    elif one.end == "extended":
        until = plan.verdict_on + dt.timedelta(days=TERM // 2)
        actions.extend_probation(head, plan, until=until, reason=words.EXTENDED)


def head_of(staff: Staff) -> User:
    """Return the head of sales as he is now: whom he leads is read once a person."""
    found: User = User.objects.get(pk=staff["orlov"].pk)
    return found


def person_of(plan: ProbationPlan) -> User:
    """Return the newcomer of a probation that has begun."""
    user: User | None = plan.user
    if user is None:
        raise ValueError(f"nobody came to {plan}")
    return user
