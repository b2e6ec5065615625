"""Probation: planned before the offer, begun on the first day, looked at each week."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kamerton.calc.period import Month
from kamerton.calc.ramp import COMPLEX_MARKET, SIMPLE_MARKET, RampCurve, full_load_from
from kamerton.domain.accounts.models import Client
from kamerton.domain.hiring.actions.gates import (
    APPROVE,
    Unfit,
    WrongState,
    locked_application,
    require_open,
    require_range,
)
from kamerton.domain.hiring.actions.stages import Stage, advance
from kamerton.domain.hiring.models import (
    Application,
    Checkpoint,
    OnboardingStep,
    ProbationPlan,
    RampPlan,
    TrainingAccount,
)
from kamerton.domain.hiring.queries.probation import (
    Marked,
    probation_state,
    sales_of,
    target_column,
    untouched_since,
)
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.actions import begin_onboarding
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError, NotAllowed

LONGEST_MONTHS = 3  # the law: a probation by contract (art. 70)


class TermWrong(BusinessError):
    """The verdict falls in 7 to 28 days, the contract's probation within three months."""


class KeyForNewcomer(BusinessError):
    """A key client is no client to learn on."""


class AccountsMissing(BusinessError):
    """The clients to learn on are not chosen yet."""


@dataclass(frozen=True)
class Term:
    """The days of a probation; `cycle_days`: how long a deal takes with us."""

    starts_on: dt.date
    verdict_on: dt.date
    contractual_until: dt.date
    cycle_days: int = 28


@transaction.atomic
def plan_probation(
    actor: User,
    application: Application,
    *,
    term: Term,
    mentor: User | None = None,
    monthly_cost: int = 0,
) -> ProbationPlan:
    """Plan what a newcomer has to show, and by when; anew while it has not begun.

    Raises NotAllowed, VacancyOver, WrongState, TermWrong, Unfit.
    """
    application = locked_application(actor, application, APPROVE)
    require_open(application.vacancy)
    if application.stage not in (Stage.INTERVIEWED, Stage.SELECTED, Stage.OFFER, Stage.ACCEPTED):
        raise WrongState(_("A probation is planned for who was chosen."))
    method = methodology.current()
    _require_term(term)
    if mentor is not None and not User.objects.working().filter(pk=mentor.pk).exists():
        raise Unfit(_("The mentor does not work here any more."))
    plan = ProbationPlan.objects.filter(application=application).first()
    plan = plan or ProbationPlan(application=application, created_by=actor)
    if plan.state != ProbationPlan.State.DRAFT:
        raise WrongState(_("This probation has begun already."))
    plan.starts_on, plan.verdict_on = term.starts_on, term.verdict_on
    plan.planned_verdict_on, plan.contractual_until = term.verdict_on, term.contractual_until
    plan.cycle_days, plan.mentor, plan.monthly_cost = term.cycle_days, mentor, monthly_cost
    plan.targets = target_column(method, plan.term_days)
    plan.methodology = methodology.version_row(method.version)
    plan.save()
    record(
        actor,
        "hiring.probation_planned",
        application,
        after={"starts_on": term.starts_on, "verdict_on": term.verdict_on},
    )
    return plan


