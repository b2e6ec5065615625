"""Lists that leave the house as files; each is noted in the journal."""

from collections.abc import Iterable, Iterator
from typing import Final

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kamerton.domain.accounts import actions
from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.accounts.queries import Filters
from kamerton.platform.access.request import Request
from kamerton.platform.tables import Column, Row
from kamerton.web.ui.downloads import table_file

CLIENTS: Final = (
    Column(gettext_lazy("Client"), width=40),
    Column(gettext_lazy("INN"), width=14),
    Column(gettext_lazy("KPP"), width=12),
    Column(gettext_lazy("Manager"), width=26),
    Column(gettext_lazy("Group of companies"), width=26),
    Column(gettext_lazy("Segment"), width=14),
    Column(gettext_lazy("State"), width=14),
    Column(gettext_lazy("Region"), width=20),
    Column(gettext_lazy("Industry"), width=20),
    Column(gettext_lazy("Company key since"), "date"),
    Column(gettext_lazy("First deal on"), "date"),
)
CONTACTS: Final = (
    Column(gettext_lazy("Client"), width=40),
    Column(gettext_lazy("Full name"), width=30),
    Column(gettext_lazy("Position"), width=26),
    Column(gettext_lazy("Level"), width=18),
    Column(gettext_lazy("Phone"), width=18),
    Column(gettext_lazy("E-mail"), width=28),
    Column(gettext_lazy("State"), width=14),
)


@require_safe
def export(request: Request) -> HttpResponseBase:
    """Give the list as it is narrowed, or the people at its clients, as a file."""
    wanted = Filters.read(request.GET.dict())
    file_format: actions.Format = "csv" if request.GET.get("format") == "csv" else "xlsx"
    if request.GET.get("what") == "contacts":
        people = actions.export_contacts(request.user, wanted, file_format=file_format)
        return table_file(request, _("contacts"), CONTACTS, _contact_rows(people))
    sort = request.GET.get("sort", "name")
    found = actions.export_clients(request.user, wanted, sort=sort, file_format=file_format)
    return table_file(request, _("clients"), CLIENTS, _client_rows(found))


def _client_rows(found: Iterable[Client]) -> Iterator[Row]:
    for client in found:
        yield (
            client.name,
            client.inn,
            client.kpp,
            client.manager.full_name if client.manager else "",
            client.group.name if client.group else "",
            client.get_segment_display(),
            client.get_state_display(),
            client.region,
            client.industry,
            client.company_key_since,
            client.first_deal_on,
        )


def _contact_rows(people: Iterable[ContactPerson]) -> Iterator[Row]:
    for person in people:
        yield (
            person.client.name,
            person.full_name,
            person.position,
            person.get_level_display(),
            person.phone,
            person.email,
            person.get_status_display(),
        )
