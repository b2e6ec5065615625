"""By keyboard and by real forms: finding, saving, closing, signing in, undoing."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kamerton.domain.accounts.models import Client
from kamerton.platform.access.models import User
from tests.factories import ClientFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "three-tall-birches"


@pytest.fixture
def head(company: Any) -> User:
    made: User = UserFactory(
        full_name="Hal Head", roles=["head_of_sales"], email="hal@example.com", password=PASSWORD
    )
    return made


@pytest.fixture
def clients(head: User, live_server: Any, sign_in: Any, page: Page) -> Page:
    """The list of three clients, seen by their head."""
    ann = UserFactory(full_name="Ann Bell", supervisor=head)
    for name in ("Acme Valves", "Bolt & Sons", "Cord Works"):
        ClientFactory(name=name, manager=ann)
    sign_in(head)
    page.goto(f"{live_server.url}/clients/")
    expect(page.locator("kamerton-palette[data-ready]")).to_be_attached()
    return page


def test_the_palette_finds_a_client_and_opens_it(clients: Page):
    clients.keyboard.press("Control+k")
    expect(clients.get_by_role("combobox", name="Find, go, create")).to_be_focused()
    clients.keyboard.type("bolt")
    found = clients.get_by_role("option", name="Bolt & Sons")
    expect(found).to_have_attribute("aria-selected", "true")
    clients.keyboard.press("Enter")
    expect(clients).to_have_url(re.compile(r"/clients/\d+/$"))
    expect(clients.get_by_role("heading", level=1)).to_have_text("Bolt & Sons")


def test_escape_closes_the_palette_and_gives_the_focus_back(clients: Page):
    clients.keyboard.press("/")
    search = clients.get_by_role("searchbox", name="Search")
    expect(search).to_be_focused()
    clients.keyboard.press("Control+k")
    dialog = clients.get_by_role("dialog", name="Find, go, create")
    expect(dialog).to_be_visible()
    clients.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(search).to_be_focused()


def test_j_walks_the_rows_and_enter_opens_one(clients: Page):
    for name in ("Acme Valves", "Bolt & Sons"):
        clients.keyboard.press("j")
        expect(clients.get_by_role("link", name=name)).to_be_focused()
    clients.keyboard.press("Enter")
    expect(clients.get_by_role("heading", level=1)).to_have_text("Bolt & Sons")


def test_slash_searches_the_list(clients: Page):
    clients.keyboard.press("/")
    clients.keyboard.type("cord")
    expect(clients.get_by_role("rowheader")).to_have_text(["Cord Works"])
    expect(clients).to_have_url(re.compile("search=cord"))


def test_control_enter_saves_the_card(clients: Page, live_server: Any):
    client = Client.objects.get(name="Acme Valves")
    clients.goto(f"{live_server.url}/clients/{client.pk}/edit/")
    clients.get_by_label("Region").fill("Perm")
    clients.keyboard.press("Control+Enter")
    expect(clients).to_have_url(re.compile(rf"/clients/{client.pk}/$"))
    client.refresh_from_db()
    assert client.region == "Perm"


def test_a_mass_change_is_previewed_closed_made_and_undone(clients: Page):
    choose = clients.get_by_label("Choose Acme Valves")
    choose.check()
    clients.get_by_label("Choose Cord Works").check()
    clients.get_by_role("button", name="Write a field").click()
    dialog = clients.get_by_role("dialog", name="Write a field on the chosen cards")
    expect(dialog).to_be_visible()
    clients.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(choose).to_be_checked()
    clients.get_by_role("button", name="Write a field").click()
    dialog.get_by_label("New value").fill("Perm")
    dialog.get_by_role("button", name="Show what changes").click()
    expect(dialog.get_by_text("2 clients will change.")).to_be_visible()
    assert not Client.objects.filter(region="Perm").exists()
    dialog.get_by_role("button", name="Change", exact=True).click()
    said = clients.get_by_role("status").filter(has_text="2 clients changed.")
    expect(said).to_be_visible()
    assert Client.objects.filter(region="Perm").count() == 2
    said.get_by_role("button", name="Undo").click()
    expect(clients.get_by_text("2 clients put back.")).to_be_visible()
    assert not Client.objects.filter(region="Perm").exists()


def test_theme_and_language_survive_a_reload(clients: Page):
    clients.get_by_role("button", name="Hal Head").click()
    clients.get_by_role("button", name="Dark", exact=True).click()
    clients.get_by_role("button", name="Русский").click()
    expect(clients.locator("html")).to_have_attribute("lang", "ru")
    clients.reload()
    expect(clients.locator("html")).to_have_attribute("lang", "ru")
    expect(clients.locator("html")).to_have_attribute("data-theme", "dark")
    clients.goto(clients.url.replace("/clients/", "/profile/"))
    expect(clients.locator("html")).to_have_attribute("lang", "ru")


@pytest.mark.req("S0-01")
def test_one_signs_in_and_out_by_the_forms(page: Page, live_server: Any, head: User):
    page.goto(f"{live_server.url}/clients/")
    expect(page).to_have_url(re.compile("/auth/login/"))
    page.get_by_label("E-mail").fill("hal@example.com")
    page.get_by_label("Password").fill("three-small-birches")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value("hal@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="All clients")).to_be_visible()
    page.get_by_role("button", name="Hal Head").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    page.goto(f"{live_server.url}/clients/")
    expect(page).to_have_url(re.compile("/auth/login/"))
