"""Who is key: the curve, the company's register, managers' lists, evidence; pages and API."""

import datetime as dt

from kamerton.domain.methodology.queries import version_row
from kamerton.domain.segmentation.actions import add_evidence
from kamerton.domain.segmentation.actions.evidence import KnownMark
from kamerton.domain.segmentation.models import CompanyKey, Restatement
from kamerton.platform.access.models import User
from tests.factories import ClientFactory
from tests.factories.segmentation import WHOLESALER, assessed, manager_key
from tests.web.matrix.accounts import EVERYWHERE, foreign, own
from tests.web.matrix.row import Row

SEE = {"kam", "account_manager", "head_of_sales", "owner", "finance", "methodologist"}
WHOLE = {"head_of_sales", "owner", "finance"}
SELL, LIST = {"kam", "account_manager", "head_of_sales"}, {"kam", "account_manager"}
PROPOSE = {"head_of_sales", "owner"}
UNSEEN = dict.fromkeys(("recruiter", "assistant"), 404)
OF_OTHERS = UNSEEN | dict.fromkeys(SELL, 404)  # a foreign row is not there for them
MINUTES = {"minutes": "Committee, point 1"}


def counted(world=None, user=None):
    """Figures there are, of nobody."""
    year = {"since": dt.date(2025, 7, 1), "until": dt.date(2026, 6, 30)}
    Restatement.objects.create(
        **year,
        as_of=dt.date(2026, 7, 1),
        ledger_version=0,
        methodology=version_row(1),
        base="revenue",
        state="current",
    )
    return {}


def client(maker):
    def make(world, user):
        counted()
        return maker(world, user)

    return make


def entry(whose, state="proposed", **fields):
    """An entry of the company's register."""

    def make(world, user):
        counted()
        seller = world.stranger if whose == "foreign" else world.seller(user)
        decided = {"decided_by": world.people["owner"], "minutes": "Committee, point 0"}
        made = CompanyKey.objects.create(
            client=ClientFactory(manager=seller),
            state=state,
            proposed_by=world.people["head_of_sales"],
            methodology=version_row(1),
            **({} if state == "proposed" else decided),
            **fields,
        )
        return {"pk": made.pk}

    return make


def listed(whose, state, step=None):
    """An entry of a manager's list."""

    def make(world, user):
        seller = world.stranger if whose == "foreign" else world.seller(user)
        key = manager_key(seller, ClientFactory(manager=seller), state=state)
        return {"pk": key.pk, **({"step": step} if step else {})}

    return make


def judged(world, user):
    """A client that its manager may take: assessed, and worth it against his plan."""
    seller = world.seller(user)
    User.objects.filter(pk=seller.pk).update(year_plan=1_000_000)
    made = ClientFactory(manager=seller)
    assessed(seller, made, WHOLESALER)
    return {"pk": made.pk}


def wish(world, user):
    return {"attainable_gap": "500000", "tier": "maintain"}


def marks(world, user):
    given = {code: str(mark) for code, mark in WHOLESALER.items()}
    return given | {f"{code}_comment": "seen" for code in WHOLESALER}


def mark(world, user):
    return {"item": "partner:framework", "mark": "1", "note": "Contract 12"}


def wallet(world, user):
    said = {"amount": "5000000", "source": "client", "confidence": "70"}
    return said | {"sourcing": "free", "note": "Their buyer"}


def evidence(whose):
    def make(world, user):
        seller = world.stranger if whose == "foreign" else world.seller(user)
        made = ClientFactory(manager=seller)
        known = KnownMark("partner", "framework", 1, "Contract 12")
        return {"pk": made.pk, "mark": add_evidence(seller, made, known=known).pk}

    return make


def reason(world, user):
    return {"reason": "for the test"}


def minutes(**more):
    return lambda world, user: MINUTES | more


def decision(name, state, **fields):
    """Only the owner decides; who does not see the client finds nothing."""
    return Row(
        f"segmentation:{name}",
        method="post",
        may={"owner"},
        everywhere={"owner"},
        own=entry("own", state, **fields),
        foreign=entry("foreign", state, **fields),
        data=minutes(verdict="confirm"),
        but_foreign=dict.fromkeys(SELL, 404),
    )


def move(step, state, may):
    return Row(
        "segmentation:key-move",
        method="post",
        may=may,
        own=listed("own", state, step),
        foreign=listed("foreign", state, step),
        data=reason,
        but=UNSEEN,
        but_foreign=OF_OTHERS,
    )


def of_client(name, method, may, **more):
    """What is written about one client."""
    return Row(
        f"segmentation:{name}",
        method=method,
        may=may,
        **({"own": own, "foreign": foreign} | more),
    )


