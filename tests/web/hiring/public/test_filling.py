"""The candidate's form by its link: consent first, drafts, errors at the field, thanks."""

import logging
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Candidate, CandidateForm, Consent, Vacancy
from kamerton.platform.audit.models import AuditEntry
from kamerton.web.hiring.public import policy
from kamerton.web.hiring.public.quiet import HideLinks
from tests.factories.hiring import ANSWERS, POLICY, a_candidate, an_application

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
AGREED = {"selection": "on", "policy": policy.VERSION}


@pytest.fixture(autouse=True)
def rested():
    cache.clear()


@pytest.fixture
def phone():
    """Somebody with a browser and no account."""
    return Client()


def form_of(token):
    return reverse("candidate:form", args=[token])


def draft_of(token):
    return reverse("candidate:draft", args=[token])


@pytest.fixture
def agreed(linked):
    application, token = linked
    actions.give_consent(token, policy_version=policy.VERSION)
    return application, token


@pytest.mark.req("S0-26", "S0-28")
def test_the_link_opens_without_signing_in_and_asks_for_the_consent_first(phone, linked):
    shown = phone.get(form_of(linked[1]))
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "First, your consent" in text and policy.VERSION in text
    assert "Experience in B2B sales" not in text
    assert "checked" not in text
    assert shown["Referrer-Policy"] == "same-origin"
    assert "noindex" in shown["X-Robots-Tag"] and "no-store" in shown["Cache-Control"]
    assert 'name="robots" content="noindex' in text


@pytest.mark.req("S0-28")
@pytest.mark.parametrize(
    "sent", [{}, ANSWERS, {"reserve": "on", "policy": policy.VERSION}, {"selection": ""}]
)
def test_without_consent_nothing_is_stored_and_it_is_said_plainly(phone, linked, sent):
    refused = phone.post(form_of(linked[1]), sent | {"anything": "else"})
    assert refused.status_code == 422
    assert "without it we keep nothing" in refused.content.decode()
    form = CandidateForm.objects.get()
    assert (form.consented_at, form.draft, form.answers) == (None, {}, {})
    assert not Consent.objects.exists()


def test_a_draft_without_consent_is_refused(phone, linked):
    refused = phone.post(draft_of(linked[1]), {"experience": "5"}, **HTMX)
    assert refused.status_code == 422
    assert CandidateForm.objects.get().draft == {}


def test_consent_to_an_older_policy_is_asked_for_again(phone, linked):
    refused = phone.post(form_of(linked[1]), AGREED | {"policy": "2001-01-01"})
    assert refused.status_code == 422
    assert "read it once more" in refused.content.decode()
    assert not Consent.objects.exists()


@pytest.mark.req("S0-28")
def test_the_consent_is_kept_with_version_purposes_and_time(phone, linked):
    done = phone.post(form_of(linked[1]), AGREED | {"reserve": "on"})
    assert done.status_code == 302
    kept = {one.purpose: one.policy_version for one in Consent.objects.all()}
    assert kept == {"selection": policy.VERSION, "reserve": policy.VERSION}
    assert CandidateForm.objects.get().consented_at is not None
    assert "Experience in B2B sales" in phone.get(form_of(linked[1])).content.decode()


@pytest.mark.req("S0-26")
def test_what_is_typed_is_saved_and_stands_there_again(phone, agreed):
    _application, token = agreed
    saved = phone.post(draft_of(token), {"experience": "five", "case": "Call <him>"}, **HTMX)
    text = saved.content.decode()
    assert saved.status_code == 200
    assert "<html" not in text and "Answered 2 of 17" in text and "Saved" in text
    again = phone.get(form_of(token)).content.decode()
    assert 'value="five"' in again and "Call &lt;him&gt;" in again
    led_back = phone.post(draft_of(token), {"employer": "Truba"})
    assert (led_back.status_code, led_back["Location"]) == (302, form_of(token))
    assert CandidateForm.objects.get().draft["employer"] == "Truba"


