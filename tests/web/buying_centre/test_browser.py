"""The map in a real browser: nine people, the missing role in red, keys, drag, both themes."""

import pytest
from playwright.sync_api import Page, expect

from kamerton.domain.buying_centre.models import Member
from kamerton.platform.access.models import Company
from tests.factories import ClientFactory, UserFactory
from tests.factories.buying_centre import due, met, nine_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GRAPH = "document.querySelector('kamerton-centre').graph"


def until(page: Page, what: str) -> None:
    """Wait for something of the map; the content policy refuses the browser's own waiting."""
    for _ in range(200):
        if page.evaluate(f"Boolean({GRAPH} && {what})"):
            return
        page.wait_for_timeout(50)
    raise AssertionError(what)


@pytest.fixture
def ann():
    Company.objects.create(name="Kamerton Test")
    return UserFactory(full_name="Ann Bell")


@pytest.fixture
def drawn(page: Page, live_server, sign_in, ann):
    """The centre of nine people, on the screen."""
    client = ClientFactory(name="Region", manager=ann, manager_keys=1)
    made = nine_people(client)
    met(ann, made["Kravtsov Sergey"].contact)
    due(ann, made["Kravtsov Sergey"].contact)
    sign_in(ann)
    page.goto(f"{live_server.url}/clients/{client.pk}/centre/")
    page.wait_for_selector("kamerton-centre[data-ready]")
    return made


@pytest.mark.req("S4-38", "S4-42", "S4-44")
def test_nine_people_are_drawn_and_the_missing_role_is_red(page: Page, drawn):
    assert page.evaluate(f"{GRAPH}.nodes('.person').length") == 9
    assert page.evaluate(f"{GRAPH}.edges('.reports').length") == 7
    assert page.evaluate(f"{GRAPH}.nodes('.ghost').map(n => n.data('title'))") == ["Coach"]
    red = page.evaluate(
        f"[{GRAPH}.nodes('.ghost').style('border-color'),"
        " getComputedStyle(document.documentElement).getPropertyValue('--bad-mark').trim()]"
    )
    hexed = [int(red[1][at : at + 2], 16) for at in (1, 3, 5)]
    assert red[0] == f"rgb({','.join(map(str, hexed))})"
    people = page.locator("#centre-people")
    expect(people.get_by_text("no one: Coach")).to_be_visible()
    expect(people.get_by_role("link")).to_have_count(9)


def test_the_list_and_the_map_have_one_selection(page: Page, drawn):
    page.get_by_role("link", name="Melnik Olga").click()
    expect(page.locator("#person").get_by_role("heading", name="Melnik Olga")).to_be_visible()
    melnik = drawn["Melnik Olga"].pk
    assert page.evaluate(f"{GRAPH}.nodes('.chosen').data('pk')") == melnik
    page.locator(".centre-canvas").focus()
    page.keyboard.press("ArrowUp")
    panel = page.locator("#person")
    expect(panel.get_by_role("heading", name="Kravtsov Sergey")).to_be_visible()
    chosen = page.locator("[data-member][aria-current=true]")
    expect(chosen).to_contain_text("Kravtsov Sergey")


def test_a_place_is_remembered_and_filters_fade(page: Page, drawn):
    kim = drawn["Kim Anton"]
    box = page.locator(".centre-canvas").bounding_box()
    at = page.evaluate(f"{GRAPH}.$id('p{kim.pk}').renderedPosition()")
    x, y = box["x"] + at["x"], box["y"] + at["y"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 60, steps=6)
    with page.expect_response(lambda answer: answer.url.endswith("/places/")) as saved:
        page.mouse.up()
    assert saved.value.status == 204
    kim.refresh_from_db()
    place = page.evaluate(f"{GRAPH}.$id('p{kim.pk}').position()")
    assert (kim.x, kim.y) == (round(place["x"]), round(place["y"]))
    page.get_by_label("Role", exact=True).select_option("decider")
    assert page.evaluate(f"{GRAPH}.nodes('.person.faded').length") == 8
    assert page.evaluate(f"{GRAPH}.nodes('.person').length") == 9


@pytest.mark.req("S4-43")
def test_the_missing_role_is_filled_from_the_map(page: Page, drawn):
    page.locator("#centre-people").get_by_role("button", name="no one: Coach").click()
    dialog = page.get_by_role("dialog", name="Who influences the purchase?")
    expect(dialog.get_by_role("checkbox", name="Coach")).to_be_checked()
    dialog.get_by_label("Full name").fill("Elena Coach")
    dialog.get_by_role("button", name="Help me choose: Influence").click()
    dialog.get_by_role("radio", name="theirs, but never against his").check()
    for name in ("Can he stop", "Do others ask", "Whose opinion"):
        group = dialog.get_by_role("group", name=name)
        group.get_by_role("radio").first.check()
    expect(dialog.get_by_label("Influence", exact=True)).to_have_value("5")
    dialog.get_by_role("button", name="Put on the map").click()
    tasks = page.get_by_role("dialog", name="What to do with him")
    tasks.get_by_role("checkbox").first.check()
    tasks.get_by_role("button", name="Plan what is ticked").click()
    expect(tasks).to_be_hidden()
    expect(page.locator("#centre-people").get_by_text("no one: Coach")).to_be_hidden()
    until(page, f"{GRAPH}.nodes('.person').length === 10")
    assert page.evaluate(f"{GRAPH}.nodes('.ghost').length") == 0
    assert Member.objects.get(contact__full_name="Elena Coach").influence == 5


def test_a_fact_changed_in_the_panel_changes_the_map(page: Page, drawn):
    page.get_by_role("link", name="Kravtsov Sergey").click()
    panel = page.locator("#person")
    expect(panel.get_by_role("heading", name="Kravtsov Sergey")).to_be_visible()
    panel.get_by_role("button", name="Change: Attitude").click()
    panel.get_by_label("Attitude to us").select_option("1")
    panel.get_by_role("button", name="Save").click()
    expect(panel.locator(".attitude")).to_have_text("for us")
    kravtsov = drawn["Kravtsov Sergey"].pk
    until(page, f"{GRAPH}.$id('p{kravtsov}').data('attitude') === 1")
    expect(page.get_by_text("Who decides is not with us yet").first).to_be_visible()


def test_the_theme_repaints_the_map_and_the_picture_is_given(page: Page, drawn):
    before = page.evaluate(f"{GRAPH}.nodes('.person').first().style('background-color')")
    page.emulate_media(color_scheme="dark")
    until(page, f"{GRAPH}.nodes('.person').first().style('background-color') !== '{before}'")
    with page.expect_download() as given:
        page.get_by_role("button", name="PNG").click()
    assert given.value.suggested_filename.endswith(".png")
