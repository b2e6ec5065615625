"""Clients in a real browser: many at once with undo, a card, its people."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from kamerton.domain.accounts.models import Client
from kamerton.platform.access.models import User
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def head(company, sign_in) -> User:
    person = UserFactory(roles=["head_of_sales"], full_name="Hal Head")
    sign_in(person)
    return person


@pytest.fixture
def ann(head: User) -> User:
    return UserFactory(full_name="Ann Bell", supervisor=head)


@pytest.fixture
def bob(head: User) -> User:
    return UserFactory(full_name="Bob Cole", supervisor=head)


def test_many_clients_change_hands_and_come_back(page: Page, live_server, ann, bob):
    for name in ("Acme", "Bolt", "Cord"):
        ClientFactory(name=name, manager=ann)
    page.goto(f"{live_server.url}/clients/")
    page.keyboard.press("/")
    page.keyboard.type("O")  # Bolt, Cord
    expect(page.get_by_role("rowheader", name="Acme")).to_have_count(0)
    page.get_by_label("all 2 found").check()
    page.get_by_role("button", name="Assign").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Manager").select_option("Bob Cole")
    dialog.get_by_role("button", name="Show what changes").click()
    expect(dialog).to_contain_text("2 clients will change.")
    dialog.get_by_role("button", name="Change", exact=True).click()
    expect(page.get_by_text("2 clients changed.")).to_be_visible()
    assert Client.objects.filter(manager=bob).count() == 2
    assert page.url.endswith("search=O") or "search=O" in page.url
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 clients put back.")).to_be_visible()
    assert Client.objects.filter(manager=ann).count() == 3


def test_leaving_the_search_or_a_filter_keeps_the_ticks_in_the_list(page: Page, live_server, ann):
    for name in ("Acme", "Bolt", "Cord"):
        ClientFactory(name=name, manager=ann)
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if "search=" in sent.url else None)
    page.goto(f"{live_server.url}/clients/")
    page.get_by_role("searchbox", name="Search").press_sequentially("o")
    expect(page.get_by_role("rowheader", name="Acme")).to_have_count(0)
    bolt = page.get_by_label("Choose Bolt")
    bolt.check()  # takes the focus out of the search
    page.get_by_label("State").focus()
    page.wait_for_timeout(500)
    expect(bolt).to_be_checked()
    assert len(asked) == 1
    page.get_by_role("searchbox", name="Search").press("Enter")  # asked for: the list is drawn anew
    expect(bolt).not_to_be_checked()
    page.get_by_role("checkbox", name="Nobody holds").check()
    expect(page.get_by_role("rowheader", name="Bolt")).to_have_count(0)
    expect(page.get_by_role("checkbox", name="Nobody holds")).to_be_checked()


def test_the_inn_is_checked_and_a_person_is_added_in_place(page: Page, live_server, head, ann):
    client = ClientFactory(name="Acme", manager=ann)
    page.goto(f"{live_server.url}/clients/{client.pk}/edit/")
    page.get_by_label("INN").press_sequentially("7707083894")
    expect(page.get_by_text("has a wrong control digit")).to_be_visible()
    page.get_by_label("INN").fill("7707083893")
    expect(page.get_by_text("control digits of the INN are right")).to_be_visible()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(rf"/clients/{client.pk}/$"))
    page.locator("#contacts-panel").get_by_role("button", name="Person").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Full name").fill("Olga Sokolova")
    dialog.get_by_label("Phone", exact=False).first.fill("12")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("is not a phone number")).to_be_visible()
    dialog.locator("input[name=phone]").fill("8 912 345-67-89")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator("#contacts-panel")).to_contain_text("+79123456789")
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page: Page, live_server, ann, width):
    client = ClientFactory(
        name="Acme", manager=ann, inn="7707083893", company_key_since="2026-01-01"
    )
    other = ClientFactory(name="Acme Ltd", manager=ann, inn="7707083893", region="Perm")
    ContactPersonFactory(client=client)
    page.set_viewport_size({"width": width, "height": 844})
    addresses = ("", "?company_key=1", "new/", "groups/", "duplicates/")
    pages = [f"/clients/{tail}" for tail in addresses]
    pages += [f"/clients/{client.pk}/{tail}" for tail in ("edit/", f"merge/{other.pk}/")]
    for address in pages:
        page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        found = Axe().run(page).response["violations"]
        named = [(address, rule["id"], rule["nodes"][0]["html"]) for rule in found]
        assert named == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
