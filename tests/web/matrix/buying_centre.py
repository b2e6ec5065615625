"""Who may open what of buying centres; pages and API."""

from dataclasses import replace

from kamerton.domain.buying_centre import actions
from kamerton.domain.buying_centre.models import Member
from tests.factories import ClientFactory
from tests.factories.buying_centre import opened, seated
from tests.web.matrix.row import Row

SEE = {"kam", "account_manager", "head_of_sales", "owner", "methodologist", "assistant"}
SELL = {"kam", "account_manager", "head_of_sales"}
EVERYWHERE = {"owner", "methodologist"}
ELSEWHERE = {"finance"}  # sees the client, not the centre
UNSEEN = {"recruiter": 404}
FOREIGN = UNSEEN | {"assistant": 404} | dict.fromkeys(SELL, 404)


def seller(world, user, whose):
    return world.stranger if whose == "foreign" else world.seller(user)


def client(whose):
    return lambda world, user: {"pk": ClientFactory(manager=seller(world, user, whose)).pk}


def centre(whose, with_client=True):
    def make(world, user):
        made = opened(ClientFactory(manager=seller(world, user, whose)))
        return {"pk": made.client_id, "centre": made.pk}

    return make


def member(whose, **more):
    def make(world, user):
        made = seated(opened(ClientFactory(manager=seller(world, user, whose))), "Olga")
        return {"pk": made.centre.client_id, "member": made.pk, **more}

    return make


def left(whose):
    def make(world, user):
        names = member(whose)(world, user)
        holder = seller(world, user, whose)
        actions.mark_left(holder, Member.objects.get(pk=names["member"]))
        return names

    return make


def line(whose):
    def make(world, user):
        made = opened(ClientFactory(manager=seller(world, user, whose)))
        ends = (seated(made, "One"), seated(made, "Other"))
        drawn = actions.draw_line(made.client.manager, made, kind="conflict", ends=ends)
        return {"pk": made.client_id, "line": drawn.pk}

    return make


def cell(whose):
    def make(world, user):
        names = member(whose)(world, user)
        return names | {"user": seller(world, user, whose).pk}

    return make


def help_of(whose):
    def make(world, user):
        names = centre(whose)(world, user)
        return {"pk": names["pk"], "scale": "influence"}

    return make


def reading(name, maker, may=SEE, **more):
    """What is read: with the centre's right, of clients that one sees."""
    everywhere = EVERYWHERE & set(may)
    hidden = FOREIGN | dict.fromkeys(EVERYWHERE - set(may), 403)
    return Row(
        f"buying_centre:{name}",
        may=may,
        everywhere=everywhere,
        own=maker("own"),
        foreign=maker("foreign"),
        but=UNSEEN,
        but_foreign=hidden | dict.fromkeys(ELSEWHERE, 403),
        **more,
    )


def writing(name, maker, **more):
    """What is changed: by those who hold the client."""
    return reading(name, maker, SELL, **({"method": "post"} | more))


def given(**data):
    return lambda world, user: data


def person(world, user):
    judged = {"roles": ["user"], "influence": "3", "attitude": "0", "rival": "0"}
    return (
        judged
        | {"full_name": "Olga", "level": "top", "affiliation": "client"}
        | {"source": "assumption"}
    )


TO_OPEN = {"scope": "project", "name": "Pumps"}
PAGES = [
    reading("centre", client),
    reading("tile", client),
    reading("help", help_of),
    reading("strip", centre),
    reading("export", centre, may=SELL | {"owner"}, writes=True),
    reading("member", member),
    writing("open", client, data=given(**TO_OPEN)),
    writing("open", client, method="get"),
    writing("buying", centre, data=given(procedure="Tender"), ok=204),
    writing("buying", centre, method="get"),
    writing("adopt", centre, ok=204),
    writing("places", centre, data=given(), ok=204, json=True),
    writing("line-add", centre, method="get"),
    writing("line-add", centre, data=given(), ok=422),
    writing("member-add", centre, method="get"),
    writing("member-add", centre, data=person, ok=200),
    writing("import", centre, method="get"),
    writing("import", centre, data=given(), ok=422),
    writing("line-erase", line, ok=204),
    writing("member-edit", lambda whose: member(whose, field="wins"), method="get"),
    writing(
        "member-edit",
        lambda whose: member(whose, field="wins"),
        data=given(wins="Fame", source="assumption"),
        ok=200,
    ),
    writing("step", member, data=given(title="Call", due_on="2099-01-01", kind="call"), ok=200),
    writing("tasks", member, data=given(), ok=422),
    writing("check", lambda whose: member(whose, field="wins"), ok=200),
    writing("left", member, ok=200),
    writing("returned", left, ok=200),
    writing("move", member, method="get"),
    writing("move", member, data=given(), ok=422),
    writing("cell", cell, method="get"),
    writing("cell", cell, data=given(goal="Keep up", revision="0"), ok=200),
    writing("cell-erase", cell, ok=200),
]


NAMES = {"pk", "member", "line", "user"}


def plain(maker):
    """Only what an address of the API names."""

    def make(whose):
        made = maker(whose)
        return lambda world, user: {k: v for k, v in made(world, user).items() if k in NAMES}

    return make


def call(name, maker, kind=reading, method="get", **more):
    """An address of the API: strangers get 401, bodies are JSON."""
    row = kind(name, plain(maker), **({"method": method} | more))
    return replace(row, name=f"api:{name}", anonymous=401, json=method != "get")


def write(name, maker, method, **more):
    return call(name, maker, writing, method, **({"ok": 200} | more))


def goal(world, user):
    return {"goal": "Keep up"}


def nowhere(world, user):
    return {"kind": "conflict", "source_id": 1, "target_id": 1}


API = [
    call("get_buying_centre", centre),
    call("list_buying_centres", centre),
    call("get_member", member),
    call("list_member_tasks", member),
    write("open_buying_centre", client, "post", data=given(**TO_OPEN), ok=201),
    write("change_buying_centre", centre, "patch", data=given(procedure="Tender")),
    write("place_members", centre, "put", data=given(places=[])),
    write("add_member", centre, "post", data=given(full_name="Olga", roles=["user"]), ok=201),
    write("change_member", member, "patch", data=given(wins="Fame")),
    write("mark_member_left", member, "post"),
    write("mark_member_returned", left, "post"),
    write("plan_member_tasks", member, "post", data=given(origins=["x"]), ok=422),
    write("draw_line", centre, "post", data=nowhere, ok=404),
    write("erase_line", line, "delete", ok=204),
    write("write_cell", cell, "put", data=goal),
    write("erase_cell", cell, "delete", ok=404),
]
ROWS = [*PAGES, *API]
