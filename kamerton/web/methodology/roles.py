"""The roles of a purchase, the sets of them, and the sections of a plan."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kamerton.domain.methodology import queries
from kamerton.domain.methodology.content import BuyingRole, Methodology, RoleSet
from kamerton.domain.methodology.content.changing import free_code, put
from kamerton.platform.access.request import Request
from kamerton.web.methodology.content_forms import PlanSectionForm, RoleForm, SetForm
from kamerton.web.methodology.editing import Editing, edited, method_crumbs
from kamerton.web.ui.items import Crumb

OWN = "own_"


@dataclass(frozen=True)
class ShownSet:
    """A set with its roles, each with whether it must be filled."""

    set: RoleSet
    in_force: bool
    roles: list[tuple[BuyingRole, bool]]


def roles(request: Request) -> HttpResponse:
    """The sets of roles, which one is in force, and all roles with our line of work."""
    method = queries.current()
    context = {
        "method": method,
        "sets": [_shown_set(method, each) for each in method.role_sets],
        "in_force": {role.code for role in method.roles()},
        "may_edit": request.user.may("methodology.edit"),
        "crumbs": method_crumbs(Crumb(_("Buying roles"))),
    }
    return render(request, "methodology/roles.html", context)


def set_edit(request: Request, code: str) -> HttpResponse:
    """Compose a set of roles or put it in force."""
    method = queries.current()
    found = next((each for each in method.role_sets if each.code == code), None)
    if found is None:
        raise Http404
    return _set(request, method, found)


def set_add(request: Request) -> HttpResponse:
    """Compose a new set of roles."""
    return _set(request, queries.current(), None)


def role_edit(request: Request, code: str) -> HttpResponse:
    """Change the line of work with a role."""
    method = queries.current()
    found = next((role for role in method.buying_roles if role.code == code), None)
    if found is None:
        raise Http404
    return _role(request, method, found)


def role_add(request: Request) -> HttpResponse:
    """Add a role of the company's own."""
    return _role(request, queries.current(), None)


def plan_sections(request: Request) -> HttpResponse:
    """The sections of a perspective plan."""
    context = {
        "parts": queries.current().plan_sections,
        "may_edit": request.user.may("methodology.edit"),
        "crumbs": method_crumbs(Crumb(_("Sections of the plan"))),
    }
    return render(request, "methodology/plan_sections.html", context)


def plan_section_edit(request: Request, code: str) -> HttpResponse:
    """Reword a section of the plan or leave it out."""
    method = queries.current()
    found = next((part for part in method.plan_sections if part.code == code), None)
    if found is None:
        raise Http404
    form = PlanSectionForm(method, request.POST or None, found)
    back = reverse("methodology:plan-sections")
    return edited(
        request,
        Editing(
            title=_("Section of the plan"),
            about=_("What a section left out holds is kept in the plans that have it."),
            form=form,
            back=back,
            crumbs=method_crumbs(Crumb(_("Sections of the plan"), back), Crumb(str(found.title))),
            changes=lambda: {"plan_sections": put(method.plan_sections, form.made())},
        ),
    )


def _set(request: Request, method: Methodology, found: RoleSet | None) -> HttpResponse:
    form = SetForm(method, request.POST or None, found)

    def changes() -> dict[str, object]:
        code = found.code if found else free_code((e.code for e in method.role_sets), OWN)
        changed: dict[str, object] = {"role_sets": put(method.role_sets, form.made(code))}
        if form.cleaned_data["in_force"]:
            changed["role_set"] = code
        return changed

    title = str(found.title) if found else _("New set of roles")
    return edited(
        request,
        Editing(
            title=title,
            about=_("Few roles are filled by everybody; many show more of a big purchase."),
            form=form,
            back=reverse("methodology:roles"),
            crumbs=method_crumbs(_roles_crumb(), Crumb(title)),
            changes=changes,
        ),
    )


def _role(request: Request, method: Methodology, found: BuyingRole | None) -> HttpResponse:
    form = RoleForm(method, request.POST or None, found)

    def changes() -> dict[str, object]:
        code = found.code if found else free_code((r.code for r in method.buying_roles), OWN)
        return {"buying_roles": put(method.buying_roles, form.made(code))}

    title = str(found.title) if found else _("New role")
    return edited(
        request,
        Editing(
            title=title,
            about=_("The line of work proposes tasks to whoever works with the person."),
            form=form,
            back=reverse("methodology:roles"),
            crumbs=method_crumbs(_roles_crumb(), Crumb(title)),
            changes=changes,
        ),
    )


def _shown_set(method: Methodology, roles: RoleSet) -> ShownSet:
    return ShownSet(
        roles,
        roles.code == method.role_set,
        [(method.buying_role(code), code in roles.mandatory) for code in roles.roles],
    )


def _roles_crumb() -> Crumb:
    return Crumb(_("Buying roles"), reverse("methodology:roles"))
