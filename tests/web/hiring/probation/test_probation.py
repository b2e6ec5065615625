"""How a newcomer stands: facts with their records, weekly looks, the verdict, the surplus."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Application, ProbationPlan
from kamerton.domain.hiring.queries import Marked
from kamerton.platform.access.models import User
from tests.factories import ContactPersonFactory, UserFactory
from tests.factories.activities import contact
from tests.factories.hiring import an_application, an_open_vacancy
from tests.factories.ledger import ledger, line

pytestmark = pytest.mark.django_db
GOOD = Marked(method=0.9, calls=16, papers=1.0)


def at(plan, path=""):
    return f"/hiring/probation/{plan.pk}/{path}"


def fresh(plan):
    return ProbationPlan.objects.get(pk=plan.pk)


def over(plan):
    """The day of the verdict is here."""
    ProbationPlan.objects.filter(pk=plan.pk).update(verdict_on=timezone.localdate())


def passing(plan, head, nick, clients):
    """All that the points of a pass need."""
    day = timezone.localdate() - dt.timedelta(days=2)
    ledger([line(day, f"T{number}", 300) for number in range(1, 6)])
    for number in range(25):
        contact([ContactPersonFactory(client=clients[number % 5])], day, kind="meeting", owner=nick)
    actions.write_checkpoint(head, plan, on=timezone.localdate(), marked=GOOD)
    over(plan)


@pytest.mark.req("S0-42", "S0-14", "S1-50")
def test_the_page_tells_facts_targets_and_what_opens_behind(
    as_user, head, begun, nick, clients, django_assert_max_num_queries
):
    day = timezone.localdate() - dt.timedelta(days=2)
    made = contact([ContactPersonFactory(client=clients[0])], day, kind="meeting", owner=nick)
    with django_assert_max_num_queries(75):
        text = as_user(head).get(at(begun)).content.decode()
    assert "Negotiations" in text
    assert "no contact on record" in text
    assert "The way to the full plan" in text
    assert "Costs a month" in text
    rows = as_user(head).get(at(begun, "proof/talks/")).content.decode()
    assert f"/activities/{made.pk}/" in rows
    assert clients[0].name in rows
    for code in ("portfolio", "dossier", "centre", "plans", "method", "calls", "papers"):
        assert as_user(head).get(at(begun, f"proof/{code}/")).status_code == 200
    assert as_user(head).get(at(begun, "proof/junk/")).status_code == 404


def test_the_recruiter_sees_figures_but_no_client(as_user, kim, begun, clients):
    text = as_user(kim).get(at(begun)).content.decode()
    rows = as_user(kim).get(at(begun, "proof/portfolio/")).content.decode()
    assert "Client 1" in text
    assert "Client 1" in rows
    for client in clients:
        assert f">{client.name}<" not in text + rows
    paper = as_user(kim).get(at(begun, "evidence.pdf"))
    assert paper.content.startswith(b"%PDF-")


def test_the_newcomer_sees_where_he_stands_and_no_money(as_user, begun, nick, kam_stranger):
    text = as_user(nick).get(at(begun)).content.decode()
    assert "What is asked" in text
    assert "Costs a month" not in text
    assert "/verdict/" not in text
    assert as_user(nick).get("/hiring/probation/").status_code == 200
    assert as_user(kam_stranger).get(at(begun)).status_code == 404
    refused = as_user(nick).post(at(begun, "checkpoint/"), {"on": "2026-01-01", "note": "x"})
    assert (refused.status_code, begun.checkpoints.count()) == (403, 0)


@pytest.fixture
def kam_stranger(head):
    return UserFactory(supervisor=head)


def test_steps_are_ticked_by_the_newcomer_and_taken_back(as_user, begun, nick):
    step = begun.steps.first()
    as_user(nick).post(at(begun, f"steps/{step.pk}/"))
    step.refresh_from_db()
    assert (step.done_on, step.done_by) == (timezone.localdate(), nick)
    as_user(nick).post(at(begun, f"steps/{step.pk}/"))
    step.refresh_from_db()
    assert (step.done_on, step.done_by) == (None, None)
    assert as_user(nick).post(at(begun, "steps/999/")).status_code == 404


def test_the_mentor_looks_once_a_week(as_user, mentor, begun):
    url = at(begun, "checkpoint/")
    today = f"{timezone.localdate()}"
    for spoilt in ({"calls": "23"}, {"method": "101"}, {"on": "soon"}, {"note": ""}):
        given = {"on": today, "method": "80", "calls": "14", "papers": "100", "note": "Well"}
        assert as_user(mentor).post(url, given | spoilt).status_code == 422
    early = begun.starts_on - dt.timedelta(days=1)
    assert as_user(mentor).post(url, {"on": f"{early}", "note": "x"}).status_code == 422
    assert begun.checkpoints.count() == 0
    as_user(mentor).post(url, {"on": today, "method": "80", "calls": "14", "note": "Listens"})
    look = begun.checkpoints.get()
    assert (look.method_share, look.calls_mark, look.papers_share) == (0.8, 14.0, None)
    assert "Listens" in as_user(mentor).get(at(begun)).content.decode()


def test_what_is_due_stands_above_the_list(
    as_user, head, mentor, begun, django_assert_max_num_queries
):
    ProbationPlan.objects.filter(pk=begun.pk).update(
        verdict_on=timezone.localdate() + dt.timedelta(days=2)
    )
    with django_assert_max_num_queries(24) as few:
        text = as_user(head).get("/hiring/probation/").content.decode()
    cost = len(few.captured_queries)
    assert "1 verdict is due within three days." in text
    assert "Nick New" in as_user(mentor).get("/hiring/probation/").content.decode()
    for number in range(4):
        other = an_application(begun.application.vacancy, stage="probation")
        ProbationPlan.objects.create(
            application=other,
            state="active",
            starts_on=begun.starts_on,
            verdict_on=timezone.localdate() + dt.timedelta(days=5 + number),
            planned_verdict_on=begun.verdict_on,
            contractual_until=begun.contractual_until,
            cycle_days=28,
            targets={},
            methodology=begun.methodology,
            mentor=mentor,
            created_by=head,
        )
    with django_assert_max_num_queries(cost):
        as_user(head).get("/hiring/probation/")
    for show in ("planned", "decided", "junk"):
        assert as_user(head).get(f"/hiring/probation/?show={show}&page=x").status_code == 200


def test_a_verdict_too_early_or_too_weak_is_refused_in_the_dialog(as_user, head, begun, nick):
    early = as_user(head).post(at(begun, "verdict/pass/"), {"note": ""})
    assert early.status_code == 422
    assert "The verdict is due on" in early.content.decode()
    over(begun)
    weak = as_user(head).post(at(begun, "verdict/pass/"), {"note": ""})
    assert "Extend the probation, or end it." in weak.content.decode()
    nick.refresh_from_db()
    assert (fresh(begun).state, nick.status) == ("active", "onboarding")
    assert as_user(head).post(at(begun, "verdict/junk/")).status_code == 404


@pytest.mark.req("S0-41", "S0-42")
def test_plus_thirty_percent_passes_and_the_evidence_stays(as_user, head, begun, nick, clients):
    passing(begun, head, nick, clients)
    answer = as_user(head).post(at(begun, "verdict/pass/"), {"note": "Well done"})
    assert answer.status_code == 302
    nick.refresh_from_db()
    assert (fresh(begun).state, nick.status) == ("passed", "active")
    kept = fresh(begun).evidence["total"]
    ledger([line(timezone.localdate(), "T1", -1000)])  # what comes later changes no verdict
    text = as_user(head).get(at(begun)).content.decode()
    assert f"In all {kept:.0f} of 100" in text
    assert as_user(head).get(at(begun, "evidence.pdf")).status_code == 200


def test_extended_once_and_failed_with_reasons(as_user, head, begun):
    url = at(begun, "verdict/extend/")
    far = f"{begun.verdict_on + dt.timedelta(days=60)}"
    assert as_user(head).post(url, {"until": far, "reason": "Talks"}).status_code == 422
    assert as_user(head).post(url, {"until": "x", "reason": ""}).status_code == 422
    assert fresh(begun).state == "active"
    near = f"{begun.verdict_on + dt.timedelta(days=5)}"
    as_user(head).post(url, {"until": near, "reason": "Talks"})
    assert fresh(begun).state == "extended"
    mute = as_user(head).post(at(begun, "verdict/fail/"), {"reasons": ""})
    assert (mute.status_code, fresh(begun).state) == (422, "extended")
    as_user(head).post(at(begun, "verdict/fail/"), {"reasons": "Reports late"})
    assert fresh(begun).state == "failed"
    assert Application.objects.get(pk=begun.application_id).stage == "refused"


@pytest.mark.req("S0-40")
def test_the_owner_decides_on_who_is_beyond_the_seats(as_user, owner, head, begun, nick):
    ProbationPlan.objects.filter(pk=begun.pk).update(
        state="passed", surplus="waiting", decided_on=timezone.localdate(), decided_by=head
    )
    assert "passed beyond the seats" in as_user(owner).get("/hiring/probation/").content.decode()
    assert "Beyond the seats" in as_user(owner).get("/").content.decode()
    url = at(begun, "surplus/")
    assert as_user(owner).post(url, {"keep": "yes", "note": ""}).status_code == 422
    assert fresh(begun).surplus == "waiting"
    as_user(owner).post(url, {"keep": "yes", "note": "The payroll allows it"})
    assert fresh(begun).surplus == "kept"
    assert User.objects.get(pk=nick.pk).status == "active"


def test_the_day_names_what_hiring_waits_for(as_user, head, mentor, kim, begun):
    over(begun)
    assert "Verdict today" in as_user(head).get("/").content.decode()
    ProbationPlan.objects.filter(pk=begun.pk).update(
        verdict_on=timezone.localdate() + dt.timedelta(days=9)
    )
    assert "Weekly look" in as_user(mentor).get("/").content.decode()
    assert "Weekly look" not in as_user(head).get("/").content.decode()
    application = an_application(an_open_vacancy(kim), stage="showed")
    actions.assign_assessors(kim, application, assessors=[mentor, head])
    assert "Marks to hand in" in as_user(mentor).get("/").content.decode()
    hired = timezone.localdate() - dt.timedelta(days=61)
    an_application(application.vacancy, stage="hired", hired_on=hired)
    assert "Day 60 with us" in as_user(kim).get("/").content.decode()