@transaction.atomic
def add_training_account(
    actor: User, plan: ProbationPlan, *, client: Client, untouched: bool = False
) -> TrainingAccount:
    """Choose a client to learn on: its baseline is frozen, and the last contact with it.

    A contact of late is not refused but warned of. Raises NotAllowed, WrongState, KeyForNewcomer,
    Unfit.
    """
    plan = locked_plan(actor, plan)
    _require_draft(plan)
    found = Client.objects.visible_to(actor).present().filter(pk=client.pk).first()
    if found is None:
        raise NotAllowed(_("“%(name)s” is not among your clients.") % {"name": client})
    if found.is_key:
        raise KeyForNewcomer(
            _("“%(name)s” is a key client. Train on lesser ones first.") % {"name": found}
        )
    most = methodology.current().hiring.training_accounts
    if plan.accounts.exclude(client=found).count() >= most:
        raise Unfit(_("%(most)d clients to learn on are enough.") % {"most": most})
    days = plan.term_days
    last_day = plan.starts_on - dt.timedelta(days=1)
    sold = sales_of([found.pk], plan.starts_on - dt.timedelta(days=days), last_day)
    made, _new = plan.accounts.update_or_create(
        client=found,
        defaults={
            "baseline": max(sold.get(found.pk, 0), 0),
            "baseline_days": days,
            "untouched": untouched,
            "last_contact_on": untouched_since(found.pk, on=plan.starts_on),
        },
    )
    record(
        actor,
        "hiring.training_account_added",
        plan,
        after={"client": found.name, "baseline": made.baseline, "untouched": untouched},
    )
    return made


@transaction.atomic
def remove_training_account(actor: User, account: TrainingAccount) -> None:
    """Take a client off the list before the probation begins.

    Raises NotAllowed, WrongState.
    """
    plan = locked_plan(actor, account.plan)
    _require_draft(plan)
    record(actor, "hiring.training_account_removed", plan, before={"client": str(account)})
    account.delete()


@transaction.atomic
def start_probation(
    actor: User, plan: ProbationPlan, *, user: User, complex_market: bool = False
) -> ProbationPlan:
    """Begin: the person is a newcomer from now on and owns no key client till he has passed.

    Giving him the training clients is an assignment like any other.
    Raises NotAllowed, WrongState, AccountsMissing, BadStatus, HoldsKeys.
    """
    plan = locked_plan(actor, plan)
    _require_draft(plan)
    if plan.application.stage != Stage.ACCEPTED:
        raise WrongState(_("A probation begins when the offer was accepted."))
    needed = methodology.current().hiring.training_accounts
    missing = needed - plan.accounts.count()
    if missing > 0:
        text = ngettext(
            "Choose %(n)d more client to learn on.",
            "Choose %(n)d more clients to learn on.",
            missing,
        )
        raise AccountsMissing(text % {"n": missing})
    begin_onboarding(actor, user)
    plan.user, plan.state = user, ProbationPlan.State.ACTIVE
    plan.save(update_fields=["user", "state"])
    _begin(actor, plan, COMPLEX_MARKET if complex_market else SIMPLE_MARKET)
    record(actor, "hiring.probation_started", plan, after={"user": user.full_name})
    return plan


@transaction.atomic
def write_checkpoint(
    actor: User, plan: ProbationPlan, *, on: dt.date, marked: Marked, note: str = ""
) -> Checkpoint:
    """Look at a newcomer: what people mark, with what the records say that day.

    The mentor may do it too. Raises NotAllowed, WrongState, Unfit.
    """
    plan = _watched_plan(actor, plan)
    if not plan.is_running or not plan.starts_on <= on <= timezone.localdate():
        raise WrongState(_("A checkpoint is of a day of the probation that has come."))
    bad = _("Shares are 0 to 1, the mark of calls is 0 to 22.")
    for value, top in ((marked.method, 1), (marked.papers, 1), (marked.calls, 22)):
        require_range(value, 0, top, bad)
    made, _new = Checkpoint.objects.update_or_create(
        plan=plan,
        on=on,
        defaults={
            "method_share": marked.method,
            "calls_mark": marked.calls,
            "papers_share": marked.papers,
            "dishonest": marked.dishonest,
            "note": note.strip(),
            "by": actor,
            "total": 0.0,
        },
    )
    state = probation_state(actor, plan, on=on)
    made.facts = {line.code: line.fact for line in state.lines}
    made.total = state.total
    made.save(update_fields=["facts", "total"])
    record(actor, "hiring.checkpoint_written", plan, after={"on": on, "total": made.total})
    return made


