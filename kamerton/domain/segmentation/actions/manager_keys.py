"""A manager's list of key clients. Nothing comes here but by his own assessment of each client."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.calc.manager_key import MANAGER_CRITERIA
from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.segmentation.actions.flags import keep_flags
from kamerton.domain.segmentation.actions.influence import NotHisClient, NotHisHead
from kamerton.domain.segmentation.actions.newcomers import (
    require_experienced,
    require_experienced_holder,
)
from kamerton.domain.segmentation.actions.slots import require_slot
from kamerton.domain.segmentation.models import InfluenceAssessment, ManagerKey, Standing
from kamerton.domain.segmentation.queries.capacity import TIERS
from kamerton.domain.segmentation.queries.influence import assessments_in_force, why_not_eligible
from kamerton.domain.segmentation.queries.manager_scores import (
    Considered,
    KeyInputs,
    ManagersYear,
    Scored,
    scored,
    stored_inputs,
)
from kamerton.domain.segmentation.queries.rights import may_answer_for, works_on
from kamerton.domain.segmentation.queries.standings import current_restatement
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require, ways_to
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

State = ManagerKey.State


class NotAssessed(BusinessError):
    """There is no valid assessment of influence."""


class NotEligible(BusinessError):
    """The influence is too low: the client is not key for this manager, however large."""


class NoCriterion(BusinessError):
    """None of the four criteria is met."""


class InList(BusinessError):
    """The client is in the manager's list already."""


class UnknownTier(BusinessError):
    """The tier is none of the method."""


class WrongState(BusinessError):
    """The entry is in another state than this needs."""


class ReasonMissing(BusinessError):
    """Releasing and suspending come with a reason."""


@transaction.atomic
def propose_manager_key(actor: User, client: Client, *, inputs: KeyInputs) -> ManagerKey:
    """Put `client` into the actor's own list as a draft, judged by his own assessment of it.

    Raises NotAllowed, NotHisClient, InList, UnknownTier, NotAssessed, NotEligible, NoCriterion,
    CapReached, LoadTooHigh, NewcomerHasNoKeys.
    """
    require(actor, "segmentation.propose_manager_key")
    if not works_on(actor, client):
        raise NotHisClient(_("Only your own clients can be in your list."))
    manager = _locked(actor)
    require_experienced(manager)
    if ManagerKey.objects.open().filter(client=client, manager=manager).exists():
        raise InList(_("This client is in your list already."))
    method = methodology.current()
    assessment, result = _judged(manager, client, inputs, method)
    require_slot(manager, tier=inputs.tier, method=method)
    key = ManagerKey(client=client, manager=manager)
    _put(key, assessment, result, inputs, method)
    key.save()
    record(actor, "segmentation.manager_key_proposed", client, after=_told(key))
    return key


@transaction.atomic
def rescore_manager_key(actor: User, key: ManagerKey, *, inputs: KeyInputs) -> ManagerKey:
    """Judge an entry anew by the newest assessment and what the manager says today.

    Raises NotAllowed, NotHisClient, UnknownTier, NotAssessed, NotEligible, NoCriterion,
    LoadTooHigh, WrongState.
    """
    require(actor, "segmentation.propose_manager_key")
    key = _own(actor, key)
    if key.state == State.RELEASED:
        raise WrongState(_("This client was released. Propose it again."))
    before, method = _told(key), methodology.current()
    assessment, result = _judged(actor, key.client, inputs, method)
    if inputs.tier != key.tier and key.state in ManagerKey.IN_SLOTS:
        require_slot(actor, tier=inputs.tier, method=method, instead_of=key)
    _put(key, assessment, result, inputs, method)
    key.save()
    record(actor, "segmentation.manager_key_rescored", key.client, before=before, after=_told(key))
    return key


@transaction.atomic
def submit_manager_key(actor: User, key: ManagerKey) -> ManagerKey:
    """Send a draft to the head.

    Raises NotAllowed, NotHisClient, WrongState, NotAssessed, NewcomerHasNoKeys.
    """
    require(actor, "segmentation.propose_manager_key")
    key = _own(actor, key)
    _require_state(key, State.DRAFT, _("Only a draft can be submitted."))
    require_experienced(key.manager)
    _require_valid(key)
    key.state, key.submitted_at = State.SUBMITTED, timezone.now()
    key.save(update_fields=["state", "submitted_at"])
    record(actor, "segmentation.manager_key_submitted", key.client, after=_told(key))
    return key


