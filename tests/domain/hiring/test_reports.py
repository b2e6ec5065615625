"""What hiring yields; how long people are kept; quick at fifty thousand."""

import datetime as dt
import time

import pytest
from django.utils import timezone

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.actions import ReasonMissing, WorksHere, WrongState
from kamerton.domain.hiring.models import (
    Application,
    Candidate,
    CandidateForm,
    StageChange,
)
from kamerton.platform.access.queries import system_user
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.factories import UserFactory
from tests.factories.hiring import (
    ROUBLES,
    a_candidate,
    a_form,
    an_application,
    an_open_vacancy,
)

pytestmark = pytest.mark.django_db


def hired(vacancy, *, days, left=None, **fields):
    day = timezone.localdate() - dt.timedelta(days=days)
    gone = None if left is None else day + dt.timedelta(days=left)
    return an_application(vacancy, stage="hired", hired_on=day, left_on=gone, **fields)


def test_yield_counts_whoever_came_so_far(kim, vacancy, django_assert_num_queries):
    for stage in ("sourced", "contacted", "contacted", "form_done", "hired"):
        an_application(vacancy, stage=stage)
    with django_assert_num_queries(1):
        steps = queries.yields(kim, vacancy)
    found = {(one.before, one.after): (one.entered, one.passed) for one in steps}
    assert found[("sourced", "contacted")] == (5, 4)
    assert found[("contacted", "form")] == (4, 2)
    assert found[("form", "invited")] == (2, 1)
    assert queries.yields(UserFactory(), vacancy) == []


def test_time_in_stage_is_the_mean_of_those_who_left_it(kim, vacancy):
    for hours in (10, 20):
        StageChange.objects.create(
            application=an_application(vacancy),
            before="sourced",
            after="contacted",
            hours=hours,
            by=kim,
            at=timezone.now(),
        )
    assert [(one.stage, one.n, one.hours) for one in queries.time_in_stage(kim)] == [
        ("sourced", 2, 15.0)
    ]


@pytest.mark.req("S0-17")
def test_a_hire_on_day_twenty_five_is_four_above_the_target(kim, vacancy):
    approved = timezone.localdate() - dt.timedelta(days=30)
    type(vacancy).objects.filter(pk=vacancy.pk).update(approved_on=approved)
    an_application(vacancy, stage="hired", hired_on=approved + dt.timedelta(days=25))
    an_application(vacancy, stage="hired", hired_on=approved + dt.timedelta(days=28))
    (speed,) = queries.time_to_hires(kim)
    assert (speed.time.days, speed.time.over) == (25, 4)


@pytest.mark.req("S0-13", "S0-52")
def test_sources_show_people_hires_and_what_a_hire_costs(kim, vacancy):
    agency = actions.put_source(kim, name="Agency", kind="agency", fee=100_000 * ROUBLES)
    site = actions.put_source(kim, name="Site", kind="job_site")
    an_application(vacancy, stage="hired", source=agency)
    an_application(vacancy, stage="showed", source=site)
    actions.record_expense(kim, vacancy, item="Site", amount=5_000 * ROUBLES, source=site)
    found = {one.source: one for one in queries.source_yields(kim)}
    assert (found["Agency"].hires, found["Agency"].per_hire) == (1, 100_000 * ROUBLES)
    assert (found["Site"].showed, found["Site"].spent) == (1, 5_000 * ROUBLES)
    assert found["Site"].per_hire is None
    assert queries.vacancy_cost(kim, vacancy).spent == 105_000 * ROUBLES


def test_survival_by_source_at_sixty_and_a_hundred_and_eighty_days(kim, vacancy):
    site = actions.put_source(kim, name="site", kind="job_site")
    hired(vacancy, days=300, left=30, source=site)
    hired(vacancy, days=300, source=site)
    hired(vacancy, days=300)
    found = {one.group: one for one in queries.survival_by_source(kim)}
    assert found["site"].at.survival.tolist() == [0.5, 0.5]
    assert found[""].at.survival.tolist() == [1.0, 1.0]


@pytest.mark.req("S3-57")
def test_one_cv_for_a_vacancy_is_a_shortage(kim, vacancy):
    source = actions.put_source(kim, name="Answers", kind="response")
    an_application(vacancy, source=source)
    an_application(vacancy)
    found = queries.hiring_summary(kim)
    assert (found.per_vacancy, str(found.supply)) == (1.0, "shortage")
    assert found.passed_share is None
    assert queries.hiring_summary(UserFactory()) is None


