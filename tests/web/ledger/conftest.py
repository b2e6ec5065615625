"""People who import, and files on their way, as the pages see them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kamerton.domain.ledger.models import LedgerImport
from kamerton.platform.access.models import User
from kamerton.platform.jobs import worker
from tests.factories import UserFactory
from tests.flows.conftest import SALES


@pytest.fixture
def finance(company: Any) -> User:
    made: User = UserFactory(roles=["finance"])
    return made


@pytest.fixture
def visitor(finance: User, as_user: Callable[[User], Client]) -> Client:
    """The browser of somebody who imports."""
    return as_user(finance)


class Wizard:
    """Walks the steps as a browser does: every form is sent as its page drew it."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def send(self, content: bytes = SALES, name: str = "sales.csv") -> Any:
        return self.client.post(
            reverse("ledger:upload"), {"file": SimpleUploadedFile(name, content)}
        )

    def sent(self, content: bytes = SALES, name: str = "sales.csv") -> LedgerImport:
        answer = self.send(content, name)
        assert answer.status_code == 302, answer.context["refusal"]
        return LedgerImport.objects.get(pk=int(answer["Location"].rstrip("/").rpartition("/")[2]))

    def form(self, found: LedgerImport, query: str = "") -> dict[str, str]:
        """What the form of the columns holds as it was drawn."""
        page = self.client.get(reverse("ledger:mapping", args=[found.pk]) + query)
        assert page.status_code == 200
        return fields_of(page.context["drawn"])

    def choose(self, found: LedgerImport, **changes: str) -> Any:
        return self.client.post(
            reverse("ledger:mapping", args=[found.pk]), self.form(found) | changes
        )

    def post(self, step: str, found: LedgerImport, **data: str) -> Any:
        answer = self.client.post(reverse(f"ledger:{step}", args=[found.pk]), data)
        worker.drain()
        found.refresh_from_db()
        return answer

    def page(self, found: LedgerImport) -> Any:
        return self.client.get(reverse("ledger:report", args=[found.pk]))

    def checked(self, content: bytes = SALES, name: str = "sales.csv") -> LedgerImport:
        found = self.sent(content, name)
        assert self.choose(found).status_code == 302
        worker.drain()
        found.refresh_from_db()
        return found

    def imported(self, content: bytes = SALES, name: str = "sales.csv") -> LedgerImport:
        found = self.checked(content, name)
        self.post("publish", found)
        return found


def fields_of(layout: Any) -> dict[str, str]:
    """The form of a layout, as a browser would send it."""
    mapping, preview = layout.mapping, layout.preview
    sent = {
        "look": layout.signature,
        "sheet": preview.sheet,
        "header_row": str(preview.header_row),
        "date_order": mapping.date_order,
        "decimal": mapping.decimal,
        "default_kind": mapping.default_kind,
        "with_vat": layout.vat,
        "return_prefix": mapping.return_prefix,
    }
    if preview.format == "csv":
        sent |= {"encoding": preview.encoding, "delimiter": preview.delimiter}
    if mapping.returns_negative:
        sent["returns_negative"] = "on"
    sent |= {f"column-{column.index}": column.chosen for column in layout.columns}
    sent |= {f"level-{level.index}": level.chosen for level in layout.levels}
    for word in layout.words:
        sent |= {f"word-{word.index}": word.word, f"meaning-{word.index}": word.chosen}
    return sent


@pytest.fixture
def wizard(visitor: Client) -> Wizard:
    return Wizard(visitor)
