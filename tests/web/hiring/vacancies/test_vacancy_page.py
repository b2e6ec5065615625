"""A vacancy on pages: drafted, approved, moved, closed; what each reader sees of it."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Application, Candidate, StageChange, Vacancy
from kamerton.domain.hiring.queries import planned_hires
from tests.factories import UserFactory
from tests.factories.hiring import (
    ROUBLES,
    a_candidate,
    a_vacancy,
    an_application,
    an_open_vacancy,
)

pytestmark = pytest.mark.django_db
ALL = "/hiring/vacancies/"
NEW = {
    "title": "KAM, valves",
    "role": "kam",
    "reason": "growth",
    "seats": "2",
    "mandate": "develop",
    "needed_by": "2099-01-31",
    "pay_low": "80 000",
    "pay_high": "130 000",
    "niche": "Valves",
    "tongue": "en",
    "level": "B2",
    "tongue_refuses": "on",
}


def at(vacancy, path=""):
    return f"{ALL}{vacancy.pk}/{path}"


def text(answer):
    return answer.content.decode()


@pytest.mark.req("S0-38", "S3-56", "S1-27", "S2-34")
def test_a_draft_is_made_with_its_plan_of_hires(as_user, kim, head):
    answer = as_user(kim).post(f"{ALL}new/", NEW | {"head": head.pk})
    made = Vacancy.objects.get()
    assert answer["Location"] == at(made, "profile/")
    assert (made.pay_low, made.pay_high) == (80_000 * ROUBLES, 130_000 * ROUBLES)
    assert made.hires_planned == planned_hires(2).hires == 5
    assert made.languages == [{"code": "en", "cefr": "B2", "knockout": True}]
    assert made.head == head
    assert made.requirements.filter(need="must").count() == 5


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ({"title": ""}, "This field is required"),
        ({"seats": "0"}, "greater than or equal to 1"),
        ({"pay_low": "two"}, "Enter a number"),
        ({"pay_low": "200000"}, "begins below its end"),
        ({"level": ""}, "Choose the level"),
        ({"mandate": "rest"}, "Select a valid choice"),
        ({"title": "Девушка на ключевых клиентов"}, "speaks of: sex"),
        ({"head": "999999"}, "Select a valid choice"),
    ],
)
def test_spoilt_input_stays_in_the_form(as_user, kim, spoilt, said):
    answer = as_user(kim).post(f"{ALL}new/", NEW | spoilt)
    assert answer.status_code == 422
    assert said in text(answer)
    assert 'value="Valves"' in text(answer)
    assert not Vacancy.objects.exists()


@pytest.mark.req("S3-56")
def test_without_a_mandate_it_does_not_open_and_the_page_says_what_to_add(as_user, kim, head):
    draft = a_vacancy(kim, mandate="")
    assert "Before the approval add: the mandate." in text(as_user(kim).get(at(draft)))
    browser = as_user(head)
    assert "clock of time to hire" in text(browser.get(at(draft, "steps/approve/")))
    answer = browser.post(at(draft, "steps/approve/"))
    assert answer.status_code == 422
    assert answer["HX-Retarget"] == "#dialog-content"
    assert "Without a mandate" in text(answer)
    draft.refresh_from_db()
    assert draft.state == "draft"
    as_user(kim).post(at(draft, "edit/about/"), NEW)
    answer = browser.post(at(draft, "steps/approve/"), headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == at(draft)
    draft.refresh_from_db()
    assert (draft.state, draft.approved_by) == ("approved", head)


def test_nobody_approves_his_own(as_user, head):
    draft = a_vacancy(head)
    answer = as_user(head).post(at(draft, "steps/approve/"))
    assert answer.status_code == 422
    assert "Nobody approves his own" in text(answer)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_what_was_approved_is_not_offered_for_change(as_user, kim, vacancy):
    browser = as_user(kim)
    assert browser.get(at(vacancy, "edit/about/")).status_code == 404
    assert browser.get(at(vacancy, "edit/nothing/")).status_code == 404
    given = {
        "rank_profile": "potential",
        "language": "en",
        "targets": "Acme\n\n Borey ",
        "pool": "",
    }
    browser.post(at(vacancy, "edit/search/"), given | {"route": "mixed"})
    vacancy.refresh_from_db()
    assert vacancy.targets == ["Acme", "Borey"]
    assert (vacancy.route, vacancy.rank_profile, vacancy.pool) == ("mixed", "potential", None)
    browser.post(
        at(vacancy, "edit/clients/"), {"deal_size": "1 000", "level": "3", "products": "A"}
    )
    vacancy.refresh_from_db()
    assert vacancy.profile == {"deal_size": 100_000, "level": 3, "products": ["A"]}


def test_a_stage_is_moved_and_taken_back(as_user, kim, vacancy):
    browser = as_user(kim)
    browser.post(at(vacancy, "stage/"), {"to": "sourcing"})
    answer = browser.post(at(vacancy, "stage/"), {"to": "interviews"}, follow=True)
    vacancy.refresh_from_db()
    assert vacancy.state == "interviews"
    undo = f"{at(vacancy, 'stage/')}?to=sourcing"
    assert undo in text(answer)
    browser.post(undo)
    vacancy.refresh_from_db()
    assert vacancy.state == "sourcing"
    assert browser.post(at(vacancy, "stage/"), {"to": "closed"}).status_code == 422
    assert browser.post(at(vacancy, "stage/"), {"to": "nonsense"}).status_code == 422
    vacancy.refresh_from_db()
    assert vacancy.state == "sourcing"


def test_closing_with_empty_seats_asks_why(as_user, kim, vacancy):
    browser = as_user(kim)
    answer = browser.post(at(vacancy, "steps/close/"), {"reason": " "})
    assert answer.status_code == 422
    assert "Not all seats are filled" in text(answer)
    vacancy.refresh_from_db()
    assert vacancy.is_open
    browser.post(at(vacancy, "steps/close/"), {"reason": "Frozen by the owner"})
    page = text(browser.get(at(vacancy)))
    assert "0 of 1 seats filled. Frozen by the owner" in page
    assert "steps/close/" not in page
    assert browser.post(at(vacancy, "stage/"), {"to": "sourcing"}).status_code == 404


@pytest.mark.req("S0-10", "S3-16")
def test_the_reserve_comes_first_and_the_adviser_says_where_to_look(as_user, kim):
    vacancy = an_open_vacancy(kim)
    day = timezone.localdate()
    kay = UserFactory(full_name="Kay Kam", hired_on=day - dt.timedelta(days=1200))
    a_candidate(
        full_name="Kay Kam", kind="internal", user=kay, willing=True,
        ready_on=day + dt.timedelta(days=180),
    )  # fmt: skip
    page = text(as_user(kim).get(at(vacancy)))
    assert "From outside: nobody of ours is ready in time." in page
    assert "150 days later than needed" in page
    assert '<tr class="past">' in page  # the internal way is grey
    assert page.index("Our own people first") < page.index("Funnel against the plan")
    Candidate.objects.filter(kind="internal").update(ready_on=day)
    page = text(as_user(kim).get(at(vacancy)))
    assert "From within" in page
    assert "ready in time" in page


@pytest.mark.req("S0-38")
def test_the_page_counts_the_funnel_against_the_plan(as_user, kim, django_assert_max_num_queries):
    vacancy = an_open_vacancy(kim)
    start = timezone.localdate() - dt.timedelta(days=9)
    Vacancy.objects.filter(pk=vacancy.pk).update(approved_on=start)
    for _n in range(3):
        an_application(vacancy, stage="contacted")
    browser = as_user(kim)
    with django_assert_max_num_queries(40):
        page = text(browser.get(at(vacancy)))
    assert "will be missing at this pace" in page or "the days are over" in page
    assert "min n with P(Bin" in page
    for _n in range(20):
        an_application(vacancy, stage="contacted")
    with django_assert_max_num_queries(40):
        browser.get(at(vacancy))


def test_the_chart_by_day_follows_the_steps(as_user, kim, vacancy):
    one = an_application(vacancy, stage="contacted")
    StageChange.objects.create(application=one, after="contacted", by=kim, at=timezone.now())
    found = as_user(kim).get(at(vacancy, "funnel/contacted/")).json()
    plan, fact = found["series"]
    assert fact["values"][0] == 1
    assert fact["values"][1] is None
    assert plan["values"][-1] == vacancy.funnel["contacted"]
    assert as_user(kim).get(at(vacancy, "funnel/nothing/")).status_code == 404
    draft = a_vacancy(kim)
    assert as_user(kim).get(at(draft, "funnel/contacted/")).json()["series"] == []


@pytest.mark.req("S0-13")
def test_an_expense_raises_the_fact_and_the_cost_of_a_hire(as_user, kim, head, vacancy):
    browser = as_user(kim)
    an_application(vacancy, stage="hired", hired_on=timezone.localdate())
    browser.post(at(vacancy, "budget/plan/"), {"item": "Ads", "amount": "30 000"})
    browser.post(at(vacancy, "budget/spent/"), {"item": "Ads", "amount": "40000"})
    page = text(as_user(head).get(at(vacancy)))
    assert "over the plan" in page
    assert page.count("40,000") >= 3  # spent, a hire, the item
    refused = browser.post(at(vacancy, "budget/spent/"), {"item": "Ads", "amount": "-1"})
    assert refused.status_code == 422
    assert vacancy.budget.get().spent == 40_000 * ROUBLES


def test_finance_sees_the_money_alone(as_user, kim, vacancy):
    actions.plan_budget(kim, vacancy, item="Ads", planned=100 * ROUBLES)
    an_application(vacancy, candidate=a_candidate(full_name="Ivan Secret"))
    browser = as_user(UserFactory(roles=["finance"]))
    page = text(browser.get(at(vacancy)))
    assert "Ads" in page
    assert "budget/plan/" not in page
    assert "Funnel against the plan" not in page
    assert vacancy.title in text(browser.get(ALL))
    for path in ("profile/", "letter/", "market/", "funnel/contacted/"):
        assert browser.get(at(vacancy, path)).status_code == 403
    assert (
        browser.post(at(vacancy, "budget/plan/"), {"item": "x", "amount": "1"}).status_code == 403
    )
    assert vacancy.budget.count() == 1


def test_an_assessor_sees_neither_money_nor_funnel(as_user, kim, vacancy):
    assessor = UserFactory()
    browser = as_user(assessor)
    assert browser.get(at(vacancy)).status_code == 404
    an_application(vacancy, stage="showed").scorecards.create(assessor=assessor)
    page = text(browser.get(at(vacancy)))
    assert "You assess or teach" in page
    assert "80,000" not in page
    assert "Pay against the market" not in page
    assert browser.get(ALL).status_code == 403


def test_more_hires_are_planned_by_who_decides(as_user, kim, head, vacancy):
    assert as_user(kim).post(at(vacancy, "hires/"), {"hires": "4"}).status_code == 403
    browser = as_user(head)
    browser.post(at(vacancy, "hires/"), {"hires": "4"})
    vacancy.refresh_from_db()
    assert vacancy.hires_planned == 4
    assert browser.post(at(vacancy, "hires/"), {"hires": "0"}).status_code == 422


def test_the_list_tells_people_and_the_next_day(as_user, kim, django_assert_max_num_queries):
    browser = as_user(kim)
    assert "Draft a vacancy" in text(browser.get(ALL))
    late = an_open_vacancy(kim, title="Late one")
    Vacancy.objects.filter(pk=late.pk).update(
        approved_on=timezone.localdate() - dt.timedelta(days=60),
        needed_by=timezone.localdate() - dt.timedelta(days=5),
    )
    for _n in range(8):
        an_application(an_open_vacancy(kim), stage="contacted")
    for stage in ("contacted", "probation", "hired", "refused"):
        an_application(late, stage=stage)
    with django_assert_max_num_queries(16):
        page = text(browser.get(ALL))
    assert "1 vacancy is late." in page
    assert "Late one" in page
    row = page[page.index("Late one") :]
    counted = row.index(">3<")  # in the contest, then on probation, then hired
    assert row.index(">1<", counted) < row.index("needed by")
    actions.close_vacancy(kim, late, note="Enough")
    assert "Late one" not in text(browser.get(ALL))
    assert "Late one" in text(browser.get(f"{ALL}?state=closed"))
    assert "Late one" in text(browser.get(f"{ALL}?state=all"))
    assert "Late one" not in text(browser.get(f"{ALL}?state=%27nonsense"))


def test_files_hold_no_formulas(as_user, kim):
    an_open_vacancy(kim, title="=HYPERLINK(1)")
    answer = as_user(kim).get(f"{ALL}table/?format=csv")
    content = b"".join(answer.streaming_content).decode()
    assert "'=HYPERLINK(1)" in content
    assert "\n=HYPERLINK" not in content


def test_the_market_is_laid_beside_the_band(as_user, kim, vacancy):
    page = text(as_user(kim).get(at(vacancy)))
    assert "no figures of the market" in page
    pay = actions.Quartiles(100_000 * ROUBLES, 140_000 * ROUBLES, 180_000 * ROUBLES)
    actions.put_benchmark(
        kim, role="kam", region="Tver", source="Survey", on=timezone.localdate(), pay=pay
    )
    assert "below the median" in text(as_user(kim).get(at(vacancy)))


def test_nobody_reads_a_vacancy_that_is_not_there(as_user, kim):
    assert Application.objects.count() == 0
    assert as_user(kim).get(f"{ALL}999999/").status_code == 404
