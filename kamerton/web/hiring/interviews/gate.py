"""What the pages of interviews share: the day, the vacancy, whom an address names, links."""

import datetime as dt

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import InterviewSession, Invitation, Vacancy
from kamerton.domain.hiring.queries import SlotState
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.hiring.gate import seen_vacancy
from kamerton.web.ui import asked

SEE, RECRUIT, ASSESS = "hiring.view", "hiring.recruit", "hiring.assess"
AHEAD, BEHIND = dt.timedelta(days=90), dt.timedelta(days=30)
ANY_TOKEN = "0token0"  # noqa: S105 - stands where the secret will


def asked_day(text: str | None) -> dt.date | None:
    """Read a day; None where it is missing or spoilt."""
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return None


def seen_slot(request: Request, pk: int) -> SlotState:
    """A session with its people; 404 if the viewer may not see it."""
    require(request.user, ASSESS)
    found = queries.slot_state(request.user, pk)
    if found is None:
        raise Http404
    return found


def session_to_change(request: Request, pk: int) -> InterviewSession:
    """A session for who invites to it; others are refused, or do not find it."""
    require(request.user, RECRUIT)
    return seen_slot(request, pk).session


def seen_invitation(request: Request, pk: int) -> Invitation:
    """An invitation; 404 if the viewer may not see its candidate."""
    require(request.user, ASSESS)
    found = queries.invitation(request.user, pk)
    if found is None:
        raise Http404
    return found


def shown_vacancy(request: Request, slots: list[SlotState]) -> Vacancy | None:
    """The vacancy asked for, else that of the day's first slot, else the newest in work.

    None for who holds interviews only, and for all vacancies at once ("all").
    """
    if not request.user.may(SEE):
        return None
    wanted = request.GET.get("vacancy", "")
    if wanted == "all":
        return None
    if (pk := asked.record_id(wanted)) is not None:
        return seen_vacancy(request, pk)
    if slots:
        return slots[0].session.vacancy
    return queries.vacancies(request.user).first()


def nearest_day(request: Request, vacancy: Vacancy | None) -> dt.date:
    """Today if it has interviews, else the next day that has, else today."""
    today = timezone.localdate()
    days = queries.session_days(request.user, vacancy, since=today, until=today + AHEAD)
    return days[0] if days else today


def booking_link(request: Request) -> str:
    """The address a candidate chooses his time at, with {token} for his secret."""
    address = reverse("candidate:booking", args=[ANY_TOKEN])
    return request.build_absolute_uri(address).replace(ANY_TOKEN, "{token}")


def board_address(session: InterviewSession) -> str:
    """The board of the day on which a session stands."""
    day = timezone.localdate(session.starts_at)
    return f"{reverse('hiring:interviews')}?day={day.isoformat()}&vacancy={session.vacancy_id}"
