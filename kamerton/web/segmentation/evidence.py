"""Why a client is key: the criteria with their figures and evidence, as a panel of his page."""

from decimal import Decimal

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kamerton.domain.accounts import queries as accounts
from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation import actions, queries
from kamerton.domain.segmentation.actions.evidence import KnownMark, KnownWallet
from kamerton.domain.segmentation.models import CompanyKey, WalletEstimate
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.formats import currency_sign


class EvidenceForm(forms.Form):
    """A mark for an item of a criterion and what it rests on."""

    item = forms.ChoiceField(label=_("What is known"))
    mark = forms.IntegerField(
        label=_("Mark"),
        min_value=0,
        max_value=10,
        initial=1,
        help_text=_("Status: 0 to 3. Forms and marks of complexity: 1. NPS: 0 to 10."),
    )
    note = forms.CharField(label=_("What it rests on"), widget=forms.Textarea({"rows": 2}))
    link = forms.CharField(label=_("Document or link"), required=False)
    on = forms.DateField(label=_("On"), widget=forms.DateInput({"type": "date"}), required=False)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["item"].choices = item_choices()  # type: ignore[attr-defined]


class WalletForm(forms.Form):
    """What a client buys in all of what we sell."""

    amount = forms.DecimalField(min_value=1, max_digits=14)
    source = forms.ChoiceField(label=_("Known from"), choices=WalletEstimate.Source.choices)
    confidence = forms.IntegerField(
        label=_("How surely, %"), min_value=5, max_value=100, initial=50
    )
    sourcing = forms.ChoiceField(
        label=_("How he buys"), choices=WalletEstimate.Sourcing.choices, initial="free"
    )
    note = forms.CharField(label=_("Where from"), widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        label = _("Buys in all, %(currency)s a year")
        self.fields["amount"].label = label % {"currency": currency_sign()}


def item_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """All items that can be marked, by criterion."""
    method = methodology.current()
    groups = {
        "status": method.status_marks,
        "partner": method.partner_forms,
        "complex": method.complex_marks,
    }
    found = [
        (
            str(method.criterion(code).title),
            [(f"{code}:{item.code}", str(item.title)) for item in items],
        )
        for code, items in groups.items()
    ]
    asked = [("loyal:nps", str(_("NPS, 0 to 10"))), ("promising:budget", str(_("Large budget")))]
    return [*found, (str(_("Other")), asked)]


def panel(request: Request, pk: int) -> HttpResponse:
    """The panel."""
    return _panel(request, _client(request, pk))


def add(request: Request, pk: int) -> HttpResponse:
    """A dialog to mark an item; answers with the panel drawn anew."""
    require(request.user, "segmentation.edit_evidence")
    client = _client(request, pk)
    form = EvidenceForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _dialog(request, client, form, "segmentation/evidence_dialog.html")
    given = dict(form.cleaned_data)
    criterion, _colon, item = given.pop("item").partition(":")
    actions.add_evidence(request.user, client, known=KnownMark(criterion, item, **given))
    return _panel(request, client, closes=True)


def wallet(request: Request, pk: int) -> HttpResponse:
    """A dialog to say what the client buys in all."""
    require(request.user, "segmentation.edit_evidence")
    client = _client(request, pk)
    form = WalletForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _dialog(request, client, form, "segmentation/wallet_dialog.html")
    given = dict(form.cleaned_data)
    confidence = float(Decimal(given.pop("confidence")) / 100)
    actions.record_wallet(request.user, client, known=KnownWallet(confidence=confidence, **given))
    return _panel(request, client, closes=True)


@require_POST
def register(request: Request, pk: int) -> HttpResponse:
    """Propose a client to the company's register by hand."""
    client = _client(request, pk)
    actions.propose_company_key(request.user, client, reason=request.POST.get("reason", ""))
    return _panel(request, client, closes=True)


@require_POST
def withdraw(request: Request, pk: int, mark: int) -> HttpResponse:
    """Take a mark back, saying why."""
    client = _client(request, pk)
    known = {each.pk: each for each in queries.evidence_of(request.user, client)}
    if mark not in known:
        raise Http404
    actions.withdraw_evidence(request.user, known[mark], reason=request.POST.get("reason", ""))
    return _panel(request, client)


def _panel(request: Request, client: Client, *, closes: bool = False) -> HttpResponse:
    require(request.user, "segmentation.view_key")
    client.refresh_from_db()
    entry = queries.company_keys(request.user, states=CompanyKey.OPEN).filter(client=client).first()
    context = {
        "client": client,
        "reasons": queries.criteria_of(request.user, client),
        "entry": entry,
        "own": queries.manager_keys(request.user).filter(client=client),
        "assessment": queries.assessments(request.user).filter(client=client).first(),
        "may_edit": request.user.may("segmentation.edit_evidence")
        and accounts.may_change(request.user, client),
        "may_propose": request.user.may("segmentation.propose_company_key") and entry is None,
    }
    response = render(request, "segmentation/client_panel.html", context)
    if closes:
        response["HX-Trigger"] = "dialog-close"
    return response


def _dialog(request: Request, client: Client, form: forms.Form, template: str) -> HttpResponse:
    status = 422 if form.errors else 200
    response = render(request, template, {"client": client, "form": form}, status=status)
    if form.errors:
        response["HX-Retarget"] = "#dialog-content"
        response["HX-Reswap"] = "innerHTML"
    return response


def _client(request: Request, pk: int) -> Client:
    client = accounts.client(request.user, pk)
    if client is None:
        raise Http404
    return client
