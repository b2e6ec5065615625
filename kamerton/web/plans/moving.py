"""A plan on its way: submitted, returned, approved, revised; actions of managers and company."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kamerton.domain.activities import queries as activities
from kamerton.domain.activities.models import Activity
from kamerton.domain.plans import actions
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.flows.begin_plan_action import begin_plan_action
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.plans.editing import Beside, dialog
from kamerton.web.plans.gate import seen_part, seen_plan
from kamerton.web.plans.moves import ApproveForm, ReasonForm, SaidForm, SessionForm
from kamerton.web.plans.one import body

Plan = PerspectivePlan
TITLES = {
    "submit": gettext_lazy("Submit"),
    "approve": gettext_lazy("Approve"),
    "return": gettext_lazy("Send back"),
    "revise": gettext_lazy("Take for revision"),
    "complete": gettext_lazy("Complete"),
    "abandon": gettext_lazy("Abandon"),
    "session": gettext_lazy("Joint session"),
    "review": gettext_lazy("Quarterly review"),
}
DECIDING = ("approve", "return")
BOTH = ("session", "review", "comment")
OFFERED = 40  # activities to choose evidence from


def move(request: Request, pk: int, step: str) -> HttpResponse:
    """A step that comes with words: the dialog, then the step."""
    if step not in TITLES:
        raise Http404
    _require(request.user, step)
    plan = seen_plan(request, pk)
    form = _form(request, plan, step)
    if request.method != "POST" or not form.is_valid():
        verb = "" if step in BOTH else str(TITLES[step])
        return dialog(request, plan, form, str(TITLES[step]), Beside(verb=verb))
    _take(request.user, plan, step, form)
    return body(request, plan)


@require_POST
def start(request: Request, pk: int) -> HttpResponse:
    """Work on an approved plan begins."""
    require(request.user, "plans.edit")
    plan = seen_plan(request, pk)
    actions.start_plan(request.user, plan)
    return body(request, plan)


@require_POST
def comment(request: Request, pk: int) -> HttpResponse:
    """A word about a section."""
    _require(request.user, "comment")
    plan = seen_plan(request, pk)
    given = request.POST
    actions.comment_plan(
        request.user, plan, section=given.get("section", ""), text=given.get("text", "")
    )
    return body(request, plan)


def action(request: Request, pk: int, part: int, step: str) -> HttpResponse:
    """Put an action into work, name evidence for it, drop it."""
    if step not in ("begin", "evidence", "drop"):
        raise Http404
    require(request.user, "plans.edit")
    found = seen_part(request, pk, "actions", part)
    if step == "begin":
        if request.method != "POST":
            raise Http404
        begin_plan_action(request.user, found)
        return body(request, found.plan)
    form = _evidence_form(request, found.plan) if step == "evidence" else _reason(request)
    title = _("What was done") if step == "evidence" else _("Drop the action")
    if request.method != "POST" or not form.is_valid():
        return dialog(request, found.plan, form, title)
    if step == "drop":
        actions.drop_action(request.user, found, reason=form.cleaned_data["reason"])
    else:
        done = activities.activity(request.user, int(form.cleaned_data["activity"]))
        if done is None:
            raise Http404
        actions.link_evidence(request.user, found, activity=done)
    return body(request, found.plan)


def company(request: Request, pk: int, part: int, step: str) -> HttpResponse:
    """Allow, refuse or finish what the company does for the plan."""
    if step not in ("approve", "reject", "done"):
        raise Http404
    require(request.user, "plans.edit" if step == "done" else "plans.approve")
    found = seen_part(request, pk, "supplier_actions", part)
    if step == "done":
        form = ProofForm(request.POST or None)
        if request.method != "POST" or not form.is_valid():
            return dialog(request, found.plan, form, _("Done"))
        actions.finish_company_action(request.user, found, proof=form.cleaned_data["proof"])
    elif request.method != "POST":
        raise Http404
    else:
        actions.decide_company_action(request.user, found, approved=step == "approve")
    return body(request, found.plan)


class ProofForm(forms.Form):
    """The document that shows it."""

    proof = forms.CharField(
        label=gettext_lazy("Document"),
        max_length=300,
        help_text=gettext_lazy("Number and day of the order, act or letter that shows it."),
    )


class EvidenceForm(forms.Form):
    """An activity with this client that was done."""

    activity = forms.ChoiceField(label=gettext_lazy("Activity"), widget=forms.RadioSelect)


def _evidence_form(request: Request, plan: Plan) -> EvidenceForm:
    form = EvidenceForm(request.POST or None)
    done = activities.activities(request.user, client=plan.client, state=Activity.State.DONE)
    field: Any = form.fields["activity"]
    field.choices = [
        (each.pk, f"{formats.day(each.due_on)} · {each.title}")
        for each in done.order_by("-due_on")[:OFFERED]
    ]
    return form


def _reason(request: Request) -> ReasonForm:
    return ReasonForm(request.POST or None)


def _form(request: Request, plan: Plan, step: str) -> forms.Form:
    given = request.POST or None
    match step:
        case "session":
            return SessionForm(request.user, plan, given)
        case "review":
            return SaidForm(given, initial={"on": timezone.localdate()})
        case "approve" | "submit":
            return ApproveForm(given, initial={"revision": plan.revision})
        case _:
            return ReasonForm(given)


def _require(user: User, step: str) -> None:
    """Refuse early: before a person writes what he may not send."""
    if step in DECIDING:
        require(user, "plans.approve")
    elif step not in BOTH or not user.may("plans.approve"):
        require(user, "plans.edit")


def _take(user: User, plan: Plan, step: str, form: Any) -> None:
    given = form.cleaned_data
    steps: dict[str, Callable[[], object]] = {
        "submit": lambda: actions.submit_plan(user, plan, revision=given["revision"]),
        "approve": lambda: actions.approve_plan(user, plan, **given),
        "return": lambda: actions.return_plan(user, plan, **given),
        "revise": lambda: actions.revise_plan(user, plan, **given),
        "complete": lambda: actions.close_plan(user, plan, completed=True, **given),
        "abandon": lambda: actions.close_plan(user, plan, completed=False, **given),
        "session": lambda: actions.record_session(
            user, plan, said=form.said(), present=form.chosen()
        ),
        "review": lambda: actions.review_plan(user, plan, said=form.said()),
    }
    steps[step]()
