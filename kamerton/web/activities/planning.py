"""Plan something, log what was not planned, change what is planned."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kamerton.domain.accounts import queries as accounts
from kamerton.domain.accounts.models import Client
from kamerton.domain.activities import actions, queries
from kamerton.domain.activities.models import Activity
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError, Stale
from kamerton.web.activities.doing import GET_AND_POST
from kamerton.web.activities.forms import LogForm, PlanForm, next_workday
from kamerton.web.activities.gate import EDIT, activity_or_404, back_to, client_or_404
from kamerton.web.ui.answers import go, refuse
from kamerton.web.ui.asked import moment, record_id

FOUND = 20
Kind = Activity.Kind


@require_http_methods(GET_AND_POST)
def create(request: Request) -> HttpResponse:
    """Plan something with a client."""
    require(request.user, EDIT)
    pk = record_id(request.GET.get("client"))
    if pk is None:
        return _choose(request, "activities:create")
    client = client_or_404(request, pk)
    data = request.POST if request.method == "POST" else None
    form = PlanForm(request.user, client, data, initial=_asked(request))
    if form.is_valid():
        try:
            planned = actions.plan_activity(
                request.user, client, origin=form.cleaned_data["origin"], **form.plan()
            )
        except BusinessError as error:
            _blame(form, error)
        else:
            say = _("Planned: “%(title)s”.") % {"title": planned.title}
            undo = reverse("activities:cancel", args=[planned.pk])
            messages.success(request, say, extra_tags=f"undo:{undo}")
            return go(request, back_to(request, reverse("activities:client", args=[client.pk])))
    return _drawn(request, form, client, title=_("Plan an action"))


@require_http_methods(GET_AND_POST)
def log(request: Request) -> HttpResponse:
    """Log a contact that was not planned."""
    require(request.user, EDIT)
    pk = record_id(request.GET.get("client"))
    if pk is None:
        return _choose(request, "activities:log")
    client = client_or_404(request, pk)
    data = request.POST if request.method == "POST" else None
    initial = _asked(request) | {"done_on": timezone.localdate()}
    form = LogForm(request.user, client, data, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        plain = {"kind": given["kind"], "title": given["title"]}
        try:
            made = actions.log_activity(
                request.user, client, **plain, **form.done(), next_step=form.next_step()
            )
        except BusinessError as error:
            _blame(form, error)
        else:
            say = _("Logged: “%(title)s”.") % {"title": made.title}
            messages.success(request, say)
            return go(request, reverse("activities:activity", args=[made.pk]))
    return _drawn(request, form, client, title=_("Log a contact"), log=True)


@require_http_methods(GET_AND_POST)
def change(request: Request, pk: int) -> HttpResponse:
    """Change what is planned."""
    activity = activity_or_404(request, pk)
    require(request.user, EDIT)
    data = request.POST if request.method == "POST" else None
    form = PlanForm(request.user, activity.client, data, initial=_planned(activity))
    address = reverse("activities:activity", args=[pk])
    if form.is_valid():
        try:
            actions.change_activity(
                request.user, activity, expected=moment(form.cleaned_data), **form.plan()
            )
        except BusinessError as error:
            _blame(form, error)
            if isinstance(error, Stale):
                _show_theirs(request, form, pk)
        else:
            return go(request, address)
    return _drawn(request, form, activity.client, title=_("Change the action"), cancel=address)


def _choose(request: Request, route: str) -> HttpResponse:
    """With whom: the first question if the address names no client."""
    text = request.GET.get("search", "").replace("\x00", "")[:250]
    found = accounts.clients(request.user, accounts.Filters(search=text))
    mine = found.editable_by(request.user).order_by(
        "-manager_keys", "-company_key_since", "name_folded", "pk"
    )
    kept = request.GET.copy()
    kept.pop("search", None)
    context = {
        "clients": mine[:FOUND],
        "search": text,
        "address": reverse(route),
        "kept": kept.urlencode(),
        "log": route == "activities:log",
    }
    template = "activities/choose_list.html" if request.htmx else "activities/choose.html"
    return render(request, template, context)


def _asked(request: Request) -> dict[str, Any]:
    """What the address of the form says already."""
    given = request.GET
    kind = given.get("kind", "")
    people = [pk for text in given.getlist("person") if (pk := record_id(text))]
    return {
        "kind": kind if kind in Kind.values else Kind.CALL,
        "title": given.get("title", "")[:250],
        "goal": given.get("goal", ""),
        "due_on": given.get("due_on") or next_workday(timezone.localdate()),
        "origin": given.get("origin", "")[:60],
        "people": people,
    }


def _planned(activity: Activity) -> dict[str, Any]:
    at = activity.starts_at
    return {
        "updated_at": activity.updated_at.isoformat(),
        "kind": activity.kind,
        "title": activity.title,
        "due_on": activity.due_on,
        "at": timezone.localtime(at).time() if at else None,
        "minutes": activity.minutes,
        "goal": activity.goal,
        "owner": activity.owner_id,
        "people": [one.pk for one in activity.people.all()],
        "colleagues": [one.pk for one in activity.colleagues.all()],
    }


def _blame(form: PlanForm | LogForm, error: BusinessError) -> None:
    fields: dict[type[BusinessError], str] = {
        actions.PastDay: "due_on" if isinstance(form, PlanForm) else "next_on",
        actions.NotYetDone: "done_on",
        actions.NotOurs: "owner",
    }
    refuse(form, error, fields.get(type(error)))


def _show_theirs(request: Request, form: PlanForm, pk: int) -> None:
    """Say what another wrote meanwhile; what was typed stays."""
    fresh = activity_or_404(request, pk)
    theirs, data = _planned(fresh), form.data.copy()  # type: ignore[attr-defined]
    data["updated_at"] = theirs["updated_at"]
    form.data = data
    for name in ("title", "due_on", "goal"):
        if str(theirs[name] or "") != data.get(name, ""):
            form.add_error(name, _("Now it says: %(text)s") % {"text": theirs[name] or "—"})


def _drawn(
    request: Request, form: PlanForm | LogForm, client: Client, *, title: str, **more: Any
) -> HttpResponse:
    back = back_to(request, reverse("activities:client", args=[client.pk]))
    context = {"form": form, "client": client, "title": title, "back": back, **more}
    context |= {"may_write": queries.may_write(request.user, client)}
    status = 422 if form.errors else 200
    return render(request, "activities/form.html", context, status=status)