def test_spoilt_input_is_no_trouble(phone, agreed):
    _application, token = agreed
    wild = {"experience": "\x00", "case": "x" * 9000, "motive": "99", "nobody": "asked"}
    assert phone.post(draft_of(token), wild, **HTMX).status_code == 200
    kept = CandidateForm.objects.get().draft
    assert len(kept["case"]) == 5000 and "nobody" not in kept and kept["experience"] == ""
    assert phone.get(form_of(token)).status_code == 200
    assert phone.put(form_of(token)).status_code == 405


@pytest.mark.req("S0-26")
def test_errors_stand_at_their_questions_and_nothing_is_lost(phone, agreed):
    _application, token = agreed
    wrong = ANSWERS | {"experience": "many", "pay_now": "", "motive": "9"}
    refused = phone.post(form_of(token), wrong)
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "3 answers are missing or cannot be" in text
    for code, sentence in (
        ("experience", "Write a number."),
        ("pay_now", "Answer this question."),
        ("motive", "Choose one of the answers."),
    ):
        place = text.index(f'id="id_{code}-error"')
        assert sentence in text[place : place + 400]
    form = CandidateForm.objects.get()
    assert form.submitted_at is None
    assert form.draft["case"] == ANSWERS["case"]


@pytest.mark.req("S0-26", "S0-27")
def test_a_form_is_sent_once_and_says_what_comes_next(phone, agreed):
    application, token = agreed
    sent = phone.post(form_of(token), ANSWERS)
    assert sent.status_code == 302
    application.refresh_from_db()
    assert application.stage == "passed"
    thanks = phone.get(form_of(token))
    assert thanks.status_code == 200
    assert "What comes next" in thanks.content.decode()
    phone.post(form_of(token), ANSWERS | {"experience": "1"})
    application.refresh_from_db()
    assert application.stage == "passed"


@pytest.mark.req("S0-27")
def test_who_is_knocked_out_is_thanked_alike(phone, agreed):
    application, token = agreed
    phone.post(form_of(token), ANSWERS | {"experience": "1"})
    application.refresh_from_db()
    assert application.stage == "knocked_out"
    text = phone.get(form_of(token)).content.decode()
    assert "Thank you" in text and "knock" not in text.lower()


@pytest.mark.req("S0-26")
def test_a_link_that_is_over_says_so(phone, agreed):
    _application, token = agreed
    CandidateForm.objects.update(expires_at=timezone.now() - timedelta(days=1))
    for answer in (phone.get(form_of(token)), phone.post(form_of(token), ANSWERS)):
        assert answer.status_code == 410
        assert "The time to fill this form is over" in answer.content.decode()
    assert phone.post(draft_of(token), {"experience": "5"}).status_code == 410
    assert CandidateForm.objects.get().draft == {}


def test_a_closed_vacancy_takes_no_forms(phone, agreed):
    application, token = agreed
    Vacancy.objects.filter(pk=application.vacancy_id).update(state="closed")
    answer = phone.get(form_of(token))
    assert answer.status_code == 410
    assert "The search is over" in answer.content.decode()


def test_an_unknown_link_tells_nothing(phone, company):
    for name in ("form", "booking", "withdraw", "ics"):
        answer = phone.get(reverse(f"candidate:{name}", args=["x" * 43]))
        assert answer.status_code == 404
        assert "noindex" in answer["X-Robots-Tag"]


def test_an_address_that_tries_links_is_slowed_down_and_good_links_are_not(phone, linked):
    asked = [phone.get(form_of(f"{n:043}")) for n in range(25)]
    assert [one.status_code for one in asked] == [404] * 20 + [429] * 5
    assert asked[-1]["Retry-After"] == "60"
    assert phone.get(form_of(linked[1])).status_code == 200


