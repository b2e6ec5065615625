"""Layouts that were learned from files."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kamerton.domain.ledger import actions, queries
from kamerton.domain.ledger.models import ImportProfile
from kamerton.domain.ledger.reader.mapping import field_title
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.ledger import sections


@require_safe
def profile_list(request: Request) -> HttpResponse:
    """What was learned, with the columns each layout names."""
    require(request.user, "ledger.import")
    found = [(profile, _columns(profile)) for profile in queries.profiles(request.user)]
    context = {"profiles": found, "tabs": sections.tabs("ledger:profiles")}
    return render(request, "ledger/profiles.html", context)


def _columns(profile: ImportProfile) -> str:
    return ", ".join(field_title(code) for code in profile.mapping.get("columns", {}))


@require_POST
def forget(request: Request, pk: int) -> HttpResponse:
    """Forget one layout."""
    require(request.user, "ledger.import")
    profile = get_object_or_404(queries.profiles(request.user), pk=pk)
    actions.forget_profile(request.user, profile)
    messages.success(request, _("The layout “%(name)s” is forgotten.") % {"name": profile.name})
    return redirect("ledger:profiles")
