"""A plan on its way: joint session, submitted, returned, approved, under way, revised, closed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.calc.period import Month
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.plans.actions.gates import (
    Unfit,
    editable_plan,
    judged_plan,
    own_plan,
    require_fresh,
    require_reason,
    require_state,
    touch,
    watched_plan,
)
from kamerton.domain.plans.models import (
    JointSession,
    PerspectivePlan,
    PlanComment,
    PlanReview,
    PlanScenario,
    PlanVersion,
)
from kamerton.domain.plans.queries.versions import frozen
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import ways_to
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError, WayOut

State = PerspectivePlan.State
Event = PlanVersion.Event


class NoWorseScenario(BusinessError):
    """A plan that knows only good weather is not submitted."""


class NotComplete(BusinessError):
    """The plan lacks what cannot be judged without."""


@dataclass(frozen=True)
class Said:
    """What a session or a review found, and what was decided."""

    on: dt.date
    seen: str
    decided: str


@transaction.atomic
def record_session(
    actor: User, plan: PerspectivePlan, *, said: Said, present: Iterable[User]
) -> JointSession:
    """Write down a joint session of the manager and his supervisor; a draft moves on by it.

    Raises NotAllowed, NotYourPlan, ReasonMissing, Unfit.
    """
    plan = watched_plan(actor, plan)
    people = list(present)
    if plan.manager not in people or len(people) < 2:
        raise Unfit(_("A joint session needs the manager of the plan and somebody with him."))
    agreed = require_reason(said.decided, _("Write what was agreed."))
    _require_past(said.on)
    made = JointSession.objects.create(
        plan=plan, on=said.on, minutes=said.seen.strip(), agreed=agreed, author=actor
    )
    made.present.set(people)
    if plan.state == State.DRAFT:
        plan.state = State.JOINT_SESSION
    touch(plan, "state")
    record(actor, "plans.session_recorded", plan, after={"on": said.on, "agreed": agreed})
    return made


@transaction.atomic
def submit_plan(
    actor: User, plan: PerspectivePlan, *, revision: int | None = None
) -> PerspectivePlan:
    """Send the plan to who approves it.

    Raises NotAllowed, NotYourPlan, PlanLocked, Stale, NotComplete, NoWorseScenario.
    """
    plan = editable_plan(actor, plan)
    require_fresh(revision, plan.revision)
    _require_complete(plan)
    plan.state, plan.submitted_by, plan.submitted_at = State.REVIEW, actor, timezone.now()
    plan.returned_because = ""
    touch(plan, "state", "submitted_by", "submitted_at", "returned_because")
    record(actor, "plans.plan_submitted", plan, after={"revision": plan.revision})
    return plan


@transaction.atomic
def return_plan(actor: User, plan: PerspectivePlan, *, reason: str) -> PerspectivePlan:
    """Send a submitted plan back to be worked on.

    Raises NotAllowed, NotYourPlan, NotYourApproval, WrongState, ReasonMissing.
    """
    plan = judged_plan(actor, plan)
    _require_submitted(plan)
    plan.returned_because = require_reason(reason, _("Write what is to be mended in the plan."))
    plan.state = State.REVISED if plan.approved_at else State.DRAFT
    touch(plan, "state", "returned_because")
    record(actor, "plans.plan_returned", plan, reason=plan.returned_because)
    return plan


@transaction.atomic
def approve_plan(
    actor: User, plan: PerspectivePlan, *, revision: int | None = None, reason: str = ""
) -> PlanVersion:
    """Approve what was submitted: it is frozen as a version, and the next review gets its day.

    `revision` is what the approver read. Raises NotAllowed, NotYourPlan, NotYourApproval,
    WrongState, Stale.
    """
    plan = judged_plan(actor, plan)
    _require_submitted(plan)
    require_fresh(revision, plan.revision)
    plan.state, plan.approved_by, plan.approved_at = State.APPROVED, actor, timezone.now()
    plan.next_review_on = _next_review(timezone.localdate())
    plan.methodology = methodology.version_row(methodology.current().version)
    touch(plan, "state", "approved_by", "approved_at", "next_review_on", "methodology")
    made = _freeze(actor, plan, Event.APPROVED, reason)
    record(actor, "plans.plan_approved", plan, after={"version": made.number}, reason=reason)
    return made


@transaction.atomic
def start_plan(actor: User, plan: PerspectivePlan) -> PerspectivePlan:
    """Say that work on an approved plan has begun.

    Raises NotAllowed, NotYourPlan, WrongState.
    """
    plan = own_plan(actor, plan)
    require_state(plan, State.APPROVED, sentence=_("Work begins on an approved plan."))
    plan.state = State.IN_PROGRESS
    touch(plan, "state")
    record(actor, "plans.plan_started", plan)
    return plan


@transaction.atomic
def revise_plan(actor: User, plan: PerspectivePlan, *, reason: str) -> PlanVersion:
    """Take an approved plan for revision: as it stands it is frozen, then its text may change.

    Raises NotAllowed, NotYourPlan, WrongState, ReasonMissing.
    """
    plan = own_plan(actor, plan)
    require_state(
        *(plan, State.APPROVED, State.IN_PROGRESS),
        sentence=_("Only an approved plan is taken for revision."),
    )
    why = require_reason(reason, _("Write why the plan is revised: what changed in the market."))
    made = _freeze(actor, plan, Event.REVISED, why)
    plan.state = State.REVISED
    touch(plan, "state")
    record(actor, "plans.plan_revised", plan, after={"version": made.number}, reason=why)
    return made


@transaction.atomic
def review_plan(actor: User, plan: PerspectivePlan, *, said: Said) -> PlanReview:
    """Write down the quarterly look at a plan in force; the next one gets its day.

    Raises NotAllowed, NotYourPlan, WrongState, ReasonMissing, Unfit.
    """
    plan = watched_plan(actor, plan)
    if not plan.is_in_force:
        require_state(plan, sentence=_("Only a plan that was approved is reviewed."))
    _require_past(said.on)
    made = PlanReview.objects.create(
        plan=plan,
        on=said.on,
        findings=require_reason(said.seen, _("Write what was seen.")),
        decision=require_reason(said.decided, _("Write what was decided.")),
        next_on=_next_review(said.on),
        author=actor,
    )
    plan.next_review_on = max(made.next_on, plan.next_review_on or made.next_on)
    touch(plan, "next_review_on")
    record(actor, "plans.plan_reviewed", plan, after={"on": said.on, "next_on": made.next_on})
    return made


@transaction.atomic
def close_plan(
    actor: User, plan: PerspectivePlan, *, completed: bool, reason: str
) -> PerspectivePlan:
    """Complete a plan in force, or abandon any plan; what it was stays to be read.

    Raises NotAllowed, NotYourPlan, WrongState, ReasonMissing.
    """
    plan = own_plan(actor, plan)
    if completed and not plan.is_in_force:
        require_state(plan, sentence=_("Only a plan that was approved can be completed."))
    if not plan.is_open:
        require_state(plan, sentence=_("The plan is closed already."))
    plan.closed_because = require_reason(reason, _("Write what the plan came to."))
    _freeze(actor, plan, Event.CLOSED, plan.closed_because)
    plan.state = State.COMPLETED if completed else State.ABANDONED
    touch(plan, "state", "closed_because")
    record(actor, f"plans.plan_{plan.state}", plan, reason=plan.closed_because)
    return plan


@transaction.atomic
def comment_plan(actor: User, plan: PerspectivePlan, *, section: str, text: str) -> PlanComment:
    """Say a word about a section.

    Raises NotAllowed, NotYourPlan, ReasonMissing, Unfit.
    """
    plan = watched_plan(actor, plan)
    if section not in {each.code for each in methodology.current().plan_sections}:
        raise Unfit(_("The plan has no such section."))
    said = require_reason(text, _("Write the comment."))
    made = PlanComment.objects.create(plan=plan, section=section, text=said, author=actor)
    record(actor, "plans.plan_commented", plan, after={"section": section, "text": said})
    return made


def _require_complete(plan: PerspectivePlan) -> None:
    """Refuse a plan without a goal in money, a vision, or a worse scenario.

    Raises NotComplete, NoWorseScenario.
    """
    if not plan.target or not plan.vision.strip():
        raise NotComplete(
            _("Write the vision and the sales of the last year: without them nobody can judge."),
            ways_out=_section(plan, "s3" if plan.target else "s4", _("Write them")),
        )
    if not plan.scenarios.filter(kind=PlanScenario.Kind.WORSE).exists():
        raise NoWorseScenario(
            _(
                "The plan has no worse scenario: what happens if it goes badly, how we notice, "
                "what we do then. Write it, then submit."
            ),
            ways_out=_section(plan, "s9", _("Write the worse scenario")),
        )


def _section(plan: PerspectivePlan, code: str, label: str) -> list[WayOut]:
    """Return a button to a section of the plan's page."""
    found = ways_to(label, "plans:plan", plan.client_id)
    return [WayOut(way.label, f"{way.url}#{code}") for way in found]


def _require_submitted(plan: PerspectivePlan) -> None:
    require_state(plan, State.REVIEW, sentence=_("The plan is not submitted: nothing to decide."))


def _require_past(day: dt.date) -> None:
    if day > timezone.localdate():
        raise Unfit(_("This day is yet to come: write it down when it has been."))


def _next_review(on: dt.date) -> dt.date:
    """The day of the next review, some months on (3 as shipped)."""
    month = Month.of(on) + int(methodology.current().plan.review_months)
    return month.first_day.replace(day=min(on.day, month.last_day.day))


def _freeze(actor: User, plan: PerspectivePlan, event: str, reason: str) -> PlanVersion:
    """Keep the plan as it stands; versions are never changed."""
    last = plan.versions.aggregate(last=Max("number"))["last"] or 0
    return PlanVersion.objects.create(
        plan=plan,
        number=last + 1,
        event=event,
        reason=reason.strip(),
        content=frozen(plan),
        methodology=plan.methodology,
        made_by=actor,
        made_at=timezone.now(),
    )
