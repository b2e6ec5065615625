"""Hiring as people live it: a candidate with his phone, then the choice and the first weeks."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.actions import SessionText
from kamerton.domain.hiring.models import (
    Application,
    CandidateForm,
    Consent,
    InterviewSession,
    Invitation,
    Vacancy,
)
from kamerton.domain.hiring.queries import SlotPlan
from kamerton.platform.access.models import User
from tests.factories import UserFactory
from tests.factories.hiring import ANSWERS, a_candidate, an_application, an_open_vacancy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHOICES = {
    "buyer_level": "Director of a function",
    "education": "Degree in business",
    "papers": "I prepare and check them myself",
    "motive": "Growth",
}


@pytest.fixture
def kim(company: Any) -> User:
    return UserFactory(roles=["recruiter"], full_name="Kim Recruiter")


@pytest.fixture
def phone(page: Page) -> Page:
    page.set_viewport_size({"width": 390, "height": 844})
    return page


def no_sideways_scroll(phone: Page) -> None:
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def fill_the_form(phone: Page) -> None:
    """Answer every question as a person does: words typed, choices ticked."""
    for code, value in ANSWERS.items():
        if code not in CHOICES:
            phone.locator(f"[name={code}]").fill(value)
    for words in CHOICES.values():
        phone.get_by_label(words).first.check()


def slots_of_a_day(kim: User, vacancy: Vacancy) -> list[InterviewSession]:
    """Half hours of the next Monday, one person each."""
    today = timezone.localdate()
    day = today + dt.timedelta(days=7 - today.weekday())
    like = SessionText("individual", interviewers=(kim,), place="Office 5, Tver")
    return actions.make_sessions(kim, vacancy, plan=SlotPlan(day, day), like=like)


def consents_and_sends_the_form(phone: Page, address: str, application: Application) -> None:
    """Without consent nothing goes on and nothing is kept; with it the form goes."""
    phone.goto(address)
    no_sideways_scroll(phone)
    phone.get_by_role("button", name="Agree and begin").click()
    expect(phone.get_by_text("without it we keep nothing")).to_be_visible()
    form = CandidateForm.objects.get(application=application)
    assert (form.consented_at, form.draft, form.answers) == (None, {}, {})
    assert not Consent.objects.exists()

    phone.get_by_role("checkbox", name="I agree that").check()
    phone.get_by_role("button", name="Agree and begin").click()
    expect(phone.get_by_role("button", name="Send the form")).to_be_visible()
    fill_the_form(phone)
    no_sideways_scroll(phone)
    phone.get_by_role("button", name="Send the form").click()
    expect(phone.get_by_text("What comes next")).to_be_visible()
    form.refresh_from_db()
    application.refresh_from_db()
    assert form.submitted_at is not None
    assert Consent.objects.exists()
    assert application.stage == "passed"


def calendar_holds(phone: Page, session: InterviewSession) -> None:
    """The link gives a calendar with the time of the slot."""
    link = phone.get_by_role("link", name="Add to my calendar")
    answer = phone.request.get(phone.evaluate("link => link.href", link.element_handle()))
    assert answer.headers["content-type"].startswith("text/calendar")
    with phone.expect_download() as file:
        link.click()
    downloaded = file.value.path().read_text()
    assert downloaded.startswith("BEGIN:VCALENDAR")
    assert f"DTSTART:{session.starts_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}" in downloaded


@pytest.mark.req("S0-26", "S0-28", "S0-29", "S0-31")
def test_a_candidate_with_a_phone_agrees_books_moves_and_comes(
    phone: Page, live_server: Any, sign_in: Any, kim: User
) -> None:
    vacancy = an_open_vacancy(kim)
    person = a_candidate(full_name="Ann Orlova", created_by=kim)
    application = an_application(vacancy, candidate=person)
    slots = slots_of_a_day(kim, vacancy)
    _form, token = actions.send_form(kim, application)
    form_link = live_server.url + reverse("candidate:form", args=[token])
    consents_and_sends_the_form(phone, form_link, application)

    invitation, token = actions.invite(kim, application)
    phone.goto(live_server.url + reverse("candidate:booking", args=[token]))
    no_sideways_scroll(phone)
    phone.get_by_role("button", name="09:30").click()
    expect(phone.get_by_text("We expect you.").first).to_be_visible()
    calendar_holds(phone, slots[1])
    phone.get_by_role("button", name="10:30").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("10:30")
    calendar_holds(phone, slots[3])
    no_sideways_scroll(phone)
    invitation.refresh_from_db()
    assert (invitation.session, invitation.state, invitation.moves) == (slots[3], "confirmed", 1)

    comes_to_the_door(phone, live_server, sign_in, kim, invitation)


def comes_to_the_door(
    phone: Page, live_server: Any, sign_in: Any, kim: User, invitation: Invitation
) -> None:
    """The hour has come: the recruiter marks him on her phone with one touch."""
    began = timezone.now() - dt.timedelta(minutes=5)
    InterviewSession.objects.filter(pk=invitation.session_id).update(
        starts_at=began, ends_at=began + dt.timedelta(minutes=30)
    )
    sign_in(kim)
    day = timezone.localdate(began).isoformat()
    phone.goto(f"{live_server.url}{reverse('hiring:check-in')}?day={day}")
    no_sideways_scroll(phone)
    phone.get_by_role("button", name="Here: Ann Orlova").click()
    expect(phone.get_by_text("1 of 1 came")).to_be_visible()
    expect(phone.get_by_role("button", name="Undo: Ann Orlova")).to_be_visible()
    invitation.refresh_from_db()
    assert invitation.state == Invitation.State.CAME
    assert Application.objects.get(pk=invitation.application_id).stage == "showed"
