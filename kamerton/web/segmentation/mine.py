"""«Мои ключевые»: a manager goes through his clients and chooses his own, at most his cap."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kamerton.domain.accounts import queries as accounts
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation import actions, queries
from kamerton.domain.segmentation.models import ManagerKey
from kamerton.domain.segmentation.queries import KeyInputs
from kamerton.platform.access import queries as access
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.segmentation.portfolio import chosen_manager

Move = Callable[[User, ManagerKey, str], object]


class KeyForm(forms.Form):
    """What is at stake with a client, what can be won, what will be done."""

    competitor_offer_on = forms.DateField(
        label=gettext_lazy("A competitor's offer came on"),
        widget=forms.DateInput({"type": "date"}),
        required=False,
        help_text=gettext_lazy("Loyalty is at stake for half a year after it."),
    )
    decider_changed_on = forms.DateField(
        label=gettext_lazy("The decider changed on"),
        widget=forms.DateInput({"type": "date"}),
        required=False,
    )
    attainable_gap = forms.DecimalField(
        label=gettext_lazy("What I can really win in 12 months, ₽"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
        help_text=gettext_lazy("Empty: as the share of wallet makes it."),
    )
    conversion_action = forms.CharField(
        label=gettext_lazy("How I turn the name into business"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("A case, a referral, an entry; without a day it does not count."),
    )
    conversion_on = forms.DateField(
        label=gettext_lazy("By"), widget=forms.DateInput({"type": "date"}), required=False
    )
    tier = forms.ChoiceField(label=gettext_lazy("Tier"), choices=())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        tiers = [tier for tier in methodology.current().tiers if tier.code != "flow"]
        self.fields["tier"].choices = [  # type: ignore[attr-defined]
            (tier.code, _("%(title)s, %(hours)g h a month") % vars_of(tier)) for tier in tiers
        ]


def vars_of(tier: Any) -> dict[str, Any]:
    """A tier in words."""
    return {"title": str(tier.title), "hours": tier.hours}


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
        "release": next((e for e in candidates if e.key and str(e.key.pk) == release), None),
    }
    return render(request, "segmentation/my_keys.html", context)


@require_POST
def propose(request: Request, pk: int) -> HttpResponse:
    """Put a client into one's own list, or judge it anew if it is there."""
    client = accounts.client(request.user, pk)
    if client is None:
        raise Http404
    form = KeyForm(request.POST)
    if not form.is_valid():
        text = " ".join(str(error) for errors in form.errors.values() for error in errors)
        messages.error(request, text)
        return redirect("segmentation:assess", pk)
    inputs = KeyInputs(**form.cleaned_data)
    known = queries.manager_keys(request.user, request.user).filter(client=client).first()
    if known:
        actions.rescore_manager_key(request.user, known, inputs=inputs)
        messages.success(request, _("“%(client)s” is judged anew.") % {"client": client})
    else:
        key = actions.propose_manager_key(request.user, client, inputs=inputs)
        actions.submit_manager_key(request.user, key)
        messages.success(
            request, _("“%(client)s” is in your list and waits for the head.") % {"client": client}
        )
    return redirect("segmentation:my-keys")


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
    return redirect(f"{reverse('segmentation:my-keys')}?manager={key.manager_id}")
