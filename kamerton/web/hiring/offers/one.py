"""One offer: written, approved, sent, answered; the list of what is under way; the panel."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import Application, Offer, ProbationPlan
from kamerton.domain.methodology import queries as methodology
from kamerton.flows.write_hiring import write_offer
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.hiring.gate import SEE, seen_application
from kamerton.web.hiring.offers import words
from kamerton.web.hiring.offers.choice import crumbs
from kamerton.web.hiring.offers.forms import AnswerForm, OfferForm, ReasonForm, proposed, written
from kamerton.web.ui.answers import go, refuse
from kamerton.web.ui.items import Crumb, Step

RECRUIT, APPROVE = "hiring.recruit", "hiring.approve"
State = Offer.State
LOOKS = {
    State.DRAFT: "mute",
    State.PENDING: "warn",
    State.APPROVED: "ok",
    State.SENT: "warn",
    State.ACCEPTED: "ok",
    State.DECLINED: "bad",
    State.EXPIRED: "bad",
    State.CANCELLED: "mute",
}
PLACE = {State.DRAFT: 1, State.PENDING: 1, State.APPROVED: 2, State.SENT: 3, State.ACCEPTED: 4}


@require_http_methods(["GET", "POST"])
def new(request: Request, pk: int) -> HttpResponse:
    """Write an offer for a candidate, or the draft anew."""
    require(request.user, RECRUIT)
    application = seen_application(request, pk)
    draft = _draft(request.user, application)
    form = _form(request, application, draft)
    if form.is_valid():
        try:
            made = actions.make_offer(request.user, application, text=form.text())
        except BusinessError as error:
            refuse(form, error)
        else:
            return go(request, reverse("hiring:offer", args=[made.pk]))
    stands = queries.ranked(request.user, application)
    context = {
        "application": application,
        "vacancy": application.vacancy,
        "crumbs": _crumbs(application),
        "form": form,
        "stands": stands,
        "missing": words.missing(stands.missing) if stands else [],
        "cautions": words.caution_texts(stands.cautions) if stands else [],
        "plan": plan_of(request.user, application),
        "market": queries.pay_against_market(request.user, application.vacancy),
        "draft": draft,
    }
    status = 422 if form.errors else 200
    return render(request, "hiring/offers/new.html", context, status=status)


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """The offer as the candidate reads it, with what those who approve should know."""
    offer = seen_offer(request, pk)
    application, viewer = offer.application, request.user
    context = {
        "offer": offer,
        "look": LOOKS[State(offer.state)],
        "application": application,
        "vacancy": application.vacancy,
        "crumbs": _crumbs(application),
        "steps": _steps(offer),
        "parts": queries.offer_parts(viewer, offer),
        "cautions": words.caution_texts(queries.offer_cautions(viewer, offer)),
        "market": queries.pay_against_market(viewer, application.vacancy),
        "plan": plan_of(viewer, application),
        "late": offer.state == State.SENT and offer.answer_by < localdate(),
    } | _rights(viewer, offer)
    return render(request, "hiring/offers/offer.html", context)


@require_POST
def approve(request: Request, pk: int) -> HttpResponse:
    """Approve an offer."""
    require(request.user, APPROVE)
    offer = actions.approve_offer(request.user, seen_offer(request, pk))
    messages.success(request, _("The offer is approved. Now it can be sent."))
    return go(request, _address(offer))


@require_POST
def send(request: Request, pk: int) -> HttpResponse:
    """Send the offer by e-mail, or note that it was handed over."""
    require(request.user, RECRUIT)
    by_mail = request.POST.get("way") != "hand"
    offer = actions.send_offer(request.user, seen_offer(request, pk), by_mail=by_mail)
    messages.success(
        request,
        _("The offer is on its way. We wait for the answer until %(day)s.")
        % {"day": formats.day(offer.answer_by)},
    )
    return go(request, _address(offer))


@require_http_methods(["GET", "POST"])
def answer(request: Request, pk: int) -> HttpResponse:
    """Write down what the candidate answered."""
    require(request.user, RECRUIT)
    offer = seen_offer(request, pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        accepted = given["accepted"] == "yes"
        try:
            actions.answer_offer(request.user, offer, accepted=accepted, note=given["note"])
        except BusinessError as error:
            refuse(form, error, "note" if isinstance(error, actions.ReasonMissing) else None)
        else:
            return go(request, _address(offer))
    return _dialog(request, offer, form, _("What was the answer?"))


@require_http_methods(["GET", "POST"])
def take_back(request: Request, pk: int) -> HttpResponse:
    """Take an offer back before it is answered."""
    require(request.user, APPROVE)
    offer = seen_offer(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.take_offer_back(request.user, offer, reason=form.cleaned_data["reason"])
        except BusinessError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The offer is taken back. The candidate is chosen still."))
            return go(request, _address(offer))
    return _dialog(request, offer, form, _("Take the offer back"))


@require_safe
def pdf(request: Request, pk: int) -> HttpResponse:
    """The offer to print or attach, in the vacancy's language."""
    offer = seen_offer(request, pk)
    document = write_offer(request.user, offer, today=localdate())
    response = HttpResponse(document.content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="offer-{offer.pk}.pdf"'
    return response


@require_safe
def listed(request: Request) -> HttpResponse:
    """Offers under way: what waits for the viewer first."""
    require(request.user, SEE)
    waiting = list(queries.offers_to_approve(request.user))
    known = {one.pk for one in waiting}
    others = [one for one in queries.offers_in_force(request.user) if one.pk not in known]
    context = {"waiting": waiting, "others": others, "today": localdate()}
    return render(request, "hiring/offers/list.html", context)


@require_safe
def panel(request: Request, pk: int) -> HttpResponse:
    """The offers of a candidate on his page."""
    require(request.user, SEE)
    application = seen_application(request, pk)
    offers = list(queries.offers(request.user, application))
    stages = (Application.Stage.SELECTED, Application.Stage.OFFER)
    in_force = any(one.state in Offer.OPEN for one in offers)
    context = {
        "application": application,
        "offers": offers,
        "plan": plan_of(request.user, application),
        "may_offer": request.user.may(RECRUIT) and application.stage in stages and not in_force,
    }
    return render(request, "hiring/offers/panel.html", context)


def seen_offer(request: Request, pk: int) -> Offer:
    """The offer; 404 if there is none."""
    require(request.user, SEE)
    found = queries.offer(request.user, pk)
    if found is None:
        raise Http404
    return found


def plan_of(viewer: User, application: Application) -> ProbationPlan | None:
    """The probation of a candidate, if it is planned."""
    return queries.probations(viewer).filter(application=application).first()


def _draft(viewer: User, application: Application) -> Offer | None:
    drafts = (State.DRAFT, State.PENDING)
    return queries.offers(viewer, application).filter(state__in=drafts).first()


def _form(request: Request, application: Application, draft: Offer | None) -> OfferForm:
    with override(application.vacancy.language):
        sections = methodology.current().offer_sections
        if request.method == "POST":
            return OfferForm(sections, request.POST)
        if draft is not None:
            return OfferForm(sections, initial=written(draft))
        plan = plan_of(request.user, application)
        mentor = plan.mentor.full_name if plan and plan.mentor else ""
        return OfferForm(sections, initial=proposed(application, _goals(plan), mentor))


def _goals(plan: ProbationPlan | None) -> str:
    """The goals of the probation in words for the offer."""
    if plan is None:
        return ""
    method = methodology.version(plan.methodology.number)
    lines = [
        f"— {one.title}: {said(plan.targets[one.code], one.unit)}"
        for one in method.probation_criteria
        if plan.targets.get(one.code)
    ]
    first = _("The decision is on %(day)s, %(points)d points of 100 are enough:") % {
        "day": formats.day(plan.verdict_on),
        "points": round(method.hiring.passing),
    }
    return "\n".join([first, *lines])


def said(value: float | None, unit: str) -> str:
    """A value of a criterion in its unit."""
    return formats.percent(value) if unit == "share" else formats.number(value)


def _crumbs(application: Application) -> list[Crumb]:
    choice = reverse("hiring:choice", args=[application.vacancy_id])
    return crumbs(
        application.vacancy,
        Crumb(pgettext("hiring", "Choice"), choice),
        Crumb(application.candidate.full_name),
    )


def _steps(offer: Offer) -> list[Step]:
    labels = (
        *(pgettext("offer", "Chosen"), pgettext("offer", "Drafted")),
        *(pgettext("offer", "Approved"), pgettext("offer", "Sent"), pgettext("offer", "Accepted")),
    )
    reached = PLACE.get(State(offer.state), 3)
    over = offer.state in (State.DECLINED, State.EXPIRED, State.CANCELLED)

    def state(at: int) -> Any:
        if at <= reached and not (over and at == reached):
            return "done"
        if over:
            return "blocked" if at == reached else "later"
        return "current" if at == reached + 1 else "later"

    return [Step(label, state(at)) for at, label in enumerate(labels)]


def _rights(viewer: User, offer: Offer) -> dict[str, bool]:
    open_vacancy = offer.application.vacancy.is_open
    recruits = viewer.may(RECRUIT) and open_vacancy
    decides = viewer.may(APPROVE) and open_vacancy
    drafted = offer.state in (State.DRAFT, State.PENDING)
    return {
        "may_edit": recruits and drafted,
        "may_approve": decides and drafted and (not offer.beyond or viewer.may("hiring.exceed")),
        "may_send": recruits and offer.state == State.APPROVED,
        "may_answer": recruits and offer.state == State.SENT,
        "may_take_back": decides and offer.state in Offer.OPEN,
        "may_plan": decides,
    }


def _dialog(request: Request, offer: Offer, form: Any, title: str) -> HttpResponse:
    context = {"offer": offer, "form": form, "title": title, "address": request.path}
    status = 422 if form.errors else 200
    return render(request, "hiring/offers/dialog.html", context, status=status)


def _address(offer: Offer) -> str:
    return reverse("hiring:offer", args=[offer.pk])
