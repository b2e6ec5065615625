"""From the drop of a file to its lines in the ledger, page by page."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from kamerton.calc.period import Month
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger import actions, queries
from kamerton.domain.ledger.models import ImportProfile, LedgerImport, Segment
from kamerton.flows import order_import
from kamerton.platform.access.models import User
from kamerton.platform.jobs import actions as jobs
from kamerton.platform.jobs import worker
from kamerton.platform.jobs.models import Job
from kamerton.web.ui.context import address
from tests.factories import UserFactory
from tests.flows.conftest import SALES, TOTAL, sales
from tests.web.ledger.conftest import Wizard

pytestmark = pytest.mark.django_db
State = LedgerImport.State
RESULTS = ("accounts:clients", "segmentation:pareto")  # where the figures are to be seen


def live_amount() -> int:
    return sum(segment.amount for segment in queries.live_segments())


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u202f", " ").split())


@pytest.mark.req("S1-18")
def test_a_file_goes_through_the_four_steps(wizard: Wizard):
    found = wizard.sent()
    assert wizard.page(found)["Location"] == reverse("ledger:mapping", args=[found.pk])
    answer = wizard.choose(found)
    assert answer["Location"] == reverse("ledger:report", args=[found.pk])
    found.refresh_from_db()
    assert found.state == State.CHECKING
    assert f"/jobs/{found.job}/progress/" in text_of(wizard.page(found))
    worker.drain()
    page = text_of(wizard.page(found))
    assert "Import 4 lines" in page
    assert "₽1,100.00" in page
    assert not Segment.objects.exists()
    found.refresh_from_db()
    wizard.post("publish", found)
    page = text_of(wizard.page(found))
    assert "4 lines are in the ledger" in page
    assert all(link in page for link in filter(None, map(address, RESULTS)))
    assert live_amount() == TOTAL
    assert Client.objects.count() == 2


def test_the_file_is_sent_by_htmx_too(visitor: Browser):
    answer = visitor.post(
        reverse("ledger:upload"), {"file": io.BytesIO(SALES)}, headers={"HX-Request": "true"}
    )
    assert answer["HX-Redirect"].startswith("/ledger/imports/")
    refused = visitor.post(reverse("ledger:upload"), {}, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert "Choose a file first." in text_of(refused)
    assert "<html" not in text_of(refused)


def test_the_columns_are_guessed_and_shown_with_their_first_values(wizard: Wizard):
    page = wizard.client.get(reverse("ledger:mapping", args=[wizard.sent().pk]))
    text = text_of(page)
    assert page.context["drawn"].mapping.columns["client_name"] == 3
    assert "ООО «Ромашка» · АО «Лютик»" in text
    assert "cp1251" in text


def test_every_change_is_shown_at_once_and_nothing_is_kept(wizard: Wizard):
    found = wizard.sent()
    data = wizard.form(found) | {"column-7": "", "column-8": "amount"}
    page = wizard.client.get(reverse("ledger:mapping", args=[found.pk]), data)
    assert page.context["drawn"].mapping.columns["amount"] == 8
    data["column-8"] = ""
    page = wizard.client.get(
        reverse("ledger:mapping", args=[found.pk]), data, headers={"HX-Request": "true"}
    )
    assert "No column holds the amount." in text_of(page)
    assert "<html" not in text_of(page)
    found.refresh_from_db()
    assert found.mapping is None


def test_another_way_to_look_guesses_the_columns_anew(wizard: Wizard):
    found = wizard.sent(b"Sales of October\n" + "Дата;Клиент;Сумма\n05.10.2026;А;5\n".encode())
    data = wizard.form(found) | {"header_row": "1", "column-0": "amount"}
    page = wizard.client.get(reverse("ledger:mapping", args=[found.pk]), data)
    assert page.status_code in (200, 422)
    data["header_row"] = "2"
    page = wizard.client.get(reverse("ledger:mapping", args=[found.pk]), data)
    assert page.context["drawn"].mapping.columns == {"date": 0, "amount": 2, "client_name": 1}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"column-0": ""}, "No column holds the date."),
        ({"column-1": "date"}, "is chosen for two columns"),
        ({"header_row": "two"}, "The row of titles is a number"),
        ({"encoding": "klingon"}, "encoding"),
    ],
)
def test_a_layout_that_cannot_be_is_refused_and_stays_in_the_form(
    wizard: Wizard, changes: dict[str, str], sentence: str
):
    found = wizard.sent()
    answer = wizard.choose(found, **changes)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    found.refresh_from_db()
    assert (found.state, found.mapping) == (State.UPLOADED, None)
    assert not Job.objects.exists()


def test_a_layout_is_learned_and_taken_for_the_next_file(wizard: Wizard):
    first = wizard.sent()
    wizard.choose(first, **{"profile_name": "Наша 1С", "column-5": "", "column-8": ""})
    profile = ImportProfile.objects.get(name="Наша 1С")
    later = wizard.sent(sales("05.11.2026;РТ-7;К-1;ООО «Ромашка»;А1;;2;1,00;600;А"), "later.csv")
    page = wizard.client.get(reverse("ledger:mapping", args=[later.pk]))
    assert page.context["look"].profile == profile
    assert "cost" not in page.context["drawn"].mapping.columns
    page = wizard.client.get(reverse("ledger:mapping", args=[later.pk]) + "?profile=-")
    assert page.context["look"].profile is None
    assert page.context["drawn"].mapping.columns["cost"] == 8
    assert "Наша 1С" in text_of(page)
    listed = wizard.client.get(reverse("ledger:profiles"))
    assert "Наша 1С" in text_of(listed)
    wizard.client.post(reverse("ledger:forget-profile", args=[profile.pk]))
    assert not ImportProfile.objects.exists()


def test_unknown_words_for_kinds_are_asked_for(wizard: Wizard):
    head = "Date;Client;Amount;Kind\n"
    content = sales("05.10.2026;A;5;Zork", "06.10.2026;A;7;Sale", head=head)
    found = wizard.checked(content)
    assert found.error_count == 1
    form = wizard.form(found)
    place = next(name[5:] for name, value in form.items() if value == "Zork")
    wizard.choose(found, **{f"meaning-{place}": "payment"})
    worker.drain()
    found.refresh_from_db()
    assert (found.state, found.error_count) == (State.CHECKED, 0)
    assert found.report["by_kind"]["payment"]["amount"] == 500


def test_errors_are_shown_with_place_and_remedy_and_downloaded(wizard: Wizard):
    rows = SALES.decode("cp1251").splitlines()[1:]
    bad = "31.02.2026;РТ-8;К-1;=cmd;А1;Арматура;2;много;600;Белова Анна"
    found = wizard.checked(sales(*rows, bad))
    page = text_of(wizard.page(found))
    assert "2 errors, so nothing can be imported." in page
    assert "there is no such day as “31.02.2026”. Put the date right." in page
    assert reverse("ledger:publish", args=[found.pk]) not in page
    sheet = wizard.client.get(reverse("ledger:errors", args=[found.pk, "xlsx"]))
    assert zipfile.is_zipfile(io.BytesIO(b"".join(sheet.streaming_content)))
    table = b"".join(
        wizard.client.get(reverse("ledger:errors", args=[found.pk, "csv"])).streaming_content
    ).decode("utf-8-sig")
    assert len(table.splitlines()) == 3
    assert "31.02.2026" in table
    assert wizard.client.get(reverse("ledger:errors", args=[found.pk, "exe"])).status_code == 404
    answer = wizard.post("publish", found)
    assert answer.status_code == 422
    assert not Segment.objects.exists()


def test_no_errors_no_sheet(wizard: Wizard):
    found = wizard.checked()
    assert wizard.client.get(reverse("ledger:errors", args=[found.pk, "csv"])).status_code == 404


def test_unknown_managers_lead_to_the_people(wizard: Wizard):
    page = text_of(wizard.page(wizard.checked()))
    assert "Unknown managers" in page
    assert "Белова Анна, Орлов Пётр" in page


def test_a_closed_month_stands_in_the_way_and_shows_the_way_out(wizard: Wizard, finance: User):
    content = sales("05.09.2026;РТ-9;К-1;ООО «Ромашка»;А1;Арматура;2;10,00;6;Белова Анна")
    found = wizard.checked(content)
    actions.lock_month(finance, Month(2026, 9))
    page = text_of(wizard.page(found))
    assert "These months are closed and take no lines: 2026-09." in page
    assert "Import 1 line" not in page
    answer = wizard.post("publish", found)
    assert answer.status_code == 422
    assert reverse("ledger:months") in text_of(answer)
    assert found.state == State.CHECKED
    actions.unlock_month(finance, Month(2026, 9), reason="late invoice")
    assert "Import 1 line" in text_of(wizard.page(found))


def test_the_same_file_is_refused_with_the_way_out(wizard: Wizard):
    wizard.imported()
    answer = wizard.send()
    assert answer.status_code == 422
    assert "This file is in the ledger already: “sales.csv”" in text_of(answer)
    assert reverse("ledger:imports") in text_of(answer)
    assert LedgerImport.objects.count() == 1


def test_undoing_asks_for_a_reason_and_takes_everything_out(wizard: Wizard):
    found = wizard.imported()
    assert "4 lines of “sales.csv” leave the ledger" in text_of(wizard.page(found))
    assert wizard.post("undo", found).status_code == 422
    assert live_amount() == TOTAL
    wizard.post("undo", found, reason="wrong period")
    assert (found.state, live_amount()) == (State.UNDONE, 0)
    assert "Taken out of the ledger" in text_of(wizard.page(found))


def test_giving_up_and_coming_back(wizard: Wizard):
    found = wizard.checked()
    wizard.post("cancel", found)
    assert found.state == State.CANCELLED
    assert "given up" in text_of(wizard.page(found))
    assert wizard.choose(found).status_code == 302
    worker.drain()
    found.refresh_from_db()
    assert found.state == State.CHECKED


def test_stopped_work_is_told_and_goes_on(wizard: Wizard, finance: User):
    found = wizard.checked()
    job = order_import.order_publication(finance, found)
    jobs.cancel(finance, job)
    page = text_of(wizard.page(found))
    assert "The work was stopped; the ledger is as it was." in page
    wizard.post("publish", found)
    assert (found.state, live_amount()) == (State.PUBLISHED, TOTAL)


def test_a_colleague_sees_that_it_runs(
    wizard: Wizard, as_user: Callable[[User], Browser], finance: User
):
    found = wizard.checked()
    order_import.order_publication(finance, found)
    other = UserFactory(roles=["finance"])
    page = text_of(as_user(other).get(reverse("ledger:report", args=[found.pk])))
    assert f"Started by {finance.short_name}." in page
    assert "/progress/" not in page


def test_a_page_that_waits_is_drawn_anew_when_the_work_has_ended(wizard: Wizard, finance: User):
    found = wizard.checked()
    order_import.order_publication(finance, found)
    asks = {"headers": {"HX-Request": "true"}}
    address = reverse("ledger:report", args=[found.pk])
    assert "HX-Refresh" not in wizard.client.get(address, **asks)
    worker.drain()
    assert wizard.client.get(address, **asks)["HX-Refresh"] == "true"


def test_the_owner_looks_and_cannot_import(wizard: Wizard, as_user: Callable[[User], Browser]):
    found = wizard.checked()
    owner = as_user(UserFactory(roles=["owner"]))
    page = text_of(owner.get(reverse("ledger:report", args=[found.pk])))
    assert reverse("ledger:publish", args=[found.pk]) not in page
    assert owner.post(reverse("ledger:publish", args=[found.pk])).status_code == 403
    assert owner.get(reverse("ledger:mapping", args=[found.pk])).status_code == 403
    assert not Segment.objects.exists()
