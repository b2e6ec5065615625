"""People: put down once, found by tier, stopped, imported by thousands, called."""

import datetime as dt
import io
import time

import pytest
from django.utils import timezone

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.actions import (
    KnownAlready,
    NoSuchWay,
    NotOurs,
    ReasonMissing,
    StopListed,
    TooManyRows,
    Unfit,
    VacancyOver,
)
from kamerton.domain.hiring.models import Application, Candidate, StageChange
from kamerton.domain.hiring.queries import ImportRow, NobodyNamed, read_rows, tidied
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.factories import UserFactory
from tests.factories.hiring import (
    ROUBLES,
    a_candidate,
    a_person,
    a_vacancy,
    an_application,
    an_open_vacancy,
)

pytestmark = pytest.mark.django_db


def rows(count, **fields):
    return [ImportRow(tidied(a_person(number, **fields))) for number in range(1, count + 1)]


def stage_of(application):
    return Application.objects.get(pk=application.pk).stage


@pytest.mark.req("S0-22")
@pytest.mark.parametrize(
    "twin",
    [
        {"full_name": "A. Orlova", "phone": "+7 (916) 000-00-01", "email": ""},
        {"full_name": "A. Orlova", "phone": "", "email": "P1@Example.com"},
        {"full_name": "АННА ОРЛОВА", "phone": "", "email": "", "employer": "ООО «Труба»"},
    ],
)
def test_a_person_is_known_by_phone_email_or_name_and_employer(kim, twin):
    first = a_person(1, full_name="Анна Орлова", employer="Труба")
    actions.add_candidate(kim, person=first)
    with pytest.raises(KnownAlready):
        actions.add_candidate(kim, person=a_person(1, **twin))
    assert Candidate.objects.count() == 1
    actions.add_candidate(kim, person=a_person(2, full_name="Анна Орлова"))
    assert Candidate.objects.count() == 2  # a namesake


def test_a_person_needs_a_name_and_a_way_to_be_known(kim):
    with pytest.raises(NobodyNamed):
        actions.add_candidate(kim, person=a_person(1, phone="", email=""))
    with pytest.raises(Unfit):
        actions.add_candidate(kim, person=a_person(1), response_quality=120.0)
    assert not Candidate.objects.exists()


@pytest.mark.req("S0-18", "S0-20", "S0-21")
def test_tiers_come_from_donors_and_adjacent_niches(kim):
    vacancy = an_open_vacancy(kim, niche="Fishing tackle")
    actions.add_donor(kim, name="ООО «Лидер»")
    actions.put_niche_edge(kim, one="Hunting", other="fishing tackle", weight=0.7)
    people = {
        "T1": a_candidate(employer="Лидер"),
        "T2": a_candidate(niche="hunting"),
        "T3": a_candidate(niche="banking"),
    }
    made = {
        tier: actions.apply_candidate(kim, vacancy, candidate=person).tier
        for tier, person in people.items()
    }
    assert made == {"T1": "T1", "T2": "T2", "T3": "T3"}
    actions.add_donor(kim, name="Новый")
    late = an_application(vacancy, candidate=a_candidate(employer="Новый ООО"))
    actions.remove_donor(kim, actions.add_donor(kim, name="Лидер"))
    assert Application.objects.get(candidate=people["T1"]).tier == "T3"
    donor = actions.add_donor(kim, name="Новый")
    actions.remove_donor(kim, donor)
    actions.add_donor(kim, name="Новый")
    late.refresh_from_db()
    assert (late.tier, late.call_rank) == ("T1", 1)


@pytest.mark.req("S0-19")
def test_a_stop_listed_person_comes_to_an_interview_only_by_the_head(kim, head, vacancy):
    with pytest.raises(ReasonMissing):
        actions.stop_company(kim, name="Откат", reason=" ")
    actions.stop_company(kim, name="Откат", reason="Built on kickbacks")
    application = an_application(
        vacancy, stage="passed", candidate=a_candidate(employer="АО «Откат»")
    )
    with pytest.raises(StopListed, match="Built on kickbacks"):
        actions.invite(kim, application)
    with pytest.raises(NotAllowed):
        actions.clear_stop(kim, application, reason="I like him")
    with pytest.raises(ReasonMissing):
        actions.clear_stop(head, application, reason="")
    assert stage_of(application) == "passed"
    assert not application.invitations.exists()
    actions.clear_stop(head, application, reason="Left over kickbacks himself")
    actions.invite(kim, application)
    assert stage_of(application) == "invited"
    told = AuditEntry.objects.get(action="hiring.stop_cleared")
    assert (told.actor, told.reason) == (head, "Left over kickbacks himself")


