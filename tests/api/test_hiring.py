"""Hiring through the API: from the draft of a vacancy to the verdict of a probation."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.domain.hiring.models import Application, Candidate, CandidateForm, Vacancy
from kamerton.domain.methodology.content import shipped
from kamerton.platform.audit.models import AuditEntry
from tests.factories import UserFactory
from tests.factories.hiring import (
    ROUBLES,
    a_candidate,
    a_form,
    an_application,
    an_offer_text,
    an_open_vacancy,
    marked,
    task_done,
)

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}
URL = "/api/v1/hiring"


@pytest.fixture
def owner(company):
    return UserFactory(roles=["owner"])


@pytest.fixture
def head(owner):
    return UserFactory(roles=["head_of_sales"], supervisor=owner)


@pytest.fixture
def kim(company):
    return UserFactory(roles=["recruiter"])


@pytest.fixture
def kam(head):
    return UserFactory(supervisor=head)


@pytest.fixture
def vacancy(kim):
    return an_open_vacancy(kim)


def test_a_vacancy_is_drafted_changed_approved_and_moved_on(as_user, kim, head):
    hers, his = as_user(kim), as_user(head)
    body = {"title": "Key account manager", "reason": "growth", "pay_low": "80000"}
    made = hers.post(f"{URL}/vacancies", body, **JSON)
    assert made.status_code == 201
    one = f"{URL}/vacancies/{made.json()['id']}"
    assert {line["need"] for line in made.json()["requirements"]} == {"must"}
    early = his.post(f"{one}/approve", {}, **JSON)
    assert (early.status_code, early.json()["code"]) == (422, "no_mandate")
    soon = str(timezone.localdate() + dt.timedelta(days=30))
    fields = {"mandate": "develop", "needed_by": soon, "pay_high": "130000.50"}
    changed = hers.patch(one, fields, **JSON).json()
    assert (changed["pay_high"], changed["mandate"]) == ("130000.50", "develop")
    assert hers.post(f"{one}/approve", {}, **JSON).status_code == 403
    approved = his.post(f"{one}/approve", {}, **JSON).json()
    assert (approved["state"], approved["hires_planned"]) == ("approved", 2)
    assert approved["funnel"]["hired"] == 2
    assert hers.post(f"{one}/advance", {"to": "sourcing"}, **JSON).json()["state"] == "sourcing"
    fixed = hers.patch(one, {"pay_high": "1"}, **JSON)
    assert (fixed.status_code, fixed.json()["code"]) == (422, "wrong_state")
    assert hers.get(f"{URL}/vacancies").json()["total"] == 1
    assert hers.get(f"{one}/funnel").json()[0]["code"] == "sourced"
    assert hers.get(f"{one}/cost").json()["per_hire"] is None
    closed = his.post(f"{one}/cancel", {"reason": "No money"}, **JSON).json()
    assert closed["state"] == "cancelled"
    assert hers.get(f"{URL}/vacancies").json()["total"] == 0
    assert hers.get(f"{URL}/vacancies?state=all").json()["total"] == 1


@pytest.mark.req("S0-22")
def test_rows_come_in_once_and_bad_ones_are_told(as_user, kim, vacancy):
    caller = as_user(kim)
    rows = [
        {"full_name": "Anna Orlova", "phone": "8 916 000 00 01", "pay_wanted": "120000"},
        {"full_name": "", "phone": "8 916 000 00 02"},
        {"full_name": "Boris Petrov", "email": "BORIS@example.com"},
    ]
    url = f"{URL}/vacancies/{vacancy.pk}/import"
    first = caller.post(url, {"rows": rows}, **JSON).json()
    assert (first["made"], first["known"], first["applied"]) == (2, 0, 2)
    assert [one["row"] for one in first["bad"]] == [2]
    again = caller.post(url, {"rows": rows}, **JSON).json()
    assert (again["made"], again["known"], again["applied"]) == (0, 2, 0)
    assert Candidate.objects.get(full_name="Anna Orlova").pay_wanted == 120_000 * ROUBLES
    assert caller.post(url, {"rows": rows, "source": "hh"}, **JSON).status_code == 404
    assert Candidate.objects.count() == 2


@pytest.mark.req("S0-25")
def test_candidates_are_found_called_and_moved(as_user, kim, vacancy):
    caller = as_user(kim)
    one = an_application(vacancy, candidate=a_candidate(full_name="Zoe Ivanova"))
    an_application(vacancy)
    of = f"{URL}/vacancies/{vacancy.pk}"
    found = caller.get(f"{of}/applications?search=ivanova").json()
    assert [row["candidate"]["name"] for row in found["items"]] == ["Zoe Ivanova"]
    assert "phone" not in str(found)
    assert caller.get(f"{of}/calls").json()["total"] == 2
    mine = f"{URL}/applications/{one.pk}"
    called = caller.post(f"{mine}/calls", {"outcome": "interested", "note": "Yes"}, **JSON)
    assert called.status_code == 201
    assert caller.get(f"{of}/calls").json()["total"] == 1
    assert caller.get(mine).json()["stage"] == "contacted"
    bare = caller.post(f"{mine}/stage", {"to": "refused"}, **JSON)
    assert (bare.status_code, bare.json()["code"]) == (422, "reason_missing")
    moved = caller.post(f"{mine}/stage", {"to": "refused", "reason": "Too far"}, **JSON).json()
    assert (moved["stage"], moved["exit_reason"]) == ("refused", "Too far")
    way = [(step["before"], step["after"]) for step in caller.get(f"{mine}/history").json()]
    assert way == [("sourced", "contacted"), ("contacted", "refused")]
    naive = caller.post(
        f"{mine}/calls", {"outcome": "busy", "next_at": "2030-01-01T10:00:00"}, **JSON
    )
    assert naive.status_code == 422


def test_contacts_are_read_with_a_trace(as_user, kim, kam, vacancy):
    person = an_application(vacancy).candidate
    caller = as_user(kim)
    assert "email" not in caller.get(f"{URL}/candidates").json()["items"][0]
    assert not AuditEntry.objects.filter(action="hiring.candidate_viewed").exists()
    full = caller.get(f"{URL}/candidates/{person.pk}").json()
    assert (full["phone"], full["email"]) == (person.phone, person.email)
    assert AuditEntry.objects.filter(action="hiring.candidate_viewed", actor=kim).count() == 1
    assert as_user(kam).get(f"{URL}/candidates/{person.pk}").status_code == 404


def test_a_person_is_put_down_once_and_erased(as_user, kim, vacancy):
    caller = as_user(kim)
    body = {"full_name": "Anna Orlova", "phone": "+7 916 000-00-01", "vacancy_id": vacancy.pk}
    made = caller.post(f"{URL}/candidates", body | {"pay_wanted": "90000"}, **JSON)
    assert (made.status_code, made.json()["pay_wanted"]) == (201, "90000.00")
    assert Application.objects.get().candidate.full_name == "Anna Orlova"
    twice = caller.post(f"{URL}/candidates", body, **JSON)
    assert (twice.status_code, twice.json()["code"]) == (409, "known_already")
    pk = made.json()["id"]
    gone = caller.post(f"{URL}/candidates/{pk}/erase", {"reason": "Asked"}, **JSON).json()
    assert (gone["erased"], gone["name"], gone["phone"]) == (True, "", "")


@pytest.mark.req("S0-26")
def test_a_link_to_the_form_is_told_once_and_leads_to_the_form(as_user, kim, vacancy):
    caller = as_user(kim)
    one = an_application(vacancy)
    made = caller.post(f"{URL}/applications/{one.pk}/form", {}, **JSON)
    link = made.json()["link"]
    assert made.status_code == 201 and link.startswith("http://testserver/c/form/")
    assert caller.get(link.removeprefix("http://testserver")).status_code == 200
    form = caller.get(f"{URL}/applications/{one.pk}/form").json()
    assert (form["state"], form["answers"]) == ("sent", [])
    filled = an_application(vacancy)
    a_form(kim, filled)
    url = f"{URL}/applications/{filled.pk}/form"
    answers = {one["code"]: one["answer"] for one in caller.get(url).json()["answers"]}
    assert answers["largest_deal"] == "4000000"
    body = {"code": "case", "mark": 0.5}
    assert caller.post(f"{url}/marks", body, **JSON).status_code == 200
    assert caller.post(f"{url}/marks", {"code": "case", "mark": 2}, **JSON).status_code == 422
    assert CandidateForm.objects.get(application=filled).marks == {"case": 0.5}
    market = caller.get(f"{URL}/vacancies/{vacancy.pk}/market").json()
    assert (market["n"], market["pay_p50"]) == (1, "120000.00")


@pytest.mark.req("S0-30", "S0-31", "S0-32")
def test_slots_are_made_people_invited_and_checked_in(as_user, kim, kam, vacancy):
    caller, his = as_user(kim), as_user(kam)
    day = str(timezone.localdate() + dt.timedelta(days=1))
    body = {
        "kind": "stream",
        "since": day,
        "until": day,
        "breaks": [{"since": "13:00", "until": "14:00"}],
        "weekends": True,
        "interviewers": [kam.pk],
    }
    made = caller.post(f"{URL}/vacancies/{vacancy.pk}/sessions", body, **JSON).json()
    assert (made["made"], made["allowed"]) == (16, 3)
    endless = body | {"until": "2090-01-01"}
    refused = caller.post(f"{URL}/vacancies/{vacancy.pk}/sessions", endless, **JSON)
    assert refused.status_code == 422
    one = an_application(vacancy, stage="passed")
    slot = {"session_id": made["ids"][0]}
    invited = caller.post(f"{URL}/applications/{one.pk}/invitations", slot, **JSON)
    assert invited.status_code == 201 and "/c/interview/" in invited.json()["link"]
    seen = his.get(f"{URL}/sessions?day={day}").json()
    assert (seen[0]["expected"], len(seen[0]["invited"])) == (pytest.approx(5 / 12), 1)
    check = f"{URL}/invitations/{invited.json()['id']}/check-in"
    late = his.post(check, {"state": "late", "late_minutes": 10}, **JSON).json()
    assert late["state"] == "late"
    assert caller.post(check, {"state": "late"}, **JSON).status_code == 422
    told = caller.post(f"{URL}/sessions/{made['ids'][1]}/cancel", {}, **JSON)
    assert told.json() == []


def test_scorecards_are_blind_then_compared_and_agreed(as_user, kim, head, kam, vacancy):
    one = an_application(vacancy, stage="showed")
    his, hers = as_user(kam), as_user(kim)
    mine = f"{URL}/applications/{one.pk}"
    assert his.get(mine).status_code == 404
    named = hers.put(f"{mine}/assessors", {"people": [kam.pk, head.pk]}, **JSON).json()
    assert [each["submitted"] for each in named] == [False, False]
    assert his.get(mine).status_code == 200
    given = {"marks": {"fit_values": {"mark": 9}}}
    assert his.put(f"{mine}/scorecard", given, **JSON).status_code == 422
    bare = his.post(f"{mine}/scorecard/submit", {}, **JSON)
    assert (bare.status_code, bare.json()["code"]) == (422, "marks_missing")
    marked(one, kam, head)
    compared = hers.get(f"{mine}/calibration").json()
    assert compared and compared[0]["marks"] == {str(kam.pk): 3, str(head.pk): 3}
    agreed = {"code": compared[0]["code"], "mark": 4, "note": "Seen in the role play"}
    told = hers.post(f"{mine}/calibration", agreed, **JSON).json()
    assert told[0]["agreed"] == 4
    task = shipped().business_task("key_client")
    points = {item.code: item.points for item in task.rubric}
    done = hers.post(f"{mine}/tasks", {"task": task.code, "points": points}, **JSON).json()
    assert done["score"] == 100.0
    ranked = hers.get(f"{URL}/vacancies/{vacancy.pk}/ranking").json()
    assert (ranked[0]["application_id"], ranked[0]["missing"]) == (one.pk, [])


@pytest.mark.req("S0-39")
def test_an_offer_waits_for_the_probation_plan_and_is_answered(as_user, kim, head, kam, vacancy):
    one = an_application(vacancy, stage="selected")
    marked(one, kam, head)
    task_done(kim, one)
    hers, his = as_user(kim), as_user(head)
    text = an_offer_text()
    body = {
        "pay": "120000",
        "sections": dict(text.sections),
        "track": text.track,
        "motive": text.motive,
        "adaptation_risk": text.adaptation_risk,
        "answer_by": str(text.answer_by),
    }
    mine = f"{URL}/applications/{one.pk}"
    made = hers.post(f"{mine}/offers", body, **JSON)
    assert (made.status_code, made.json()["beyond"]) == (201, False)
    offer = f"{URL}/offers/{made.json()['id']}"
    assert hers.post(f"{offer}/approve", {}, **JSON).status_code == 403
    assert his.post(f"{offer}/approve", {}, **JSON).json()["state"] == "approved"
    early = hers.post(f"{offer}/send", {"by_mail": False}, **JSON)
    assert (early.status_code, early.json()["code"]) == (422, "no_probation_plan")
    first = timezone.localdate()
    days = {
        "starts_on": str(first),
        "verdict_on": str(first + dt.timedelta(days=28)),
        "contractual_until": str(first + dt.timedelta(days=85)),
        "mentor_id": kam.pk,
        "monthly_cost": "200000",
    }
    plan = his.put(f"{mine}/probation", days, **JSON).json()
    assert (plan["state"], plan["passes"], plan["mentor"]["id"]) == ("draft", False, kam.pk)
    assert hers.post(f"{offer}/send", {"by_mail": False}, **JSON).json()["state"] == "sent"
    done = hers.post(f"{offer}/answer", {"accepted": True}, **JSON).json()
    assert done["state"] == "accepted"
    assert hers.get(mine).json()["stage"] == "accepted"
    listed = as_user(kam).get(f"{URL}/probations").json()
    assert listed["total"] == 1
    probation = f"{URL}/probations/{plan['id']}"
    early = his.post(f"{probation}/checkpoints", {"on": str(first), "method": 0.8}, **JSON)
    assert (early.status_code, early.json()["code"]) == (422, "wrong_state")
    refused = his.post(f"{probation}/verdict", {"verdict": "extend"}, **JSON)
    assert (refused.status_code, refused.json()["code"]) == (422, "until_missing")
    assert his.get(f"{probation}/checkpoints").json() == []


def test_reports_are_for_those_who_hire(as_user, kim, kam, vacancy):
    an_application(vacancy, stage="hired", hired_on=timezone.localdate())
    hers, his = as_user(kim), as_user(kam)
    for name in ("summary", "yields", "stages", "sources", "speed", "survival"):
        assert hers.get(f"{URL}/reports/{name}").status_code == 200, name
        assert his.get(f"{URL}/reports/{name}").status_code == 403, name
    assert hers.get(f"{URL}/reports/speed").json()[0]["days"] == 0
    assert hers.get(f"{URL}/reports/survival").json()[0]["n"] == 1
    assert hers.get(f"{URL}/reports/yields?vacancy={vacancy.pk}").json()[0]["entered"] == 1


def test_a_token_that_reads_changes_nothing(as_user, kim, vacancy):
    reader = as_user(kim, reach="read")
    body = {"title": "Another", "reason": "growth"}
    assert reader.post(f"{URL}/vacancies", body, **JSON).status_code == 403
    assert Vacancy.objects.count() == 1


def test_lists_cost_the_same_for_many(as_user, kim, vacancy, django_assert_max_num_queries):
    caller = as_user(kim)
    for _ in range(12):
        an_application(vacancy)
    with django_assert_max_num_queries(14):
        listed = caller.get(f"{URL}/vacancies/{vacancy.pk}/applications?limit=12")
    assert len(listed.json()["items"]) == 12
