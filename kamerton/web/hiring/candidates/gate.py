"""What the pages of candidates share: who may do what, dialogs, the list one came from."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import Application, Candidate, Vacancy
from kamerton.domain.hiring.queries import CandidateFilter
from kamerton.domain.hiring.queries.found import IN_CONTEST, SORTS
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import NotAllowed
from kamerton.web.hiring.gate import SEE
from kamerton.web.ui import asked

RECRUIT, APPROVE, ASSESS = "hiring.recruit", "hiring.approve", "hiring.assess"
TIERS = ("T1", "T2", "T3")


def require_part(request: Request) -> None:
    """Refuse who neither hires nor assesses anybody."""
    if not (request.user.may(SEE) or request.user.may(ASSESS)):
        raise NotAllowed(_("Candidates are shown to those who hire, and to those who assess them."))


def worked_candidate(request: Request, pk: int) -> Candidate:
    """A person for who may change him; what is seen of him is not shown, so it is not logged."""
    require(request.user, RECRUIT)
    found = queries.candidates(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def worked_application(request: Request, pk: int, permission: str = RECRUIT) -> Application:
    """A candidate of a vacancy for who may move him."""
    require(request.user, permission)
    found = queries.application(request.user, pk)
    if found is None:
        raise Http404
    return found


def open_vacancies(request: Request) -> list[Vacancy]:
    """Vacancies for which people are looked for now."""
    return [one for one in queries.vacancies(request.user) if one.is_open]


def chosen(given: Mapping[str, str]) -> CandidateFilter:
    """Read the filters of an address; nonsense is as good as none."""
    stage, tier, sort = (given.get(name, "") for name in ("stage", "tier", "sort"))
    return CandidateFilter(
        search=given.get("search", "").replace("\x00", "").strip()[:100],
        vacancy=asked.record_id(given.get("vacancy")),
        stage=stage if stage in (*Application.Stage.values, IN_CONTEST) else "",
        tier=tier if tier in TIERS else "",
        source=asked.record_id(given.get("source")),
        sort=sort if sort in SORTS else "new",
    )


def as_query(wanted: CandidateFilter) -> str:
    """The filters as a part of an address."""
    given = {name: value for name, value in vars(wanted).items() if value}
    if given.get("sort") == "new":
        del given["sort"]
    return urlencode(given)


def posted(request: Request) -> QueryDict | None:
    """What was sent, an empty form too; None if the form is only to be shown."""
    return request.POST if request.method == "POST" else None


def dialog(
    request: Request, form: forms.BaseForm, title: str, address: str, **more: Any
) -> HttpResponse:
    """A form in a dialog; with errors it stays open and keeps what was typed."""
    context = {"form": form, "title": title, "address": address, **more}
    status = 422 if form.errors else 200
    return render(request, "hiring/candidates/dialog.html", context, status=status)


def where(name: str, *args: object, query: str = "") -> str:
    """The address of a page, "" where there is no such page."""
    try:
        found = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    return f"{found}?{query}" if query else found


def card_of(application: Application) -> str:
    """The card of a candidate, in one of his vacancies."""
    return reverse("hiring:candidate", args=[application.pk])
