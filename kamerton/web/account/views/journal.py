"""The journal of changes."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.audit import queries
from kamerton.platform.audit.models import AuditQuerySet
from kamerton.platform.audit.queries import Wanted
from kamerton.web.account.forms import JournalForm
from kamerton.web.account.journal import Line, as_csv

PAGE = 50


@require_safe
def journal(request: Request) -> HttpResponse:
    """Who changed what and when; a filter answers with the list alone."""
    form, found = asked(request)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "lines": [Line(entry) for entry in page]}
    template = "account/journal.html#list" if request.htmx else "account/journal.html"
    return render(request, template, context)


@require_safe
def export(request: Request) -> HttpResponseBase:
    """The same rows as a CSV file."""
    _form, found = asked(request)
    name = f"journal-{timezone.localdate():%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        as_csv(found.iterator(chunk_size=500)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def asked(request: Request) -> tuple[JournalForm, AuditQuerySet]:
    """Read the filters; what is wrongly filled in is left out."""
    require(request.user, "audit.view")
    form = JournalForm(request.user, queries.actions_seen(request.user), request.GET)
    form.is_valid()
    given = form.cleaned_data
    person = given.get("person")
    wanted = Wanted(
        search=given.get("q", ""),
        action=given.get("kind", ""),
        actor_id=person.pk if person else None,
        since=given.get("since"),
        until=given.get("until"),
    )
    return form, queries.entries(request.user, wanted)