@transaction.atomic
def confirm_manager_key(actor: User, key: ManagerKey) -> ManagerKey:
    """Confirm an entry; the head's signature goes under the assessment too, if it is missing.

    Raises NotHisHead, WrongState, NotAssessed, NewcomerHasNoKeys.
    """
    key = _locked_key(key)
    if not may_answer_for(actor, key.manager, "segmentation.confirm_manager_key"):
        raise NotHisHead(_("Only the head of this manager can confirm; nobody confirms his own."))
    _require_state(key, State.SUBMITTED, _("Only what was submitted can be confirmed."))
    require_experienced(key.manager)
    require_experienced_holder(key.client)
    _require_valid(key)
    if key.assessment.cosigned_at is None:
        InfluenceAssessment.objects.filter(pk=key.assessment_id).update(
            cosigned_by=actor, cosigned_at=timezone.now()
        )
    key.state, key.confirmed_by, key.confirmed_at = State.CONFIRMED, actor, timezone.now()
    key.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    record(actor, "segmentation.manager_key_confirmed", key.client, after=_told(key))
    keep_flags(actor, key.client)
    return key


@transaction.atomic
def return_manager_key(actor: User, key: ManagerKey, *, reason: str) -> ManagerKey:
    """Send an entry back to the manager with a word of why; it is a draft again.

    Raises NotHisHead, WrongState, ReasonMissing.
    """
    key = _locked_key(key)
    if not may_answer_for(actor, key.manager, "segmentation.confirm_manager_key"):
        raise NotHisHead(_("Only the head of this manager can send an entry back."))
    _require_state(key, State.SUBMITTED, _("Only what was submitted can be sent back."))
    _require_reason(reason)
    key.state, key.submitted_at = State.DRAFT, None
    key.save(update_fields=["state", "submitted_at"])
    record(actor, "segmentation.manager_key_returned", key.client, after=_told(key), reason=reason)
    return key


@transaction.atomic
def release_manager_key(actor: User, key: ManagerKey, *, reason: str) -> ManagerKey:
    """Take a client out of a manager's list; the manager or his head may, and says why.

    Raises NotHisHead, WrongState, ReasonMissing.
    """
    key = _locked_key(key)
    _require_hand(actor, key)
    if key.state == State.RELEASED:
        raise WrongState(_("This client was released already."))
    _require_reason(reason)
    before = key.state
    key.state, key.released_by, key.released_at = State.RELEASED, actor, timezone.now()
    key.release_reason = reason.strip()
    key.save(update_fields=["state", "released_by", "released_at", "release_reason"])
    record(
        *(actor, "segmentation.manager_key_released", key.client),
        before=before,
        after=_told(key),
        reason=key.release_reason,
    )
    keep_flags(actor, key.client)
    return key


@transaction.atomic
def suspend_manager_key(actor: User, key: ManagerKey, *, reason: str) -> ManagerKey:
    """Set a confirmed entry aside for a while; its place is free meanwhile.

    Raises NotHisHead, WrongState, ReasonMissing.
    """
    key = _locked_key(key)
    _require_hand(actor, key)
    _require_state(key, State.CONFIRMED, _("Only a confirmed key client can be suspended."))
    _require_reason(reason)
    key.state, key.stopped_because = State.SUSPENDED, reason.strip()
    key.save(update_fields=["state", "stopped_because"])
    record(actor, "segmentation.manager_key_suspended", key.client, reason=reason.strip())
    keep_flags(actor, key.client)
    return key


@transaction.atomic
def resume_manager_key(actor: User, key: ManagerKey) -> ManagerKey:
    """Bring a suspended entry back, if there is a place; the head confirms it again.

    Raises NotAllowed, NotHisClient, WrongState, NotAssessed, CapReached, LoadTooHigh,
    NewcomerHasNoKeys.
    """
    require(actor, "segmentation.propose_manager_key")
    manager = _locked(actor)
    key = _own(actor, key)
    _require_state(key, State.SUSPENDED, _("Only a suspended key client can be resumed."))
    require_experienced(manager)
    _require_valid(key)
    require_slot(manager, tier=key.tier, method=methodology.current())
    key.state, key.stopped_because, key.submitted_at = State.SUBMITTED, "", timezone.now()
    key.save(update_fields=["state", "stopped_because", "submitted_at"])
    record(actor, "segmentation.manager_key_resumed", key.client, after=_told(key))
    return key


