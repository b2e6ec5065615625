"""The card: contacts with a trace, files, claims, the form, the stop list, erasure."""

import io

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Application, Candidate, CandidateFile, CandidateForm
from kamerton.platform.audit.models import AuditEntry
from tests.factories.hiring import a_candidate, a_form, an_application, an_open_vacancy

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def text(response):
    return response.content.decode()


def card(application):
    return reverse("hiring:candidate", args=[application.pk])


def views():
    return AuditEntry.objects.filter(action="hiring.candidate_viewed").count()


@pytest.fixture
def anna(vacancy):
    person = a_candidate(full_name="Anna Orlova", phone="+79161234567", email="anna@x.example")
    return an_application(vacancy, candidate=person)


def step(browse, application, name, **given):
    """A step on the card of a person."""
    address = reverse("hiring:candidate-do", args=[application.candidate_id, name])
    return browse.post(address, given, headers=HTMX)


def test_contacts_are_shown_and_the_look_is_logged(browse, anna):
    page = text(browse.get(card(anna)))
    assert "tel:+79161234567" in page
    assert "mailto:anna@x.example" in page
    assert views() == 1
    assert "Send the vacancy letter." in page or "Call him." in page


def test_a_manager_sees_only_whom_he_is_to_assess(as_user, kam, kim, head, anna):
    assert as_user(kam).get(card(anna)).status_code == 404
    actions.assign_assessors(kim, anna, assessors=[kam, head])
    page = text(as_user(kam).get(card(anna)))
    assert "Anna Orlova" in page
    assert "candidate-edit" not in page
    assert f'href="{reverse("hiring:candidates")}"' not in page


def test_the_card_walks_through_the_list_one_came_from(browse, vacancy):
    people = [
        an_application(vacancy, candidate=a_candidate(full_name=name)).candidate
        for name in ("Anna", "Boris", "Clara")
    ]
    address = reverse("hiring:person", args=[people[1].pk])
    page = text(browse.get(f"{address}?vacancy={vacancy.pk}&sort=name"))
    for person in (people[0], people[2]):
        there = reverse("hiring:person", args=[person.pk])
        assert f'href="{there}?vacancy={vacancy.pk}&amp;sort=name"' in page


@pytest.mark.req("S1-48")
def test_a_claim_is_noted_checked_and_holds_the_person(browse, as_user, head, anna):
    step(browse, anna, "claim", text="Grew a client from 2 to 9 million")
    (claim,) = anna.candidate.claims.all()
    address = reverse("hiring:claim", args=[anna.candidate_id, claim.pk])
    assert browse.post(address, {"state": "refuted"}, headers=HTMX).status_code == 422
    claim.refresh_from_db()
    assert claim.state == "open"
    browse.post(address, {"state": "refuted", "source": "His chief"}, headers=HTMX)
    assert "On hold." in text(browse.get(card(anna)))
    refused = browse.post(address, {"state": "confirmed", "source": "He says"}, headers=HTMX)
    assert refused.status_code == 403
    claim.refresh_from_db()
    assert claim.state == "refuted"
    as_user(head).post(address, {"state": "confirmed", "source": "Papers seen"}, headers=HTMX)
    assert "On hold." not in text(browse.get(card(anna)))


def test_references_and_claims_stand_on_the_card(browse, anna):
    step(browse, anna, "reference", who="His chief", said="Keeps his word", on="2026-11-01")
    assert "Keeps his word" in text(browse.get(card(anna)))
    spoilt = step(browse, anna, "reference", who="His chief", said="X", on="yesterday")
    assert spoilt.status_code == 422
    assert anna.candidate.references.count() == 1


def test_a_cv_is_attached_after_a_look_and_given_out_to_be_saved(browse, anna):
    address = reverse("hiring:file-add", args=[anna.candidate_id])
    browse.post(address, {"file": SimpleUploadedFile("cv.pdf", b"%PDF-1.7 my life")})
    kept = CandidateFile.objects.get()
    before = views()
    answer = browse.get(reverse("hiring:file", args=[anna.candidate_id, kept.pk]))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 my life"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert views() == before + 1


