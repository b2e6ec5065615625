"""The method on pages: what is in force, changing a part, versions side by side."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kamerton.domain.methodology import actions, queries
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.methodology.models import MethodologyVersion
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.methodology.sections import (
    BY_NAME,
    SECTIONS,
    Section,
    Value,
    changes_of,
    form_for,
    values,
)
from kamerton.web.ui.items import Crumb


@dataclass(frozen=True)
class Shown:
    """A section with its values, and what they were before where they differ."""

    section: Section
    values: list[Value]
    before: list[Value] | None = None

    @property
    def rows(self) -> list[tuple[Value, Value | None]]:
        """Values beside what they were; None where nothing differs."""
        if self.before is None:
            return [(value, None) for value in self.values]
        return [
            (now, was if was.value != now.value else None)
            for now, was in zip(self.values, self.before, strict=True)
        ]


def home(request: Request) -> HttpResponse:
    """The method in force."""
    require(request.user, "methodology.edit")
    method = queries.current()
    context = {
        "method": method,
        "version": queries.version_row(method.version),
        "sections": [Shown(section, values(method, section.name)) for section in SECTIONS],
    }
    return render(request, "methodology/home.html", context)


def section(request: Request, section: str) -> HttpResponse:
    """Change one part; a new version is made."""
    require(request.user, "methodology.edit")
    if section not in BY_NAME:
        raise Http404
    method = queries.current()
    form = form_for(section, method, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = actions.change_methodology(
            request.user,
            note=form.cleaned_data["note"],
            based_on=form.cleaned_data["based_on"],
            **changes_of(section, method, form.cleaned_data),
        )
        messages.success(
            request, _("Version %(number)s of the method is in force.") % {"number": made.number}
        )
        return redirect("methodology:home")
    context = {"section": BY_NAME[section], "form": form, "crumbs": _crumbs(BY_NAME[section].title)}
    status = 422 if form.errors else 200
    return render(request, "methodology/section.html", context, status=status)


def versions(request: Request) -> HttpResponse:
    """All versions, who made them and why."""
    require(request.user, "methodology.edit")
    context = {"versions": queries.versions(request.user), "crumbs": _crumbs(_("Versions"))}
    return render(request, "methodology/versions.html", context)


def version(request: Request, number: int) -> HttpResponse:
    """One version beside the one before it."""
    require(request.user, "methodology.edit")
    row = queries.versions(request.user).filter(number=number).first()
    if row is None:
        raise Http404
    context = {
        "version": row,
        "sections": _beside(row),
        "crumbs": [*_crumbs(_("Versions"))[:1], _versions_crumb(), Crumb(f"№ {number}")],
    }
    return render(request, "methodology/version.html", context)


def _beside(row: MethodologyVersion) -> list[Shown]:
    now = queries.version(row.number)
    before: Methodology | None = queries.version(row.number - 1) if row.number > 1 else None
    return [
        Shown(
            section,
            values(now, section.name),
            values(before, section.name) if before else None,
        )
        for section in SECTIONS
    ]


def _crumbs(title: object) -> list[Crumb]:
    return [Crumb(_("Method"), reverse("methodology:home")), Crumb(str(title))]


def _versions_crumb() -> Crumb:
    return Crumb(_("Versions"), reverse("methodology:versions"))
