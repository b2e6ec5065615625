"""A plan on its way from a draft to what is approved, and what nobody may skip."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.domain.plans import actions, queries
from kamerton.domain.plans.actions import (
    NotComplete,
    NotYourApproval,
    NotYourPlan,
    NoWorseScenario,
    PlanLocked,
    PlanThere,
    ReasonMissing,
    Said,
    ToolOff,
    Unfit,
    WrongState,
)
from kamerton.domain.plans.models import PerspectivePlan, PlanVersion
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed, Stale
from tests.factories import UserFactory
from tests.factories.plans import WORSE, a_client, a_plan, approved, submitted

pytestmark = pytest.mark.django_db
TODAY_SAID = "Sales rise in the region"


def said(**fields):
    values = {"on": timezone.localdate(), "seen": TODAY_SAID, "decided": "Two visits a month"}
    return Said(**(values | fields))


def state_of(plan):
    return PerspectivePlan.objects.get(pk=plan.pk).state


@pytest.mark.req("S4-49")
def test_a_plan_goes_from_draft_by_joint_session_and_review_to_approved(ann, head):
    plan = a_plan(ann)
    assert plan.state == "draft"
    actions.record_session(head, plan, said=said(), present=[ann, head])
    assert state_of(plan) == "joint_session"
    actions.add_part(ann, plan, text=WORSE)
    actions.submit_plan(ann, plan)
    assert state_of(plan) == "review"
    made = actions.approve_plan(head, plan)
    plan.refresh_from_db()
    assert (plan.state, plan.approved_by, made.number) == ("approved", head, 1)
    assert plan.next_review_on > timezone.localdate() + dt.timedelta(days=80)
    actions.start_plan(ann, plan)
    assert state_of(plan) == "in_progress"
    told = AuditEntry.objects.filter(action__startswith="plans.").values_list("action", flat=True)
    assert {"plans.session_recorded", "plans.plan_submitted", "plans.plan_approved"} <= set(told)


@pytest.mark.req("S4-49")
def test_nobody_approves_his_own_plan(ann, head, owner):
    plan = submitted(ann)
    with pytest.raises(NotAllowed):
        actions.approve_plan(ann, plan)
    own = submitted(head)  # a head who sells plans too
    with pytest.raises(NotYourApproval, match="Nobody approves"):
        actions.approve_plan(head, own)
    written = a_plan(head, a_client(ann))  # the head wrote it for his manager
    assert written.manager == ann
    actions.add_part(head, written, text=WORSE)
    actions.submit_plan(ann, written)
    with pytest.raises(NotYourApproval):
        actions.approve_plan(head, written)
    assert not PlanVersion.objects.exists()
    assert {state_of(plan), state_of(own), state_of(written)} == {"review"}
    assert actions.approve_plan(owner, written).number == 1
    assert actions.approve_plan(owner, own).made_by == owner


@pytest.mark.req("S4-49")
def test_who_submitted_it_and_a_foreign_head_do_not_approve(ann, head, stranger):
    plan = a_plan(ann)
    actions.add_part(ann, plan, text=WORSE)
    actions.submit_plan(head, plan)
    with pytest.raises(NotYourApproval):
        actions.approve_plan(head, plan)
    with pytest.raises(NotYourPlan):
        actions.approve_plan(stranger.supervisor, plan)
    with pytest.raises(NotYourPlan):
        actions.return_plan(stranger.supervisor, plan, reason="no")
    assert state_of(plan) == "review"


@pytest.mark.req("S3-11")
def test_a_plan_without_a_worse_scenario_is_not_submitted(ann):
    plan = a_plan(ann)
    with pytest.raises(NoWorseScenario, match="no worse scenario") as refused:
        actions.submit_plan(ann, plan)
    assert state_of(plan) == "draft"
    assert [way.url[-3:] for way in refused.value.ways_out] in ([], ["#s9"])
    actions.add_part(ann, plan, text=WORSE)
    assert actions.submit_plan(ann, plan).state == "review"


def test_a_plan_without_vision_or_target_is_not_submitted(ann):
    plan = a_plan(ann, vision="", target=0)
    actions.add_part(ann, plan, text=WORSE)
    with pytest.raises(NotComplete):
        actions.submit_plan(ann, plan)
    assert state_of(plan) == "draft"


def test_a_returned_plan_is_worked_on_again(ann, head):
    plan = submitted(ann)
    with pytest.raises(ReasonMissing):
        actions.return_plan(head, plan, reason=" ")
    assert state_of(plan) == "review"
    actions.return_plan(head, plan, reason="Where is the budget?")
    plan.refresh_from_db()
    assert (plan.state, plan.returned_because) == ("draft", "Where is the budget?")
    actions.change_plan(ann, plan, strengths="Stock")
    assert actions.submit_plan(ann, plan).returned_because == ""


@pytest.mark.req("S3-51")
def test_what_is_approved_changes_by_a_revision_with_a_reason_only(ann, head):
    plan = approved(ann)
    with pytest.raises(PlanLocked):
        actions.change_plan(ann, plan, vision="Other")
    with pytest.raises(PlanLocked):
        actions.add_part(ann, plan, text=WORSE)
    with pytest.raises(ReasonMissing):
        actions.revise_plan(ann, plan, reason="")
    plan.refresh_from_db()
    assert (plan.vision, plan.state, plan.versions.count()) == ("First in valves", "approved", 1)
    actions.revise_plan(ann, plan, reason="The rouble fell")
    plan.refresh_from_db()
    assert plan.is_in_force  # the approved version stands while the new one is written
    actions.change_plan(ann, plan, vision="Second to none", target=18_000_000_00)
    actions.submit_plan(ann, plan)
    actions.approve_plan(head, plan)
    kept = list(plan.versions.values_list("number", "event", "reason"))
    assert kept == [(3, "approved", ""), (2, "revised", "The rouble fell"), (1, "approved", "")]
    third, second, first = queries.versions(head, plan)
    assert queries.differences(first.content, second.content) == []
    changed = {each.field: each for each in queries.differences(second.content, third.content)}
    assert changed["Vision"].before.text == "First in valves"
    assert changed["Vision"].after.text == "Second to none"
    assert changed["Sales in the last year"].after.money
    assert changed["Sales in the last year"].after.raw == 18_000_000_00


@pytest.mark.req("S3-51")
def test_a_difference_names_what_was_added_and_struck_out(ann):
    plan = approved(ann)
    actions.revise_plan(ann, plan, reason="New risk")
    before = PlanVersion.objects.get(number=2).content
    text = actions.RiskText("Rate", 3, 4, "Corridor")
    risk = actions.add_part(ann, plan, text=text)
    actions.remove_part(ann, plan.scenarios.get())
    plan.refresh_from_db()
    actions.close_plan(ann, plan, completed=False, reason="Sold out")
    after = PlanVersion.objects.get(number=3).content
    found = [(c.section, c.what, c.before is None, c.after is None)
             for c in queries.differences(before, after)]  # fmt: skip
    assert found == [("s9", "Rate", True, False), ("s9", "Worse", False, True)]
    assert risk.pk


def test_a_review_moves_the_next_one_on(ann, head):
    plan = approved(ann)
    PerspectivePlan.objects.filter(pk=plan.pk).update(next_review_on=dt.date(2020, 1, 1))
    assert queries.plans(ann, queries.PlanFilter(overdue=True)).get() == plan
    with pytest.raises(Unfit):
        actions.review_plan(head, plan, said=said(on=timezone.localdate() + dt.timedelta(days=1)))
    actions.review_plan(head, plan, said=said())
    assert not queries.plans(ann, queries.PlanFilter(overdue=True)).exists()
    with pytest.raises(WrongState):
        actions.review_plan(ann, a_plan(ann), said=said())


def test_a_session_needs_the_manager_and_somebody_else(ann, head):
    plan = a_plan(ann)
    for present in ([head], [ann]):
        with pytest.raises(Unfit):
            actions.record_session(ann, plan, said=said(), present=present)
    assert not plan.sessions.exists()


@pytest.mark.req("S4-49")
def test_both_comment_on_a_section_and_strangers_do_not(ann, head, stranger):
    plan = a_plan(ann)
    actions.comment_plan(head, plan, section="s9", text="What if the rouble falls?")
    actions.comment_plan(ann, plan, section="s9", text="Written now.")
    with pytest.raises(NotYourPlan):
        actions.comment_plan(stranger, plan, section="s9", text="Hm")
    with pytest.raises(Unfit):
        actions.comment_plan(ann, plan, section="s99", text="Hm")
    assert plan.comments.count() == 2


def test_an_approver_sees_that_the_plan_changed_after_he_read_it(ann, head):
    plan = submitted(ann)
    with pytest.raises(Stale):
        actions.approve_plan(head, plan, revision=plan.revision - 1)
    assert state_of(plan) == "review"
    actions.approve_plan(head, plan, revision=plan.revision)


@pytest.mark.req("S4-45")
def test_a_horizon_is_one_to_five_years_three_without_a_word(ann):
    client = a_client(ann)
    assert actions.create_plan(ann, client).horizon_years == 3
    for years in (0, 6):
        with pytest.raises(Unfit):
            actions.create_plan(ann, a_client(ann), horizon_years=years)
    assert PerspectivePlan.objects.count() == 1


def test_a_client_has_one_open_plan_and_strangers_make_none(ann, stranger):
    plan = a_plan(ann)
    with pytest.raises(PlanThere):
        actions.create_plan(ann, plan.client)
    with pytest.raises(NotYourPlan):
        actions.create_plan(stranger, a_client(ann))
    with pytest.raises(NotAllowed):
        actions.create_plan(UserFactory(roles=["finance"]), a_client(ann))
    actions.close_plan(ann, plan, completed=False, reason="The client was sold")
    assert actions.create_plan(ann, plan.client).pk != plan.pk
    assert PerspectivePlan.objects.count() == 2


@pytest.mark.req("S4-54")
def test_a_company_that_plans_otherwise_begins_no_plans(ann):
    from kamerton.domain.methodology.actions import change_methodology
    from kamerton.platform.access.queries import system_user

    change_methodology(system_user(), note="We plan elsewhere", tools={"plan": False})
    with pytest.raises(ToolOff):
        actions.create_plan(ann, a_client(ann))
    assert not PerspectivePlan.objects.exists()
