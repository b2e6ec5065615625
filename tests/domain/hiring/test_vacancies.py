"""A vacancy: drafted, checked, approved, advised, paid for, closed."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.actions import (
    Asked,
    Discriminates,
    FutureRefusesNobody,
    NeverRefuses,
    NobodyApprovesHisOwn,
    NoMandate,
    NotComplete,
    Quartiles,
    ReasonMissing,
    Unfit,
    VacancyOver,
    WrongState,
)
from kamerton.domain.hiring.models import Requirement, Vacancy
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.factories import UserFactory
from tests.factories.hiring import ROUBLES, a_vacancy, an_application, an_open_vacancy

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 10, 1)


def test_a_draft_has_the_default_must_haves_and_the_hires_of_the_arithmetic(kim):
    vacancy = a_vacancy(kim, seats=2)
    codes = set(vacancy.requirements.values_list("code", flat=True))
    assert codes == {"C01", "C03", "C05", "C12", "C16"}
    assert vacancy.hires_planned == 5  # turnover 50 %, two seats
    assert not queries.vacancy_breadth(kim, vacancy).narrow


@pytest.mark.req("S3-56")
def test_without_a_mandate_a_vacancy_does_not_open(kim, head):
    vacancy = a_vacancy(kim, mandate="")
    with pytest.raises(NoMandate):
        actions.approve_vacancy(head, vacancy)
    vacancy.refresh_from_db()
    assert (vacancy.state, vacancy.approved_on, vacancy.funnel) == ("draft", None, {})
    actions.change_vacancy(kim, vacancy, mandate="defend")
    assert actions.approve_vacancy(head, vacancy).state == "approved"


def test_an_approval_asks_for_day_and_pay_band(kim, head):
    vacancy = a_vacancy(kim, needed_by=None, pay_high=None)
    with pytest.raises(NotComplete, match="needed by, the pay band"):
        actions.approve_vacancy(head, vacancy)
    assert Vacancy.objects.get(pk=vacancy.pk).state == "draft"


def test_nobody_approves_his_own_vacancy_and_a_recruiter_none(kim, head, owner):
    own = a_vacancy(head)
    with pytest.raises(NobodyApprovesHisOwn):
        actions.approve_vacancy(head, own)
    with pytest.raises(NotAllowed):
        actions.approve_vacancy(kim, own)
    assert Vacancy.objects.get(pk=own.pk).state == "draft"
    assert actions.approve_vacancy(owner, own).approved_by == owner


@pytest.mark.req("S0-38", "S0-37")
def test_the_funnel_is_frozen_at_the_approval(kim, head):
    vacancy = a_vacancy(kim)
    assert vacancy.hires_planned == 2  # one seat at 50 %
    actions.plan_hires(head, vacancy, hires=3)
    made = actions.approve_vacancy(head, vacancy)
    assert list(made.funnel.values()) == [1042, 834, 125, 63, 25, 8, 4, 3]


@pytest.mark.req("S0-34", "S0-17")
def test_the_timeline_of_a_vacancy_opened_on_the_first_of_october(kim, head):
    vacancy = actions.approve_vacancy(head, a_vacancy(kim), on=TODAY)
    assert queries.timeline(kim, vacancy).closed_latest == dt.date(2026, 10, 29)


def test_the_funnel_compares_each_stage_with_its_plan_by_day(kim, django_assert_num_queries):
    vacancy = an_open_vacancy(kim)
    actions.plan_hires(UserFactory(roles=["head_of_sales"]), vacancy, hires=3)
    vacancy.refresh_from_db()
    for stage in ("sourced", "contacted", "form_done", "selected"):
        an_application(vacancy, stage=stage)
    with django_assert_num_queries(1):
        lines = queries.funnel(kim, vacancy, on=vacancy.approved_on + dt.timedelta(days=8))
    done = {line.code: line.done for line in lines}
    assert done == {
        **{"sourced": 4, "contacted": 3, "form": 2, "invited": 1},
        **{"showed": 1, "passed": 1, "offer": 0, "hired": 0},
    }
    calls = lines[1]
    assert (calls.needed, round(calls.due), calls.on_track) == (834, 417, False)
    assert queries.funnel(UserFactory(), vacancy) == []


@pytest.mark.req("S3-14")
def test_seven_must_haves_warn(kim):
    vacancy = a_vacancy(kim)
    for code in ("C02", "C04"):
        actions.put_requirement(kim, vacancy, asked=Asked(code))
    assert queries.vacancy_breadth(kim, vacancy).too_many
    vacancy = actions.change_vacancy(kim, vacancy, pool=12)
    assert queries.vacancy_breadth(kim, vacancy).small_pool


@pytest.mark.req("S3-26")
def test_what_is_needed_later_refuses_nobody(kim):
    vacancy = a_vacancy(kim)
    with pytest.raises(FutureRefusesNobody):
        actions.put_requirement(kim, vacancy, asked=Asked("C13", horizon="future", knockout=True))
    assert not vacancy.requirements.filter(code="C13").exists()
    actions.put_requirement(kim, vacancy, asked=Asked("C13", horizon="future"))
    assert vacancy.requirements.get(code="C13").horizon == "future"


@pytest.mark.req("S1-26")
def test_business_manner_refuses_nobody(kim):
    vacancy = a_vacancy(kim)
    with pytest.raises(NeverRefuses):
        actions.put_requirement(kim, vacancy, asked=Asked("C08", knockout=True))
    assert not vacancy.requirements.filter(code="C08").exists()


@pytest.mark.req("S3-25")
def test_changes_of_the_profile_stay_in_the_journal(kim):
    vacancy = a_vacancy(kim)
    actions.put_requirement(kim, vacancy, asked=Asked("C13", horizon="future"))
    told = AuditEntry.objects.filter(action="hiring.profile_changed").get()
    assert told.after == {"asked": "C13", "need": "must", "horizon": "future", "knockout": False}


@pytest.mark.parametrize(
    "text", ["Мужчина от 30", "Not older than 35 years old", "Без детей", "Good-looking"]
)
def test_the_law_keeps_criteria_and_questions_clean(kim, text):
    vacancy = a_vacancy(kim)
    with pytest.raises(Discriminates, match="Labour Code"):
        actions.put_requirement(kim, vacancy, asked=Asked(text=text))
    with pytest.raises(Discriminates):
        actions.add_question(kim, vacancy, text=text, answer="yes_no", knockout=True)
    with pytest.raises(Discriminates):
        actions.write_block(kim, vacancy, code="requirements", text=text)
    assert Requirement.objects.filter(vacancy=vacancy).count() == 5
    assert not vacancy.questions.exists()
    assert Vacancy.objects.get(pk=vacancy.pk).letter == {}


@pytest.mark.req("S3-08", "S2-35", "S3-10")
def test_the_pack_adds_c14_c15_and_full_service_makes_c15_a_must(kim):
    vacancy = a_vacancy(kim, pack="engineering")
    assert vacancy.requirements.filter(code__in=["C14", "C15"]).count() == 2
    plain = a_vacancy(kim)
    assert not plain.requirements.filter(code="C15").exists()
    actions.change_vacancy(kim, plain, full_service=True)
    assert plain.requirements.get(code="C15").need == "must"


def test_what_was_approved_changes_no_more(kim, vacancy):
    with pytest.raises(WrongState, match="pay_high"):
        actions.change_vacancy(kim, vacancy, pay_high=1)
    vacancy.refresh_from_db()
    assert vacancy.pay_high == 130_000 * ROUBLES
    assert actions.change_vacancy(kim, vacancy, targets=["Acme"]).targets == ["Acme"]


def test_a_pay_band_rises_and_a_language_has_a_level(kim):
    with pytest.raises(Unfit):
        a_vacancy(kim, pay_low=10, pay_high=5)
    with pytest.raises(Unfit):
        a_vacancy(kim, languages=[{"code": "en", "cefr": "fluent"}])
    assert not Vacancy.objects.exists()


@pytest.mark.req("S0-10", "S3-16")
def test_a_slow_reserve_sends_the_search_outside_and_is_shown_first(kim, django_assert_num_queries):
    today = timezone.localdate()
    slow = UserFactory(hired_on=today - dt.timedelta(days=1000))
    actions.add_internal(kim, user=slow, ready_on=today + dt.timedelta(days=180), willing=True)
    vacancy = a_vacancy(kim, needed_by=today + dt.timedelta(days=30))
    UserFactory.create_batch(3)
    for other in UserFactory.create_batch(3):
        actions.add_internal(kim, user=other, ready_on=None, willing=False)
    with django_assert_num_queries(4):
        advice = queries.route_advice(kim, vacancy)
    assert (str(advice.route), advice.internal_possible, advice.days_late) == (
        *("external", False),
        150,
    )
    shown = queries.internal_reserve(kim, vacancy)
    assert [(one.candidate.user, one.eligible, one.in_time) for one in shown[:1]] == [
        (slow, True, False)
    ]


@pytest.mark.req("S0-09", "S0-08", "S3-58")
def test_eighteen_months_are_too_few_and_claims_are_counted(kim):
    today = timezone.localdate()
    young = UserFactory(hired_on=today - dt.timedelta(days=548))
    grown = UserFactory(hired_on=today - dt.timedelta(days=1200))
    first = actions.add_internal(kim, user=young, ready_on=today, willing=True)
    best = actions.add_internal(kim, user=grown, ready_on=today, willing=True)
    actions.add_track_record(kim, first, kind="claim", text="Wrong lot", on=today)
    actions.change_candidate(kim, best, response_quality=80, technical_mark=60)
    fit, unfit = queries.internal_reserve(kim, a_vacancy(kim))
    assert (fit.candidate, fit.preferred, fit.flow_mark) == (best, True, 70)
    assert (unfit.eligible, unfit.why_not, unfit.claims) == (False, "tenure", 1)


@pytest.mark.req("S0-13")
def test_an_advert_of_forty_thousand_raises_fact_and_cost_per_hire(kim):
    vacancy = an_open_vacancy(kim)
    actions.plan_budget(kim, vacancy, item="Adverts", planned=50_000 * ROUBLES)
    an_application(vacancy, stage="hired", hired_on=timezone.localdate())
    before = queries.vacancy_cost(kim, vacancy)
    actions.record_expense(kim, vacancy, item="Adverts", amount=40_000 * ROUBLES)
    after = queries.vacancy_cost(kim, vacancy)
    assert (before.spent, before.per_hire) == (0, 0)
    assert (after.planned, after.spent) == (50_000 * ROUBLES, 40_000 * ROUBLES)
    assert after.per_hire == 40_000 * ROUBLES
    finance = UserFactory(roles=["finance"])
    assert queries.vacancy_cost(finance, vacancy).spent == 40_000 * ROUBLES
    assert queries.vacancy_cost(UserFactory(), vacancy) is None


def test_a_band_below_the_market_median_is_flagged(kim):
    vacancy = a_vacancy(kim)
    pay = Quartiles(100_000 * ROUBLES, 140_000 * ROUBLES, 180_000 * ROUBLES)
    actions.put_benchmark(kim, role="kam", region="Tver", source="Survey", on=TODAY, pay=pay)
    beside = queries.pay_against_market(kim, vacancy)
    assert (beside.below_median, beside.above_upper) == (True, False)
    assert beside.benchmark.p50 == 140_000 * ROUBLES


def test_closing_without_filled_seats_needs_a_word_and_starts_the_clocks(kim, vacancy):
    application = an_application(vacancy)
    application.candidate.keep_until = timezone.localdate() + dt.timedelta(days=300)
    application.candidate.save()
    with pytest.raises(ReasonMissing):
        actions.close_vacancy(kim, vacancy)
    assert Vacancy.objects.get(pk=vacancy.pk).state == "approved"
    closed = actions.close_vacancy(kim, vacancy, note="Nobody fits")
    application.candidate.refresh_from_db()
    assert application.candidate.keep_until == timezone.localdate() + dt.timedelta(days=30)
    application.refresh_from_db()
    assert application.call_due_at is None
    with pytest.raises(VacancyOver):
        actions.change_vacancy(kim, closed, targets=[])


def test_a_manager_sees_no_vacancy_that_does_not_name_him(kam, vacancy):
    assert not queries.vacancies(kam).exists()
    with pytest.raises(NotAllowed):
        actions.create_vacancy(kam, title="Mine", reason="growth")
    finance = UserFactory(roles=["finance"])
    assert list(queries.vacancies(finance)) == [vacancy]
