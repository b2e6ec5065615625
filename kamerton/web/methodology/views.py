"""The method on pages: what is in force, changing a part, versions side by side."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kamerton.domain.methodology import queries
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.methodology.models import MethodologyVersion
from kamerton.platform.access.request import Request
from kamerton.web.methodology.compare import areas
from kamerton.web.methodology.editing import Editing, edited, method_crumbs
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
    """The method in force; everybody may read it."""
    method = queries.current()
    asked = [group for group in method.dossier_groups if not group.pack]
    context = {
        "method": method,
        "version": queries.version_row(method.version),
        "sections": [Shown(section, values(method, section.name)) for section in SECTIONS],
        "groups": len(asked),
        "questions": sum(len(group.questions) for group in asked),
        "plan_sections": sum(part.shown for part in method.plan_sections),
        "questions_of_form": len(method.questionnaire),
        "may_edit": request.user.may("methodology.edit"),
    }
    return render(request, "methodology/home.html", context)


def section(request: Request, section: str) -> HttpResponse:
    """Change one part; a new version is made."""
    if section not in BY_NAME:
        raise Http404
    method, about = queries.current(), BY_NAME[section]
    form = form_for(section, method, request.POST if request.method == "POST" else None)
    return edited(
        request,
        Editing(
            title=about.title,
            about=about.about,
            form=form,
            back=reverse("methodology:home"),
            crumbs=method_crumbs(Crumb(str(about.title))),
            changes=lambda: changes_of(section, method, form.cleaned_data),
        ),
    )


def versions(request: Request) -> HttpResponse:
    """All versions, who made them and why."""
    context = {
        "versions": queries.versions(request.user),
        "crumbs": method_crumbs(Crumb(_("Versions"))),
    }
    return render(request, "methodology/versions.html", context)


def version(request: Request, number: int) -> HttpResponse:
    """One version beside the one before it."""
    row = queries.versions(request.user).filter(number=number).first()
    if row is None:
        raise Http404
    before = queries.version(number - 1) if number > 1 else None
    crumb = Crumb(_("Versions"), reverse("methodology:versions"))
    context = {
        "version": row,
        "sections": _beside(row, before),
        "areas": areas(before, queries.version(number)) if before else [],
        "crumbs": method_crumbs(crumb, Crumb(f"№ {number}")),
    }
    return render(request, "methodology/version.html", context)


def _beside(row: MethodologyVersion, before: Methodology | None) -> list[Shown]:
    now = queries.version(row.number)
    return [
        Shown(
            section,
            values(now, section.name),
            values(before, section.name) if before else None,
        )
        for section in SECTIONS
    ]
