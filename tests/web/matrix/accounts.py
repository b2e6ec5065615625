"""Who may open what of the clients."""

from kamerton.domain.accounts.actions import Writing, apply_mass_change
from kamerton.domain.accounts.models import ClientGroup, SavedView
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.web.matrix.row import Row

SEE = {
    "kam", "account_manager", "head_of_sales", "owner", "finance", "methodologist", "assistant",
}  # fmt: skip
EVERYWHERE = {"owner", "finance", "methodologist"}  # see all rows
SELL = {"kam", "account_manager", "head_of_sales"}
HEAD, EXPORT = {"head_of_sales"}, SELL | {"owner"}
ASSIGN = HEAD | {"owner"}
READ_ONLY = dict.fromkeys(EVERYWHERE, 403)


def own(world, user):
    return {"pk": ClientFactory(manager=world.seller(user)).pk}


def foreign(world, user):
    return {"pk": ClientFactory(manager=world.stranger).pk}


def kams(world, user):
    return {"pk": ClientFactory(manager=world.people["kam"]).pk}


def pair(maker, key="other_pk"):
    return lambda world, user: maker(world, user) | {key: maker(world, user)["pk"]}


def contact(maker):
    def make(world, user):
        pk = maker(world, user)["pk"]
        return {"pk": pk, "contact_pk": ContactPersonFactory(client_id=pk).pk}

    return make


def part(maker):
    def make(world, user):
        seller = world.stranger if maker is foreign else world.seller(user)
        client = ClientFactory(manager=seller)
        understudy = UserFactory()
        made = client.assignments.create(user=understudy, role="understudy", since="2026-01-01")
        return {"pk": client.pk, "part_pk": made.pk}

    return make


def card(world, user):
    return {
        "name": "Acme",
        "kind": "organisation",
        "sector": "b2b",
        "procurement": "free",
        "state": "active",
        "phase": "farmer",
        "origin": "company",
        "service_model": "single",
    }


def person(world, user):
    return {"full_name": "Olga", "level": "top", "status": "active"}


def manager(world, user):
    return {"manager": world.people["account_manager"].pk, "since": "2026-05-01"}


def member(world, user):
    return {"user": world.people["account_manager"].pk, "role": "assistant", "since": "2026-05-01"}


def NONE(world, user):
    return {}


def view(world, user):
    kept = SavedView.objects.create(user=user, page="clients", name="Perm", query="region=Perm")
    return {"pk": kept.pk}


def group(world, user):
    return {"pk": ClientGroup.objects.create(name="Holding").pk}


def chosen(world, user):
    client = ClientFactory(manager=world.seller(user))
    return {
        "client": [client.pk],
        "kind": "write",
        "asked": "1",
        "to-name": "region",
        "to-text": "X",
    }


def change(world, user):
    actor = user if set(user.roles) & SELL else world.people["kam"]
    client = ClientFactory(manager=world.seller(actor))
    return {"pk": apply_mass_change(actor, [client.pk], wish=Writing("region", "X")).change.pk}


def name(world, user):
    return {"name": "Concern"}


def typed(world, user):
    return {"inn": "7707083893", "name": "Acme"}


ROWS = [
    Row("accounts:clients", may=SEE),
    Row("accounts:save-view", method="post", may=SEE, data=name),
    Row("accounts:forget-view", method="post", own=view, but={"recruiter": 403}),
    Row("accounts:export", may=EXPORT, writes=True),
    Row("accounts:create", may=SELL),
    Row("accounts:create", method="post", may=SELL, data=card),
    Row("accounts:inn", may=SEE, data=typed),
    Row("accounts:mass-preview", method="post", may=SELL, data=chosen, ok=200),
    Row("accounts:mass-apply", method="post", may=SELL, data=chosen),
    Row(
        "accounts:mass-undo",
        method="post",
        may=SELL,
        own=change,
        denied=404,
        but={"recruiter": 403, "methodologist": 403, "owner": 403},
    ),
    Row("accounts:duplicates", may=HEAD),
    Row("accounts:groups", may=SEE),
    Row("accounts:groups", method="post", may=SELL, data=name),
    Row("accounts:group-rename", may=ASSIGN, own=group),
    Row("accounts:group-rename", method="post", may=ASSIGN, own=group, data=name),
    *(
        Row(f"accounts:{panel}", may=SEE, everywhere=EVERYWHERE, own=own, foreign=foreign)
        for panel in ("card-panel", "contacts-panel", "team-panel", "history-panel")
    ),
    *(
        Row(
            "accounts:edit",
            method=method,
            may=SELL,
            own=own,
            foreign=foreign,
            data=data,
            but={"recruiter": 403},
            but_foreign=READ_ONLY | {"assistant": 404, "recruiter": 403},
        )
        for method, data in (("get", NONE), ("post", card))
    ),
    *(
        Row(
            f"accounts:{action}",
            method="post",
            may=may,
            own=own,
            foreign=foreign,
            data=data,
            but_foreign={"assistant": 404, "kam": 404, "account_manager": 404},
        )
        for action, may, data in (
            ("archive", HEAD, NONE),
            ("restore", HEAD, NONE),
        )
    ),
    Row("accounts:contact-add", may=SEE, own=own, foreign=foreign, everywhere=EVERYWHERE),
    Row(
        "accounts:contact-add",
        method="post",
        may=SELL,
        own=own,
        foreign=foreign,
        data=person,
        ok=204,
        but_foreign={"assistant": 404},
    ),
    Row(
        "accounts:contact-change",
        may=SEE,
        own=contact(own),
        foreign=contact(foreign),
        everywhere=EVERYWHERE,
    ),
    *(
        Row(
            f"accounts:{action}",
            method="post",
            may=SELL,
            own=contact(own),
            foreign=contact(foreign),
            data=data,
            ok=204,
            but_foreign={"assistant": 404},
        )
        for action, data in (("contact-change", person), ("contact-archive", NONE))
    ),
    Row(
        "accounts:assign",
        may=ASSIGN,
        own=own,
        foreign=foreign,
        everywhere={"owner"},
        but_foreign={"assistant": 404, "kam": 404, "account_manager": 404},
    ),
    Row(
        "accounts:assign",
        method="post",
        may=ASSIGN,
        own=own,
        foreign=foreign,
        everywhere={"owner"},
        data=manager,
        ok=204,
        but_foreign={"assistant": 404, "kam": 404, "account_manager": 404},
    ),
    *(
        Row(
            "accounts:team-join",
            method=method,
            may={"kam", "head_of_sales", "owner"},  # the manager of the client and who may assign
            own=kams,
            foreign=foreign,
            everywhere={"owner"},
            data=data,
            ok=ok,
            but_foreign={"assistant": 404, "account_manager": 404},
        )
        for method, data, ok in (("get", NONE, 200), ("post", member, 204))
    ),
    Row(
        "accounts:team-leave",
        method="post",
        may=SELL | {"owner"},
        own=part(own),
        foreign=part(foreign),
        everywhere={"owner"},
        ok=204,
        but_foreign={"assistant": 404},
    ),
    *(
        Row(
            f"accounts:{action}",
            method=method,
            may=HEAD,
            own=pair(own),
            foreign=pair(foreign),
            data=NONE,
        )
        for action, method in (("merge", "get"), ("merge", "post"), ("apart", "post"))
    ),
]
