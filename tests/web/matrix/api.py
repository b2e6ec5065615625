"""Who may call what of the API, by the session of a browser."""

from kamerton.domain.accounts.actions import merge_clients
from tests.factories import ClientFactory
from tests.web.matrix.accounts import (
    ASSIGN,
    EVERYWHERE,
    HEAD,
    SEE,
    SELL,
    contact,
    foreign,
    own,
)
from tests.web.matrix.row import Row, public


def region(world, user):
    return {"region": "Perm"}


def named(world, user):
    return {"name": "Acme"}


def person(world, user):
    return {"full_name": "Olga"}


def manager(world, user):
    return {"manager_id": world.people["account_manager"].pk, "since": "2026-05-01"}


def absorbed(world, user):
    return {"absorbed_id": ClientFactory(manager=world.seller(user)).pk}


def merge(world, user):
    head = world.people["head_of_sales"]
    clients = [ClientFactory(manager=world.people["kam"]) for _ in range(2)]
    return {"pk": merge_clients(head, *clients).pk}


def call(name, method="get", **more):
    """An address of the API: strangers get 401, bodies are JSON."""
    return Row(f"api:{name}", method=method, anonymous=401, json=method != "get", **more)


def of_client(name, method, may, *, but_kam=None, **more):
    """The same of one client, own and foreign."""
    reading = method == "get"
    rest = {"own": own, "foreign": foreign, "everywhere": EVERYWHERE if reading else ()} | more
    sees_all = {} if reading else dict.fromkeys(EVERYWHERE - set(rest["everywhere"]), 403)
    but_foreign = {"recruiter": 404, "assistant": 404} | sees_all
    if but_kam:
        but_foreign |= {"kam": but_kam, "account_manager": but_kam}
    return call(name, method, may=may, but={"recruiter": 404}, but_foreign=but_foreign, **rest)


def name(world, user):
    return {"name": "Holding"}


ROWS = [
    public("api:openapi-json"),
    public("api:api-root", status=404),
    Row("api:openapi-view"),
    call("me"),
    call("list_clients", may=SEE),
    call("create_client", "post", may=SELL, data=named, ok=201),
    call("list_duplicates", may=HEAD),
    of_client("get_client", "get", SEE),
    of_client("change_client", "patch", SELL, data=region, ok=200),
    of_client("archive_client", "post", HEAD, ok=200, but_kam=404),
    of_client("restore_client", "post", HEAD, ok=200, but_kam=404),
    of_client("list_contacts", "get", SEE),
    of_client("add_contact", "post", SELL, data=person, ok=201),
    of_client(
        "change_contact",
        "patch",
        SELL,
        own=contact(own),
        foreign=contact(foreign),
        data=person,
        ok=200,
    ),
    of_client(
        "archive_contact", "delete", SELL, own=contact(own), foreign=contact(foreign), ok=200
    ),
    of_client("list_assignments", "get", SEE),
    of_client(
        "assign_manager", "post", ASSIGN, data=manager, ok=201, everywhere={"owner"}, but_kam=404
    ),
    of_client("merge_clients", "post", HEAD, data=absorbed, ok=201, but_kam=404),
    call("undo_merge", "post", may=HEAD, own=merge, ok=200),
    call("list_groups", may=SEE),
    call("create_group", "post", may=SELL, data=name, ok=201),
]