PAGES = [
    Row("segmentation:pareto", may=WHOLE),
    Row("segmentation:weights", may=WHOLE),
    Row("segmentation:pareto-export", may=WHOLE),
    Row("segmentation:company-keys", may=SEE),
    Row("segmentation:company-propose", method="post", may=PROPOSE, own=counted),
    Row(
        "segmentation:company-key",
        may=SEE,
        everywhere=EVERYWHERE,
        own=entry("own"),
        foreign=entry("foreign"),
    ),
    decision("company-decide", "proposed"),
    decision("company-renew", "confirmed"),
    decision("company-remove", "confirmed", failed_half_years=2),
    Row("segmentation:differences", may=SEE),
    Row("segmentation:watch", may=SEE),
    Row("segmentation:portfolio", may=SEE),
    Row("segmentation:my-keys", may=SEE),
    of_client("assess", "get", SELL),
    of_client("assess", "post", LIST, data=marks, but_foreign={"head_of_sales": 404}),
    of_client("influence", "get", SELL),
    of_client(
        "key-propose",
        "post",
        LIST,
        own=judged,
        data=wish,
        but={"recruiter": 404},
        but_foreign=OF_OTHERS,
    ),
    move("submit", "draft", LIST),
    move("confirm", "submitted", {"head_of_sales"}),
    move("return", "submitted", {"head_of_sales"}),
    move("release", "confirmed", SELL),
    move("suspend", "confirmed", SELL),
    move("resume", "suspended", LIST),
    of_client(
        "client-panel",
        "get",
        SEE,
        everywhere=EVERYWHERE,
        but={"recruiter": 404},
        but_foreign=UNSEEN,
    ),
    of_client("evidence-add", "get", SELL),
    of_client("evidence-add", "post", SELL, data=mark, ok=200),
    of_client("wallet-add", "get", SELL),
    of_client("wallet-add", "post", SELL, data=wallet, ok=200),
    of_client(
        "evidence-withdraw",
        "post",
        SELL,
        own=evidence("own"),
        foreign=evidence("foreign"),
        data=reason,
        ok=200,
        but={"recruiter": 404},
        but_foreign=UNSEEN,
    ),
    of_client(
        "register",
        "post",
        PROPOSE,
        own=client(own),
        foreign=client(foreign),
        data=reason,
        ok=200,
        everywhere={"owner"},
        but={"recruiter": 404},
        but_foreign=OF_OTHERS,
    ),
]


def call(name, method="get", **more):
    """An address of the API: strangers get 401, bodies are JSON."""
    return Row(f"api:{name}", method=method, anonymous=401, json=method != "get", **more)


def about(maker, more):
    """A body that names a client."""
    return lambda world, user: {"client_id": maker(world, user)["pk"], **more}


GRADES = {"marks": WHOLESALER, "comments": dict.fromkeys(WHOLESALER, "seen")}
GAP = {"attainable_gap": "500000.00", "tier": "maintain"}
TO_LIST = {"ok": 200, "but_foreign": dict.fromkeys(SELL, 404)}


def step(name, state, may, **more):
    return call(
        name,
        "post",
        may=may,
        **({"own": listed("own", state), "foreign": listed("foreign", state)} | TO_LIST | more),
    )


API = [
    call("list_company_keys", may=SEE),
    call(
        "propose_company_key",
        "post",
        may=PROPOSE,
        own=counted,
        data=about(own, {"reason": "x"}),
        ok=201,
        but={"recruiter": 404},
    ),
    call("propose_company_keys", "post", may=PROPOSE, own=counted, ok=200),
    call(
        "get_company_key",
        may=SEE,
        everywhere=EVERYWHERE,
        own=entry("own"),
        foreign=entry("foreign"),
    ),
    call(
        "decide_company_key",
        "post",
        may={"owner"},
        everywhere={"owner"},
        own=entry("own"),
        foreign=entry("foreign"),
        data=minutes(verdict="confirm"),
        ok=200,
        but_foreign=dict.fromkeys(SELL, 404),
    ),
    call("list_manager_keys", may=SEE),
    call("list_assessments", may=SEE),
    call(
        "assess_influence",
        "post",
        may=LIST,
        data=about(own, GRADES),
        ok=201,
        but={"recruiter": 404},
    ),
    call(
        "propose_manager_key",
        "post",
        may=LIST,
        data=about(judged, GAP),
        ok=201,
        but={"recruiter": 404},
    ),
    call(
        "get_manager_key",
        may=SEE,
        everywhere=EVERYWHERE,
        own=listed("own", "draft"),
        foreign=listed("foreign", "draft"),
    ),
    step("submit_manager_key", "draft", LIST),
    step("confirm_manager_key", "submitted", {"head_of_sales"}),
    step("return_manager_key", "submitted", {"head_of_sales"}, data=reason),
    step("release_manager_key", "confirmed", SELL, data=reason),
    call("get_pareto", may=WHOLE),
    call("get_concentration", may=WHOLE),
    call("get_retention", may=WHOLE, own=counted),
    call("get_abc_xyz", may=WHOLE, own=counted),
]
ROWS = [*PAGES, *API]
