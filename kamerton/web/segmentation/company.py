"""The company's register: proposals, decisions with minutes, yearly review."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation import actions, queries
from kamerton.domain.segmentation.models import CompanyKey
from kamerton.platform.access import queries as access
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.roles import Role
from kamerton.platform.access.rules import require
from kamerton.web.ui.items import Crumb

State = CompanyKey.State


@dataclass(frozen=True)
class Entry:
    """An entry of the register with the titles of its criteria."""

    key: CompanyKey
    criteria: str


class DecisionForm(forms.Form):
    """What the committee decided and why."""

    minutes = forms.CharField(
        label=gettext_lazy("Minutes: who decided and why"), widget=forms.Textarea({"rows": 3})
    )
    sponsor: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=gettext_lazy("Sponsor from the top management"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("the one who decides"),
    )

    def __init__(self, viewer: User, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        leaders = access.colleagues(viewer).working().with_role(Role.OWNER, Role.HEAD_OF_SALES)
        self.fields["sponsor"].queryset = leaders  # type: ignore[attr-defined]


class MinutesForm(forms.Form):
    """Why the entry is renewed or removed."""

    minutes = forms.CharField(label=gettext_lazy("Minutes"), widget=forms.Textarea({"rows": 2}))


def page(request: Request) -> HttpResponse:
    """The register."""
    require(request.user, "segmentation.view_key")
    entries = _entries(list(queries.company_keys(request.user)))
    context = {
        "register": queries.register(request.user),
        "waiting": [entry for entry in entries if entry.key.state == State.PROPOSED],
        "in_force": [entry for entry in entries if entry.key.state != State.PROPOSED],
        "restatement": queries.current_restatement(),
        "readiness": queries.readiness(request.user),
        "may_decide": request.user.may("segmentation.decide_company_key"),
    }
    return render(request, "segmentation/company.html", context)


@require_POST
def propose_all(request: Request) -> HttpResponse:
    """Propose every client that passes a criterion."""
    proposed = actions.propose_company_keys(request.user)
    text = ngettext(
        "%(count)d proposal waits for a decision.",
        "%(count)d proposals wait for a decision.",
        len(proposed),
    )
    messages.success(request, text % {"count": len(proposed)})
    return redirect("segmentation:company-keys")


def entry(request: Request, pk: int) -> HttpResponse:
    """One entry: why it is proposed, what was decided, what there is to decide."""
    key = _key(request, pk)
    return _entry_page(request, key, DecisionForm(request.user))


def _entry_page(
    request: Request, key: CompanyKey, form: forms.Form, status: int = 200
) -> HttpResponse:
    context = {
        "key": key,
        "entry": _entries([key])[0],
        "reasons": queries.criteria_of(request.user, key.client),
        "decisions": key.decisions.select_related("decided_by"),
        "form": form,
        "minutes_form": MinutesForm(),
        "may_decide": request.user.may("segmentation.decide_company_key"),
        "in_force": key.state in CompanyKey.IN_FORCE,
        "needed": methodology.current().review.failed_half_years,
        "crumbs": [
            Crumb(_("Company keys"), reverse("segmentation:company-keys")),
            Crumb(key.client.name),
        ],
    }
    return render(request, "segmentation/company_key.html", context, status=status)


@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """Confirm or reject a proposal."""
    key = _key(request, pk)
    form = DecisionForm(request.user, request.POST)
    if not form.is_valid():
        return _entry_page(request, key, form, status=422)
    verdict = "confirm" if request.POST.get("verdict") == "confirm" else "reject"
    actions.decide_company_key(request.user, key, verdict=verdict, **form.cleaned_data)
    words = {
        "confirm": _("“%(client)s” is key for the company for a year."),
        "reject": _("The proposal of “%(client)s” is rejected."),
    }
    messages.success(request, words[verdict] % {"client": key.client})
    return redirect("segmentation:company-keys")


@require_POST
def renew(request: Request, pk: int) -> HttpResponse:
    """Keep the client for another year."""
    key = _key(request, pk)
    actions.renew_company_key(request.user, key, minutes=request.POST.get("minutes", ""))
    messages.success(request, _("“%(client)s” stays key for a year.") % {"client": key.client})
    return redirect("segmentation:company-key", pk)


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take the client out of the register."""
    key = _key(request, pk)
    actions.remove_company_key(request.user, key, minutes=request.POST.get("minutes", ""))
    messages.success(request, _("“%(client)s” left the register.") % {"client": key.client})
    return redirect("segmentation:company-keys")


def _key(request: Request, pk: int) -> CompanyKey:
    require(request.user, "segmentation.view_key")
    known = queries.company_keys(request.user, states=tuple(State.values))
    return get_object_or_404(known, pk=pk)


def _entries(keys: list[CompanyKey]) -> list[Entry]:
    titles = {one.code: str(one.title) for one in methodology.current().criteria}
    return [Entry(key, ", ".join(titles[code] for code in key.criteria)) for key in keys]
