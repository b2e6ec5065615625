"""The card of a candidate: who he is, how far, what comes next, what is known, how long kept."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import Application, Candidate, CandidateForm, Consent
from kamerton.domain.hiring.queries import FormAnswer
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.web.hiring.candidates import words
from kamerton.web.hiring.candidates.gate import (
    APPROVE,
    RECRUIT,
    as_query,
    card_of,
    chosen,
    require_part,
)
from kamerton.web.hiring.gate import SEE
from kamerton.web.ui import asked
from kamerton.web.ui.items import Crumb, Tab

SOON = 14  # days before the erasure that are said aloud


@dataclass(frozen=True)
class Keeping:
    """How long the person may be kept, and on what ground."""

    until: dt.date | None
    days: int | None
    state: str
    consents: tuple[Consent, ...]

    @property
    def agreed(self) -> bool:
        """True while a consent is in force."""
        today = timezone.localdate()
        return any(one.withdrawn_at is None and one.until >= today for one in self.consents)


@dataclass(frozen=True)
class FormShown:
    """The form of an application: how far it is, its answers, and which may be marked."""

    form: CandidateForm
    answers: list[FormAnswer]

    @property
    def expired(self) -> bool:
        """True if the link does not work any more, and nothing came."""
        return self.form.submitted_at is None and self.form.expires_at <= timezone.now()

    @property
    def unmarked(self) -> int:
        """How many answers in words wait for a mark."""
        return sum(one.mark is None for one in self.answers if is_marked_by_hand(one))


def is_marked_by_hand(one: FormAnswer) -> bool:
    """True for an answer in words that counts."""
    return one.question.answer == "text" and one.question.weight > 0


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """The card of a candidate in a vacancy; the look at it is logged."""
    require_part(request)
    found = queries.application(request.user, pk)
    if found is None:
        raise Http404
    return _page(request, found.candidate_id, pk)


@require_safe
def of_person(request: Request, pk: int) -> HttpResponse:
    """The card of a person, whether he stands in a vacancy or not; the look at it is logged."""
    require_part(request)
    return _page(request, pk, asked.record_id(request.GET.get("application")))


def _page(request: Request, pk: int, application: int | None) -> HttpResponse:
    candidate = actions.view_candidate(request.user, pk)
    if candidate is None:
        raise Http404
    mine = queries.applications_of(request.user, candidate)
    one = _shown(request, mine, application)
    context = _around(request, candidate, mine, one)
    if one:
        context |= _in_vacancy(request.user, one)
    context["kept"] = _keeping(candidate)
    return render(request, "hiring/candidates/card.html", context)


def _shown(request: Request, mine: list[Application], pk: int | None) -> Application | None:
    """The application that is asked for, that of the list one came from, else the first."""
    vacancy = asked.record_id(request.GET.get("vacancy"))
    for one in mine:
        if one.pk == pk or (pk is None and one.vacancy_id == vacancy):
            return one
    return mine[0] if mine else None


def _around(
    request: Request, candidate: Candidate, mine: list[Application], one: Application | None
) -> dict[str, Any]:
    viewer = request.user
    may_recruit = viewer.may(RECRUIT) and not candidate.is_erased
    stop = queries.stop_entry(candidate)
    return {
        "candidate": candidate,
        "name": candidate.full_name or _("Candidate %(n)d") % {"n": candidate.pk},
        "application": one,
        "phone": words.shown_phone(candidate.phone),
        "tabs": _tabs(mine, one),
        "may_recruit": may_recruit,
        "may_approve": viewer.may(APPROVE) and not candidate.is_erased,
        "stop": stop if one is None or not one.stop_cleared_by_id else None,
        "refuted": any(claim.state == "refuted" for claim in candidate.claims.all()),
        "source": (one.source if one else None) or candidate.source,
    } | _walk(request, candidate)


def _walk(request: Request, candidate: Candidate) -> dict[str, Any]:
    """Where the card stands in the list one came from; nothing for who sees no list."""
    if not request.user.may(SEE):
        return {}
    wanted = chosen(request.GET.dict())
    query = as_query(wanted)
    before, after = queries.neighbours(request.user, candidate, wanted)
    home = reverse("hiring:candidates")
    return {
        "crumbs": [Crumb(_("Candidates"), f"{home}?{query}" if query else home)],
        "before": _address(before, query),
        "after": _address(after, query),
    }


def _address(pk: int | None, query: str) -> str:
    return f"{reverse('hiring:person', args=[pk])}?{query}" if pk else ""


def _tabs(mine: list[Application], shown: Application | None) -> list[Tab]:
    return [
        Tab(each.vacancy.title, card_of(each), shown is not None and each.pk == shown.pk)
        for each in mine
    ]


def _in_vacancy(viewer: User, one: Application) -> dict[str, Any]:
    """What is known of the candidate in one vacancy."""
    sent = queries.form_of(viewer, one)
    shown = FormShown(sent, _answers(viewer, sent)) if sent else None
    return {
        "phases": words.phases(one),
        "state": words.state_of(one.stage),
        "next": words.next_step(one, link_dead=bool(shown and shown.expired)),
        "form_shown": shown,
        "by_hand": {each.question.code for each in shown.answers if is_marked_by_hand(each)}
        if shown
        else set(),
        "steps": list(queries.history(viewer, one))[::-1],
        "letters": list(queries.letters_to(viewer, one)),
        "calls": list(queries.calls_of(viewer, one)),
        "can_move": actions.moves_by_hand(viewer, one),
        "may_send": one.stage in ("sourced", "contacted", "form_sent") and one.vacancy.is_open,
    }


def _answers(viewer: User, form: CandidateForm) -> list[FormAnswer]:
    if form.submitted_at is None:
        return []
    return [one for one in queries.answers_of(viewer, form) if one.shown]


def _keeping(candidate: Candidate) -> Keeping:
    until = candidate.keep_until
    days = (until - timezone.localdate()).days if until else None
    state = "mute" if days is None else "bad" if days < 0 else "warn" if days <= SOON else "ok"
    return Keeping(until, days, state, tuple(candidate.consents.all()))
