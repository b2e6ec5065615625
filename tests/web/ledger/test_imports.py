"""The list of imports, closed months, lines without a client."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from kamerton.calc.period import Month
from kamerton.domain.ledger.models import LedgerImport, MonthLock
from kamerton.platform.access.models import User
from tests.factories.ledger import clients_for, ledger, line
from tests.web.ledger.conftest import Wizard

pytestmark = pytest.mark.django_db
JAN, FEB = dt.date(2026, 1, 10), dt.date(2026, 2, 10)


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u202f", " ").split())


def test_an_empty_list_teaches(visitor: Browser):
    page = text_of(visitor.get(reverse("ledger:imports")))
    assert "The ledger is empty." in page
    assert "No file has been imported yet" in page
    assert "Gate valve DN 50" in page
    assert reverse("ledger:template") in page


def test_the_table_to_fill_in_is_read_without_a_question(wizard: Wizard):
    for language in ("en", "ru"):
        wizard.client.cookies["django_language"] = language
        content = wizard.client.get(reverse("ledger:template")).content
        found = wizard.checked(content, f"{language}.csv")
        assert (found.state, found.lines, found.amount) == ("checked", 2, 7_200_000)
        assert found.report["cost_coverage"] == 1.0


def test_the_list_tells_state_period_lines_amount_and_who(wizard: Wizard, finance: User):
    wizard.imported()
    page = text_of(wizard.client.get(reverse("ledger:imports")))
    for told in ("sales.csv", "In the ledger", "5 Oct 2026 – 8 Oct 2026", finance.short_name):
        assert told in page
    assert "The ledger reaches to 8 Oct 2026." in page


def test_a_long_list_costs_no_more_queries(
    visitor: Browser, finance: User, django_assert_max_num_queries: Callable[..., Any]
):
    LedgerImport.objects.bulk_create(
        LedgerImport(name=f"{n}.csv", digest=str(n), state="undone", created_by=finance)
        for n in range(120)
    )
    visitor.get(reverse("ledger:imports"))
    with django_assert_max_num_queries(9):
        page = visitor.get(reverse("ledger:imports"), {"page": 2})
    assert len(page.context["page"].object_list) == 50


def test_months_are_closed_and_opened_for_a_reason(
    visitor: Browser, django_assert_max_num_queries: Callable[..., Any]
):
    clients_for(["a"])
    ledger([line(JAN, "a", 100), line(FEB, "a", 50)])
    page = text_of(visitor.get(reverse("ledger:months")))
    assert "No month is closed." in page
    assert "January 2026" in page
    visitor.post(reverse("ledger:lock", args=["2026-01"]))
    assert MonthLock.objects.filter(month=dt.date(2026, 1, 1)).exists()
    with django_assert_max_num_queries(14):
        page = text_of(visitor.get(reverse("ledger:months")))
    assert "1 month is closed." in page
    assert visitor.post(reverse("ledger:unlock", args=["2026-01"])).status_code == 422
    assert MonthLock.objects.exists()
    visitor.post(reverse("ledger:unlock", args=["2026-01"]), {"reason": "late invoice"})
    assert not MonthLock.objects.exists()
    assert visitor.post(reverse("ledger:lock", args=["January"])).status_code == 404


def test_a_running_month_is_not_offered_for_closing(visitor: Browser):
    clients_for(["a"])
    ledger([line(dt.date.today(), "a", 100)])
    month = Month.of(dt.date.today())
    page = text_of(visitor.get(reverse("ledger:months")))
    assert reverse("ledger:lock", args=[month]) not in page
    assert visitor.post(reverse("ledger:lock", args=[month])).status_code == 422
    assert not MonthLock.objects.exists()


def test_lines_without_a_client_are_shown_page_by_page(
    visitor: Browser, django_assert_max_num_queries: Callable[..., Any]
):
    clients_for(["a"])
    lost = [line(JAN, "", 1, document=f"D{n:03}", external_key=str(n)) for n in range(120)]
    ledger([line(JAN, "a", 100, document="held"), *lost])
    visitor.get(reverse("ledger:unassigned"))
    with django_assert_max_num_queries(12):
        page = visitor.get(reverse("ledger:unassigned"), {"page": 3})
    assert [row["document"] for row in page.context["page"].object_list][-1] == "D119"
    assert "120 lines for ₽120 belong to nobody." in text_of(page)
    assert "held" not in text_of(page)


def test_every_line_with_a_client_is_said_so(visitor: Browser):
    page = text_of(visitor.get(reverse("ledger:unassigned")))
    assert "Every line of the ledger has its client." in page


def test_no_layout_yet_teaches(visitor: Browser):
    assert "No layouts yet" in text_of(visitor.get(reverse("ledger:profiles")))


def test_an_import_undone_twice_is_refused(wizard: Wizard):
    found = wizard.imported()
    wizard.post("undo", found, reason="a")
    assert wizard.post("undo", found, reason="a").status_code == 409
    assert found.state == "undone"


def test_an_earlier_import_corrected_since_points_to_the_later_one(wizard: Wizard):
    clients_for(["a"])
    first = ledger([line(JAN, "a", 1, external_key=key) for key in "12"], name="first.csv")
    second = ledger([line(JAN, "a", 10, external_key="1")], name="second.csv")
    ledger([line(JAN, "a", 20, external_key="2")], name="third.csv")
    answer = wizard.post("undo", second, reason="wrong")
    assert answer.status_code == 422
    assert "“third.csv” corrected the same lines later." in text_of(answer)
    assert first.state == second.state == "published"
