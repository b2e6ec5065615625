"""People: the tree, one person, the invitation."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kamerton.platform.access import actions, queries
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.audit import queries as audit
from kamerton.web.account import tree
from kamerton.web.account.forms import InviteForm
from kamerton.web.account.journal import Line
from kamerton.web.account.parts import PARTS, PersonForm

SEE, MANAGE = "access.view_users", "access.manage_users"
RECENT = 10


@require_safe
def users(request: Request) -> HttpResponse:
    """The people as a tree by supervisor; those who left on demand."""
    require(request.user, SEE)
    people = queries.colleagues(request.user)
    left = request.GET.get("left") == "1"
    shown = people if left else people.working()
    page = {
        "rows": tree.rows(shown.order_by("full_name")),
        "with_left": left,
        "left_count": people.count() - people.working().count(),
        "invitations": queries.invitations(request.user),
        "may_manage": request.user.may(MANAGE),
    }
    return render(request, "account/users.html", page)


def person_or_404(request: Request, pk: int) -> User:
    """Return a person that the viewer may see."""
    require(request.user, SEE)
    return get_object_or_404(queries.colleagues(request.user), pk=pk)


@require_safe
def user(request: Request, pk: int) -> HttpResponse:
    """One person: what he is, what was changed."""
    return person_page(request, person_or_404(request, pk))


def person_page(request: Request, person: User, bound: PersonForm | None = None) -> HttpResponse:
    """Draw a person; a refused form is drawn as it was filled in."""
    viewer = request.user
    forms = [
        (part, bound if isinstance(bound, part.form) else part.form(viewer, person))
        for part in PARTS.values()
    ]
    page = {
        "person": person,
        "row": tree.rows([person])[0],
        "parts": forms if viewer.may(MANAGE) and person.is_active else [],
        "may_manage": viewer.may(MANAGE),
        "lines": [Line(entry) for entry in audit.history_of(person)[:RECENT]],
    }
    return render(request, "account/user.html", page, status=422 if bound else 200)


@require_POST
def change(request: Request, pk: int, part: str) -> HttpResponse:
    """Change one part of a person."""
    require(request.user, MANAGE)
    person = person_or_404(request, pk)
    chosen = PARTS.get(part)
    if chosen is None:
        raise Http404
    form = chosen.form(request.user, person, request.POST)
    if not form.is_valid():
        return person_page(request, person, form)
    chosen.action(request.user, person, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("account:user", pk)


@require_POST
def end_sessions(request: Request, pk: int) -> HttpResponse:
    """Sign the person out everywhere."""
    require(request.user, MANAGE)
    person = person_or_404(request, pk)
    actions.end_sessions(request.user, person)
    messages.success(request, _("%(name)s is signed out everywhere.") % {"name": person})
    return redirect("account:user", pk)


@require_POST
def deactivate(request: Request, pk: int) -> HttpResponse:
    """Close the account of a person who left; the message offers to open it again."""
    require(request.user, MANAGE)
    person = person_or_404(request, pk)
    actions.deactivate(request.user, person, reason=request.POST.get("reason", "")[:500])
    undo = reverse("account:user-reactivate", args=[pk])
    text = _("%(name)s has left: no sign-in, no sessions, no tokens.") % {"name": person}
    messages.success(request, text, extra_tags=f"undo:{undo}")
    return redirect("account:user", pk)


@require_POST
def reactivate(request: Request, pk: int) -> HttpResponse:
    """Open the account of a person who came back."""
    require(request.user, MANAGE)
    person = person_or_404(request, pk)
    actions.reactivate(request.user, person)
    messages.success(request, _("%(name)s works here again.") % {"name": person})
    return redirect("account:user", pk)


@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: Request) -> HttpResponse:
    """Make a link for a new person; it is shown in this answer only."""
    require(request.user, MANAGE)
    form = InviteForm(request.user, request.POST or None)
    page: dict[str, object] = {"form": form}
    if form.is_valid():
        made, token = actions.invite(request.user, **form.cleaned_data)
        address = reverse("account:invitation", args=[token])
        page |= {"invitation": made, "link": request.build_absolute_uri(address)}
    asked_from = request.htmx.target or ""
    page["target"] = asked_from
    fragment = {"dialog-content": "#dialog", "invite": "#form"}.get(asked_from, "")
    template = f"account/invite.html{fragment}"
    return render(request, template, page, status=422 if form.errors else 200)


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Make an invitation's link stop working."""
    require(request.user, MANAGE)
    found = get_object_or_404(queries.invitations(request.user), pk=pk)
    actions.withdraw_invitation(request.user, found)
    messages.success(request, _("The link for %(email)s works no more.") % {"email": found.email})
    return redirect("account:users")