def test_stages_follow_each_other_and_leaving_needs_a_reason(kim, vacancy):
    application = an_application(vacancy)
    for wrong in ("selected", "invited", "offer"):
        with pytest.raises(NoSuchWay):
            actions.move_application(kim, application, to=wrong)
    with pytest.raises(ReasonMissing):
        actions.move_application(kim, application, to="refused")
    assert stage_of(application) == "sourced"
    actions.move_application(kim, application, to="contacted")
    actions.move_application(kim, application, to="refused", reason="No deals of our size")
    assert Application.objects.get(pk=application.pk).exit_reason == "No deals of our size"
    actions.move_application(kim, application, to="reserve", reason="Later")
    steps = queries.history(kim, application).values_list("before", "after")
    assert list(steps) == [
        *(("sourced", "contacted"), ("contacted", "refused")),
        ("refused", "reserve"),
    ]
    assert StageChange.objects.filter(hours__isnull=True).count() == 0


def test_nobody_is_moved_before_the_approval_nor_by_a_manager(kim, kam):
    draft = a_vacancy(kim)
    application = an_application(draft)
    with pytest.raises(VacancyOver):
        actions.move_application(kim, application, to="contacted")
    with pytest.raises(NotAllowed):
        actions.move_application(kam, application, to="contacted")
    assert stage_of(application) == "sourced"


@pytest.mark.req("S3-21")
def test_the_reserve_with_consent_is_the_pool(kim, vacancy):
    kept, silent = (an_application(vacancy, stage="reserve") for _ in range(2))
    kept.candidate.consents.create(
        purpose="reserve", policy_version="1", given_at=timezone.now(), until=timezone.localdate()
    )
    assert list(queries.talent_pool(kim)) == [kept.candidate]
    assert silent.candidate not in queries.talent_pool(kim)


def test_every_view_of_a_candidate_leaves_a_trace_without_his_name(kim, kam):
    person = a_candidate(full_name="Secret Name")
    assert actions.view_candidate(kam, person.pk) is None
    assert not AuditEntry.objects.filter(action="hiring.candidate_viewed").exists()
    assert actions.view_candidate(kim, person.pk) == person
    told = AuditEntry.objects.get(action="hiring.candidate_viewed")
    assert (told.actor, told.subject_id) == (kim, person.pk)
    assert "Secret" not in told.subject_label


def test_a_cv_is_kept_and_a_programme_refused(kim):
    person = a_candidate()
    made = actions.add_file(kim, person, upload=io.BytesIO(b"%PDF-1.7 cv"), name="cv.pdf")
    assert (made.name, person.files.count()) == ("cv.pdf", 1)
    with pytest.raises(Exception, match="no file of a kind"):
        actions.add_file(kim, person, upload=io.BytesIO(b"MZ\0\0"), name="cv.exe")
    assert person.files.count() == 1


@pytest.mark.req("S1-48")
def test_a_refuted_claim_is_lifted_by_the_head_only(kim, head):
    person = a_candidate()
    claim = actions.add_claim(kim, person, text="Sold to Gazprom")
    with pytest.raises(ReasonMissing):
        actions.check_claim(kim, claim, state="refuted", source="")
    actions.check_claim(kim, claim, state="refuted", source="Former head")
    with pytest.raises(NotAllowed):
        actions.check_claim(kim, claim, state="confirmed", source="He says so")
    claim.refresh_from_db()
    assert (claim.state, claim.source) == ("refuted", "Former head")
    assert actions.check_claim(head, claim, state="confirmed", source="Contract").state == (
        "confirmed"
    )


def test_only_our_own_have_a_track_record(kim):
    with pytest.raises(NotOurs):
        actions.add_track_record(
            kim, a_candidate(), kind="claim", text="x", on=timezone.localdate()
        )


@pytest.mark.req("S0-22")
def test_the_same_hundred_rows_twice_make_a_hundred_people(kim, vacancy):
    first = actions.import_candidates(kim, vacancy, rows=rows(100))
    again = actions.import_candidates(kim, vacancy, rows=rows(100))
    assert (first.made, first.applied) == (100, 100)
    assert (again.made, again.known, again.applied) == (0, 100, 0)
    assert Candidate.objects.count() == Application.objects.count() == 100
    assert Application.objects.filter(call_due_at__isnull=False).count() == 100


def test_an_import_fills_blanks_and_keeps_what_is_known(kim, vacancy):
    known = a_candidate(full_name="Anna Orlova", phone="+79160000001", email="", employer="Old")
    twice = [
        ImportRow(tidied(a_person(1, employer="New", position="Seller")), 150_000 * ROUBLES),
        ImportRow(tidied(a_person(1, full_name="Orlova A."))),
    ]
    done = actions.import_candidates(kim, vacancy, rows=twice)
    assert (done.made, done.known, done.applied) == (0, 1, 1)
    known.refresh_from_db()
    assert (known.employer, known.email, known.position) == ("Old", "p1@example.com", "Seller")
    assert known.pay_wanted == 150_000 * ROUBLES
    assert known.full_name == "Anna Orlova"


def test_five_thousand_rows_come_in_quickly(kim, vacancy):
    given = rows(5000)
    start = time.perf_counter()
    assert actions.import_candidates(kim, vacancy, rows=given).made == 5000
    assert actions.import_candidates(kim, vacancy, rows=given).known == 5000
    assert time.perf_counter() - start < 30


