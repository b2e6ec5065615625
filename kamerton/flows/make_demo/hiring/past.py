"""A search that was closed a year ago: three were taken, one stayed; what reports tell of it."""

import datetime as dt
from collections.abc import Mapping

from kamerton.domain.accounts import actions as accounts
from kamerton.domain.accounts.models import Client
from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Application, Source
from kamerton.domain.hiring.queries import Marked
from kamerton.flows.make_demo.hiring import newcomers
from kamerton.flows.make_demo.hiring.clock import Clock
from kamerton.flows.make_demo.hiring.newcomers import Newcomer
from kamerton.flows.make_demo.hiring.search import Search
from kamerton.platform.access.models import User

Staff = Mapping[str, User]
Clients = Mapping[str, Client]
VACANCY = Search(
    title="Менеджер по работе с клиентами, опт",
    role="account_manager",
    seats=2,
    hires=3,
    approved=400,
    people=26,
    invited=22,
    came=7,
    number=1400,
)
GOOD = (Marked(0.7, 14, 1.0), Marked(0.9, 16, 1.0))
WEAK = (Marked(0.5, 9, 0.8), Marked(0.6, 10, 0.8))
PEOPLE = (
    Newcomer("dyakov", "Алексей Дьяков", GOOD, (12, 13), "passed"),
    Newcomer("rybin", "Тимофей Рыбин", GOOD, (12, 13), "passed"),
    Newcomer("gromov", "Роберт Громов", WEAK, (1, 2), "failed"),
)
STAYED_DAYS, WHY = 150, "Ушёл к конкуренту на больший оклад"  # of the second one
#: What the first one holds since: bought little when he came.
HELD = ("Терм-Альянс", "ЦентрСнаб", "Ямал-Комплект", "ФорумСтрой", "Степь-Агро")


def hire(staff: Staff, clients: Clients, clock: Clock, sources: Mapping[str, Source]) -> None:
    """Hold the search, take three, close it; one is left."""
    chosen = newcomers.take_all(staff, VACANCY, PEOPLE, clients, clock, sources)
    vacancy = chosen[0].vacancy
    clock.at(VACANCY.approved - 70, 12)
    note = "Одно место держит новый человек, второе закрыли перестановкой"
    actions.close_vacancy(staff["kim"], vacancy, note=note)
    _keep(staff, chosen[0], clients, clock)
    _leave(staff, chosen[1], clock)


def _keep(staff: Staff, application: Application, clients: Clients, clock: Clock) -> None:
    clock.at(VACANCY.approved - 75, 10)
    for name in HELD:
        accounts.assign_manager(
            newcomers.head_of(staff),
            clients[name],
            manager=newcomers.person_of(application.probation),
            since=clock.day(VACANCY.approved - 75),
            basis="Испытание пройдено",
        )


def _leave(staff: Staff, application: Application, clock: Clock) -> None:
    plan = application.probation
    last = plan.starts_on + dt.timedelta(days=STAYED_DAYS)
    clock.on(last, 17)
    actions.record_leaving(staff["kim"], application, left_on=last, reason=WHY)
    newcomers.let_go(staff, plan, WHY)
