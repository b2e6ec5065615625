"""The verdict of a probation: passed, extended once, failed with reasons; places beyond seats."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kamerton.calc.ramp import latest_verdict
from kamerton.domain.hiring.actions.gates import (
    APPROVE,
    EXCEED,
    WrongState,
    require_reason,
)
from kamerton.domain.hiring.actions.probation import locked_plan
from kamerton.domain.hiring.actions.stages import Stage, advance
from kamerton.domain.hiring.models import Application, ProbationPlan
from kamerton.domain.hiring.queries.probation import evidence
from kamerton.platform.access.actions import end_onboarding
from kamerton.platform.access.models import User
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

State, Surplus = ProbationPlan.State, ProbationPlan.Surplus


class NotPassed(BusinessError):
    """A gate is closed, or the points are too few."""


class ExtendedAlready(BusinessError):
    """A probation is extended once, by half of its term at most."""


@transaction.atomic
def pass_probation(actor: User, plan: ProbationPlan, *, note: str = "") -> ProbationPlan:
    """Say that the newcomer has passed; beyond the seats the owner decides on his place.

    Raises NotAllowed, WrongState, NotPassed.
    """
    plan = _running(actor, plan)
    if timezone.localdate() < plan.verdict_on:
        raise WrongState(
            _("The verdict is due on %(day)s: until then the goals may still be reached.")
            % {"day": date_format(plan.verdict_on, "SHORT_DATE_FORMAT")}
        )
    found = evidence(actor, plan)
    closed = [str(plan.GATES[name]) for name, is_open in found["gates"].items() if not is_open]
    if closed or not found["passes"]:
        raise NotPassed(
            _("%(points).0f points; gates closed: %(gates)s. Extend the probation, or end it.")
            % {"points": found["total"], "gates": ", ".join(closed) or "—"}
        )
    _decide(actor, plan, State.PASSED, note.strip(), found)
    seats = plan.application.vacancy.seats
    taken = ProbationPlan.objects.filter(
        application__vacancy=plan.application.vacancy_id, state=State.PASSED
    ).exclude(surplus__in=(Surplus.RESERVE, Surplus.WAITING))
    if taken.exclude(pk=plan.pk).count() >= seats:
        plan.surplus = Surplus.WAITING
        plan.save(update_fields=["surplus"])
        record(actor, "hiring.surplus_found", plan)
        return plan
    _take_on(actor, plan)
    return plan


@transaction.atomic
def extend_probation(
    actor: User, plan: ProbationPlan, *, until: dt.date, reason: str
) -> ProbationPlan:
    """Put the verdict off, once: by half of the term at most, within three months in all.

    Raises NotAllowed, WrongState, ExtendedAlready, ReasonMissing.
    """
    plan = _running(actor, plan)
    if plan.state == State.EXTENDED:
        raise ExtendedAlready(_("This probation was extended already: decide."))
    latest = latest_verdict(plan.starts_on, plan.verdict_on)
    if not plan.verdict_on < until <= latest:
        raise ExtendedAlready(
            _("Choose a day up to %(day)s.") % {"day": date_format(latest, "SHORT_DATE_FORMAT")}
        )
    plan.reasons = require_reason(reason, _("Write what is to be shown in the time added."))
    plan.verdict_on, plan.state = until, State.EXTENDED
    plan.contractual_until = max(plan.contractual_until, until)
    plan.save()
    record(actor, "hiring.probation_extended", plan, after={"until": until}, reason=plan.reasons)
    return plan


@transaction.atomic
def fail_probation(actor: User, plan: ProbationPlan, *, reasons: str) -> ProbationPlan:
    """Say that the newcomer did not pass: with written reasons, as the law asks.

    His account stays as it is: it is closed when he leaves. Raises NotAllowed, WrongState,
    ReasonMissing.
    """
    plan = _running(actor, plan)
    why = require_reason(
        reasons, _("Write the reasons: the law wants them three days before the end (art. 71).")
    )
    _decide(actor, plan, State.FAILED, why, evidence(actor, plan))
    application = _locked_application(plan)
    application.left_on, application.left_because = timezone.localdate(), _("Probation not passed.")
    application.save(update_fields=["left_on", "left_because", "updated_at"])
    advance(actor, application, Stage.REFUSED, reason=why[:500])
    return plan


@transaction.atomic
def decide_surplus(actor: User, plan: ProbationPlan, *, keep: bool, note: str) -> ProbationPlan:
    """Decide on who passed beyond the seats: keep him if the payroll allows, else the reserve.

    The owner alone. Raises NotAllowed, WrongState, ReasonMissing.
    """
    plan = locked_plan(actor, plan, EXCEED)
    if plan.surplus != Surplus.WAITING:
        raise WrongState(_("Nothing is to be decided here."))
    plan.surplus = Surplus.KEPT if keep else Surplus.RESERVE
    plan.surplus_note = require_reason(note, _("Write on what grounds."))[:500]
    plan.surplus_by = actor
    plan.save(update_fields=["surplus", "surplus_note", "surplus_by"])
    record(actor, "hiring.surplus_decided", plan, after=plan.surplus, reason=plan.surplus_note)
    if keep:
        _take_on(actor, plan)
    else:
        advance(actor, _locked_application(plan), Stage.RESERVE, reason=plan.surplus_note)
    return plan


def _running(actor: User, plan: ProbationPlan) -> ProbationPlan:
    found = locked_plan(actor, plan, APPROVE)
    if not found.is_running or timezone.localdate() < found.starts_on:
        raise WrongState(_("This probation is not under way."))
    return found


def _decide(
    actor: User, plan: ProbationPlan, state: str, reasons: str, found: dict[str, object]
) -> None:
    plan.state, plan.reasons, plan.evidence = state, reasons, found
    plan.decided_by, plan.decided_on = actor, timezone.localdate()
    plan.save()
    record(actor, "hiring.probation_decided", plan, after=state, reason=reasons)


def _take_on(actor: User, plan: ProbationPlan) -> None:
    """The newcomer is one of ours: key clients may come now."""
    if plan.user is not None:
        end_onboarding(actor, plan.user)
    advance(actor, _locked_application(plan), Stage.HIRED)


def _locked_application(plan: ProbationPlan) -> Application:
    found = Application.objects.select_for_update(of=("self",))
    return found.select_related("candidate", "vacancy").get(pk=plan.application_id)
