"""Many clients at once, duplicates, groups."""

import pytest

from kamerton.domain.accounts.models import Client, ClientGroup, MassChange
from tests.factories import ClientFactory, UserFactory

pytestmark = pytest.mark.django_db
INN = "7707083893"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def head():
    return UserFactory(roles=["head_of_sales"])


@pytest.fixture
def ann(head):
    return UserFactory(full_name="Ann Bell", supervisor=head)


@pytest.fixture
def bob(head):
    return UserFactory(full_name="Bob Cole", supervisor=head)


def test_preview_change_and_undo(as_user, head, ann, bob):
    one, two = ClientFactory(manager=ann, name="One"), ClientFactory(manager=ann, name="Two")
    key = ClientFactory(manager=bob, name="Held")
    browser = as_user(head)
    sent = {"client": [one.pk, two.pk, key.pk], "kind": "assign", "back": "/clients/?search=o"}
    first = browser.post("/clients/mass/", sent, headers=HTMX).content.decode()
    assert "Show what changes" in first
    sent |= {"asked": "1", "to-manager": bob.pk, "to-since": "2026-05-01"}
    page = browser.post("/clients/mass/", sent, headers=HTMX).content.decode()
    assert "2 clients will change." in page
    assert "holds “Held” already" in page
    assert Client.objects.filter(manager=bob).count() == 1
    done = browser.post("/clients/mass/apply/", sent, headers=HTMX)
    assert done["HX-Redirect"] == "/clients/?search=o"
    assert Client.objects.filter(manager=bob).count() == 3
    change = MassChange.objects.get()
    listed = browser.get("/clients/").content.decode()
    assert "2 clients changed. 1 was left out." in listed
    assert f"/clients/mass/{change.pk}/undo/" in listed
    browser.post(f"/clients/mass/{change.pk}/undo/", headers=HTMX)
    assert Client.objects.filter(manager=bob).count() == 1
    assert browser.post(f"/clients/mass/{change.pk}/undo/").status_code == 404


def test_all_that_is_found_is_changed(as_user, ann):
    for name in ("Acme 1", "Acme 2", "Bolt"):
        ClientFactory(manager=ann, name=name)
    sent = {"all": "1", "search": "acme", "kind": "write", "asked": "1"}
    sent |= {"to-name": "region", "to-text": "Perm"}
    as_user(ann).post("/clients/mass/apply/", sent, headers=HTMX)
    assert sorted(Client.objects.filter(region="Perm").values_list("name", flat=True)) == [
        "Acme 1",
        "Acme 2",
    ]


def test_a_refusal_stands_in_the_dialog(as_user, head, ann, bob):
    client = ClientFactory(manager=bob)
    sent = {"client": [client.pk], "kind": "assign", "asked": "1"}
    sent |= {"to-manager": bob.pk, "to-since": "2026-05-01"}
    answer = as_user(head).post("/clients/mass/apply/", sent, headers=HTMX)
    assert answer.status_code == 422
    assert "None of the chosen clients" in answer.content.decode()


def test_nothing_is_led_to_a_foreign_host(as_user, ann):
    client = ClientFactory(manager=ann)
    sent = {"client": [client.pk], "kind": "write", "asked": "1", "back": "https://evil.example/"}
    sent |= {"to-name": "region", "to-text": "Perm"}
    answer = as_user(ann).post("/clients/mass/apply/", sent)
    assert answer["Location"] == "/clients/"


def test_another_sellers_change_is_not_undone(as_user, ann, bob):
    client = ClientFactory(manager=ann)
    sent = {"client": [client.pk], "kind": "write", "asked": "1"}
    as_user(ann).post("/clients/mass/apply/", sent | {"to-name": "region", "to-text": "Perm"})
    change = MassChange.objects.get()
    assert as_user(bob).post(f"/clients/mass/{change.pk}/undo/").status_code == 404
    client.refresh_from_db()
    assert client.region == "Perm"


def test_duplicates_are_merged_and_parted_again(as_user, head, ann):
    a = ClientFactory(manager=ann, name="Acme", inn=INN, region="Perm")
    b = ClientFactory(manager=ann, name="Acme Ltd", inn=INN, industry="valves", code="C2")
    browser = as_user(head)
    assert "being compared" in browser.get("/clients/duplicates/").content.decode()
    assert "one INN" in browser.get("/clients/duplicates/", headers=HTMX).content.decode()
    page = browser.get(f"/clients/{a.pk}/merge/{b.pk}/").content.decode()
    assert "Codes that move: C2" in page
    sent = {"take-name": "absorbed", "take-industry": "absorbed"}
    answer = browser.post(f"/clients/{a.pk}/merge/{b.pk}/", sent)
    assert answer["Location"] == f"/clients/{a.pk}/"
    a.refresh_from_db()
    assert (a.name, a.region, a.industry) == ("Acme Ltd", "Perm", "valves")
    change = MassChange.objects.get()
    browser.post(f"/clients/mass/{change.pk}/undo/")
    a.refresh_from_db()
    b.refresh_from_db()
    assert (a.name, a.industry, b.merged_into) == ("Acme", "", None)


def test_a_refused_merge_says_why(as_user, head, ann):
    a, key = ClientFactory(manager=ann), ClientFactory(manager=ann, manager_keys=1)
    answer = as_user(head).post(f"/clients/{a.pk}/merge/{key.pk}/", {})
    assert answer.status_code == 422
    assert "keep this card" in answer.content.decode()
    key.refresh_from_db()
    assert key.merged_into is None


def test_pairs_that_are_not_the_same(as_user, head, ann):
    a, b = ClientFactory(manager=ann, name="Acme"), ClientFactory(manager=ann, name="Acme")
    browser = as_user(head)
    browser.post(f"/clients/{a.pk}/apart/{b.pk}/", headers=HTMX)
    assert "No duplicates" in browser.get("/clients/duplicates/", headers=HTMX).content.decode()


def test_groups(as_user, head, ann):
    browser = as_user(ann)
    browser.post("/clients/groups/", {"name": "Holding"})
    group = ClientGroup.objects.get()
    again = browser.post("/clients/groups/", {"name": "Holding"})
    assert (again.status_code, "is there already" in again.content.decode()) == (422, True)
    assert browser.post(f"/clients/groups/{group.pk}/", {"name": "X"}).status_code == 403
    as_user(head).post(f"/clients/groups/{group.pk}/", {"name": "Concern"})
    group.refresh_from_db()
    assert group.name == "Concern"
