"""A table of answers goes its way on pages: sent, checked, imported, undone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kamerton.domain.dossier.models import DossierAnswer, DossierImport
from kamerton.platform.jobs import worker
from tests.factories.dossier import workbook

pytestmark = pytest.mark.django_db


def sent(browse, account, answer="Valves"):
    today = timezone.localdate().isoformat()
    row = ["", account.name, "", "", "2.1", "", answer, "", "Document", "", "Contract 5", today]
    file = workbook([row])
    file.name = "answers.xlsx"
    return browse.post(reverse("dossier:imports"), {"file": file})


def page(browse, name="import"):
    return reverse(f"dossier:{name}", args=[DossierImport.objects.get().pk])


@pytest.mark.req("S4-55")
def test_a_table_is_sent_checked_imported_and_undone(browse, account):
    assert sent(browse, account).status_code == 302
    assert worker.drain() == 1
    shown = browse.get(page(browse)).content.decode()
    assert "Import 1 answer" in shown
    assert not DossierAnswer.objects.exists()
    browse.post(page(browse, "import-run"))
    assert worker.drain() == 1
    assert "1 answer is in the dossiers." in browse.get(page(browse)).content.decode()
    assert DossierAnswer.objects.current().get().text == "Valves"
    browse.post(page(browse, "import-undo"), {"reason": "Wrong file"})
    assert "Taken out again" in browse.get(page(browse)).content.decode()
    assert not DossierAnswer.objects.current().exists()


def test_errors_are_shown_with_their_rows_and_downloaded(browse, account):
    account.name = account.name_folded = "gone"
    sent(browse, account)
    worker.drain()
    shown = browse.get(page(browse)).content.decode()
    assert "No client in your hands" in shown
    assert "1 error, so nothing can be imported." in shown
    sheet = browse.get(page(browse, "import-errors"))
    assert b"".join(sheet.streaming_content).startswith(b"PK")
    assert browse.post(page(browse, "import-run")).status_code == 422
    assert not DossierAnswer.objects.exists()


def test_what_is_no_table_is_refused_in_place(browse, account):
    refused = browse.post(reverse("dossier:imports"), {})
    assert refused.status_code == 422
    assert "Choose a file first." in refused.content.decode()
    assert not DossierImport.objects.exists()
