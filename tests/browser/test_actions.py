"""A day's work by mouse and keyboard: done in place, moved, prepared, learned."""

import datetime as dt
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from kamerton.domain.activities.models import Activity, ClientNeed
from kamerton.domain.dossier.models import DossierAnswer
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.factories.activities import ActivityFactory, MeetingBriefFactory, contact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kam(company: Any, sign_in: Any) -> Any:
    head = UserFactory(roles=["head_of_sales"])
    made = UserFactory(full_name="Kay Kam", supervisor=head)
    sign_in(made)
    return made


@pytest.fixture
def client_(kam: Any) -> Any:
    return ClientFactory(manager=kam, name="Valves", manager_keys=1)


@pytest.fixture
def person(client_: Any) -> Any:
    return ContactPersonFactory(client=client_, full_name="Olga Orlova")


def opened(page: Page, live_server: Any, path: str) -> Page:
    page.goto(f"{live_server.url}{path}")
    expect(page.locator("html[data-ready]")).to_be_attached()
    return page


def troubles(page: Page) -> list[str]:
    return [one["id"] for one in Axe().run(page).response["violations"]]


def today(days: int = 0) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def test_an_action_is_done_in_place_and_undone(page: Page, live_server: Any, client_: Any):
    ActivityFactory(client=client_, title="Call back", due_on=today(-1))
    ActivityFactory(client=client_, title="Send papers")
    opened(page, live_server, "/activities/")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Call back")).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Send papers")).to_be_focused()
    page.get_by_role("button", name="Done: “Call back”").click()
    page.get_by_label("What came of it").fill("Wants a price")
    page.get_by_label("Next step").fill("Send the price")
    page.get_by_label("By", exact=False).first.fill(today(2).isoformat())
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").filter(has_text="Done: “Call back”")).to_be_visible()
    assert Activity.objects.get(title="Call back").outcome == "Wants a price"
    assert Activity.objects.get(title="Send the price").due_on == today(2)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("“Call back” is open again.")).to_be_visible()
    assert Activity.objects.get(title="Call back").state == "planned"


def test_marked_actions_move_together(page: Page, live_server: Any, client_: Any):
    ActivityFactory(client=client_, title="Call back", due_on=today(-1))
    ActivityFactory(client=client_, title="Send papers")
    opened(page, live_server, "/activities/")
    bar = page.get_by_text("Move what is marked to")
    expect(bar).to_be_hidden()
    for title in ("Call back", "Send papers"):
        page.get_by_role("checkbox", name=f"Mark “{title}”").check()
    expect(bar).to_be_visible()
    page.locator("#move").get_by_role("button", name="In two weeks").click()
    expect(page.get_by_text(re.compile("2 actions moved to"))).to_be_visible()
    assert set(Activity.objects.values_list("due_on", flat=True)) == {today(14)}
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 actions are back.")).to_be_visible()
    assert set(Activity.objects.values_list("due_on", flat=True)) == {today(-1), today()}


@pytest.mark.req("S1-13")
def test_a_meeting_is_prepared_held_and_its_facts_kept(
    page: Page, live_server: Any, client_: Any, person: Any
):
    meeting = ActivityFactory(client=client_, kind="meeting", title="Meet", people=[person])
    opened(page, live_server, "/activities/")
    page.get_by_role("link", name="Prepare").click()
    page.get_by_label("Goal", exact=True).fill("A trial lot")
    page.get_by_role("button", name="Keep the brief").click()
    expect(page.get_by_role("heading", name="Questions to ask")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation").first).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="What came of it").click()
    page.get_by_label("What came of it").fill("They lack a stock in the region.")
    question = meeting.brief.questions[0]
    answer = page.locator(f'[name="answer-{question["code"]}"]')
    answer.select_option(index=1) if answer.evaluate("e => e.tagName") == "SELECT" else answer.fill(
        "12"
    )
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Saved: “Meet”.")).to_be_visible()
    assert DossierAnswer.objects.get().question == question["code"]
    assert DossierAnswer.objects.get().source_contact == person


def test_a_selected_part_of_the_outcome_becomes_a_need(
    page: Page, live_server: Any, client_: Any, person: Any
):
    done = contact([person], today(), outcome="They lack a stock. We call on Friday.")
    opened(page, live_server, f"/activities/{done.pk}/")
    expect(page.locator("kamerton-capture[data-ready]")).to_be_attached()
    page.evaluate(
        """() => {
            const text = document.querySelector("[data-source]").firstChild;
            document.getSelection().setBaseAndExtent(text, 0, text, 17);
        }"""
    )
    button = page.get_by_role("button", name="Need")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="A need out of this")
    expect(dialog.get_by_label("Need")).to_have_value("They lack a stock")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("The need is written down.")).to_be_visible()
    assert ClientNeed.objects.get().text == "They lack a stock"
    page.get_by_role("button", name="Task").click()  # nothing is selected: the whole text
    title = page.get_by_role("dialog").get_by_label("What")
    expect(title).to_have_value("They lack a stock. We call on Friday.")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(
    page: Page, live_server: Any, client_: Any, person: Any, theme: Any, width: int
):
    done = contact([person], today(-1), outcome="They lack a stock.")
    ActivityFactory(client=client_, due_on=today(-2))
    meeting = ActivityFactory(client=client_, kind="meeting", people=[person])
    held = ActivityFactory(client=client_, kind="meeting", people=[person])
    questions = [{"code": "4.1", "text": "?"}]
    MeetingBriefFactory(activity=held, questions=questions)
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    found = {}
    for path in (
        "/activities/",
        f"/activities/{done.pk}/",
        f"/activities/{held.pk}/",
        f"/activities/{held.pk}/brief/",
        f"/activities/{meeting.pk}/brief/",
        f"/activities/{meeting.pk}/change/",
        "/activities/log/",
        f"/clients/{client_.pk}/activities/",
    ):
        opened(page, live_server, path)
        page.wait_for_load_state("networkidle")
        if wrong := troubles(page):
            found[path] = wrong
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert found == {}
