"""A plan as tables: a book to change in a spreadsheet and to read in again, actions as a list."""

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kamerton.domain.plans import queries
from kamerton.flows.exchange_plan import action_rows, read_plan, write_book
from kamerton.flows.exchange_plan.reading import LARGEST
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.plans.editing import dialog
from kamerton.web.plans.gate import seen_plan
from kamerton.web.plans.one import body
from kamerton.web.ui.downloads import XLSX, table_file


class BookForm(forms.Form):
    """A book of sheets, read for trial or in earnest."""

    file = forms.FileField(
        label=gettext_lazy("XLSX file of this plan"),
        help_text=gettext_lazy(
            "Rows with a number are changed, rows without one are added, what is not in the file"
            " stays. If a row is wrong, nothing is written."
        ),
    )
    trial = forms.BooleanField(
        label=gettext_lazy("Only show what would change"), required=False, initial=True
    )


@require_safe
def download(request: Request, pk: int) -> HttpResponse:
    """The whole plan as a book of sheets."""
    plan = seen_plan(request, pk)
    response = HttpResponse(write_book(request.user, plan), content_type=XLSX)
    name = f"plan-{plan.client_id}-{localdate():%Y-%m-%d}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def actions_table(request: Request, pk: int) -> HttpResponseBase:
    """The manager's actions with their evidence; CSV with `?format=csv`."""
    plan = seen_plan(request, pk)
    columns, rows = action_rows(queries.plan_on_a_page(request.user, plan))
    return table_file(request, f"plan-actions-{plan.client_id}", columns, rows)


def upload(request: Request, pk: int) -> HttpResponse:
    """Read a book into the plan: what it would change, then the change."""
    require(request.user, "plans.edit")
    plan = seen_plan(request, pk)
    form = BookForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return dialog(request, plan, form, _("From a file"))
    given = form.cleaned_data["file"]
    trial = form.cleaned_data["trial"]
    outcome = read_plan(request.user, plan, given.read(LARGEST + 1), dry_run=trial)
    if outcome.written and not trial:
        return body(request, plan)
    context = {"client": plan.client, "form": form, "outcome": outcome, "address": request.path}
    response = render(request, "plans/read_dialog.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = "#dialog-content", "innerHTML"
    return response
