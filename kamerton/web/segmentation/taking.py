"""What one enters to take a client into one's own list; it outlives a refusal and its way out."""

import time
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.domain.accounts import queries as accounts
from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content.texts import Tier
from kamerton.platform.access.request import Request
from kamerton.platform.formats import currency_sign, number

DRAFT = "segmentation.taking"
SECONDS = 3600  # to release another client meanwhile; later it would surprise


class KeyForm(forms.Form):
    """What is at stake with a client, what can be won, what will be done."""

    competitor_offer_on = forms.DateField(
        label=gettext_lazy("A competitor's offer came on"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        required=False,
        help_text=gettext_lazy("Loyalty is at stake for half a year after it."),
    )
    decider_changed_on = forms.DateField(
        label=gettext_lazy("The decider changed on"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    attainable_gap = forms.DecimalField(
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
        label=gettext_lazy("By"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    tier = forms.ChoiceField(label=gettext_lazy("Tier"), choices=())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        gap = _("What I can really win in 12 months, %(currency)s")
        self.fields["attainable_gap"].label = gap % {"currency": currency_sign()}
        tiers = [tier for tier in methodology.current().tiers if tier.code != "flow"]
        self.fields["tier"].choices = [  # type: ignore[attr-defined]
            (tier.code, tier_title(tier)) for tier in tiers
        ]


def tier_title(tier: Tier) -> str:
    """A tier with its hours."""
    named = {"title": str(tier.title), "hours": number(tier.hours)}
    return _("%(title)s, %(hours)s h a month") % named


@dataclass(frozen=True)
class Draft:
    """A client that was refused a place, and what had been entered."""

    client: Client
    given: dict[str, str]


def keep(request: Request, client: Client) -> None:
    """Keep what is entered in the session, for as long as a place is being made."""
    given = {name: request.POST.get(name, "") for name in KeyForm.base_fields}
    request.session[DRAFT] = {"client": client.pk, "given": given, "at": int(time.time())}


def kept(request: Request) -> Draft | None:
    """What is kept, if it is fresh and the client is still seen."""
    found = request.session.get(DRAFT)
    if not found or time.time() - found["at"] > SECONDS:
        return None
    client = accounts.client(request.user, found["client"])
    return Draft(client, found["given"]) if client else None


def forget(request: Request) -> None:
    """The client has his place: nothing is kept any more."""
    request.session.pop(DRAFT, None)
