"""Who may open and change what is done with clients."""

from django.utils import timezone

from kamerton.domain.activities.models import Rescheduling
from tests.factories import ClientFactory, ContactPersonFactory
from tests.factories.activities import ActivityFactory, ClientNeedFactory, MeetingBriefFactory
from tests.web.matrix.accounts import foreign as foreign_client
from tests.web.matrix.accounts import own as own_client
from tests.web.matrix.api import call
from tests.web.matrix.row import Row

EVERYWHERE = {"owner", "methodologist"}  # see all rows, write none
WRITE = {"kam", "account_manager", "head_of_sales"}
SEE = WRITE | EVERYWHERE | {"assistant"}


def activity(whose, kind="meeting", **fields):
    """An activity with a client of the person, or of another team."""

    def make(world, user):
        seller = world.stranger if whose == "foreign" else world.seller(user)
        client = ClientFactory(manager=seller)
        person = ContactPersonFactory(client=client)
        given = {"owner": seller, "created_by": seller, **fields}
        if given.get("state") == "done":
            given |= {"done_at": timezone.now(), "done_by": user, "outcome": "Agreed"}
        made = ActivityFactory(client=client, kind=kind, people=[person], **given)
        return {"pk": made.pk}

    return make


def briefed(whose):
    def make(world, user):
        found = activity(whose)(world, user)
        questions = [{"code": "4.1", "text": "?"}]
        MeetingBriefFactory(activity_id=found["pk"], activity=None, questions=questions,
                            prepared_by=user)  # fmt: skip
        return found

    return make


def need(whose):
    def make(world, user):
        seller = world.stranger if whose == "foreign" else world.seller(user)
        return {"pk": ClientNeedFactory(client=ClientFactory(manager=seller), author=seller).pk}

    return make


def with_kind(maker, kind):
    return lambda world, user: {**maker(world, user), "kind": kind}


def moved(world, user):
    return {"pk": Rescheduling.objects.create(actor=user, before=[]).pk}


def moved_by_another(world, user):
    return {"pk": Rescheduling.objects.create(actor=world.stranger, before=[]).pk}


def day():
    return timezone.localdate().isoformat()


def reads(name, own, foreign, **more):
    """A page that all see who see the row."""
    return Row(
        f"activities:{name}",
        may=SEE,
        everywhere=EVERYWHERE,
        own=own,
        foreign=foreign,
        **more,
    )


def writes(name, own, foreign, method="post", **more):
    """A change: who sees everything but writes nothing is told so, others do not find the row."""
    see_only = {"assistant": 404}
    return Row(
        f"activities:{name}",
        method=method,
        may=WRITE,
        own=own,
        foreign=foreign,
        but_foreign=dict.fromkeys(WRITE, 404) | see_only | more.pop("but_foreign", {}),
        **more,
    )


def of(maker, **fields):
    return maker("own", **fields), maker("foreign", **fields)


def said(world, user):
    return {"outcome": "Agreed", "done_on": day()}


def planned(world, user):
    return {"kind": "call", "title": "Call", "due_on": day()}


def called(name, method, own, foreign=None, **more):
    """An address of the API that writes, or reads one row."""
    reads_only = method == "get"
    hidden = {"assistant": 404} | dict.fromkeys(WRITE, 404)
    if reads_only:
        return call(name, may=SEE, own=own, foreign=foreign, everywhere=EVERYWHERE, **more)
    return call(name, method, may=WRITE, own=own, foreign=foreign, but_foreign=hidden,
                **{"ok": 200, **more})  # fmt: skip


def client_in_body(**fields):
    """A body that names a client of one's own; who sees no clients does not find it."""

    def make(world, user):
        return {"client_id": ClientFactory(manager=world.seller(user)).pk, **fields}

    return make


def to_plan(world, user):
    return client_in_body(kind="call", title="Call", due_on=day())(world, user)


def to_log(world, user):
    return client_in_body(kind="call", title="Call", outcome="Agreed")(world, user)


DONE = {"state": "done"}
API = [
    call("list_activities", may=SEE),
    call("plan_activity", "post", may=WRITE, data=to_plan, ok=201),
    call("log_activity", "post", may=WRITE, data=to_log, ok=201),
    called("get_activity", "get", *of(activity)),
    called("complete_activity", "post", *of(activity), data=lambda w, u: {"outcome": "Agreed"}),
    called("reopen_activity", "post", *of(activity, **DONE)),
    called("reschedule_activity", "post", *of(activity), data=lambda w, u: {"due_on": day()}),
    called("cancel_activity", "post", *of(activity)),
    called("miss_activity", "post", *of(activity), data=lambda w, u: {"reason": "Ill"}),
    called("get_brief", "get", *of(activity)),
    called("keep_brief", "put", *of(activity), data=lambda w, u: {"goal": "A lot"}),
    call("list_needs", may=SEE),
    call("add_need", "post", may=WRITE, ok=201,
         data=client_in_body(text="A stock")),
    called("close_need", "post", *of(need)),
]  # fmt: skip
ROWS = [
    *API,
    Row("activities:actions", may=SEE),
    Row("activities:create", may=WRITE),
    Row("activities:log", may=WRITE),
    Row("activities:reschedule", method="post", may=WRITE, denied=403, ok=422),
    Row(
        "activities:undo-reschedule",
        method="post",
        may=WRITE,
        own=moved,
        foreign=moved_by_another,
    ),
    reads("activity", *of(activity)),
    reads("row", *of(activity)),
    reads("menu", *of(activity)),
    reads("done", *of(activity)),
    reads("miss", *of(activity)),
    reads("brief", *of(briefed)),
    reads("client", own_client, foreign_client),
    reads("panel", own_client, foreign_client),
    writes("activity", *of(activity), data=said),
    writes("done", *of(activity), data=said),
    writes("miss", *of(activity), data=lambda world, user: {"reason": "Ill"}),
    writes("cancel", *of(activity)),
    writes("resume", *of(activity, state="cancelled")),
    writes("reopen", *of(activity, **DONE)),
    writes("brief", *of(activity), data=lambda world, user: {"goal": "A lot"}),
    writes("change", *of(activity), method="get"),
    writes("change", *of(activity), data=planned),
    writes("answer", *of(briefed), ok=200,
           data=lambda world, user: {"code": "4.1", "answer": "Steel"}),
    writes("add-need", own_client, foreign_client, method="get"),
    writes("add-need", own_client, foreign_client, data=lambda world, user: {"text": "A stock"}),
    writes("close-need", *of(need), data=lambda world, user: {"state": "met"}),
    writes("capture", *(with_kind(one, "need") for one in of(activity, **DONE)), method="get"),
    writes("capture", *(with_kind(one, "need") for one in of(activity, **DONE)),
           data=lambda world, user: {"text": "A stock"}),
]  # fmt: skip
