"""One probation: how it stands, the records behind it, weekly looks, the verdict."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import ProbationPlan
from kamerton.domain.methodology import queries as methodology
from kamerton.flows.write_hiring import write_evidence
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.hiring.probation import shown
from kamerton.web.hiring.probation.forms import (
    CheckpointForm,
    ExtendForm,
    FailForm,
    PassForm,
    SurplusForm,
)
from kamerton.web.hiring.probation.gate import APPROVE, Rights, rights, seen_plan
from kamerton.web.hiring.probation.planning import address, crumbs
from kamerton.web.ui.answers import go, refuse

LOOKS = {"draft": "mute", "active": "warn", "extended": "warn", "passed": "ok", "failed": "bad"}
VERDICTS: dict[str, tuple[type[forms.Form], Any]] = {
    "pass": (PassForm, gettext_lazy("Passed")),
    "extend": (ExtendForm, gettext_lazy("Extend the probation")),
    "fail": (FailForm, gettext_lazy("Not passed")),
}


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """How a newcomer stands, with what to do next."""
    plan = seen_plan(request, pk)
    may = rights(request.user, plan)
    context: dict[str, Any] = {
        "plan": plan,
        "application": plan.application,
        "crumbs": crumbs(plan.application),
        "may": may,
        "look": LOOKS[plan.state],
        "today": localdate(),
        "days_left": (plan.verdict_on - localdate()).days,
        "checkpoints": list(reversed(plan.checkpoints.all())),
        "steps": shown.steps(plan),
        "passing": methodology.version(plan.methodology.number).hiring.passing,
        "wanted": methodology.current().hiring.training_accounts,
    }
    if plan.state == ProbationPlan.State.DRAFT:
        context |= _before(request.user, plan, may)
    else:
        context |= _standing(request.user, plan, may)
    return render(request, "hiring/probation/plan.html", context)


@require_safe
def proof(request: Request, pk: int, code: str) -> HttpResponse:
    """The records behind a criterion, in a dialog."""
    plan = seen_plan(request, pk)
    title = shown.title_of(plan, code)
    if not title or plan.state == ProbationPlan.State.DRAFT:
        raise Http404
    rows = shown.proofs(request.user, plan, code)
    context = {"plan": plan, "title": title, "rows": rows}
    return render(request, "hiring/probation/proof.html", context)


@require_http_methods(["GET", "POST"])
def checkpoint(request: Request, pk: int) -> HttpResponse:
    """A weekly look: what people mark; the records are measured at once."""
    plan = seen_plan(request, pk)
    if request.user.pk != plan.mentor_id:
        require(request.user, APPROVE)
    data = request.POST if request.method == "POST" else None
    form = CheckpointForm(data, initial={"on": localdate()})
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.write_checkpoint(
                request.user, plan, on=given["on"], marked=form.marked(), note=given["note"]
            )
        except BusinessError as error:
            refuse(form, error, "on")
        else:
            points = round(made.total)
            messages.success(request, _("Noted: %(points)d points of 100.") % {"points": points})
            return go(request, address(plan))
    return _dialog(request, plan, form, _("Weekly checkpoint"))


@require_POST
def step(request: Request, pk: int, step: int) -> HttpResponse:
    """Tick a step of the first days, or take the tick back."""
    plan = seen_plan(request, pk)
    found = next((one for one in plan.steps.all() if one.pk == step), None)
    if found is None:
        raise Http404
    if found.done_on is None:
        actions.finish_step(request.user, found)
    else:
        actions.reopen_step(request.user, found)
    return go(request, f"{address(plan)}#steps")


@require_http_methods(["GET", "POST"])
def verdict(request: Request, pk: int, verdict: str) -> HttpResponse:
    """Passed, extended or not passed."""
    require(request.user, APPROVE)
    if verdict not in VERDICTS:
        raise Http404
    plan = seen_plan(request, pk)
    kind, title = VERDICTS[verdict]
    form = kind(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            decided = _judged(request.user, plan, verdict, form.cleaned_data)
        except BusinessError as error:
            refuse(form, error, "until" if verdict == "extend" else None)
        else:
            messages.success(request, _told(decided))
            return go(request, address(plan))
    return _dialog(request, plan, form, str(title))


@require_http_methods(["GET", "POST"])
def surplus(request: Request, pk: int) -> HttpResponse:
    """The owner decides on who passed beyond the seats."""
    require(request.user, "hiring.exceed")
    plan = seen_plan(request, pk)
    form = SurplusForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        keep = given["keep"] == "yes"
        try:
            actions.decide_surplus(request.user, plan, keep=keep, note=given["note"])
        except BusinessError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Decided."))
            return go(request, address(plan))
    return _dialog(request, plan, form, _("Beyond the seats: keep him?"))


@require_safe
def evidence(request: Request, pk: int) -> HttpResponse:
    """All that the verdict rests on, to print."""
    plan = seen_plan(request, pk)
    if plan.state == ProbationPlan.State.DRAFT:
        raise Http404
    paper = write_evidence(request.user, plan, today=localdate())
    response = HttpResponse(paper.content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{paper.name}"'
    return response


def _before(viewer: User, plan: ProbationPlan, may: Rights) -> dict[str, Any]:
    accounts = shown.planned_accounts(viewer, plan)
    wanted = methodology.current().hiring.training_accounts
    missing = max(wanted - len(accounts), 0)
    proposals = queries.training_proposals(viewer, plan) if may.may_plan and missing else []
    return {"accounts": accounts, "missing": missing, "proposals": proposals}


def _standing(viewer: User, plan: ProbationPlan, may: Rights) -> dict[str, Any]:
    state = queries.judged_state(viewer, plan)
    states = queries.account_states(viewer, plan, on=state.on)
    user = plan.user
    return {
        "state": state,
        "criteria": shown.criteria(plan, state),
        "closed": shown.closed_gates(state),
        "accounts": shown.accounts(viewer, states),
        "chart": shown.ramp_chart(viewer, plan),
        "payback": shown.payback_words(viewer, plan) if may.sees_all else "",
        "without_password": may.may_judge and user and not user.has_usable_password(),
    }


def _judged(actor: User, plan: ProbationPlan, verdict: str, given: dict[str, Any]) -> ProbationPlan:
    if verdict == "pass":
        return actions.pass_probation(actor, plan, **given)
    if verdict == "extend":
        return actions.extend_probation(actor, plan, **given)
    return actions.fail_probation(actor, plan, **given)


def _told(plan: ProbationPlan) -> str:
    if plan.surplus == ProbationPlan.Surplus.WAITING:
        return _("Passed, but all seats are taken: the owner decides whether he stays.")
    texts = {
        "passed": _("Passed: key clients may come to him now, little by little."),
        "extended": _("The verdict is put off."),
        "failed": _("Not passed. Hand the reasons over in writing, with the evidence."),
    }
    return texts[plan.state]


def _dialog(request: Request, plan: ProbationPlan, form: Any, title: str) -> HttpResponse:
    context = {"plan": plan, "form": form, "title": title, "address": request.path}
    status = 422 if form.errors else 200
    return render(request, "hiring/probation/dialog.html", context, status=status)
