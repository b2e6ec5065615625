"""One client: card, people, team, history."""

import datetime as dt

import pytest

from kamerton.domain.accounts.actions import assign_manager, change_client
from kamerton.domain.accounts.models import Client, ContactPerson
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory

pytestmark = pytest.mark.django_db
INN = "7707083893"
HTMX = {"HX-Request": "true"}
MAY_1 = dt.date(2026, 5, 1)


@pytest.fixture
def head():
    return UserFactory(roles=["head_of_sales"], full_name="Hal Head")


@pytest.fixture
def ann(head):
    return UserFactory(full_name="Ann Bell", supervisor=head)


@pytest.fixture
def bob(head):
    return UserFactory(full_name="Bob Cole", supervisor=head)


def filled(client=None, **given):
    fields = {
        "kind": "organisation",
        "name": "Acme",
        "sector": "b2b",
        "procurement": "free",
        "state": "active",
        "phase": "farmer",
        "origin": "company",
        "service_model": "single",
    }
    if client:
        fields |= {"name": client.name, "updated_at": client.updated_at.isoformat()}
    return fields | given


def test_a_client_is_written(as_user, ann):
    answer = as_user(ann).post("/clients/new/", filled(inn=INN, code="C1", service_only="on"))
    client = Client.objects.get()
    assert answer["Location"] == f"/clients/{client.pk}/"
    assert (client.inn, client.manager, client.service_only) == (INN, ann, True)
    assert client.codes.get().code == "C1"