def test_writing_too_fast_is_refused(phone, agreed, settings):
    settings.ACCOUNT_RATE_LIMITS = {"candidate_writes": "2/m/ip"}
    answers = [phone.post(draft_of(agreed[1]), {"experience": f"{n}"}, **HTMX) for n in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert CandidateForm.objects.get().draft == {"experience": "1"}


@pytest.mark.req("S0-26")
def test_the_page_speaks_the_vacancys_language_until_another_is_chosen(phone, linked):
    application, token = linked
    Vacancy.objects.filter(pk=application.vacancy_id).update(language="ru")
    shown = phone.get(form_of(token))
    assert '<html lang="ru"' in shown.content.decode()
    assert shown["Content-Language"] == "ru"
    phone.post(reverse("account:language"), {"language": "en", "next": form_of(token)})
    assert '<html lang="en"' in phone.get(form_of(token)).content.decode()


@pytest.mark.req("S0-28")
def test_the_consent_is_taken_back_by_the_same_link(phone, agreed):
    application, token = agreed
    phone.post(draft_of(token), {"experience": "5"})
    address = reverse("candidate:withdraw", args=[token])
    asked = phone.get(address)
    assert "cannot be undone" in asked.content.decode()
    assert Candidate.objects.get(pk=application.candidate_id).full_name
    done = phone.post(address)
    assert "Your data are deleted" in done.content.decode()
    assert Candidate.objects.get(pk=application.candidate_id).is_erased
    assert phone.get(form_of(token)).status_code == 404


def test_who_works_here_is_told_why_the_data_stay(phone, linked):
    application, token = linked
    application.stage = "accepted"
    application.save()
    refused = phone.post(reverse("candidate:withdraw", args=[token]))
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "labour contract" in text and "nav" not in text.split("<main")[0].split("<body")[1]
    assert Candidate.objects.get(pk=application.candidate_id).full_name


@pytest.mark.req("S0-28")
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_policy_is_read_by_everybody_in_both_languages(phone, company, language):
    phone.cookies["django_language"] = language
    shown = phone.get(reverse("candidate:policy"), {"version": "nonsense"})
    text = shown.content.decode()
    assert shown.status_code == 200
    assert policy.VERSION in text and "Kamerton Test" in text and "12" in text
    assert "{" not in text.split("<main")[1].split("</main>")[0]


def test_the_policy_names_where_the_company_is(phone, company, settings):
    settings.POLICY_CONTACT = "5 Factory street, Tver"
    assert "5 Factory street, Tver" in phone.get(reverse("candidate:policy")).content.decode()


def test_who_does_not_agree_may_have_his_data_deleted(phone, linked):
    application, token = linked
    assert "delete what you have of me" in phone.get(form_of(token)).content.decode()
    phone.post(reverse("candidate:withdraw", args=[token]))
    assert Candidate.objects.get(pk=application.candidate_id).is_erased


def test_the_secret_is_neither_in_the_journal_nor_in_the_log(phone, agreed):
    _application, token = agreed
    phone.post(form_of(token), {})
    phone.post(form_of(token), ANSWERS)
    rows = [f"{one.subject_label}{one.before}{one.after}" for one in AuditEntry.objects.all()]
    assert rows and not any(token in row for row in rows)
    record = logging.LogRecord(
        "django.request", 30, "", 0, "%s: %s", ("Gone", form_of(token)), None
    )
    assert HideLinks().filter(record)
    assert record.getMessage() == "Gone: /c/form/…/"


def test_a_candidate_sees_only_his_own(phone, vacancy, kim):
    mine, other = (an_application(vacancy, candidate=a_candidate()) for _ in range(2))
    _form, token = actions.send_form(kim, mine)
    _other, his = actions.send_form(kim, other)
    for one in (token, his):
        actions.give_consent(one, policy_version=POLICY)
    phone.post(draft_of(token), {"case": "my own words"})
    assert "my own words" not in phone.get(form_of(his)).content.decode()


def test_pages_ask_few_questions_of_the_database(phone, agreed, django_assert_max_num_queries):
    phone.get(form_of(agreed[1]))
    with django_assert_max_num_queries(12):
        phone.get(form_of(agreed[1]))