@transaction.atomic
def finish_step(actor: User, step: OnboardingStep) -> OnboardingStep:
    """Tick a step of the first days; the newcomer and his mentor may do it.

    Raises NotAllowed.
    """
    plan = ProbationPlan.objects.get(pk=step.plan_id)
    if actor.pk not in (plan.user_id, plan.mentor_id):
        require(actor, "hiring.recruit")
    step = OnboardingStep.objects.select_for_update().get(pk=step.pk)
    step.done_on, step.done_by = timezone.localdate(), actor
    step.save(update_fields=["done_on", "done_by"])
    record(actor, "hiring.step_done", plan, after=step.code)
    return step


@transaction.atomic
def reopen_step(actor: User, step: OnboardingStep) -> OnboardingStep:
    """Take back that a step of the first days was done.

    Raises NotAllowed.
    """
    plan = ProbationPlan.objects.get(pk=step.plan_id)
    if actor.pk not in (plan.user_id, plan.mentor_id):
        require(actor, "hiring.recruit")
    step = OnboardingStep.objects.select_for_update().get(pk=step.pk)
    step.done_on = step.done_by = None
    step.save(update_fields=["done_on", "done_by"])
    record(actor, "hiring.step_reopened", plan, after=step.code)
    return step


def locked_plan(actor: User, plan: ProbationPlan, permission: str = APPROVE) -> ProbationPlan:
    """Read a probation anew, locked, for who decides on it.

    Raises NotAllowed.
    """
    require(actor, permission)
    found = ProbationPlan.objects.select_for_update(of=("self",))
    return found.select_related(
        "application__vacancy", "application__candidate", "methodology"
    ).get(pk=plan.pk)


def _watched_plan(actor: User, plan: ProbationPlan) -> ProbationPlan:
    if actor.pk == plan.mentor_id:
        return locked_plan(actor, plan, "hiring.assess")
    return locked_plan(actor, plan)


def _begin(actor: User, plan: ProbationPlan, curve: RampCurve) -> None:
    """Note the first day, the steps of the first days and the ramp."""
    application = Application.objects.select_for_update().get(pk=plan.application_id)
    application.hired_on = plan.starts_on
    application.save(update_fields=["hired_on", "updated_at"])
    advance(actor, application, Stage.PROBATION)
    candidate = application.candidate
    candidate.keep_until = None
    candidate.save(update_fields=["keep_until", "updated_at"])
    plan.application = application
    days: Sequence[OnboardingStep] = [
        OnboardingStep(
            plan=plan, code=one.code, due_on=plan.starts_on + dt.timedelta(days=one.day - 1)
        )
        for one in methodology.current().onboarding_days
    ]
    OnboardingStep.objects.bulk_create(days)
    RampPlan.objects.create(
        plan=plan,
        starts_on=plan.starts_on,
        shares=list(curve.shares),
        step_months=curve.step_months,
        full_from=full_load_from(plan.starts_on, curve),
    )


def _require_draft(plan: ProbationPlan) -> None:
    if plan.state != ProbationPlan.State.DRAFT:
        raise WrongState(_("This probation has begun already."))


def _require_term(term: Term) -> None:
    limits = methodology.current().hiring
    days = (term.verdict_on - term.starts_on).days
    if not limits.probation_least <= days <= limits.probation_most:
        raise TermWrong(
            _("The verdict falls %(least)d to %(most)d days after the first day.")
            % {"least": limits.probation_least, "most": limits.probation_most}
        )
    month = Month.of(term.starts_on) + LONGEST_MONTHS
    longest = month.first_day.replace(day=min(term.starts_on.day, month.last_day.day))
    if not term.verdict_on <= term.contractual_until <= longest:
        raise TermWrong(
            _("The probation by contract ends after the verdict and within three months.")
        )
    if not 1 <= term.cycle_days <= 1000:
        raise Unfit(_("A deal takes 1 to 1000 days."))
