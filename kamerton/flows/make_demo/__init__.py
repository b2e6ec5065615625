"""The demo company: people, sixty clients, three years of sales, decisions; one consistent world.

Everything is made by the actions that people use, as those people, so that its journal reads like
a company's and no rule is got round. The same day gives the same company.
"""

import datetime as dt
import secrets
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_noop, override

from kamerton.domain.accounts import actions as accounts
from kamerton.domain.accounts import queries as clients_of
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger import actions as ledger
from kamerton.domain.segmentation import actions as segmentation
from kamerton.flows import import_ledger
from kamerton.flows.choose_columns import choose_columns, look_at
from kamerton.flows.make_demo import clients, hiring, keys, people, sales, wholesaler
from kamerton.flows.restate_standings import restate_standings
from kamerton.platform.access.actions import found_company
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user
from kamerton.platform.files.kinds import Kind
from kamerton.platform.files.store import keep

NAME = "Уральская арматура"
STAGES = (
    gettext_noop("Hiring people"),
    gettext_noop("Selling for three years"),
    gettext_noop("Counting who stands where"),
    gettext_noop("Deciding who is key"),
    gettext_noop("Working with a key client"),
    gettext_noop("Looking for managers"),
)
Progress = Callable[[str], None]


def _silent(_stage: str) -> None:
    """Tell nobody."""


def make_demo(*, today: dt.date | None = None, progress: Progress = _silent) -> User:
    """Make the demo company in an empty installation; return its owner.

    Raises AlreadyFounded.
    """
    owner = found_company(  # refuses in the language of who asks; all the rest is in Russian
        name=NAME,
        email=f"{people.OWNER}@demo.example",
        full_name=people.PEOPLE[0].name,
        password=secrets.token_urlsafe(24),  # one signs in by the buttons of the demo
        is_demo=True,
    )
    with override("ru"):
        _filled(owner, today or localdate(), progress)
    return owner


def _filled(owner: User, today: dt.date, progress: Progress) -> None:
    """Let the company live through three years."""
    progress(STAGES[0])
    staff = people.hire(owner)
    progress(STAGES[1])
    _import_sales(staff, today)
    held = _describe(owner)
    progress(STAGES[2])
    segmentation.restate(system_user(), as_of=today)  # what follows from it is counted at the end
    progress(STAGES[3])
    keys.know(held)
    keys.choose_own(staff["orlov"], held, today=today)
    keys.decide(owner, held, today=today)
    progress(STAGES[4])
    wholesaler.fill(staff, held[clients.WHOLESALER], today=today)
    progress(STAGES[5])
    hiring.fill(staff, held, today=today)
    restate_standings(system_user(), as_of=today)


def _import_sales(staff: Mapping[str, User], today: dt.date) -> None:
    """Bring the file in as the accountant would, by the same wizard's steps."""
    accountant = staff["melnik"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Продажи за три года.csv"
        sales.write(path, today=today, managers={code: u.full_name for code, u in staff.items()})
        with path.open("rb") as file:
            kept = keep(file, "ledger", name=path.name, allowed=frozenset(Kind))
    received = ledger.start_import(
        accountant, name=kept.name, file=kept.path, digest=kept.digest, size=kept.size
    )
    seen = look_at(accountant, received)
    received = choose_columns(
        accountant, received, seen.mapping, heads=seen.heads, profile="Продажи из 1С"
    )
    import_ledger.check_import(accountant, received)
    import_ledger.run_import(accountant, received)


def _describe(actor: User) -> dict[str, Client]:
    """Fill the cards of the clients that the ledger brought; {name: client}."""
    system = system_user()
    for demo in clients.everybody():
        found = clients_of.clients(actor).get(name=demo.name)
        card: Any = {"industry": demo.industry, "region": demo.region, **demo.card}
        accounts.change_client(system, found, **card)
    return {client.name: client for client in clients_of.clients(actor)}