def test_too_many_rows_are_refused_whole(kim, vacancy):
    row = rows(1)
    with pytest.raises(TooManyRows):
        actions.import_candidates(kim, vacancy, rows=row * 20_001)
    assert not Candidate.objects.exists()


def test_heads_of_job_sites_are_understood():
    found = read_rows(
        [
            ["ФИО", "Контактный телефон", "E-mail", "Компания", "Зарплата", "Город"],
            ["Анна Орлова", "8 916 123-45-67", "A@b.ru", "ООО Труба", "120 000 руб.", "Тверь"],
            ["", "", "", "", "", ""],
            ["", "8 916 123-45-68", "", "", "", ""],
        ]
    )
    (row,) = found.rows
    assert (row.person.phone, row.person.email) == ("+79161234567", "a@b.ru")
    assert (row.person.employer, row.person.region) == ("ООО Труба", "Тверь")
    assert row.pay_wanted == 120_000 * ROUBLES
    assert [bad.number for bad in found.bad] == [4]


@pytest.mark.req("S0-25")
def test_the_queue_puts_promised_calls_first_then_tiers(kim, vacancy):
    now = timezone.now()
    t3 = an_application(vacancy, tier="T3", call_rank=3)
    t1 = an_application(vacancy, tier="T1", call_rank=1)
    promised = an_application(vacancy, call_rank=0, call_due_at=now - dt.timedelta(minutes=1))
    later = an_application(vacancy, call_due_at=now + dt.timedelta(hours=1))
    other = an_application(vacancy, recruiter=UserFactory(roles=["recruiter"]), tier="T2")
    Application.objects.filter(pk=other.pk).update(call_rank=2)
    assert list(queries.call_queue(kim, vacancy)) == [promised, t1, other, t3]
    assert list(queries.call_queue(kim, vacancy, mine=True)) == [promised, t1, t3]
    assert later not in queries.call_queue(kim, vacancy)
    assert not queries.call_queue(UserFactory(), vacancy).exists()


@pytest.mark.req("S0-25")
def test_calls_are_counted_and_the_next_one_follows(kim, vacancy, django_assert_num_queries):
    application = an_application(vacancy)
    actions.record_call(kim, application, outcome="no_answer")
    application.refresh_from_db()
    assert (application.stage, application.calls) == ("sourced", 1)
    assert application.call_due_at > timezone.now() + dt.timedelta(hours=23)
    moment = timezone.now() + dt.timedelta(hours=2)
    actions.record_call(kim, application, outcome="busy", next_at=moment)
    application.refresh_from_db()
    assert (application.stage, application.call_rank) == ("contacted", 0)
    assert (application.call_due_at, application.recruiter) == (moment, kim)
    actions.record_call(kim, application, outcome="not_interested")
    assert stage_of(application) == "withdrawn"
    with django_assert_num_queries(1):
        (counts,) = queries.call_counts(kim, vacancy)
    assert (counts.calls, counts.today, counts.spoken) == (3, 3, 2)
    assert counts.outcomes == {"no_answer": 1, "busy": 1, "not_interested": 1}


@pytest.mark.req("S0-25")
def test_who_was_spoken_with_and_refused_counts_as_contacted(kim, vacancy):
    spoken, wrong = an_application(vacancy), an_application(vacancy)
    actions.record_call(kim, spoken, outcome="not_interested")
    actions.record_call(kim, wrong, outcome="wrong_number")
    done = {line.code: line.done for line in queries.funnel(kim, vacancy)}
    assert (done["sourced"], done["contacted"]) == (2, 1)
    assert stage_of(spoken) == "withdrawn"


def test_after_five_calls_without_an_answer_he_leaves_the_queue(kim, vacancy):
    application = an_application(vacancy)
    for _ in range(5):
        actions.record_call(kim, application, outcome="no_answer")
    application.refresh_from_db()
    assert (application.calls, application.call_due_at) == (5, None)
    with pytest.raises(Unfit):
        actions.record_call(kim, application, outcome="sang")
    assert application.attempts.count() == 5


def test_taking_calls_makes_them_ones_own(kim, vacancy):
    free, taken = an_application(vacancy), an_application(vacancy, recruiter=UserFactory())
    assert actions.take_calls(kim, [free.pk, taken.pk]) == 1
    assert Application.objects.get(pk=free.pk).recruiter == kim


def test_the_board_and_the_lists_cost_the_same_for_any_number(
    kim, vacancy, django_assert_num_queries
):
    for stage in ("sourced", "passed", "selected"):
        for _ in range(3):
            an_application(vacancy, stage=stage)
    with django_assert_num_queries(4):
        columns = queries.board(kim, vacancy, cards=2)
    shown = {column.stage: (column.count, len(column.cards)) for column in columns}
    assert shown["sourced"] == (3, 2)
    assert shown["hired"] == (0, 0)
    with django_assert_num_queries(1):
        found = queries.applications(kim, vacancy, stage="passed", search="IVAN petrov")
        assert next(one.candidate.full_name for one in found).startswith("Ivan Petrov")
