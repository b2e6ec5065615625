"""«Мои ключевые»: a manager goes through his clients and chooses his own, at most his cap."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kamerton.domain.segmentation import actions, queries
from kamerton.domain.segmentation.models import ManagerKey
from kamerton.platform.access import queries as access
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.segmentation import taking
from kamerton.web.segmentation.portfolio import chosen_manager

Move = Callable[[User, ManagerKey, str], object]


def page(request: Request) -> HttpResponse:
    """All clients of a manager: what is key, what could be, what cannot and why."""
    require(request.user, "segmentation.view_key")
    manager = chosen_manager(request)
    candidates = queries.wizard_candidates(request.user, manager)
    found = queries.portfolio(request.user, manager)
    release = request.GET.get("release", "")
    context = {
        "manager": manager,
        "managers": access.managers_of_keys(request.user),
        "own": manager == request.user,
        "slots": found.slots if found else None,
        "listed": [each for each in candidates if each.key],
        "fit": [each for each in candidates if not each.key and each.qualifies],
        "others": [each for each in candidates if not each.key and not each.qualifies],
        "waiting": queries.waiting_for(request.user),
        "taking": taking.kept(request) if release else None,
        "release": next((e for e in candidates if e.key and str(e.key.pk) == release), None),
    }
    return render(request, "segmentation/my_keys.html", context)


MOVES: dict[str, Move] = {
    "submit": lambda actor, key, reason: actions.submit_manager_key(actor, key),
    "confirm": lambda actor, key, reason: actions.confirm_manager_key(actor, key),
    "return": lambda actor, key, reason: actions.return_manager_key(actor, key, reason=reason),
    "release": lambda actor, key, reason: actions.release_manager_key(actor, key, reason=reason),
    "suspend": lambda actor, key, reason: actions.suspend_manager_key(actor, key, reason=reason),
    "resume": lambda actor, key, reason: actions.resume_manager_key(actor, key),
}


@require_POST
def move(request: Request, pk: int, step: str) -> HttpResponse:
    """Submit, confirm, return, release, suspend or resume an entry."""
    if step not in MOVES:
        raise Http404
    key = get_object_or_404(queries.manager_keys(request.user), pk=pk)
    MOVES[step](request.user, key, request.POST.get("reason", ""))
    words = {
        "submit": _("“%(client)s” waits for the head."),
        "confirm": _("“%(client)s” is confirmed as key."),
        "return": _("“%(client)s” went back to the manager."),
        "release": _("“%(client)s” is released; its dossier and plan stay to be read."),
        "suspend": _("“%(client)s” is suspended."),
        "resume": _("“%(client)s” is key again."),
    }
    messages.success(request, words[step] % {"client": key.client})
    draft = taking.kept(request) if request.POST.get("then") else None
    if step == "release" and draft:
        return redirect(f"{reverse('segmentation:assess', args=[draft.client.pk])}#propose")
    return redirect(f"{reverse('segmentation:my-keys')}?manager={key.manager_id}")
