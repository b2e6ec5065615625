"""The list of imports, and the first step of a new one: the file."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kamerton.domain.ledger import queries
from kamerton.flows.receive_file import receive_file
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.ledger import sections

ON_A_PAGE = 50
TYPES = ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.ods,.parquet,.gz,.zip"
EXAMPLES = {
    "ru": (
        "Дата;Документ;Код клиента;Клиент;ИНН;Артикул;Товар;Категория;Количество;Сумма;"
        "Себестоимость;Менеджер",
        "05.10.2026;РТ-000118;К-0042;ООО «Ромашка»;7707083893;ЗД-50;Задвижка DN 50;Арматура;"
        "12;86400,00;61200,00;Белова Анна",
        "07.10.2026;ВЗ-000009;К-0042;ООО «Ромашка»;7707083893;ЗД-50;Задвижка DN 50;Арматура;"
        "-2;-14400,00;-10200,00;Белова Анна",
    ),
    "en": (
        "Date;Document;Client code;Client;INN;Product code;Product;Category;Quantity;Amount;"
        "Cost;Manager",
        "05.10.2026;S-000118;C-0042;Acme Ltd;7707083893;GV-50;Gate valve DN 50;Valves;"
        "12;86400.00;61200.00;Ann Lee",
        "07.10.2026;R-000009;C-0042;Acme Ltd;7707083893;GV-50;Gate valve DN 50;Valves;"
        "-2;-14400.00;-10200.00;Ann Lee",
    ),
}


@require_safe
def import_list(request: Request) -> HttpResponse:
    """Files on their way in and gone in, newest first."""
    queries.require_ledger_view(request.user)
    found = queries.imports(request.user)
    context = {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "tabs": sections.tabs("ledger:imports"),
        "last_day": queries.last_day(),
        "may_import": request.user.may("ledger.import"),
        "example": [line.split(";") for line in example()],
    }
    return render(request, "ledger/imports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: Request) -> HttpResponse:
    """Choose a file; what no table can be read from is refused at once."""
    require(request.user, "ledger.import")
    if request.method == "POST":
        return _received(request)
    return _upload_page(request)


def _received(request: Request) -> HttpResponse:
    sent = request.FILES.get("file")
    if sent is None:
        return _upload_page(request, BusinessError(_("Choose a file first.")))
    try:
        made = receive_file(request.user, sent, name=sent.name or _("file"))
    except BusinessError as refusal:
        return _upload_page(request, refusal)
    address = reverse("ledger:report", args=[made.pk])
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _upload_page(request: Request, refusal: BusinessError | None = None) -> HttpResponse:
    context = {
        "steps": sections.steps(0),
        "crumbs": sections.crumbs(_("New import")),
        "refusal": refusal,
        "types": TYPES,
        "example": [line.split(";") for line in example()],
    }
    template = "ledger/upload.html#form" if request.htmx else "ledger/upload.html"
    return render(request, template, context, status=refusal.status if refusal else 200)


def example() -> tuple[str, ...]:
    """A file in small, in the language of the page."""
    return EXAMPLES["ru" if (get_language() or "").startswith("ru") else "en"]


@require_safe
def template(request: Request) -> HttpResponse:
    """A table to fill in: titles that are recognised and two lines."""
    require(request.user, "ledger.import")
    text = "\ufeff" + "\r\n".join(example()) + "\r\n"
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="kamerton-template.csv"'
    return response
