"""A candidate on a phone: consent, the form that saves itself, a time, a file for the calendar."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from kamerton.domain.hiring.models import CandidateForm, Invitation
from tests.factories.hiring import ANSWERS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHOICES = {"buyer_level": "Director of a function", "education": "Degree in business"}
CHOICES |= {"papers": "I prepare and check them myself", "motive": "Growth"}


@pytest.fixture
def phone(page: Page) -> Page:
    page.set_viewport_size({"width": 390, "height": 844})
    return page


def looks_well(phone: Page) -> None:
    """Nothing scrolls sideways, axe finds nothing."""
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Axe().run(phone).response["violations"] == []


@pytest.mark.req("S0-26", "S0-28")
def test_the_form_is_agreed_to_typed_left_found_again_and_sent(phone: Page, live_server, linked):
    _application, token = linked
    phone.goto(f"{live_server.url}/c/form/{token}/")
    looks_well(phone)
    phone.get_by_role("button", name="Agree and begin").click()
    expect(phone.get_by_text("without it we keep nothing")).to_be_visible()
    assert CandidateForm.objects.get().consented_at is None
    phone.get_by_role("checkbox", name="I agree that").check()
    phone.get_by_role("button", name="Agree and begin").click()
    phone.get_by_label("Experience in B2B sales, years").fill("5")
    phone.get_by_label("Your part in this deal").fill("Led it alone")
    expect(phone.get_by_role("status").first).to_contain_text("Answered 2 of 17")
    looks_well(phone)
    phone.reload()
    expect(phone.get_by_label("Your part in this deal")).to_have_value("Led it alone")
    phone.get_by_role("button", name="Send the form").click()
    expect(phone.get_by_text("Answer this question.").first).to_be_visible()
    looks_well(phone)
    for code, value in ANSWERS.items():
        if code not in CHOICES:
            phone.locator(f"[name={code}]").fill(value)
    for words in CHOICES.values():
        phone.get_by_label(words).first.check()
    phone.get_by_role("button", name="Send the form").click()
    expect(phone.get_by_text("What comes next")).to_be_visible()
    form = CandidateForm.objects.get()
    assert form.submitted_at is not None and form.answers["motive"] == 1


@pytest.mark.req("S0-29")
def test_a_time_is_booked_put_into_the_calendar_and_moved(phone: Page, live_server, invited, slots):
    invitation, token = invited
    phone.goto(f"{live_server.url}/c/interview/{token}/")
    looks_well(phone)
    phone.get_by_role("button", name="09:30").click()
    expect(phone.get_by_text("We expect you.").first).to_be_visible()
    looks_well(phone)
    with phone.expect_download() as file:
        phone.get_by_role("link", name="Add to my calendar").click()
    assert "BEGIN:VEVENT" in file.value.path().read_text()
    phone.get_by_role("button", name="10:30").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("10:30")
    kept = Invitation.objects.get(pk=invitation.pk)
    assert (kept.session_id, kept.moves) == (slots[3].pk, 1)
