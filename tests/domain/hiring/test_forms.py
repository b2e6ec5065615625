"""Letters and forms: consent first, drafts, knock-outs with reasons, the market picture."""

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.actions import (
    AnswersInvalid,
    BlockMissing,
    LinkDead,
    NoAddress,
    NoConsent,
    NoSuchWay,
    Unfit,
    WrongState,
)
from kamerton.domain.hiring.models import Application, Candidate, CandidateForm, Vacancy
from kamerton.platform.access.models import token_digest
from kamerton.platform.errors import NotAllowed
from tests.factories.hiring import (
    ANSWERS,
    LETTER,
    POLICY,
    ROUBLES,
    a_candidate,
    a_form,
    an_application,
    an_open_vacancy,
)

pytestmark = pytest.mark.django_db
LINK = "https://example.com/form/{token}/"


def now_of(application):
    return Application.objects.get(pk=application.pk)


@pytest.fixture
def linked(kim, vacancy):
    """An application with a form, and the secret of its link."""
    application = an_application(vacancy)
    return application, actions.send_form(kim, application)[1]


@pytest.mark.req("S0-23")
def test_a_letter_without_the_pay_block_is_not_sent(kim, vacancy):
    application = an_application(vacancy)
    actions.write_block(kim, vacancy, code="pay", text=" ")
    with pytest.raises(BlockMissing, match="What we pay"):
        actions.send_letter(kim, application, link=LINK)
    assert not mail.outbox
    assert not application.letters.exists()
    assert now_of(application).stage == "sourced"


@pytest.mark.req("S0-23", "S1-52")
def test_a_letter_goes_to_each_alone_with_the_competencies_and_his_own_link(kim, vacancy):
    first, second = an_application(vacancy), an_application(vacancy)
    for application in (first, second):
        actions.send_letter(kim, application, link=LINK)
    assert [letter.to for letter in mail.outbox] == [
        [first.candidate.email],
        [second.candidate.email],
    ]
    body = mail.outbox[0].body
    assert LETTER["pay"] in body
    assert "Business acumen" in body and "Systems thinking" in body
    links = {letter.body.rsplit("/form/", 1)[1] for letter in mail.outbox}
    assert len(links) == 2
    kept = first.letters.get()
    assert "/form/" not in kept.body and LETTER["pay"] in kept.body
    assert (kept.error, now_of(first).stage) == ("", "form_sent")


def test_the_letter_speaks_the_vacancys_language(kim, vacancy):
    Vacancy.objects.filter(pk=vacancy.pk).update(language="ru")
    vacancy.refresh_from_db()
    assert "Понимание бизнеса" in queries.rendered_letter(kim, vacancy).body("")


def test_without_an_address_the_link_is_sent_by_hand(kim, vacancy):
    application = an_application(vacancy, candidate=a_candidate(email=""))
    with pytest.raises(NoAddress):
        actions.send_letter(kim, application, link=LINK)
    assert not CandidateForm.objects.exists()
    actions.send_form(kim, application)
    assert now_of(application).stage == "form_sent"


