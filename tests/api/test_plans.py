"""Plans through the API."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.calc.period import Month
from kamerton.domain.plans.models import PeriodPlan, PerspectivePlan
from tests.factories import UserFactory
from tests.factories.plans import a_client, approved

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}
URL = "/api/v1/plans"


@pytest.fixture
def head(company):
    return UserFactory(roles=["head_of_sales"])


@pytest.fixture
def ann(head):
    return UserFactory(supervisor=head)


@pytest.mark.req("S4-45", "S4-49", "S3-11")
def test_a_plan_is_begun_written_refused_submitted_and_approved(as_user, ann, head):
    mine, his = as_user(ann), as_user(head)
    client = a_client(ann)
    made = mine.post(f"/api/v1/clients/{client.pk}/plan", {"starts_on": "2026-07-01"}, **JSON)
    assert made.status_code == 201
    plan = f"{URL}/{made.json()['id']}"
    written = {"vision": "First", "baseline": "6000000.00", "target": "15000000.00"}
    changed = mine.patch(plan, written | {"trajectory": "growth"}, **JSON).json()
    years = [year["trajectory"] for year in changed["page"]["years"]]
    assert [round(year / 1e8, 3) for year in years] == [8.143, 11.052, 15.0]
    refused = mine.post(f"{plan}/submit", {}, **JSON)
    assert (refused.status_code, refused.json()["code"]) == (422, "no_worse_scenario")
    worse = {"kind": "worse", "text": "No stock", "sales": "9000000"}
    added = mine.post(f"{plan}/parts/scenarios", worse, **JSON)
    assert added.status_code == 201
    assert added.json()["page"]["scenarios"][0]["sales"] == 900_000_000
    assert mine.post(f"{plan}/submit", {}, **JSON).json()["state"] == "review"
    assert mine.post(f"{plan}/approve", {}, **JSON).status_code == 403
    done = his.post(f"{plan}/approve", {}, **JSON).json()
    assert (done["state"], done["figures"]["approved"], done["figures"]["score"]) == (
        *("approved", True, 40.0),
    )
    assert [each["number"] for each in mine.get(f"{plan}/versions").json()] == [1]
    listed = mine.get(URL).json()
    assert (listed["total"], listed["items"][0]["target"]) == (1, "15000000.00")
    index = mine.get(f"/api/v1/clients/{client.pk}/three-tasks").json()
    assert index["index"] == pytest.approx(12.0)
    assert [task["code"] for task in index["tasks"]] == ["information", "communication", "plan"]


def test_parts_are_changed_by_what_was_read_and_lacking_fields_are_named(as_user, ann):
    caller = as_user(ann)
    client = a_client(ann)
    plan = caller.post(f"/api/v1/clients/{client.pk}/plan", {}, **JSON).json()
    where = f"{URL}/{plan['id']}/parts/risks"
    risk = {"text": "Rate", "probability": 3, "impact": 4, "response": "Corridor"}
    lacking = caller.post(where, {"text": "Rate"}, **JSON)
    assert lacking.status_code == 422
    assert "probability" in lacking.json()["detail"]
    assert caller.post(where, risk | {"cost": "5"}, **JSON).status_code == 422
    made = caller.post(where, risk, **JSON).json()["page"]["risks"][0]
    one = f"{where}/{made['pk']}"
    assert caller.put(one, risk | {"impact": 5, "revision": 1}, **JSON).status_code == 200
    stale = caller.put(one, risk | {"impact": 1, "revision": 1}, **JSON)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    left = caller.delete(one).json()["page"]["risks"]
    assert left == []
    assert caller.delete(one).status_code == 404


@pytest.mark.req("S4-50", "S3-04")
def test_a_month_is_planned_and_one_below_the_trajectory_needs_a_reason(as_user, ann):
    month = Month.of(timezone.localdate())
    plan = approved(ann, starts_on=month.first_day)
    body = {"client_id": plan.client_id, "kind": "month", "starts_on": str(month.first_day)}
    low = body | {"minimum": "1", "target": "2", "stretch": "3"}
    refused = as_user(ann).post("/api/v1/period-plans", low, **JSON)
    assert (refused.status_code, refused.json()["code"]) == (422, "reason_missing")
    assert not PeriodPlan.objects.exists()
    made = as_user(ann, reach="read").post("/api/v1/period-plans", low, **JSON)
    assert made.status_code == 403


def test_strangers_find_nothing(as_user, ann):
    plan = approved(ann, starts_on=dt.date(2026, 7, 1))
    stranger = UserFactory(supervisor=UserFactory(roles=["head_of_sales"]))
    caller = as_user(stranger)
    assert caller.get(f"{URL}/{plan.pk}").status_code == 404
    assert caller.get(URL).json()["total"] == 0
    assert caller.patch(f"{URL}/{plan.pk}", {"vision": "Mine"}, **JSON).status_code == 404
    assert PerspectivePlan.objects.get().vision == "First in valves"