def test_who_leaves_is_noted_once_and_asked_for_on_day_sixty(kim, vacancy):
    application = hired(vacancy, days=61)
    assert queries.retention_checks(kim) == [(application, 60)]
    today = timezone.localdate()
    with pytest.raises(WrongState):
        actions.record_leaving(
            kim, application, left_on=today + dt.timedelta(days=1), reason="Moved"
        )
    with pytest.raises(ReasonMissing):
        actions.record_leaving(kim, application, left_on=today, reason="")
    assert Application.objects.get(pk=application.pk).left_on is None
    actions.record_leaving(kim, application, left_on=today, reason="Moved")
    assert queries.retention_checks(kim) == []


@pytest.mark.req("S0-28")
def test_erasing_leaves_figures_and_no_person(kim, vacancy):
    application = an_application(
        vacancy, candidate=a_candidate(full_name="Secret Name", employer="Secret Employer")
    )
    a_form(kim, application, blunder="Secret blunder", experience="1")
    actions.record_call(kim, an_application(vacancy), outcome="no_answer")
    person = application.candidate
    actions.add_claim(kim, person, text="Secret claim")
    before = queries.yields(kim, vacancy)
    with pytest.raises(ReasonMissing):
        actions.erase_candidate(kim, person, reason="")
    actions.withdraw_consent(kim, person)
    person = Candidate.objects.get(pk=person.pk)
    assert person.is_erased
    assert {getattr(person, name) for name in ("full_name", "phone", "email", "employer")} == {""}
    assert (person.known_clients, person.searched) == ([], "")
    assert person.pay_wanted == 120_000 * ROUBLES  # names nobody
    assert CandidateForm.objects.get().answers == {}
    kept = Application.objects.get(pk=application.pk)
    assert (kept.stage, kept.exit_reason, kept.knocked) == ("knocked_out", "", [])
    assert kept.form_score is not None
    assert queries.yields(kim, vacancy) == before
    assert not person.claims.exists()
    assert person.consents.filter(withdrawn_at=None).count() == 0
    assert not queries.candidates(kim, search="secret").exists()
    told = AuditEntry.objects.filter(subject_type__startswith="hiring")
    assert not told.filter(subject_label__icontains="secret").exists()
    with pytest.raises(actions.PersonErased):
        actions.move_application(kim, kept, to="reserve", reason="x")


def test_the_clock_erases_whoever_is_overdue_but_not_our_own(kim, vacancy):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    old, ours = a_candidate(keep_until=yesterday), a_candidate(keep_until=yesterday)
    fresh = a_candidate(keep_until=timezone.localdate())
    an_application(vacancy, stage="hired", candidate=ours)
    assert old in queries.to_be_erased(kim)
    assert fresh in queries.to_be_erased(kim, within=1)
    with pytest.raises(NotAllowed):
        actions.erase_overdue(UserFactory())
    assert actions.erase_overdue(system_user()) == 1
    assert [one.is_erased for one in Candidate.objects.order_by("pk")] == [True, False, False]
    with pytest.raises(WorksHere):
        actions.erase_candidate(kim, ours, reason="He asked")
    assert not Candidate.objects.get(pk=ours.pk).is_erased


@pytest.fixture
def fifty_thousand(kim):
    """A vacancy with fifty thousand candidates at all stages."""
    vacancy = an_open_vacancy(kim)
    now = timezone.now()
    people = [
        Candidate(
            full_name=f"Ivan {n}",
            name_folded=f"ivan {n}",
            searched=f"ivan {n} tver",
            created_by=kim,
        )
        for n in range(50_000)
    ]
    Candidate.objects.bulk_create(people, batch_size=1000)
    stages = list(Application.Stage)
    Application.objects.bulk_create(
        [
            Application(
                vacancy=vacancy,
                candidate=person,
                created_by=kim,
                call_rank=n % 4,
                stage=stages[n % len(stages)],
                stage_since=now - dt.timedelta(minutes=n),
                reached=n % 15,
                call_due_at=now - dt.timedelta(minutes=n) if n % 3 else None,
            )
            for n, person in enumerate(people)
        ],
        batch_size=1000,
    )
    return vacancy


def test_board_search_and_queue_stay_quick_at_fifty_thousand(
    kim, fifty_thousand, django_assert_num_queries
):
    vacancy = fifty_thousand
    looks = {
        "board": lambda: queries.board(kim, vacancy),
        "search": lambda: list(queries.applications(kim, vacancy, search="ivan 49999")[:50]),
        "base": lambda: list(queries.candidates(kim, search="ivan 4999")[:50]),
        "list": lambda: list(queries.applications(kim, vacancy, stage="passed")[:50]),
        "queue": lambda: list(queries.call_queue(kim, vacancy, mine=True)[:50]),
        "funnel": lambda: queries.funnel(kim, vacancy),
    }
    took = {}
    for name, look in looks.items():
        look()
        start = time.perf_counter()
        look()
        took[name] = time.perf_counter() - start
    assert max(took.values()) < 1.0, took  # 200 ms on a free machine
    with django_assert_num_queries(22):
        queries.board(kim, vacancy)
