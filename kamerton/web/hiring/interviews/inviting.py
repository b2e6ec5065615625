"""Invite people: as many as the show rate asks for, each by a personal link."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kamerton.calc.show_rate import SeatCosts
from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import Application, InterviewSession, Invitation, Vacancy
from kamerton.domain.hiring.queries import SlotOutlook
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.hiring.gate import seen_vacancy
from kamerton.web.hiring.interviews.costs import Curve, curve, given_costs, short
from kamerton.web.hiring.interviews.gate import RECRUIT, booking_link, seen_slot
from kamerton.web.ui import asked

Stage = Application.Stage
#: From where people are invited: from the form first, then from round to round.
FROM = (Stage.PASSED, Stage.SHOWED, Stage.TESTED, Stage.INTERVIEWED)
A_PAGE = 50
AT_ONCE = 100
Invite = Callable[[Application], tuple[Invitation, str]]


@dataclass(frozen=True)
class Sent:
    """An invitation with its link, which is seen but once."""

    invitation: Invitation
    link: str
    mailed: bool
    error: str


@dataclass(frozen=True)
class Refused:
    """Somebody who could not be invited, and why."""

    application: Application
    why: str


class PickForm(forms.Form):
    """Who is invited."""

    people = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Candidates"),
        coerce=int,
        error_messages={"required": gettext_lazy("Mark whom to invite.")},
    )

    def __init__(self, pool: Sequence[Application], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pool = {one.pk: one for one in pool}
        choices: forms.TypedMultipleChoiceField = self.fields["people"]  # type: ignore[assignment]
        choices.choices = [(pk, pk) for pk in self.pool]

    def picked(self) -> list[Application]:
        """Return the people in the order shown."""
        wanted = set(self.cleaned_data["people"])
        return [one for pk, one in self.pool.items() if pk in wanted]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def to_session(request: Request, pk: int) -> HttpResponse:
    """Choose people for one slot; the system says how many."""
    require(request.user, RECRUIT)
    slot = seen_slot(request, pk)
    session = slot.session
    (outlook,) = queries.outlooks(request.user, [slot])
    pool = _pool(request, session.vacancy)
    form = PickForm(pool.object_list, _sent(request))
    if form.is_valid():
        done = _send(request, form.picked(), _into(request.user, session))
        return _told(request, done, session.vacancy, session)
    context = _context(request, session.vacancy, pool, form)
    context |= _proposal(request, outlook, pool.object_list)
    status = 422 if form.errors else 200
    return render(request, "hiring/interviews/invite.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def to_choose(request: Request, pk: int) -> HttpResponse:
    """Send people a link by which each chooses his time himself."""
    require(request.user, RECRUIT)
    vacancy = seen_vacancy(request, pk)
    pool = _pool(request, vacancy)
    form = PickForm(pool.object_list, _sent(request))
    if form.is_valid():
        done = _send(request, form.picked(), _into(request.user, None))
        return _told(request, done, vacancy, None)
    context = _context(request, vacancy, pool, form)
    coming = list(queries.coming_sessions(request.user, vacancy))
    context["free"] = sum(max(one.allowed - getattr(one, "taken"), 0) for one in coming)  # noqa: B009
    status = 422 if form.errors else 200
    return render(request, "hiring/interviews/invite.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: Request, pk: int) -> HttpResponse:
    """Invite those who did not come to a slot once more, to choose another time."""
    require(request.user, RECRUIT)
    slot = seen_slot(request, pk)
    gone = [
        one.application
        for one in slot.invited
        if one.state == Invitation.State.NO_SHOW and one.application.stage == Stage.NO_SHOW
    ]
    form = PickForm(gone, _sent(request))
    vacancy = slot.session.vacancy
    if form.is_valid():
        done = _send(request, form.picked(), lambda one: actions.invite_again(request.user, one))
        return _told(request, done, vacancy, None)
    free = sum(
        one.allowed > getattr(one, "taken")  # noqa: B009
        for one in queries.coming_sessions(request.user, vacancy)
    )
    context = {"slot": slot, "vacancy": vacancy, "gone": gone, "form": form, "free": free}
    status = 422 if form.errors else 200
    return render(request, "hiring/interviews/again.html", context, status=status)


def _sent(request: Request) -> QueryDict | None:
    """What a form sent, though it be nothing; None before."""
    return request.POST if request.method == "POST" else None


def sent_to(request: Request, invitation: Invitation, token: str) -> Sent:
    """Send the letter if there is an address; return the link to show."""
    link = booking_link(request)
    address, mailed, error = link.replace("{token}", token), False, ""
    if invitation.application.candidate.email:
        letter = actions.send_invitation(request.user, invitation, token=token, link=link)
        mailed, error = not letter.error, letter.error
    return Sent(invitation, address, mailed, error)


def _into(user: User, session: InterviewSession | None) -> Invite:
    return lambda one: actions.invite(user, one, session=session)


def _send(
    request: Request, people: Sequence[Application], invite: Invite
) -> tuple[list[Sent], list[Refused]]:
    """Invite one after another; who is refused is told, the others are invited."""
    sent, refused = [], []
    for one in people[:AT_ONCE]:
        try:
            made, token = invite(one)
        except BusinessError as error:
            refused.append(Refused(one, error.message))
        else:
            sent.append(sent_to(request, made, token))
    return sent, refused


def _told(
    request: Request,
    done: tuple[list[Sent], list[Refused]],
    vacancy: Vacancy,
    session: InterviewSession | None,
) -> HttpResponse:
    sent, refused = done
    context = {"sent": sent, "refused": refused, "vacancy": vacancy, "session": session}
    status = 200 if sent else 422
    return render(request, "hiring/interviews/sent.html", context, status=status)


def _pool(request: Request, vacancy: Vacancy) -> Any:
    """A page of the candidates at the stage asked for, the best forms first."""
    found = queries.applications(
        request.user, vacancy, stage=_stage(request), search=request.GET.get("search", "")[:100]
    )
    best = F("form_score").desc(nulls_last=True)
    return Paginator(found.order_by(best, "tier", "stage_since", "pk"), A_PAGE).get_page(
        request.GET.get("page")
    )


def _stage(request: Request) -> str:
    wanted = request.GET.get("stage", "")
    return wanted if wanted in FROM else Stage.PASSED.value


def _context(request: Request, vacancy: Vacancy, pool: Any, form: PickForm) -> dict[str, Any]:
    one = asked.record_id(request.GET.get("application"))
    return {
        "vacancy": vacancy,
        "page": pool,
        "form": form,
        "stage": _stage(request),
        "stages": [(stage.value, stage.label) for stage in FROM],
        "search": request.GET.get("search", ""),
        "marked": {one} if one else set(),
        "slots_url": f"{reverse('hiring:slots-new')}?vacancy={vacancy.pk}",
    }


def _proposal(
    request: Request, outlook: SlotOutlook, pool: Sequence[Application]
) -> dict[str, Any]:
    """How many to mark, and what each number costs by the costs that the person set."""
    slot = outlook.slot
    costs: SeatCosts = given_costs(request)
    found: Curve = curve(request.user, slot, pool, costs)
    proposed = max(outlook.more, 0)
    most = min(proposed, slot.free)
    preset = {one.pk for one in list(pool)[:most]}
    given = asked.record_id(request.GET.get("application"))
    return {
        "slot": slot,
        "session": slot.session,
        "outlook": outlook,
        "curve": found,
        "costs": short(costs),
        "proposed": proposed,
        "lacks_room": proposed > slot.free,
        "room_for": len(slot.invited) + proposed,
        "marked": {given} if given else preset,
    }