def test_a_wrong_form_keeps_what_was_written(as_user, ann):
    answer = as_user(ann).post("/clients/new/", filled(inn="7707083894", region="Perm"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "control digit" in page
    assert 'value="Perm"' in page
    assert not Client.objects.exists()


def test_a_client_that_is_there_is_offered_instead(as_user, ann):
    there = ClientFactory(manager=ann, name="First", inn=INN)
    answer = as_user(ann).post("/clients/new/", filled(inn=INN, region="Perm"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f'href="/clients/{there.pk}/"' in page
    assert 'value="Perm"' in page
    assert Client.objects.count() == 1


def test_a_card_is_changed(as_user, ann):
    client = ClientFactory(manager=ann, name="Acme")
    answer = as_user(ann).post(f"/clients/{client.pk}/edit/", filled(client, region="Perm"))
    assert answer.status_code == 302
    client.refresh_from_db()
    assert client.region == "Perm"


def test_what_another_wrote_meanwhile_is_shown_and_nothing_is_lost(as_user, ann, head):
    client = ClientFactory(manager=ann, name="Acme")
    mine = filled(client, region="Perm")
    change_client(head, client, region="Ural")
    browser = as_user(ann)
    answer = browser.post(f"/clients/{client.pk}/edit/", mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ural" in page
    assert 'value="Perm"' in page
    client.refresh_from_db()
    assert client.region == "Ural"
    again = mine | {"updated_at": client.updated_at.isoformat()}
    assert again["updated_at"] in page
    assert browser.post(f"/clients/{client.pk}/edit/", again).status_code == 302
    client.refresh_from_db()
    assert client.region == "Perm"


def test_a_lost_client_says_why(as_user, ann):
    client = ClientFactory(manager=ann)
    answer = as_user(ann).post(f"/clients/{client.pk}/edit/", filled(client, state="lost"))
    assert answer.status_code == 422
    assert "Say why the client is lost" in answer.content.decode()


def test_a_colleague_reads_the_panels_and_does_not_edit(as_user, ann, bob):
    client = ClientFactory(manager=ann, region="Perm")
    browser = as_user(bob)
    assert "Perm" in browser.get(f"/clients/{client.pk}/card/").content.decode()
    assert browser.get(f"/clients/{client.pk}/edit/").status_code == 403
    assert browser.post(f"/clients/{client.pk}/edit/", filled(client)).status_code == 403


@pytest.mark.parametrize("panel", ["card", "contacts", "team", "log", "edit"])
def test_a_foreign_client_is_not_there(as_user, ann, panel):
    foreign = ClientFactory(manager=UserFactory())
    assert as_user(ann).get(f"/clients/{foreign.pk}/{panel}/").status_code == 404


def test_the_inn_is_looked_at_while_it_is_typed(as_user, ann):
    ClientFactory(manager=ann, name="Ёлка-Торг", inn=INN)
    browser = as_user(ann)
    assert "control digit" in browser.get("/clients/inn/?inn=7707083894").content.decode()
    page = browser.get(f"/clients/inn/?inn={INN}").content.decode()
    assert "are right" in page
    assert "Ёлка-Торг" in page
    assert "Ёлка-Торг" in browser.get("/clients/inn/?name=елка").content.decode()
    assert (
        "Ёлка-Торг" not in as_user(UserFactory()).get(f"/clients/inn/?inn={INN}").content.decode()
    )


def test_people_are_added_changed_and_put_away(as_user, ann):
    client = ClientFactory(manager=ann)
    browser = as_user(ann)
    person = {"full_name": "Olga", "level": "top", "status": "active", "phone": "8 912 345 67 89"}
    answer = browser.post(f"/clients/{client.pk}/contacts/new/", person, headers=HTMX)
    assert (answer.status_code, "contacts-changed" in answer["HX-Trigger"]) == (204, True)
    contact = ContactPerson.objects.get()
    path = f"/clients/{client.pk}/contacts/{contact.pk}/"
    page = browser.get(path, headers=HTMX).content.decode()
    assert "+79123456789" in page
    wrong = browser.post(path, person | {"phone": "12"}, headers=HTMX)
    assert (wrong.status_code, "not a phone number" in wrong.content.decode()) == (422, True)
    panel = f"/clients/{client.pk}/contacts/"
    assert "Everything hangs on one person" in browser.get(panel).content.decode()
    browser.post(f"{path}archive/", headers=HTMX)
    assert "Olga" not in browser.get(panel).content.decode()
    assert "Olga" in browser.get(f"{panel}?archived=1").content.decode()


def test_a_foreign_contact_is_not_reached_through_an_own_client(as_user, ann):
    own = ClientFactory(manager=ann)
    contact = ContactPersonFactory(client=ClientFactory(), full_name="Secret")
    for method in ("get", "post"):
        answer = getattr(as_user(ann), method)(f"/clients/{own.pk}/contacts/{contact.pk}/")
        assert answer.status_code == 404


@pytest.mark.req("S0-15")
def test_the_head_changes_the_manager_with_a_reason_the_second_time(as_user, head, ann, bob):
    client = ClientFactory(manager=ann)
    assign_manager(head, client, manager=bob, since=MAY_1)
    browser = as_user(head)
    path = f"/clients/{client.pk}/team/assign/"
    assert "changed 1 time in 12 months" in browser.get(path, headers=HTMX).content.decode()
    sent = {"manager": ann.pk, "since": "2026-07-01"}
    refused = browser.post(path, sent, headers=HTMX)
    assert refused.status_code == 422
    assert "Give the reason" in refused.content.decode()
    client.refresh_from_db()
    assert client.manager == bob
    assert browser.post(path, sent | {"reason": "ill"}, headers=HTMX).status_code == 204
    client.refresh_from_db()
    assert client.manager == ann
    log = browser.get(f"/clients/{client.pk}/log/").content.decode()
    for words in ("Manager changed", "Ann Bell", "Bob Cole", "ill"):
        assert words in log


@pytest.mark.req("S3-61")
def test_the_manager_makes_up_his_team(as_user, ann, bob):
    client = ClientFactory(manager=ann, service_model="team")
    browser = as_user(ann)
    sent = {"user": bob.pk, "role": "operational_manager", "since": "2026-05-01"}
    assert browser.post(f"/clients/{client.pk}/team/join/", sent, headers=HTMX).status_code == 204
    page = browser.get(f"/clients/{client.pk}/team/").content.decode()
    assert "Operational manager" in page
    part = client.assignments.get(user=bob)
    browser.post(f"/clients/{client.pk}/team/{part.pk}/leave/", headers=HTMX)
    assert "Bob Cole" not in browser.get(f"/clients/{client.pk}/team/").content.decode()
    owner = client.assignments.get(user=ann)
    gone = browser.post(f"/clients/{client.pk}/team/{owner.pk}/leave/", headers=HTMX)
    assert gone.status_code == 404


def test_the_archive_and_back(as_user, head, ann):
    client = ClientFactory(manager=ann, name="Acme")
    browser = as_user(head)
    answer = browser.post(f"/clients/{client.pk}/archive/", follow=True)
    assert f"/clients/{client.pk}/restore/" in answer.content.decode()
    client.refresh_from_db()
    assert client.archived_at
    browser.post(f"/clients/{client.pk}/restore/")
    client.refresh_from_db()
    assert client.archived_at is None


@pytest.mark.parametrize("panel", ["card", "contacts", "team", "log"])
def test_panels_take_a_fixed_number_of_queries(
    as_user, head, ann, panel, django_assert_max_num_queries
):
    client = ClientFactory(manager=ann)
    browser = as_user(head)
    ContactPersonFactory.create_batch(10, client=client)
    for region in "abcdef":
        change_client(ann, client, region=region)
    with django_assert_max_num_queries(15):
        assert browser.get(f"/clients/{client.pk}/{panel}/").status_code == 200
