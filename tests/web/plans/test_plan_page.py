"""The plan's page: written in place, refused with a way out, nothing typed is lost."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.calc.period import Month
from kamerton.domain.accounts.models import ProductCategory
from kamerton.domain.methodology.actions import change_methodology
from kamerton.domain.plans import actions
from kamerton.domain.plans.models import PeriodPlan, PerspectivePlan
from kamerton.platform.access.queries import system_user
from tests.factories import UserFactory
from tests.factories.plans import (
    WORSE,
    a_client,
    a_plan,
    an_action,
    approved,
    month_plan,
    region_armatura,
)

pytestmark = pytest.mark.django_db
RISK = actions.RiskText("Rouble rate", 3, 4, "Corridor")


@pytest.fixture
def head(company):
    owner = UserFactory(roles=["owner"])
    return UserFactory(roles=["head_of_sales"], supervisor=owner)


@pytest.fixture
def ann(head):
    return UserFactory(supervisor=head)


def at(plan, path=""):
    return f"/clients/{plan.client_id}/plan/{path}"


@pytest.mark.req("S4-47", "S4-51", "S3-05")
def test_the_whole_plan_stands_on_one_page(as_user, ann, head):
    plan = region_armatura(ann, starts_on=dt.date(2026, 7, 1))
    text = as_user(ann).get(at(plan)).content.decode()
    for words in (
        "Trial lot",
        "No regional stock",
        "Rouble rate",
        "7.0 times",
        "Small urgent lots",
    ):
        assert words in text
    assert 'type="range"' not in text
    assert as_user(head).get(at(plan)).status_code == 200


@pytest.mark.req("S3-11")
def test_submitting_without_a_worse_scenario_leads_to_its_section(as_user, ann):
    plan = a_plan(ann)
    answer = as_user(ann).post(at(plan, "steps/submit/"), {"revision": plan.revision})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "no worse scenario" in text
    assert f"/clients/{plan.client_id}/plan/#s9" in text
    assert PerspectivePlan.objects.get().state == "draft"


def test_a_part_is_written_in_place_and_wrong_values_stay_in_the_form(as_user, ann):
    plan, browser = a_plan(ann), as_user(ann)
    where = at(plan, "parts/risks/")
    assert browser.get(where).status_code == 200
    given = {"text": "Rate", "probability": "9", "impact": "4", "response": "Corridor"}
    answer = browser.post(where, given)
    assert answer.status_code == 422
    assert answer["HX-Retarget"] == "#dialog-content"
    assert "Corridor" in answer.content.decode()
    assert not plan.risks.exists()
    drawn = browser.post(where, given | {"probability": "3"})
    assert drawn["HX-Trigger"] == "dialog-close"
    assert "3 × 4" in drawn.content.decode()


@pytest.mark.req("S4-49")
def test_the_second_of_two_keeps_his_words_and_sees_the_others(as_user, ann, head):
    plan = a_plan(ann)
    risk = actions.add_part(ann, plan, text=RISK)
    actions.change_part(
        head, risk, text=actions.RiskText("The head wrote this", 3, 4, "Corridor"), revision=1
    )
    where = at(plan, f"parts/risks/{risk.pk}/")
    given = {"text": "Ann typed this", "probability": "3", "impact": "4", "response": "Corridor"}
    answer = as_user(ann).post(where, given | {"revision": "1"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Ann typed this" in text
    assert "The head wrote this" in text
    risk.refresh_from_db()
    assert risk.text == "The head wrote this"
    assert 'name="revision" value="2"' in text  # saved again, it is meant
    as_user(ann).post(where, given | {"revision": "2"})
    risk.refresh_from_db()
    assert risk.text == "Ann typed this"


@pytest.mark.req("S4-49")
def test_the_vision_that_two_write_is_not_lost_either(as_user, ann, head):
    plan = a_plan(ann)
    known = plan.text_revision
    actions.change_plan(head, plan, vision="The head's vision")
    answer = as_user(ann).post(
        at(plan, "text/s3/"), {"vision": "Ann's vision", "text_revision": known}
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Ann&#x27;s vision" in text
    assert "The head&#x27;s vision" in text
    assert PerspectivePlan.objects.get().vision == "The head's vision"


@pytest.mark.req("S3-51", "S4-49")
def test_head_returns_then_approves_and_versions_stand_side_by_side(as_user, ann, head):
    plan = a_plan(ann)
    actions.add_part(ann, plan, text=WORSE)
    mine, his = as_user(ann), as_user(head)
    assert mine.post(at(plan, "steps/submit/"), {"revision": ""}).status_code == 200
    assert mine.post(at(plan, "steps/approve/"), {"revision": ""}).status_code == 403
    assert (
        his.post(at(plan, "steps/return/"), {"reason": "Where is the budget?"}).status_code == 200
    )
    assert "Where is the budget?" in mine.get(at(plan)).content.decode()
    mine.post(at(plan, "steps/submit/"), {"revision": ""})
    his.post(at(plan, "steps/approve/"), {"revision": "", "reason": ""})
    mine.post(at(plan, "steps/revise/"), {"reason": "The rouble fell"})
    mine.post(at(plan, "text/s3/"), {"vision": "Second to none", "text_revision": ""})
    mine.post(at(plan, "steps/submit/"), {"revision": ""})
    his.post(at(plan, "steps/approve/"), {"revision": "", "reason": ""})
    text = mine.get(at(plan, "versions/")).content.decode()
    assert "Second to none" in text
    assert "First in valves" in text
    assert "The rouble fell" in text


@pytest.mark.req("S4-54", "S4-48")
def test_a_tool_that_is_off_hides_its_pages(as_user, ann):
    plan = approved(ann)
    off = {"dossier": False, "buying_centre": False}
    change_methodology(system_user(), note="Plans only", tools=off)
    assert as_user(ann).get(at(plan)).status_code == 200
    change_methodology(system_user(), note="No plans", tools={"plan": False})
    assert as_user(ann).get(at(plan)).status_code == 404
    overview = as_user(ann).get(f"/clients/{plan.client_id}/").content.decode()
    assert f'href="{at(plan)}"' not in overview


@pytest.mark.req("S4-24")
def test_the_three_tasks_open_to_what_they_are_made_of(as_user, ann):
    plan = approved(ann)
    text = as_user(ann).get(at(plan, "three-tasks/")).content.decode()
    for words in ("12.0", "Information", "Communication", "Planned work", "Questions answered"):
        assert words in text
    rows = as_user(ann).get(f"/plans/indexes/?clients={plan.client_id},0,x").content.decode()
    assert f'id="tti-{plan.client_id}"' in rows


def test_the_grid_plans_a_month_and_keeps_what_a_second_one_typed(as_user, ann, head):
    client = a_client(ann)
    month = str(Month.of(timezone.localdate()) + 1)
    where = f"/plans/periods/{client.pk}/month/{month}/"
    levels = {"minimum": "900", "target": "1000", "stretch": "1200", "revision": "0"}
    assert as_user(ann).get(where).status_code == 200
    assert as_user(ann).post(where, levels).status_code == 204
    stale = as_user(head).post(where, levels | {"target": "1100"})
    assert stale.status_code == 409
    assert "1100" in stale.content.decode()
    assert PeriodPlan.objects.get().target == 100_000
    assert client.name in as_user(ann).get("/plans/periods/").content.decode()


@pytest.mark.req("S4-50")
def test_a_quarter_of_a_category_is_planned_once_and_changed_in_the_list(as_user, ann):
    client, category = a_client(ann), ProductCategory.objects.create(name="Valves")
    now = Month.of(timezone.localdate())
    month_plan(client, now.first_day, 100)
    start = now + (-((now.month - 1) % 3))
    where, quarter = "/plans/periods/new/", f"quarter:{start}"
    assert quarter in as_user(ann).get(where).content.decode()
    levels = {"minimum": "900", "target": "1000", "stretch": "1200"}
    given = {"client": client.pk, "period": quarter, "category": category.pk, **levels}
    assert as_user(ann).post(where, given).status_code == 204
    twice = as_user(ann).post(where, given)
    assert twice.status_code == 422
    assert "planned already" in twice.content.decode()
    assert as_user(ann).post(where, given | {"period": "quarter:spoilt"}).status_code == 422
    assert as_user(ann).post(where, given | {"minimum": "2000"}).status_code == 422
    plan = PeriodPlan.objects.get(category=category)
    assert (plan.kind, plan.starts_on, plan.target) == ("quarter", start.first_day, 100_000)
    cell = f"/plans/periods/{client.pk}/quarter/{start}/?category={category.pk}"
    assert cell in as_user(ann).get("/plans/periods/").content.decode()
    assert as_user(ann).post(cell, levels | {"revision": "1", "target": "1100"}).status_code == 204
    plan.refresh_from_db()
    assert plan.target == 110_000
    assert as_user(ann).get(cell.replace(f"={category.pk}", "=999999")).status_code == 404
    taken = cell.replace("/?", "/remove/?")
    assert as_user(ann).post(taken).status_code == 204
    assert not PeriodPlan.objects.filter(category=category).exists()


def test_a_page_of_200_actions_is_quick_enough_and_asks_no_more(
    as_user, ann, django_assert_max_num_queries
):
    plan, browser = approved(ann), as_user(ann)
    browser.get(at(plan))
    for n in range(200):
        an_action(plan, due_on=timezone.localdate() + dt.timedelta(days=n))
    with django_assert_max_num_queries(75):
        answer = browser.get(at(plan))
    assert answer.content.decode().count("Wallet by category") >= 200
