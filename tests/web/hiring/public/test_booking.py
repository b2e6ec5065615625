"""The candidate's interview by his link: chosen, moved, confirmed, called off, in his calendar."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Application, InterviewSession, Invitation, Vacancy
from tests.factories.hiring import an_application, an_open_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rested():
    cache.clear()


@pytest.fixture
def phone():
    return Client()


def page_of(token):
    return reverse("candidate:booking", args=[token])


def now_of(invitation):
    return Invitation.objects.select_related("application").get(pk=invitation.pk)


@pytest.mark.req("S0-29", "S0-30")
def test_free_times_are_shown_by_day_in_the_companys_clock(phone, invited, slots):
    shown = phone.get(page_of(invited[1]))
    text = shown.content.decode()
    assert shown.status_code == 200
    assert text.count('name="session"') == len(slots) == 16
    assert ">9:00<" in text.replace("09:00", "9:00") and "UTC+3" in text
    assert shown["Referrer-Policy"] == "same-origin"


@pytest.mark.req("S0-29")
def test_a_time_is_booked_and_stands_on_the_page_with_its_place(phone, invited, slots):
    invitation, token = invited
    done = phone.post(page_of(token), {"session": slots[3].pk})
    assert (done.status_code, done["Location"]) == (302, page_of(token))
    kept = now_of(invitation)
    assert (kept.session_id, kept.state, kept.application.stage) == (
        *(slots[3].pk, "confirmed", "confirmed"),
    )
    text = phone.get(page_of(token)).content.decode()
    assert "We expect you" in text and "Office 5, Tver" in text
    assert "I will come" not in text
    assert f'value="{slots[3].pk}"' not in text


def test_a_link_of_the_meeting_can_be_followed_without_telling_where_from(phone, invited, slots):
    InterviewSession.objects.filter(pk=slots[0].pk).update(place="https://meet.example.com/x")
    phone.post(page_of(invited[1]), {"session": slots[0].pk})
    text = phone.get(page_of(invited[1])).content.decode()
    assert '<a href="https://meet.example.com/x" rel="noopener noreferrer"' in text
    InterviewSession.objects.filter(pk=slots[0].pk).update(place="javascript:alert(1)")
    assert 'href="javascript' not in phone.get(page_of(invited[1])).content.decode()


@pytest.mark.req("S0-29")
def test_it_is_moved_to_another_time(phone, invited, slots):
    invitation, token = invited
    phone.post(page_of(token), {"session": slots[0].pk})
    phone.post(page_of(token), {"session": slots[5].pk})
    kept = now_of(invitation)
    assert (kept.session_id, kept.moves) == (slots[5].pk, 1)
    assert slots[0].invitations.count() == 0


def test_an_invitation_with_a_time_is_confirmed(phone, kim, vacancy, slots):
    invitation, token = actions.invite(
        kim, an_application(vacancy, stage="passed"), session=slots[1]
    )
    assert "Will you come?" in phone.get(page_of(token)).content.decode()
    phone.post(page_of(token), {"do": "confirm"})
    assert now_of(invitation).state == "confirmed"


@pytest.mark.req("S0-32")
def test_the_last_place_taken_meanwhile_is_told_and_others_are_offered(
    phone, kim, vacancy, invited, slots
):
    invitation, token = invited
    seen = phone.get(page_of(token)).content.decode()
    assert f'value="{slots[2].pk}"' in seen
    actions.invite(kim, an_application(vacancy, stage="passed"), session=slots[2])
    refused = phone.post(page_of(token), {"session": slots[2].pk})
    text = refused.content.decode()
    assert refused.status_code == 409
    assert "No place is left at this time" in text
    assert f'value="{slots[2].pk}"' not in text and f'value="{slots[3].pk}"' in text
    assert now_of(invitation).session_id is None


@pytest.mark.parametrize("sent", ["", "x", "999999", "-1", "1e9", "٣", "9" * 30])
def test_a_time_that_is_not_there_is_told(phone, invited, slots, sent):
    refused = phone.post(page_of(invited[1]), {"session": sent})
    assert refused.status_code == 422
    assert "not offered any more" in refused.content.decode()
    assert now_of(invited[0]).session_id is None


def test_times_of_another_vacancy_are_not_offered(phone, kim, invited, slots):
    InterviewSession.objects.filter(pk=slots[0].pk).update(vacancy=another(kim))
    assert phone.get(page_of(invited[1])).content.decode().count('name="session"') == 15
    refused = phone.post(page_of(invited[1]), {"session": slots[0].pk})
    assert refused.status_code == 422
    assert now_of(invited[0]).session_id is None


def another(kim):
    return an_open_vacancy(kim, title="Another")


def test_confirming_before_a_time_is_chosen_is_told(phone, invited, slots):
    refused = phone.post(page_of(invited[1]), {"do": "confirm"})
    assert refused.status_code == 422
    assert "Choose a time first" in refused.content.decode()


@pytest.mark.req("S0-31")
def test_calling_off_frees_the_place_and_closes_the_link(phone, invited, slots):
    invitation, token = invited
    phone.post(page_of(token), {"session": slots[0].pk})
    phone.post(page_of(token), {"do": "decline"})
    assert (now_of(invitation).state, now_of(invitation).application.stage) == (
        *("cancelled", "passed"),
    )
    shown = phone.get(page_of(token))
    assert shown.status_code == 410
    assert "You have called off" in shown.content.decode()
    again = phone.post(page_of(token), {"session": slots[1].pk})
    assert again.status_code == 410
    assert now_of(invitation).state == "cancelled"


@pytest.mark.req("S0-29")
def test_the_calendar_file_holds_the_time_and_follows_the_move(phone, invited, slots):
    address = reverse("candidate:ics", args=[invited[1]])
    assert phone.get(address).status_code == 404
    phone.post(page_of(invited[1]), {"session": slots[0].pk})
    first = phone.get(address)
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert "interview.ics" in first["Content-Disposition"]
    assert "SEQUENCE:0" in first.content.decode()
    assert f"DTSTART:{slots[0].starts_at:%Y%m%d}T" in first.content.decode()
    phone.post(page_of(invited[1]), {"session": slots[4].pk})
    assert "SEQUENCE:1" in phone.get(address).content.decode()


def test_when_no_time_is_left_it_says_what_to_do(phone, invited):
    assert "No free time is left" in phone.get(page_of(invited[1])).content.decode()


def test_pages_that_are_over_say_why(phone, invited, slots):
    invitation, token = invited
    phone.post(page_of(token), {"session": slots[0].pk})
    past = timezone.now() - timedelta(hours=1)
    InterviewSession.objects.filter(pk=slots[0].pk).update(starts_at=past)
    assert "The interview has begun" in phone.get(page_of(token)).content.decode()
    Invitation.objects.filter(pk=invitation.pk).update(state="came")
    assert "Thank you for coming" in phone.get(page_of(token)).content.decode()
    Invitation.objects.filter(pk=invitation.pk).update(state="sent", session=slots[1])
    Vacancy.objects.update(state="closed")
    closed = phone.get(page_of(token))
    assert closed.status_code == 410
    assert "The search is over" in closed.content.decode()


def test_the_consent_is_taken_back_from_here_too(phone, invited):
    shown = phone.get(page_of(invited[1])).content.decode()
    address = reverse("candidate:withdraw", args=[invited[1]])
    assert address in shown
    phone.post(address)
    application = Application.objects.select_related("candidate").get()
    assert application.candidate.is_erased and application.stage == "withdrawn"
    assert phone.get(page_of(invited[1])).status_code == 404


def test_the_page_asks_little_of_the_database(phone, invited, slots, django_assert_max_num_queries):
    phone.get(page_of(invited[1]))
    with django_assert_max_num_queries(8):
        phone.get(page_of(invited[1]))
