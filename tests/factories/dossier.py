"""Dossiers with answers, and files of answers: the shortest way to each."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.utils import timezone

from kamerton.domain.accounts.models import Client
from kamerton.domain.dossier import actions
from kamerton.domain.dossier.actions import Said
from kamerton.domain.dossier.models import DossierAnswer
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user

HEADS = (
    *("Client code", "Client", "INN", "Group", "No.", "Question", "Answer"),
    *("Does not apply because", "Source", "Who said it", "Document, place", "True on"),
)


def answered(
    client: Client,
    code: str,
    value: str = "They sell valves to plants",
    *,
    actor: User | None = None,
    source: str = "client_said",
    days_ago: int = 0,
    **more: Any,
) -> DossierAnswer:
    """One answer, of today unless told otherwise."""
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    said = Said(value, source, source_on=day, **more)
    return actions.answer_question(actor or keeper(client), client, code, said=said)


def keeper(client: Client) -> User:
    """Who may write in the client's dossier."""
    return client.manager or allowed_system()


def allowed_system() -> User:
    """The system, which may do everything."""
    return system_user()


def workbook(
    rows: Sequence[Sequence[object]],
    *,
    heads: Sequence[str] = HEADS,
    sheet: str = "Dossier",
    more: dict[str, Sequence[Sequence[object]]] | None = None,
) -> io.BytesIO:
    """An XLSX file with a head and rows, and further sheets if there are."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, content in {sheet: [heads, *rows], **(more or {})}.items():
            page = book.add_worksheet(name)
            for at, row in enumerate(content):
                page.write_row(at, 0, row)
    out.seek(0)
    return out
