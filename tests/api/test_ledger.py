"""Imports and totals of the ledger through the API."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from django.test import Client as Browser
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from kamerton.calc.period import Month
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger import actions, queries
from kamerton.domain.ledger.models import ImportProfile, LedgerImport, Segment
from kamerton.platform.access.models import User
from kamerton.platform.jobs import worker
from tests.api.test_schema import EXAMPLES, described
from tests.factories import UserFactory
from tests.factories.ledger import clients_for, ledger, line
from tests.flows.bad_input import REFUSED, WRONG
from tests.flows.conftest import SALES, TOTAL, sales

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}
IMPORTS = "/api/v1/imports"
JAN, FEB = dt.date(2026, 1, 10), dt.date(2026, 2, 10)
YEAR = "since=2026-01&until=2026-12"
As = Callable[..., Browser]


@pytest.fixture
def caller(as_user: As) -> Browser:
    return as_user(UserFactory(roles=["finance"]))


def send(caller: Browser, content: bytes = SALES, name: str = "sales.csv") -> Any:
    file = io.BytesIO(content)
    file.name = name
    return caller.post(IMPORTS, {"file": file})


def live_amount() -> int:
    return sum(segment.amount for segment in queries.live_segments())


def nothing_happened() -> bool:
    return not Client.objects.exists() and not Segment.objects.exists()


@pytest.mark.req("S1-18")
def test_a_file_goes_all_its_way(caller: Browser):
    sent = send(caller)
    assert sent.status_code == 201
    assert sent.json()["state"] == "uploaded"
    address = f"{IMPORTS}/{sent.json()['id']}"
    look = caller.get(f"{address}/columns").json()
    assert look["mapping"]["columns"]["amount"] == 7
    assert look["columns"][3]["samples"][0] == "ООО «Ромашка»"
    waiting = caller.post(f"{address}/check")
    assert (waiting.status_code, waiting.json()["job"]["status"]) == (202, "queued")
    worker.drain()
    checked = caller.get(address).json()
    assert (checked["state"], checked["amount"]) == ("checked", "1100.00")
    found = checked["found"]
    assert (found["clients_new"], found["may_go_in"], found["without_client"]) == (2, True, 1)
    assert found["kinds"][1] == {
        "title": "Return", "lines": 1, "amount": "-500.25", "cost": "-300.00",
    }  # fmt: skip
    assert nothing_happened()
    assert caller.post(f"{address}/publish").status_code == 202
    worker.drain()
    done = caller.get(address).json()
    assert (done["state"], done["lines"], done["job"]["status"]) == ("published", 4, "done")
    assert live_amount() == TOTAL
    assert caller.post(f"{address}/undo", {"reason": ""}, **JSON).status_code == 422
    undone = caller.post(f"{address}/undo", {"reason": "wrong period"}, **JSON)
    assert (undone.status_code, undone.json()["state"], live_amount()) == (202, "undone", 0)


def test_columns_are_named_and_learned(caller: Browser):
    pk = send(caller).json()["id"]
    columns = {"date": 0, "client_code": 2, "amount": 8}
    body = {"columns": columns, "date_order": "dmy", "profile": "by cost"}
    assert caller.post(f"{IMPORTS}/{pk}/mapping", body, **JSON).status_code == 200
    assert LedgerImport.objects.get(pk=pk).mapping["columns"] == columns
    assert ImportProfile.objects.get().name == "by cost"
    assert caller.get(f"{IMPORTS}/{pk}/columns").json()["profiles"] == ["by cost"]


@pytest.mark.parametrize(
    "body",
    [
        {"columns": {"date": 0, "client_code": 2}},
        {"columns": {"no_such_field": 0}},
        {"columns": {"date": -1}},
        {"encoding": "klingon"},
        {"sheet": "no such sheet", "header_row": 9999},
        {"date_order": "ydm"},
        {"unknown": 1},
    ],
)
def test_a_layout_that_cannot_be_is_refused(caller: Browser, body: dict[str, Any]):
    pk = send(caller).json()["id"]
    refused = caller.post(f"{IMPORTS}/{pk}/mapping", body, **JSON)
    assert refused.status_code == 422
    assert refused.json()["detail"]
    assert LedgerImport.objects.get(pk=pk).mapping is None


@pytest.mark.parametrize("name", [name for name in REFUSED if name != "a bomb"])
def test_what_cannot_be_read_is_refused_with_a_sentence(caller: Browser, name: str):
    make, sentence = REFUSED[name]
    sent = send(caller, make())
    if sent.status_code == 201:
        address = f"{IMPORTS}/{sent.json()['id']}"
        checked = caller.post(f"{address}/check")
        worker.drain()
        assert checked.status_code == 422 or caller.get(address).json()["state"] == "failed"
    else:
        assert sent.status_code == 422
        assert sentence in sent.json()["detail"]
        assert not LedgerImport.objects.exists()
    assert nothing_happened()


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_a_cell_is_named_with_place_and_remedy(caller: Browser, name: str):
    content, column, sentence = WRONG[name]
    address = f"{IMPORTS}/{send(caller, content).json()['id']}"
    assert caller.get(f"{address}/errors").json() == {"items": [], "total": 0, "more": False}
    caller.post(f"{address}/check")
    worker.drain()
    (error,) = caller.get(f"{address}/errors").json()["items"]
    assert (error["row"], error["column"]) == (30, column)
    assert sentence in error["sentence"]
    refused = caller.post(f"{address}/publish")
    assert (refused.status_code, refused.json()["code"]) == (422, "has_errors")
    assert nothing_happened()


def test_the_same_file_twice_is_refused(caller: Browser):
    address = f"{IMPORTS}/{send(caller).json()['id']}"
    caller.post(f"{address}/check")
    worker.drain()
    caller.post(f"{address}/publish")
    worker.drain()
    refused = send(caller)
    assert (refused.status_code, refused.json()["code"]) == (422, "already_imported")
    assert refused.json()["ways_out"][0]["url"] == "/ledger/imports/"


def test_a_closed_month_is_refused(caller: Browser):
    content = sales("05.09.2026;РТ-9;К-1;А;А1;Ж;2;10,00;6;Б")
    address = f"{IMPORTS}/{send(caller, content).json()['id']}"
    caller.post(f"{address}/check")
    worker.drain()
    actions.lock_month(UserFactory(roles=["finance"]), Month(2026, 9))
    refused = caller.post(f"{address}/publish")
    assert (refused.status_code, refused.json()["code"]) == (422, "month_locked")
    assert caller.get(address).json()["found"]["closed_months"] == ["2026-09"]
    assert nothing_happened()


def test_giving_up(caller: Browser):
    address = f"{IMPORTS}/{send(caller).json()['id']}"
    caller.post(f"{address}/check")
    assert caller.post(f"{address}/cancel").json()["state"] == "cancelled"
    assert worker.drain() == 0
    assert caller.post(f"{address}/publish").status_code == 422


@pytest.mark.parametrize(
    ("role", "status"),
    [
        *(("finance", 200), ("owner", 200), ("kam", 403), ("head_of_sales", 403)),
        *(("methodologist", 403), ("recruiter", 403), ("assistant", 403)),
    ],
)
def test_who_sees_imports(as_user: As, role: str, status: int):
    caller = as_user(UserFactory(roles=[role]))
    assert caller.get(IMPORTS).status_code == status
    if role != "finance":
        assert send(caller).status_code == 403
        assert not LedgerImport.objects.exists()


def test_there_is_no_such_import(caller: Browser):
    assert caller.get(f"{IMPORTS}/4711").status_code == 404
    assert caller.post(f"{IMPORTS}/4711/publish").status_code == 404


def test_the_list_costs_the_same_however_long(
    caller: Browser, django_assert_max_num_queries: Callable[..., Any]
):
    author = UserFactory(roles=["finance"])
    LedgerImport.objects.bulk_create(
        LedgerImport(name=f"{n}.csv", digest=str(n), state="undone", created_by=author)
        for n in range(60)
    )
    with django_assert_max_num_queries(8):
        body = caller.get(f"{IMPORTS}?limit=50").json()
    assert (len(body["items"]), body["total"]) == (50, 60)


def totals(caller: Browser, query: str) -> dict[str, Any]:
    answer = caller.get(f"/api/v1/ledger/totals?{query}")
    assert answer.status_code == 200, answer.content
    body: dict[str, Any] = answer.json()
    return body


@pytest.fixture
def kam() -> User:
    made: User = UserFactory()
    return made


@pytest.fixture
def two_clients(kam: User) -> dict[str, Client]:
    own = clients_for(["a"], manager=kam)
    made = own | clients_for(["b"])
    ledger(
        [
            line(JAN, "a", 100, cost=60, manager_code="Ann"),
            line(FEB, "b", 900, manager_code="Bob"),
            line(FEB, "", 7, manager_code="Bob"),
        ]
    )
    return made


def test_totals_by_month_client_and_manager(caller: Browser, two_clients: dict[str, Client]):
    months = totals(caller, YEAR)
    amounts = {item["key"]: item["amount"] for item in months["items"]}
    assert (amounts["2026-01"], amounts["2026-02"]) == ("100.00", "907.00")
    assert (months["sum"], months["without_client"]) == ("1007.00", "7.00")
    clients = totals(caller, f"by=client&{YEAR}")
    assert clients["items"] == [
        {"key": str(two_clients["b"].pk), "name": "b", "amount": "900.00"},
        {"key": str(two_clients["a"].pk), "name": "a", "amount": "100.00"},
    ]
    profit = totals(caller, f"by=client&base=gross_profit&{YEAR}")["items"]
    assert [item["amount"] for item in profit] == ["40.00", None]
    managers = totals(caller, f"by=manager&{YEAR}")["items"]
    assert [(item["name"], item["amount"]) for item in managers] == [
        ("Bob", "907.00"), ("Ann", "100.00"),
    ]  # fmt: skip
    assert len(totals(caller, f"by=client&limit=1&offset=1&{YEAR}")["items"]) == 1


def test_a_seller_sees_his_own_totals_only(as_user: As, kam: User, two_clients: dict[str, Client]):
    caller = as_user(kam)
    own = totals(caller, f"by=client&{YEAR}")
    assert [item["name"] for item in own["items"]] == ["a"]
    assert own["without_client"] is None
    assert totals(caller, YEAR)["sum"] == "100.00"
    assert totals(caller, f"by=manager&{YEAR}")["items"] == []


@pytest.mark.parametrize("role", ["methodologist", "recruiter"])
def test_who_may_not_see_money_gets_none(as_user: As, role: str):
    caller = as_user(UserFactory(roles=[role]))
    assert caller.get(f"/api/v1/ledger/totals?{YEAR}").status_code == 403


@pytest.mark.parametrize(
    "query", ["since=2026-02&until=2026-01", "since=2026-13", "base=tea", "by=week", "limit=0"]
)
def test_a_question_that_cannot_be_is_refused(caller: Browser, query: str):
    refused = caller.get(f"/api/v1/ledger/totals?{query}")
    assert refused.status_code == 422
    assert refused["Content-Type"] == "application/problem+json"


@pytest.fixture
def token(as_user: As) -> str:
    """Somebody who imports, with a file that is sent and one that is in the ledger."""
    caller = as_user(UserFactory(roles=["finance"]))
    send(caller)
    clients_for(["a"])
    ledger([line(JAN, "a", 100)])
    return str(caller.defaults["HTTP_AUTHORIZATION"])


@described.include(path_regex="/(imports|ledger)").parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_description_is_true_for_who_imports(case: schemathesis.Case, token: str) -> None:
    """A rule of the business may refuse (422) what the description allows."""
    case.call_and_validate(
        headers={"Authorization": token}, excluded_checks=[positive_data_acceptance]
    )
