"""Progress comes from records only: activities done, events that came, months that were sold."""

import datetime as dt

import pytest
from django.db import models
from django.utils import timezone

from kamerton.domain.activities import actions as activities
from kamerton.domain.activities.models import Activity
from kamerton.domain.plans import actions, queries
from kamerton.domain.plans import models as stored
from kamerton.domain.plans.actions import ReasonMissing, Unfit
from kamerton.domain.plans.models import PerspectivePlan, PlanAction
from kamerton.domain.plans.queries.progress import progress_of
from kamerton.flows.begin_plan_action import begin_plan_action, fire_due_triggers
from kamerton.platform.errors import NotAllowed
from tests.factories.plans import a_client, a_plan, an_action, approved

pytestmark = pytest.mark.django_db


def days(n):
    return timezone.localdate() + dt.timedelta(days=n)


def seen(action):
    action = PlanAction.objects.prefetch_related("evidence").get(pk=action.pk)
    return progress_of([action], on=timezone.localdate())[action.pk]


@pytest.mark.req("S4-52")
def test_no_column_of_plans_holds_a_percentage_of_progress():
    names = {
        f"{model.__name__}.{field.name}"
        for model in (getattr(stored, name) for name in stored.__all__)
        for field in model._meta.get_fields()
        if isinstance(field, models.Field)
    }
    hints = ("percent", "progress", "done_share", "completion", "readiness", "complete")
    assert [name for name in names if any(hint in name.lower() for hint in hints)] == []
    states = {field.name for field in PlanAction._meta.fields}
    assert not states & {"state", "status", "done", "done_on"}  # an action cannot be ticked off


@pytest.mark.req("S4-52", "S4-46")
def test_an_action_is_done_by_the_activity_that_arises_from_it(ann):
    plan = approved(ann)
    action = an_action(plan, due_on=days(5))
    assert seen(action).state == "planned"
    task = begin_plan_action(ann, action)
    assert (task.origin, task.due_on, task.owner) == (f"plan-action:{action.pk}", days(5), ann)
    assert seen(action).open_task == task
    assert seen(action).state == "planned"  # a task is not yet anything done
    activities.complete_activity(ann, task, outcome="Counted with their buyer")
    found = seen(action)
    assert (found.state, found.on_time) == ("done", True)
    assert [each.title for each in found.evidence] == [action.title]


@pytest.mark.req("S4-52")
def test_an_activity_done_elsewhere_may_be_named_as_evidence(ann, stranger):
    plan = approved(ann)
    action = an_action(plan, due_on=days(-1))
    assert (seen(action).state, seen(action).on_time) == ("late", False)
    open_one = activities.plan_activity(ann, plan.client, kind="call", title="Call", due_on=days(0))
    with pytest.raises(Unfit, match="done"):
        actions.link_evidence(ann, action, activity=open_one)
    foreign = a_client(ann)
    other = activities.log_activity(ann, foreign, kind="task", title="Elsewhere", outcome="Well")
    with pytest.raises(Unfit, match="another client"):
        actions.link_evidence(ann, action, activity=other)
    assert not action.evidence.exists()
    done = activities.complete_activity(ann, open_one, outcome="Agreed")
    with pytest.raises(NotAllowed):
        actions.link_evidence(stranger, action, activity=done)
    actions.link_evidence(ann, action, activity=done)
    assert (seen(action).state, seen(action).on_time) == ("done", False)  # a day too late


@pytest.mark.req("S4-46")
def test_when_the_watch_is_over_a_task_appears_once(ann):
    plan = approved(ann)
    waits = an_action(
        plan, due_on=days(-1), kind="wait_trigger", trigger="Tender announced", title="Joint bid"
    )
    later = an_action(plan, due_on=days(0), kind="wait_trigger", trigger="New director")
    draft = an_action(a_plan(ann), due_on=days(-9), kind="wait_trigger", trigger="Rain")
    assert seen(waits).state == "waits"
    assert fire_due_triggers() == 1
    assert fire_due_triggers() == 0
    task = Activity.objects.get()
    assert task.origin == f"plan-action:{waits.pk}"
    assert task.title == "Tender announced → Joint bid"
    assert task.due_on == days(3)
    assert seen(waits).state == "fired"
    assert (seen(later).state, seen(draft).state) == ("waits", "waits")


@pytest.mark.req("S4-46")
def test_an_event_that_comes_early_makes_the_task_at_once(ann):
    plan = approved(ann)
    waits = an_action(plan, due_on=days(90), kind="wait_trigger", trigger="Tender", then_days=2)
    task = begin_plan_action(ann, waits)
    assert task.due_on == days(2)
    with pytest.raises(Unfit):
        begin_plan_action(ann, waits)
    assert Activity.objects.count() == 1


def test_what_is_dropped_counts_neither_for_nor_against(ann):
    plan = approved(ann)
    action = an_action(plan, due_on=days(-3))
    with pytest.raises(ReasonMissing):
        actions.drop_action(ann, action, reason="")
    assert seen(action).state == "late"
    actions.drop_action(ann, action, reason="They closed the plant")
    assert (seen(action).state, seen(action).on_time) == ("dropped", None)
    with pytest.raises(Unfit):
        begin_plan_action(ann, action)
    figures = queries.plan_figures_of([plan.client_id])[plan.client_id]
    assert (figures.due, figures.on_time) == (0, None)


def test_work_does_not_begin_before_approval(ann):
    action = an_action(a_plan(ann), due_on=days(3))
    with pytest.raises(Unfit, match="approved"):
        begin_plan_action(ann, action)
    assert not Activity.objects.exists()


def test_an_action_with_evidence_is_not_struck_out(ann):
    plan = approved(ann)
    action = an_action(plan, due_on=days(3))
    activities.complete_activity(ann, begin_plan_action(ann, action), outcome="Done")
    done = Activity.objects.get()
    actions.link_evidence(ann, action, activity=done)
    actions.revise_plan(ann, plan, reason="Less")
    with pytest.raises(Unfit):
        actions.remove_part(ann, action)
    assert PlanAction.objects.filter(pk=action.pk).exists()
    assert PerspectivePlan.objects.get().state == "revised"
