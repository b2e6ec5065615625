"""The list of clients, its views and files."""

import csv
import io

import openpyxl
import pytest

from kamerton.domain.accounts.models import Client, ClientGroup, SavedView
from kamerton.platform.audit.models import AuditEntry
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def head():
    return UserFactory(roles=["head_of_sales"])


@pytest.fixture
def ann(head):
    return UserFactory(full_name="Ann Bell", supervisor=head)


def shown(browser, query=""):
    return browser.get(f"/clients/{query}").content.decode()


def test_a_seller_sees_his_own_and_the_teams_clients_and_no_others(as_user, ann, head):
    ClientFactory(name="Mine Ltd", manager=ann)
    ClientFactory(name="Peer Ltd", manager=UserFactory(supervisor=head))
    ClientFactory(name="Foreign Ltd", manager=UserFactory())
    page = shown(as_user(ann))
    assert "Mine Ltd" in page
    assert "Peer Ltd" in page
    assert "Foreign Ltd" not in page
    assert page.count('name="client"') == 1  # only his own can be ticked


def test_search_answers_htmx_with_the_table_alone(as_user, ann):
    ClientFactory(name="Ёлка", manager=ann)
    ClientFactory(name="Дуб", manager=ann)
    htmx = {"HX-Request": "true", "HX-Target": "list"}
    page = as_user(ann).get("/clients/?search=ЕЛК", headers=htmx).content.decode()
    assert "Ёлка" in page
    assert "Дуб" not in page
    assert "<html" not in page


def test_a_group_holds_all_its_members(as_user, ann):
    group = ClientGroup.objects.create(name="Holding")
    for name in ("Mother", "Daughter"):
        ClientFactory(name=name, manager=ann, group=group)
    ClientFactory(name="Stranger", manager=ann)
    page = shown(as_user(ann), f"?group={group.pk}")
    assert "Mother" in page
    assert "Daughter" in page
    assert "Stranger" not in page
    assert "Remove the filter: Holding" in page


@pytest.mark.parametrize("sort", ["name", "-manager", "revenue", "-revenue", "nonsense"])
def test_any_order_shows_all(as_user, ann, sort):
    for name in ("Alpha", "Beta"):
        ClientFactory(name=name, manager=ann)
    page = shown(as_user(ann), f"?sort={sort}")
    assert "Alpha" in page
    assert "Beta" in page


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=99999999999", "?page=x", "?manager=x&group=-1"]
)
def test_odd_addresses_do_no_harm(as_user, ann, query):
    ClientFactory(name="Alpha", manager=ann)
    assert as_user(ann).get(f"/clients/{query}").status_code == 200


def test_an_empty_list_teaches(as_user, ann):
    assert "Your clients will stand here" in shown(as_user(ann))
    ClientFactory(manager=ann)
    assert "Nobody fits these filters" in shown(as_user(ann), "?search=zzz")


def test_the_head_is_told_of_clients_that_nobody_holds(as_user, head):
    ClientFactory(name="Orphan")
    assert "1 client is held by nobody." in shown(as_user(head))
    assert "Orphan" in shown(as_user(head), "?unassigned=1")


def test_queries_do_not_grow_with_the_rows(as_user, ann, django_assert_max_num_queries):
    group = ClientGroup.objects.create(name="Holding")
    browser = as_user(ann)
    ClientFactory(manager=ann, group=group)
    browser.get("/clients/")
    for _ in range(40):
        ClientFactory(manager=ann, group=group)
    with django_assert_max_num_queries(24):
        assert browser.get("/clients/").status_code == 200
    htmx = {"HX-Request": "true", "HX-Target": "list"}
    with django_assert_max_num_queries(14):
        assert browser.get("/clients/", headers=htmx).status_code == 200


def test_views_are_kept_and_forgotten(as_user, ann):
    browser = as_user(ann)
    answer = browser.post("/clients/views/", {"name": "Perm", "region": "Perm", "sort": "-name"})
    assert answer["Location"] == "/clients/?region=Perm&sort=-name"
    ClientFactory(manager=ann, region="Perm")
    assert "Perm" in shown(browser, "?region=Perm&sort=-name")
    view = SavedView.objects.get()
    as_user(UserFactory()).post(f"/clients/views/{view.pk}/forget/")
    assert SavedView.objects.exists()
    browser.post(f"/clients/views/{view.pk}/forget/")
    assert not SavedView.objects.exists()


def test_the_list_leaves_as_a_file_and_that_is_noted(as_user, ann):
    ClientFactory(name='=HYPERLINK("http://evil")', manager=ann, region="Perm")
    ClientFactory(name="Other", manager=ann, region="Ural")
    browser = as_user(ann)
    answer = browser.get("/clients/export/?region=Perm")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet.max_row == 2
    assert (sheet["A2"].data_type, sheet["A2"].value) == ("s", '=HYPERLINK("http://evil")')
    answer = browser.get("/clients/export/?region=Perm&format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert next(iter(list(csv.reader(io.StringIO(text)))[1])).startswith("'=")
    rows = list(AuditEntry.objects.order_by("pk").values_list("action", "after__rows"))
    assert rows == [("accounts.clients_exported", 1)] * 2


@pytest.mark.req("S1-56")
def test_contacts_leave_up_to_the_limit_of_the_role(as_user, ann, head):
    client = ClientFactory(manager=ann)
    ContactPersonFactory.create_batch(51, client=client)
    ContactPersonFactory(client=ClientFactory(manager=UserFactory(supervisor=head)))
    refused = as_user(ann).get("/clients/export/?what=contacts")
    assert refused.status_code == 403
    assert "at most 50" in refused.content.decode()
    assert not AuditEntry.objects.exists()
    given = as_user(head).get("/clients/export/?what=contacts")
    assert openpyxl.load_workbook(io.BytesIO(given.content)).active.max_row == 53
    assert AuditEntry.objects.get().after["rows"] == 52


def test_the_archive_is_a_filter(as_user, ann):
    ClientFactory(name="Gone", manager=ann, archived_at="2026-01-01T00:00Z")
    assert "Gone" not in shown(as_user(ann))
    assert "Gone" in shown(as_user(ann), "?archived=1")
    assert Client.objects.count() == 1
