"""«Резерв»: good people who may be asked again, our own who may grow, and whose time runs out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kamerton.domain.hiring import actions, queries
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.hiring.candidates.forms import OwnForm
from kamerton.web.hiring.candidates.gate import RECRUIT, dialog, posted
from kamerton.web.hiring.gate import SEE, chosen_vacancy
from kamerton.web.ui.answers import go, refuse

ON_A_PAGE = 30
SOON, SHOWN = 30, 12  # days ahead whose erasure is told, how many of them


@require_safe
def page(request: Request) -> HttpResponse:
    """The reserve."""
    require(request.user, SEE)
    viewer = request.user
    vacancy = chosen_vacancy(request)
    pool = Paginator(queries.talent_pool(viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    leaving = queries.to_be_erased(viewer, within=SOON)
    own = queries.internal_reserve(viewer, vacancy)
    context = {
        "page": pool,
        "rows": queries.candidate_rows(viewer, list(pool.object_list)),
        "own": own,
        "ready": sum(one.eligible and one.in_time for one in own),
        "vacancy": vacancy,
        "leaving": list(leaving[:SHOWN]),
        "leaving_count": leaving.count(),
        "today": timezone.localdate(),
        "may_recruit": viewer.may(RECRUIT),
    }
    return render(request, "hiring/candidates/reserve.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: Request) -> HttpResponse:
    """One of ours into the reserve, or his readiness written anew."""
    require(request.user, RECRUIT)
    initial = {name: request.GET.get(name) for name in ("user", "ready_on")}
    people = queries.possible_internals(request.user)
    form = OwnForm(posted(request), people=people, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.add_internal(
                request.user,
                user=form.people[given["user"]],
                ready_on=given["ready_on"],
                willing=given["willing"],
            )
        except BusinessError as error:
            refuse(form, error)
        else:
            messages.success(request, _("%(name)s is in the reserve.") % {"name": made.full_name})
            return go(request, reverse("hiring:reserve"))
    title, address = _("Our own person"), reverse("hiring:reserve-own")
    return dialog(request, form, title, address, submit=_("Into the reserve"))
