"""Change a part of the method: one form, one version, nothing lost when two change it at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kamerton.domain.methodology import actions, queries
from kamerton.domain.methodology.actions import NothingChanged, UnsoundMethod
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import Stale
from kamerton.web.methodology.compare import Area, areas
from kamerton.web.methodology.sections import Differing, differing
from kamerton.web.ui.items import Crumb


@dataclass(frozen=True)
class Editing:
    """A form of the method: its title, what it decides, where it leads back to.

    `changes` turns the filled form into sections of the method.
    """

    title: str | Promise
    about: str | Promise
    form: forms.Form
    back: str
    crumbs: list[Crumb]
    changes: Callable[[], dict[str, Any]]


@dataclass(frozen=True)
class Meanwhile:
    """What somebody else changed since the form was drawn."""

    sections: list[Differing]
    areas: list[Area]


def edited(request: Request, editing: Editing) -> HttpResponse:
    """Draw the form, or make a version of what it was filled with."""
    require(request.user, "methodology.edit")
    if request.method != "POST":
        return _drawn(request, editing)
    if not editing.form.is_valid():
        return _drawn(request, editing, status=422)
    return _saved(request, editing)


def _saved(request: Request, editing: Editing) -> HttpResponse:
    given = editing.form.cleaned_data
    try:
        made = actions.change_methodology(
            request.user, note=given["note"], based_on=given["based_on"], **editing.changes()
        )
    except (UnsoundMethod, NothingChanged) as refusal:
        editing.form.add_error(None, str(refusal))
        return _drawn(request, editing, status=refusal.status)
    except Stale as refusal:
        editing.form.add_error(None, str(refusal))
        return _drawn(request, editing, meanwhile=_meanwhile(editing.form), status=refusal.status)
    messages.success(
        request, _("Version %(number)s of the method is in force.") % {"number": made.number}
    )
    return redirect(editing.back)


def _drawn(
    request: Request, editing: Editing, *, meanwhile: Meanwhile | None = None, status: int = 200
) -> HttpResponse:
    context = {"editing": editing, "form": editing.form, "meanwhile": meanwhile}
    return render(request, "methodology/edit.html", context, status=status)


def _meanwhile(form: forms.Form) -> Meanwhile:
    """Tell what changed, and let the form be sent again upon what is in force."""
    before = queries.version(form.cleaned_data["based_on"])
    after = queries.current()
    typed = QueryDict(mutable=True)
    typed.update(form.data)
    typed["based_on"] = str(after.version)
    form.data = typed
    return Meanwhile(differing(before, after), areas(before, after))


def method_crumbs(*more: Crumb) -> list[Crumb]:
    """The way to a page of the method."""
    return [Crumb(_("Method"), reverse("methodology:home")), *more]
