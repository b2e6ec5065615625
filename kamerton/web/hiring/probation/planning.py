"""Before the first day: days and mentor, five clients to learn on, then coming to work."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kamerton.domain.accounts import queries as accounts
from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import Application, ProbationPlan
from kamerton.domain.methodology import queries as methodology
from kamerton.flows.take_on import take_on
from kamerton.platform.access import actions as access
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.hiring.gate import seen_application
from kamerton.web.hiring.probation.forms import TakeOnForm, TermForm, planned_term, proposed_term
from kamerton.web.hiring.probation.gate import APPROVE, seen_plan
from kamerton.web.ui.answers import go, refuse
from kamerton.web.ui.items import Crumb


@require_http_methods(["GET", "POST"])
def new(request: Request, pk: int) -> HttpResponse:
    """Plan the probation of a candidate, or plan it anew while it has not begun."""
    require(request.user, APPROVE)
    application = seen_application(request, pk)
    plan = queries.probations(request.user).filter(application=application).first()
    initial = planned_term(plan) if plan else proposed_term(application)
    data = request.POST if request.method == "POST" else None
    form = TermForm(request.user, data, initial=initial)
    if form.is_valid():
        try:
            plan = _planned(request, application, form)
        except BusinessError as error:
            refuse(form, error)
        else:
            return go(request, address(plan))
    method = methodology.current()
    context = {
        "application": application,
        "plan": plan,
        "form": form,
        "criteria": method.probation_criteria,
        "passing": method.hiring.passing,
        "crumbs": crumbs(application),
    }
    status = 422 if form.errors else 200
    return render(request, "hiring/probation/new.html", context, status=status)


@require_POST
def add_account(request: Request, pk: int, client: int) -> HttpResponse:
    """Choose a client to learn on."""
    require(request.user, APPROVE)
    plan = seen_plan(request, pk)
    found = accounts.client(request.user, client)
    if found is None:
        raise Http404
    actions.add_training_account(request.user, plan, client=found, untouched=True)
    return go(request, f"{address(plan)}#accounts")


@require_POST
def remove_account(request: Request, pk: int, account: int) -> HttpResponse:
    """Take a client off the list; the message puts it back."""
    require(request.user, APPROVE)
    plan = seen_plan(request, pk)
    found = next((one for one in plan.accounts.all() if one.pk == account), None)
    if found is None:
        raise Http404
    undo = reverse("hiring:probation-account-add", args=[pk, found.client_id])
    actions.remove_training_account(request.user, found)
    messages.success(
        request,
        _("“%(name)s” is off the list.") % {"name": found.client},
        extra_tags=f"undo:{undo}",
    )
    return go(request, f"{address(plan)}#accounts")


@never_cache
@require_http_methods(["GET", "POST"])
def come(request: Request, pk: int) -> HttpResponse:
    """Who accepted comes to work; the link to his password is shown in this answer only."""
    require(request.user, APPROVE)
    plan = seen_plan(request, pk)
    missing = _missing(plan)
    proposals = queries.training_proposals(request.user, plan) if missing else []
    data = request.POST if request.method == "POST" else None
    form = TakeOnForm(request.user, plan.application, proposals, missing, data)
    if form.is_valid():
        given = form.cleaned_data
        try:
            done = take_on(
                request.user,
                plan,
                person=form.who(),
                clients=form.chosen(),
                complex_market=given["complex_market"],
            )
        except BusinessError as error:
            refuse(form, error, "email" if isinstance(error, access.EmailTaken) else None)
        else:
            return _linked(request, done.plan, done.token)
    context = {
        "plan": plan,
        "form": form,
        "missing": missing,
        "chosen": list(plan.accounts.all()),
        "crumbs": crumbs(plan.application),
    }
    status = 422 if form.errors else 200
    return render(request, "hiring/probation/take_on.html", context, status=status)


@never_cache
@require_POST
def link(request: Request, pk: int) -> HttpResponse:
    """A new link to a password for a newcomer who has none yet."""
    require(request.user, APPROVE)
    plan = seen_plan(request, pk)
    if plan.user is None:
        raise Http404
    _made, token = access.let_in(request.user, plan.user)
    return _linked(request, plan, token)


def address(plan: ProbationPlan) -> str:
    """The page of a probation."""
    return reverse("hiring:probation-plan", args=[plan.pk])


def crumbs(application: Application) -> list[Crumb]:
    """The way from the list here."""
    return [
        Crumb(_("Probation"), reverse("hiring:probation")),
        Crumb(application.candidate.full_name),
    ]


def _planned(request: Request, application: Application, form: TermForm) -> ProbationPlan:
    given = form.cleaned_data
    return actions.plan_probation(
        request.user,
        application,
        term=form.term(),
        mentor=given["mentor"],
        monthly_cost=given["monthly_cost"] or 0,
    )


def _missing(plan: ProbationPlan) -> int:
    wanted = methodology.current().hiring.training_accounts
    return max(wanted - len(plan.accounts.all()), 0)


def _linked(request: Request, plan: ProbationPlan, token: str) -> HttpResponse:
    """Show the link once; without one the probation itself."""
    if not token:
        return go(request, address(plan))
    found = reverse("account:invitation", args=[token])
    context = {
        "plan": plan,
        "link": request.build_absolute_uri(found),
        "crumbs": crumbs(plan.application),
    }
    return render(request, "hiring/probation/linked.html", context)
