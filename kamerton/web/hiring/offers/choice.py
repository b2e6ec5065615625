"""The choice: candidates of a vacancy in order, compared, chosen, refused."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kamerton.calc.candidate_rank import PROFILES as WEIGHTS
from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import Application, Offer, Vacancy
from kamerton.domain.hiring.queries import Ranked
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.hiring.gate import SEE, seen_application, seen_vacancy
from kamerton.web.hiring.offers import words
from kamerton.web.hiring.offers.comparing import compared
from kamerton.web.hiring.offers.forms import RefuseForm
from kamerton.web.ui import asked
from kamerton.web.ui.answers import go, refuse
from kamerton.web.ui.items import Crumb, Input, Tab, Why

ON_A_PAGE = 50
BEST, FEWEST = 3, 2
Stage = Application.Stage
TAKEN = (Stage.OFFER, Stage.ACCEPTED, Stage.PROBATION, Stage.HIRED)
SEEN = (Stage.SHOWED, Stage.TESTED, Stage.INTERVIEWED)


@dataclass(frozen=True)
class Row:
    """A candidate of the table with the parts of his place in the order of the columns."""

    ranked: Ranked
    parts: list[float | None]
    cautions: list[str]
    missing: list[str]
    lacks: list[str]
    why: Why
    offer: Offer | None

    @property
    def application(self) -> Application:
        """Whom it is about."""
        return self.ranked.application

    @property
    def may_be_chosen(self) -> bool:
        """True if he was seen and is not chosen yet."""
        return self.application.stage in SEEN

    @property
    def is_chosen(self) -> bool:
        """True if an offer is the next step."""
        return self.application.stage == Stage.SELECTED

    @property
    def is_open(self) -> bool:
        """True while he may still be refused here."""
        return self.may_be_chosen or self.is_chosen


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """The ranking of a vacancy with its parts, the plan of hires, a comparison."""
    require(request.user, SEE)
    vacancy = seen_vacancy(request, pk)
    profile = _profile(request, vacancy)
    ranking = queries.ranking(request.user, vacancy, profile=profile)
    shown = Paginator(ranking, ON_A_PAGE).get_page(request.GET.get("page"))
    free = [one for one in ranking if one.application.stage not in TAKEN]
    best = [one for one in free if one.place and not one.hold][:BEST]
    chosen = _chosen(request, ranking)
    plan = queries.planned_hires(vacancy.seats, vacancy.role)
    context = {
        "vacancy": vacancy,
        "crumbs": crumbs(vacancy),
        "page": shown,
        "rows": _rows(request.user, list(shown.object_list), profile),
        "heads": list(words.PARTS.values()),
        "tabs": _tabs(request, vacancy, profile),
        "best": best,
        "few": len(best) < FEWEST,
        "ready": sum(one.may_be_offered for one in free),
        "plan": plan,
        "wanted": vacancy.hires_planned or plan.hires,
        "taken": len(ranking) - len(free),
        "chosen": [one.application.pk for one in chosen],
        "compared": compared(request.user, vacancy, chosen) if len(chosen) > 1 else None,
        "may_recruit": request.user.may("hiring.recruit") and vacancy.is_open,
    }
    return render(request, "hiring/offers/choice.html", context)


@require_POST
def choose(request: Request, pk: int) -> HttpResponse:
    """Choose a candidate for an offer."""
    require(request.user, "hiring.recruit")
    application = actions.choose(request.user, seen_application(request, pk))
    name = application.candidate.full_name
    messages.success(request, _("%(name)s is chosen. The offer is the next step.") % {"name": name})
    return go(request, _choice_of(application))


@require_http_methods(["GET", "POST"])
def turn_down(request: Request, pk: int) -> HttpResponse:
    """Refuse a candidate, or keep him in the reserve: the reason for us, a letter for him."""
    require(request.user, "hiring.recruit")
    application = seen_application(request, pk)
    form = RefuseForm(application, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _turned_down(request.user, application, form)
        except BusinessError as error:
            refuse(form, error, "letter" if isinstance(error, actions.NoAddress) else "reason")
        else:
            name = application.candidate.full_name
            messages.success(request, _("Kept: why %(name)s was not taken.") % {"name": name})
            return go(request, _choice_of(application))
    context = {"application": application, "form": form}
    status = 422 if form.errors else 200
    return render(request, "hiring/offers/refuse_dialog.html", context, status=status)


def crumbs(vacancy: Vacancy, *more: Crumb) -> list[Crumb]:
    """The way from the vacancy here."""
    return [
        Crumb(_("Vacancies"), reverse("hiring:vacancies")),
        Crumb(vacancy.title, reverse("hiring:vacancy", args=[vacancy.pk])),
        *more,
    ]


def _turned_down(actor: User, application: Application, form: RefuseForm) -> None:
    given = form.cleaned_data
    if given["to"] == Stage.RESERVE:
        actions.move_application(actor, application, to=Stage.RESERVE, reason=given["reason"])
        return
    letter = given["letter"] if given["tell"] else ""
    actions.refuse_candidate(actor, application, reason=given["reason"], letter=letter)


def _choice_of(application: Application) -> str:
    return reverse("hiring:choice", args=[application.vacancy_id])


def _profile(request: Request, vacancy: Vacancy) -> str:
    asked_for = request.GET.get("profile", "")
    return asked_for if asked_for in words.PROFILES else vacancy.rank_profile


def _chosen(request: Request, ranking: Sequence[Ranked]) -> list[Ranked]:
    """The two to four candidates that the address asks to compare."""
    wanted = [asked.record_id(text) for text in request.GET.getlist("with")][:4]
    return [one for one in ranking if one.application.pk in wanted]


def _tabs(request: Request, vacancy: Vacancy, profile: str) -> list[Tab]:
    base = reverse("hiring:choice", args=[vacancy.pk])
    return [
        Tab(str(title), f"{base}?profile={code}", code == profile)
        for code, title in words.PROFILES.items()
    ]


def _rows(viewer: User, ranking: Sequence[Ranked], profile: str) -> list[Row]:
    ids = [one.application.pk for one in ranking]
    offers = {one.application_id: one for one in queries.offers_of(viewer, ids)}
    titles = words.line_titles()
    weights = WEIGHTS.get(profile, WEIGHTS["standard"]).as_array().tolist()
    return [
        Row(
            ranked=one,
            parts=[one.parts[code] for code in words.PARTS],
            cautions=words.cautions(one.cautions),
            missing=words.missing(one.missing),
            lacks=[titles.get(code, code) for code in one.lacks],
            why=_why(one, weights),
            offer=offers.get(one.application.pk),
        )
        for one in ranking
    ]


def _why(one: Ranked, weights: Sequence[float]) -> Why:
    """How the place came about."""
    inputs = [
        Input(
            f"{title}, {formats.percent(weight)}",
            formats.no_data() if one.parts[code] is None else formats.number(one.parts[code], 1),
        )
        for (code, title), weight in zip(words.PARTS.items(), weights, strict=True)
    ]
    if one.penalty:
        inputs.append(Input(_("Cautions"), formats.number(-abs(one.penalty), 0)))
    return Why(
        formula=_(
            "Points of each part by its weight; what is not known is left out and the other"
            " parts weigh more; five points off for each caution, fifteen at most."
        ),
        inputs=inputs,
    )