@pytest.mark.parametrize("content", [b"\x7fELF\x00\x01 program", b""])
def test_what_is_no_cv_is_refused(browse, anna, content):
    address = reverse("hiring:file-add", args=[anna.candidate_id])
    sent = SimpleUploadedFile("cv.pdf", content)
    assert browse.post(address, {"file": sent}).status_code == 422
    assert browse.post(address, {}).status_code == 422
    assert not CandidateFile.objects.exists()


def test_the_file_of_another_person_is_not_found(browse, vacancy, anna):
    other = an_application(vacancy).candidate
    actions.add_file(
        anna.created_by, anna.candidate, upload=io.BytesIO(b"%PDF-1.7 x"), name="cv.pdf"
    )
    kept = CandidateFile.objects.get()
    assert browse.get(reverse("hiring:file", args=[other.pk, kept.pk])).status_code == 404


@pytest.mark.req("S0-23")
def test_the_letter_goes_with_the_personal_link_which_works(browse, client, anna):
    address = reverse("hiring:send", args=[anna.pk, "letter"])
    assert "Valves for plants" in text(browse.get(address, headers=HTMX))
    assert browse.post(address, headers=HTMX)["HX-Redirect"] == card(anna)
    (letter,) = mail.outbox
    link = next(word for word in letter.body.split() if "/c/form/" in word)
    assert client.get(link).status_code == 200
    assert "Vacancy letter" in text(browse.get(card(anna)))


def test_a_letter_that_lacks_a_block_is_not_sent(browse, vacancy, anna):
    type(vacancy).objects.filter(pk=vacancy.pk).update(letter={})
    answer = browse.post(reverse("hiring:send", args=[anna.pk, "letter"]), headers=HTMX)
    assert answer.status_code == 422
    assert "is not sent without" in text(answer)
    assert not mail.outbox
    assert not CandidateForm.objects.exists()


@pytest.mark.req("S0-26")
def test_the_link_is_shown_once_to_be_sent_by_messenger(browse, client, anna):
    answer = text(browse.post(reverse("hiring:send", args=[anna.pk, "form"]), headers=HTMX))
    link = answer.split('data-copy="')[1].split('"')[0]
    assert client.get(link).status_code == 200
    assert not mail.outbox
    anna.refresh_from_db()
    assert anna.stage == "form_sent"
    assert browse.post(reverse("hiring:send", args=[anna.pk, "else"])).status_code == 404


def test_answers_are_shown_and_those_in_words_are_marked(browse, kim, anna):
    a_form(kim, anna)
    page = text(browse.get(card(anna)))
    assert "A lost tender" in page
    address = reverse("hiring:answer-mark", args=[anna.pk, "case"])
    assert "Call, listen, reckon" in text(browse.get(address, headers=HTMX))
    assert browse.post(address, {"mark": "7"}, headers=HTMX).status_code == 422
    assert CandidateForm.objects.get().marks == {}
    browse.post(address, {"mark": "0.75"}, headers=HTMX)
    assert CandidateForm.objects.get().marks == {"case": 0.75}
    unknown = reverse("hiring:answer-mark", args=[anna.pk, "nonsense"])
    assert browse.get(unknown, headers=HTMX).status_code == 404


@pytest.mark.req("S0-27")
def test_who_was_knocked_out_is_brought_back_by_the_head_with_a_reason(
    browse, as_user, kim, head, anna
):
    a_form(kim, anna, experience="1")
    assert "Knocked out." in text(browse.get(card(anna)))
    address = reverse("hiring:application-do", args=[anna.pk, "back"])
    assert browse.post(address, {"reason": "x"}, headers=HTMX).status_code == 403
    assert as_user(head).post(address, {"reason": " "}, headers=HTMX).status_code == 422
    anna.refresh_from_db()
    assert anna.stage == "knocked_out"
    as_user(head).post(address, {"reason": "Led a plant"}, headers=HTMX)
    anna.refresh_from_db()
    assert anna.stage == "form_done"


