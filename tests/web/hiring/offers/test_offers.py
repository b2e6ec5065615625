"""An offer on its way: written, approved by whom it may, sent with a plan only, answered."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Application, Offer
from tests.factories.hiring import an_application, an_offer_text

pytestmark = pytest.mark.django_db


def filled(**changed):
    text = an_offer_text()
    sections = {f"section_{code}": words for code, words in text.sections.items()}
    given = {
        "pay": "120 000",
        "answer_by": f"{timezone.localdate() + dt.timedelta(days=5)}",
        "track": text.track,
        "motive": text.motive,
        "adaptation_risk": text.adaptation_risk,
    }
    return sections | given | changed


def write(as_user, kim, application, **changed):
    return as_user(kim).post(f"/hiring/candidates/{application.pk}/offer/", filled(**changed))


def test_an_offer_is_drafted_and_read_as_the_candidate_will(as_user, kim, ready):
    application = ready("Ann Best")
    page = as_user(kim).get(f"/hiring/candidates/{application.pk}/offer/").content.decode()
    assert "Valves for plants since 2010" in page  # what the vacancy tells already
    answer = write(as_user, kim, application)
    offer = Offer.objects.get()
    assert (answer.status_code, offer.state, offer.pay) == (302, "draft", 120_000_00)
    text = as_user(kim).get(f"/hiring/offers/{offer.pk}/").content.decode()
    assert "Role and mandate: agreed" in text
    assert "not planned" in text
    again = write(as_user, kim, application, pay="125000")
    assert (again.status_code, Offer.objects.get().pay) == (302, 125_000_00)


@pytest.mark.req("S3-41", "S3-43", "S3-44", "S3-45")
@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"section_advantages": ""}, "required"),
        ({"section_role": " "}, "required"),
        ({"pay": "a lot"}, "number"),
        ({"pay": "0"}, "has a pay"),
        ({"track": "sideways"}, "valid choice"),
        ({"motive": ""}, "required"),
        ({"answer_by": "2020-01-01"}, "still to come"),
        ({"answer_by": "soon"}, "valid date"),
        ({"section_now": "For young women only"}, "speaks of"),
    ],
)
def test_a_spoilt_offer_keeps_what_was_typed(as_user, kim, ready, changed, words):
    application = ready("Ann Best")
    answer = write(as_user, kim, application, **changed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert "Used to a larger company" in text
    assert not Offer.objects.exists()


@pytest.mark.req("S0-35", "S1-42", "S3-13")
def test_who_is_not_ready_gets_no_offer(as_user, kim, vacancy):
    bare = an_application(vacancy, stage="selected")
    page = as_user(kim).get(f"/hiring/candidates/{bare.pk}/offer/").content.decode()
    assert "It is too early for an offer." in page
    answer = write(as_user, kim, bare)
    assert (answer.status_code, Offer.objects.count()) == (422, 0)


@pytest.mark.req("S3-40")
def test_beyond_the_band_the_owner_approves(as_user, kim, head, owner, ready):
    write(as_user, kim, ready("Ann"), pay="200000")
    offer = Offer.objects.get()
    assert offer.state == "pending"
    url = f"/hiring/offers/{offer.pk}/approve/"
    refused = as_user(head).post(url)
    assert (refused.status_code, Offer.objects.get().state) == (403, "pending")
    assert url not in as_user(head).get(f"/hiring/offers/{offer.pk}/").content.decode()
    assert "Ann" in as_user(owner).get("/hiring/offers/").content.decode()
    as_user(owner).post(url)
    assert Offer.objects.get().state == "approved"


@pytest.mark.req("S0-39")
def test_without_a_planned_probation_nothing_is_sent(as_user, kim, head, ready, planned):
    application = ready("Ann")
    write(as_user, kim, application)
    offer = Offer.objects.get()
    as_user(head).post(f"/hiring/offers/{offer.pk}/approve/")
    url = f"/hiring/offers/{offer.pk}/send/"
    mail.outbox.clear()
    refused = as_user(kim).post(url, {"way": "mail"})
    assert (refused.status_code, Offer.objects.get().state, mail.outbox) == (422, "approved", [])
    assert f"/hiring/candidates/{application.pk}/probation/" in refused.content.decode()
    planned(application)
    sent = as_user(kim).post(url, {"way": "mail"})
    assert (sent.status_code, Offer.objects.get().state) == (302, "sent")
    (letter,) = mail.outbox
    assert "Role and mandate: agreed" in letter.body
    assert Application.objects.get(pk=application.pk).stage == "offer"


@pytest.fixture
def sent(kim, head, ready, planned):
    application = ready("Ann")
    offer = actions.make_offer(kim, application, text=an_offer_text())
    planned(application)
    actions.approve_offer(head, offer)
    return actions.send_offer(kim, offer, by_mail=False)


def test_the_answer_moves_the_candidate(as_user, kim, sent):
    url = f"/hiring/offers/{sent.pk}/answer/"
    mute = as_user(kim).post(url, {"accepted": "no", "note": ""})
    assert (mute.status_code, Offer.objects.get().state) == (422, "sent")
    assert as_user(kim).post(url, {"accepted": "maybe"}).status_code == 422
    as_user(kim).post(url, {"accepted": "yes", "note": "Likes the team"})
    offer = Offer.objects.get()
    assert (offer.state, offer.application.stage) == ("accepted", "accepted")
    text = as_user(kim).get(f"/hiring/offers/{sent.pk}/").content.decode()
    assert "Accepted." in text


def test_a_decline_keeps_its_reason(as_user, kim, sent):
    given = {"accepted": "no", "note": "A counter-offer"}
    as_user(kim).post(f"/hiring/offers/{sent.pk}/answer/", given)
    offer = Offer.objects.get()
    assert (offer.state, offer.application.stage) == ("declined", "withdrawn")
    assert "A counter-offer" in as_user(kim).get(f"/hiring/offers/{sent.pk}/").content.decode()


def test_an_offer_is_taken_back_with_a_reason(as_user, head, sent):
    url = f"/hiring/offers/{sent.pk}/take-back/"
    assert as_user(head).post(url, {"reason": ""}).status_code == 422
    assert Offer.objects.get().state == "sent"
    as_user(head).post(url, {"reason": "The seat is gone"})
    offer = Offer.objects.get()
    assert (offer.state, offer.application.stage) == ("cancelled", "selected")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_offer_is_a_pdf_in_the_vacancys_language(as_user, kim, sent, vacancy, language):
    vacancy.language = language
    vacancy.save()
    answer = as_user(kim).get(f"/hiring/offers/{sent.pk}/offer.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert len(answer.content) > 5_000


def test_the_panel_and_the_list_ask_few_queries(
    as_user, kim, sent, ready, django_assert_max_num_queries
):
    panel = f"/hiring/candidates/{sent.application_id}/offers/"
    assert f"/hiring/offers/{sent.pk}/" in as_user(kim).get(panel).content.decode()
    with django_assert_max_num_queries(22) as few:
        as_user(kim).get("/hiring/offers/")
    for number in range(4):
        actions.make_offer(kim, ready(f"Next {number}"), text=an_offer_text())
    with django_assert_max_num_queries(len(few.captured_queries)):
        as_user(kim).get("/hiring/offers/")


def test_what_is_not_there_is_not_found(as_user, kim):
    for address in ("offers/7/", "offers/7/offer.pdf", "candidates/7/offer/"):
        assert as_user(kim).get(f"/hiring/{address}").status_code == 404
