"""Hiring in the demo company: a thousand candidates, an interview day, five newcomers, the past.

All of it is done by the actions of hiring, as the people who do it, at the moments at which they
did it. The figures of the great search are those of the method: 1,042 found, 834 spoken with, 125
forms, 63 invited, 25 came.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from kamerton.domain.accounts.models import Client
from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Source
from kamerton.flows.make_demo.hiring import (
    choosing,
    crowd,
    day,
    newcomers,
    opening,
    past,
    reserve,
)
from kamerton.flows.make_demo.hiring.clock import Clock, moved_clock
from kamerton.flows.make_demo.hiring.mailbox import letters_kept_in
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user
from kamerton.platform.reading import reading


@transaction.atomic
def fill(staff: Mapping[str, User], clients: Mapping[str, Client], *, today: dt.date) -> None:
    """Let the company have searched for people for a year, the last four weeks in earnest."""
    with moved_clock(today) as clock, letters_kept_in():
        sources = _prepare(staff, clock)
        with reading():  # the method and the ledger stand; rates are those of before the search
            past.hire(staff, clients, clock, sources)
        reserve.name_reserve(staff, clock)
        with reading():
            newcomers.hire(staff, clients, clock, sources)
        _search(staff, clock, sources)
        clock.at(0, 6)
        actions.erase_overdue(system_user())


def _prepare(staff: Mapping[str, User], clock: Clock) -> dict[str, Source]:
    clock.at(past.VACANCY.approved + 5)
    sources = opening.name_sources(staff["kim"])
    opening.write_lists(staff["kim"], clock.today)
    return sources


def _search(staff: Mapping[str, User], clock: Clock, sources: Mapping[str, Source]) -> None:
    """The great search, as far as it is at twenty to twelve of the demo's day."""
    recruiter = staff["kim"]
    vacancy = opening.open_vacancy(staff, clock, sources)
    people = crowd.gather(recruiter, vacancy, clock, sources)
    crowd.work(recruiter, staff["orlov"], people, clock)
    named = people.named()
    day.hold_before(staff, vacancy, named, clock)
    with reading():
        choosing.judge(staff, named, clock)
        day.hold_today(staff, vacancy, named, clock)
        choosing.make_offers(staff, named, clock)
