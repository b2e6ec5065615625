"""The table of a centre out of the house, and back with a preview."""

from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kamerton.domain.buying_centre.models import BuyingCentre
from kamerton.flows import exchange_centre as flow
from kamerton.flows.exchange_centre.reading import Incoming
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError, NotAllowed
from kamerton.web.buying_centre.forms import FileForm
from kamerton.web.buying_centre.gate import EDIT, centre_or_404, posted
from kamerton.web.client_page import client_head
from kamerton.web.ui.downloads import table_file

SALT: Final = "buying_centre.rows"
FILE: Final = "buying-centre"


@require_safe
def export(request: Request, pk: int, centre: int) -> HttpResponseBase:
    """Give the table as XLSX, or as CSV."""
    found = centre_or_404(request, pk, centre)
    columns, rows = flow.export_centre(request.user, found)
    return table_file(request, FILE, columns, rows)


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: Request, pk: int, centre: int) -> HttpResponse:
    """Read a table, show what it would change, and bring it in when that is wanted."""
    found = centre_or_404(request, pk, centre)
    require(request.user, EDIT)
    context = client_head(request.user, found.client, "centre") | {"centre": found}
    if kept := request.POST.get("rows"):
        return _brought(request, found, kept, context)
    form = FileForm(posted(request), request.FILES or None)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            rows = flow.read_rows(flow.table_in(sent.name, sent.read()))
        except BusinessError as error:
            form.add_error("file", error.message)
        else:
            return _previewed(request, found, rows, context)
    return _drawn(request, context | {"form": form}, 422 if form.errors else 200)


def _previewed(
    request: Request, centre: BuyingCentre, rows: list[Incoming], context: dict[str, Any]
) -> HttpResponse:
    compared = flow.compare(request.user, centre, rows)
    counted = {
        verdict: sum(one.verdict == verdict for one in compared)
        for verdict in ("new", "changed", "same", "wrong")
    }
    kept = signing.dumps(flow.as_plain(rows), salt=SALT, compress=True)
    context |= {"compared": compared, "counted": counted, "kept": kept}
    return _drawn(request, context | {"form": FileForm()})


def _brought(
    request: Request, centre: BuyingCentre, kept: str, context: dict[str, Any]
) -> HttpResponse:
    form = FileForm()
    try:
        rows = [Incoming(**row) for row in signing.loads(kept, salt=SALT, max_age=86_400)]
        done = flow.bring_centre(request.user, centre, rows=rows)
    except signing.BadSignature:
        form.errors["file"] = form.error_class(
            [_("The preview is out of date: send the file anew.")]
        )
    except NotAllowed:
        raise
    except BusinessError as error:
        form.errors["file"] = form.error_class([error.message])
    else:
        brought = sum(one.verdict in ("new", "changed") for one in done)
        messages.success(request, _("Brought in: %(n)d people.") % {"n": brought})
        address = reverse("buying_centre:centre", args=[centre.client_id])
        return redirect(f"{address}?view=table&centre={centre.pk}")
    return _drawn(request, context | {"form": form}, 422)


def _drawn(request: Request, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, "buying_centre/import.html", context, status=status)
