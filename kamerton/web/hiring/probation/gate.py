"""Which probation an address names, and what the viewer may do with it."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.timezone import localdate

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import Application, ProbationPlan
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.hiring.gate import SEE

ASSESS, APPROVE = "hiring.assess", "hiring.approve"


@dataclass(frozen=True)
class Rights:
    """What the viewer may do with a probation."""

    sees_all: bool  # money and decisions too
    may_plan: bool
    may_take_on: bool
    may_check: bool
    may_judge: bool
    may_pass: bool
    may_tick: bool
    may_decide_surplus: bool
    is_own: bool


def require_seer(viewer: User) -> None:
    """Let those in who hire, teach or learn.

    Raises NotAllowed.
    """
    if not viewer.may(SEE):
        require(viewer, ASSESS)


def seen_plan(request: Request, pk: int) -> ProbationPlan:
    """The probation; 404 for who neither hires, nor teaches, nor is the newcomer."""
    require_seer(request.user)
    found = queries.probation(request.user, pk)
    if found is None:
        raise Http404
    return found


def rights(viewer: User, plan: ProbationPlan) -> Rights:
    """What the viewer may do now."""
    begun = plan.is_running and plan.starts_on <= localdate()
    draft = plan.state == ProbationPlan.State.DRAFT
    approves = viewer.may(APPROVE)
    taught = viewer.pk in (plan.mentor_id, plan.user_id)
    accepted = plan.application.stage == Application.Stage.ACCEPTED
    return Rights(
        sees_all=viewer.may(SEE),
        may_plan=approves and draft,
        may_take_on=approves and draft and accepted,
        may_check=begun and (approves or viewer.pk == plan.mentor_id),
        may_judge=approves and begun,
        may_pass=approves and begun and plan.verdict_on <= localdate(),
        may_tick=plan.is_running and (taught or viewer.may("hiring.recruit")),
        may_decide_surplus=viewer.may("hiring.exceed")
        and plan.surplus == ProbationPlan.Surplus.WAITING,
        is_own=viewer.pk == plan.user_id,
    )
