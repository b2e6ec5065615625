"""A row of the matrix and the world in which it is tried."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user
from kamerton.platform.access.roles import Role
from tests.factories import UserFactory

ALL = frozenset(Role.values)
Maker = Callable[["World", User], Mapping[str, Any]]


def nothing(_world: "World", _user: User) -> Mapping[str, Any]:
    """No arguments, no data."""
    return {}


def person(role: str, supervisor: User | None = None) -> User:
    """Somebody of a role, who has a password."""
    return UserFactory(roles=[role], supervisor=supervisor, password="three-tall-birches")


@dataclass
class World:
    """A company with one person a role, and another team that is foreign to them.

    The head leads the KAM and the account manager; the assistant works for the KAM. `stranger`
    is a KAM of another head.
    """

    people: dict[str, User] = field(default_factory=dict)
    stranger: User = field(init=False)

    def __post_init__(self) -> None:
        system_user()  # both are made by whoever comes first; here nobody's visit makes them
        methodology.current()
        for role in ("owner", "head_of_sales", "finance", "methodologist", "recruiter"):
            self.people[role] = person(role)
        head = self.people["head_of_sales"]
        for role in ("kam", "account_manager"):
            self.people[role] = person(role, head)
        self.people["assistant"] = person("assistant", self.people["kam"])
        other_head = UserFactory(roles=["head_of_sales"])
        self.stranger = UserFactory(supervisor=other_head)

    def seller(self, user: User) -> User:
        """Whose rows are `user`'s own: himself, or the one he works for or leads."""
        people = self.people
        if user in (people["kam"], people["account_manager"]):
            return user
        return people["kam"]


@dataclass(frozen=True)
class Row:
    """One address and method, and what each role gets.

    name       the url's name with its namespace
    method     "get", "post" …; write a row for each that the view takes
    may        the roles that get `ok` on their own row
    everywhere the roles of `may` that get `ok` on a foreign row too; the rest get `hidden`
    own        makes the arguments of the address for a row that is the person's own
    foreign    the same for a row of another team; None where there are no rows
    data       makes what is sent
    ok         the status of success; without it 200, for a POST 302
    denied     the status for the roles outside `may`
    but        statuses that differ: {"recruiter": 404} on one's own row
    but_foreign  the same on a foreign row
    anonymous  the status for who is not signed in; without it 302 to the sign-in page
    json       send JSON
    writes     True for a GET that is meant to write (an export that is journalled)
    """

    name: str
    may: Iterable[str] = ALL
    method: str = "get"
    everywhere: Iterable[str] = ()
    own: Maker = nothing
    foreign: Maker | None = None
    data: Maker = nothing
    ok: int | None = None
    denied: int = 403
    hidden: int = 404
    but: Mapping[str, int] = field(default_factory=dict)
    but_foreign: Mapping[str, int] = field(default_factory=dict)
    anonymous: int | None = None
    json: bool = False
    writes: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.name}"

    @property
    def success(self) -> int:
        return self.ok or (200 if self.method == "get" else 302)

    def expected(self, role: str, *, foreign: bool) -> int:
        """The status that `role` gets."""
        differs = self.but_foreign if foreign else self.but
        if role in differs:
            return differs[role]
        if role not in self.may:
            return self.denied
        return self.hidden if foreign and role not in self.everywhere else self.success


def public(name: str, status: int = 200, **more: Any) -> Row:
    """An address that everybody may open, signed in or not."""
    return Row(name, ok=status, anonymous=more.pop("anonymous", status), **more)
