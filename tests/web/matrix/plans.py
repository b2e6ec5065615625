"""Plans: pages and API."""

import datetime as dt
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from kamerton.calc.period import Month
from kamerton.domain.plans import actions
from kamerton.domain.plans.actions import CompanyActionText, RiskText
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.flows.exchange_plan import write_book
from tests.factories import ClientFactory
from tests.factories.plans import WORSE, a_plan, an_action, month_plan
from tests.web.matrix.accounts import EVERYWHERE, foreign, own
from tests.web.matrix.row import Row

SEE = {
    *("kam", "account_manager", "head_of_sales", "owner", "finance", "methodologist", "assistant"),
}
SELL = {"kam", "account_manager", "head_of_sales"}
JUDGE = {"head_of_sales", "owner"}
BOTH = SELL | JUDGE
DAY = dt.date(2099, 1, 1)
NEXT = str(Month.of(timezone.localdate()) + 1)
RISK = RiskText("Rate", 3, 4, "Corridor")


def plan(whose, state="draft", key="pk", of="client", **extra):
    """A plan of the seller's client; the address has the client's number, or the plan's."""

    def make(world, user):
        seller = world.stranger if whose == "foreign" else world.seller(user)
        made = a_plan(seller, ClientFactory(manager=seller))
        actions.add_part(seller, made, text=WORSE)
        if state != "draft":
            actions.submit_plan(seller, made)
        if state == "approved":
            PerspectivePlan.objects.filter(pk=made.pk).update(
                state="approved",
                approved_by=seller.supervisor,
                approved_at=timezone.now(),
                next_review_on=DAY,
            )
        made.refresh_from_db()
        named = made.client_id if of == "client" else made.pk
        more = {name: value(made, seller) for name, value in extra.items() if callable(value)}
        return {key: named} | {n: v for n, v in extra.items() if not callable(v)} | more

    return make


def risk(made, seller):
    return actions.add_part(seller, made, text=RISK).pk


def wait(made, seller):
    return an_action(made, due_on=timezone.localdate()).pk


def cost(made, seller):
    text = CompanyActionText("Logistics", "Stock", DAY, 100)
    made_part = made.supplier_actions.create(
        department=text.department, title=text.title, due_on=DAY, cost=100
    )
    return made_part.pk


def allowed(made, seller):
    pk = cost(made, seller)
    made.supplier_actions.filter(pk=pk).update(state="approved")
    return pk


def month(maker, there=False):
    def make(world, user):
        found = maker(world, user)
        if there:
            seller = world.stranger if maker is foreign else world.seller(user)
            client = seller.assignments.get(client=found["pk"]).client
            month_plan(client, Month.parse(NEXT).first_day, 10_000)
        return found | {"kind": "month", "start": NEXT}

    return make


def data(**given):
    return lambda world, user: given


def book(world, user):
    seller = world.seller(user)
    made = a_plan(seller, ClientFactory(manager=seller))
    content = BytesIO(write_book(seller, made)).read()
    return {"file": SimpleUploadedFile("plan.xlsx", content), "trial": "on"}


RISK_DATA = {"text": "Rate", "probability": "3", "impact": "4", "response": "Corridor"}
LEVELS = {"minimum": "100", "target": "200", "stretch": "300"}
REASON = {"reason": "for the test"}


def page(name, may=SEE, *, everywhere=EVERYWHERE, maker=plan, **more):
    """A GET of one client's plan; who sees the team sees it to read."""
    extra = {name: more.pop(name) for name in list(more) if name not in Row.__dataclass_fields__}
    return Row(
        f"plans:{name}",
        may=may,
        everywhere=everywhere,
        own=maker("own", **extra),
        foreign=maker("foreign", **extra),
        **more,
    )


def edit(name, may=SELL, method="post", state="draft", **more):
    """A change of a plan: on a row that is not theirs they find nothing."""
    extra = {name: more.pop(name) for name in list(more) if name not in Row.__dataclass_fields__}
    return Row(
        f"plans:{name}",
        method=method,
        may=may,
        own=plan("own", state, **extra),
        foreign=plan("foreign", state, **extra),
        everywhere=JUDGE & may & {"owner"},
        ok=more.pop("ok", 200),
        **more,
    )


def new_period(world, user):
    """A quarter to come of a client with a plan of a month."""
    seller = world.seller(user)
    client = ClientFactory(manager=seller)
    month_plan(client, Month.parse(NEXT).first_day, 100)
    year = timezone.localdate().year
    return {"client": client.pk, "period": f"year:{year}-01", "manager": seller.pk, **LEVELS}


