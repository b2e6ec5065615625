"""Buying centres: members with a line each, contacts that took place, the centre of nine people."""

import datetime as dt
from typing import Any

from django.utils import timezone

from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.activities.models import Activity
from kamerton.domain.buying_centre import actions
from kamerton.domain.buying_centre.actions import Known
from kamerton.domain.buying_centre.models import BuyingCentre, Line, Member
from kamerton.platform.access.models import User
from tests.factories.accounts import ContactPersonFactory
from tests.factories.activities import ActivityFactory, contact

SAID = Known("client_said")

# Name, position, role, influence, attitude, superior, organisation: nobody is the coach.
NINE = (
    ("Kravtsov Sergey", "General director", "decider", 5, 0, None, ""),
    ("Melnik Olga", "Finance director", "economic", 4, 1, "Kravtsov Sergey", ""),
    ("Laptev Andrey", "Technical director", "technical", 5, -1, "Kravtsov Sergey", ""),
    ("Sokolova Irina", "Purchasing director", "shaper", 4, 2, "Kravtsov Sergey", ""),
    ("Kim Anton", "Head of sales", "user", 3, 1, "Kravtsov Sergey", ""),
    ("Tarasov Nikolay", "Engineer", "blocker", 2, -2, "Laptev Andrey", ""),
    ("Gusev Pavel", "Buyer", "buyer", 3, 1, "Sokolova Irina", ""),
    ("Ershov Denis", "Warehouse chief", "user", 2, 0, "Sokolova Irina", ""),
    ("Zakharova Maria", "Designer", "shaper", 3, 0, None, "Vodokanalproekt"),
)


def opened(client: Client, **how: Any) -> BuyingCentre:
    """A centre of all that the client buys, opened by its manager."""
    return actions.open_centre(client.manager, client, **how)


def seated(centre: BuyingCentre, name: str = "", **fields: Any) -> Member:
    """A member judged by his own words; `contact` fields by their names."""
    given = {n: fields.pop(n) for n in ("position", "organisation", "level") if n in fields}
    contact = fields.pop("contact", None) or ContactPersonFactory(
        client=centre.client, **({"full_name": name} if name else {}), **given
    )
    judged = {"roles": ["user"], "influence": 3, "attitude": 0} | fields
    return actions.add_member(centre.client.manager, centre, contact=contact, known=SAID, **judged)


def met(user: User, *people: ContactPerson, days_ago: int = 1, **fields: Any) -> Activity:
    """A contact that took place."""
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    return contact(people, day, owner=user, **fields)


def due(user: User, *people: ContactPerson, in_days: int = 5, **fields: Any) -> Activity:
    """A next step with a date."""
    day = timezone.localdate() + dt.timedelta(days=in_days)
    values = {"kind": "meeting", "title": "Show the protocols", **fields}
    client = people[0].client
    return ActivityFactory(client=client, due_on=day, owner=user, people=people, **values)


def example(client: Client) -> dict[str, Member]:
    """3.13's example: four members of known level, four of six roles, two of three next steps."""
    centre, manager = opened(client), client.manager
    roles = {"A": ["decider", "economic"], "B": ["technical"], "C": ["user"], "D": ["shaper"]}
    judged = {"A": (5, 1), "B": (4, 2), "C": (2, 0), "D": (4, -1)}
    made = {
        name: seated(centre, name, roles=roles[name], influence=influence, attitude=attitude)
        for name, (influence, attitude) in judged.items()
    }
    levels = {"A": [(10, "call"), (60, "call")], "C": [(200, "call")]}
    levels["B"] = [(5, "call"), (20, "meeting"), (40, "call"), (90, "meeting")]
    for name, contacts in levels.items():
        for days, kind in contacts:
            met(manager, made[name].contact, days_ago=days, kind=kind)
    for name in ("A", "B"):
        due(manager, made[name].contact)
    return made


def nine_people(client: Client) -> dict[str, Member]:
    """The centre of the mock-up: nine people, one of them from outside, no coach."""
    centre = opened(client)
    made: dict[str, Member] = {}
    for name, position, role, influence, attitude, above, organisation in NINE:
        made[name] = seated(
            centre,
            name,
            position=position,
            organisation=organisation,
            affiliation="external" if organisation else "client",
            roles=[role],
            influence=influence,
            attitude=attitude,
            reports_to=made.get(above or ""),
        )
    people = list(made.values())
    _line(centre, "influence", people[1], people[0])
    _line(centre, "influence", people[3], people[0])
    _line(centre, "influence", people[8], people[2])
    _line(centre, "conflict", people[2], people[3], note="papers or price")
    return made


def _line(centre: BuyingCentre, kind: str, one: Member, other: Member, note: str = "") -> Line:
    manager = centre.client.manager
    return actions.draw_line(manager, centre, kind=kind, ends=(one, other), note=note)
