"""Refusals about plans, and the gates that every change of a plan passes."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import Client
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.domain.plans.queries.rights import may_judge
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require, ways_to
from kamerton.platform.errors import BusinessError, NotAllowed, Stale

EDIT, APPROVE = "plans.edit", "plans.approve"


class NotYourPlan(NotAllowed):
    """The client is in somebody else's hands."""


class NotYourApproval(NotAllowed):
    """The actor stands not above the manager, or made the plan himself."""


class PlanLocked(BusinessError):
    """What was approved, or is being looked at, changes by a revision only."""


class WrongState(BusinessError):
    """The plan is in another state than this needs."""


class ReasonMissing(BusinessError):
    """This comes with a reason in words."""


class Unfit(BusinessError):
    """A value cannot be: out of range, or of another plan."""


def require_client(actor: User, client: Client) -> Client:
    """Return the client anew if it is in the actor's hands.

    Raises NotAllowed, NotYourPlan.
    """
    require(actor, EDIT)
    found = Client.objects.editable_by(actor).filter(pk=client.pk).first()
    if found is None:
        raise NotYourPlan(_("This client is not in your hands. Ask its manager or the head."))
    return found


def own_plan(actor: User, plan: PerspectivePlan) -> PerspectivePlan:
    """Return the plan locked, if the actor may work on it in whatever state.

    Raises NotAllowed, NotYourPlan.
    """
    require(actor, EDIT)
    return _locked(actor, plan)


def editable_plan(actor: User, plan: PerspectivePlan) -> PerspectivePlan:
    """Return the plan locked, if its text may be changed by the actor now.

    Raises NotAllowed, NotYourPlan, PlanLocked.
    """
    found = own_plan(actor, plan)
    if not found.is_editable:
        raise PlanLocked(
            _("The plan is “%(state)s”: its text stands still. Take it for revision first.")
            % {"state": found.get_state_display().lower()},
            ways_out=ways_to(_("Open the plan"), "plans:plan", found.client_id),
        )
    return found


def watched_plan(actor: User, plan: PerspectivePlan) -> PerspectivePlan:
    """Return the plan locked for who works on it or approves plans of its manager.

    Raises NotAllowed, NotYourPlan.
    """
    if not actor.may(EDIT):
        require(actor, APPROVE)
    return _locked(actor, plan)


def judged_plan(actor: User, plan: PerspectivePlan) -> PerspectivePlan:
    """Return the plan locked, if the actor may approve or return it.

    Who wrote, submitted or keeps the plan never approves it. Raises NotAllowed, NotYourPlan,
    NotYourApproval.
    """
    require(actor, APPROVE)
    found = _locked(actor, plan)
    if actor.pk in (found.manager_id, found.author_id, found.submitted_by_id):
        raise NotYourApproval(
            _("Nobody approves a plan that he wrote, submitted or keeps. Ask the one above you.")
        )
    if not may_judge(actor, found):
        raise NotYourApproval(_("Only the head of this manager or the owner approves his plan."))
    return found


def require_state(plan: PerspectivePlan, *states: str, sentence: str) -> None:
    """Refuse unless the plan is in one of the states.

    Raises WrongState.
    """
    if plan.state not in states:
        raise WrongState(sentence)


def require_reason(text: str, sentence: str) -> str:
    """Return the text without spaces around; refuse an empty one.

    Raises ReasonMissing.
    """
    if not text.strip():
        raise ReasonMissing(sentence)
    return text.strip()


def require_fresh(known: int | None, present: int) -> None:
    """Refuse a change made from what is not there any more; None: the caller takes the risk.

    Raises Stale.
    """
    if known is not None and known != present:
        raise Stale(
            _(
                "Somebody changed this meanwhile. Nothing was written and your text is kept: "
                "compare it with what stands now and save again."
            )
        )


def touch(plan: PerspectivePlan, *names: str) -> None:
    """Save the named fields and count the change."""
    plan.revision = F("revision") + 1
    plan.save(update_fields=[*names, "revision", "updated_at"])
    plan.refresh_from_db(fields=["revision"])


def plain_values(record: models.Model, names: list[str]) -> dict[str, object]:
    """Return the values of the named fields for the journal."""
    return {name: getattr(record, f"{name}_id", getattr(record, name)) for name in names}


def _locked(actor: User, plan: PerspectivePlan) -> PerspectivePlan:
    found = PerspectivePlan.objects.editable_by(actor).select_for_update(of=("self",))
    locked = found.filter(pk=plan.pk).first()
    if locked is None:
        raise NotYourPlan(_("This client is not in your hands. Ask its manager or the head."))
    return locked
