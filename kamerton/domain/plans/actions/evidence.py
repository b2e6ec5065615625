"""Work on a plan: what proves that an action is done, events that came, costs allowed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.activities.models import Activity
from kamerton.domain.plans.actions.gates import (
    APPROVE,
    NotYourApproval,
    Unfit,
    WrongState,
    own_plan,
    require_fresh,
    require_reason,
    touch,
    watched_plan,
)
from kamerton.domain.plans.models import PlanAction, SupplierAction
from kamerton.domain.plans.queries.rights import stands_above
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record

State = SupplierAction.State


@transaction.atomic
def link_evidence(actor: User, action: PlanAction, *, activity: Activity) -> PlanAction:
    """Name an activity with this client as what was done for the action.

    Raises NotAllowed, NotYourPlan, Unfit.
    """
    plan = own_plan(actor, action.plan)
    if activity.client_id != plan.client_id:
        raise Unfit(_("This was done with another client."))
    if activity.state != Activity.State.DONE:
        raise Unfit(_("Only what is done proves anything: complete the activity first."))
    action.evidence.add(activity)
    touch(plan)
    what = {"action": str(action), "activity": activity.pk, "title": activity.title}
    record(actor, "plans.evidence_linked", plan, after=what)
    return action


@transaction.atomic
def note_trigger(actor: User, action: PlanAction) -> PlanAction:
    """Note that the event waited for came, or that the watch ended today.

    Raises NotAllowed, NotYourPlan, Unfit.
    """
    plan = own_plan(actor, action.plan)
    found = PlanAction.objects.select_for_update().get(pk=action.pk)
    if found.kind != PlanAction.Kind.WAIT or found.fired_on or found.dropped_because:
        raise Unfit(_("This action does not wait for an event any more."))
    found.fired_on = timezone.localdate()
    found.save(update_fields=["fired_on"])
    touch(plan)
    record(actor, "plans.trigger_noted", plan, after={"action": str(found), "on": found.fired_on})
    return found


@transaction.atomic
def drop_action(actor: User, action: PlanAction, *, reason: str) -> PlanAction:
    """Give an action up with a reason; it stays in the plan, struck through.

    Raises NotAllowed, NotYourPlan, ReasonMissing, Unfit.
    """
    plan = own_plan(actor, action.plan)
    found = PlanAction.objects.select_for_update().get(pk=action.pk)
    if found.dropped_because:
        raise Unfit(_("This action was dropped already."))
    found.dropped_because = require_reason(reason, _("Write why it is dropped."))
    found.save(update_fields=["dropped_because"])
    touch(plan)
    record(actor, "plans.action_dropped", plan, before=str(found), reason=found.dropped_because)
    return found


@transaction.atomic
def decide_company_action(
    actor: User, part: SupplierAction, *, approved: bool, revision: int | None = None
) -> SupplierAction:
    """Allow or refuse what the company is asked to do and to pay.

    Only who approves plans decides, and nobody on a plan of his own. Raises NotAllowed,
    NotYourPlan, NotYourApproval, WrongState, Stale.
    """
    require(actor, APPROVE)
    plan = watched_plan(actor, part.plan)
    if actor.pk in (plan.manager_id, plan.author_id) or not stands_above(actor, plan.manager):
        raise NotYourApproval(_("Only the head of this manager or the owner decides on costs."))
    found = SupplierAction.objects.select_for_update(of=("self",)).get(pk=part.pk)
    require_fresh(revision, found.revision)
    if found.state == State.DONE:
        raise WrongState(_("This is done already."))
    found.state = State.APPROVED if approved else State.REJECTED
    found.decided_by, found.decided_at = actor, timezone.now()
    found.revision += 1
    found.save(update_fields=["state", "decided_by", "decided_at", "revision"])
    touch(plan)
    what = {"action": str(found), "state": found.state, "cost": found.cost}
    record(actor, "plans.company_action_decided", plan, after=what)
    return found


@transaction.atomic
def finish_company_action(
    actor: User, part: SupplierAction, *, proof: str, revision: int | None = None
) -> SupplierAction:
    """Note that the company did its part, by which document.

    Raises NotAllowed, NotYourPlan, WrongState, ReasonMissing, Stale.
    """
    plan = own_plan(actor, part.plan)
    found = SupplierAction.objects.select_for_update(of=("self",)).get(pk=part.pk)
    require_fresh(revision, found.revision)
    if found.state != State.APPROVED:
        raise WrongState(_("Only what was approved can be done. Ask the head to approve it."))
    found.proof = require_reason(proof, _("Name the document that shows it."))
    found.state, found.done_on = State.DONE, timezone.localdate()
    found.revision += 1
    found.save(update_fields=["state", "proof", "done_on", "revision"])
    touch(plan)
    what = {"action": str(found), "proof": found.proof}
    record(actor, "plans.company_action_done", plan, after=what)
    return found