PAGES = [
    Row("plans:perspective", may=SEE),
    Row("plans:periods", may=SEE),
    Row("plans:period-new", may=SELL),
    Row("plans:period-new", method="post", may=SELL, data=new_period, ok=204),
    Row("plans:indexes", may=SEE),
    page("plan"),
    page("tile"),
    page("three-tasks"),
    page("versions"),
    page("table"),
    page("actions-table"),
    page("document", kind="docx"),
    page("table-read", SELL, everywhere=()),
    page("text", SELL, everywhere=(), section="s3"),
    page("part-add", SELL, everywhere=(), relation="risks"),
    page("part", SELL, everywhere=(), relation="risks", part=risk),
    page("move", SELL, everywhere=(), step="submit"),
    page("action", SELL, everywhere=(), part=wait, step="drop"),
    page("company", SELL, everywhere=(), part=allowed, step="done"),
    Row("plans:period", may=SELL, own=month(own), foreign=month(foreign)),
    Row("plans:begin", method="post", may=SELL, own=own, foreign=foreign,
        but=dict.fromkeys(EVERYWHERE | {"assistant"}, 403)),
    edit("text", section="s3", data=data(vision="Ours", text_revision="")),
    edit("part-add", relation="risks", data=data(**RISK_DATA)),
    edit("part", relation="risks", part=risk, data=data(**RISK_DATA)),
    edit("part-remove", relation="risks", part=risk),
    edit("move", step="submit", data=data(revision="")),
    edit("start", state="approved"),
    edit("comment", may=BOTH, data=data(section="s1", text="Hm")),
    edit("action", state="approved", part=wait, step="drop", data=data(**REASON)),
    edit("company", may=SELL, state="approved", part=allowed, step="done", data=data(proof="1")),
    edit("table-read", data=book),
    Row("plans:period", method="post", may=SELL, own=month(own), foreign=month(foreign),
        data=data(**LEVELS), ok=204),
    Row("plans:period-remove", method="post", may=SELL, own=month(own, there=True),
        foreign=month(foreign, there=True), ok=204),
]  # fmt: skip


def call(name, method="get", **more):
    return Row(f"api:{name}", method=method, anonymous=401, json=method != "get", **more)


def of_plan(name, method="get", may=SEE, state="draft", **more):
    """An address of the API with the plan's own number."""
    extra = {name: more.pop(name) for name in list(more) if name not in Row.__dataclass_fields__}
    reading = method == "get"
    return call(
        name,
        method,
        may=may,
        own=plan("own", state, of="plan", **extra),
        foreign=plan("foreign", state, of="plan", **extra),
        everywhere=EVERYWHERE if reading else {"owner"} & set(may),
        **({} if reading else {"ok": more.pop("ok", 200)}),
        **more,
    )


API = [
    call("list_plans", may=SEE),
    call("list_period_plans", may=SEE),
    call("put_period_plan", "post", may=SELL, ok=201,
         data=lambda world, user: {
             "client_id": ClientFactory(manager=world.seller(user)).pk, "kind": "month",
             "starts_on": f"{NEXT}-01", **LEVELS,
         }),
    of_plan("get_plan"),
    of_plan("list_plan_versions"),
    of_plan("change_plan", "patch", SELL, data=data(vision="Ours")),
    of_plan("add_plan_part", "post", SELL, relation="risks", ok=201,
            data=data(text="Rate", probability=3, impact=4, response="Corridor")),
    of_plan("change_plan_part", "put", SELL, relation="risks", part=risk,
            data=data(text="Rate", probability=3, impact=4, response="Corridor")),
    of_plan("remove_plan_part", "delete", SELL, relation="risks", part=risk),
    of_plan("submit_plan", "post", SELL, data=data()),
    of_plan("approve_plan", "post", JUDGE, "review", data=data()),
    of_plan("return_plan", "post", JUDGE, "review", data=data(**REASON)),
    of_plan("revise_plan", "post", SELL, "approved", data=data(**REASON)),
    call("get_client_plan", may=SEE, own=plan("own"), foreign=plan("foreign"),
         everywhere=EVERYWHERE),
    call("create_plan", "post", may=SELL, own=own, foreign=foreign, ok=201, data=data()),
    call("get_three_tasks", may=SEE, own=own, foreign=foreign, everywhere=EVERYWHERE),
]  # fmt: skip
ROWS = PAGES + API
