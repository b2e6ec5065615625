"""Clients through the API: what each may see and do, own and foreign."""

import datetime as dt

import pytest

from kamerton.domain.accounts.models import Client, ClientGroup
from kamerton.platform.jobs.models import Job
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}
INN = "7707083893"


@pytest.fixture
def head():
    return UserFactory(roles=["head_of_sales"])


@pytest.fixture
def ann(head):
    return UserFactory(full_name="Ann Bell", supervisor=head)


def url(client: Client, tail: str = "") -> str:
    return f"/api/v1/clients/{client.pk}{tail}"


def test_a_list_with_filters_order_and_pages(as_user, ann):
    for name, region in (("Beta", "Perm"), ("Alpha", "Perm"), ("Gamma", "Ural")):
        ClientFactory(name=name, region=region, manager=ann)
    ClientFactory(name="Foreign")
    caller = as_user(ann)
    body = caller.get("/api/v1/clients?sort=-name&limit=2").json()
    assert [item["name"] for item in body["items"]] == ["Gamma", "Beta"]
    assert (body["total"], body["more"]) == (3, False)
    body = caller.get("/api/v1/clients?region=Perm&search=ALP").json()
    assert [item["name"] for item in body["items"]] == ["Alpha"]
    assert body["items"][0]["manager"] == {"id": ann.pk, "full_name": "Ann Bell"}


def test_a_list_takes_a_fixed_number_of_queries(as_user, ann, django_assert_num_queries):
    group = ClientGroup.objects.create(name="Holding")
    caller = as_user(ann)
    for _ in range(12):
        ClientFactory(manager=ann, group=group)
    caller.get("/api/v1/me")
    counts = []
    for limit in (2, 12):
        with django_assert_num_queries(7):  # token, roles, team ×2, page ×3
            items = caller.get(f"/api/v1/clients?limit={limit}").json()["items"]
        counts.append(len(items))
    assert counts == [2, 12]


ROLES = {  # status of GET own, team, foreign; PATCH own, team, foreign
    "kam": (200, 200, 404, 200, 403, 404),
    "head_of_sales": (200, 200, 404, 200, 200, 404),
    "owner": (200, 200, 200, 403, 403, 403),
    "finance": (200, 200, 200, 403, 403, 403),
    "methodologist": (200, 200, 200, 403, 403, 403),
    "recruiter": (404, 404, 404, 404, 404, 404),
    "assistant": (200, 404, 404, 403, 404, 404),
}


@pytest.mark.parametrize("role", ROLES)
def test_who_reads_and_writes_own_team_and_foreign(as_user, head, ann, role):
    people = {"kam": ann, "head_of_sales": head}
    caller = people.get(role) or UserFactory(roles=[role], supervisor=ann)
    rows = [
        ClientFactory(name=f"Client {i}", region="Perm", manager=manager)
        for i, manager in enumerate((ann, UserFactory(supervisor=head), UserFactory()))
    ]
    api = as_user(caller)
    reads = tuple(api.get(url(row)).status_code for row in rows)
    writes = tuple(api.patch(url(row), {"region": "Ural"}, **JSON).status_code for row in rows)
    assert reads + writes == ROLES[role]
    written = [status == 200 for status in writes]
    assert [Client.objects.get(pk=row.pk).region == "Ural" for row in rows] == written
    listed = api.get("/api/v1/clients")
    if listed.status_code == 200:
        seen = {item["id"] for item in listed.json()["items"]}
        assert seen == {row.pk for row, status in zip(rows, reads, strict=True) if status == 200}
    else:
        assert listed.status_code == 403


def test_make_and_change(as_user, ann):
    caller = as_user(ann)
    made = caller.post("/api/v1/clients", {"name": "Acme", "inn": INN, "code": "C1"}, **JSON)
    assert made.status_code == 201
    pk = made.json()["id"]
    assert made.json()["manager"]["id"] == ann.pk
    again = caller.post("/api/v1/clients", {"name": "Acme", "inn": INN}, **JSON)
    assert (again.status_code, again.json()["code"]) == (409, "already_there")
    assert again.json()["ways_out"][0]["url"] == f"/clients/{pk}/"
    changed = caller.patch(f"/api/v1/clients/{pk}", {"region": "Perm"}, **JSON).json()
    assert (changed["region"], changed["inn"], changed["name"]) == ("Perm", INN, "Acme")


def test_a_field_that_is_wrong_is_named(as_user, ann):
    caller = as_user(ann)
    answer = caller.post("/api/v1/clients", {"name": "A", "inn": "7707083894"}, **JSON)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "inn"
    assert "control digit" in answer.json()["detail"]
    answer = caller.post("/api/v1/clients", {"name": "A", "segment": "key"}, **JSON)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "body.body.segment")
    assert not Client.objects.exists()


def test_if_match_keeps_what_another_wrote(as_user, ann, head):
    client = ClientFactory(manager=ann, region="Perm")
    caller = as_user(ann)
    seen = caller.get(url(client))["ETag"]
    other = as_user(head).patch(url(client), {"region": "Ural"}, **JSON)
    stale = caller.patch(url(client), {"region": "X"}, headers={"If-Match": seen}, **JSON)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    client.refresh_from_db()
    assert client.region == "Ural"
    fresh = {"If-Match": other.json()["updated_at"]}
    assert caller.patch(url(client), {"region": "X"}, headers=fresh, **JSON).status_code == 200
    odd = {"If-Match": "yesterday"}
    assert caller.patch(url(client), {"region": "Y"}, headers=odd, **JSON).status_code == 409


