"""The people of the demo company, one of each role at least."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from kamerton.platform.access import actions
from kamerton.platform.access.models import User
from kamerton.platform.access.roles import Role

OWNER = "grachev"


@dataclass(frozen=True)
class Person:
    """A person; `code` names him in this package and is his e-mail's first part."""

    code: str
    name: str
    role: str
    supervisor: str = ""
    leader_share: str = "0"
    year_plan: int = 0  # whole roubles
    hired_on: dt.date = dt.date(2022, 3, 1)


PEOPLE = (
    Person(OWNER, "Павел Грачёв", Role.OWNER),
    Person("melnik", "Ольга Мельник", Role.FINANCE, OWNER),
    Person("zueva", "Вера Зуева", Role.METHODOLOGIST, OWNER),
    Person("orlov", "Дмитрий Орлов", Role.HEAD_OF_SALES, OWNER, "0.4", 12_000_000),
    Person(
        "belova",
        "Анна Белова",
        Role.KAM,
        "orlov",
        year_plan=48_000_000,
        hired_on=dt.date(2014, 9, 1),
    ),
    Person("panin", "Игорь Панин", Role.KAM, "orlov", year_plan=40_000_000),
    Person("rudenko", "Елена Руденко", Role.KAM, "orlov", year_plan=24_000_000),
    Person("gusev", "Артём Гусев", Role.ACCOUNT_MANAGER, "orlov", year_plan=6_000_000),
    Person("lapina", "Мария Лапина", Role.ACCOUNT_MANAGER, "orlov", year_plan=6_000_000),
    Person("sedov", "Кирилл Седов", Role.ACCOUNT_MANAGER, "orlov", year_plan=6_000_000),
    Person("kim", "Светлана Ким", Role.RECRUITER, OWNER),
)


def hire(founder: User) -> dict[str, User]:
    """Make the people, as the founder would; {code: person}."""
    made = {OWNER: founder}
    for person in PEOPLE:
        if person.code != OWNER:
            made[person.code] = _hire(founder, person, made[person.supervisor])
    return made


def _hire(founder: User, person: Person, supervisor: User) -> User:
    user = actions.add_person(
        founder,
        email=f"{person.code}@demo.example",
        full_name=person.name,
        roles=[person.role],
        supervisor=supervisor,
    )
    if Decimal(person.leader_share):
        actions.change_leader_share(founder, user, share=Decimal(person.leader_share))
    if person.year_plan:
        actions.change_work(
            founder,
            user,
            selling_hours=user.selling_hours,
            year_plan=Decimal(person.year_plan),
            hired_on=person.hired_on,
        )
    return user
