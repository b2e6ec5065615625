"""The second step of an import: which column is what."""

from dataclasses import replace

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kamerton.domain.ledger import reader
from kamerton.domain.ledger.models import LedgerImport
from kamerton.domain.ledger.reader.mapping import check_mapping
from kamerton.flows import choose_columns as flow
from kamerton.flows.check_outcome import KINDS
from kamerton.flows.order_import import order_check
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.ledger import layout, sections
from kamerton.web.ledger.gate import seen_import

State = LedgerImport.State
OPEN = (State.UPLOADED, State.CHECKED, State.FAILED, State.CANCELLED)


@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: Request, pk: int) -> HttpResponse:
    """Look at the file and say which column is what; every change is shown at once."""
    require(request.user, "ledger.import")
    found = seen_import(request.user, pk)
    if found.state not in OPEN:
        return redirect("ledger:report", pk)
    if request.method == "POST":
        return _chosen(request, found)
    return _page(request, found, request.GET)


def _chosen(request: Request, found: LedgerImport) -> HttpResponse:
    """Keep the layout and start the check; what is missing is said on the page."""
    try:
        look = flow.look_at(request.user, found, forced=layout.forced_by(request.POST))
        said = layout.said_in(request.POST, _base(found, look))
        flow.choose_columns(
            request.user,
            found,
            said,
            heads=look.heads,
            profile=request.POST.get("profile_name", "").strip(),
        )
    except BusinessError as refusal:
        return _page(request, found, request.POST, refusal)
    order_check(request.user, found)
    return redirect("ledger:report", found.pk)


def _page(
    request: Request, found: LedgerImport, data: QueryDict, refusal: BusinessError | None = None
) -> HttpResponse:
    try:
        drawn = _drawn(request, found, data, refusal)
    except BusinessError as trouble:
        refusal = refusal or trouble
        drawn = None
    context = {
        "found": found,
        "drawn": drawn[1] if drawn else None,
        "look": drawn[0] if drawn else None,
        "refusal": refusal,
        "crumbs": sections.crumbs(found.name),
        "steps": sections.steps(1),
        "profile_name": data.get("profile_name") or _profile_name(drawn),
        **OPTIONS,
    }
    template = "ledger/mapping.html#form" if request.htmx else "ledger/mapping.html"
    return render(request, template, context, status=refusal.status if refusal else 200)


def _profile_name(drawn: tuple[flow.Look, layout.Layout] | None) -> str:
    """The name of the layout that was taken, so that what is changed is kept under it."""
    return drawn[0].profile.name if drawn and drawn[0].profile else ""


OPTIONS = {
    "fields": layout.field_options(),
    "level_fields": layout.level_options(),
    "date_orders": layout.DATE_ORDERS,
    "decimals": layout.DECIMALS,
    "delimiters": layout.DELIMITERS,
    "kinds": KINDS,
    "vat_options": layout.VAT,
    "encodings": reader.ENCODINGS,
}


def _drawn(
    request: Request, found: LedgerImport, data: QueryDict, refusal: BusinessError | None
) -> tuple[flow.Look, layout.Layout]:
    """What the page draws: the form's own words while the file is looked at in the same way."""
    look = flow.look_at(
        request.user, found, forced=layout.forced_by(data), profile=data.get("profile", "")
    )
    said, trouble = look.mapping, ""
    if data.get("look") == layout.signature(look.preview):
        try:
            said = layout.said_in(data, _base(found, look))
        except BusinessError as refused:
            trouble = refused.message
    if not trouble and not refusal:
        trouble = _missing(said)
    errors = (found.report or {}).get("errors", ())
    unknown = [error["value"] for error in errors if error["code"] == "kind_unknown"]
    return look, layout.drawn(look, said, unknown=unknown, trouble=trouble)


def _missing(said: reader.Mapping) -> str:
    try:
        check_mapping(said)
    except BusinessError as refusal:
        return refusal.message
    return ""


def _base(found: LedgerImport, look: flow.Look) -> reader.Mapping:
    """What the form does not hold stays as it was seen."""
    return replace(look.preview.mapping, columns={})
