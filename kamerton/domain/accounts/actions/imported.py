"""Clients that a sales ledger brings: thousands at once, one journal row a batch."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from kamerton.calc.text import folded
from kamerton.domain.accounts.models import OWNING, Client, ClientAssignment, ClientCode
from kamerton.domain.accounts.models.requisites import bare_name, is_inn
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import sellers
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

V = TypeVar("V")
CHUNK: Final = 5_000  # values in one IN (…): below the limit of every engine
INSERTED: Final = 500  # cards in one INSERT: 18,000 values, below the limit of SQLite
SAME_NAME: Final = 85  # likeness of two names under one INN that makes them one client
LONGEST: Final = {"code": 300, "name": 250}


class NameTooLong(BusinessError):
    """A code or a name does not fit; the file has something else in this column."""


@dataclass(frozen=True)
class Named:
    """A client as a file names it; `inn` is empty unless its control digits are right."""

    code: str
    name: str
    inn: str

    @property
    def bare(self) -> str:
        """The name without its legal form, to compare."""
        return bare_name(folded(self.name))


@transaction.atomic
def ensure_clients(actor: User, codes: Iterable[tuple[str, str, str]]) -> dict[str, int]:
    """Find or make the client behind each (code, name, INN); {code: id of the client}.

    A code that is known wins. Then a client with this INN and a like name takes the code, then
    one of exactly this name that no ledger has named yet. The rest are made, unassigned.

    Raises NotAllowed, NameTooLong.
    """
    require(actor, "ledger.import")
    wanted = _wanted(codes)
    known = _by_code(wanted)
    missing = [named for code, named in wanted.items() if code not in known]
    matched = _by_inn(missing)
    matched |= _by_name([named for named in missing if named.code not in matched])
    made = _made([named for named in missing if named.code not in matched])
    taken = matched | made
    for chunk in chunks(list(taken.items())):
        ClientCode.objects.bulk_create(
            ClientCode(code=code, client_id=client) for code, client in chunk
        )
    if taken:
        record(
            actor,
            "accounts.clients_imported",
            after={"made": len(set(made.values())), "matched": len(matched), "known": len(known)},
        )
    return known | taken


@transaction.atomic
def assign_unheld(actor: User, holders: Mapping[int, int], since: dt.date) -> int:
    """Give clients that nobody holds to the managers whom the ledger names; how many it gave.

    `holders` is {client id: user id}. Left out in silence: clients that somebody holds, people
    who cannot hold clients, and keys for newcomers.

    Raises NotAllowed.
    """
    require(actor, "ledger.import")
    people = {person.pk: person for person in sellers(actor).filter(pk__in=set(holders.values()))}
    given: dict[int, list[int]] = defaultdict(list)
    for client in _unheld(list(holders), since):
        person = people.get(holders[client.pk])
        newcomer = person is not None and person.status == User.Status.ONBOARDING
        if person is not None and not (newcomer and client.is_key):
            given[person.pk].append(client.pk)
    for user, clients in given.items():
        _give(user, clients, since)
    count = sum(map(len, given.values()))
    if count:
        after = {people[user].full_name: len(clients) for user, clients in given.items()}
        record(actor, "accounts.clients_assigned", after={"since": since, "managers": after})
    return count


def _wanted(codes: Iterable[tuple[str, str, str]]) -> dict[str, Named]:
    wanted: dict[str, Named] = {}
    for code, name, inn in codes:
        if code in wanted:
            continue
        tidy = " ".join(name.split()) or code
        for what, text in (("code", code), ("name", tidy)):
            if len(text) > LONGEST[what]:
                raise NameTooLong(
                    _("“%(start)s…” has %(length)d characters; a client's name has at most 250.")
                    % {"start": text[:40], "length": len(text)}
                )
        digits = inn.strip()
        wanted[code] = Named(code, tidy, digits if is_inn(digits) else "")
    return wanted


def _by_code(wanted: Mapping[str, Named]) -> dict[str, int]:
    found: dict[str, int] = {}
    for chunk in chunks(list(wanted)):
        found |= dict(ClientCode.objects.filter(code__in=chunk).values_list("code", "client_id"))
    return found


def _by_inn(missing: Sequence[Named]) -> dict[str, int]:
    there: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for chunk in chunks(sorted({named.inn for named in missing if named.inn})):
        rows = Client.objects.present().filter(inn__in=chunk).order_by("pk")
        for pk, inn, name in rows.values_list("pk", "inn", "name_folded"):
            there[inn].append((pk, bare_name(name)))
    found = {named.code: _likest(named, there.get(named.inn, [])) for named in missing}
    return {code: pk for code, pk in found.items() if pk is not None}


def _likest(named: Named, there: Sequence[tuple[int, str]]) -> int | None:
    if not there:
        return None
    if folded(named.name) == folded(named.code):  # the file gives no name of its own
        return there[0][0] if len(there) == 1 else None
    likeness, pk = max((fuzz.token_sort_ratio(named.bare, name), -pk) for pk, name in there)
    return -pk if likeness >= SAME_NAME else None


def _by_name(missing: Sequence[Named]) -> dict[str, int]:
    there: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for chunk in chunks(sorted({folded(named.name) for named in missing})):
        rows = Client.objects.present().filter(name_folded__in=chunk, codes=None)
        for pk, inn, name in rows.values_list("pk", "inn", "name_folded"):
            there[name].append((pk, inn))
    found: dict[str, int] = {}
    for named in missing:
        fitting = there.pop(folded(named.name), [])  # the first code takes it
        if len(fitting) == 1 and (not named.inn or fitting[0][1] in ("", named.inn)):
            found[named.code] = fitting[0][0]
    return found


def _made(missing: Sequence[Named]) -> dict[str, int]:
    """Make clients; two codes with one INN and one name are one client."""
    fresh: dict[tuple[str, str], list[Named]] = defaultdict(list)
    for named in missing:
        fresh[(named.inn, named.bare) if named.inn else ("", named.code)].append(named)
    slots: dict[str, int] = {}
    made = _inserted([together[0] for together in fresh.values()])
    for pk, together in zip(made, fresh.values(), strict=True):
        slots |= dict.fromkeys((named.code for named in together), pk)
    return slots


def _inserted(fresh: Sequence[Named]) -> Iterator[int]:
    """Insert cards that differ in name and INN only; yields their ids in order.

    bulk_create prepares each of 36 columns of each card anew: four times slower on a long ledger.
    """
    columns = [field for field in Client._meta.concrete_fields if not field.primary_key]
    blank = Client()
    same = [field.get_db_prep_save(field.pre_save(blank, True), connection) for field in columns]
    place = {field.name: index for index, field in enumerate(columns)}
    quote = connection.ops.quote_name
    into = f"{quote(Client._meta.db_table)} ({', '.join(quote(str(f.column)) for f in columns)})"
    row = f"({', '.join(['%s'] * len(columns))})"
    for chunk in chunks(fresh, INSERTED):
        values: list[Any] = []
        for named in chunk:
            card = same.copy()
            card[place["name"]], card[place["inn"]] = named.name, named.inn
            card[place["name_folded"]] = folded(named.name)
            values += card
        rows = ", ".join([row] * len(chunk))
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {into} VALUES {rows} RETURNING id", values)  # noqa: S608
            yield from sorted(pk for (pk,) in cursor.fetchall())


def _unheld(ids: Sequence[int], since: dt.date) -> Iterator[Client]:
    held_later = ClientAssignment.objects.filter(role__in=OWNING, until__gte=since)
    free = Client.objects.present().filter(manager=None).exclude(pk__in=held_later.values("client"))
    for chunk in chunks(ids):
        yield from free.filter(pk__in=chunk).only("pk", "company_key_since", "manager_keys")


def _give(user: int, clients: Sequence[int], since: dt.date) -> None:
    for chunk in chunks(clients):
        Client.objects.filter(pk__in=chunk).update(manager=user, updated_at=timezone.now())
    role = ClientAssignment.Role.STRATEGIC_OWNER
    ClientAssignment.objects.bulk_create(
        [
            ClientAssignment(client_id=client, user_id=user, role=role, since=since)
            for client in clients
        ]
    )


def chunks(values: Sequence[V], size: int = CHUNK) -> Iterator[Sequence[V]]:
    """Cut values into parts that fit into one question."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