def test_people_of_a_client(as_user, ann):
    client, foreign = ClientFactory(manager=ann), ClientFactory()
    caller = as_user(ann)
    body = {"full_name": "Olga", "phone": "8 912 345-67-89", "email": "olga@example.com"}
    made = caller.post(url(client, "/contacts"), body, **JSON)
    assert (made.status_code, made.json()["phone"]) == (201, "+79123456789")
    contact = url(client, f"/contacts/{made.json()['id']}")
    changed = caller.patch(contact, {"position": "Buyer"}, **JSON).json()
    assert (changed["position"], changed["email"]) == ("Buyer", "olga@example.com")
    assert caller.get(url(client, "/contacts")).json()["total"] == 1
    assert caller.delete(contact).json()["archived_at"]
    assert caller.get(url(client, "/contacts")).json()["total"] == 0
    stranger = ContactPersonFactory(client=foreign)
    for path in (url(foreign, f"/contacts/{stranger.pk}"), url(client, f"/contacts/{stranger.pk}")):
        assert caller.patch(path, {"position": "Boss"}, **JSON).status_code == 404
    stranger.refresh_from_db()
    assert stranger.position == ""


def test_assign(as_user, head, ann):
    bob = UserFactory(supervisor=head)
    client = ClientFactory(manager=ann)
    body = {"manager_id": bob.pk, "since": "2026-05-01"}
    assert as_user(ann).post(url(client, "/assignments"), body, **JSON).status_code == 403
    caller = as_user(head)
    made = caller.post(url(client, "/assignments"), body, **JSON)
    assert (made.status_code, made.json()["user"]["id"]) == (201, bob.pk)
    again = caller.post(url(client, "/assignments"), body, **JSON)
    assert (again.status_code, again.json()["code"]) == (422, "already_held")
    body["manager_id"] = UserFactory().pk
    assert caller.post(url(client, "/assignments"), body, **JSON).status_code == 404
    history = caller.get(url(client, "/assignments")).json()
    assert [row["until"] for row in history["items"]] == [None, "2026-04-30"]


def test_merge_and_undo(as_user, head, ann):
    survivor = ClientFactory(manager=ann, region="Perm")
    absorbed = ClientFactory(manager=ann, region="Ural", code="C2")
    body = {"absorbed_id": absorbed.pk, "choices": {"region": "absorbed"}}
    assert as_user(ann).post(url(survivor, "/merge"), body, **JSON).status_code == 403
    assert not Job.objects.exists()
    caller = as_user(head)
    made = caller.post(url(survivor, "/merge"), body, **JSON)
    assert (made.status_code, made.json()["survivor"]["region"]) == (201, "Ural")
    assert caller.get(url(absorbed)).json()["merged_into_id"] == survivor.pk
    assert Job.objects.get().task.endswith("restate_standings")
    undone = caller.post(f"/api/v1/merges/{made.json()['id']}/undo")
    assert (undone.status_code, undone.json()["id"]) == (200, absorbed.pk)
    assert caller.post(f"/api/v1/merges/{made.json()['id']}/undo").status_code == 404


def test_archive_restore_groups_duplicates(as_user, head, ann):
    client, key = ClientFactory(manager=ann), ClientFactory(manager=ann, manager_keys=1)
    caller = as_user(head)
    assert caller.post(url(client, "/archive")).json()["archived_at"]
    assert caller.post(url(client, "/restore")).json()["archived_at"] is None
    assert caller.post(url(key, "/archive")).json()["code"] == "key_stays"
    made = caller.post("/api/v1/groups", {"name": "Holding"}, **JSON).json()
    caller.patch(url(client), {"group_id": made["id"]}, **JSON)
    assert caller.get("/api/v1/groups").json()["items"] == [made | {"size": 1}]
    assert caller.patch(url(client), {"group_id": 10**9}, **JSON).status_code == 404
    ClientFactory(manager=ann, name="Ёлка", inn=INN)
    ClientFactory(manager=ann, name="Другая", inn=INN)
    pairs = caller.get("/api/v1/clients/duplicates").json()
    assert [pair["reason"] for pair in pairs if pair["reason"] == "inn"] == ["inn"]
    assert as_user(ann).get("/api/v1/clients/duplicates").status_code == 403


@pytest.mark.req("S4-21")
def test_no_address_writes_a_key_status(as_user, ann):
    client = ClientFactory(manager=ann)
    caller = as_user(ann)
    for field in ("company_key_since", "manager_keys", "segment", "is_company_key"):
        assert caller.patch(url(client), {field: 1}, **JSON).status_code == 422
    client.refresh_from_db()
    assert (client.company_key_since, client.manager_keys, client.segment) == (None, 0, "flow")


def test_dates_and_empty_values(as_user, ann):
    client = ClientFactory(manager=ann, first_deal_on=dt.date(2020, 1, 1), delivery_points=3)
    body = {"first_deal_on": None, "delivery_points": None}
    changed = as_user(ann).patch(url(client), body, **JSON).json()
    assert (changed["first_deal_on"], changed["delivery_points"]) == (None, None)