def _judged(
    manager: User, client: Client, inputs: KeyInputs, method: Methodology
) -> tuple[InfluenceAssessment, Scored]:
    """Return the assessment in force and the scores, if the client may be key for the manager."""
    if inputs.tier not in TIERS or inputs.tier == "flow":
        raise UnknownTier(_("Choose a tier: strategic, key or maintain."))
    today = timezone.localdate()
    assessment = assessments_in_force(manager, on=today).get(client.pk)
    if assessment is None:
        raise _not_assessed(client)
    if why := why_not_eligible(assessment, method):
        raise NotEligible(_("Not key for you, however large. %(why)s") % {"why": why})
    result = _score(manager, Considered(_standing(client), assessment, inputs), today, method)
    if not result.qualified:
        raise NoCriterion(_weak(result, manager, method))
    return assessment, result


def _score(manager: User, considered: Considered, on: dt.date, method: Methodology) -> Scored:
    year = ManagersYear.of(manager, current_restatement())
    return scored(manager, [considered], year=year, on=on, method=method)[0]


def _standing(client: Client) -> Standing:
    restatement = current_restatement()
    found = restatement.standings.filter(client=client).first() if restatement else None
    return found or Standing(client=client)


def _weak(result: Scored, manager: User, method: Methodology) -> str:
    """Say which scores are too low, and what could raise them."""
    titles = [
        f"{method.criterion(code).title} {'—' if score is None else format(score, '.0f')}"
        for code, score in result.scores.items()
    ]
    sentence = _("One of four must reach %(needed)g: %(scores)s.") % {
        "needed": method.manager.pass_score,
        "scores": ", ".join(titles),
    }
    if not manager.year_plan:
        sentence += " " + _("Your sales plan for the year is not set: ask your head to set it.")
    return sentence


def _not_assessed(client: Client) -> NotAssessed:
    return NotAssessed(
        _("Assess your influence on this client first: there is no valid assessment."),
        ways_out=ways_to(_("Assess influence"), "segmentation:assess", client.pk),
    )


def _put(
    key: ManagerKey,
    assessment: InfluenceAssessment,
    result: Scored,
    inputs: KeyInputs,
    method: Methodology,
) -> None:
    """Put down what the entry is judged by."""
    for code in MANAGER_CRITERIA:
        setattr(key, code, getattr(result, code))
    key.assessment, key.influence = assessment, assessment.influence
    key.mki, key.approach, key.tier = result.mki, result.approach, inputs.tier
    key.inputs = stored_inputs(inputs, result)
    key.methodology = methodology.version_row(method.version)


def _locked(manager: User) -> User:
    """Lock the manager, so that two entries at once cannot take the last place."""
    found: User = User.objects.select_for_update(of=("self",)).get(pk=manager.pk)
    return found


def _locked_key(key: ManagerKey) -> ManagerKey:
    found = ManagerKey.objects.select_for_update(of=("self",))
    return found.select_related("client", "manager", "assessment").get(pk=key.pk)


def _own(actor: User, key: ManagerKey) -> ManagerKey:
    found = _locked_key(key)
    if found.manager_id != actor.pk:
        raise NotHisClient(_("This entry is in somebody else's list."))
    return found


def _require_hand(actor: User, key: ManagerKey) -> None:
    """Refuse unless the actor is the manager or answers for him."""
    head = may_answer_for(actor, key.manager, "segmentation.confirm_manager_key")
    if not head and actor.pk != key.manager_id:
        raise NotHisHead(_("Only the manager or his head can do this."))


def _require_state(key: ManagerKey, state: str, sentence: str) -> None:
    if key.state != state:
        raise WrongState(sentence)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(_("Write why."))


def _require_valid(key: ManagerKey) -> None:
    """Refuse an entry whose assessment has run out."""
    if key.assessment.valid_until < timezone.localdate():
        raise _not_assessed(key.client)


def _told(key: ManagerKey) -> dict[str, object]:
    """What the journal tells of an entry."""
    return {
        "manager": key.manager_id,
        "state": key.state,
        "influence": key.influence,
        "mki": round(key.mki, 2),
        "tier": key.tier,
    }
