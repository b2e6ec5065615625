"""A bounded client on loopback: threads and http.client, one request after another a person."""

import http.client
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any

User = dict[str, Any]
Ask = Callable[[User, int], list[str]]  # the addresses of one look at the page


@dataclass(frozen=True)
class Look:
    """One look of one person at one page, with what the page loads by itself; milliseconds."""

    server: float
    cpu: float
    client: float
    queries: int
    size: int


@dataclass(frozen=True)
class Page:
    """A page and who asks for it."""

    name: str
    ask: Ask
    who: str = "both"
    looks: list[Look] = field(default_factory=list)


def _one(address: str) -> Ask:
    return lambda _user, _turn: [address]


def _client(user: User, turn: int) -> list[str]:
    return [f"/clients/{user['clients'][turn % len(user['clients'])]}/"]


def _panels(user: User, turn: int) -> list[str]:
    pk = user["clients"][turn % len(user["clients"])]
    parts = (f"/keys/client/{pk}/", *(f"/clients/{pk}/{p}/" for p in ("card", "contacts", "team")))
    return [f"/clients/{pk}/", *parts]


def _sales(user: User, turn: int) -> list[str]:
    return [f"/clients/{user['clients'][turn % len(user['clients'])]}/sales/"]


def _search(user: User, turn: int) -> list[str]:
    return [f"/search/?q={user['words'][turn % len(user['words'])][:5]}"]


def _list(_user: User, turn: int) -> list[str]:
    return [f"/clients/?page={1 + turn % 20}&sort={('name', 'revenue')[turn % 2]}"]


PAGES = (
    Page("my day", _one("/")),
    Page("list of clients", _list),
    Page("client", _client),
    Page("client with its 4 panels", _panels),
    Page("client, sales", _sales),
    Page("search", _search),
    Page("Pareto", _one("/keys/pareto/"), "wide"),
    Page("owner", _one("/owner/"), "wide"),
)
_TOLD = re.compile(r"app;dur=([\d.]+), cpu;dur=([\d.]+), queries;dur=(\d+)")


class NotAnswered(Exception):
    """A page answered with something else than itself."""


def fetch(connection: http.client.HTTPConnection, address: str, cookie: str) -> Look:
    """Ask for one address; the body is read to its end."""
    began = time.perf_counter()
    connection.request("GET", address, headers={"Cookie": cookie, "HX-Request": "false"})
    answer = connection.getresponse()
    body = answer.read()
    took = 1000 * (time.perf_counter() - began)
    if answer.status != 200:
        raise NotAnswered(f"{address}: {answer.status} {answer.getheader('Location') or ''}")
    found = _TOLD.search(answer.getheader("Server-Timing") or "")
    assert found, "the server does not tell its time"
    return Look(float(found[1]), float(found[2]), took, int(found[3]), len(body))


def look(connection: http.client.HTTPConnection, addresses: Sequence[str], cookie: str) -> Look:
    """Look at a page and what it loads; the sum of all."""
    parts = [fetch(connection, address, cookie) for address in addresses]
    return Look(
        server=sum(part.server for part in parts),
        cpu=sum(part.cpu for part in parts),
        client=sum(part.client for part in parts),
        queries=sum(part.queries for part in parts),
        size=sum(part.size for part in parts),
    )


def users(said: dict[str, list[User]], who: str, count: int) -> Iterator[User]:
    """The people who ask: those who see few clients and those who see all, in turn."""
    pool = said["wide"]
    if who == "both":
        pool = [user for pair in zip(said["narrow"], said["wide"], strict=True) for user in pair]
    return islice(cycle(pool), count)


def load(
    port: int, page: Page, said: dict[str, list[User]], *, people: int, times: int
) -> list[Look]:
    """`people` at once, each `times` in a row without a pause; every look of all of them."""
    found: list[Look] = []
    troubles: list[BaseException] = []

    def person(place: int, user: User) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        try:
            for turn in range(times):
                addresses = page.ask(user, place * times + turn)
                found.append(look(connection, addresses, user["cookie"]))
        except BaseException as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    asking = enumerate(users(said, page.who, people))
    threads = [threading.Thread(target=person, args=pair) for pair in asking]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if troubles:
        raise troubles[0]
    return found