def test_a_letter_that_cannot_be_sent_is_logged(kim, vacancy, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    application = an_application(vacancy)
    assert actions.send_letter(kim, application, link=LINK).error


@pytest.mark.req("S0-26")
def test_only_the_digest_of_a_link_is_stored_and_a_new_one_replaces_it(kim, linked):
    application, token = linked
    form = CandidateForm.objects.get()
    assert form.digest == token_digest(token)
    _form, newer = actions.send_form(kim, application)
    assert queries.form_by_token(token) is None
    assert queries.form_by_token(newer) == form


@pytest.mark.req("S0-28")
def test_nothing_is_stored_before_the_consent(linked):
    application, token = linked
    with pytest.raises(NoConsent):
        actions.save_draft(token, answers={"experience": "5"})
    with pytest.raises(NoConsent):
        actions.submit_form(token, answers=ANSWERS)
    with pytest.raises(NoConsent):
        actions.give_consent(token, policy_version="")
    with pytest.raises(NoConsent):
        actions.give_consent(token, policy_version=POLICY, purposes=["reserve"])
    form = CandidateForm.objects.get()
    assert (form.draft, form.answers, form.consented_at) == ({}, {}, None)
    assert not application.candidate.consents.exists()
    assert now_of(application).stage == "form_sent"
    with pytest.raises(IntegrityError), transaction.atomic():
        CandidateForm.objects.update(draft={"experience": "5"})


@pytest.mark.req("S0-28", "S0-26")
def test_consent_keeps_policy_time_and_how_long(linked):
    application, token = linked
    form = actions.give_consent(token, policy_version=POLICY, purposes=["selection", "reserve"])
    assert (form.policy_version, form.state) == (POLICY, "consented")
    given = application.candidate.consents.order_by("purpose")
    assert [one.purpose for one in given] == ["reserve", "selection"]
    assert abs(given[0].given_at - timezone.now()) < dt.timedelta(minutes=1)
    candidate = Candidate.objects.get(pk=application.candidate_id)
    assert candidate.keep_until == given[0].until > timezone.localdate() + dt.timedelta(days=360)


@pytest.mark.req("S0-26")
def test_a_draft_is_kept_and_used(linked):
    application, token = linked
    actions.give_consent(token, policy_version=POLICY)
    actions.save_draft(token, answers={"experience": "5", "strange": "x"})
    assert CandidateForm.objects.get().draft == {"experience": "5"}
    rest = {code: value for code, value in ANSWERS.items() if code != "experience"}
    actions.submit_form(token, answers=rest)
    form = CandidateForm.objects.get()
    assert (form.answers["experience"], form.draft) == (5.0, {})
    assert now_of(application).stage == "passed"


def test_missing_and_wrong_answers_are_named_together(linked):
    application, token = linked
    actions.give_consent(token, policy_version=POLICY)
    wrong = ANSWERS | {"experience": "much", "employer": "", "papers": "9", "pay_now": "-1"}
    with pytest.raises(AnswersInvalid) as caught:
        actions.submit_form(token, answers=wrong)
    assert set(caught.value.fields) == {"experience", "employer", "papers", "pay_now"}
    assert CandidateForm.objects.get().submitted_at is None
    assert now_of(application).stage == "form_sent"


@pytest.mark.req("S0-26")
def test_a_link_dies_of_age_of_use_and_with_the_vacancy(kim, linked):
    application, token = linked
    with pytest.raises(LinkDead):
        actions.give_consent("guess", policy_version=POLICY)
    CandidateForm.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    with pytest.raises(LinkDead, match="over"):
        actions.give_consent(token, policy_version=POLICY)
    assert not application.candidate.consents.exists()
    other = a_form(kim, an_application(application.vacancy))
    assert other.submitted_at
    with pytest.raises(NoSuchWay):
        actions.send_form(kim, other.application)
    fresh = actions.send_form(kim, an_application(application.vacancy))[1]
    actions.close_vacancy(kim, application.vacancy, note="Stopped")
    with pytest.raises(LinkDead):
        actions.give_consent(fresh, policy_version=POLICY)


@pytest.mark.req("S0-27", "S2-27")
@pytest.mark.parametrize(
    ("years", "stage", "cautions"),
    [("1", "knocked_out", []), ("2.5", "form_done", ["years"]), ("3", "passed", [])],
)
def test_experience_knocks_out_warns_or_passes(kim, head, vacancy, years, stage, cautions):
    application = an_application(vacancy)
    a_form(kim, application, experience=years)
    found = now_of(application)
    assert (found.stage, found.cautions) == (stage, cautions)
    if stage == "knocked_out":
        assert found.exit_reason == "experience: 1, at least 2 is needed."
        assert found.knocked[0]["code"] == "experience"
    if cautions:  # the head may go on with him, the recruiter may not
        with pytest.raises(NotAllowed):
            actions.move_application(kim, application, to="passed")
        assert actions.move_application(head, application, to="passed").stage == "passed"


def test_a_knocked_out_person_is_brought_back_by_the_head_with_a_reason(kim, head, vacancy):
    application = an_application(vacancy)
    a_form(kim, application, experience="1")
    with pytest.raises(NotAllowed):
        actions.bring_back(kim, application, reason="Nice")
    assert actions.bring_back(head, application, reason="Led a region").stage == "form_done"


@pytest.mark.req("S1-27", "S2-34")
def test_a_language_filters_only_where_the_vacancy_says_so(kim):
    silent = an_application(an_open_vacancy(kim))
    a_form(kim, silent, language="A1")
    assert now_of(silent).stage == "passed"
    wanted = an_open_vacancy(kim, languages=[{"code": "en", "cefr": "B2", "knockout": True}])
    weak, strong = an_application(wanted), an_application(wanted)
    a_form(kim, weak, language="b1")
    a_form(kim, strong, language="C1")
    assert now_of(weak).exit_reason == "language: B1, B2 is needed."
    assert now_of(strong).stage == "passed"
    assert Candidate.objects.get(pk=strong.candidate_id).languages == [{"code": "en", "cefr": "C1"}]


def test_trips_notice_and_own_questions_refuse_by_their_limits(kim):
    vacancy = an_open_vacancy(kim, trip_days=10)
    licence = actions.add_question(
        kim, vacancy, text="Do you drive?", answer="yes_no", knockout=True
    )
    made = [an_application(vacancy) for _ in range(4)]
    good = {"trip_days": "12", licence.code: "yes"}
    a_form(kim, made[0], **good)
    a_form(kim, made[1], **good | {"trip_days": "5"})
    a_form(kim, made[2], **good | {"notice_days": "120"})
    a_form(kim, made[3], **good | {licence.code: "no"})
    assert [now_of(one).stage for one in made] == ["passed", *["knocked_out"] * 3]


@pytest.mark.req("S0-19")
def test_the_last_employer_is_looked_up_on_the_stop_list(kim, head, vacancy):
    actions.stop_company(kim, name="Truba", reason="Kickbacks")
    application = an_application(vacancy)
    a_form(kim, application)
    assert now_of(application).stage == "stop_listed"


def test_a_wish_above_the_band_goes_to_the_head(kim, vacancy):
    application = an_application(vacancy)
    a_form(kim, application, pay_wanted="157000")  # the band ends at 130 000, a fifth above 156
    found = now_of(application)
    assert (found.stage, found.cautions) == ("form_done", ["pay"])
    other = an_application(vacancy)
    a_form(kim, other, pay_wanted="156000")
    assert now_of(other).stage == "passed"


@pytest.mark.req("S2-26")
def test_the_score_counts_what_is_known_and_texts_once_marked(kim, vacancy):
    application = an_application(vacancy)
    form = a_form(kim, application)
    # 15·1 + 15·.8 + 10·.75 + 5·1 + 10·1 of 55
    assert now_of(application).form_score == pytest.approx(100 * 49.5 / 55)
    actions.mark_answer(kim, form, code="case", mark=0.4)
    assert now_of(application).form_score == pytest.approx(100 * (49.5 + 10) / 80)
    with pytest.raises(Unfit):
        actions.mark_answer(kim, form, code="education", mark=1)
    with pytest.raises(Unfit):
        actions.mark_answer(kim, form, code="case", mark=2)
    plain = an_application(vacancy)
    a_form(kim, plain, education="2")
    assert now_of(plain).stage == "passed"  # no degree lowers the score only
    assert now_of(plain).form_score == pytest.approx(100 * 44.5 / 55)
    unfilled = actions.send_form(kim, an_application(vacancy))[0]
    with pytest.raises(WrongState):
        actions.mark_answer(kim, unfilled, code="case", mark=1)


def test_answers_are_kept_with_the_person_and_shown_in_words(kim, vacancy):
    application = an_application(vacancy)
    form = a_form(kim, application)
    person = Candidate.objects.get(pk=application.candidate_id)
    assert (person.experience_years, person.pay_wanted) == (5, 120_000 * ROUBLES)
    assert (person.motive, person.notice_days) == ("growth", 14)
    assert (person.employer_key, person.highest_level) == ("truba", 3)
    assert person.known_clients == ["Acme", "Borey", "Vega"]
    assert "truba" in person.searched
    shown = {one.question.code: one.shown for one in queries.answers_of(kim, form)}
    assert shown["buyer_level"] == "Director of a function"
    assert shown["pay_wanted"] == "120000"


@pytest.mark.req("S0-33")
def test_thirty_forms_make_the_market_picture(kim, vacancy, django_assert_num_queries):
    for number in range(30):
        pay, motive = str(100_000 + 2_000 * number), str(number % 2)
        a_form(kim, an_application(vacancy), pay_wanted=pay, motive=motive)
    an_application(vacancy)
    with django_assert_num_queries(1):
        found = queries.market_picture(kim, vacancy)
    assert (found.n, found.pay_p50) == (30, 129_000 * ROUBLES)
    assert found.above_ceiling == pytest.approx(14 / 30)  # above 130 000
    assert found.gap == -1_000 * ROUBLES
    assert found.motives == {"money": 15, "growth": 15}
    assert found.notice_p50 == 14
