"""Every address × every role × own and foreign row → the status, and no change on a refusal.

How to add your pages. Write `tests/web/matrix/<area>.py` (account, accounts, ledger, segmentation,
methodology, jobs, desk, api, ui) with a list `ROWS` of `Row` (see `tests/web/matrix/row.py`):

    ROWS = [
        Row("accounts:clients"),                                  # all roles: 200
        Row(
            "accounts:client",
            may={"kam", "account_manager", "head_of_sales", "owner"},
            everywhere={"owner"},                                 # the others get 404 on foreign
            own=lambda world, user: {"pk": ClientFactory(manager=world.seller(user)).pk},
            foreign=lambda world, user: {"pk": ClientFactory(manager=world.stranger).pk},
            but={"recruiter": 404},                               # where 403 is not what comes
        ),
        Row("accounts:assign", method="post", may={"head_of_sales"}, own=…, foreign=…, data=…),
    ]

One row a method. `own` and `foreign` make the arguments of the address, `data` what is sent; each
is called with the world (one person a role, and a stranger) and the person who asks, anew for each
request. For the API: `json=True, anonymous=401`, names as the ninja router gives them
("api:clients"). An address that no row names fails `test_no_address_is_forgotten`; so does a
row whose address is gone.

What is proved for each row: the status for each role on an own and on a foreign row; that who is
not signed in is led to the sign-in page; that a refusal (4xx, or the way to sign-in) changes no row
of any table; that a GET changes nothing at all.
"""

import hashlib
import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse

from tests.web import matrix
from tests.web.matrix.row import Row, World

pytestmark = pytest.mark.django_db
UNWATCHED = {"sessions", "usersessions", "contenttypes"}  # a visit itself leaves traces there


def collected() -> list[Row]:
    """The rows of all areas."""
    areas = [one.name for one in pkgutil.iter_modules(matrix.__path__) if one.name != "row"]
    found = [importlib.import_module(f"tests.web.matrix.{area}") for area in sorted(areas)]
    return [row for area in found for row in area.ROWS]


ROWS = collected()


def addresses() -> set[str]:
    """The names of all addresses; one without a name is named by its route."""

    def walk(patterns: list[object], prefix: str) -> Iterator[str]:
        for one in patterns:
            if isinstance(one, URLPattern):
                yield f"{prefix}{one.name or one.pattern}"
            else:
                space = f"{one.namespace}:" if one.namespace else ""
                yield from walk(one.url_patterns, prefix + space)

    return set(walk(get_resolver().url_patterns, ""))


def watched() -> list[type[Model]]:
    """The tables in which a refusal must leave no trace."""
    return [one for one in apps.get_models() if one._meta.app_label not in UNWATCHED]


def fingerprint() -> dict[str, str]:
    """What every watched table holds, as short as it can be compared."""
    return {
        one._meta.label: hashlib.md5(
            repr(list(one._base_manager.order_by("pk").values_list())).encode(),
            usedforsecurity=False,
        ).hexdigest()
        for one in watched()
    }


def ask(row: Row, client: Client, world: World, user, maker) -> tuple[int, str, bool]:
    """Send the request; return status, where it leads, and whether anything was changed.

    All that it did is rolled back, so that the next one finds the same world. Tables are compared
    only where a writing statement was seen at all (a refusal may have taken it back).
    """
    status, location, wrote = send(row, client, world, user, maker, watch=False)
    if wrote and (status >= 400 or row.method == "get" or user is None):
        status, location, wrote = send(row, client, world, user, maker, watch=True)
    return status, location, wrote


def send(row: Row, client: Client, world: World, user, maker, *, watch: bool):
    cache.clear()
    with transaction.atomic():
        address = reverse(row.name, kwargs=maker(world, user))
        data = dict(row.data(world, user))
        sent = {"content_type": "application/json"} if row.json else {}
        before = fingerprint() if watch else {}
        with CaptureQueriesContext(connection) as statements:
            response = getattr(client, row.method)(address, data, **sent)
            if response.streaming:
                b"".join(response.streaming_content)
        changed = fingerprint() != before if watch else any(map(is_write, statements))
        transaction.set_rollback(True)
    return response.status_code, response.headers.get("Location", ""), changed


def is_write(statement: dict[str, str]) -> bool:
    """True for a statement that writes into a watched table."""
    found = re.match(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM) \"(\w+)\"", statement["sql"])
    tables = {one._meta.db_table for one in watched()}
    return found is not None and found[1] in tables


@pytest.fixture
def world(company) -> World:
    return World()


def signed_in(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_every_role_gets_what_is_its(row, world):
    wrong = []
    for role, user in world.people.items():
        client = signed_in(user)
        for maker, foreign in ((row.own, False), (row.foreign, True)):
            if maker is None:
                continue
            expected = row.expected(role, foreign=foreign)
            status, _, changed = ask(row, client, world, user, maker)
            whose = "foreign" if foreign else "own"
            if status != expected:
                wrong.append(f"{role} on {whose}: {status}, not {expected}")
            may_change = status < 400 and (row.method != "get" or row.writes)
            if changed and not may_change:
                wrong.append(f"{role} on {whose}: {status}, and yet something was changed")
    assert wrong == []


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_who_is_not_signed_in_is_led_to_the_door(row, world):
    client = Client(raise_request_exception=False)
    maker = lambda world, _user: row.own(world, world.people["kam"])  # noqa: E731
    status, location, changed = ask(row, client, world, None, maker)
    if row.anonymous is None:
        assert (status, location.partition("?")[0]) == (302, "/auth/login/")
    else:
        assert status == row.anonymous
    assert not changed


def test_no_address_is_forgotten():
    named = {row.name for row in ROWS}
    assert sorted(addresses() - named) == [], "add these to tests/web/matrix/<area>.py"
    assert sorted(named - addresses()) == [], "these addresses are gone"