@pytest.mark.req("S0-19")
def test_the_stop_list_is_lifted_by_the_head_alone(browse, as_user, kim, head, vacancy):
    actions.stop_company(kim, name="Kickback LLC", reason="Kickbacks")
    one = an_application(vacancy, candidate=a_candidate(employer="Kickback LLC"))
    address = reverse("hiring:application-do", args=[one.pk, "clear"])
    assert address not in text(browse.get(card(one)))
    assert browse.post(address, {"reason": "x"}, headers=HTMX).status_code == 403
    assert address in text(as_user(head).get(card(one)))
    as_user(head).post(address, {"reason": "Left before it began"}, headers=HTMX)
    assert "Left before it began" in text(browse.get(card(one)))
    assert Application.objects.get().stop_cleared_by == head


@pytest.mark.parametrize("name", ["erase", "withdraw"])
def test_an_erased_person_leaves_figures_alone(browse, kim, anna, name):
    a_form(kim, anna)
    assert step(browse, anna, name, reason=" ").status_code == 422
    assert Candidate.objects.get().full_name
    step(browse, anna, name, reason="Asked for it")
    page = text(browse.get(card(anna)))
    assert "Anna Orlova" not in page
    assert "A lost tender" not in page
    assert "Erased" in page
    assert reverse("hiring:candidate-edit", args=[anna.candidate_id]) not in page
    edit = reverse("hiring:candidate-edit", args=[anna.candidate_id])
    assert browse.get(edit).status_code == 404


def test_a_person_is_put_down_and_known_again(browse, vacancy):
    given = {"full_name": "Anna Orlova", "phone": "8 916 123-45-67", "vacancy": vacancy.pk}
    made = browse.post(reverse("hiring:candidate-new"), given)
    one = Application.objects.get()
    assert made["Location"] == card(one)
    again = browse.post(reverse("hiring:candidate-new"), given | {"full_name": "A. Orlova"})
    assert again.status_code == 422
    assert reverse("hiring:person", args=[one.candidate_id]) in text(again)
    assert Candidate.objects.count() == 1


@pytest.mark.parametrize(
    "given",
    [{}, {"full_name": "Anna"}, {"full_name": "A", "email": "x"}, {"full_name": "A" * 300}],
)
def test_a_person_nobody_could_know_again_is_not_put_down(browse, given):
    answer = browse.post(reverse("hiring:candidate-new"), given)
    assert answer.status_code == 422
    assert not Candidate.objects.exists()


def test_what_is_known_is_changed_and_what_is_typed_stays_on_a_refusal(browse, anna):
    address = reverse("hiring:candidate-edit", args=[anna.candidate_id])
    assert "Anna Orlova" in text(browse.get(address))
    given = {"full_name": "Anna Orlova", "phone": "+79161234567", "pay_wanted": "150 000"}
    answer = browse.post(address, given | {"experience_years": "99"})
    assert answer.status_code == 422
    assert 'value="150 000"' in text(answer)
    browse.post(address, given | {"known_clients": "Acme\n\nVega", "experience_years": "5"})
    person = Candidate.objects.get()
    assert (person.pay_wanted, person.known_clients) == (15_000_000, ["Acme", "Vega"])


def test_a_person_comes_into_another_vacancy(browse, kim, anna):

    other = an_open_vacancy(kim)
    address = reverse("hiring:candidate-apply", args=[anna.candidate_id])
    answer = browse.post(address, {"vacancy": other.pk}, headers=HTMX)
    one = Application.objects.get(vacancy=other)
    assert answer["HX-Redirect"] == card(one)
    page = text(browse.get(card(one)))
    assert card(anna) in page
    assert browse.post(address, {"vacancy": "0"}, headers=HTMX).status_code == 422
