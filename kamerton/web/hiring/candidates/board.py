"""The board of a vacancy: a column a stage; a card is moved by hand, by keys, from its menu."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import reswap, retarget

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import Application, Vacancy
from kamerton.domain.hiring.queries import BoardColumn
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.hiring.candidates.forms import MoveForm
from kamerton.web.hiring.candidates.gate import (
    RECRUIT,
    card_of,
    dialog,
    where,
    worked_application,
)
from kamerton.web.hiring.candidates.words import MOVES, state_of
from kamerton.web.hiring.gate import SEE, seen_vacancy
from kamerton.web.ui.answers import go, refuse
from kamerton.web.ui.items import Crumb

CARDS = 9


@dataclass(frozen=True)
class Column:
    """A column with its colour; `takes`: a card may be dropped on it."""

    stage: BoardColumn
    state: str
    takes: bool

    @property
    def more(self) -> int:
        """How many stand there beyond the cards shown."""
        return self.stage.count - len(self.stage.cards)


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """The board."""
    require(request.user, SEE)
    vacancy = seen_vacancy(request, pk)
    context = _context(request, vacancy)
    context["crumbs"] = [
        Crumb(_("Vacancies"), where("hiring:vacancies")),
        Crumb(vacancy.title, where("hiring:vacancy", pk)),
        Crumb(_("Board")),
    ]
    return render(request, "hiring/candidates/board.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Request, pk: int) -> HttpResponse:
    """Move a candidate; where the step needs a reason, or it is not said where to, ask first."""
    application = worked_application(request, pk)
    open_ways = actions.moves_by_hand(request.user, application)
    on_board = request.htmx.target == "board" or request.POST.get("on") == "board"
    form = MoveForm(
        _given(request, application), ways=_ways(open_ways), leaves=application.has_left
    )
    form.initial.update(on="board" if on_board else "", to=request.POST.get("to"))
    if form.is_valid():
        try:
            moved = actions.move_application(request.user, application, **form.step())
        except BusinessError as error:
            refuse(form, error)
        else:
            return _moved(request, moved, on_board=on_board)
    answer = dialog(
        request,
        form,
        _("Move: %(name)s") % {"name": application.candidate.full_name or f"#{application.pk}"},
        reverse("hiring:move", args=[pk]),
        submit=_("Move to the stage"),
        nothing=not open_ways,
        application=application,
    )
    return _into_dialog(answer)


def _given(request: Request, application: Application) -> Any:
    """What was sent; a drop on a column that needs a reason opens the form instead."""
    if request.method != "POST":
        return None
    to = request.POST.get("to", "")
    dropped = "reason" not in request.POST
    if dropped and (to in Application.EXITS or application.has_left):
        return None
    return request.POST


def _ways(stages: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(one, str(MOVES.get(one, Application.Stage(one).label))) for one in stages]


def _moved(request: Request, moved: Application, *, on_board: bool) -> HttpResponse:
    if not on_board:
        return go(request, card_of(moved))
    vacancy = seen_vacancy(request, moved.vacancy_id)
    context = _context(request, vacancy) | {"moved": moved}
    answer = render(request, "hiring/candidates/board.html#board", context)
    answer["HX-Trigger"] = "dialog-close"
    reswap(retarget(answer, "#board"), "outerHTML")
    return answer


def _into_dialog(answer: HttpResponse) -> HttpResponse:
    reswap(retarget(answer, "#dialog-content"), "innerHTML")
    return answer


def _context(request: Request, vacancy: Vacancy) -> dict[str, Any]:
    found = [
        Column(one, state_of(one.stage), one.stage in MOVES)
        for one in queries.board(request.user, vacancy, cards=CARDS)
    ]
    alive = sum(one.stage.count for one in found if one.stage.stage not in Application.EXITS)
    return {
        "vacancy": vacancy,
        "way": [one for one in found if one.stage.stage in Application.WAY],
        "exits": [one for one in found if one.stage.stage in Application.EXITS],
        "alive": alive,
        "all": sum(one.stage.count for one in found),
        "waiting": next((one.stage.count for one in found if one.stage.stage == "form_done"), 0),
        "may_move": request.user.may(RECRUIT) and vacancy.is_open,
    }
