"""Sections of a plan written in dialogs; what is typed is never lost."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kamerton.domain.plans import actions, queries
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import Stale
from kamerton.web.plans.gate import RELATIONS, seen_part, seen_plan
from kamerton.web.plans.one import body
from kamerton.web.plans.parts import FORMS, TITLES, PartForm
from kamerton.web.plans.texts import SECTIONS

EDIT = "plans.edit"


@dataclass(frozen=True)
class Beside:
    """What stands in a dialog beside its form: what may be struck out, what another wrote
    meanwhile, and the word on the button where the title says what will be done.
    """

    remove: tuple[str, int] | None = None
    present: list[tuple[str, str]] | None = None
    verb: str = ""


NOTHING = Beside()


def text(request: Request, pk: int, section: str) -> HttpResponse:
    """The plan's own fields of a section."""
    require(request.user, EDIT)
    plan = seen_plan(request, pk)
    if section not in SECTIONS:
        raise Http404
    kind = SECTIONS[section]
    form = kind(request.POST) if request.method == "POST" else kind.of(plan)
    title = _section_title(request, plan, section)
    if request.method != "POST" or not form.is_valid():
        return dialog(request, plan, form, title)
    try:
        actions.change_plan(request.user, plan, **form.changes())
    except Stale as stale:
        present = kind.of(queries.plan(request.user, plan.pk) or plan)
        return stale_dialog(request, plan, form, title, (present, "text_revision", stale))
    return body(request, plan)


def add(request: Request, pk: int, relation: str) -> HttpResponse:
    """A new part of the plan: a goal, a strategy, an action, a risk."""
    require(request.user, EDIT)
    if relation not in RELATIONS:
        raise Http404
    plan = seen_plan(request, pk)
    form = FORMS[relation](request.user, plan, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return dialog(request, plan, form, str(TITLES[relation]))
    actions.add_part(request.user, plan, text=form.written())
    return body(request, plan)


def change(request: Request, pk: int, relation: str, part: int) -> HttpResponse:
    """A part that stands in the plan."""
    require(request.user, EDIT)
    found = seen_part(request, pk, relation, part)
    plan, title = found.plan, str(TITLES[relation])
    form = FORMS[relation](request.user, plan, request.POST or None, part=found)
    if request.method != "POST" or not form.is_valid():
        return dialog(request, plan, form, title, Beside(remove=(relation, found.pk)))
    try:
        actions.change_part(
            request.user, found, text=form.written(), revision=form.cleaned_data["revision"]
        )
    except Stale as stale:
        found.refresh_from_db()
        present = FORMS[relation](request.user, plan, part=found)
        return stale_dialog(request, plan, form, title, (present, "revision", stale))
    return body(request, plan)


@require_POST
def remove(request: Request, pk: int, relation: str, part: int) -> HttpResponse:
    """Strike a part out of a plan that is being written."""
    require(request.user, EDIT)
    found = seen_part(request, pk, relation, part)
    plan = found.plan
    actions.remove_part(request.user, found)
    return body(request, plan)


def dialog(
    request: Request,
    plan: PerspectivePlan,
    form: forms.Form,
    title: str,
    beside: Beside = NOTHING,
) -> HttpResponse:
    """The dialog of a form; it sends to the address it came from."""
    context = {
        "client": plan.client,
        "form": form,
        "title": title,
        "address": request.path,
        "beside": beside,
    }
    status = 409 if beside.present is not None else 422 if form.errors else 200
    response = render(request, "plans/dialog.html", context, status=status)
    if status != 200:
        response["HX-Retarget"] = "#dialog-content"
        response["HX-Reswap"] = "innerHTML"
    return response


def stale_dialog(
    request: Request,
    plan: PerspectivePlan,
    form: Any,
    title: str,
    there: tuple[Any, str, Stale],
) -> HttpResponse:
    """The form as it was typed, with what stands now beside it; saved again, it is meant."""
    present, revision, stale = there
    known = present.initial
    form.data = form.data.copy()
    form.data[revision] = str(known[revision])
    form.add_error(None, str(stale))
    rows = [
        (str(field.label), _in_words(present, name, known.get(name)))
        for name, field in form.fields.items()
        if name != revision and _differs(form, name, known.get(name))
    ]
    return dialog(request, plan, form, title, Beside(present=rows))


def _differs(form: forms.Form, name: str, value: Any) -> bool:
    return bool(form.fields[name].has_changed(value, form[name].value()))


def _in_words(form: PartForm, name: str, value: Any) -> str:
    """A value as the form shows it; a choice by its name."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return str(field.prepare_value(value) if value not in (None, "") else _("empty"))


def _section_title(request: Request, plan: PerspectivePlan, code: str) -> str:
    page = queries.plan_on_a_page(request.user, plan)
    return page.section(code).title
